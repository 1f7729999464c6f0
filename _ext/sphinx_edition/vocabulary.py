"""The closed vocabulary: every node that an edition may be made of once it is read.

What is not listed here is refused at reading, whatever builder runs (`reading/refusal.py`); what is
listed, each output shows in its own way (`tests/engine/test_vocabulary.py`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from docutils import nodes
from sphinx import addnodes
from sphinxcontrib.bibtex.nodes import bibliography

if TYPE_CHECKING:
    from collections.abc import Iterable


class line_break(nodes.inline):  # noqa: N801  (named like the nodes of docutils)
    """A break within a paragraph; for those who do not know it, a line end."""

    def __init__(self) -> None:
        super().__init__('', '\n')


class verse(nodes.line_block):  # noqa: N801
    """Lines that are the author’s: stanzas (`line_block`) of lines, each with its `indent`."""


class numbered(nodes.container):  # noqa: N801
    """A passage of the text that is no paragraph: a quotation, a poem, a list, a table."""


class page_break(nodes.inline):  # noqa: N801
    """Where a page of the source begins; `page` is its number. It holds no word of the text."""


class asterism(nodes.comment):  # noqa: N801
    """Stars between two sections; for those who do not know it, a comment."""


class drawing(nodes.comment):  # noqa: N801
    """The place of a picture of the whole; for those who do not know it, a comment."""

    def __init__(self, content: Any = None) -> None:
        super().__init__()
        self.content = content  # a `gathering.drawing.Drawing`

    def copy(self) -> drawing:
        return drawing(self.content)


# blocks of the witness’s text, which are numbered; those beside the paragraph stand in `numbered`
TEXT = (
    *(nodes.paragraph, nodes.block_quote, verse),
    *(nodes.bullet_list, nodes.enumerated_list, nodes.table),
)
# blocks that hold words on any page
BLOCKS = (
    *TEXT,
    *(nodes.section, nodes.title, nodes.container, numbered, nodes.compound),
    *(nodes.attribution, nodes.line_block, nodes.line, nodes.list_item, asterism),
    *(nodes.definition_list, nodes.definition_list_item, nodes.term, nodes.definition),
    *(nodes.tgroup, nodes.colspec, nodes.thead, nodes.tbody, nodes.row, nodes.entry),
    *(nodes.figure, nodes.caption, nodes.literal_block),
)
# what stands within a line
INLINES = (
    *(nodes.Text, nodes.emphasis, nodes.strong, nodes.superscript, nodes.subscript),
    *(nodes.literal, nodes.inline, line_break, page_break, nodes.reference, nodes.image),
)
# what a build puts in the place of others: links for references, sources for a bibliography
PLACEHOLDERS = (addnodes.pending_xref, addnodes.toctree, addnodes.only, bibliography)
MADE = (nodes.citation, nodes.label, drawing)
# what no reader sees
UNSEEN = (
    *(nodes.comment, nodes.target, nodes.substitution_definition),
    *(addnodes.index, nodes.meta),
)
READ = frozenset((*BLOCKS, *INLINES, *PLACEHOLDERS, *UNSEEN))
SHOWN = frozenset((*BLOCKS, *INLINES, *MADE))


def opening(note: Iterable[nodes.Node]) -> nodes.TextElement:
    """The first line of words among these blocks: a note bears its label there."""
    lines = (line for block in note for line in block.findall(nodes.TextElement))
    return next(line for line in lines if not isinstance(line, nodes.Inline))
