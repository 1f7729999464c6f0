"""What the small edition expects where it stands as the edition; see `tests/edition`."""

ADDRESSES = (
    'title-author title-title title-imprint title-credit log-title log-1 log-2 '
    'letter-dateline letter-salutation letter-1 letter-2 letter-valediction letter-signature '
    'note-1 about-colophon'
).split()
EPUB_WITHOUT_COVER = 100_000
PDF_PAGE = 8_500
SCRIPTS = 10_000
SEARCH = 6_000

TEXT, OTHER, PEOPLE = 'chapters/log.html', 'chapters/letter.html', 'notes/people.html'
NOTE = ('log-1', '1', 'Translator’s note 1')
OUTER = INNER = ''  # no note cites another
EDITORS = 'fever'
NAMING = ('log-1', 'tobias-quill', 'Tobias Quill')
FIRST = ('log-1', 'port-amity')
CITED = ('letter-2', 'letter of 5 March 1869 to Tobias Quill, par. 2, in')
LONG = 'log-2'
CORRECTION = '[read afton]'
FORMS = {'toby': 'Tobias Quill'}
PHRASE = ('is it real', 'log-1')
MANY = 'the'
EVERYWHERE = ('owner of the brig', 'on no chart')
APART = 'verse grains'
ONCE = ('verse', 'letter 2', 'letter-2')
LAST = 'About this edition'
PHRASE = ('in verse', 'letter-2')
MANY = 'the'
EVERYWHERE = ('invented',)
