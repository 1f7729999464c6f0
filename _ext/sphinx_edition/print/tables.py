"""Tables in print."""

from __future__ import annotations

from abc import abstractmethod
from textwrap import wrap
from typing import TYPE_CHECKING

from docutils import nodes

from .source import array
from .writing import Writing

if TYPE_CHECKING:
    from collections.abc import Sequence

    from docutils.nodes import Element

BREAKS = 5  # lines of a row from which on it may stand on two pages
HEADED = 3  # columns from which on rows have heads: of two cells the first need not name the other
HEAD = '#hint("row")'  # what makes a cell the head of its row
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
        stubs = [bool(spec.get('stub')) for spec in node.findall(nodes.colspec)]
        if len(stubs) < HEADED:
            stubs = []
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
            *(f'({self.cells(row, lines(row, widths), stubs)}, )' for row in rows),
        )

    def cells(self, part: Element, high: int = 0, stubs: Sequence[bool] = ()) -> str:
        """The cells of a row, or of a head; those of a row that is too *high* may break."""
        heads = [*stubs, *(False for _ in part.findall(nodes.entry))]
        cells = zip(part.findall(nodes.entry), heads, strict=False)
        return ', '.join(self.cell(cell, high > BREAKS, head=head) for cell, head in cells)

    def cell(self, node: nodes.entry, breakable: bool, *, head: bool) -> str:
        self.opening = HEAD * head
        body = f'[{self.inside(node) or "#blank"}{self.opened()}]'
        aligned = next((c[5:] for c in node['classes'] if c in ('text-center', 'text-right')), '')
        named = {'align': aligned, 'breakable': 'true' * breakable}
        given = ', '.join(f'{name}: {value}' for name, value in named.items() if value)
        return f'table.cell({given}){body}' if given else body
