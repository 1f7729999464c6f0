"""The web edition: what pages hold around the text, and what it drops from Sphinx and the theme.

The theme `edition` is the templates beside this file. It inherits sphinx-book-theme's templates and
leaves its styles, scripts and icons behind: conf.py names the edition's own.
"""

from __future__ import annotations

from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple, cast

from docutils import nodes
from sphinx.builders.html import StandaloneHTMLBuilder
from sphinx.util.osutil import relative_uri

from ..data.collating import initial
from ..data.kinds import PERSON
from ..data.language import _
from ..data.records import CERTAINTY
from ..diagnostics import stop
from ..domain import edition_domain
from ..gathering.downloads import files
from ..html.translator import EditionTranslator
from ..order import parts, walk
from .cards import write_cards
from .head import TOUCH_ICON, icon
from .options import THEME, Repository
from .search import write_index

if TYPE_CHECKING:
    from collections.abc import Set

    from docutils.nodes import Element
    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment

    from ..data.registry import Registry

TEMPLATES = Path(__file__).parent / 'templates'
# what Sphinx and the theme link on every page; `layout.html` links the first where there is code
NEEDLESS = (
    'pygments.css',
    'documentation_options.js',
    'doctools.js',
    'translations.js',
    'sphinx_highlight.js',
    'scripts/sphinx-book-theme.js',
)


class WebTranslator(EditionTranslator):
    """Adds what only the web needs."""

    MAX_SHOWN = 6  # mentions of an entry, before the rest is folded

    def __init__(self, *arguments: Any) -> None:
        """Without docutils' viewport: Sphinx's layout has one."""
        super().__init__(*arguments)
        self.meta = [tag for tag in self.meta if 'name="viewport"' not in tag]

    def visit_inline(self, node: Element) -> None:
        """A file is linked to, as it lies beside the pages."""
        if 'file' not in node:
            super().visit_inline(node)
            return
        here = self.builder.get_target_uri(self.builder.current_docname)
        href = relative_uri(here, node['file'])
        self.body.append(self.starttag(node, 'a', '', CLASS='reference internal', href=href))
        self.context.append('a')

    def starttag(
        self,
        node: Element,
        tagname: str,
        suffix: str = '\n',
        empty: bool = False,
        **attributes: Any,
    ) -> str:
        """The sign of a note is drawn by style; its letter is for readers without one.

        Were it text among the witness’s words, no browser would find a phrase across it.
        """
        tag = super().starttag(node, tagname, suffix, empty, **attributes)
        if tagname == 'a' and 'noteref' in node['classes']:
            return f'{tag[:-1]} data-sign="{escape(node.astext())}">'
        return tag

    def visit_reference(self, node: Element) -> None:
        super().visit_reference(node)
        if 'noteref' in node['classes']:
            self.body.append('<span>')

    def depart_reference(self, node: Element) -> None:
        if 'noteref' in node['classes']:
            self.body.append('</span>')
        super().depart_reference(cast('nodes.reference', node))

    def depart_list_item(self, node: nodes.list_item) -> None:
        """After some mentions, fold the others."""
        super().depart_list_item(node)
        rest = len(node.parent) - self.MAX_SHOWN
        if 'entry' in node.parent and rest > 1 and node.parent.index(node) == self.MAX_SHOWN - 1:
            words = _('and {n} more').format(n=rest)
            self.body.append(
                f'</ul>\n<details class="more"><summary>{words}</summary>\n<ul class="mentions">\n'
            )

    def depart_bullet_list(self, node: nodes.bullet_list) -> None:
        super().depart_bullet_list(node)
        if 'entry' in node and len(node) > self.MAX_SHOWN + 1:
            self.body.append('</details>\n')

    def visit_strong(self, node: Element) -> None:
        """The name of an entry is a heading; of a person, the surname comes first."""
        item = node.parent and node.parent.parent
        if 'name' not in node['classes'] or not item or 'entry' not in item:
            super().visit_strong(cast('nodes.strong', node))
            return
        entry = self.registry.entries[item['entry']]
        attributes: dict[str, Any] = {'role': 'heading', 'aria-level': '2'}
        self.body.append(self.starttag(node, 'strong', '', **attributes))
        if entry.kind == PERSON and entry.sort != entry.name:
            self.body.append(f'{self.encode(entry.sort)}</strong>')
            raise nodes.SkipNode

    def depart_term(self, node: Element) -> None:
        """After the name and dates of an entry, how sure it is, unless it is certain."""
        if 'entry' in node.parent:
            entry = self.registry.entries[node.parent['entry']]
            if (word := CERTAINTY[entry.certainty]) != CERTAINTY['high']:
                self.body.append(f' <span class="unsure">{_(word)}</span>')
        super().depart_term(cast('nodes.term', node))

    def depart_colspec(self, node: Element) -> None:
        """Nothing: widths would be inline styles, which a strict policy forbids."""


