"""Tables in print."""

from __future__ import annotations

from abc import abstractmethod
from textwrap import wrap
from typing import TYPE_CHECKING

from docutils import nodes

from .source import array
from .writing import Writing

if TYPE_CHECKING:
    from docutils.nodes import Element

NOTE_LINE = 74  # letters of a line in note size, rather too few than too many


def lines(row: nodes.row, widths: list[int]) -> int:
    """How many lines a row of a table takes, about."""
    letters = [max(NOTE_LINE * width // sum(widths) - 2, 1) for width in widths]
    return max(
        sum(len(wrap(block.astext(), room)) for block in cell.children)
        for cell, room in zip(row.children, letters, strict=False)
    )


class Tables(Writing):
    """The part of the writer for tables."""

    @abstractmethod
    def opened(self) -> str: ...

    def write_table(self, node: nodes.table) -> str:
        widths = [spec['colwidth'] for spec in node.findall(nodes.colspec)]
        caption = ''.join(self.inside(title) for title in node.findall(nodes.title))
        anchors, head = self.anchors(node), 'table.header()'
        if opening := self.opened():  # not in the table: a head may stand on several pages
            anchors += self.block('beside', body=opening)
        for part in node.findall(nodes.thead):  # a repeated head may not hold links (PDF/UA)
            once = '' if next(part.findall(nodes.reference), None) is None else 'repeat: false, '
            head = f'table.header({once}{self.cells(part)})'
        rows = [row for part in node.findall(nodes.tbody) for row in part.findall(nodes.row)]
        return anchors + self.block(
            'listing',
            array(f'{width}fr' for width in widths),
            array(str(lines(row, widths)) for row in rows),
            f'[{caption}]' if caption else 'none',
            head,
            *(f'({self.cells(row)}, )' for row in rows),
        )

    def cells(self, part: Element) -> str:
        return ', '.join(map(self.cell, part.findall(nodes.entry)))

    def cell(self, node: nodes.entry) -> str:
        body = f'[{self.inside(node) or "#blank"}]'
        aligned = next((c[5:] for c in node['classes'] if c in ('text-center', 'text-right')), '')
        return f'table.cell(align: {aligned}){body}' if aligned else body
