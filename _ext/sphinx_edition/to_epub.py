"""The e-book: notes that pop up, the semantics of EPUB 3, its navigation, metadata and cover.

Sphinx's EPUB builder is made for manuals: its package file knows one author and no cover made at
build time, its navigation no parts, its archive holds whatever lies in the output folder. The
builder here keeps the writing of pages and replaces the packaging, so that every file of the book
is named in one list. The templates stand in `epub/`, as a theme without static files.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple, cast
from urllib.parse import unquote
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

from docutils import nodes
from sphinx import addnodes
from sphinx.builders.epub3 import Epub3Builder
from sphinx.transforms.post_transforms import SphinxPostTransform

from . import dates
from .backlinks import PlaceNotes
from .covers import draw_cover
from .domain import reading_order
from .to_html import HANDS, EditionTranslator, note_mark

if TYPE_CHECKING:
    from docutils.nodes import Element

    from .domain import EditionDomain
    from .model import Entry, Note, Page
    from .registry import Registry

TEMPLATES = Path(__file__).parent / 'epub'

# class of a node -> its epub:type and, if there is one, its ARIA role
SEMANTICS = {
    'titlepage': ('titlepage',),
    'introduction': ('introduction', 'doc-introduction'),
    'diary-entry': ('chapter z3998:diary-entry', 'doc-chapter'),
    'letter': ('chapter z3998:letter', 'doc-chapter'),
    'endnotes': ('endnotes', 'doc-endnotes'),
    'index': ('index', 'doc-index'),
    'appendix': ('appendix', 'doc-appendix'),
    'bibliography': ('bibliography', 'doc-bibliography'),
    'salutation': ('z3998:salutation',),
    'valediction': ('z3998:valediction',),
    'signature': ('z3998:signature',),
    'noteref': ('noteref', 'doc-noteref'),
    'footnote': ('footnote', 'doc-footnote'),
    'backlink': ('backlink', 'doc-backlink'),
}
LANDMARKS = ('titlepage', 'endnotes', 'index', 'bibliography')


def part_of_book(registry: Registry, page: Page) -> tuple[str, str]:
    """Division and part that *page* is: (bodymatter, letter), (backmatter, index) …

    What stands before the first chapter introduces it. A page after the last whose file is named
    `bibliography` is one.
    """
    kind = page.front.get('kind')
    if kind == 'title-page':
        return 'frontmatter', 'titlepage'
    if kind:
        return 'bodymatter', kind
    if page.notes:
        return 'backmatter', 'endnotes'
    if page.entries:
        return 'backmatter', 'index'
    for other in registry.pages:
        if other is page:
            return 'frontmatter', 'introduction'
        if other.front.get('kind') not in (None, 'title-page'):
            break
    stem = page.docname.rpartition('/')[2]
    return 'backmatter', 'bibliography' if stem == 'bibliography' else 'appendix'


class BoundPage(SphinxPostTransform):
    """Make each page one section that says which part of the book it is.

    Before:  document (paragraph author, section (title …))
    After:   document (section classes=titlepage (paragraph author, title …))
    """

    default_priority = 6  # after the notes were placed: they count as the section's
    builders = ('epub',)

    def run(self, **kwargs: object) -> None:
        registry = cast('EditionDomain', self.env.domains['edition']).registry
        page = next(p for p in registry.pages if p.docname == self.env.current_document.docname)
        section = self.document.next_node(nodes.section)
        if section is None:
            return
        section['classes'].append(part_of_book(registry, page)[1])
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

    def place(
        self, xref: addnodes.pending_xref, note: Note, label: str, body: list[nodes.paragraph]
    ) -> None:
        mark = note_mark(xref, note, label)
        back = nodes.reference(
            '', f'{label}.', internal=True, refid=f'ref-{note.key}', classes=['backlink']
        )
        body[0].insert(0, [back, nodes.Text(' ')])
        xref.replace_self(mark)
        if note.docname != self.env.current_document.docname:
            footnote = nodes.footnote('', *body, classes=['footnote', note.hand], ids=[note.id])
            footnote['label'] = f'{HANDS[note.hand]} {label}'
            section = self.document.next_node(nodes.section) or self.document
            section.append(footnote)


class EpubTranslator(EditionTranslator):
    """Adds what EPUB knows beyond HTML, after the table above."""

    def starttag(
        self,
        node: Element,
        tagname: str,
        suffix: str = '\n',
        empty: bool = False,
        **attributes: Any,
    ) -> str:
        classes: list[str] = node.get('classes', [])
        for name in classes:
            if name in SEMANTICS:
                attributes.update(zip(('epub:type', 'role'), SEMANTICS[name], strict=False))
        if 'lang' in attributes:
            attributes['xml:lang'] = attributes['lang']
        return super().starttag(node, tagname, suffix, empty, **attributes)

    def number(self, node: Element) -> None:
        """The paragraph's number; a link to the place where one is would only be in the way."""
        self.body.append(f'<span class="apparatus number">{node["number"]} </span>')

    def visit_section(self, node: Element) -> None:
        self.section_level += 1
        self.body.append(self.starttag(node, 'section'))

    def depart_section(self, node: Element) -> None:
        self.section_level -= 1
        self.body.append('</section>\n')

    def visit_footnote(self, node: Element) -> None:
        label = {'aria-label': node['label']}
        self.body.append(self.starttag(node, 'aside', CLASS='apparatus', **label))

    def depart_footnote(self, node: Element) -> None:
        self.body.append('</aside>\n')

    def visit_compound(self, node: nodes.compound) -> None:
        if 'toctree-wrapper' in node['classes']:  # the contents have a page of their own
            raise nodes.SkipNode
        super().visit_compound(node)


