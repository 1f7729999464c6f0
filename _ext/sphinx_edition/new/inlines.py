"""Words within a line: cut, cleaned, split."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from .model import Break, Inline, Mark, PageBreak, Run
from .nodes import Anchor, Item, Link, said

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence


def settled(items: Iterable[Item]) -> list[Inline]:
    """*items* without places and links, runs of one kind joined, spaces single."""
    found: list[Inline] = []
    for item in items:
        for part in item.runs if isinstance(item, Link) else (item,):
            if isinstance(part, Anchor | Link):
                continue
            last = found[-1] if found else None
            if isinstance(part, Run) and isinstance(last, Run) and last.styles == part.styles:
                found[-1] = Run(last.text + part.text, part.styles)
            else:
                found.append(part)
    return tidy(found)


def tidy(items: Sequence[Inline]) -> list[Inline]:
    """*items* with single spaces, none at the ends of lines or before a mark."""
    found: list[Inline] = []
    spaced = True  # whether a space here would be one too many
    for item in items:
        if isinstance(item, Run):
            text = re.sub(r'[ \n\t]+', ' ', item.text)
            if spaced:
                text = text.lstrip(' ')
            if text:
                found.append(Run(text, item.styles))
                spaced = text.endswith(' ')
        else:
            if isinstance(item, Break | Mark):
                trim_end(found)
            found.append(item)
            spaced = isinstance(item, Break)
    trim_end(found)
    return joined(found)


def joined(items: Iterable[Inline]) -> list[Inline]:
    """*items*, neighbours of one kind made one; a space takes the kind of what is before it."""
    found: list[Inline] = []
    for item in items:
        last = found[-1] if found else None
        if (
            isinstance(item, Run)
            and isinstance(last, Run)
            and (last.styles == item.styles or not item.text.strip())
        ):
            found[-1] = Run(last.text + item.text, last.styles)
        else:
            found.append(item)
    return found


def trim_end(items: list[Inline]) -> None:
    """Take spaces off the end."""
    while items and isinstance(last := items[-1], Run):
        if text := last.text.rstrip(' '):
            items[-1] = Run(text, last.styles)
            return
        items.pop()


def by_lines(items: Iterable[Item]) -> list[list[list[Item]]]:
    """Lines of words, in groups that two or more line ends divide."""
    lines: list[list[Item]] = [[]]
    for item in items:
        if isinstance(item, Break):
            lines.append([])
        else:
            lines[-1].append(item)
    groups: list[list[list[Item]]] = [[]]
    places: list[Item] = []  # in an empty line; they are those of the next
    for line in lines:
        if is_blank(line):
            places += [item for item in line if isinstance(item, Anchor)]
            groups += [[]] if groups[-1] else []
        else:
            groups[-1].append([*places, *line])
            places = []
    return [group for group in groups if group]


def is_blank(items: Iterable[Item]) -> bool:
    """Whether nothing of *items* is seen."""
    items = list(items)
    return not said(items).strip() and not any(isinstance(i, Mark | PageBreak) for i in items)


def cut(items: Sequence[Item], count: int) -> list[Item]:
    """*items* without their first *count* characters."""
    found: list[Item] = []
    for item in items:
        if count and isinstance(item, Link):
            item = Run(''.join(run.text for run in item.runs))
        if count and isinstance(item, Run):
            taken = min(count, len(item.text))
            count -= taken
            item = Run(item.text[taken:], item.styles)
        elif count and isinstance(item, Break):
            count -= 1
            continue
        found.append(item)
    return found


def bare(items: Iterable[Inline]) -> list[Inline]:
    """The words of a heading: runs alone; a mark is written out, a style of the whole is none."""
    found: list[Inline] = []
    for item in items:
        if isinstance(item, Mark):
            found.append(Run(f' [{item.label}]'))
        elif isinstance(item, Break):
            found.append(Run(' '))
        elif isinstance(item, Run):
            found.append(item)
    found = tidy(found)
    common = (
        frozenset.intersection(
            *(i.styles for i in found if isinstance(i, Run)),
            frozenset(style for i in found if isinstance(i, Run) for style in i.styles),
        )
        if found
        else frozenset()
    )
    return joined(Run(i.text, i.styles - common) if isinstance(i, Run) else i for i in found)
