"""Notes at their marks: what every output does that sets a note where it is cited."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections import deque
from functools import lru_cache
from typing import TYPE_CHECKING, cast

from docutils import nodes
from sphinx import addnodes
from sphinx.transforms.post_transforms import SphinxPostTransform

from ..domain import edition_domain
from ..reading.recording import marks

if TYPE_CHECKING:
    from docutils.nodes import Element
    from sphinx.environment import BuildEnvironment

    from ..data.records import Note


class PlaceNotes(SphinxPostTransform, ABC):
    """Bring each note to the place where it is cited; an output says how, in `place`.

    Notes cited within a note that was brought here follow it. A note is brought once to a page,
    and never to the one it is written on. Priority 5: the copies hold references still to be
    resolved (10).
    """

    default_priority = 5

    def run(self, **kwargs: object) -> None:
        domain = edition_domain(self.env)
        placed = {note['note'] for note in self.document.findall(nodes.container) if 'note' in note}
        todo = deque(note_marks(self.document))
        while todo:
            xref = todo.popleft()
            note = domain.registry.notes.get(xref['reftarget'])
            if note is None or note.key in placed:
                continue
            placed.add(note.key)
            body = self.body(note)
            nested = [mark for block in body for mark in note_marks(block)]
            todo.extendleft(reversed(nested))
            self.place(xref, note, domain.registry.labels[note.key], body)

    @abstractmethod
    def place(
        self, xref: addnodes.pending_xref, note: Note, label: str, body: list[nodes.paragraph]
    ) -> None:
        """Put *body* where this output wants it; *xref* is the mark, shown as *label*."""

    def body(self, note: Note) -> list[nodes.paragraph]:
        """Fresh copies of the note's paragraphs, without ids and without the link back."""
        docname = self.env.current_document.docname
        blocks = [paragraph.deepcopy() for paragraph in written(self.env, note.docname)[note.key]]
        for block in blocks:
            for node in block.findall(nodes.Element):
                node['ids'] = []
                if isinstance(node, addnodes.pending_xref):
                    node['refdoc'] = docname
        del blocks[0][:2]
        return blocks


def note_marks(tree: Element) -> list[addnodes.pending_xref]:
    """The places in *tree* where notes are cited."""
    return [mark for mark in marks(tree) if mark['reftype'] == 'note']


@lru_cache(maxsize=8)
def written(env: BuildEnvironment, docname: str) -> dict[str, list[nodes.paragraph]]:
    """Key -> paragraphs of every note written in *docname*. One document holds many notes."""
    containers = env.get_doctree(docname).findall(nodes.container)
    return {
        node['note']: cast('list[nodes.paragraph]', node.children)
        for node in containers
        if 'note' in node
    }
