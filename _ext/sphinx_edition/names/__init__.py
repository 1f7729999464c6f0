"""Names that are not yet marked: found, marked, given entries."""
