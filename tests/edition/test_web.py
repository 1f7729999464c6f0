"""The pages of the web edition as they are written: what they load, hold, and leave out."""

from __future__ import annotations

import gzip
import json
import posixpath
import re
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from bs4 import BeautifulSoup
from fontTools.ttLib import TTFont

from tests.conftest import MINI, ROOT, run_sphinx
from tests.edition import expectations
from tests.edition.conftest import CONF, EDITION
from tests.programs import needed

if TYPE_CHECKING:
    from sphinx_edition.data.registry import Registry

    from tests.conftest import Small

STATIC = ROOT / '_static'
LOADED = {
    'edition.css',
    'frame.css',
    'fonts/italic.woff2',
    'fonts/roman.woff2',
    'light.js',
    'edition.js',
    'icon.svg',
}
STATES = {'open', 'more-of-note'}  # classes that scripts set


@pytest.fixture(scope='module')
def pages(html: Path) -> dict[str, BeautifulSoup]:
    return {
        path.relative_to(html).as_posix(): BeautifulSoup(path.read_text('utf-8'), 'lxml')
        for path in sorted(html.rglob('*.html'))
    }


# The theme


def test_a_page_loads_our_files_and_no_others(pages: dict[str, BeautifulSoup]) -> None:
    for name, page in pages.items():
        more = {'search.js'} if name == 'search.html' else set()
        more |= {'pygments.css'} if page.select('.highlight') else set()
        links = page.select('link[rel~=stylesheet], link[rel=preload], link[rel=icon]')
        loaded = [link['href'] for link in links] + [tag['src'] for tag in page.select('[src]')]
        kept = {re.sub(r'.*?_static/|\?.*', '', address) for address in loaded}
        assert kept == LOADED | more, name


def test_the_theme_brings_no_files(html: Path) -> None:
    ours = {path.relative_to(STATIC).as_posix() for path in STATIC.rglob('*') if path.is_file()}
    ours -= {*CONF['epub_css_files'], Path(EDITION.cover).name}  # the other outputs’
    made = {'pygments.css', 'preview.png', 'icon.png'}
    made |= {
        path.relative_to(html / '_static').as_posix()
        for path in (html / '_static' / 'cards').rglob('*.js')
    }
    made |= {f'search/{path.name}' for path in (html / '_static' / 'search').iterdir()}
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


def test_titles_name_the_page_and_the_edition(
    pages: dict[str, BeautifulSoup], registry: Registry
) -> None:
    titles = [page.title.get_text() for page in pages.values()]
    assert len(set(titles)) == len(titles)
    assert pages['index.html'].title.get_text() == EDITION.title
    for page in registry.pages:
        if not page.is_title_page:
            title = pages[f'{page.docname}.html'].title.get_text()
            assert title == f'{page.title} – {EDITION.title}'


def test_a_browser_without_style_reads_each_paragraph_whole(
    pages: dict[str, BeautifulSoup], html: Path, registry: Registry
) -> None:
    """w3m: the text stands first, its notes after it, none within a sentence."""
    program = needed('w3m')
    for page in registry.pages:
        name = f'{page.docname}.html'
        command = [program, '-dump', '-cols', '400', '-O', 'UTF-8', html / name]
        said = subprocess.run(command, capture_output=True, check=True).stdout.decode()
        read = ' '.join(said.split())
        for block in pages[name].select('p.source'):
            assert ' '.join(block.get_text().split()) in read


def test_a_note_follows_its_mark_and_leads_back(
    pages: dict[str, BeautifulSoup], registry: Registry
) -> None:
    seen = set()
    for page in pages.values():
        for note in page.select('.beside'):
            mark = page.select_one(f'.noteref[href="#{note["id"]}"]')
            assert note.select_one('.backlink')['href'] == f'#{mark["id"]}'
            assert note['role'] == 'doc-footnote'
            assert note['aria-label'] == mark['aria-label']
            hand = 'Translator’s note' if mark.get_text().isdecimal() else 'Editor’s note'
            assert mark['aria-label'] == f'{hand} {mark.get_text()}'
            seen.add(note['id'])
    assert seen == {note.id for note in registry.notes.values()}


