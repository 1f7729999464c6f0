"""Names that are not marked are listed, marked and given entries."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from sphinx_edition.names import finding, marking
from sphinx_edition.names.__main__ import main

if TYPE_CHECKING:
    from pathlib import Path

CHAPTER = """---
kind: article
siglum: article
author: ada-finch
lang: en
---

# A Letter to Trotsky

The lamp burned. {person}`Ada <ada-finch>` met Leon
Trotsky and Finch. In Moscow the lamp of Mr. Brandt’s
was out. He said so to the Coast Party.

> “Trotsky came,” he said. The Finch sang
> to Rosa Luxemburg.
"""
PEOPLE = """# People

:::{person} ada-finch
:name: Ada Finch
:certainty: unknown
:sources: none

Not in the text: Somebody Else.
:::

:::{person} leon-trotsky
:name: Leon Trotsky
:variants: L.D.; the Old Man
:certainty: unknown
:sources: none

Not yet described.
:::
"""
INDEX = '# Title\n\n```{toctree}\nchapters/article\nnotes/people\n```\n'


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name, text in (
        ('chapters/article.md', CHAPTER),
        ('notes/people.md', PEOPLE),
        ('index.md', INDEX),
        ('witness/unmarked.txt', '# a sentence begins\nThe He In\n'),
    ):
        file = tmp_path / name
        file.parent.mkdir(exist_ok=True)
        file.write_text(text, encoding='utf-8')
    return tmp_path


def test_names_are_listed_with_place_number_and_entry(folder: Path) -> None:
    assert sorted(finding.listed(folder)) == [
        'chapters/article.md:10: Leon Trotsky (1) → person leon-trotsky',
        'chapters/article.md:11: Finch (2) → person ada-finch',
        'chapters/article.md:11: Moscow (1) → –',
        'chapters/article.md:11: Mr. Brandt (1) → –',
        'chapters/article.md:12: Coast Party (1) → –',
        'chapters/article.md:14: Trotsky (1) → person leon-trotsky',
        'chapters/article.md:15: Rosa Luxemburg (1) → –',
    ]


def test_a_style_hides_no_name_and_a_part_is_the_witness_s_wherever_it_stands(folder: Path) -> None:
    (folder / 'chapters' / 'article.md').write_text(
        'He wrote to {hi}``Boris and {person}`Ada <ada-finch>` <small-caps>``, H{sub}`2`O.',
        encoding='utf-8',
    )
    (folder / 'notes' / 'about.md').write_text(
        '# About\n\nBy Nobody.\n\n:::{colophon}\nSet by Clara Holm\n:::\n', encoding='utf-8'
    )
    assert sorted(finding.listed(folder)) == [
        'chapters/article.md:1: Boris (1) → –',
        'notes/about.md:6: Clara Holm (1) → –',
    ]
    assert finding.capitalised(folder) == {'He', 'Boris', 'H2O', 'Title', 'Set', 'Clara', 'Holm'}


def test_what_can_only_be_one_entry_is_marked(folder: Path) -> None:
    assert marking.mark(folder) == 4
    text = (folder / 'chapters/article.md').read_text(encoding='utf-8')
    assert 'met {person}`Leon Trotsky <leon-trotsky>` and {person}`Finch <ada-finch>`.' in text
    assert '> “{person}`Trotsky <leon-trotsky>` came,” he said. The {person}`Finch' in text
    assert '# A Letter to Trotsky' in text
    assert marking.mark(folder) == 0
    said = (folder / finding.UNMARKED).read_text(encoding='utf-8')
    assert said == (
        '# a sentence begins\nThe He In\n\n# not yet decided: `make names` asks for them\n'
        'A Brandt’s Coast Letter Luxemburg Moscow Mr Party Rosa Title Trotsky\n'
    )


def test_two_candidates_are_left_to_the_editor(folder: Path) -> None:
    people = folder / 'notes/people.md'
    second = PEOPLE.partition('\n\n')[2].replace('ada-finch', 'bea-finch').replace('Ada', 'Bea')
    people.write_text(PEOPLE + '\n' + second.partition(':::\n\n')[0] + ':::\n', encoding='utf-8')
    line = 'chapters/article.md:11: Finch (2) → person ada-finch or person bea-finch'
    assert line in finding.listed(folder)
    assert marking.mark(folder) == 2


def test_stubs_are_written_for_what_has_no_entry(folder: Path) -> None:
    assert marking.stubs(folder) == 4
    people = (folder / 'notes/people.md').read_text(encoding='utf-8')
    assert ':::{person} rosa-luxemburg\n:name: Rosa Luxemburg\n:sort: Luxemburg, Rosa\n' in people
    organisations = (folder / 'notes/organisations.md').read_text(encoding='utf-8')
    assert ':::{org} coast-party\n:name: Coast Party\n' in organisations
    assert 'notes/people\nnotes/organisations\n' in (folder / 'index.md').read_text(
        encoding='utf-8'
    )
    assert marking.mark(folder) == 8
    assert finding.listed(folder) == []


def test_words_that_name_nobody_are_not_asked_for(folder: Path) -> None:
    file = folder / finding.UNMARKED
    file.write_text(file.read_text(encoding='utf-8') + '\n# a city\nMoscow\n', encoding='utf-8')
    assert not any('Moscow' in line for line in finding.listed(folder))


def test_a_folder_without_an_edition_is_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([str(tmp_path)]) == 1
    assert capsys.readouterr().err.endswith('say in which folder the edition is\n')
