"""The pages of the e-book: what each is."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from docutils import nodes
from sphinx.transforms.post_transforms import SphinxPostTransform

from ..data.text import readable
from ..domain import edition_domain

if TYPE_CHECKING:
    from ..data.records import Page
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


class ReadableAddresses(SphinxPostTransform):
    """Show addresses that stand for themselves as they are read, with places where they may break.

    Before:  reference (“https://ru.wikipedia.org/wiki/%D0%94%D0%B5%D0%BB%D0%BE”)
    After:   reference (“ru.​wikipedia.​org/wiki/Дело”)

    Not all reading systems break a long word, even if a style sheet asks for it.
    """

    default_priority = 11  # when references have been resolved (10)
    builders = ('epub',)

    def run(self, **kwargs: object) -> None:
        for link in self.document.findall(nodes.reference):
            address, words = link.get('refuri', ''), link.astext()
            if link.get('internal') or ' ' in words or '/' not in words:
                continue
            shown = readable(address) if words == address else words
            link.children = []
            link += nodes.Text(re.sub(r'[.=&?_-](?=\w)|\w{8}(?=\w)', '\\g<0>\u200b', shown))
