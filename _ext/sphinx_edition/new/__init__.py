"""A new edition: saved pages or plain text become a folder that builds, and that is exact."""
