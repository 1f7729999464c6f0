"""Tables in the e-book: on a narrow page a row becomes a list, each cell with its head."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from docutils import nodes
from sphinx.transforms.post_transforms import SphinxPostTransform

if TYPE_CHECKING:
    from docutils.nodes import Element


class PlainCells(SphinxPostTransform):
    """Give each cell the words of its head, and say which paragraphs need no element of their own.

    Before:  row (entry (paragraph “1946”), entry (paragraph “One.”, paragraph “Two.”))
    After:   row (entry (paragraph bare “1946”), entry (paragraph bare
                  (inline column “What happens: ”, “One.”), paragraph bare “Two.”))

    Some reading systems print the paragraphs of a row’s cells on top of each other.
    """

    default_priority = 12  # when all links are made
    builders = ('epub',)

    def run(self, **kwargs: object) -> None:
        for table in self.document.findall(nodes.table):
            heads = [cell.astext() for head in table.findall(nodes.thead) for cell in cells(head)]
            for row in (row for body in table.findall(nodes.tbody) for row in body.children):
                for head, cell in list(zip(heads, cast('Element', row).children, strict=False))[1:]:
                    first = cast('Element', cell).next_node(nodes.paragraph)
                    if head and first is not None:
                        words = nodes.inline('', f'{head}: ', classes=['apparatus', 'column'])
                        first.insert(0, words)
            for cell in table.findall(nodes.entry):
                cell['classes'] += [] if cell.children else ['blank']
                paragraphs = [p for p in cell.children if isinstance(p, nodes.paragraph)]
                if len(paragraphs) == len(cell.children):
                    for paragraph in paragraphs:
                        paragraph['bare'] = not paragraph['ids']


def cells(head: Element) -> list[nodes.Node]:
    """The cells of a head of one row: where there are more, none is the head of a column."""
    [row, *more] = cast('list[Element]', head.children)
    return [] if more else row.children
