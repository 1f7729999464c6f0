"""The package of the e-book: its navigation, metadata and cover, every file in one list.

Sphinx's EPUB builder is made for manuals: its package file knows one author and no cover made at
build time, its navigation no parts, its archive holds whatever lies in the output folder. The
builder here keeps the writing of pages and replaces the packaging. The templates beside it are a
theme without static files.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple
from urllib.parse import quote, unquote
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

from sphinx.builders.epub3 import Epub3Builder

from ..data import citing, dates
from ..data.language import _, direction, spoken
from ..data.records import joined
from ..domain import edition_domain
from ..gathering.cover import draw_cover
from ..order import bound, bound_parts, is_bound
from .pages import part_of_book

if TYPE_CHECKING:
    from collections.abc import Set

    from ..domain import EditionDomain

TEMPLATES = Path(__file__).parent / 'templates'
LANDMARKS = ('titlepage', 'endnotes', 'index', 'bibliography')


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
    id: str = ''


class Person(NamedTuple):
    """Who had a hand in the book, by the codes of MARC’s relators; the first is the main one."""

    roles: tuple[str, ...]
    name: str
    sort: str


class EditionEpubBuilder(Epub3Builder):
    """Sphinx's EPUB builder with the packaging of an edition."""

    def get_theme_config(self) -> tuple[str, dict[str, str | int | bool]]:
        return 'edition_epub', {}

    @property
    def domain(self) -> EditionDomain:
        return edition_domain(self.env)

    def write_documents(self, docnames: Set[str]) -> None:
        super().write_documents({name for name in docnames if is_bound(self.env, name)})

    def finish(self) -> None:
        """Only what goes into the book: no index, no search, no pages of other extensions."""
        self.copy_image_files()
        self.handle_finish()

    def copy_static_files(self) -> None:
        """Only the style sheets of the book."""
        self._static_dir.mkdir(parents=True, exist_ok=True)
        for name, _attributes in self.config.epub_css_files:
            for folder in self.config.html_static_path:
                if (source := self.confdir / folder / name).is_file():
                    (self._static_dir / name).write_bytes(source.read_bytes())

    def handle_page(self, pagename: str, addctx: dict[str, Any], *args: Any, **more: Any) -> None:
        registry = self.domain.registry
        if page := registry.documents.get(pagename):
            addctx['division'] = part_of_book(registry, page)[0]
        addctx['_'] = _
        addctx['direction'] = direction(spoken().tag)
        addctx['styles'] = [f'_static/{name}' for name, _ in self.config.epub_css_files]
        super().handle_page(pagename, addctx, *args, **more)

    def handle_finish(self) -> None:
        edition = self.domain.edition
        context = {
            '_': _,
            'edition': edition,
            'source': citing.where(edition.source),
            'people': self.people(),
            'authors': joined(self.domain.registry.people(edition.author)),
            'sort_title': sort_title(edition.title),
            'language': spoken().tag,
            'direction': direction(spoken().tag),
            'version': self.domain.release.version,
            'released': self.domain.release.date,
            'modified': f'{dates.now():%Y-%m-%dT%H:%M:%SZ}',
            'contents': self.contents(),
            'landmarks': self.landmarks(),
            'pages': self.source_pages(),
        }
        draw_cover(self.domain, self.outdir / 'cover.png', 1600, 2560)
        self.handle_page('cover', {**context, 'title': _('Cover')}, 'cover.html')
        self.handle_page('nav', {**context, 'title': _('Contents')}, 'nav.html')
        context['items'] = self.items()
        for name in ('content.opf', 'toc.ncx'):
            text = self.templates.render(name, context)
            (self.outdir / name).write_text(text, encoding='utf-8')
        self.build_mimetype()
        self.build_container()
        self.build_epub()

    def people(self) -> list[Person]:
        """Who made the text, and who the edition; who wrote notes is an annotator, too."""
        edition, registry = self.domain.edition, self.domain.registry
        makers = {registry.kinds.hands[note.hand].maker for note in registry.notes.values()}
        introduced = any(part_of_book(registry, p)[1] == 'introduction' for p in registry.pages)
        people = []
        for role, field in (('aut', 'author'), ('trl', 'translator'), ('trc', 'transcriber')):
            annotates = ('ann',) if field != 'author' and field in makers else ()
            people += [
                Person((role, *annotates), entry.name, entry.sort)
                for entry in registry.people(getattr(edition, field))
            ]
        roles = ('edt', *('ann',) * ('editor' in makers), *('win',) * introduced)
        return [*people, Person(roles, edition.editor, sort_title(edition.editor))]

    def contents(self) -> list[Point]:
        """The title page, then the parts of the book under the captions of the toctrees."""
        root = self.config.root_doc
        points = [Point(_('Title page'), self.get_target_uri(root), [])]
        for part in bound_parts(self.env):
            pages = [self.point(name) for name in part.pages]
            points += [Point(part.caption, '', pages)] if part.caption else pages
        return points

    def point(self, docname: str) -> Point:
        included = self.env.toctree_includes.get(docname, ())
        inner = [self.point(name) for name in included if is_bound(self.env, name)]
        return Point(self.env.titles[docname].astext(), self.get_target_uri(docname), inner)

    def source_pages(self) -> list[tuple[str, str]]:
        """(number, address) of the pages of the source that begin in the text."""
        return [
            (passage.page, f'{self.get_target_uri(passage.docname)}#{passage.id}')
            for passage in self.domain.registry.passages.values()
            if passage.page
        ]

    def landmarks(self) -> list[tuple[str, str, str]]:
        """(epub:type, title, address) of the places a reader looks for."""
        marks = [('cover', _('Cover'), 'cover.xhtml')]
        for page in self.domain.registry.pages:
            if not is_bound(self.env, page.docname):
                continue
            division, part = part_of_book(self.domain.registry, page)
            if part in LANDMARKS:
                marks.append((part, page.title, self.get_target_uri(page.docname)))
            elif division == 'bodymatter' and division not in [mark[0] for mark in marks]:
                marks.append((division, _('Text'), self.get_target_uri(page.docname)))
        return marks

    def items(self) -> list[Item]:
        """Every file of the book; pages in reading order.

        The contents are not among what is read: a reading system shows them in its own way, and
        not all hide what is hidden there.
        """
        pages = [self.get_target_uri(name) for name in bound(self.env)]
        items = [Item(page, self.media_types['.xhtml'], self.properties(page)) for page in pages]
        items += [Item('nav.xhtml', self.media_types['.xhtml'], 'nav')]
        items[:0] = [Item('cover.xhtml', self.media_types['.xhtml'])]
        images = [f'{self.imagedir}/{name}' for name in sorted(self.images.values())]
        others = [*images, *(f'_static/{name}' for name, _ in self.config.epub_css_files)]
        items += [Item('cover.png', self.media_types['.png'], 'cover-image')]
        types = [self.media_types[Path(name).suffix.lower()] for name in others]
        items += [Item(quote(name), kind) for name, kind in zip(others, types, strict=True)]
        return [item._replace(id=f'item-{n}') for n, item in enumerate(items, start=1)]

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


def sort_title(title: str) -> str:
    """“The Stone” → “Stone, The”."""
    article, _, rest = title.partition(' ')
    return f'{rest}, {article}' if rest and article in ('The', 'A', 'An') else title
