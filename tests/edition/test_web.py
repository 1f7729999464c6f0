"""The pages of the web edition as they are written: what they load, hold, and leave out."""

from __future__ import annotations

import json
import re
import tomllib
from importlib.resources import files as resources
from typing import TYPE_CHECKING

import jinja2
import pytest
from bs4 import BeautifulSoup
from tests.conftest import ROOT
from fontTools.ttLib import TTFont
from sphinx_edition.web.builder import TEMPLATES
from tests.engine.test_incremental import differing, files, touch_later

if TYPE_CHECKING:
    from pathlib import Path

    from tests.conftest import Small

STATIC = ROOT / '_static'
LOADED = {
    'edition.css',
    'fonts/italic.woff2',
    'fonts/roman.woff2',
    'light.js',
    'edition.js',
    'icon.svg',
}
SCRIPTS = 6000  # bytes of all our scripts
# the layouts whose blocks `web/layout.html` fills, the nearest first
LAYOUTS = (
    ('sphinx_book_theme', 'theme/sphinx_book_theme/layout.html'),
    ('pydata_sphinx_theme', 'theme/pydata_sphinx_theme/layout.html'),
    ('sphinx', 'themes/basic/layout.html'),
)
CONFIGURATIONS = (
    ('sphinx_book_theme', 'theme/sphinx_book_theme/theme.conf'),
    ('pydata_sphinx_theme', 'theme/pydata_sphinx_theme/theme.conf'),
)
OWN_OPTIONS = {'preload'}
STATES = {'open'}  # classes that scripts set


@pytest.fixture(scope='module')
def pages(html: Path) -> dict[str, BeautifulSoup]:
    return {
        path.relative_to(html).as_posix(): BeautifulSoup(path.read_text('utf-8'), 'lxml')
        for path in sorted(html.rglob('*.html'))
    }


def text_of(module: str, path: str) -> str:
    return resources(module).joinpath(path).read_text('utf-8')


# The theme


def blocks(source: str) -> set[str]:
    """The names of the blocks of a template."""
    environment = jinja2.Environment(extensions=['jinja2.ext.i18n'])
    return {block.name for block in environment.parse(source).find_all(jinja2.nodes.Block)}


def test_a_page_loads_our_files_and_no_others(pages: dict[str, BeautifulSoup]) -> None:
    more = {'search.html': {'search.js', 'search-index.js'}, 'notes/data.html': {'pygments.css'}}
    for name, page in pages.items():
        links = page.select('link[rel~=stylesheet], link[rel=preload], link[rel=icon]')
        loaded = [link['href'] for link in links] + [tag['src'] for tag in page.select('[src]')]
        kept = {re.sub(r'.*?_static/|\?.*', '', address) for address in loaded}
        assert kept == LOADED | more.get(name, set()), name


def test_the_theme_brings_no_files(html: Path) -> None:
    ours = {path.relative_to(STATIC).as_posix() for path in STATIC.rglob('*') if path.is_file()}
    made = {'pygments.css', 'preview.png', 'search-index.js'}
    found = (html / '_static').rglob('*')
    assert {path.relative_to(html / '_static').as_posix() for path in found if path.is_file()} == (
        ours | made
    )


def test_nothing_is_inline(pages: dict[str, BeautifulSoup]) -> None:
    """A policy of `default-src 'self'` forbids it; linked data is no script."""
    for name, page in pages.items():
        assert not page.select('style, [style]'), name
        assert not page.select('script:not([src]):not([type="application/ld+json"])'), name
        handlers = [tag.name for tag in page.find_all() if any(a[:2] == 'on' for a in tag.attrs)]
        assert not handlers, name


def test_nothing_of_the_theme_shows(pages: dict[str, BeautifulSoup]) -> None:
    for name, page in pages.items():
        for selector in ('i', 'img', '[class*="fa-"]', '#pst-back-to-top', '.prev-next-area'):
            assert not page.select(selector), (name, selector)
        chrome = page.title.get_text() + ' '.join(
            part.get_text(' ') for part in page.select('header, nav, footer')
        )
        labels = ' '.join(tag['aria-label'] for tag in page.select('[aria-label]'))
        assert not re.search('documentation|— |docs', f'{chrome} {labels}', re.IGNORECASE), name


# The pages