def test_every_name_has_its_card(pages: dict[str, BeautifulSoup], html: Path) -> None:
    """The script of the register to which it leads has it."""
    cards = {}
    for file in (html / '_static' / 'cards').rglob('*.js'):
        name, entries = re.fullmatch(
            r'entryCards\[(".*?")\]=(.*)\n', file.read_text('utf-8')
        ).groups()
        cards[f'{json.loads(name)}.html'] = json.loads(entries)
    named = 0
    for name, page in pages.items():
        for link in page.select('article .mention:not(.locus)'):
            address, _, key = link['href'].partition('#')
            register = posixpath.normpath(posixpath.join(posixpath.dirname(name), address))
            *_, certainty = cards[register if address else name][key]
            assert certainty in ('Certain', 'Probable', 'Possible', 'Unidentified')
            named += 1
    assert named


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
    sizes = {path.name: len(gzip.compress(path.read_bytes())) for path in STATIC.glob('*.js')}
    assert sizes.pop('search.js') <= expectations.SEARCH
    assert sum(sizes.values()) <= expectations.SCRIPTS


def test_every_class_in_the_style_sheet_is_on_some_page(
    pages: dict[str, BeautifulSoup], small: Small, tmp_path: Path
) -> None:
    """Of this edition, or of one that uses all markup there is."""
    sheet = re.sub(
        r'/\*.*?\*/|"[^"]*"|url\([^)]*\)',
        '',
        ''.join((STATIC / name).read_text('utf-8') for name in ('edition.css', 'frame.css')),
        flags=re.DOTALL,
    )
    styled = set(re.findall(r'\.([a-z][\w-]*)', re.sub(r'\{[^{}]*\}', '{}', sheet)))
    use_all_markup(small)
    forms = run_sphinx(MINI.parent / 'test-forms', 'html', tmp_path)  # every form of a text once
    built = small.build('html', '-D', 'html_theme=edition')
    assert built.status == forms.status == 0, built.warnings + forms.warnings
    others = [
        BeautifulSoup(path.read_text('utf-8'), 'lxml')
        for folder in (built.outdir, forms.outdir)
        for path in folder.rglob('*.html')
    ]
    known = {
        name
        for page in [*pages.values(), *others]
        for tag in page.find_all()
        for name in tag.get('class', ())
    }
    assert styled - known - STATES == set()


def use_all_markup(small: Small) -> None:
    """What the small edition lacks: a series, captions, overviews, namings that are folded."""
    options = {'announcement': 'New', 'extra_footer': 'Press', 'logo': {'image_light': 'x.svg'}}
    options |= {'repository_url': 'https://github.com/a/b', 'use_issues_button': True}
    small.write('x.svg', '<svg xmlns="http://www.w3.org/2000/svg"/>')
    small.replace(
        'conf.py', 'html_theme_options, templates_path = {}, []', f'html_theme_options={options}'
    )
    small.replace('index.md', ':::{imprint}', ':::{series}\nPapers\n:::\n\n:::{imprint}')
    small.replace('index.md', ':maxdepth: 1\n', ':maxdepth: 1\n:caption: All\n')
    small.replace('index.md', 'notes/about\n', 'notes/about\nnotes/all\n')
    overviews = ('lifelines', 'chronology', 'named', 'downloads')
    day = {'lifelines': ':at: 1869-03-02\n'}
    listed = ''.join(f':::{{{name}}}\n{day.get(name, "")}:::\n\n' for name in overviews)
    heads = 'id,what,who,when,low,high,unit,passage,source,pinpoint'
    small.write(
        'notes/counts.csv', f'{heads}\nx,hands,the mate,1869,2,3,persons,log-1,witness,log 1\n'
    )
    listed += ':::{figures} counts.csv\n:::\n\n'
    parts = ''.join(f'## Part {n}\n\nWords.\n\n' for n in range(5))
    small.write('notes/about.md', f'{small.read("notes/about.md")}\n{parts}')
    small.write('notes/all.md', f'# All\n\n{listed}```{{toctree}}\nwithin\n```\n')
    small.write('notes/within.md', '# Within\n\nWords.\n')
    namings = ' and '.join(['{person}`Tobias <tobias-quill>`'] * 6)
    small.replace('chapters/letter.md', 'Do not answer', f'{namings}, do not answer')


@pytest.mark.parametrize('name', ['roman', 'italic'])
def test_the_fonts_have_every_character(name: str, pages: dict[str, BeautifulSoup]) -> None:
    glyphs = TTFont(STATIC / 'fonts' / f'{name}.woff2').getBestCmap()
    text = {character for page in pages.values() for character in page.get_text()} - {'\n'}
    assert {character for character in text if ord(character) not in glyphs} == set()
