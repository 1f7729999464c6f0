"""The figures: the page says what the data say, and each number has its source and place.

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


def cells() -> list[tuple[str, ...]]:
    """The rows of all tables of the page without their heads, as they are typed."""
    if not (NOTES / 'figures.md').exists():
        return []
    text = (NOTES / 'figures.md').read_text(encoding='utf-8')
    tables = re.findall(r'^```\{list-table\}.*?^(\* - .*?)^```', text, re.M | re.S)
    rows = [row for table in tables for row in re.split(r'^\* - ', table, flags=re.M)[2:]]
    return [tuple(' '.join(cell.split()) for cell in row.split('\n  - ')) for row in rows]


def amount(number: str, unit: str) -> str:
    """A number as the page writes it: “1.6 million”, “956,224”, “15”."""
    value = int(number)
    if unit == 'persons' and value >= 1_000_000 and value % 100_000 == 0:
        return f'{value / 1_000_000:g} million'
    return f'{value:,}'


def number(row: dict[str, str]) -> str:
    """The first cell of a row: one number, a range, or one end of a range."""
    low, high = (amount(row[end], row['unit']) if row[end] else '' for end in ('low', 'high'))
    suffix = ' per cent' if row['unit'] == 'per cent' else ''
    if not high:
        return f'{low}{suffix} or more'
    if not low:
        return f'{high}{suffix} at most'
    return f'{high}{suffix}' if low == high else f'{low.removesuffix(" million")} to {high}{suffix}'


def printed(row: dict[str, str]) -> tuple[str, ...]:
    """The three cells of the page that a row of the data must give."""
    when = f' ({dates.words(row["when"])})' if row['when'] else ''
    cited = f' {{cite}}`{row["source"]}{{{row["pinpoint"]}}}`'
    source = f', {{passage}}`{row["passage"]}`' if row['passage'] else cited
    return number(row), row['what'] + when, row['who'] + source


def test_the_page_says_what_the_data_say() -> None:
    assert cells() == [printed(row) for row in figures()]


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
