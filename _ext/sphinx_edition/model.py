"""The data of an edition: plain Python, no Sphinx.

Every document gives one `Page` of records, made of strings and numbers only, for they are
pickled. Their `repr` leaves out what no other page shows, so that it tells which pages are stale.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field, fields
from difflib import get_close_matches
from enum import Enum
from typing import TYPE_CHECKING

from . import dates

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

# kind of entry -> what a reader calls one of them
KINDS = {
    'person': 'person',
    'place': 'place',
    'work': 'work',
    'org': 'organisation',
    'term': 'term',
}
# kind of document -> front matter it must have
DOCUMENTS = {
    'title-page': ('siglum',),
    'diary-entry': ('siglum', 'date', 'place', 'author', 'lang'),
    'letter': ('siglum', 'date', 'place', 'author', 'addressee', 'lang'),
}
# front matter that any document may have: the last three are Sphinx's
GENERAL = ('kind', 'siglum', 'lang', 'orphan', 'tocdepth', 'no-search')
# front matter that names an entry -> its register
NAMED = {'author': 'person', 'addressee': 'person', 'place': 'place'}
# named parts of a witness, which are not numbered
PARTS = (
    *('author', 'series', 'imprint', 'credit', 'colophon'),
    *('dateline', 'salutation', 'valediction', 'signature'),
)
# TEI's values of @cert -> the word shown to the reader
CERTAINTY = {
    'high': 'Certain',
    'medium': 'Probable',
    'low': 'Possible',
    'unknown': 'Unidentified',
}
KEY = re.compile(r'[a-z0-9]+(-[a-z0-9]+)*')
# authority file -> its name, its addresses, the form of its identifiers; first those that data
# are exchanged by
AUTHORITIES = {
    'viaf': ('VIAF', 'https://viaf.org/viaf/{}', r'\d+'),
    'gnd': ('GND', 'https://d-nb.info/gnd/{}', r'\d+(-\d)?X?'),
    'geonames': ('GeoNames', 'https://www.geonames.org/{}', r'\d+'),
    'wikidata': ('Wikidata', 'https://www.wikidata.org/entity/{}', r'Q\d+'),
    'snac': ('SNAC', 'https://snaccooperative.org/{}', r'ark:/\d+/\w+'),
}


class Trouble(Enum):
    """Kinds of warning; `edition.VALUE` in Sphinx's suppress_warnings."""

    KEY = 'key'
    """A key that is malformed, unknown or used twice."""
    NOTE = 'note'
    """A note never cited, cited twice or out of order."""
    FRONT_MATTER = 'front_matter'
    """Front matter that is missing, unknown or malformed."""
    HEADING = 'heading'
    """A role where only words can stand."""
    MARKUP = 'markup'
    """A role or directive that cannot be understood."""
    DATA = 'data'
    """Something that TEI has no place for."""
    PRINT = 'print'
    """Something that the printed book cannot show."""


@dataclass(frozen=True)
class Edition:
    """What conf.py says of the whole: the text, its witness, those who made them."""

    title: str
    subtitle: str
    author: str  # keys of people
    translator: str
    transcriber: str
    editor: str  # a name
    description: str
    subjects: tuple[str, ...]
    journal: str  # where the witness was printed
    volume: str
    issue: str
    date: str  # EDTF
    pages: str
    address: str  # of the transcript
    series: str
    number: str  # in the series
    identifier: str  # a URN that no build changes
    rights: str
    licence: str  # address of the licence of the editor's words and data

    @classmethod
    def from_config(cls, values: Mapping[str, object]) -> Edition:
        """Check *values*: every field and no other. Raises ValueError with the remedy."""
        names = {field.name for field in fields(cls)}
        for name in values.keys() - names:
            raise ValueError(f'edition has no field “{name}”{suggestion(name, names)}')
        if missing := names - values.keys():
            raise ValueError(f'edition needs {", ".join(sorted(missing))}')
        for name, value in values.items():
            words = value if name == 'subjects' else (value,)
            if not isinstance(words, tuple) or not all(isinstance(word, str) for word in words):
                several = ', in parentheses and each followed by a comma' * (name == 'subjects')
                raise ValueError(
                    f'edition: “{name}” must be words in quotes{several}, not {value!r}'
                )
        edition = cls(**values)  # type: ignore[arg-type]
        dates.check(edition.date)
        return edition

    @property
    def slug(self) -> str:
        """The title as a file name without ending: “Two Men’s Papers” → two-mens-papers."""
        plain = unicodedata.normalize('NFKD', self.title).encode('ascii', 'ignore').decode()
        return '-'.join(re.findall(r'[a-z0-9]+', plain.lower().replace("'", ''))) or 'edition'


