"""Notes in the e-book: each once, in its notes chapter, where reading systems pop it up from.

They could as well stand below the chapters that cite them: but then the witness's own notes would
leave the order of the witness, in which they follow its last page.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from docutils import nodes
from sphinx.util.osutil import relative_uri

from ..domain import edition_domain
from ..gathering.notes import PlaceNotes
from ..html.translator import note_mark

if TYPE_CHECKING:
    from docutils.nodes import Element
    from sphinx import addnodes

    from ..data.records import Note


class LeadToNotes(PlaceNotes):
    """Make of each mark a link to the note where it is written; nothing is brought to the mark.

    Before:  pending_xref note                   container note=4 (paragraph …)
    After:   reference refuri=translator.xhtml#note-4 classes=noteref (“4”)
                                                 footnote ids=note-4 (paragraph …)
    """

    builders = ('epub',)

    def run(self, **kwargs: object) -> None:
        super().run(**kwargs)
        registry = edition_domain(self.env).registry
        for note in list(self.document.findall(nodes.container)):
            if 'note' in note:
                classes = [*note['classes'], 'footnote']
                footnote = nodes.footnote('', *note.children, ids=note['ids'], classes=classes)
                footnote['label'] = registry.note_name(note['note'])
                note.replace_self(footnote)

    def mark(self, xref: addnodes.pending_xref, note: Note, label: str) -> Element:
        mark = note_mark(xref, note, label)
        here = self.env.current_document.docname
        if note.docname != here:
            del mark['refid']
            there = relative_uri(f'{here}.xhtml', f'{note.docname}.xhtml')
            mark['refuri'] = f'{there}#{note.id}'
        xref.replace_self(mark)
        return mark

    def place(
        self, xref: addnodes.pending_xref, note: Note, label: str, body: list[Element]
    ) -> None:
        self.mark(xref, note, label)
