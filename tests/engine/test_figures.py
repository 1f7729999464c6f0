"""Numbers side by side: the file of data, the picture on one scale, the table, in every output."""

from __future__ import annotations

from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from lxml import etree
from sphinx_edition.gathering.drawing import Row, Scale, draw_figures
from sphinx_edition.gathering.figures import Figure, read

from tests.conftest import Small

HEAD = ','.join(Figure._fields)
ROWS = (
    'crew,hands on board,the surgeon,1869-03,20,30,persons,log-1,witness,log 1',
    'least,hands lost,the mate,1870,12,,persons,,graham,p. 3',
    'most,"passengers, all told",the owners,1868~,,44,persons,,graham,p. 4',
    'exact,souls,the port,1871,31,31,persons,,graham,p. 5',
    'share,of the crew,the surgeon,,15,15,per cent,log-1,witness,log 1',
)


@pytest.fixture
def book(small: Small) -> Small:
    small.replace('conf.py', "html_theme = 'basic'", "html_theme = 'edition'")
    [key] = [
        line.partition('{')[2].rstrip(',')
        for line in small.read('notes/sources.bib').splitlines()
        if line.startswith('@')
    ][:1]
    small.write('notes/counts.csv', '\n'.join([HEAD, *ROWS, '']).replace('graham', key))
    return small


def showing(book: Small, options: str, builder: str = 'html') -> tuple[list[str], Path]:
    before = book.read('notes/about.md')
    book.write('notes/about.md', f'{before}\n:::{{figures}} counts.csv\n{options}\n:::\n')
    built = book.build(builder)
    book.write('notes/about.md', before)
    return built.warnings, built.outdir


PERSONS = ':rows: crew, least, most, exact'


def test_numbers_as_readers_have_them() -> None:
    def number(low: str, high: str, unit: str = 'persons') -> str:
        return Figure('x', 'w', 'who', '', low, high, unit, '', 's', 'p').number

    assert number('15000000', '20000000') == '15 to 20 million'
    assert number('12000000', '') == '12 million or more'
    assert number('', '15', 'per cent') == '15 per cent at most'
    assert number('1600000', '1600000') == '1.6 million'
    assert number('956224', '956224') == '956,224'
    assert number('7', '8', 'per cent') == '7 to 8 per cent'


def test_the_picture_and_the_table(book: Small) -> None:
    warnings, out = showing(book, PERSONS)
    assert not warnings
    page = BeautifulSoup((out / 'notes/about.html').read_text('utf-8'), 'lxml')
    picture = page.select_one('svg.figures')
    for words in ('20 to 30, the surgeon', '12 or more, the mate', '44 at most, the owners'):
        assert words in picture['aria-label']
    [link] = picture.select('a')
    assert link['href'].endswith('log.html#log-1')
    rows = [
        [cell.get_text() for cell in row.select('th, td')]
        for row in page.select('.counts tbody tr')
    ]
    assert [row[0] for row in rows] == ['20 to 30', '12 or more', '44 at most', '31']
    assert rows[0][1:] == ['hands on board (March 1869)', 'the surgeon, log 1']
    assert rows[2][1] == 'passengers, all told (about 1868)'
    assert 'p. 4' in rows[2][2]


@pytest.mark.parametrize('builder', ['epub', 'typst', 'tei'])
def test_every_output_has_them(builder: str, book: Small) -> None:
    warnings, _ = showing(book, PERSONS, builder)
    assert not warnings


def test_picture_or_table_alone(book: Small) -> None:
    _, out = showing(book, f'{PERSONS}\n:show: picture')
    page = BeautifulSoup((out / 'notes/about.html').read_text('utf-8'), 'lxml')
    assert (len(page.select('svg.figures')), len(page.select('.counts'))) == (1, 0)
    _, out = showing(book, ':show: table\n:caption: Counted')
    page = BeautifulSoup((out / 'notes/about.html').read_text('utf-8'), 'lxml')
    assert (len(page.select('svg.figures')), len(page.select('.counts tbody tr'))) == (0, 5)
    assert page.select_one('.counts caption').get_text(strip=True) == 'Counted'


