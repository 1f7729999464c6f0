"""The pictures: their data as plain Python, their drawings, and the pages they stand on."""

from __future__ import annotations

import json
import os
import time
from typing import TYPE_CHECKING

import pytest
from bs4 import BeautifulSoup
from docutils import nodes
from lxml import etree
from sphinx import addnodes
from sphinx_edition.data import dates, facts
from sphinx_edition.data.records import Dated, Entry, Mention, Page, Passage
from sphinx_edition.data.registry import Registry
from sphinx_edition.domain import EditionDomain
from sphinx_edition.gathering import drawing, pictures
from sphinx_edition.html import svg
from sphinx_edition.print import builder as book
from sphinx_edition.print import source

if TYPE_CHECKING:
    from pathlib import Path

    from bs4 import Tag

    from tests.conftest import Small


def person(key: str, lifetime: str = '', **more: object) -> Entry:
    return Entry('person', key, key.title(), key.title(), 'people', 3, dates=lifetime, **more)


def day(text: str) -> dates.Point:
    point = dates.span(text).start
    assert point
    return point


def holding(registry: Registry) -> EditionDomain:
    """A domain that knows no more than this."""
    domain = EditionDomain.__new__(EditionDomain)
    domain.registry = registry
    return domain


def passages(*names: str, siglum: str = 'log') -> list[Passage]:
    return [Passage(f'{siglum}-{n}', siglum, n, siglum, 9, 'text') for n in names]


def naming(key: str, within: str, mark: str = '') -> Mention:
    return Mention(mark or f'{within}-{key}', 'log', 9, within, key, kind='person', key=key)


# Lifelines


@pytest.mark.parametrize(
    ('lifetime', 'fate'),
    [
        ('1879-11-07/1940-08-21', 'dead 5 years'),
        ('1879/1941-07-06', 'dead 5 years'),
        ('1879/1941-07-07', 'dead 4 years'),
        ('1879/1945', 'dead about a year'),
        ('1879/1945-07', 'dead about a year'),
        ('1879/1945-01', 'dead 1 year'),
        ('1879/1946-02', 'dead less than a year'),
        ('1879/1938', 'dead 7 or 8 years'),
        ('1879/193X', 'dead about 6 to 16 years'),
        ('1879/1938-01?', 'dead about 8 years'),
        ('1879/1946', 'perhaps dead'),
        ('1882-04-05/1962-01-23', 'aged 64'),
        ('1935/2012', 'aged 10 or 11'),
        ('/1962', 'alive'),
        ('1908?/', 'not known'),
        ('1947/2000', 'not yet born'),
    ],
)
def test_what_had_become_of_someone_by_a_day(lifetime: str, fate: str) -> None:
    [life] = facts.lives(Registry([Page('people', entries=[person('ann', lifetime)])]))
    assert life.fate(day('1946-07-06')) == fate


def test_lives_are_in_the_order_of_deaths_and_the_unknown_last() -> None:
    entries = [
        person('dora', '1908?/'),
        person('carl', '1880/1962'),
        person('ann', '1890/1938'),
        person('bert'),
        person('eva', '/1941~'),
        Entry('work', 'book', 'Book', 'Book', 'works', 3, dates='1946'),
    ]
    found = facts.lives(Registry([Page('people', entries=entries)]))
    assert [(life.entry.key, life.years) for life in found] == [
        ('ann', '1890–1938'),
        ('eva', '?–c. 1941'),
        ('carl', '1880–1962'),
        ('dora', '1908?–?'),
    ]


def test_uncertain_ends_are_drawn_broken() -> None:
    birth, death = dates.span('1880?/1940-08-21')
    doubtful, certain, exact = drawing.lifetime(birth, death)
    assert doubtful[0] == exact[0] == 'doubtful'
    assert (doubtful[1], certain[0], certain[2]) == (1880.0, 'certain', death.earliest)
    assert doubtful[2] > birth.latest  # more than the year itself
    assert exact[2] - exact[1] < 1 / 300  # a day is not seen


