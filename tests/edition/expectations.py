"""What this edition alone expects: all that its sources and conf.py cannot tell.

Another edition keeps the tests beside this file, and writes this file anew.
"""

from __future__ import annotations

# ids of the witness’s blocks, in its order, which may never change
ADDRESSES = (
    'title-author title-title title-series title-imprint title-credit title-credit-2 '
    'diary-title diary-1 diary-2 diary-3 diary-4 diary-5 diary-6 diary-7 diary-8 '
    'letter-dateline letter-salutation letter-1 letter-2 letter-3 letter-4 letter-5 letter-6 '
    'letter-7 letter-8 letter-9 letter-valediction letter-signature '
    'note-4 note-5 note-6 note-7 about-colophon'
).split()

# reason -> capitalised words of the witness that name nobody, and are marked nowhere
UNMARKED = {
    'a sentence begins': (
        'A And Concluding Did Directed Everything Extraordinarily For From He Her His If In Is It '
        'Last Law Naturally Nevertheless Oh On Purity She Similarly Suddenly The Then They This '
        'Transcribed Translated Visited We What Whatever Within My'
    ),
    'the writer': 'I',
    'a title, where no role may stand': 'Measuring Kravchenko’s Testimony Koka Kravchenko Diary',
    'numbering': 'VII Vol XVI No',
    'an adjective': 'American Stalinist',
    'the make of a pistol': 'Browning',
}

# bytes
EPUB_WITHOUT_COVER = 150_000
PDF = 400_000
SCRIPTS = 6_000
