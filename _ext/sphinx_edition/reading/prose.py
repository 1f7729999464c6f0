"""The editors’ words on a page, for the search: a section or an entry at a time."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from docutils import nodes

from ..data.records import Prose

if TYPE_CHECKING:
    from collections.abc import Callable

    from docutils.nodes import Element


def prose(doctree: nodes.document, words: Callable[[Element], str]) -> list[Prose]:
    """All of them; *words* gives those of a paragraph."""
    held: dict[tuple[str, str], list[str]] = defaultdict(list)  # (id, heading) -> its paragraphs
    for block in doctree.findall(nodes.TextElement):
        if not isinstance(block, (nodes.Inline, nodes.title, nodes.term)):
            place = holder(block)
            if place and (said := words(block)):
                held[place].append(said)
    return [Prose(*place, ' '.join(blocks)) for place, blocks in held.items()]


def holder(block: Element) -> tuple[str, str] | None:
    """Id and heading of the entry or section in which *block* stands; None for other voices."""
    node: Element | None = block
    while node is not None:
        if 'source' in node['classes'] or 'note' in node or 'evidence' in node['classes']:
            return None
        if isinstance(node, nodes.definition_list_item) and 'entry' in node:
            return node['entry'][1], ''
        if isinstance(node, nodes.section):
            title = node.next_node(nodes.title)
            return node['ids'][0], title.astext() if title else ''
        node = node.parent
    return '', ''
