"""What may be set in `html_theme_options`, and what is refused."""

from __future__ import annotations

from importlib.resources import files as resources
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs, urlsplit

import pytest
from bs4 import BeautifulSoup
from sphinx_edition.web.options import KEPT, REASONS

from tests.engine.test_web import CONFIGURATIONS

if TYPE_CHECKING:
    from tests.conftest import Build, Small

REPOSITORY = 'https://github.com/halcyon/papers'
BUTTONS = {
    'use_repository_button': True,
    'use_source_button': True,
    'use_edit_page_button': True,
    'use_issues_button': True,
}
PICTURE = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><path d="M0 0h9v9z"/></svg>'


def built(small: Small, **options: Any) -> Build:
    small.replace('conf.py', "html_theme = 'basic'", "html_theme = 'edition'")
    old = 'html_theme_options, templates_path = {}, []'
    small.replace('conf.py', old, f'html_theme_options, templates_path = {options!r}, []')
    return small.build()


def page(small: Small, name: str = 'chapters/log', **options: Any) -> BeautifulSoup:
    result = built(small, **options)
    assert result.status == 0, result.warnings
    return BeautifulSoup((result.outdir / f'{name}.html').read_text('utf-8'), 'lxml')


def test_every_option_of_the_theme_is_kept_or_refused() -> None:
    theirs = {
        line.partition('=')[0].strip()
        for module, path in CONFIGURATIONS
        for line in resources(module).joinpath(path).read_text('utf-8').splitlines()
        if '=' in line and not line.startswith(('#', 'inherit', 'pygments_style', 'style', 'sideb'))
    }
    assert theirs - {'stylesheet', 'sidebars'} <= KEPT | REASONS.keys()
    assert not KEPT & REASONS.keys()


@pytest.mark.parametrize('name', sorted(REASONS))
def test_what_means_nothing_is_refused_with_a_reason(name: str, small: Small) -> None:
    result = built(small, **{name: 'x'})
    [line] = result.warnings[:1]
    assert line.startswith('conf.py:1: WARNING: html_theme_options: ')
    assert f'“{name}”: {REASONS[name]}' in line
    assert result.status == 1
    assert 'unsupported' not in result.output


@pytest.mark.parametrize(
    ('options', 'words'),
    [
        ({'repository': REPOSITORY}, 'did you mean “repository_url”?'),
        ({'use_issues_button': True}, 'it needs “repository_url”'),
        ({'repository_url': 'https://code.example.org/x'}, 'set “repository_provider”'),
        ({'announcement': 'https://example.org/news.html'}, 'write the words themselves'),
        ({'logo': 'logo.png'}, 'write a dictionary'),
        ({'logo': {'image': 'logo.png'}}, 'it has no image'),
    ],
)
def test_what_cannot_be_obeyed_is_told(options: dict[str, Any], words: str, small: Small) -> None:
    assert words in built(small, **options).warnings[0]


def test_the_repository_and_a_place_to_suggest_a_correction(small: Small) -> None:
    options = {'repository_url': REPOSITORY, 'path_to_docs': 'book', 'repository_branch': 'trunk'}
    log = page(small, **options, **BUTTONS)
    links = {link.get_text(): link['href'] for link in log.select('footer .sources a')}
    assert links == {
        'Repository': REPOSITORY,
        'Source of this page': f'{REPOSITORY}/blob/trunk/book/chapters/log.md?plain=1',
        'Edit this page': f'{REPOSITORY}/edit/trunk/book/chapters/log.md',
        'Suggest a correction': links['Suggest a correction'],
    }
    issue = urlsplit(links['Suggest a correction'])
    assert f'{issue.scheme}://{issue.netloc}{issue.path}' == f'{REPOSITORY}/issues/new'
    assert parse_qs(issue.query) == {'title': ['Fever and Fog']}
    assert log.find('template').find_next('div', id='cite').find('a', class_='suggest')
    assert log.select('script[src*="suggest.js"]')


@pytest.mark.parametrize(
    ('url', 'more', 'edit'),
    [
        ('https://gitlab.com/a/b/', {}, 'https://gitlab.com/a/b/-/edit/main/chapters/log.md'),
        (
            'https://bitbucket.org/a/b',
            {},
            'https://bitbucket.org/a/b/src/main/chapters/log.md?mode=edit',
        ),
        (
            'https://code.example.org/a',
            {'repository_provider': 'gitlab'},
            'https://code.example.org/a/-/edit/main/chapters/log.md',
        ),
    ],
)
def test_other_hosts(url: str, more: dict[str, str], edit: str, small: Small) -> None:
    log = page(small, repository_url=url, use_edit_page_button=True, **more)
    assert [link['href'] for link in log.select('.sources a')] == [edit]
    assert not log.select('script[src*="suggest.js"]')


