"""What an edition is made of: entries, notes, passages, marks.

Every document gives one `Page` of records, made of strings and numbers only, for they are
pickled. Their `repr` leaves out what no other page shows, so that it tells which pages are stale.
"""

from __future__ import annotations

import re
from dataclasses import MISSING, dataclass, field, fields
from typing import TYPE_CHECKING, Any, NamedTuple

from . import dates, hosts
from .hosts import Host
from .kinds import PARTS, SEVERAL, TITLE_PAGE
from .language import N_, _
from .problems import suggestion
from .text import slug

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

# TEI's values of @cert -> the word shown to the reader
CERTAINTY = {
    'high': N_('Certain'),
    'medium': N_('Probable'),
    'low': N_('Possible'),
    'unknown': N_('Unidentified'),
}
# authority file -> its name, its addresses, the form of its identifiers; first those that data
# are exchanged by
AUTHORITIES = {
    'viaf': ('VIAF', 'https://viaf.org/viaf/{}', r'\d+'),
    'gnd': ('GND', 'https://d-nb.info/gnd/{}', r'\d+(-\d)?X?'),
    'geonames': ('GeoNames', 'https://www.geonames.org/{}', r'\d+'),
    'wikidata': ('Wikidata', 'https://www.wikidata.org/entity/{}', r'Q\d+'),
    'snac': ('SNAC', 'https://snaccooperative.org/{}', r'ark:/\d+/\w+'),
}
NOWHERE = Host()
PEOPLE = ('author', 'translator', 'transcriber')  # fields of the edition: keys of people


@dataclass(frozen=True)
class Edition:
    """What conf.py says of the whole: the text, its witness, those who made them."""

    title: str
    author: tuple[str, ...]  # keys of people
    editor: str  # a name
    description: str
    identifier: str  # a URN that no build changes
    rights: str
    licence: str  # address of the licence of the editor's words and data
    subtitle: str = ''
    translator: tuple[str, ...] = ()
    transcriber: tuple[str, ...] = ()
    subjects: tuple[str, ...] = ()
    source: Host = NOWHERE  # where the text stood
    cover: str = ''  # a Typst file that draws the cover's motif
    cover_alt: str = ''  # that motif in words

    @classmethod
    def from_config(cls, values: Mapping[str, object]) -> Edition:
        """Check *values*: no other fields, none needed left out. Raises ValueError, the remedy.

        One key of a person stands by itself: ``'author': 'victor-serge'``.
        """
        names = {field.name for field in fields(cls)}
        needed = {field.name for field in fields(cls) if field.default is MISSING}
        for name in sorted(values.keys() - names):
            if name in hosts.OF_SOURCE:
                raise ValueError(
                    f'edition has no field “{name}”; say it in “source”, which says where the '
                    "text stood: 'source': {'kind': 'journal', 'title': …}"
                )
            raise ValueError(f'edition has no field “{name}”{suggestion(name, names)}')
        if missing := needed - values.keys():
            raise ValueError(f'edition needs {", ".join(sorted(missing))}')
        given: dict[str, Any] = dict(values)
        for name, value in values.items():
            if name == 'source':
                try:
                    given[name] = hosts.read(value) if value else NOWHERE
                except ValueError as error:
                    raise ValueError(f'edition: source: {error}') from None
                continue
            if name in PEOPLE and isinstance(value, str):
                given[name] = value = (value,) if value else ()
            words = value if name in (*PEOPLE, 'subjects') else (value,)
            if not isinstance(words, tuple) or not all(isinstance(word, str) for word in words):
                several = ', in parentheses and each followed by a comma' * (words is value)
                raise ValueError(
                    f'edition: “{name}” must be words in quotes{several}, not {value!r}'
                )
        if empty := [name for name in sorted(needed) if not given[name]]:
            raise ValueError(f'edition: “{empty[0]}” is empty')
        return cls(**given)

    @property
    def slug(self) -> str:
        """The title as a file name without ending."""
        return slug(self.title)

    @property
    def full_title(self) -> str:
        """Title and subtitle."""
        whole = _('{title}: {subtitle}').format(title=self.title, subtitle=self.subtitle)
        return whole if self.subtitle else self.title


class Source(NamedTuple):
    """A source that is cited, and where in it: “table 1”."""

    key: str
    pinpoint: str = ''


