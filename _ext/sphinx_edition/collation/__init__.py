"""Collation: every output against the witness, character by character."""
