"""Tables of a page: whether one has rows, and its rows."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from .nodes import Raw

if TYPE_CHECKING:
    from lxml import etree  # type: ignore[import-untyped]

    from .nodes import Item, Node


def grid(rows: list[list[tuple[etree._Element, list[Node]]]]) -> list[list[list[Item]]]:
    """Rows of as many cells each; a cell over several columns is followed by empty ones."""
    found: list[list[list[Item]]] = []
    for row in rows:
        cells: list[list[Item]] = []
        for cell, nodes in row:
            cells.append([item for node in nodes if isinstance(node, Raw) for item in node.items])
            span = cell.get('colspan') or '1'
            cells += [[] for _ in range(int(span) - 1)] if re.fullmatch(r'[1-9]\d?', span) else []
        if any(cells):
            found.append(cells)
    width = max(
        max(len(r) - next((n for n, c in enumerate(reversed(r)) if c), 0) for r in found), 1
    )
    return [[*row[:width], *[[] for _ in range(width - len(row))]] for row in found]


def stray_words(table: etree._Element) -> bool:
    """Whether words of *table* stand outside of its cells and captions."""
    for element in table.iter('table', 'tbody', 'thead', 'tfoot', 'tr', 'colgroup', 'col'):
        if next(element.iterancestors('table'), None) is not table and element is not table:
            continue
        if (element.text or '').strip() or any((child.tail or '').strip() for child in element):
            return True
        allowed = ('tbody', 'thead', 'tfoot', 'tr', 'colgroup', 'col', 'td', 'th', 'caption')
        if any(isinstance(c.tag, str) and c.tag not in allowed for c in element):
            return True
    return False
