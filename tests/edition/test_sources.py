"""The sources of the commentary: every one can be found again."""

from __future__ import annotations

import csv
import re

import pytest
from pybtex.database import parse_file

from tests.conftest import ROOT

FILE = ROOT / 'notes' / 'sources.bib'  # an edition may have none yet
SOURCES = parse_file(str(FILE)).entries if FILE.is_file() else {}
WHERE = {'url', 'doi', 'publisher', 'school', 'journal', 'howpublished'}


@pytest.mark.parametrize('key', SOURCES)
def test_a_source_can_be_found(key: str) -> None:
    fields = SOURCES[key].fields
    assert 'title' in fields
    assert WHERE & set(fields)


def test_no_source_stands_unused() -> None:
    pages = [*ROOT.glob('notes/*.md'), *ROOT.glob('chapters/*.md'), ROOT / 'index.md']
    text = '\n'.join(page.read_text(encoding='utf-8') for page in pages)
    lists = re.findall(r'^:sources: (.*)|\{cite(?::label)?\}`([^`]*)`', text, re.MULTILINE)
    cited = {
        key.partition('{')[0].strip() for pair in lists for part in pair for key in part.split(',')
    }
    for table in (ROOT / 'notes').glob('*.csv'):  # of numbers, each with its source
        cited |= {row['source'] for row in csv.DictReader(table.read_text('utf-8').splitlines())}
    assert set(SOURCES) <= cited
