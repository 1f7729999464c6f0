"""The data of an edition and the questions asked of it: plain Python, no Sphinx.

Every document gives one `Page` of records, made of strings and numbers only, for they are
pickled. Their `repr` leaves out what no other page shows, so that it tells which pages are stale.
A `Registry` is all pages in reading order; it answers who is named where, which letter a note
bears, and what is wrong.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from dataclasses import dataclass, field, fields, replace
from difflib import get_close_matches
from enum import Enum
from functools import cached_property
from itertools import pairwise
from typing import TYPE_CHECKING, TypeVar

from . import dates

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

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
# authority file -> its name and its addresses; first those that data are exchanged by
AUTHORITIES = {
    'viaf': ('VIAF', 'https://viaf.org/viaf/{}'),
    'gnd': ('GND', 'https://d-nb.info/gnd/{}'),
    'geonames': ('GeoNames', 'https://www.geonames.org/{}'),
    'wikidata': ('Wikidata', 'https://www.wikidata.org/entity/{}'),
    'snac': ('SNAC', 'https://snaccooperative.org/{}'),
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
            words = value if name == 'subjects' and isinstance(value, tuple) else (value,)
            if not all(isinstance(word, str) for word in words):
                raise ValueError(f'edition: “{name}” must be words in quotes, not {value!r}')
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
            form.format(values[name]) for name, (_, form) in AUTHORITIES.items() if name in values
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


@dataclass(frozen=True)
class Problem:
    """Something an editor must mend, where, and how."""

    trouble: Trouble
    message: str
    docname: str
    line: int


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


M = TypeVar('M', bound=Mark)


class Registry:
    """All pages, in reading order."""

    def __init__(self, pages: Iterable[Page]) -> None:
        self.pages = list(pages)

    @cached_property
    def entries(self) -> dict[tuple[str, str], Entry]:
        """(kind, key) -> entry; of two with one key, the first."""
        return {(e.kind, e.key): e for page in reversed(self.pages) for e in reversed(page.entries)}

    @cached_property
    def notes(self) -> dict[str, Note]:
        """Key -> note."""
        return {note.key: note for page in reversed(self.pages) for note in reversed(page.notes)}

    @cached_property
    def passages(self) -> dict[str, Passage]:
        """Id -> passage, in reading order."""
        return {p.id: p for page in self.pages for p in page.passages}

    def marks(self, kind: type[M]) -> Iterator[M]:
        """All marks of one class, in reading order."""
        return (mark for page in self.pages for mark in page.marks if isinstance(mark, kind))

    @cached_property
    def citations(self) -> dict[str, Citation]:
        """Key of a note -> the first place where it is cited."""
        places: dict[str, Citation] = {}
        for citation in self.marks(Citation):
            places.setdefault(citation.key, citation)
        return places

    @cached_property
    def labels(self) -> dict[str, str]:
        """Key of a note -> its mark: the witness's number, or a letter in the order of citing."""
        cited = [self.notes[key] for key in self.citations if key in self.notes]
        editors = [note.key for note in cited if note.hand == 'editor']
        return {
            **{note.key: note.key for note in self.notes.values() if note.hand != 'editor'},
            **{key: letters(n) for n, key in enumerate(editors)},
        }

    @cached_property
    def mentions(self) -> dict[tuple[str, str], list[Mention]]:
        """(kind, key) -> its namings in text and notes, in reading order."""
        found = defaultdict(list)
        for mention in self.marks(Mention):
            if mention.within:
                found[mention.kind, mention.key].append(mention)
        return found

    @cached_property
    def places(self) -> dict[str, str]:
        """Id of anything that can be linked to by id -> the document it stands in."""
        return {
            **{mark.id: mark.docname for mark in self.marks(Mark) if mark.id},
            **{passage.id: passage.docname for passage in self.passages.values()},
            **{note.id: note.docname for note in self.notes.values()},
        }

    def locus(self, mark: Mark) -> str:
        """Where a mark stands, as a reader cites it: “diary 5”, “note 6”, “note b”."""
        if mark.within in self.passages:
            return self.passages[mark.within].label
        key = mark.within.removeprefix('note-')
        return f'note {self.labels.get(key, key)}'

    @cached_property
    def whole(self) -> str:
        """What an overview may show, as text."""
        return repr([self.pages, self.labels])

    def shown(self, page: Page) -> str:
        """What *page* shows of other pages, as text: when it changes, the page is stale."""
        if page.overview:
            return self.whole
        namings = {(m.kind, m.key) for m in page.marks if isinstance(m, Mention)}
        namings |= {(register, page.front.get(name, '')) for name, register in NAMED.items()}
        cited = [m.key for m in page.marks if isinstance(m, Citation)]
        return repr(
            [
                [self.entries.get(naming) for naming in sorted(namings)],
                [(self.labels.get(key), self.notes.get(key)) for key in cited],
                [(self.labels.get(n.key), self.citations.get(n.key)) for n in page.notes],
                [[(m, self.locus(m)) for m in self.mentions[e.kind, e.key]] for e in page.entries],
                [self.passages.get(reference.target) for reference in page.references],
            ]
        )

    def problems(self) -> Iterator[Problem]:
        """Everything an editor must mend, each with its place and remedy."""
        yield from self._duplicates()
        yield from self._unknown_keys()
        yield from self._notes()
        yield from self._front_matter()

    def sound(self) -> Registry:
        """The same without faulty front matter and unknown keys, which outputs need not fear."""
        return Registry(
            replace(
                page,
                front={} if any(_front_matter_faults(page.front, self.entries)) else page.front,
                marks=[
                    mark
                    for mark in page.marks
                    if not isinstance(mark, Mention) or (mark.kind, mark.key) in self.entries
                ],
            )
            for page in self.pages
        )

    def _duplicates(self) -> Iterator[Problem]:
        seen: dict[tuple[str, str], Entry | Note | Passage] = {}
        for page in self.pages:
            sigla = {passage.siglum: passage for passage in reversed(page.passages)}
            for record in (*page.entries, *page.notes, *sigla.values()):
                if isinstance(record, Entry):
                    what, key = 'entry', record.key
                elif isinstance(record, Note):
                    what, key = 'note', record.key
                else:
                    what, key = 'siglum', record.siglum
                first = seen.setdefault((what, key), record)
                if first is not record:
                    yield Problem(
                        Trouble.KEY,
                        f'the {what} “{key}” stands already at {first.docname}:{first.line}; '
                        'give one of the two another',
                        record.docname,
                        record.line,
                    )

    def _unknown_keys(self) -> Iterator[Problem]:
        known: dict[str, set[str]] = defaultdict(set)
        for kind, key in self.entries:
            known[kind].add(key)
        for mention in self.marks(Mention):
            if mention.kind not in known:
                known[mention.kind] = set()  # said once
                yield Problem(
                    Trouble.KEY,
                    f'the register has no {KINDS[mention.kind]} at all, yet here one is named; '
                    f'write :::{{{mention.kind}}} {mention.key} under notes/',
                    mention.docname,
                    mention.line,
                )
            elif known[mention.kind] and mention.key not in known[mention.kind]:
                yield Problem(
                    Trouble.KEY,
                    f'no {KINDS[mention.kind]} has the key “{mention.key}”'
                    f'{suggestion(mention.key, sorted(known[mention.kind]))} '
                    '(new ones go into a register under notes/)',
                    mention.docname,
                    mention.line,
                )
        for citation in self.marks(Citation):
            if citation.key not in self.notes:
                yield Problem(
                    Trouble.KEY,
                    f'note “{citation.key}” is cited but not written'
                    f'{suggestion(citation.key, self.notes)} (notes are written under notes/)',
                    citation.docname,
                    citation.line,
                )
        for page in self.pages:
            for reference in page.references:
                if reference.target not in self.passages:
                    yield Problem(
                        Trouble.KEY,
                        f'no passage is called “{reference.target}”'
                        f'{suggestion(reference.target, self.passages)}',
                        reference.docname,
                        reference.line,
                    )

    def _notes(self) -> Iterator[Problem]:
        for key, note in self.notes.items():
            if key not in self.citations:
                yield Problem(
                    Trouble.NOTE,
                    f'note “{key}” is never cited; put {{note}}`{key}` where it belongs',
                    note.docname,
                    note.line,
                )
        for citation in self.marks(Citation):
            first = self.citations[citation.key]
            if citation is not first:
                yield Problem(
                    Trouble.NOTE,
                    f'note “{citation.key}” is cited already at {first.docname}:{first.line}; '
                    'a note has one mark, so refer to the passage instead',
                    citation.docname,
                    citation.line,
                )
        numbered = [c for c in self.citations.values() if c.key.isdecimal() and c.key in self.notes]
        for before, after in pairwise(numbered):
            if int(before.key) > int(after.key):
                yield Problem(
                    Trouble.NOTE,
                    f'note {after.key} is cited after note {before.key}; '
                    'the witness’s notes follow their numbers',
                    after.docname,
                    after.line,
                )

    def _front_matter(self) -> Iterator[Problem]:
        for page in self.pages:
            for message in _front_matter_faults(page.front, self.entries):
                yield Problem(Trouble.FRONT_MATTER, message, page.docname, 1)