def test_every_page_is_one_article_with_one_heading(pages: dict[str, BeautifulSoup]) -> None:
    for name, page in pages.items():
        assert [len(page.find_all(tag)) for tag in ('main', 'article', 'h1')] == [1, 1, 1], name


def test_titles_name_the_page_and_the_edition(pages: dict[str, BeautifulSoup]) -> None:
    titles = [page.title.get_text() for page in pages.values()]
    assert len(set(titles)) == len(titles)
    assert pages['index.html'].title.get_text() == 'Measuring Kravchenko’s Testimony'
    assert pages['chapters/diary.html'].title.get_text() == (
        'Koka, Kravchenko – Measuring Kravchenko’s Testimony'
    )


def test_a_note_follows_its_mark_and_leads_back(pages: dict[str, BeautifulSoup]) -> None:
    seen = 0
    for page in pages.values():
        for note in page.select('.sidenote'):
            mark = page.select_one(f'.noteref[href="#{note["id"]}"]')
            assert note.select_one('.backlink')['href'] == f'#{mark["id"]}'
            assert note['role'] == 'doc-footnote'
            assert note['aria-label'] == mark['aria-label']
            hand = 'Translator’s note' if mark.get_text().isdecimal() else 'Editor’s note'
            assert mark['aria-label'] == f'{hand} {mark.get_text()}'
            seen += 1
    assert seen > 15


def test_every_name_has_its_card(pages: dict[str, BeautifulSoup]) -> None:
    for name, page in pages.items():
        for link in page.select('article .mention:not(.locus)'):
            card = page.select_one(f'#card-{link["href"].partition("#")[2]}')
            assert card, (name, link)
            assert card.select_one('a')['href'] == link['href']
            assert card.select_one('em').get_text() in (
                'Certain',
                'Probable',
                'Possible',
                'Unidentified',
            )


def test_downloads_are_one_click_away(pages: dict[str, BeautifulSoup]) -> None:
    for page in pages.values():
        formats = [link.get_text() for link in page.select('p.downloads a')]
        assert formats == ['PDF', 'EPUB', 'TEI']


def test_the_page_for_missing_addresses_works_at_any_depth(
    pages: dict[str, BeautifulSoup],
) -> None:
    page = pages['404.html']
    addresses = [tag.get('href') or tag.get('src') for tag in page.select('[href], [src]')]
    assert all(re.match('/|#', address) for address in addresses), addresses


# Our own files


def test_scripts_are_small() -> None:
    assert sum(path.stat().st_size for path in STATIC.glob('*.js')) <= SCRIPTS


def test_every_class_in_the_style_sheet_is_on_some_page(pages: dict[str, BeautifulSoup]) -> None:
    sheet = re.sub(
        r'/\*.*?\*/|"[^"]*"|url\([^)]*\)',
        '',
        (STATIC / 'edition.css').read_text('utf-8'),
        flags=re.DOTALL,
    )
    styled = set(re.findall(r'\.([a-z][\w-]*)', re.sub(r'\{[^{}]*\}', '{}', sheet)))
    known = {
        name for page in pages.values() for tag in page.find_all() for name in tag.get('class', ())
    }
    assert styled - known - STATES == set()


@pytest.mark.parametrize('name', ['roman', 'italic'])
def test_the_fonts_have_every_character(name: str, pages: dict[str, BeautifulSoup]) -> None:
    glyphs = TTFont(STATIC / 'fonts' / f'{name}.woff2').getBestCmap()
    text = {character for page in pages.values() for character in page.get_text()} - {'\n'}
    assert {character for character in text if ord(character) not in glyphs} == set()


# Search


# A long book


@pytest.fixture
def book(small: Small) -> Small:
    """The small edition as a web book with thirty more chapters in a part of their own."""
    small.replace('conf.py', "html_theme = 'basic'", "html_theme = 'edition'")
    names = [f'more/{n:02}' for n in range(30)]
    for name in names:
        small.write(f'{name}.md', f'# Chapter {name[5:]}\n\nText.\n')
    toctree = '\n'.join(['', '```{toctree}', ':caption: More', '', *names, '```', ''])
    small.write('index.md', small.read('index.md') + toctree)
    return small


def contents(out: Path, name: str) -> list[str]:
    page = BeautifulSoup((out / name).read_text('utf-8'), 'lxml')
    return [link.get_text() for link in page.select('#contents ul:last-of-type a')]