def test_an_unknown_end_fades_away() -> None:
    birth, death = dates.span('1908/')
    steps = list(drawing.lifetime(birth, death))
    assert {style for style, *_ in steps} == {'doubtful'}
    strengths = [strength for *_, strength in steps]
    assert strengths == sorted(strengths, reverse=True)
    assert strengths[-1] < 0.2


# Chronology


def chronicle() -> Registry:
    ann = person(
        'ann',
        '1880-03-02/1941~',
        events=(('1941~', 'falls at the front'), ('1925/1927', 'is ambassador')),
    )
    book = Entry('work', 'book', 'Book', 'Book', 'works', 3, dates='1925')
    around = ('I met her in ', '’25', ' at sea')
    marks = [
        Dated('', 'log', 9, 'log-1', '’25', 'I met her in ', ' at sea', around, when='1925-07'),
        Dated('', 'log', 9, '', '1990', when='1990'),  # in the editor's prose
    ]
    imprint = Dated('', 'index', 9, 'title-imprint', '1950', when='1950')  # of the printed text
    return Registry(
        [
            Page('index', marks=[imprint]),
            Page('log', {'date': '1925'}, passages=passages('1'), marks=marks),
            Page('people', entries=[ann, book]),
        ]
    )


def test_happenings_are_in_order_and_told_once() -> None:
    found = facts.happenings(chronicle())
    assert [(h.when, h.row, h.predicate) for h in found] == [
        ('1880-03-02', 'born', 'is born'),
        ('1925/1927', 'event', 'is ambassador'),
        ('1925', 'work', 'is published'),
        ('1925-07', 'text', ''),
        ('1941~', 'died', 'falls at the front'),
    ]


def test_a_sentence_leaves_out_the_year_only_where_it_is_plain() -> None:
    book = chronicle()
    assert [pictures.sentence(book, h).astext() for h in facts.happenings(book)] == [
        '2 March: Ann is born.',
        '1925–1927: Ann is ambassador.',
        'Book is published.',
        'July, in the text (log 1): … I met her in ’25 at sea …',
        'about 1941: Ann falls at the front.',
    ]


@pytest.mark.parametrize(
    ('when', 'words'),
    [
        ('1908?', 'uncertain'),
        ('1908-03?', 'March (uncertain)'),
        ('1949-01-24/1949-04-04', '24 January – 4 April'),
        ('1950-11/1950-12', 'November–December'),
        ('1918/1928', '1918–1928'),
    ],
)
def test_the_year_of_the_row_is_not_repeated(when: str, words: str) -> None:
    assert pictures.day_of_year(facts.Happening(when, 'event', person('ann'))) == words


# Who is named where


def test_matrix_counts_and_links_to_the_first_place() -> None:
    blocks = passages('title', 'dateline', '1', '2', 'signature')
    marks = [
        naming('bert', 'log-1'),
        naming('ann', 'log-1'),
        naming('ann', 'log-1', 'log-1-ann-2'),
        naming('ann', 'log-signature'),
    ]
    book = Registry(
        [
            Page('log', passages=blocks, marks=marks),
            Page('people', entries=[person('ann'), person('bert')]),
        ]
    )
    [table] = pictures.named(holding(book), nodes.container())
    rows = [[cell.astext() for cell in row.children] for row in table.findall(nodes.row)]
    assert rows == [
        ['log', '1', '2', 'close'],
        ['Bert', '1', '', ''],
        ['Ann', '2', '', '1'],
    ]
    targets = [x['reftarget'] for x in table.findall(addnodes.pending_xref)]
    assert targets == [
        *('log-1', 'log-2', 'log-signature'),
        *('bert', 'log-1-bert'),
        *('ann', 'log-1-ann', 'log-signature-ann'),
    ]