@dataclass(frozen=True)
class Entry:
    """What a register says of one person, place, work …

    In `who`, `variants` and what happened, words between asterisks are emphasised.
    """

    kind: str
    key: str
    name: str
    sort: str
    docname: str
    line: int = field(repr=False)
    variants: tuple[str, ...] = ()
    dates: str = ''
    when: str = ''  # its dates, for readers
    who: str = ''
    certainty: str = 'unknown'
    sources: tuple[Source, ...] = ()
    identifiers: tuple[tuple[str, str], ...] = ()  # (scheme, value)
    events: tuple[tuple[str, str], ...] = ()  # (EDTF, what happened)
    coordinates: tuple[str, ...] = ()  # latitude and longitude of a place, in degrees

    @property
    def naming(self) -> tuple[str, str]:
        """What identifies it: its kind and key."""
        return self.kind, self.key

    @property
    def addresses(self) -> list[str]:
        """Its addresses in authority files."""
        values = dict(self.identifiers)
        return [
            address.format(values[scheme])
            for scheme, (_, address, _) in AUTHORITIES.items()
            if scheme in values
        ]


def joined(entries: Iterable[Entry]) -> str:
    """“Ann Arden and Bob Byrne”, “A, B, and C”."""
    *most, last = [entry.name for entry in entries] or ['']
    form = _('{first} and {last}') if len(most) == 1 else _('{first}, and {last}')
    return form.format(first=', '.join(most), last=last) if most else last


@dataclass(frozen=True)
class Note:
    """A note of the witness (with its label there) or of the editors (which gets a letter)."""

    key: str
    hand: str
    docname: str
    line: int = field(repr=False)
    label: str = ''  # in the witness, such as “12*”, if it is not the key
    certainty: str = ''
    sources: tuple[Source, ...] = ()
    body: str = ''  # as typed, to see when it changes
    text: str = field(default='', repr=False)  # for a reader, without sources

    @property
    def id(self) -> str:
        return f'note-{self.key}'


@dataclass(frozen=True)
class Passage:
    """A place of the witness: a numbered paragraph, a named part, a page, a figure, a day."""

    id: str
    siglum: str
    n: str  # '5', 'dateline', 'p369', 'fig-1', '1936-11-01'
    docname: str
    line: int = field(repr=False)
    text: str = field(repr=False)
    page: str = ''  # number of the page that begins here
    date: str = ''  # EDTF, of an entry in a diary

    @property
    def label(self) -> str:
        """How a reader cites it: “diary 5”, “letter, dateline”, “diary, p. 369”."""
        siglum = self.siglum.replace('-', ' ')
        if self.n.isdecimal():
            return f'{siglum} {self.n}'
        if self.page:
            where = _('p. {page}').format(page=self.page)
        elif self.date:
            where = dates.words(self.date)
        elif self.n.startswith('fig-'):
            where = _('fig. {number}').format(number=self.n.removeprefix('fig-'))
        else:
            where = _(PARTS[self.n].word if self.n in PARTS else self.n)
        return f'{siglum}, {where}'


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
    around: tuple[str, str, str] = ('', '', '')  # the same three for a reader: see `text.stressed`


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


class Prose(NamedTuple):
    """What the editors say in a section or an entry, for the search."""

    id: str
    heading: str  # '' for an entry
    text: str


@dataclass(frozen=True)
class View:
    """An overview that a page shows: of the whole, or of the chapters with these sigla."""

    name: str
    of: tuple[str, ...]
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
    prose: list[Prose] = field(default_factory=list)
    overviews: list[View] = field(default_factory=list)
    lists: bool = False  # it shows titles of any pages: in a table of contents, or links to them

    @property
    def kind(self) -> str:
        """The `kind:` of its front matter, or ''."""
        return self.front.get('kind', '')

    def keys(self, name: str) -> tuple[str, ...]:
        """The keys that a field of its front matter names: of an author, of two addressees."""
        value = self.front.get(name, '')
        return (
            tuple(filter(None, value.split(', '))) if name in SEVERAL else (value,)[: bool(value)]
        )

    @property
    def is_title_page(self) -> bool:
        return self.kind == TITLE_PAGE

    @property
    def is_chapter(self) -> bool:
        """Whether it is part of the text, and not the page that stands for the whole."""
        return bool(self.kind) and not self.is_title_page
