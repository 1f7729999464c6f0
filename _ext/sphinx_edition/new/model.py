"""What an importer has understood of a page, before it is written as Markdown and as witness."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, NamedTuple

from ..data.text import fold

if TYPE_CHECKING:
    from collections.abc import Callable

# how a run of words is set off; a language is `lang:fr`
EM, STRONG, SUP, SUB = 'em', 'strong', 'sup', 'sub'
RENDITIONS = ('underline', 'small-caps', 'letter-spaced')
LANGUAGE = 'lang:'


class Run(NamedTuple):
    """Words that are set off in one way."""

    text: str
    styles: frozenset[str] = frozenset()


class Mark(NamedTuple):
    """The mark of a note."""

    key: str
    label: str


class Break(NamedTuple):
    """A line ends here."""


class PageBreak(NamedTuple):
    """A page of the print begins here."""

    number: str


Inline = Run | Mark | Break | PageBreak


@dataclass
class Heading:
    """A heading within a chapter; 1 is the highest level."""

    level: int
    words: list[Inline]
    line: int = 0
    tag: str = ''  # on the page: h3 …


@dataclass
class Paragraph:
    """A paragraph."""

    words: list[Inline]
    line: int = 0


@dataclass
class Quotation:
    """Quoted blocks."""

    blocks: list[Block]


@dataclass
class Verse:
    """Lines of verse, each with its indentation; None ends a stanza."""

    lines: list[tuple[int, list[Inline]] | None]


@dataclass
class Listing:
    """A list; each item holds blocks."""

    items: list[list[Block]]
    start: int | None = None  # number of the first item; None for bullets


@dataclass
class Table:
    """Rows of cells; the first row may be a head."""

    rows: list[list[list[Inline]]]
    head: bool


@dataclass
class Asterism:
    """A sign that divides a text without a word."""


@dataclass
class Picture:
    """A picture: its address on the page, and what it shows."""

    address: str
    description: str
    line: int = 0


@dataclass
class Part:
    """A named part: `dateline`, `signature`, `headnote` …"""

    name: str
    blocks: list[Block]


@dataclass
class Day:
    """An entry of a diary, dated in EDTF."""

    date: str
    blocks: list[Block]


Block = Heading | Paragraph | Quotation | Verse | Listing | Table | Asterism | Picture | Part | Day


@dataclass
class Note:
    """A note of the page."""

    key: str
    label: str
    hand: str
    blocks: list[Block]


@dataclass
class Chapter:
    """A chapter: a page, or a part of one."""

    name: str  # of its files; the siglum
    kind: str
    title: list[Inline]  # [] if the page has none for it
    supplied: str  # a title for that case
    blocks: list[Block]
    page: Page
    whole: bool  # the page has no other chapter, and the book no other page
    date: str = ''  # EDTF


@dataclass
class Page:
    """All that one file holds."""

    file: str
    digest: str
    lang: str = 'en'
    title: list[Inline] = field(default_factory=list)
    supplied: str = ''  # a title for a page that has none in its text
    head: list[tuple[str, list[Inline]]] = field(default_factory=list)  # part, words; in order
    before: int = 0  # how many of these stand before the title
    authors: list[str] = field(default_factory=list)
    translators: list[str] = field(default_factory=list)
    transcribers: list[str] = field(default_factory=list)
    source: dict[str, str] = field(default_factory=dict)
    blocks: list[Block] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)
    colophon: list[list[Inline]] = field(default_factory=list)


def words(inlines: list[Inline]) -> str:
    """A line of the witness: the words, with ` [4]` for the mark of a note."""
    said = []
    for item in inlines:
        if isinstance(item, Run):
            said.append(item.text)
        elif isinstance(item, Mark):
            said.append(f' [{item.label}]')
        elif isinstance(item, Break):
            said.append(' ')
    return fold(''.join(said)).strip(' ')


def lines(blocks: list[Block]) -> list[str]:
    """The lines of the witness: a paragraph, heading, line of verse, item or cell each."""
    found: list[str] = []
    for block in blocks:
        match block:
            case Heading() | Paragraph():
                found.append(words(block.words))
            case Part(name='editorial'):
                continue
            case Quotation() | Part() | Day():
                found += lines(block.blocks)
            case Verse():
                found += [words(line[1]) for line in block.lines if line]
            case Listing():
                found += [said for item in block.items for said in lines(item)]
            case Table():
                found += [words(cell) for row in block.rows for cell in row]
    return [line for line in found if line]


def mapped(blocks: list[Block], change: Callable[[list[Inline]], list[Inline]]) -> list[Block]:
    """*blocks* with the words of each changed."""
    found: list[Block] = []
    for block in blocks:
        match block:
            case Heading() | Paragraph():
                found.append(replace(block, words=change(block.words)))
            case Quotation() | Part() | Day():
                found.append(replace(block, blocks=mapped(block.blocks, change)))
            case Verse():
                lines = [line and (line[0], change(line[1])) for line in block.lines]
                found.append(Verse(lines))
            case Listing():
                found.append(replace(block, items=[mapped(item, change) for item in block.items]))
            case Table():
                rows = [[change(cell) for cell in row] for row in block.rows]
                found.append(replace(block, rows=rows))
            case _:
                found.append(block)
    return found


def renaming(prefix: str) -> Callable[[list[Inline]], list[Inline]]:
    """A change of the keys of marks."""

    def rename(inlines: list[Inline]) -> list[Inline]:
        return [Mark(prefix + i.key, i.label) if isinstance(i, Mark) else i for i in inlines]

    return rename