class Lines(NamedTuple):
    """Those lines of a part of the contents that a page shows."""

    caption: str
    pages: list[tuple[str, str]]  # (docname, title)
    all: bool  # whether the part has no others


class Contents:
    """The parts of the book. What a page shows of them does not grow with the book."""

    MAX_LISTED = 12  # pages of a part of which every page shows all
    NEIGHBOURS = 3  # pages shown before and after the one that is open, if the part has more

    def __init__(self, env: BuildEnvironment) -> None:
        self.titles = env.titles
        self.parts: list[tuple[str, list[str]]] = []
        self.places: dict[str, tuple[int, int]] = {}  # docname -> number of its part, place there
        for part in parts(env):
            pages = [name for name in walk(env, part.pages) if name not in self.places]
            self.places.update({name: (len(self.parts), n) for n, name in enumerate(pages)})
            self.parts.append((part.caption, pages))

    def shown(self, docname: str) -> list[Lines]:
        """What *docname* shows: of a long part the pages around it, of others the first."""
        here, place = self.places.get(docname, (None, 0))
        lines = []
        for n, (caption, pages) in enumerate(self.parts):
            near = pages
            if len(pages) > self.MAX_LISTED:
                near = pages[:1]
                if n == here:
                    near = pages[max(0, place - self.NEIGHBOURS) : place + self.NEIGHBOURS + 1]
            titled = [(name, self.titles[name].astext()) for name in near]
            lines.append(Lines(caption, titled, near is pages))
        return lines


