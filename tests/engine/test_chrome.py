"""What the pages of the web edition leave out of the theme, and what they keep."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from bs4 import BeautifulSoup, Tag

if TYPE_CHECKING:
    from pathlib import Path

    from tests.conftest import Build, Small

# filled by scripts, or without content in HTML
MAY_BE_EMPTY = '[role=status], .here, #count, #found, input, br, hr, img, col, svg *'
THEIRS = re.compile(r'(pst|sbt|bd)-')
# around tables; the theme's writer of tables makes it, and the style sheet needs it
TABLE = 'pst-scrollable-table-container'


@pytest.fixture
def book(small: Small) -> Small:
    small.replace('conf.py', "html_theme = 'basic'", "html_theme = 'edition'")
    return small


def made(built: Build) -> dict[str, BeautifulSoup]:
    """The pages, by their addresses."""
    assert built.status == 0, built.warnings
    return {
        path.relative_to(built.outdir).as_posix(): BeautifulSoup(path.read_text('utf-8'), 'lxml')
        for path in sorted(built.outdir.rglob('*.html'))
    }


def named(page: BeautifulSoup) -> set[str]:
    """All ids and classes."""
    return {name for tag in page.find_all() for name in [tag.get('id', ''), *tag.get('class', ())]}


def is_empty(tag: Tag) -> bool:
    return not tag.find(True) and not tag.get_text(strip=True)


def published(folder: Path) -> set[str]:
    return {path.relative_to(folder).as_posix() for path in folder.rglob('*')}


def test_nothing_of_the_theme_is_left(book: Small) -> None:
    pages = made(book.build())
    assert {'index.html', 'chapters/log.html', 'search.html', '404.html'} <= pages.keys()
    for name, page in pages.items():
        assert not {one for one in named(page) if THEIRS.match(one)} - {TABLE}, name
        allowed = page.select(MAY_BE_EMPTY)
        assert not [
            tag
            for tag in page.body.find_all(is_empty)
            if tag not in allowed and not tag.find_parent('template')
        ], name
        assert len(page.select('meta[name=viewport]')) == 1, name


def test_landmarks(book: Small) -> None:
    for name, page in made(book.build()).items():
        parts = ('header', 'main', 'main article', 'main footer', 'nav#contents')
        assert [len(page.select(part)) for part in parts] == [1] * len(parts), name
        [skip] = page.select('.skip-link a')
        assert page.select_one(skip['href']).name == 'main', name
        labels = {
            nav.get('aria-label')
            for nav in page.select('nav, aside:not([role]), [role=navigation]')
        }
        assert labels <= {'Contents', 'Previous and next page', 'On this page'}, name


def test_a_template_of_an_edition_fills_a_slot(book: Small) -> None:
    """As the options of the theme that `edition` inherits from say."""
    slots = {
        'article_header_start': 'main',
        'article_header_end': 'main',
        'article_footer_items': 'footer',
        'footer_content_items': 'footer',
        'primary_sidebar_end': 'div',
        'secondary_sidebar_items': 'main',
    }
    for slot in slots:
        book.write(f'_templates/{slot}.html', f'<p id="{slot}">Here</p>')
    options = {slot: [f'{slot}.html'] for slot in slots}
    old = 'html_theme_options, templates_path = {}, []'
    book.replace('conf.py', old, f"html_theme_options, templates_path = {options}, ['_templates']")
    page = made(book.build())['chapters/log.html']
    assert {slot: page.find(id=slot).parent.name for slot in slots} == slots


@pytest.mark.parametrize('theme', ['edition', 'basic'])
def test_published_is_what_a_reader_may_want(theme: str, small: Small) -> None:
    small.replace('conf.py', "html_theme = 'basic'", f'html_theme = {theme!r}')
    small.write('_static/book.css', 'p { margin: 0 }')
    small.write('_static/own.css', 'p { margin: 0 }')
    more = "\nhtml_static_path, epub_css_files = ['_static'], ['book.css']\n"
    small.write('conf.py', small.read('conf.py') + more)
    built = small.build()
    assert built.status == 0, built.warnings
    files = published(built.outdir)
    assert '_static/own.css' in files
    assert not files & {'_sources', '_static/book.css'}


def test_sources_are_published_if_an_edition_says_so(book: Small) -> None:
    book.write('conf.py', book.read('conf.py') + 'html_copy_source = True\n')
    built = book.build()
    assert built.status == 0, built.warnings
    assert '_sources/chapters/log.md' in published(built.outdir)


@pytest.mark.parametrize('builder', ['dirhtml', 'singlehtml', 'json'])
def test_another_builder_is_told_that_it_cannot_fill_the_theme(builder: str, book: Small) -> None:
    built = book.build(builder)
    assert built.status == 2
    [line] = built.warnings
    assert f'“{builder}”' in line
    assert '“-b html”' in line
    assert not [name for name in published(built.outdir) if name.endswith(('.html', '.fjson'))]
