# ruff: noqa: F811  (fixtures are imported, and asked for by name)
"""Searching in a real browser."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from playwright.sync_api import expect

from tests.edition.expectations import APART, EVERYWHERE, FORMS, MANY, ONCE, PHRASE
from tests.edition.test_browser import chromium, messages, site, visit  # noqa: F401

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Browser, Locator, Page
    from sphinx_edition.data.registry import Registry

pytestmark = pytest.mark.browser


def links(page: Page, heading: str) -> Locator:
    """The results under a heading."""
    section = page.locator('#found section', has=page.get_by_role('heading', name=heading))
    return section.locator('li > a')


@pytest.mark.parametrize(('words', 'name'), FORMS.items())
def test_the_first_name_is_the_one_that_has_the_form(visit: Any, words: str, name: str) -> None:
    page = visit('search.html')
    page.locator('#query').fill(words)
    expect(links(page, 'Names').first).to_have_text(name)


def test_results_lead_to_the_very_places(visit: Any) -> None:
    page = visit(f'search.html?q={ONCE[0]}')
    links(page, 'In the text').get_by_text(ONCE[1]).click()
    expect(page.locator(f'#{ONCE[2]}')).to_be_in_viewport()


def test_initials_are_no_beginnings(visit: Any, registry: Registry) -> None:
    page = visit('search.html?q=K.')
    expect(page.locator('#count')).to_contain_text('In the text')
    shown = links(page, 'In the text').all_inner_texts()
    having = {p.label for p in registry.passages.values() if ' K.' in f' {p.text}'}
    assert set(shown) <= having


def test_words_in_quotation_marks_follow_each_other(visit: Any) -> None:
    for marks in ('“{}”', '"{}"'):
        page = visit(f'search.html?q={marks.format(PHRASE[0])}')
        found = links(page, 'In the text')
        expect(found).to_have_count(1)
        assert found.get_attribute('href').endswith(f'#{PHRASE[1]}')


@pytest.mark.parametrize('words', EVERYWHERE)
def test_the_pages_of_the_editors_are_looked_through(visit: Any, words: str) -> None:
    page = visit(f'search.html?q={words}')
    expect(links(page, 'On the editors’ pages').first).to_be_visible()
    expect(page.locator('mark').first).to_be_visible()


def test_the_name_of_a_place_leads_there(visit: Any, registry: Registry) -> None:
    for passage in [p for p in registry.passages.values() if p.n.isdecimal()][:3]:
        page = visit(f'search.html?q={passage.label}')
        expect(links(page, 'In the text').first).to_have_text(passage.label)
        page.locator('#query').press('Enter')
        page.wait_for_url(f'**#{passage.id}')
    page = visit('search.html?q=note b')
    page.locator('#query').press('Enter')
    [note] = [key for key, label in registry.labels.items() if label == 'b']
    page.wait_for_url(f'**#note-{note}')


def test_what_is_nowhere_is_told_with_ways_onward(visit: Any, registry: Registry) -> None:
    page = visit('search.html?q=xyzzyx')
    expect(page.locator('#count')).to_have_text('“xyzzyx” was not found.')
    onward = page.locator('#elsewhere').get_by_role('link').all_inner_texts()
    assert onward == [page.title for page in registry.pages if page.entries]
    page.locator('#query').fill(APART)
    expect(page.locator('#count')).to_have_text('Nothing holds all of this together.')
    expect(page.locator('#found p')).to_have_count(len(APART.split()))  # each of them alone
    page.locator('#found p a').first.click()
    expect(page.locator('#found li').first).to_be_visible()


def test_the_query_is_in_the_address_and_the_way_back_leads_to_its_results(visit: Any) -> None:
    page = visit('search.html')
    page.locator('#query').fill(MANY)
    last = page.locator('#found section').filter(has=page.get_by_role('button')).last
    section = page.locator(f'[data-name="{last.get_attribute("data-name")}"]')
    before = section.locator('li').count()
    section.get_by_role('button', name='More').click()
    expect(section.locator('li')).not_to_have_count(before)
    shown = page.locator('#found li').count()
    assert page.url.endswith(f'?q={MANY}')
    section.locator('li a').last.click()
    page.wait_for_url('**/*#*')
    page.go_back()
    expect(page.locator('#query')).to_have_value(MANY)
    expect(page.locator('#found li')).to_have_count(shown)
    page.wait_for_function('scrollY > 0')


def test_hits_are_whole_words(visit: Any, registry: Registry) -> None:
    page = visit(f'search.html?q={MANY}')
    expect(page.locator('#found mark').first).to_be_visible()
    text = ' '.join(p.text for p in registry.passages.values())
    for snippet in page.locator('#found section', has_text='In the text').locator('li p').all():
        words = snippet.inner_text().removeprefix('… ').removesuffix(' …')
        assert words in text


@pytest.mark.parametrize(
    'words', ['<img src=x>', '“', '"', '*', '’', '#diary5', 'constructor', '~']
)
def test_odd_queries_harm_nothing(visit: Any, words: str) -> None:
    page = visit('search.html')
    page.locator('#query').fill(words)
    page.wait_for_timeout(200)
    expect(page.locator('#found img')).to_have_count(0)


def test_a_query_loads_little(visit: Any) -> None:
    page = visit('search.html')
    for words in (*FORMS, MANY, 'the', f'“{PHRASE[0]}”'):
        page.goto(f'search.html?q={words}', wait_until='networkidle')
        loaded = page.evaluate("""performance.getEntriesByType('resource')
            .filter(({ name }) => name.includes('/search')).map((one) => one.decodedBodySize)""")
        assert len(loaded) > 2
        assert sum(loaded) < 500_000


def test_search_works_from_a_disk(chromium: Browser, html: Path, messages: list[str]) -> None:
    word, name = next(iter(FORMS.items()))
    page = chromium.new_page()
    page.on('pageerror', lambda error: messages.append(str(error)))
    page.goto(f'{(html / "search.html").as_uri()}?q={word}')
    expect(page.locator('#found').get_by_role('link', name=name).first).to_be_visible()
    page.close()
    assert messages == []
