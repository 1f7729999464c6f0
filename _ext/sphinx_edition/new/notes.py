"""Marks of notes and the notes they lead to."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from .inlines import cut
from .model import SUP, Mark, Run
from .nodes import HEADINGS, Anchor, Grid, Group, Item, Link, Node, Raw, Rule, said

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from .reporting import Report

LABEL = re.compile(r'\d{1,4}[a-z]?|\d{0,3}[*†‡§¶]{1,4}\d{0,3}|[A-Za-z]{1,2}|[ivxlc]{1,6}')
AROUND = ' \n[](){}.:'
SECTION = re.compile(
    r'[\W\d]*(?:(?P<whose>[\w’\' -]*?)\s*)?(?:foot|end)?-?notes?\b(?P<by>.*)|references\W*', re.I
)
NOTE_CLASSES = frozenset('note notes endnote endnotes footnote footnotes fn'.split())
SIGNS = {'*': 'star', '†': 'dagger', '‡': 'double-dagger', '§': 'section', '¶': 'paragraph'}


@dataclass
class Found:
    """A note as it stands on the page: its label, and its blocks without the label."""

    label: str
    section: str  # the heading above it
    nodes: list[Node] = field(default_factory=list)
    key: str = ''


def extract(nodes: list[Node], report: Report) -> tuple[list[Node], list[Found]]:
    """*nodes* without the notes, marks in their place; and the notes.

    A link is a mark if it leads to a later block at the top of the page that begins with the
    very label that the link shows.
    """
    leaves = list(walk(nodes))
    numbers = {id(leaf): n for n, leaf in enumerate(leaves)}
    top = {id(node) for node in nodes if isinstance(node, Raw) and node.tag not in HEADINGS}
    places: dict[str, Raw] = {}
    for leaf in leaves:
        for anchor in opening_anchors(leaf):
            places.setdefault(anchor, leaf)
    notes: dict[int, Found] = {}
    marks: dict[int, list[tuple[Link, str]]] = {}  # leaf -> its marks
    for n, leaf in enumerate(leaves):
        for link in links(leaf):
            target = places.get(link.target)
            label = ''.join(run.text for run in link.runs).strip(AROUND)
            if target is None or not LABEL.fullmatch(label) or numbers[id(target)] <= n:
                continue
            if id(target) not in top or leaf.tag in HEADINGS:
                report.warn(
                    f'the mark [{label}] of a note stands in a heading, or its note in a list; '
                    'both are kept as words'
                )
                continue
            if opening(target, label) is None:
                report.warn(
                    f'the mark [{label}] leads to a note that begins “{target.text[:12]}”; '
                    'both are kept as words'
                )
                continue
            marks.setdefault(id(leaf), []).append((link, label))
            notes.setdefault(id(target), Found(label, ''))
    keyed(notes.values())
    by_place = {name: notes[id(leaf)] for name, leaf in places.items() if id(leaf) in notes}
    for leaf in leaves:  # also of notes, before these get their blocks
        if id(leaf) in marks:
            links_here = {id(link): label for link, label in marks[id(leaf)]}
            leaf.items[:] = replaced(leaf.items, links_here, by_place, report)
    return gather(nodes, notes, report), list(notes.values())


def walk(nodes: Iterable[Node]) -> Iterator[Raw]:
    """All blocks of words."""
    for node in nodes:
        if isinstance(node, Raw):
            yield node
        elif isinstance(node, Group):
            for part in node.parts:
                yield from walk(part)
        elif isinstance(node, Grid):
            for row in node.rows:
                for cell in row:
                    yield Raw('td', (), cell, 0)


def opening_anchors(leaf: Raw) -> Iterator[str]:
    """Places before a block’s sixth word character, where the label of a note ends."""
    seen = 0
    for item in leaf.items:
        if isinstance(item, Anchor):
            yield item.id
        seen += len(said([item]).strip(AROUND))
        if seen > 5:
            return


def opening(leaf: Raw, label: str) -> str | None:
    """What a note begins with: its label, signs and spaces around it; None if it does not."""
    text = said(leaf.items)
    match = re.match(rf'\s*[\[({{]?\s*{re.escape(label)}\s*[\])}}]?(?:[.:)](?!\.))?', text)
    if not match:
        return None
    apart = any(
        said([item]).strip(AROUND) == label
        for item in leaf.items
        if isinstance(item, Link) or (isinstance(item, Run) and SUP in item.styles)
    )
    if (
        not apart
        and text[match.end() - 1 : match.end()].isalnum()
        and text[match.end() :][:1].isalnum()
    ):
        return None
    return match[0] + ' ' * (len(text[match.end() :]) - len(text[match.end() :].lstrip()))


def links(leaf: Raw) -> Iterator[Link]:
    """The links in a block."""
    return (item for item in leaf.items if isinstance(item, Link))


def gather(nodes: list[Node], notes: dict[int, Found], report: Report) -> list[Node]:
    """Give each note its blocks; return what is no note’s."""
    rest: list[Node] = []
    heading, current = '', None
    last = max((n for n, node in enumerate(nodes) if id(node) in notes), default=-1)
    for n, node in enumerate(nodes):
        if id(node) in notes and isinstance(node, Raw):
            current = notes[id(node)]
            current.section = heading
            opened = opening(node, current.label)
            assert opened is not None
            end = len(opened)
            opened = opened.strip()
            if opened != f'{current.label}.':
                report.otherwise[f'{opened} before a note', f'{current.label}.'] += 1
            first = Raw(node.tag, node.classes, cut(node.items, end), node.line)
            current.nodes = [first] if first.text or not more(nodes, n, notes) else []
            current.nodes = current.nodes or [first]
            continue
        if isinstance(node, Raw) and node.tag in HEADINGS:
            heading, current = node.text, None
        elif isinstance(node, Rule):
            current = None
        elif current and (n < last or is_note(node)) and follows(node):
            current.nodes.append(node)
            continue
        rest.append(node)
    return without_headings(rest, nodes, notes, report)


def more(nodes: list[Node], n: int, notes: dict[int, Found]) -> bool:
    """Whether the note at *n* goes on with a further block."""
    return n + 1 < len(nodes) and id(nodes[n + 1]) not in notes and is_note(nodes[n + 1])


def is_note(node: Node) -> bool:
    """Whether *node* is of a class of notes."""
    return isinstance(node, Raw) and bool(NOTE_CLASSES & set(node.classes))


def follows(node: Node) -> bool:
    """Whether *node* may be a further block of a note."""
    if isinstance(node, Raw):
        return not node.linked and not {'updat', 'link', 'footer', 'toplink', 'skip'} & set(
            node.classes
        )
    return isinstance(node, Group) and node.tag != 'box'


def without_headings(
    rest: list[Node], nodes: list[Node], notes: dict[int, Found], report: Report
) -> list[Node]:
    """*rest* without the headings of sections that held notes and nothing else."""
    found: list[Node] = []
    kept = {id(node) for node in rest}
    for n, node in enumerate(nodes):
        if id(node) not in kept:
            continue
        if isinstance(node, Raw) and SECTION.fullmatch(node.text) and len(node.text) < 60:
            after = nodes[n + 1 :]
            end = next(
                (
                    k
                    for k, x in enumerate(after)
                    if (isinstance(x, Raw) and x.tag in HEADINGS) or is_end(x)
                ),
                len(after),
            )
            section = after[:end]
            held = [x for x in section if id(x) in notes]
            others = [x for x in section if id(x) in kept and not isinstance(x, Rule)]
            if held and not others:
                report.drop('heading of notes, which have a page of their own', node.text)
                continue
        found.append(node)
    return found


def is_end(node: Node) -> bool:
    """Whether a section of notes ends before *node*."""
    return isinstance(node, Rule) or (isinstance(node, Raw) and not follows(node))


def keyed(notes: Iterable[Found]) -> None:
    """Give each note a key of its own, made of its label."""
    seen: set[str] = set()
    for note in notes:
        parts = re.findall(r'[a-z0-9]+|[*†‡§¶]', note.label.lower())
        key = slug = '-'.join(SIGNS.get(part, part) for part in parts) or 'note'
        count = 1
        while key in seen:
            count += 1
            key = f'{slug}-no-{count}'
        seen.add(key)
        note.key = key


def replaced(
    items: list[Item], labels: dict[int, str], notes: dict[str, Found], report: Report
) -> list[Item]:
    """*items* with marks for links to notes, and without the brackets around these."""
    found = list(items)
    for n, item in enumerate(found):
        if not isinstance(item, Link) or id(item) not in labels or item.target not in notes:
            continue
        label = labels[id(item)]
        shown = ''.join(run.text for run in item.runs).strip()
        before = neighbour(found, range(n - 1, -1, -1))
        after = neighbour(found, range(n + 1, len(found)))
        if before is not None and after is not None and not shown.startswith(('[', '(')):
            left, right = found[before], found[after]
            assert isinstance(left, Run)
            assert isinstance(right, Run)
            around = left.text.rstrip()[-1:] + right.text.lstrip()[:1]
            if around in ('[]', '()'):
                found[before] = Run(left.text.rstrip()[:-1], left.styles)
                found[after] = Run(right.text.lstrip()[1:], right.styles)
                shown = around[0] + shown + around[1]
        if shown != f'[{label}]':
            report.otherwise[f'{shown} as mark of a note', f'[{label}]'] += 1
        found[n] = Mark(notes[item.target].key, label)
    return found


def neighbour(items: list[Item], places: Iterable[int]) -> int | None:
    """The place of the first run with words among *places*, if nothing but places is between."""
    for n in places:
        item = items[n]
        if isinstance(item, Run) and item.text.strip():
            return n
        if not isinstance(item, Anchor | Run):
            return None
    return None
