"""The web pages: the theme they rest on, and what each shows of the others."""

from __future__ import annotations

import tomllib
from importlib.resources import files as resources
from typing import TYPE_CHECKING

import jinja2
import pytest
from bs4 import BeautifulSoup
from sphinx_edition.web.builder import TEMPLATES

from tests.engine.test_incremental import differing, files, touch_later

if TYPE_CHECKING:
    from pathlib import Path

    from tests.conftest import Small

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
OWN_OPTIONS = {'preload', 'frame'}


def text_of(module: str, path: str) -> str:
    return resources(module).joinpath(path).read_text('utf-8')


# The theme


def blocks(source: str) -> set[str]:
    """The names of the blocks of a template."""
    environment = jinja2.Environment(extensions=['jinja2.ext.i18n'])
    return {block.name for block in environment.parse(source).find_all(jinja2.nodes.Block)}


def test_the_theme_still_has_every_block_that_we_fill() -> None:
    theirs = set().union(*(blocks(text_of(*layout)) for layout in LAYOUTS))
    assert blocks((TEMPLATES / 'layout.html').read_text('utf-8')) <= theirs


def test_the_theme_still_has_every_slot_that_we_empty() -> None:
    theirs = {
        line.partition('=')[0].strip()
        for configuration in CONFIGURATIONS
        for line in text_of(*configuration).partition('[options]')[2].splitlines()
    }
    ours = tomllib.loads((TEMPLATES / 'theme.toml').read_text('utf-8'))['options']
    assert set(ours) - OWN_OPTIONS <= theirs


# The pages


def test_many_mentions_are_folded_but_all_there(small: Small) -> None:
    """Of eleven, six are shown."""
    small.replace('conf.py', "html_theme = 'basic'", "html_theme = 'edition'")
    namings = ' and '.join(['{person}`Tobias <tobias-quill>`'] * 6)
    small.replace('chapters/letter.md', 'Do not answer', f'{namings}, do not answer')
    [entry] = soup(small.build().outdir / 'notes/people.html').select('#tobias-quill + dd')
    assert len(entry.select(':scope > .mentions > li')) == 6
    assert len(entry.select(':scope > details > .mentions > li')) == 5
    assert entry.summary.get_text() == 'and 5 more'


def soup(page: Path) -> BeautifulSoup:
    return BeautifulSoup(page.read_text('utf-8'), 'lxml')


def test_numbers_are_permalinks(site: Path) -> None:
    numbers = soup(site / 'chapters/letter.html').select('.source > .number')
    assert [number.get_text() for number in numbers] == ['1', '2']
    assert all(number['href'] == f'#{number.parent["id"]}' for number in numbers)


# A long book


@pytest.fixture
def book(small: Small) -> Small:
    """The small edition as a web book with thirty more chapters in a part of their own."""
    small.replace('conf.py', "html_theme = 'basic'", "html_theme = 'edition'")
    names = [f'notes/more-{n:02}' for n in range(30)]
    for name in names:
        small.write(f'{name}.md', f'# Chapter {name[-2:]}\n\nText.\n')
    toctree = '\n'.join(['', '```{toctree}', ':caption: More', '', *names, '```', ''])
    small.write('index.md', small.read('index.md') + toctree)
    return small


def contents(out: Path, name: str) -> list[str]:
    return [link.get_text() for link in soup(out / name).select('#contents ul:last-of-type a')]


def test_a_long_part_shows_the_chapters_around(book: Small) -> None:
    built = book.build()
    assert built.status == 0, built.warnings
    near = [f'Chapter {n:02}' for n in range(12, 19)]
    assert contents(built.outdir, 'notes/more-15.html') == [*near, 'all of them']
    assert contents(built.outdir, 'notes/more-00.html')[0] == 'Chapter 00'
    assert contents(built.outdir, 'chapters/log.html') == ['Chapter 00', 'all of them']


def test_a_new_title_reaches_the_chapters_around_and_no_others(book: Small, tmp_path: Path) -> None:
    before = files(book.build().outdir)
    book.write('notes/more-15.md', '# A new title\n\nText.\n')
    touch_later(book)
    after = files(book.build().outdir)
    assert after == files(book.build(out=tmp_path / 'clean').outdir)
    pages = [name for name in differing(before, after) if name.startswith('notes/more')]
    assert pages == [f'notes/more-{n:02}.html' for n in range(12, 19)]
