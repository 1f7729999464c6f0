"""Any text passes intact through the HTML; for print and TEI see `test_pdf` and `test_tei`."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest
from docutils import nodes
from docutils.frontend import get_default_settings
from docutils.utils import new_document
from hypothesis import given
from hypothesis import strategies as st
from lxml import html as lxml_html
from sphinx.testing.util import SphinxTestApp
from sphinx.util.docutils import docutils_namespace
from sphinx.writers.html import HTMLWriter

from tests.conftest import MINI

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

# all characters that XML can hold; lines fold to spaces, so line ends are left out
PLAIN = st.text(st.characters(exclude_categories=('Cc', 'Cs'), exclude_characters='\ufffe\uffff'))
MARKUP = st.sampled_from(['<b>', '</span>', '<!--', ']]>', '&', '&amp;', '"', "'", '<', '>', '--'])
TEXT = st.lists(PLAIN | MARKUP).map(''.join)


@pytest.fixture(scope='module', params=['html', 'epub'])
def written(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Callable[[nodes.Element], lxml_html.HtmlElement]]:
    """Write a block as this output does, and parse it."""
    source = shutil.copytree(MINI, tmp_path_factory.mktemp('escaping') / 'source')
    with docutils_namespace():
        app = SphinxTestApp(request.param, srcdir=source)
        app.build()
        settings = get_default_settings(HTMLWriter)

        def write(block: nodes.Element) -> lxml_html.HtmlElement:
            document = new_document('text', settings)
            document += block
            translator = app.builder.create_translator(document, app.builder)
            block.walkabout(translator)
            return lxml_html.fragment_fromstring(''.join(translator.body), create_parent='div')

        yield write
        app.cleanup()


@given(text=TEXT)
def test_words(text: str, written: Callable[[nodes.Element], lxml_html.HtmlElement]) -> None:
    assert written(nodes.paragraph('', '', nodes.Text(text))).text_content().rstrip('\n') == text


@given(text=TEXT)
def test_what_is_meant(
    text: str, written: Callable[[nodes.Element], lxml_html.HtmlElement]
) -> None:
    slip = nodes.inline('', 'x', classes=['sic'], meant=text)
    tree = written(nodes.paragraph('', '', slip))
    [correction] = tree.xpath('.//*[contains(@class, "apparatus")]')
    assert text in correction.text_content()
    assert len(tree.xpath('.//*[@class="sic"]//*')) == len(correction.xpath('.//*')) + 1


@given(text=TEXT)
def test_languages(text: str, written: Callable[[nodes.Element], lxml_html.HtmlElement]) -> None:
    words = nodes.inline('', text, classes=['foreign'], lang=text)
    [span] = written(nodes.paragraph('', '', words)).xpath('.//*[@class="foreign"]')
    assert span.get('lang') == text
