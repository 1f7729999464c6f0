"""Notes on the web: beside their marks."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from docutils import nodes

from ..domain import edition_domain
from ..gathering.notes import PlaceNotes
from ..html.translator import note_mark

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from docutils.nodes import Element, Node
    from sphinx import addnodes

    from ..data.records import Note


class Sidenotes(PlaceNotes):
    """Set each note beside its mark.

    Before:  pending_xref note
    After:   reference refid=note-4 classes=noteref “4”,
             inline ids=note-4 classes=sidenote (reference backlink “4.”, inline classes=par …)

    The note is inline because nothing else may stand within a paragraph of HTML; set there,
    style sheets alone can put it in the margin beside its line.
    """

    builders = ('html',)

    def mark(self, xref: addnodes.pending_xref, note: Note, label: str) -> Element:
        mark = note_mark(xref, note, label)
        xref.replace_self(mark)
        return mark

    def place(
        self, xref: addnodes.pending_xref, note: Note, label: str, body: list[Element]
    ) -> None:
        name = edition_domain(self.env).registry.note_name(note.key)
        side = nodes.inline(classes=['sidenote', note.hand], ids=[note.id], label=name)
        mark = self.mark(xref, note, label)
        side += self.opening(mark, note, label)
        for n, line in enumerate(lines(body)):
            side += [nodes.Text(' '), line][n == 0 :]
        outer = mark.parent
        while outer is not None and 'sidenote' not in outer['classes']:
            outer = outer.parent
        if outer is None:
            outer = mark.parent
            outer.insert(outer.index(mark) + 1, side)
        else:  # cited within a note: set after it
            siblings = outer.parent
            position = siblings.index(outer) + 1
            while position < len(siblings) and is_sidenote(siblings[position]):
                position += 1
            siblings.insert(position, side)


def lines(blocks: Iterable[Node], name: str = 'par', lead: str = '') -> Iterator[nodes.inline]:
    """The lines of these blocks, each an inline; *lead* stands before the first."""
    for block in cast('Iterable[Element]', blocks):
        if isinstance(block, (nodes.paragraph, nodes.attribution, nodes.line)):
            before = [nodes.Text(lead + '\xa0' * block.get('indent', 0))]
            kind = [] if isinstance(block, nodes.paragraph) else [block.tagname]
            classes = [name, *block['classes'], *kind]
            yield nodes.inline('', '', *before, *block.children, classes=classes)
        elif isinstance(block, (nodes.bullet_list, nodes.enumerated_list)):
            ordered = isinstance(block, nodes.enumerated_list)
            for n, item in enumerate(block.children, start=int(block.get('start', 1))):
                yield from lines(item.children, name, f'{n}. ' if ordered else '– ')
        else:
            inner = 'par quoted' if isinstance(block, nodes.block_quote) else name
            yield from lines(block.children, inner, lead)
        lead = ''


def is_sidenote(node: Node) -> bool:
    """Whether *node* is a note set beside its mark."""
    return isinstance(node, nodes.inline) and 'sidenote' in node['classes']
