"""What a page of HTML is made of once it is a row of plain blocks."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from .model import Break, Mark, PageBreak, Run

if TYPE_CHECKING:
    from collections.abc import Iterable

HEADINGS = ('h1', 'h2', 'h3', 'h4', 'h5', 'h6')


class Anchor(NamedTuple):
    """A place that links lead to."""

    id: str


class Link(NamedTuple):
    """A link within the page, with its words."""

    target: str
    runs: tuple[Run, ...]


Item = Run | Break | PageBreak | Anchor | Link | Mark


@dataclass
class Raw:
    """Words in one block element, or in none."""

    tag: str
    classes: tuple[str, ...]
    items: list[Item]
    line: int
    align: str = ''
    linked: bool = False  # all its words are links to other pages

    @property
    def text(self) -> str:
        """Its words, white space folded."""
        return ' '.join(said(self.items).split())


@dataclass
class Rule:
    """A line across the page."""

    classes: tuple[str, ...]


@dataclass
class Image:
    """A picture."""

    address: str
    alt: str
    line: int


@dataclass
class Lines:
    """Words whose line ends count: `pre`."""

    lines: list[str]
    line: int


@dataclass
class Group:
    """A quotation, a list or a box: `blockquote`, `ul`, `ol`, `box`."""

    tag: str
    parts: list[list[Node]]
    start: int = 1


@dataclass
class Grid:
    """A table of data: cells hold words and no blocks."""

    rows: list[list[list[Item]]]
    head: bool


Node = Raw | Rule | Image | Lines | Group | Grid


def said(items: Iterable[Item]) -> str:
    """The words of *items*."""
    parts = []
    for item in items:
        if isinstance(item, Run):
            parts.append(item.text)
        elif isinstance(item, Link):
            parts += [run.text for run in item.runs]
        elif isinstance(item, Break):
            parts.append('\n')
    return ''.join(parts)
