"""The web edition: pages, their heads, the files beside them."""
