"""Reading: what an editor types becomes a neutral tree, whose text is the witness's.

parser      MyST, with an edition's own ways where MyST would lose words
options     values of options, checked
roles, blocks, records      what an editor types
refusal     what has no place in an edition
safety      files that cannot be read
sources     how sources are cited
passages    the places of the text get their addresses
recording   the finished tree gives the records
"""
