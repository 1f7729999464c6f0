"""What an edition knows: plain Python, without Sphinx. Each module imports only those above it.

text        words as readers and files need them
problems    what an editor must mend
language    the engine’s words in the language of the edition
collating   the order of its alphabet
dates       EDTF, checked, spelt and measured; date_formats: as machines read it
hosts       where a text stood before
kinds       one complete row a kind: chapters, registers, parts of a text, hands of notes
records     the edition, entries, notes, passages, marks
registry    what is asked of them all
checks      the problems of an edition
facts       lives and dates
identity    what is cited: of whom, where, in which version
citing      how the edition and its chapters are cited
bibliography    the editors’ sources, for machines
"""