class Point(NamedTuple):
    """A line of the contents; a part of the book has no address of its own."""

    title: str
    href: str
    children: list[Point]


class Item(NamedTuple):
    """A file of the book, as the package names it."""

    href: str
    media_type: str
    properties: str = ''


class EditionEpubBuilder(Epub3Builder):
    """Sphinx's EPUB builder with the packaging of an edition."""

    def get_theme_config(self) -> tuple[str, dict[str, str | int | bool]]:
        return 'edition_epub', {}

    @property
    def domain(self) -> EditionDomain:
        return cast('EditionDomain', self.env.domains['edition'])

    def finish(self) -> None:
        """Only what goes into the book: no index, no search, no pages of other extensions."""
        self.copy_image_files()
        self.handle_finish()

    def copy_static_files(self) -> None:
        """Only the style sheets of the book."""
        self._static_dir.mkdir(parents=True, exist_ok=True)
        for name, _ in self.config.epub_css_files:
            for folder in self.config.html_static_path:
                if (source := self.confdir / folder / name).is_file():
                    (self._static_dir / name).write_bytes(source.read_bytes())

    def handle_page(self, pagename: str, addctx: dict[str, Any], *args: Any, **more: Any) -> None:
        pages = {page.docname: page for page in self.domain.registry.pages}
        if pagename in pages:
            addctx['division'] = part_of_book(self.domain.registry, pages[pagename])[0]
        addctx['styles'] = [f'_static/{name}' for name, _ in self.config.epub_css_files]
        super().handle_page(pagename, addctx, *args, **more)

    def handle_finish(self) -> None:
        edition = self.domain.edition
        context = {
            'edition': edition,
            'printed': dates.words(edition.date),
            'people': self.people(),
            'language': self.config.language,
            'version': self.config.version,
            'modified': f'{dates.now():%Y-%m-%dT%H:%M:%SZ}',
            'contents': self.contents(),
            'landmarks': self.landmarks(),
        }
        draw_cover(edition, self.domain.registry, self.outdir / 'cover.png', 1600, 2560)
        self.handle_page('cover', {**context, 'title': 'Cover'}, 'cover.html')
        self.handle_page('nav', {**context, 'title': 'Contents'}, 'nav.html')
        context['items'] = self.items()
        for name in ('content.opf', 'toc.ncx'):
            text = self.templates.render(name, context)
            (self.outdir / name).write_text(text, encoding='utf-8')
        self.build_mimetype()
        self.build_container()
        self.build_epub()

    def people(self) -> list[tuple[str, Entry]]:
        """Who had a hand in the text, each with the code of MARC's relators."""
        edition, entries = self.domain.edition, self.domain.registry.entries
        keys = {'aut': edition.author, 'trl': edition.translator, 'trc': edition.transcriber}
        return [(role, entries['person', key]) for role, key in keys.items()]

    def contents(self) -> list[Point]:
        """The title page, then the parts of the book under the captions of the toctrees."""
        root = self.config.root_doc
        points = [Point('Title page', self.get_target_uri(root), [])]
        for toctree in self.env.get_doctree(root).findall(addnodes.toctree):
            pages = [self.point(name) for name in toctree['includefiles']]
            points += [Point(toctree['caption'], '', pages)] if toctree['caption'] else pages
        return points

    def point(self, docname: str) -> Point:
        inner = [self.point(name) for name in self.env.toctree_includes.get(docname, ())]
        return Point(self.env.titles[docname].astext(), self.get_target_uri(docname), inner)

    def landmarks(self) -> list[tuple[str, str, str]]:
        """(epub:type, title, address) of the places a reader looks for."""
        marks = [('cover', 'Cover', 'cover.xhtml'), ('toc', 'Contents', 'nav.xhtml')]
        for page in self.domain.registry.pages:
            division, part = part_of_book(self.domain.registry, page)
            if part in LANDMARKS:
                marks.append((part, page.title, self.get_target_uri(page.docname)))
            elif division == 'bodymatter' and division not in [mark[0] for mark in marks]:
                marks.append((division, 'Text', self.get_target_uri(page.docname)))
        return marks

    def items(self) -> list[Item]:
        """Every file of the book; pages in reading order, the contents after the title page."""
        pages = [self.get_target_uri(name) for name in reading_order(self.env)]
        items = [Item(page, self.media_types['.xhtml'], self.properties(page)) for page in pages]
        items[1:1] = [Item('nav.xhtml', self.media_types['.xhtml'], 'nav')]
        items[:0] = [Item('cover.xhtml', self.media_types['.xhtml'])]
        images = [f'{self.imagedir}/{name}' for name in sorted(self.images.values())]
        others = [*images, *(f'_static/{name}' for name, _ in self.config.epub_css_files)]
        items += [Item('cover.png', self.media_types['.png'], 'cover-image')]
        return items + [Item(name, self.media_types[Path(name).suffix.lower()]) for name in others]

    def properties(self, page: str) -> str:
        text = (self.outdir / unquote(page)).read_text(encoding='utf-8')
        return 'svg' if '<svg' in text else ''

    def build_epub(self) -> None:
        """Pack the files, undated: a build of the same text has the same bytes."""
        names = [unquote(item.href) for item in self.items()]
        packaging = ['mimetype', 'META-INF/container.xml', 'content.opf', 'toc.ncx']
        with ZipFile(self.outdir / f'{self.domain.edition.slug}.epub', 'w') as book:
            for name in [*packaging, *names]:
                packed = ZIP_STORED if name == 'mimetype' else ZIP_DEFLATED
                book.writestr(ZipInfo(name), (self.outdir / name).read_bytes(), packed)