def _front_matter_faults(
    front: dict[str, str], entries: dict[tuple[str, str], Entry]
) -> Iterator[str]:
    kind = front.get('kind')
    if kind and kind not in DOCUMENTS:
        yield (
            f'front matter: “kind: {kind}” is none of {", ".join(DOCUMENTS)}'
            f'{suggestion(kind, DOCUMENTS)}'
        )
        return
    needed = DOCUMENTS[kind] if kind else ()
    missing = [name for name in needed if not front.get(name)]
    for name in front:
        if name in needed or name in GENERAL or re.search('[.:]', name):  # the last, a theme's
            continue
        hint = suggestion(name, missing) or suggestion(name, [*needed, *GENERAL])
        missing = [other for other in missing if f'“{other}”' not in hint]
        yield f'front matter: “{name}:” means nothing in {kind or "a page without kind"}{hint}'
    for name in missing:
        yield f'front matter: a {kind} needs “{name}:”'
    if not KEY.fullmatch(front.get('siglum', 'x')):
        yield f'front matter: the siglum “{front["siglum"]}” must be an ASCII slug such as “diary”'
    if 'date' in front:
        try:
            dates.check(front['date'])
        except ValueError as error:
            yield f'front matter: date: {error}'
    if 'lang' in front:
        try:
            language(front['lang'])
        except ValueError as error:
            yield f'front matter: lang: {error}'
    for name, register in NAMED.items():
        key = front.get(name)
        if not key or (register, key) in entries:
            continue
        if known := [other for kind_, other in entries if kind_ == register]:
            yield (
                f'front matter: “{name}: {key}” is not a key of the register'
                f'{suggestion(key, known)}'
            )
