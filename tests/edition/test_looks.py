# ruff: noqa: F811  (fixtures are imported, and asked for by name)
"""How pages use the window they have, from a small one to a projector’s."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from playwright.sync_api import expect

from tests.edition.expectations import LONG, OTHER
from tests.edition.test_browser import chromium, messages, site, visit  # noqa: F401

if TYPE_CHECKING:
    from pathlib import Path

    from sphinx_edition.data.registry import Registry

pytestmark = pytest.mark.browser


def test_the_title_page_says_where_to_begin(visit: Any, registry: Registry) -> None:
    page = visit('index.html')
    first = next(page for page in registry.pages if page.is_chapter)
    page.get_by_role('link', name='Begin reading').click()
    page.wait_for_url(f'**/{first.docname}.html')


@pytest.mark.parametrize('width', [390, 768, 1000, 1366, 2560])
def test_the_title_page_is_in_the_middle_and_says_its_contents_once(
    width: int, visit: Any, registry: Registry
) -> None:
    page = visit('index.html', viewport={'width': width, 'height': 900})
    last = registry.pages[-1]
    expect(page.get_by_role('link', name=last.title, exact=True)).to_have_count(1)
    box = page.locator('h1').bounding_box()
    assert abs(box['x'] + box['width'] / 2 - width / 2) < 20


@pytest.mark.parametrize('width', [320, 390])
def test_no_word_of_a_table_is_broken(width: int, visit: Any, html: Path) -> None:
    """The first column, which has the names; where it stays while the rest is moved."""
    page = visit('index.html', viewport={'width': width, 'height': 600})
    for path in sorted(html.glob('notes/*.html')):
        page.goto(path.relative_to(html).as_posix())
        broken = page.evaluate("""() => [...document.querySelectorAll('th')].flatMap((cell) => {
          const texts = document.createTreeWalker(cell, NodeFilter.SHOW_TEXT)
          const found = []
          while (texts.nextNode()) {
            for (const { 0: word, index } of texts.currentNode.data.matchAll(/\\p{L}+/gu)) {
              const range = document.createRange()
              range.setStart(texts.currentNode, index)
              range.setEnd(texts.currentNode, index + word.length)
              const tops = new Set([...range.getClientRects()].map(({ top }) => Math.round(top)))
              if (tops.size > 1) found.push(word)
            }
          }
          return found
        })""")
        assert broken == [], path.name


@pytest.mark.parametrize(('width', 'share'), [(600, 0.85), (768, 0.7), (900, 0.6)])
def test_a_tablet_uses_its_width(width: int, share: float, visit: Any) -> None:
    page = visit(OTHER, viewport={'width': width, 'height': 1000})
    assert page.locator(f'#{LONG}').bounding_box()['width'] >= share * width


def test_letters_grow_with_a_projector(visit: Any) -> None:
    size = '() => parseFloat(getComputedStyle(document.body).fontSize)'
    sizes = [
        visit(OTHER, viewport={'width': width, 'height': 900}).evaluate(size)
        for width in (1366, 1920, 2560)
    ]
    assert sizes == sorted(sizes)
    assert sizes[-1] >= 24


def test_a_heading_of_ours_is_quieter_than_one_of_the_author(visit: Any) -> None:
    look = """() => {
      const { color, fontSize } = getComputedStyle(document.querySelector('h1 .supplied, h1'))
      return [color, parseFloat(fontSize)]
    }"""
    page = visit('index.html')
    found: dict[bool, list[Any]] = {}
    for name in ('chapters/diary.html', OTHER):
        page.goto(name)
        found[page.locator('h1 .supplied').count() > 0] = page.evaluate(look)
    if len(found) == 2:
        assert found[True][1] < found[False][1]
        assert found[True][0] != page.evaluate(
            '() => getComputedStyle(document.querySelector(".noteref.editor")).color'
        )


def test_letters_lead_to_their_entries(visit: Any, registry: Registry) -> None:
    for register in registry.pages:
        if len(register.entries) < 7:
            continue
        page = visit(f'{register.docname}.html')
        link = page.locator('.on-page a').last
        link.click()
        expect(page.locator(f'[id="{link.get_attribute("href")[1:]}"]')).to_be_in_viewport()
