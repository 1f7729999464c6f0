"""The closed vocabulary: every output says what it does with each node of it."""

from __future__ import annotations

import pytest
from docutils import nodes
from docutils.nodes import Node
from sphinx_edition import vocabulary
from sphinx_edition.epub.translator import EpubTranslator
from sphinx_edition.print.writer import Writer
from sphinx_edition.tei.encoder import Encoder
from sphinx_edition.web.builder import WebTranslator

# what an output makes of the parts of a table while it writes the table itself
PRINT_WITHIN = {'tgroup', 'colspec', 'thead', 'tbody', 'row', 'entry', 'title', 'label', 'line'}
PRINT_WITHIN |= {'list_item', 'term', 'definition'}
TEI_WITHIN = {
    'tgroup',
    'colspec',
    'thead',
    'tbody',
    'entry',
    'label',
    'line',
    'definition_list_item',
}


def handles(output: type, kind: type[Node], method: str) -> bool:
    """Whether *output* has a method for this very node, or for one that it is a kind of.

    The classes at the root of docutils say nothing of a node; they do not count.
    """
    return any(
        hasattr(output, method.format(cls.__name__))
        for cls in kind.__mro__
        if cls not in (nodes.Element, nodes.TextElement, nodes.Node, nodes.Inline, object)
    )


@pytest.mark.parametrize('kind', sorted(vocabulary.SHOWN, key=lambda kind: kind.__name__))
def test_every_output_shows_it(kind: type[Node]) -> None:
    assert handles(WebTranslator, kind, 'visit_{}')
    assert handles(EpubTranslator, kind, 'visit_{}')
    assert handles(Writer, kind, 'write_{}') or kind.__name__ in PRINT_WITHIN
    assert handles(Encoder, kind, '{}') or kind.__name__ in TEI_WITHIN


def test_what_is_unseen_is_left_out_on_purpose() -> None:
    for kind in vocabulary.UNSEEN:
        assert handles(Writer, kind, 'write_{}'), kind
        assert handles(Encoder, kind, '{}'), kind