@dataclass(frozen=True)
class Entry:
    """What a register says of one person, place, work, organisation or term."""

    kind: str
    key: str
    name: str
    sort: str
    docname: str
    line: int = field(repr=False)
    variants: tuple[str, ...] = ()
    dates: str = ''
    who: str = ''
    certainty: str = 'unknown'
    sources: tuple[str, ...] = ()
    identifiers: tuple[tuple[str, str], ...] = ()  # (scheme, value)
    events: tuple[tuple[str, str], ...] = ()  # (EDTF, what happened)

    @property
    def when(self) -> str:
        """Its dates for readers, or ''."""
        return dates.words(self.dates, life=self.kind == 'person') if self.dates else ''

    @property
    def addresses(self) -> list[str]:
        """Its addresses in authority files."""
        values = dict(self.identifiers)
        return [
            address.format(values[scheme])
            for scheme, (_, address, _) in AUTHORITIES.items()
            if scheme in values
        ]


@dataclass(frozen=True)
class Note:
    """A note of the witness (with its number there) or of the editor (who gets a letter)."""

    key: str
    hand: str  # translator | editor
    docname: str
    line: int = field(repr=False)
    certainty: str = ''
    sources: tuple[str, ...] = ()
    body: str = ''  # as typed, to see when it changes
    text: str = field(default='', repr=False)  # for a reader, without sources

    @property
    def id(self) -> str:
        return f'note-{self.key}'


@dataclass(frozen=True)
class Passage:
    """A block of the witness: a numbered paragraph or a named part."""

    id: str
    siglum: str
    n: str  # '5' or 'dateline'
    docname: str
    line: int = field(repr=False)
    text: str = field(repr=False)

    @property
    def label(self) -> str:
        """How a reader cites it: “diary 5”, “letter, dateline”."""
        comma = '' if self.n.isdecimal() else ','
        return f'{self.siglum}{comma} {self.n}'.replace('-', ' ')


@dataclass(frozen=True)
class Mark:
    """A place in the text that carries meaning: what stands there and the words around it."""

    id: str
    docname: str
    line: int = field(repr=False)
    within: str  # id of the passage or note it stands in; '' for the editor's prose
    text: str
    before: str = ''
    after: str = ''


@dataclass(frozen=True)
class Mention(Mark):
    """A naming of an entry; identity is (kind, key)."""

    kind: str = ''
    key: str = ''

    @property
    def form(self) -> str:
        """The words with a genitive before them: “sister” alone would name nobody."""
        owner = re.search(r'\S+’s $', self.before)
        return f'{owner[0] if owner else ""}{self.text}'


@dataclass(frozen=True)
class Citation(Mark):
    """The place where a note is cited."""

    key: str = ''


@dataclass(frozen=True)
class Emendation(Mark):
    """A slip of the witness and what is meant."""

    meant: str = ''


@dataclass(frozen=True)
class Dated(Mark):
    """A date in the text, normalised as EDTF."""

    when: str = ''


@dataclass(frozen=True)
class Reference:
    """A link to a passage from anywhere."""

    target: str
    docname: str
    line: int = field(repr=False)


@dataclass
class Page:
    """The records of one document, in the order of its text."""

    docname: str
    front: dict[str, str] = field(default_factory=dict)
    title: str = ''
    entries: list[Entry] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)
    passages: list[Passage] = field(default_factory=list)
    marks: list[Mark] = field(default_factory=list)
    references: list[Reference] = field(default_factory=list)
    overview: bool = False  # shows something of the whole edition: a picture, a list


def suggestion(wrong: str, known: Iterable[str]) -> str:
    """“; did you mean …?” with the nearest known word, or nothing."""
    near = get_close_matches(wrong, list(known), n=1, cutoff=0.5)
    return f'; did you mean “{near[0]}”?' if near else ''


def language(tag: str) -> str:
    """Return *tag* if it has the form of a BCP 47 language tag; else raise ValueError."""
    if not re.fullmatch(r'[a-z]{2,3}(-[A-Za-z0-9]{2,8})*', tag):
        raise ValueError(f'“{tag}” is not a language tag (BCP 47); write ru, ru-Latn, fr …')
    return tag


def letters(n: int) -> str:
    """The n-th letter label, from 0: a … z, aa, ab …"""
    text = ''
    n += 1
    while n:
        n, rest = divmod(n - 1, 26)
        text = chr(ord('a') + rest) + text
    return text
