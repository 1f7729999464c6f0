"""The e-book, on the translator that it shares with the web edition."""
