"""The printed book: a PDF, set by Typst."""
