"""Dates: what is accepted, how it is spelt, how it is measured."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sphinx_edition.data import dates

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
