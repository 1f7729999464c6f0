"""Notes in the e-book: each once, with the chapter that cites it, where readers pop it up from.

They could as well stand in the notes chapters alone: but not all reading systems pop up what is in
another file, and those that pop up nothing would send their readers to the end of the book.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from docutils import nodes
from sphinx.transforms.post_transforms import SphinxPostTransform
from sphinx.util.osutil import relative_uri

from ..domain import edition_domain
from ..gathering.notes import PlaceNotes, home, moved
from ..gathering.words import link, pieces
from ..html.translator import note_mark
from ..vocabulary import opening

if TYPE_CHECKING:
    from docutils.nodes import Element
    from sphinx import addnodes

    from ..data.records import Note
    from ..data.registry import Registry


class ListNotes(SphinxPostTransform):
    """Make of the notes of a page a list of links: they themselves stand in the chapters.

    Before:  container note=fever (…)
    After:   bullet_list (list_item (paragraph (pending_xref “a”, “, on ”,
                          pending_xref “log 2”, “: … The mate sleeps”)))

    Priority 4: before notes are brought to where they are cited (5).
    """

    default_priority = 4
    builders = ('epub',)

    def run(self, **kwargs: object) -> None:
        registry, here = edition_domain(self.env).registry, self.env.current_document.docname
        elsewhere = moved(registry)
        for note in list(self.document.findall(nodes.container)):
            if 'note' in note and (here, note['ids'][0]) in elsewhere:
                listed = note.previous_sibling()
                if not (isinstance(listed, nodes.bullet_list) and 'notes' in listed['classes']):
                    listed = nodes.bullet_list(classes=['mentions', 'notes'])
                    note.parent.insert(note.parent.index(note), listed)
                listed += nodes.list_item('', self.line(registry, note['note']))
                note.parent.remove(note)

    @staticmethod
    def line(registry: Registry, key: str) -> nodes.paragraph:
        """“a, on diary 1: … the big, empty garden; diary 3: …”"""
        line = nodes.paragraph('', '', link(registry.notes[key].id, registry.labels[key]))
        places = [registry.citations[key], *registry.further_marks[key]]
        for n, place in enumerate(places):
            line += [nodes.Text('; ' if n else ', on '), link(place.id, registry.locus(place))]
            if words := place.around[0].strip():
                line += [nodes.Text(': … '), *pieces(words)]
        return line


class PopUpNotes(PlaceNotes):
    """Bring each note to the end of the first section that cites it.

    Before:  section (… pending_xref note …)
    After:   section (… reference refid=note-4 classes=noteref “4” …,
                      section classes=notes (title “Notes”, footnote ids=note-4 (paragraph
                          (reference backlink “4.”, …))))

    What cites it on another page leads to it there.
    """

    builders = ('epub',)
    moves = True

    def mark(self, xref: addnodes.pending_xref, note: Note, label: str) -> Element:
        mark = note_mark(xref, note, label)
        registry = edition_domain(self.env).registry
        here, there = self.env.current_document.docname, home(registry, note.key)
        if there != here:
            del mark['refid']
            mark['refuri'] = f'{address(here, there)}#{note.id}'
        xref.replace_self(mark)
        return mark

    def place(
        self, xref: addnodes.pending_xref, note: Note, label: str, body: list[Element]
    ) -> None:
        registry = edition_domain(self.env).registry
        mark = self.mark(xref, note, label)
        if home(registry, note.key) != self.env.current_document.docname:
            return
        opening(body).insert(0, self.opening(mark, note, label))
        of_witness = registry.of_witness(note.key)
        classes = ['footnote', note.hand, 'source' if of_witness else 'apparatus']
        footnote = nodes.footnote('', *body, classes=classes, ids=[note.id])
        footnote['label'] = registry.note_name(note.key)
        self.notes().append(footnote)

    def notes(self) -> Element:
        """The section for the notes of this page, which ends it."""
        page: Element = self.document.next_node(nodes.section) or self.document
        last = page.children[-1]
        if isinstance(last, nodes.section) and 'notes' in last['classes']:
            return last
        section = nodes.section('', nodes.title('', 'Notes'), classes=['notes'], ids=['notes'])
        page.append(section)
        return section


class LeadToNotes(SphinxPostTransform):
    """Let every link to a note, or to something in it, lead to where the note stands now.

    Priority 11: when references have been resolved (10).
    """

    default_priority = 11
    builders = ('epub',)

    def run(self, **kwargs: object) -> None:
        here = self.env.current_document.docname
        elsewhere = {
            f'{address(here, docname)}#{node_id}': f'{address(here, there)}#{node_id}'
            for (docname, node_id), there in moved(edition_domain(self.env).registry).items()
        }
        for reference in self.document.findall(nodes.reference):
            target = reference.get('refuri') or f'#{reference.get("refid")}'
            if reference.get('internal') and target in elsewhere:
                reference.attributes.pop('refid', None)
                reference['refuri'] = elsewhere[target]


def address(here: str, there: str) -> str:
    """Where the page of one document finds that of another; nothing, if they are one."""
    return relative_uri(f'{here}.xhtml', f'{there}.xhtml')
