"""A Sphinx extension for digital editions; README.md beside this file says how a word travels."""

from __future__ import annotations

from typing import TYPE_CHECKING

from . import order, performance, settings
from .epub.builder import TEMPLATES as EPUB_TEMPLATES
from .epub.builder import EditionEpubBuilder
from .epub.notes import LeadToNotes
from .epub.pages import BoundPage, ReadableAddresses
from .epub.tables import PlainCells
from .epub.translator import EpubTranslator
from .gathering.headlines import HeadLines
from .gathering.notes import OrderNotes
from .gathering.overviews import FillOverviews
from .gathering.registers import FillRegisters
from .gathering.staleness import remember, settle
from .gathering.unbound import UnboundPages
from .markup import add_domain
from .print.builder import TypstBuilder
from .reading import safety, sources
from .reading.parser import EditionParser
from .reading.recording import read_document
from .reading.refusal import refuse
from .tei.builder import TeiBuilder
from .vocabulary import drawing, line_break
from .web.builder import TEMPLATES, WebBuilder, WebTranslator, check_builder
from .web.files import write_data
from .web.head import describe_page, remove_references
from .web.notes import Sidenotes
from .web.options import THEME, check_options

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.util.typing import ExtensionMetadata


def setup(app: Sphinx) -> ExtensionMetadata:
    """Register everything, group by group."""
    # configuration
    for extension in ('myst_parser', 'sphinxcontrib.bibtex', 'notfound.extension'):
        app.setup_extension(extension)
    for name in ('edition', 'edition_chapters', 'edition_registers', 'edition_hands'):
        app.add_config_value(name, {}, 'env', types=frozenset({dict}))
    app.add_config_value('edition_fonts', {}, '', types=frozenset({dict}))
    app.add_config_value('edition_paper', 'a5', '', types=frozenset({str}))
    app.add_config_value('edition_bleed', '', '', types=frozenset({str}))
    app.connect('config-inited', settings.settle_config, priority=100)
    app.connect('config-inited', safety.check_config, priority=200)
    app.connect('config-inited', check_options, priority=300)

    # reading
    for node in (drawing, line_break):
        app.add_node(node)  # which docutils’ own XML would not know
    sources.register()
    app.add_source_parser(EditionParser, override=True)
    app.connect('config-inited', add_domain)
    app.connect('env-get-outdated', order.bereft)
    app.connect('doctree-read', sources.check_keys)
    app.connect('doctree-read', read_document, priority=600)

    # validation
    app.connect('builder-inited', safety.check_sources, priority=400)
    app.connect('env-before-read-docs', safety.check_encoding)
    app.connect('source-read', safety.check_characters)
    app.connect('include-read', safety.check_included)
    app.connect('doctree-read', refuse, priority=550)  # front matter has been taken out
    app.connect('doctree-read', safety.check_tree, priority=400)
    app.add_post_transform(safety.NeutralLinks)

    # gathering
    app.connect('env-updated', settle)
    app.connect('build-finished', remember)
    app.add_post_transform(OrderNotes)
    app.add_post_transform(FillRegisters)
    app.add_post_transform(FillOverviews)
    app.add_post_transform(HeadLines)
    app.add_post_transform(UnboundPages)

    # performance
    app.connect('env-before-read-docs', performance.stay_alone)
    app.connect('env-before-read-docs', performance.keep)
    app.connect('env-updated', performance.keep)
    app.connect('build-finished', performance.release)

    # web
    app.add_post_transform(Sidenotes)
    app.add_builder(WebBuilder, override=True)
    app.add_html_theme(THEME, str(TEMPLATES))
    app.set_translator('html', WebTranslator)
    app.connect('builder-inited', check_builder)
    app.connect('env-updated', remove_references)
    app.connect('html-page-context', describe_page)
    app.connect('build-finished', write_data)

    # e-book
    app.add_builder(EditionEpubBuilder, override=True)
    app.add_html_theme('edition_epub', str(EPUB_TEMPLATES))
    for transform in (LeadToNotes, BoundPage, PlainCells, ReadableAddresses):
        app.add_post_transform(transform)
    app.set_translator('epub', EpubTranslator)

    # print
    app.add_builder(TypstBuilder)

    # data
    app.add_builder(TeiBuilder)

    return {
        'version': '2.0',
        'env_version': 2,
        'parallel_read_safe': True,
        'parallel_write_safe': True,
    }
