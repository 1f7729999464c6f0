"""HTML: what the neutral tree becomes on the web and in the e-book."""
