"""The pages of the e-book: what each is, and its notes where readers pop them up from."""

from __future__ import annotations

from typing import TYPE_CHECKING

from docutils import nodes
from sphinx.transforms.post_transforms import SphinxPostTransform

from ..domain import edition_domain
from ..gathering.notes import PlaceNotes
from ..html.translator import note_mark
from ..vocabulary import opening

if TYPE_CHECKING:
    from docutils.nodes import Element
    from sphinx import addnodes

    from ..data.records import Note, Page
    from ..data.registry import Registry

# part of the book -> its epub:type and, if there is one, its ARIA role
PARTS_OF_BOOK = {
    'titlepage': ('titlepage', ''),
    'introduction': ('introduction', 'doc-introduction'),
    'endnotes': ('endnotes', 'doc-endnotes'),
    'index': ('index', 'doc-index'),
    'appendix': ('appendix', 'doc-appendix'),
    'bibliography': ('bibliography', 'doc-bibliography'),
}


def part_of_book(registry: Registry, page: Page) -> tuple[str, str]:
    """Division and part that *page* is: (bodymatter, letter), (backmatter, index) …

    What stands before the first chapter introduces it. A page after the last whose file is named
    `bibliography` is one.
    """
    if page.is_title_page:
        return 'frontmatter', 'titlepage'
    if page.is_chapter:
        return 'bodymatter', page.kind
    if page.notes:
        return 'backmatter', 'endnotes'
    if page.entries:
        return 'backmatter', 'index'
    for other in registry.pages:
        if other is page:
            return 'frontmatter', 'introduction'
        if other.is_chapter:
            break
    stem = page.docname.rpartition('/')[2]
    return 'backmatter', 'bibliography' if stem == 'bibliography' else 'appendix'


class BoundPage(SphinxPostTransform):
    """Make each page one section that says which part of the book it is.

    Before:  document (paragraph author, section (title …))
    After:   document (section classes=titlepage semantics=… (paragraph author, title …))
    """

    default_priority = 6  # after the notes were placed: they count as the section's
    builders = ('epub',)

    def run(self, **kwargs: object) -> None:
        registry = edition_domain(self.env).registry
        page = registry.documents[self.env.current_document.docname]
        section = self.document.next_node(nodes.section)
        if section is None:
            return
        part, chapter = part_of_book(registry, page)[1], registry.chapter(page)
        section['classes'].append(part)
        section['semantics'] = (chapter.epub, 'doc-chapter') if chapter else PARTS_OF_BOOK[part]
        before = self.document.children[: self.document.index(section)]
        for node in before:
            self.document.remove(node)
        section.insert(0, before)


class PopUpNotes(PlaceNotes):
    """Bring each note to the end of the section that cites it, where readers pop it up from.

    Before:  section (… pending_xref note …)
    After:   section (… reference refid=note-4 classes=noteref “4” …,
                      footnote ids=note-4 (paragraph (reference backlink “4.”, …)))
    """

    builders = ('epub',)

    def mark(self, xref: addnodes.pending_xref, note: Note, label: str) -> Element:
        mark = note_mark(xref, note, label)
        xref.replace_self(mark)
        return mark

    def place(
        self, xref: addnodes.pending_xref, note: Note, label: str, body: list[Element]
    ) -> None:
        mark = self.mark(xref, note, label)
        opening(body).insert(0, self.opening(mark, note, label))
        if note.docname != self.env.current_document.docname:
            footnote = nodes.footnote('', *body, classes=['footnote', note.hand], ids=[note.id])
            footnote['label'] = edition_domain(self.env).registry.note_name(note.key)
            section = self.document.next_node(nodes.section) or self.document
            section.append(footnote)
