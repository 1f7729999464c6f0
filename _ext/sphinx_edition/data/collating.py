"""The order of an alphabet: that of the edition’s language.

Unicode’s own order (UTS 10) is that of most languages: accents count only between words that are
otherwise the same, and scripts follow each other. The table below says which letters a language
has beyond it.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from string import ascii_uppercase

from pyuca import Collator

from .language import spoken

# language -> letters that follow the first of their group in its alphabet (CLDR)
ALPHABETS = {
    'cs': 'cč rř sš zž',
    'da': 'zæøå',
    'es': 'nñ',
    'et': 'sšzž wõäöü',
    'fi': 'zåäö',
    'hr': 'cčć dđ sš zž',
    'nb': 'zæøå',
    'nn': 'zæøå',
    'no': 'zæøå',
    'pl': 'aą cć eę lł nń oó sś zźż',
    'ro': 'aăâ iî sș tț',
    'sk': 'aä cč oô rŕ sš zž',
    'sv': 'zåäö',
    'tr': 'cç gğ oö sş uü',
}
AFTER = '\uffff'  # sorts after every letter


@cache
def collator() -> Collator:
    """The table of Unicode, which takes a tenth of a second to read."""
    return Collator()


@cache
def table(language: str) -> dict[int, str]:
    """Letters of an alphabet -> what sorts in their place: ñ → n and what follows every letter."""
    forms = {
        small: group[0] + AFTER * n
        for group in ALPHABETS.get(language, '').split()
        for n, small in enumerate(group[1:], start=1)
    }
    capitals = {small.upper(): form[0].upper() + form[1:] for small, form in forms.items()}
    return {ord(letter): form for letter, form in (forms | capitals).items()}


def alphabetical(text: str) -> tuple[int, ...]:
    """A key by which words are sorted; quotation marks and apostrophes do not count."""
    words = unicodedata.normalize('NFC', re.sub('[“”„«»‘’ʼ"\']', '', text)).strip()
    key: tuple[int, ...] = collator().sort_key(words.translate(table(language())))
    return key


def by_surname(name: str) -> list[tuple[int, ...]]:
    """A key by which names are sorted that begin with a surname: “Noel, Ada” before “Noel-Ash”."""
    return [alphabetical(part) for part in name.split(', ')]


def initial(text: str) -> str:
    """The letter under which *text* stands in an index: “Évrard” → E, “Æsop” → A, “¿Qué?” → Q."""
    letter = next((c for c in unicodedata.normalize('NFC', text) if c.isalnum()), '').upper()
    if not letter or ord(letter[0]) in table(language()):
        return letter
    bases = (*ascii_uppercase, unicodedata.normalize('NFD', letter)[0])
    return next((b for b in bases if first_weight(b) == first_weight(letter)), letter)


def first_weight(letter: str) -> int:
    """What tells a letter from other letters, whatever its accents and size."""
    return alphabetical(letter)[0]


def language() -> str:
    """The language whose alphabet counts."""
    return spoken().tag.partition('-')[0]
