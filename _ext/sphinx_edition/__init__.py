"""A Sphinx extension for digital editions. The build in ten lines:

1. An editor types roles and directives;                                    `markup`
   they become a neutral doctree whose text is the witness's.
2. Each document read gives its records: passages, marks, entries, notes;   `reading`
   plain Python data,                                                       `model`, `dates`
   kept by the domain, which also resolves references.                      `domain`
3. When all is read, problems are reported and stale pages found;           `backlinks`
   when a page is written, its registers and notes are filled.
4. Each output refines the neutral tree in one place of its own.            `to_html`, `to_web`,
                                                                            `to_epub`, `to_tei`,
                                                                            `to_typst`
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from . import references, safety
from .backlinks import FillBacklinks, remember, settle
from .data_files import write_data
from .domain import EditionDomain
from .downloads import Links
from .page_heads import describe_page
from .reading import read_document
from .to_epub import (
    TEMPLATES as EPUB_TEMPLATES,
)
from .to_epub import (
    BoundPage,
    EditionEpubBuilder,
    EpubTranslator,
    PopUpNotes,
)
from .to_html import EditionTranslator, Sidenotes
from .to_tei import TeiBuilder
from .to_typst import TypstBuilder
from .to_web import TEMPLATES, THEME, WebBuilder, WebTranslator, find_stale

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.util.typing import ExtensionMetadata


def setup(app: Sphinx) -> ExtensionMetadata:
    """Register everything, group by group."""
    # reading
    app.setup_extension('sphinxcontrib.bibtex')
    references.register()
    app.add_config_value('edition', {}, 'env', types=frozenset({dict}))
    app.add_domain(EditionDomain)
    app.connect('doctree-read', references.check_keys)
    app.connect('doctree-read', read_document, priority=600)

    # refusing
    app.connect('builder-inited', safety.check_config)
    app.connect('builder-inited', safety.check_sources, priority=400)
    app.connect('env-before-read-docs', safety.check_encoding)
    app.connect('source-read', safety.check_characters)
    app.connect('include-read', safety.check_included)
    app.connect('doctree-read', safety.check_tree)

    # writing
    app.connect('env-updated', settle)
    app.connect('build-finished', remember)
    app.add_post_transform(FillBacklinks)
    app.add_post_transform(safety.NeutralLinks)

    # web
    app.add_post_transform(Sidenotes)
    app.add_post_transform(Links)
    app.add_builder(WebBuilder, override=True)
    app.add_html_theme(THEME, str(TEMPLATES))
    app.connect('env-updated', find_stale)
    app.set_translator('html', WebTranslator)
    app.set_translator('dirhtml', EditionTranslator)
    app.connect('html-page-context', describe_page)
    app.connect('build-finished', write_data)

    # e-book
    app.add_builder(EditionEpubBuilder, override=True)
    app.add_html_theme('edition_epub', str(EPUB_TEMPLATES))
    app.add_post_transform(PopUpNotes)
    app.add_post_transform(BoundPage)
    app.set_translator('epub', EpubTranslator)

    # print
    app.add_config_value('edition_paper', 'a5', '', types=frozenset({str}))
    app.add_builder(TypstBuilder)

    # data
    app.add_builder(TeiBuilder)

    return {
        'version': '1.0',
        'env_version': 1,
        'parallel_read_safe': True,
        'parallel_write_safe': True,
    }