class WebBuilder(StandaloneHTMLBuilder):
    """Sphinx's HTML builder. With the theme `edition` it leaves out what that has no use for."""

    BATCH = 100  # chapters written at a time
    MANY, FEW = 6, 3  # entries of a page that has letters; sections of one that needs no list
    contents: Contents

    @property
    def registry(self) -> Registry:
        return edition_domain(self.env).registry

    @property
    def slim(self) -> bool:
        return bool(self.theme.name == THEME)

    def init(self) -> None:
        super().init()
        self.search = not self.slim  # it has an index of its own
        self.copysource = self.config.html_copy_source  # else Sphinx makes an empty folder

    def init_css_files(self) -> None:
        """After the styles of what the pages say come those of the theme’s frame around it."""
        super().init_css_files()
        if self.slim:
            for filename in self.theme.get_options(self.config.html_theme_options)['frame']:
                self.add_css_file(filename, priority=900)

    def add_css_file(self, filename: str, **kwargs: Any) -> None:
        if not self.slim or filename not in NEEDLESS:
            super().add_css_file(filename, **kwargs)

    def add_js_file(self, filename: str, **kwargs: Any) -> None:
        """Scripts without a file are left out as well: a strict policy forbids them."""
        if not self.slim or (filename and filename not in NEEDLESS):
            super().add_js_file(filename, **kwargs)

    def copy_theme_static_files(self, context: dict[str, Any]) -> None:
        if not self.slim:
            super().copy_theme_static_files(context)

    def write_documents(self, docnames: Set[str]) -> None:
        """Some chapters at a time, then each page that gathers from them by itself.

        What waits to be written is held in memory.
        """
        pages = self.registry.documents
        gather = {name for name in docnames if pages[name].overviews or pages[name].entries}
        chapters = sorted(docnames - gather)
        some = [chapters[n : n + self.BATCH] for n in range(0, len(chapters), self.BATCH)]
        for batch in [*some, *([name] for name in sorted(gather))]:
            super().write_documents(set(batch))

    def frames(self) -> dict[str, object]:
        """Docname -> what is shown around it of other pages; nothing if a theme may show all."""
        if not self.slim:
            return {}
        contents, titles = Contents(self.env), self.env.titles
        return {
            name: (contents.shown(name), [(to, titles[to].astext()) for to in turning if to])
            for name, turning in self.env.collect_relations().items()
        }

    def prepare_writing(self, docnames: Set[str]) -> None:
        super().prepare_writing(docnames)
        self.contents = Contents(self.env)

    def update_page_context(
        self, pagename: str, templatename: str, ctx: dict[str, Any], event_arg: Any
    ) -> None:
        if not self.slim:
            return
        edition = edition_domain(self.env).edition
        ctx['contents'] = self.contents.shown(pagename)
        ctx['forms'] = [file for file in files(edition.slug) if file.media]
        ctx['rights'] = edition.rights
        ctx['_'] = _
        ctx['on_page'] = self.on_page(pagename)
        if pagename == self.config.root_doc:
            ctx['begin'] = next((page for page in self.registry.pages if page.is_chapter), None)
        options = self.config.html_theme_options
        source = ctx.get('page_source_suffix') and f'{pagename}{ctx["page_source_suffix"]}'
        title = ctx.get('title') or edition.title
        repository = Repository.known(options)
        ctx['sources'] = repository.links(options, source or '', title) if repository else []
        ctx['touch_icon'] = TOUCH_ICON if icon(self.env) else ''
        if event_arg is None:  # a page that is no document: search, or a missing address
            ctx['pageurl'] = None  # it has no address of its own to be known by
            pages = self.registry.pages
            ctx['registers'] = [(page.docname, page.title) for page in pages if page.entries]
            chapters = [(page.docname, page.title) for page in pages if page.is_chapter]
            ctx['chapters'] = chapters if len(chapters) <= Contents.MAX_LISTED else chapters[:1]

    def on_page(self, pagename: str) -> list[tuple[str, str]]:
        """The sections of a long page, or the letters under which its entries stand."""
        page = self.registry.documents.get(pagename)
        if page is None or page.kind:
            return []
        letters: dict[str, str] = {}
        for entry in page.entries:
            letters.setdefault(initial(entry.sort) or '–', entry.key)
        sections = {
            part.heading: part.id for part in page.prose if part.heading not in ('', page.title)
        }
        shown = letters if len(page.entries) > self.MANY else sections
        return list(shown.items()) if len(shown) > self.FEW else []

    def dump_inventory(self) -> None:
        """All there is as labels, too: a site without this extension links to them with `ref`.

        Their names are the ends of their addresses. An editor’s own label comes first.
        """
        labels = self.env.domains.standard_domain.labels
        own = dict(labels)
        for _name, words, _type, docname, anchor, _rank in edition_domain(self.env).get_objects():
            labels.setdefault(anchor, (docname, anchor, words))
        super().dump_inventory()
        labels.clear()
        labels.update(own)

    def gen_additional_pages(self) -> None:
        super().gen_additional_pages()
        if self.slim:
            self.handle_page('search', {}, 'search.html')
            write_index(self)
            write_cards(self)


def check_builder(app: Sphinx) -> None:
    """Refuse Sphinx's other builders of pages, which leave them half empty (`builder-inited`).

    `dirhtml` is one of them: addresses end in `.html`, for references and TEI name them so.
    """
    builder = app.builder
    theme = getattr(builder, 'theme', None)
    if theme and theme.name == THEME and not isinstance(builder, WebBuilder):
        stop(
            f'{app.confdir / "conf.py"}:1',
            f'the builder “{builder.name}” cannot make the pages of the theme “{THEME}”: '
            'it knows no notes, contents or search; build them with “-b html”',
        )
