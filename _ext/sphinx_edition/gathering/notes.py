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
from ..vocabulary import opening

if TYPE_CHECKING:
    from docutils.nodes import Element
    from sphinx.environment import BuildEnvironment

    from ..data.records import Note
    from ..data.registry import Registry


class OrderNotes(SphinxPostTransform):
    """Put the editors' notes of a page in the order of their letters, whatever the file's is.

    Before:  container note=fever (“b”), container note=songs (“a”)
    After:   container note=songs (“a”), container note=fever (“b”)

    Notes of the witness keep its order, and so does what stands between notes. Priority 4: before
    anything is filled in.
    """

    default_priority = 4

    def run(self, **kwargs: object) -> None:
        registry = edition_domain(self.env).registry
        places = {key: n for n, key in enumerate(registry.cited)}
        together: dict[int, list[nodes.container]] = {}
        for note in self.document.findall(nodes.container):
            if 'note' in note and not registry.of_witness(note['note']):
                together.setdefault(id(note.parent), []).append(note)
        for notes in together.values():
            holder = notes[0].parent
            spots = [holder.index(note) for note in notes]
            notes.sort(key=lambda note: places.get(note['note'], len(places)))
            for spot, sorted_note in zip(spots, notes, strict=True):
                holder.children[spot] = sorted_note


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
        brought: set[str] = set()
        taken = {name for mark in note_marks(self.document) for name in mark['ids']}
        todo = deque(note_marks(self.document))
        while todo:
            xref = todo.popleft()
            note = domain.registry.notes.get(xref['reftarget'])
            if note is None:
                continue
            witness = ['witness'] * domain.registry.of_witness(note.key)
            xref['classes'] = ['noteref', 'note', note.hand, *witness]
            ref = f'ref-{note.key}'
            if not xref['ids'] and ref not in taken:  # of a copy: see `body`
                xref['ids'] = [ref]
                taken.add(ref)
            if note.key in placed:
                if note.key in brought:
                    self.mark(xref, note, domain.registry.labels[note.key])
                continue
            brought.add(note.key)
            placed.add(note.key)
            body = self.body(note)
            nested = [mark for block in body for mark in note_marks(block)]
            todo.extendleft(reversed(nested))
            self.place(xref, note, domain.registry.labels[note.key], body)

    @abstractmethod
    def mark(self, xref: addnodes.pending_xref, note: Note, label: str) -> Element:
        """Make a mark of *xref* that leads to the note on this page; it is returned."""

    @abstractmethod
    def place(
        self, xref: addnodes.pending_xref, note: Note, label: str, body: list[Element]
    ) -> None:
        """Put *body* where this output wants it; *xref* is the mark, shown as *label*.

        What the note opens with is in `opening`.
        """

    def opening(self, mark: Element, note: Note, label: str) -> list[nodes.Node]:
        """The label, which leads back to the mark; and who speaks, if the label does not say so."""
        refid = (mark['ids'] or [f'ref-{note.key}'])[0]
        back = nodes.reference('', f'{label}.', internal=True, refid=refid, classes=['backlink'])
        return [back, nodes.Text(' '), *speaker(edition_domain(self.env).registry, note.key)]

    def body(self, note: Note) -> list[Element]:
        """Fresh copies of the note's blocks, without ids and without the link back.

        The blocks say their language if it is not that of the page.
        """
        docname = self.env.current_document.docname
        tongues = edition_domain(self.env).registry.languages(note.key, docname)
        blocks = [block.deepcopy() for block in written(self.env, note.docname)[note.key]]
        for block in blocks:
            block.attributes |= tongues
            for node in block.findall(nodes.Element):
                node['ids'] = []
                if isinstance(node, addnodes.pending_xref):
                    node['refdoc'] = docname
        del opening(blocks)[:2]
        return blocks


def speaker(registry: Registry, key: str) -> list[nodes.Node]:
    """Whose the note is, in words, if the edition has notes of several like it."""
    if not (word := registry.speaker(key)):
        return []
    return [nodes.inline('', f'{word}. ', classes=['apparatus', 'hand'])]


def note_marks(tree: Element) -> list[addnodes.pending_xref]:
    """The places in *tree* where notes are cited."""
    return [mark for mark in marks(tree) if mark['reftype'] == 'note']


@lru_cache(maxsize=8)
def written(env: BuildEnvironment, docname: str) -> dict[str, list[Element]]:
    """Key -> blocks of every note written in *docname*. One document holds many notes."""
    containers = env.get_doctree(docname).findall(nodes.container)
    return {
        node['note']: cast('list[Element]', node.children) for node in containers if 'note' in node
    }
