"""The language of the edition: the engine’s words in it, its script, the order of its letters.

Words stand in the code in English, marked with `_`, or with `N_` where a table holds them and
what shows them says `_`. `locale/LANGUAGE/LC_MESSAGES/edition.po` has them in other languages.
A catalogue is read as it was typed: there is no compiled file that could be missing or stale.
"""

from __future__ import annotations

import re
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from babel import Locale, UnknownLocaleError
from babel.core import get_global
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.support import NullTranslations, Translations

from .text import language

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

CATALOGUES = Path(__file__).parents[1] / 'locale'
RIGHT_TO_LEFT = frozenset('Adlm Arab Hebr Mand Nkoo Rohg Samr Syrc Thaa Yezi'.split())
N_ = str  # marks a word for the catalogue, and leaves it as it is


class Language(NamedTuple):
    """A language with the engine’s words in it."""

    tag: str  # BCP 47: “pt-BR”
    words: NullTranslations
    known: bool = True  # whether there is a catalogue

    @property
    def locale(self) -> Locale:
        """What Babel knows of it; of a language that it does not know, of English."""
        return locale_of(self.tag) or Locale('en', 'GB')


_spoken = [Language('en', NullTranslations())]


def speak(name: str, folders: Iterable[Path] = ()) -> Language:
    """Say everything in the language *name* from now on: “fr”, “pt_BR”, “en-GB”.

    *folders* are those of the edition’s own catalogues, which are asked first. Raises ValueError.
    """
    tag = language(name)
    found = [
        catalogue(file)
        for folder in (*folders, CATALOGUES)
        for part in (tag.replace('-', '_'), tag.partition('-')[0])
        if (file := folder / part / 'LC_MESSAGES' / 'edition.po').is_file()
    ]
    words: NullTranslations = NullTranslations()
    for one in reversed(found):
        one.add_fallback(words)
        words = one
    _spoken[:] = [Language(tag, words, bool(found) or tag.partition('-')[0] == 'en')]
    return _spoken[0]


def catalogue(file: Path) -> Translations:
    """The translations in a file of gettext’s (`.po`)."""
    with file.open('rb') as text:
        read = read_po(text)
    compiled = BytesIO()
    write_mo(compiled, read)
    return Translations(BytesIO(compiled.getvalue()))


def spoken() -> Language:
    """The language in which everything is said."""
    return _spoken[0]


def _(message: str) -> str:
    """*message* in the edition’s language."""
    return _spoken[0].words.gettext(message) if message else ''


def ngettext(one: str, many: str, n: int) -> str:
    """*one* or *many*, as the language says it of *n* things."""
    return _spoken[0].words.ngettext(one, many, n)


@cache
def locale_of(tag: str) -> Locale | None:
    """What Babel knows of a language, or of that language without its region."""
    for name in (tag, tag.partition('-')[0]):
        try:
            return Locale.parse(name, sep='-')
        except (ValueError, UnknownLocaleError):
            continue
    return None


@cache
def called(name: str) -> str:
    """The tag of a language that is named as biblatex does, “french”; a tag stays: “ru-Latn”.

    Raises ValueError.
    """
    named = {words.lower(): tag for tag, words in Locale('en').languages.items()}
    return language(named.get(name.lower(), name))


@cache
def script(tag: str) -> str:
    """The script of a language, in four letters (ISO 15924): he → Hebr, ru-Latn → Latn."""
    first, *rest = language(tag).split('-')
    given = [part for part in rest if len(part) == 4 and part.isalpha()]
    likely: Mapping[str, str] = get_global('likely_subtags')
    names = ('_'.join([first, *rest]), first)
    found = next((likely[name] for name in names if name in likely), '')
    scripts: list[str] = [*given, *re.findall('_([A-Z][a-z]{3})', found), 'Latn']
    return scripts[0]


def direction(tag: str) -> str:
    """“rtl” or “ltr”."""
    return 'rtl' if script(tag) in RIGHT_TO_LEFT else 'ltr'


def told(own: str, there: str) -> dict[str, str]:
    """What words in the language *own* say of it among words in another: `lang`, perhaps `dir`."""
    turned = direction(own) != direction(there)
    return {'lang': own, **({'dir': direction(own)} if turned else {})} if own != there else {}


def within(word: str) -> str:
    """A word as it stands within a sentence: “Letter” → letter; in German all nouns are capital."""
    return word if spoken().tag.partition('-')[0] == 'de' else word[:1].lower() + word[1:]