def test_a_title_page_has_no_matrix() -> None:
    page = Page('index', passages=passages('author'), marks=[naming('ann', 'log-author')])
    registry = Registry([page, Page('people', entries=[person('ann')])])
    assert not pictures.named(holding(registry), nodes.container())


# Drawings


def scene() -> drawing.Drawing:
    return drawing.Drawing(
        'lifelines',
        'A & “B”',
        4,
        [drawing.Stroke('certain', 0, 1, 33.333333, 1)],
        [drawing.Words(5, 2, 'Ann & Co.', '1880–?', target=('notes/people', 'ann'))],
    )


def test_the_line_of_the_day_crosses_lives_and_no_words() -> None:
    people = [person('ann', '1880/1941'), person('bert', '1915/1992'), person('carl', '1935/2012')]
    shown = facts.lives(Registry([Page('people', entries=people)]))
    picture = drawing.draw_lives('', shown, ['dead', '', ''], day('1946-07-06'), '6 July 1946')
    upright = [(s.y1, s.y2) for s in picture.strokes if s.style == 'day']
    lines = {s.y1 for s in picture.strokes if s.style == 'certain'}
    names = [words for words in picture.words if words.target]
    assert len(upright) == len(lines) == len(names)
    assert all(any(top < y < end for top, end in upright) for y in lines)
    for words in [*names, picture.words[0]]:  # from the ascenders to the descenders, in em
        assert all(end <= words.y - 0.75 or top >= words.y + 0.25 for top, end in upright)
    [fate] = [words for words in picture.words if words.text == 'dead']
    assert fate.x > max(s.x1 for s in picture.strokes if s.style == 'day')
    assert min(abs(fate.y - y) for y in lines) < 0.5  # beside its own line


def test_svg_is_well_formed_and_obeys_a_strict_policy() -> None:
    text = svg.svg(scene(), lambda target: f'{target[0]}.html#{target[1]}')
    root = etree.fromstring(text)
    assert root.get('role') == 'group'
    assert root.get('aria-label') == 'A & “B”'
    [link] = root.iterfind('.//{*}a')
    assert link.get('href') == 'notes/people.html#ann'
    assert ''.join(link.itertext()) == 'Ann & Co. 1880–?'
    assert 'style=' not in text
    assert '<style' not in text


def test_a_drawing_without_links_is_an_image() -> None:
    plain = drawing.Drawing('chronology', 'Some strokes')
    assert etree.fromstring(svg.svg(plain, str)).get('role') == 'img'


def test_typst_gets_the_same_data() -> None:
    call = source.drawing(scene()).strip()
    literal = call.removeprefix('#drawing(json(bytes(').removesuffix(')))')
    data = json.loads(json.loads(literal))
    assert data['words'][0]['target'] == 'notes/people:ann'
    assert data['label'] == 'A & “B”'
    assert len(data['strokes']) == 1


def test_print_knows_every_style() -> None:
    known = (book.TEMPLATES / 'pictures.typ').read_text(encoding='utf-8')
    assert all(f'  {style}: (' in known for style in drawing.STYLES)


def test_the_screen_knows_every_style() -> None:
    assert set(svg.STROKES) == set(drawing.STYLES)


# Pages


def with_pictures(small: Small) -> Small:
    small.write(
        'notes/pictures.md',
        '# Pictures\n\n:::{lifelines}\n:at: 1869-03-02\n:::\n\n:::{chronology}\n:::\n\n'
        ':::{named}\n:::\n',
    )
    small.replace('index.md', 'notes/people\n', 'notes/people\nnotes/pictures\n')
    return small


def test_who_is_named_where_may_be_of_some_chapters(small: Small) -> None:
    with_pictures(small).replace('notes/pictures.md', '{named}\n', '{named}\n:of: letter\n')
    built = small.build()
    assert built.status == 0, built.warnings
    tables = soup(built.outdir / 'notes/pictures.html').select('table.matrix')
    assert [table.select('th')[0].get_text(strip=True) for table in tables] == ['letter']
    assert broken(built.outdir / 'notes/pictures.html') == []