def test_a_page_that_has_no_source_links_to_the_repository_alone(small: Small) -> None:
    missing = page(small, '404', repository_url=REPOSITORY, **BUTTONS)
    assert [link.get_text() for link in missing.select('.sources a')] == ['Repository']


def test_without_a_repository_there_is_no_line_for_it(small: Small) -> None:
    assert not page(small).select('.sources, .suggest, .announcement, .extra-footer, .logo')


def test_announcement_footer_and_logo(small: Small) -> None:
    small.write('press.svg', PICTURE)
    small.write('night.svg', PICTURE)
    log = page(
        small,
        announcement='<b>Corrected</b>',
        extra_footer='<p>Halcyon Press</p>',
        logo={
            'image_light': 'press.svg',
            'image_dark': 'night.svg',
            'alt_text': 'The press',
            'text': 'Papers',
            'link': 'https://example.org/',
        },
    )
    assert log.select_one('aside.announcement b').get_text() == 'Corrected'
    assert log.select_one('footer .extra-footer p').get_text() == 'Halcyon Press'
    book = log.select_one('.masthead .book')
    assert book['href'] == 'https://example.org/'
    assert book.get_text(strip=True) == 'Papers'
    assert book.img['alt'] == 'The press'
    static = small.source.parent / 'out' / 'html' / '_static'
    for address in (book.img['src'], book.source['srcset']):
        assert (static / address.removeprefix('../_static/')).is_file()


def test_turning_and_the_title_in_the_contents(small: Small) -> None:
    log = page(small, show_prev_next=False, home_page_in_toc=True)
    assert not log.select('.turning')
    assert log.select_one('#contents a').get_text() == 'Two Papers of a Ship’s Surgeon'


def test_a_long_page_has_contents_of_its_own(small: Small) -> None:
    sections = ''.join(f'\n## Part {n}\n\nWords.\n' for n in range(5))
    small.write('notes/about.md', small.read('notes/about.md') + sections)
    about = page(small, 'notes/about', toc_title='Here')
    nav = about.select_one('h1 ~ nav.on-page')
    assert nav['aria-label'] == 'Here'
    assert [link.get_text() for link in nav.select('a')][-5:] == [f'Part {n}' for n in range(5)]
    for link in nav.select('a'):
        assert about.find(id=link['href'][1:]), link


def test_a_long_register_has_letters(small: Small) -> None:
    names = 'Ädler Bo Cole Drew Esk Fenn Ärn'.split()
    for n, name in enumerate(names):
        entry = f'\n:::{{person}} p{n}\n:name: Jo {name}\n:sort: {name}, Jo\n:certainty: low\n'
        small.write(
            'notes/people.md', small.read('notes/people.md') + f'{entry}:sources: none\n:::\n'
        )
    named = ' '.join(f'{{person}}`Jo <p{n}>`' for n in range(len(names)))
    small.replace('chapters/letter.md', 'Do not answer', f'{named} do not answer')
    people = page(small, 'notes/people')
    letters = {link.get_text(): link['href'] for link in people.select('.on-page a')}
    assert letters.items() >= {'A': '#p0', 'B': '#p1', 'F': '#p5'}.items()
    term = people.find(id='p1')
    assert term.select_one('[role=heading][aria-level="2"]').get_text() == 'Bo, Jo'
    assert term.select_one('.unsure').get_text() == 'Possible'
    sure = people.find(id='elspeth-marrow')
    assert not [tag for tag in sure.select('.unsure') if tag.get_text() == 'Certain']


def test_what_the_editors_wrote_can_be_cited(site: Any) -> None:
    people = BeautifulSoup((site / 'notes/people.html').read_text('utf-8'), 'lxml')
    forms = [line.get_text() for line in people.select('.citing p')]
    assert forms[0].startswith('This page: “People,” in Elspeth Marrow, Two Papers')
    for form in forms[:2]:
        assert 'ed. the Editors, digital edition, version 1.0, https://example.org/' in form
    assert '#' in forms[1]
