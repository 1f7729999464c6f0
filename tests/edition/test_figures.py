"""The figures: all are on the page, and each number has its source and place.

An edition without `notes/figures.csv` has none, and nothing to compare.
"""

from __future__ import annotations

import csv
import re
from functools import cache
from typing import TYPE_CHECKING

import pytest
from pybtex.database import parse_file
from sphinx_edition.data import dates

from tests.conftest import ROOT

if TYPE_CHECKING:
    from pybtex.database import Entry

FIELDS = 'id what who when low high unit passage source pinpoint'.split()
UNITS = ('persons', 'per cent')
NOTES = ROOT / 'notes'


@cache
def bibliography() -> dict[str, Entry]:
    """The sources of the edition by key."""
    return dict(parse_file(NOTES / 'sources.bib', bib_format='bibtex').entries)


def figures() -> list[dict[str, str]]:
    """The rows of the data file, each a dictionary by column; none without the file."""
    if not (NOTES / 'figures.csv').exists():
        return []
    with (NOTES / 'figures.csv').open(encoding='utf-8', newline='') as lines:
        reader = csv.DictReader(lines, strict=True)
        rows = list(reader)
    assert reader.fieldnames == FIELDS
    return rows


def test_the_page_shows_every_figure_once() -> None:
    """What it shows of one, and how, are the directive’s; which ones, the editors’."""
    text = (NOTES / 'figures.md').read_text('utf-8') if figures() else ''
    asked = re.findall(r'^:::\{figures\} figures\.csv\n(.*?)^:::$', text, re.M | re.S)
    tables = [options for options in asked if ':show: picture' not in options]
    shown = [
        name.strip()
        for options in tables
        for name in re.findall(r'^:rows: (.*)$', options, re.M)[0].split(',')
    ]
    assert shown == [row['id'] for row in figures()]


@pytest.mark.parametrize('row', figures(), ids=lambda row: row['id'])
def test_a_figure_has_number_date_source_and_place(row: dict[str, str]) -> None:
    sources = bibliography()
    assert re.fullmatch('[a-z0-9-]+', row['id'])
    assert row['what'] and row['who'] and row['pinpoint'], 'says of whom, by whom and where'
    assert row['source'] in sources, f'“{row["source"]}” is not in sources.bib'
    assert sources[row['source']].fields.get('read') != 'unseen', 'what was not seen proves nothing'
    assert row['unit'] in UNITS
    ends = [int(row[end]) for end in ('low', 'high') if row[end]]
    assert ends and ends == sorted(ends), 'at least one end, the lower first'
    if row['when']:
        dates.check(row['when'])


def test_no_figure_is_given_twice() -> None:
    ids = [row['id'] for row in figures()]
    assert len(ids) == len(set(ids))
