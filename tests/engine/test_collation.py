"""The collation: how the witness is read, and how differences are shown."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
from lxml import html
from sphinx_edition.collation.__main__ import collate, marked, sources
from sphinx_edition.collation.readings import Block, read_witness, words_of_ours

from tests import contract
from tests.conftest import ROOT

if TYPE_CHECKING:
    from pathlib import Path

    from tests.conftest import Small


def test_what_differs_is_marked() -> None:
    assert marked('Vol. No. 6', 'Vol. No.\u00a06') == ('Vol. No.⟦ ⟧6', 'Vol. No.⟦<U+00A0>⟧6')
    assert marked('x' * 90 + 'a', 'x' * 90) == (f' … {"x" * 30}⟦a⟧', f' … {"x" * 30}⟦⟧')


def test_two_forms_of_unicode_are_told_apart() -> None:
    assert marked('an émigré', 'an e\u0301migré') == ('an ⟦U+00E9⟧migré', 'an ⟦U+0065 U+0301⟧migré')
    [difference] = collate([Block('émigré')], [Block('e\u0301migre\u0301')])
    assert difference.what == 'differs in the form of Unicode alone (NFC, NFD)'


def test_the_witness_is_read_in_the_order_of_the_book(tmp_path: Path) -> None:
    for name, text in (
        ('index', 'title'),
        ('b', 'first'),
        ('a', 'second\n\n  \nsecond, too'),
        ('transcript', 'before'),
        ('unmarked', 'Words'),
    ):
        (tmp_path / f'{name}.txt').write_text(text, encoding='utf-8')
    pages = ['index', 'chapters/b', 'chapters/a', 'notes/c']
    assert read_witness(tmp_path, pages) == ['before', 'title', 'first', 'second', 'second, too']


@pytest.mark.slow
def test_outputs_are_read_whatever_names_pages_have_and_wherever_they_stand(small: Small) -> None:
    (small.source / 'chapters' / 'letter.md').rename(small.source / 'chapters' / 'last & least.md')
    small.replace('index.md', 'chapters/letter\nnotes/translator\n', 'notes/translator\n')
    small.replace('index.md', 'notes/about\n', 'notes/about\nchapters/last & least\n')

    def build(output: str) -> Path:
        built = small.build(output)
        assert built.status == 0, built.warnings
        return built.outdir

    assert contract.differences(small.source, build) == []


def test_the_editors_blocks_are_known() -> None:
    page = html.fromstring(
        '<div><h1>[A <i>Title</i>]</h1><h2 class="source">Its own</h2><p>Ours</p>'
        '<button>Contents</button></div>'
    )
    assert words_of_ours({'a.html': page}) == {'[A Title]', 'Ours', 'Contents'}


def test_a_table_has_the_place_where_it_begins(small: Small) -> None:
    text = small.read('chapters/log.md')
    small.write('chapters/log.md', f'{text}\n```{{list-table}}\n* - Lint\n* - Oil\n* - Tar\n```\n')
    built = small.build()
    [first] = [
        n for n, line in enumerate(small.read('chapters/log.md').split('\n')) if 'Lint' in line
    ]
    places = sources(built.outdir.parent / 'doctrees')
    assert places['log-3'] == f'chapters/log.md:{first + 1}'


def test_a_report_can_be_printed_on_any_console(tmp_path: Path) -> None:
    code = (
        'import sys; from sphinx_edition.collation.__main__ import console, marked; '
        'console(); print(*marked("a", "b"))'
    )
    environment = {**os.environ, 'PYTHONPATH': str(ROOT / '_ext'), 'PYTHONIOENCODING': 'cp1252'}
    done = subprocess.run([sys.executable, '-c', code], env=environment, capture_output=True)
    assert done.returncode == 0, done.stderr
    assert done.stdout.split() == [rb'\u27e6a\u27e7', rb'\u27e6b\u27e7']
