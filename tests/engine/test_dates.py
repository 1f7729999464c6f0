"""Dates: what is accepted, how it is spelt, how it is measured."""

from __future__ import annotations

from typing import TYPE_CHECKING

import edtf
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sphinx_edition.data import date_formats, dates

if TYPE_CHECKING:
    from time import struct_time

SPELT = {
    '1946-07-06': '6 July 1946',
    '1946-07': 'July 1946',
    '1946': '1946',
    '1908?': '1908 (uncertain)',
    '1908~': 'about 1908',
    '1908%': 'about 1908 (uncertain)',
    '190X': '1900–1909',
    '1882-04-05/1962-01-23': '5 April 1882 – 23 January 1962',
    '1882-04-05/1962~': '5 April 1882 – about 1962',
    '1950-11/1950-12': 'November–December 1950',
    '1949-01-24/1949-04-04': '24 January – 4 April 1949',
    '1949-01-24/1949-01-30': '24–30 January 1949',
    '1925-10/1927-10': 'October 1925 – October 1927',
    '1908?/..': 'from 1908 (uncertain)',
    '../1938-12-27': 'until 27 December 1938',
    '/1938': 'until 1938',
}
# EDTF -> words; TEI; CSL; RIS; biblatex; ISO 8601; Zotero. Nothing where a format cannot say it.
TABLE = {
    '1946-07-06': (
        *('6 July 1946', {'when': '1946-07-06'}, {'date-parts': [[1946, 7, 6]]}),
        *('1946/07/06/', '1946-07-06', '1946-07-06', '1946-07-06'),
    ),
    '1869-XX': (  # which is not December
        *('1869', {'notBefore': '1869-01-01', 'notAfter': '1869-12-31'}, {'date-parts': [[1869]]}),
        *('1869///1869', '1869-XX', '', '1869'),
    ),
    '1880-03-XX': (
        'March 1880',
        {'notBefore': '1880-03-01', 'notAfter': '1880-03-31'},
        {'date-parts': [[1880, 3]]},
        *('1880///March 1880', '1880-03-XX', '', 'March 1880'),
    ),
    '187X': (
        *('1870s', {'notBefore': '1870-01-01', 'notAfter': '1879-12-31'}, {'literal': '1870s'}),
        *('', '187X', '', '1870s'),
    ),
    '18XX': (
        '1800–1899',
        {'notBefore': '1800-01-01', 'notAfter': '1899-12-31'},
        {'literal': '1800–1899'},
        *('', '18XX', '', '1800–1899'),
    ),
    '1880-21': (
        'spring 1880',
        {'notBefore': '1880-03-01', 'notAfter': '1880-05-31'},
        {'date-parts': [[1880]], 'season': 1},
        *('1880///spring 1880', '1880-21', '', 'spring 1880'),
    ),
    '1880-24': (  # January or December
        'winter 1880',
        {'notBefore': '1880-01-01', 'notAfter': '1881-02-28'},
        {'date-parts': [[1880]], 'season': 4},
        *('1880///winter 1880', '1880-24', '', 'winter 1880'),
    ),
    '1880-03?': (
        'March 1880 (uncertain)',
        {'when': '1880-03', 'cert': 'low'},
        {'date-parts': [[1880, 3]], 'circa': True},
        *('1880///March 1880 (uncertain)', '1880-03?', '', 'March 1880 (uncertain)'),
    ),
    '1880~': (
        'about 1880',
        {'when': '1880', 'precision': 'low'},
        {'date-parts': [[1880]], 'circa': True},
        *('1880///about 1880', '1880~', '', 'about 1880'),
    ),
    '1880%': (
        'about 1880 (uncertain)',
        {'when': '1880', 'cert': 'low', 'precision': 'low'},
        {'date-parts': [[1880]], 'circa': True},
        *('1880///about 1880 (uncertain)', '1880%', '', 'about 1880 (uncertain)'),
    ),
    '1950-11/1950-12': (
        'November–December 1950',
        {'from': '1950-11', 'to': '1950-12'},
        {'date-parts': [[1950, 11], [1950, 12]]},
        *('1950///November–December 1950', '1950-11/1950-12', '1950', '1950-11/1950-12'),
    ),
    '1880/1882': (
        '1880–1882',
        {'from': '1880', 'to': '1882'},
        {'date-parts': [[1880], [1882]]},
        *('', '1880/1882', '', '1880/1882'),
    ),
    '../1880': (
        *('until 1880', {'to': '1880'}, {'literal': 'until 1880'}),
        *('', '../1880', '', 'until 1880'),
    ),
    '1880/..': (
        *('from 1880', {'from': '1880'}, {'literal': 'from 1880'}),
        *('', '1880/..', '', 'from 1880'),
    ),
    '[1880-01-02,1880-01-03]': (
        '2 or 3 January 1880',
        {'notBefore': '1880-01-02', 'notAfter': '1880-01-03'},
        {'literal': '2 or 3 January 1880'},
        *('1880///2 or 3 January 1880', '', '', '2 or 3 January 1880'),
    ),
    '[..1880]': (
        *('1880 or earlier', {'notAfter': '1880'}, {'literal': '1880 or earlier'}),
        *('', '', '', '1880 or earlier'),
    ),
    '[1880..]': (
        *('1880 or later', {'notBefore': '1880'}, {'literal': '1880 or later'}),
        *('', '', '', '1880 or later'),
    ),
    '{1880,1884}': (
        '1880 and 1884',
        {'notBefore': '1880', 'notAfter': '1884'},
        {'literal': '1880 and 1884'},
        *('', '', '', '1880 and 1884'),
    ),
    '0998-03-01': (
        *('1 March 998', {'when': '0998-03-01'}, {'date-parts': [[998, 3, 1]]}),
        *('0998/03/01/', '0998-03-01', '0998-03-01', '0998-03-01'),
    ),
    '-0043-03-15': (  # a year 0 is counted in EDTF, and not by XML Schema
        '15 March 44 BCE',
        {'when-iso': '-0043-03-15'},
        {'literal': '15 March 44 BCE'},
        *('', '-0043-03-15', '', '15 March 44 BCE'),
    ),
    '-0010/0014': (
        '11 BCE – 14',
        {'from-iso': '-0010', 'to-iso': '0014'},
        {'literal': '11 BCE – 14'},
        *('', '-0010/0014', '', '11 BCE – 14'),
    ),
}


