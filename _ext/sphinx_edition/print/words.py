"""The words that the template of the book says: `say` in `typst/page.typ` knows them in English."""

from __future__ import annotations

from ..data.language import N_, _
from .source import raw_string

WORDS = (
    N_('Contents'),
    N_('Index of names'),
    N_(
        'Of the entries in the registers, wherever the text and the notes on it name them; not of '
        'whom only the notes name, and not of the editors’ other pages.'
    ),
    N_('Translated by {name}'),
    N_('[read {meant}]'),
    N_('see'),
    N_('Named {places}.'),
    N_('; '),
    N_('in {passages}'),
    N_('on page {pages}'),
    N_('on pages {pages}'),
    N_('At the foot of pages {pages}.'),
    # the colophon
    N_('The text is that of {source}{translation}{transcript}{address}.'),
    N_(', in the translation of {name}'),
    N_(', as transcribed by {name}'),
    N_(': {address}'),
    N_('The translation is that of {name}.'),
    N_(
        'Notes with numerals are the translator’s. Notes with letters, {a}, {b}, {c}, and what '
        'follows a lozenge, {lozenge}, are the editor’s.'
    ),
    N_('What follows a lozenge, {lozenge}, is the editor’s.'),
    N_('Numbers in the outer margin count the paragraphs.'),
    N_('Version {version}, {date}.'),
    N_('Set in {font}.'),
)


def words() -> str:
    """A Typst file that holds them in the language of the edition."""
    pairs = ''.join(f'  {raw_string(word)}: {raw_string(_(word))},\n' for word in WORDS)
    return f'#let words = (\n{pairs})\n'
