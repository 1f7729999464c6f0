"""A Sphinx extension for digital editions; its files in the order in which a build meets them.

data, without Sphinx
    model       entries, notes, passages, marks     dates       EDTF, spelt and measured
    registry    what is asked of them all           checks      what an editor must mend
reading: what an editor types becomes a neutral tree whose text is the witness's
    markup      roles and directives                safety      what is refused
    reading     that tree gives the records         references  how sources are cited
    domain      keeps the records, resolves links
writing: when all is read, problems are told and stale pages found
    backlinks   registers and notes are filled      downloads   the edition's files
    facts       lives and dates                     pictures, drawing   shown and drawn
outputs: each refines the neutral tree in a place of its own
    web         to_html, to_web; page_heads, linked_data, citations, data_files
    e-book      to_epub, on to_html; covers draws its cover and the web's preview picture
    print       to_typst; typst_text writes the tree, pdf finishes the file
    TEI         to_tei; tei, tei_header, tei_registers, tei_text
beside the build
    collate     every output against the witness; readings, tagged read the outputs
"""

from __future__ import annotations

import gc
from typing import TYPE_CHECKING

from . import references, safety
from .backlinks import FillBacklinks, remember, settle
from .data_files import write_data
from .domain import EditionDomain
from .downloads import Links
from .page_heads import describe_page, remove_references
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
from .to_html import Sidenotes
from .to_tei import TeiBuilder
from .to_typst import TypstBuilder
from .to_web import TEMPLATES, THEME, WebBuilder, WebTranslator

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment
    from sphinx.util.typing import ExtensionMetadata

FEW = 10  # pages


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

    # haste
    app.connect('env-before-read-docs', stay_alone)
    app.connect('env-before-read-docs', keep)
    app.connect('env-updated', keep)
    app.connect('build-finished', release)

    # web
    app.add_post_transform(Sidenotes)
    app.add_post_transform(Links)
    app.add_builder(WebBuilder, override=True)
    app.add_html_theme(THEME, str(TEMPLATES))
    app.set_translator('html', WebTranslator)
    app.connect('env-updated', remove_references)
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


def stay_alone(app: Sphinx, env: BuildEnvironment, docnames: list[str]) -> None:
    """Read and write in one process if few pages changed: a fork sends back all that it knows."""
    if len(docnames) < FEW:
        app.parallel = 1


def keep(*_: object) -> None:
    """Let the garbage collector pass over what was read, in this process and its forks.

    A large edition is hundreds of thousands of records; without this a quarter of the time goes
    into looking through them again and again.
    """
    gc.freeze()


def release(*_: object) -> None:
    """Once all is written."""
    gc.unfreeze()
