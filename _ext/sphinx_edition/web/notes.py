"""Notes on the web: after the block that cites them, set beside their marks by style and script."""

from __future__ import annotations

from typing import TYPE_CHECKING

from docutils import nodes

from ..domain import edition_domain
from ..gathering.notes import PlaceNotes
from ..html.translator import note_mark
from ..vocabulary import opening

if TYPE_CHECKING:
    from docutils.nodes import Element
    from sphinx import addnodes

    from ..data.records import Note


class Sidenotes(PlaceNotes):
    """Set each note after the block of the text that cites it.

    Before:  paragraph (… pending_xref note …)
    After:   paragraph (… reference refid=note-4 classes=noteref “4” …),
             footnote ids=note-4 classes=beside (
                 container classes=prose (paragraph (reference backlink “4.”, …)),
                 paragraph classes=evidence)

    So the paragraph is read, copied and found whole, whoever reads; a note cited within a note
    follows that.
    """

    builders = ('html',)

    def mark(self, xref: addnodes.pending_xref, note: Note, label: str) -> Element:
        mark = note_mark(xref, note, label)
        xref.replace_self(mark)
        return mark

    def place(
        self, xref: addnodes.pending_xref, note: Note, label: str, body: list[Element]
    ) -> None:
        mark = self.mark(xref, note, label)
        opening(body).insert(0, self.opening(mark, note, label))
        evidence = [block for block in body if 'evidence' in block['classes']]
        prose = [block for block in body if block not in evidence]
        side = nodes.footnote(ids=[note.id], classes=['beside', note.hand])
        side['label'] = edition_domain(self.env).registry.note_name(note.key)
        side += [nodes.container('', *prose, classes=['prose']), *evidence]
        block = citing_block(mark)
        siblings = block.parent.children
        position = siblings.index(block) + 1
        while position < len(siblings) and isinstance(siblings[position], nodes.footnote):
            position += 1
        block.parent.insert(position, side)


def citing_block(mark: Element) -> Element:
    """The block after which a note stands: a whole one of the text, a paragraph elsewhere.

    Of a mark within a note that was set here it is that note.
    """
    block: Element = mark
    while not isinstance(block, nodes.footnote):
        above = block.parent
        if isinstance(above, (nodes.section, nodes.document)):
            break
        if type(above) is nodes.container and not {'source', 'prose'} & {*above['classes']}:
            break
        block = above
    return block