@pytest.mark.parametrize(('text', 'row'), TABLE.items())
def test_every_format(text: str, row: tuple) -> None:
    spelt, tei, csl, ris, biblatex, iso, zotero = row
    assert dates.words(text) == spelt
    assert date_formats.datable(text) == tei
    assert date_formats.csl(text) == csl
    assert dict(date_formats.ris(text)).get('DA', '') == ris
    assert date_formats.biblatex(text) == biblatex
    assert date_formats.whole(text) == iso
    assert date_formats.highwire(text) == iso.replace('-', '/')
    assert date_formats.zotero(text) == zotero


def test_cmif_knows_one_doubt_and_no_era() -> None:
    assert date_formats.cmif('1880-03') == {'when': '1880-03'}
    assert (
        date_formats.cmif('1880~') == date_formats.cmif('1880?') == {'when': '1880', 'cert': 'low'}
    )
    assert date_formats.cmif('-0043') == {}


@pytest.mark.parametrize(
    'text',
    [text for text in TABLE if text[0] not in '[{' and text != '1880-24'] + ['1880-23', '1880-22'],
)
def test_another_reader_measures_the_same(text: str) -> None:
    """The library edtf, of which level 1 is enough; its winter is December alone."""

    def day(moment: struct_time) -> tuple[int, int, int]:
        return moment.tm_year, moment.tm_mon, moment.tm_mday

    for ours, theirs in zip(dates.parse(text).ends, text.split('/'), strict=True):
        if ours:
            parsed = edtf.parse_edtf(theirs)
            assert ours.bounds() == (day(parsed.lower_strict()), day(parsed.upper_strict()))


WRONG = (
    '',
    '6 July 1946',
    '1946-13',
    '1946-02-30',
    '1946-7-6',
    '..',
    '/',
    '../..',
    'x',
    '1/2/3',
    '194',
    '∞',
)


@pytest.mark.parametrize(('text', 'words'), SPELT.items())
def test_words(text: str, words: str) -> None:
    assert dates.check(text) == text
    assert dates.words(text) == words


@pytest.mark.parametrize('text', WRONG)
def test_a_malformed_date_is_refused_with_an_example(text: str) -> None:
    with pytest.raises(ValueError, match='is not a date in EDTF; write 1946-07-06'):
        dates.check(text)


def test_an_interval_runs_forward() -> None:
    with pytest.raises(ValueError, match='“1962/1882” ends before it begins'):
        dates.check('1962/1882')
    assert dates.check('1882/1882-05')


@given(st.text(max_size=30))
def test_any_text_is_a_date_or_refused(text: str) -> None:
    try:
        dates.words(text)
    except ValueError as error:
        assert 'EDTF' in str(error)


@given(st.dates(), st.dates())
def test_a_span_keeps_the_order_of_its_ends(one, other) -> None:
    first, last = sorted((one, other))
    span = dates.span(f'{first.isoformat()}/{last.isoformat()}')
    assert first.year <= span.start.earliest < span.start.latest < first.year + 1
    assert span.start.earliest <= span.end.earliest
    assert span.start.latest <= span.end.latest


def test_measures() -> None:
    year, open_end = dates.span('1869'), dates.span('1869-07/..')
    assert (year.start.earliest, year.start.uncertain) == (1869, False)
    assert 1869.99 < year.end.latest < 1870
    assert open_end.start.earliest == pytest.approx(1869.5, abs=0.01)
    assert open_end.end is None
    for doubtful in ('1908?', '1908~', '1908%', '190X'):
        assert dates.span(doubtful).start.uncertain