@pytest.mark.parametrize(
    ('edit', 'written'),
    [
        (('log.md', 'Fog again', 'Fog, {person}`she <elspeth-marrow>`, again'), False),
        (('letter.md', 'Do not', '{person}`You <tobias-quill>` do not'), True),
    ],
)
def test_it_is_written_again_only_if_these_changed(
    edit: tuple[str, str, str], written: bool, small: Small
) -> None:
    small.write('notes/pictures.md', '# Pictures\n\n:::{named}\n:of: letter\n:::\n')
    small.replace('index.md', 'notes/people\n', 'notes/people\nnotes/pictures\n')
    page = small.build().outdir / 'notes/pictures.html'
    before = page.stat().st_mtime_ns
    name, old, new = edit
    small.replace(f'chapters/{name}', old, new)
    later = time.time() + 2
    os.utime(small.source / 'chapters' / name, (later, later))
    built = small.build()
    assert built.status == 0, built.warnings
    assert (page.stat().st_mtime_ns != before) is written


def broken(page: Path) -> list[str]:
    """Links of *page* whose target does not exist."""
    missing = []
    for link in soup(page).select('.overview a'):
        path, _, anchor = str(link['href']).partition('#')
        target = soup((page.parent / path).resolve() if path else page)
        if not target.find(id=anchor):
            missing.append(str(link['href']))
    return missing


def soup(page: Path) -> BeautifulSoup:
    return BeautifulSoup(page.read_text(encoding='utf-8'), 'lxml')


def names(found: list[Tag]) -> list[str]:
    return [tag.get_text() for tag in found]


def test_links_of_the_pictures_lead_somewhere(small: Small) -> None:
    built = with_pictures(small).build()
    assert not built.warnings
    assert not broken(built.outdir / 'notes' / 'pictures.html')


def test_table_and_drawing_tell_the_same(small: Small) -> None:
    page = soup(with_pictures(small).build().outdir / 'notes' / 'pictures.html')
    lives = ['Tobias Quill', 'Elspeth Marrow', 'Anna Lindqvist']
    years = [' 1841?–c. 1868', ' 1838–1902', ' 1840–?']
    assert names(page.select('table.lifelines tbody tr > :first-child a')) == lives
    assert names(page.select('svg.lifelines a')) == [
        ''.join(pair) for pair in zip(lives, years, strict=True)
    ]
    strokes = page.select('svg.chronology line.certain, svg.chronology line.quoted')
    assert len(strokes) == len(page.select('table.chronology td p'))


def test_people_without_dates_are_not_dropped(small: Small) -> None:
    for lived in ('1840/..', '1841?/1868~'):
        small.replace('notes/people.md', f':dates: {lived}\n', '')
    page = soup(with_pictures(small).build().outdir / 'notes' / 'pictures.html')
    words = page.select('.overview.lifelines')[0].get_text()
    assert 'No dates are known of Tobias Quill.' in words
    assert 'Anna Lindqvist' not in words  # who translated the text is no figure in it


@pytest.mark.parametrize('builder', ['text', 'xml', 'latex', 'epub'])
def test_other_outputs_print_the_tables(small: Small, builder: str) -> None:
    built = with_pictures(small).build(builder)
    assert not built.warnings


def test_lifelines_ask_for_a_day(small: Small) -> None:
    built = with_pictures(small)
    built.replace('notes/pictures.md', ':at: 1869-03-02\n', '')
    assert 'lifelines need a day' in '\n'.join(built.build().warnings)


def test_lifelines_take_no_interval(small: Small) -> None:
    built = with_pictures(small)
    built.replace('notes/pictures.md', '1869-03-02', '1869/1870')
    assert 'give one date' in '\n'.join(built.build().warnings)
