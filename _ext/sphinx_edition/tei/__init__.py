"""TEI P5: text and registers as data; letters in CMIF."""