def test_a_changed_number_reaches_the_page(book: Small) -> None:
    book.write(
        'notes/about.md',
        f'{book.read("notes/about.md")}\n:::{{figures}} counts.csv\n{PERSONS}\n:::\n',
    )
    book.build()
    book.replace('notes/counts.csv', ',31,31,', ',39,39,')
    page = (book.build().outdir / 'notes/about.html').read_text('utf-8')
    assert '>39<' in page or '<p>39</p>' in page
    assert '39, the port' in page


@pytest.mark.parametrize(
    ('old', 'new', 'told'),
    [
        ('id,what', 'key,what', 'counts.csv:1: the heads must be id,what,who'),
        (',persons,log-1', ',people,log-1', 'counts.csv:2: “people” is none of persons, per cent'),
        ('20,30', '40,30', 'counts.csv:2: “low” is greater than “high”'),
        ('20,30', 'twenty,30', 'counts.csv:2: “low” and “high” are whole numbers'),
        ('1869-03', 'March', 'counts.csv:2: “when”'),
        ('least,', 'crew,', 'counts.csv:3: the id is used twice'),
        ('the mate,', ',', 'counts.csv:3: a number needs'),
        ('the port,1871', 'the port, 1,871', 'counts.csv:5: the row has 11 cells and not 10'),
    ],
)
def test_a_fault_in_the_file_is_told_with_its_line(
    old: str, new: str, told: str, book: Small
) -> None:
    book.replace('notes/counts.csv', old, new)
    warnings, _ = showing(book, PERSONS)
    assert warnings[0].startswith('notes/about.md:')
    assert told in warnings[0]


@pytest.mark.parametrize(
    ('options', 'told'),
    [
        (':rows: crew, leest', 'there is no row “leest”; did you mean “least”?'),
        ('', 'one scale has one unit'),
    ],
)
def test_what_cannot_be_drawn_is_told(options: str, told: str, book: Small) -> None:
    assert told in showing(book, options)[0][0]


def test_a_file_that_is_not_there_is_told(book: Small) -> None:
    (book.source / 'notes/counts.csv').unlink()
    assert 'counts.csv' in showing(book, PERSONS)[0][0]


@pytest.mark.parametrize(('most', 'step'), [(30_000_000, 10_000_000), (44, 20), (7, 2), (4, 1)])
def test_a_scale_has_few_and_round_numbers(most: int, step: int) -> None:
    scale = Scale(most)
    assert scale.step == step
    assert scale.end >= most
    assert scale.x(scale.end) == 100


def test_lines_end_where_the_numbers_do() -> None:
    rows = [
        Row('10 to 20', 'a', 'b', 10, 20, ('log', 'log-1')),
        Row('10 or more', 'a', 'b', 10, None, None),
        Row('40 at most', 'a', 'b', None, 40, None),
    ]
    drawing = draw_figures('label', rows, Scale(40))
    lines = [(s.style, s.x1, s.x2) for s in drawing.strokes if s.y1 == s.y2 and s.style != 'axis']
    assert lines[:2] == [('quoted', 0, 25), ('after', 25, 50)]
    assert lines[2][:2] == ('certain', 0)
    assert lines[3][0] == 'doubtful'
    assert lines[4] == ('doubtful', 0, 100)


def test_the_book_says_the_picture_in_words(book: Small) -> None:
    _, out = showing(book, PERSONS, 'epub')
    pages = [path.read_bytes() for path in out.rglob('about.xhtml')]
    [picture] = etree.fromstring(pages[0]).xpath('//*[local-name()="svg"]')
    assert '31, the port' in picture.get('aria-label')


def test_rows_are_read(tmp_path: Path) -> None:
    file = tmp_path / 'x.csv'
    file.write_text(f'{HEAD}\n{ROWS[0]}\n', encoding='utf-8')
    assert [row.ends for row in read(file)] == [(20, 30)]
