"""The web edition: what its pages hold around the text, and what Sphinx and the theme add in vain.

The theme `edition` is the templates in `web/`. It inherits sphinx-book-theme's templates and
leaves its styles, scripts and icons behind: conf.py names the edition's own.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple, cast

from docutils import nodes
from sphinx import addnodes
from sphinx.builders.html import StandaloneHTMLBuilder

from .domain import reading_order
from .downloads import files
from .model import CERTAINTY
from .to_html import HANDS, EditionTranslator

if TYPE_CHECKING:
    from collections.abc import Iterator, Set

    from docutils.nodes import Element
    from sphinx.environment import BuildEnvironment

    from .domain import EditionDomain
    from .model import Entry, Note
    from .registry import Registry

THEME = 'edition'
TEMPLATES = Path(__file__).parent / 'web'
# what Sphinx and the theme link on every page; `layout.html` links the first where there is code
NEEDLESS = (
    'pygments.css',
    'documentation_options.js',
    'doctools.js',
    'sphinx_highlight.js',
    'scripts/sphinx-book-theme.js',
)


class WebTranslator(EditionTranslator):
    """Adds what only the web needs."""

    MANY = 6  # mentions that are shown at once

    def depart_list_item(self, node: nodes.list_item) -> None:
        """After some mentions, fold the others."""
        super().depart_list_item(node)
        rest = len(node.parent) - self.MANY
        if 'entry' in node.parent and rest > 1 and node.parent.index(node) == self.MANY - 1:
            self.body.append(
                f'</ul>\n<details class="more"><summary>and {rest} more</summary>\n'
                '<ul class="mentions">\n'
            )

    def depart_bullet_list(self, node: nodes.bullet_list) -> None:
        super().depart_bullet_list(node)
        if 'entry' in node and len(node) > self.MANY + 1:
            self.body.append('</details>\n')

    def depart_colspec(self, node: Element) -> None:
        """Nothing: widths would be inline styles, which a strict policy forbids."""


class Part(NamedTuple):
    """Those lines of a part of the contents that a page shows."""

    caption: str
    pages: list[tuple[str, str]]  # (docname, title)
    all: int  # how many pages the part has, if these are not all


class Contents:
    """The parts of the book: the root's toctrees. What a page shows does not grow with the book."""

    WHOLE = 12  # pages of a part of which every page shows all
    NEAR = 3  # pages shown before and after the one that is open, if the part has more

    def __init__(self, env: BuildEnvironment) -> None:
        self.titles = env.titles
        self.parts: list[tuple[str, list[str]]] = []
        self.places: dict[str, tuple[int, int]] = {}  # docname -> number of its part, place there
        begin = {
            name: str(toctree.get('caption') or '')
            for toctree in env.tocs[env.config.root_doc].findall(addnodes.toctree)
            for name in toctree['includefiles'][:1]
        }
        within = {name for names in env.toctree_includes.values() for name in names}
        for name in filter(within.__contains__, reading_order(env)):
            if name in begin:
                self.parts.append((begin[name], []))
            if self.parts:
                pages = self.parts[-1][1]
                self.places[name] = len(self.parts) - 1, len(pages)
                pages.append(name)

    def shown(self, docname: str) -> list[Part]:
        """What *docname* shows: of a long part the pages around it, of others the first."""
        here, place = self.places.get(docname, (None, 0))
        lines = []
        for n, (caption, pages) in enumerate(self.parts):
            near = pages
            if len(pages) > self.WHOLE:
                near = pages[:1]
                if n == here:
                    near = pages[max(0, place - self.NEAR) : place + self.NEAR + 1]
            titled = [(name, self.titles[name].astext()) for name in near]
            lines.append(Part(caption, titled, 0 if near is pages else len(pages)))
        return lines


class WebBuilder(StandaloneHTMLBuilder):
    """Sphinx's HTML builder. With the theme `edition` it leaves out what that has no use for."""

    SOME = 100  # chapters
    contents: Contents

    @property
    def registry(self) -> Registry:
        return cast('EditionDomain', self.env.domains['edition']).registry

    @property
    def slim(self) -> bool:
        return bool(self.theme.name == THEME)

    def init(self) -> None:
        super().init()
        self.search = not self.slim  # it has an index of its own

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
        gather = {name for name in docnames if pages[name].overview or pages[name].entries}
        chapters = sorted(docnames - gather)
        some = [chapters[n : n + self.SOME] for n in range(0, len(chapters), self.SOME)]
        for batch in [*some, *([name] for name in sorted(gather))]:
            super().write_documents(set(batch))

    def prepare_writing(self, docnames: Set[str]) -> None:
        super().prepare_writing(docnames)
        self.contents = Contents(self.env)

    def update_page_context(
        self, pagename: str, templatename: str, ctx: dict[str, Any], event_arg: Any
    ) -> None:
        if not self.slim:
            return
        edition = cast('EditionDomain', self.env.domains['edition']).edition
        ctx['contents'] = self.contents.shown(pagename)
        ctx['cards'] = list(self.named(event_arg)) if event_arg else []
        ctx['certainty'] = CERTAINTY
        ctx['forms'] = [file for file in files(edition.slug) if file.media]
        ctx['rights'] = edition.rights

    def named(self, doctree: nodes.document) -> Iterator[Entry]:
        """The entries that a page names, in the order of the first naming."""
        links = doctree.findall(nodes.reference)
        for key in dict.fromkeys(link['edition'] for link in links if 'edition' in link):
            if entry := self.registry.entries.get(key):
                yield entry

    def gen_additional_pages(self) -> None:
        super().gen_additional_pages()
        if self.slim:
            self.handle_page('search', {}, 'search.html')
            index = json.dumps(search_index(self), ensure_ascii=False, separators=(',', ':'))
            path = self.outdir / '_static' / 'search-index.js'
            path.write_text(f'const index = {index}\n', encoding='utf-8', newline='\n')


def search_index(builder: WebBuilder) -> dict[str, list[Any]]:
    """What `search.js` looks through; a script and no data file, for it must open from a disk, too.

    pages:   [address, title]
    entries: [name, its other forms, facts, page, id, [[label, page, id] of each mention]]
    texts:   [label, page, id, words] of each passage and note
    """
    registry = builder.registry
    number = {page.docname: n for n, page in enumerate(registry.pages)}

    def entry(record: Entry) -> list[Any]:
        mentions = registry.mentions[record.kind, record.key]
        forms = dict.fromkeys([record.sort, *record.variants, *(m.form for m in mentions)])
        facts = ', '.join(filter(None, (record.when, record.who)))
        places = [[registry.locus(m), number[m.docname], m.id] for m in mentions]
        return [record.name, '; '.join(forms), facts, number[record.docname], record.key, places]

    def text(note: Note) -> list[Any]:
        label = f'{HANDS[note.hand]} {registry.labels[note.key]}'
        return [label, number[note.docname], note.id, note.text]

    return {
        'pages': [[builder.get_target_uri(page.docname), page.title] for page in registry.pages],
        'entries': [entry(record) for page in registry.pages for record in page.entries],
        'texts': [
            *([p.label, number[p.docname], p.id, p.text] for p in registry.passages.values()),
            *(text(registry.notes[key]) for key in registry.citations if key in registry.notes),
        ],
    }
