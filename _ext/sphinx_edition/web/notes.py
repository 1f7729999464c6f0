"""Notes on the web: beside their marks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from docutils import nodes

from ..data.kinds import HANDS
from ..gathering.notes import PlaceNotes
from ..html.translator import note_mark

if TYPE_CHECKING:
    from docutils.nodes import Node
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

    def place(
        self, xref: addnodes.pending_xref, note: Note, label: str, body: list[nodes.paragraph]
    ) -> None:
        mark = note_mark(xref, note, label)
        side = nodes.inline(
            classes=['sidenote', note.hand], ids=[note.id], label=f'{HANDS[note.hand].word} {label}'
        )
        side += nodes.reference(
            '', f'{label}.', internal=True, refid=f'ref-{note.key}', classes=['backlink']
        )
        for block in body:
            side += nodes.Text(' ')
            side += nodes.inline('', '', *block.children, classes=['par', *block['classes']])
        outer = xref.parent
        while outer is not None and 'sidenote' not in outer['classes']:
            outer = outer.parent
        if outer is None:
            xref.replace_self([mark, side])
        else:  # cited within a note: set after it
            xref.replace_self(mark)
            siblings = outer.parent
            position = siblings.index(outer) + 1
            while position < len(siblings) and is_sidenote(siblings[position]):
                position += 1
            siblings.insert(position, side)


def is_sidenote(node: Node) -> bool:
    """Whether *node* is a note set beside its mark."""
    return isinstance(node, nodes.inline) and 'sidenote' in node['classes']
