"""What the small edition expects where it stands as the edition; see `tests/edition`."""

ADDRESSES = (
    'title-author title-title title-imprint title-credit log-title log-1 log-2 '
    'letter-dateline letter-salutation letter-1 letter-2 letter-valediction letter-signature '
    'note-1 about-colophon'
).split()
UNMARKED = {
    'a sentence begins': 'Do From Is I Dear Fog Keep Last No Sogns Translated You Your',
    'a title, where no role may stand': 'Two Papers of a Ship’s Surgeon Fever Fog The Amity',
}
EPUB_WITHOUT_COVER = PDF = 100_000
SCRIPTS = 6_000
