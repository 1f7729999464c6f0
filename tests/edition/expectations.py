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

# bytes
EPUB_WITHOUT_COVER = 150_000
PDF_PAGE = 8_500
SCRIPTS = 10_000  # compressed, on every page
SEARCH = 6_000  # the same, on the page of the search alone

# what a reader does in a browser: pages, and what is tried on them
TEXT, OTHER, PEOPLE = 'chapters/diary.html', 'chapters/letter.html', 'notes/people.html'
NOTE = ('diary-3', '4', 'Translator’s note 4')  # the paragraph, the note, what it is called
OUTER, INNER = '6', 'tristia'  # a note that cites another
EDITORS = 'koka'  # a note of the editor
NAMING = ('diary-3', 'jeannine-kibalchich', 'Jeannine Kibalchich')
FIRST = ('diary-1', 'natalia-sedova')  # the first naming of the text
CITED = ('letter-8', 'letter of 15 November 1946 to “Herbert”, par. 8, in')
LONG = 'letter-3'  # a paragraph of many lines
CORRECTION = '[read Pobeda]'
FORMS = {
    'sedova': 'Natalia Sedova',
    'L.D.': 'Leon Trotsky',
    'aliguer': 'Margarita Aliger',
    'Tristla': 'Tristia',
    'Panaït': 'Panait Istrati',
    'russia': 'Soviet Union',
    'great R': 'Christian Rakovsky',
    # near spellings, other scripts
    'Rakovskii': 'Christian Rakovsky',
    'Racovski': 'Christian Rakovsky',
    'trotskii': 'Leon Trotsky',
    'Kravtchenko': 'Victor Kravchenko',
    'Mandelstamm': 'Osip Mandelstam',
    'Кравченко': 'Victor Kravchenko',
    # apostrophes and hyphens
    'Callaghan': 'Einde O’Callaghan',
    'O’Callaghan': 'Einde O’Callaghan',
    'stepchild': 'Koka (Elena)',
}
PHRASE = ('is it real', 'diary-3')  # words that follow each other in one passage alone
MANY = 'soviet'  # a word with more hits than are shown at first
EVERYWHERE = ('Applebaum', 'copyright', 'revolutionary and an exile')  # on the editors’ pages
APART = 'kravchenko testimony fugitive'  # words that stand in no passage together
ONCE = ('browning', 'diary 3', 'diary-3')  # a word, and the one passage that has it
LAST = 'Bibliography'  # a page late in the contents
