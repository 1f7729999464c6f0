"""Names that are not marked are listed, marked and given entries."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from sphinx_edition.names import __main__ as names

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
    assert sorted(names.listed(folder)) == [
        'chapters/article.md:10: Leon Trotsky (1) → person leon-trotsky',
        'chapters/article.md:11: Finch (2) → person ada-finch',
        'chapters/article.md:11: Moscow (1) → –',
        'chapters/article.md:11: Mr. Brandt (1) → –',
        'chapters/article.md:12: Coast Party (1) → –',
        'chapters/article.md:14: Trotsky (1) → person leon-trotsky',
        'chapters/article.md:15: Rosa Luxemburg (1) → –',
    ]


def test_what_can_only_be_one_entry_is_marked(folder: Path) -> None:
    assert names.mark(folder) == 4
    text = (folder / 'chapters/article.md').read_text(encoding='utf-8')
    assert 'met {person}`Leon Trotsky <leon-trotsky>` and {person}`Finch <ada-finch>`.' in text
    assert '> “{person}`Trotsky <leon-trotsky>` came,” he said. The {person}`Finch' in text
    assert '# A Letter to Trotsky' in text
    assert names.mark(folder) == 0
    said = (folder / names.UNMARKED).read_text(encoding='utf-8')
    assert said == (
        '# a sentence begins\nThe He In\n\n# not yet decided: `make names` asks for them\n'
        'A Brandt’s Coast Letter Luxemburg Moscow Mr Party Rosa Title Trotsky\n'
    )


def test_two_candidates_are_left_to_the_editor(folder: Path) -> None:
    people = folder / 'notes/people.md'
    second = PEOPLE.partition('\n\n')[2].replace('ada-finch', 'bea-finch').replace('Ada', 'Bea')
    people.write_text(PEOPLE + '\n' + second.partition(':::\n\n')[0] + ':::\n', encoding='utf-8')
    line = 'chapters/article.md:11: Finch (2) → person ada-finch or person bea-finch'
    assert line in names.listed(folder)
    assert names.mark(folder) == 2


def test_stubs_are_written_for_what_has_no_entry(folder: Path) -> None:
    assert names.stubs(folder) == 4
    people = (folder / 'notes/people.md').read_text(encoding='utf-8')
    assert ':::{person} rosa-luxemburg\n:name: Rosa Luxemburg\n:sort: Luxemburg, Rosa\n' in people
    organisations = (folder / 'notes/organisations.md').read_text(encoding='utf-8')
    assert ':::{org} coast-party\n:name: Coast Party\n' in organisations
    assert 'notes/people\nnotes/organisations\n' in (folder / 'index.md').read_text(
        encoding='utf-8'
    )
    assert names.mark(folder) == 8
    assert names.listed(folder) == []


def test_roles_that_mark_no_name_hold_words_of_the_witness(folder: Path) -> None:
    """They are asked for; whether a name stands in such a role or around it is the editor’s."""
    chapter = folder / 'chapters/article.md'
    said = (
        '\nThe {hi}`Old Trotsky <small-caps>` and {foreign}``the {sic}`Volgga <Volga>` <ru>``,'
        ' {person}``{hi}`Ada <bold>` <ada-finch>``{note}`Oil`, p. {pb}`Xii`.\n'
    )
    chapter.write_text(CHAPTER + said, encoding='utf-8')
    assert {'Old', 'Volgga'} <= names.capitalised(folder)
    assert not {'Volga', 'Ada', 'Oil', 'Xii'} & names.capitalised(folder)
    assert 'chapters/article.md:17: Volgga (1) → –' in names.listed(folder)
    assert names.stubs(folder) == 4
    assert names.mark(folder) == 8
    assert chapter.read_text(encoding='utf-8').endswith(said)


def test_only_what_a_sentence_begins_with_may_be_any_word(folder: Path) -> None:
    """Not what stands a line below its end: that is asked for."""
    chapter = folder / 'chapters/article.md'
    said = 'The oil came.\nSo we saw the oil of\nOdessa.\n\n:::{dateline}\nFrom the oil\n:::\n'
    chapter.write_text(f'{CHAPTER}\n{said}', encoding='utf-8')
    found = [line for line in names.listed(folder) if re.search(r'\.md:(?:1[6-9]|2)', line)]
    assert found == ['chapters/article.md:19: Odessa (1) → –']


def test_a_table_between_backticks_holds_words_of_the_witness(folder: Path) -> None:
    chapter = folder / 'chapters/article.md'
    table = '```{list-table}\n:header-rows: 1\n\n* - Oil\n  - of Odessa\n```\n'
    chapter.write_text(f'{CHAPTER}\n{table}', encoding='utf-8')
    assert {'Oil', 'Odessa'} <= names.capitalised(folder)
    assert 'chapters/article.md:21: Odessa (1) → –' in names.listed(folder)


def test_a_word_does_not_end_where_markup_does(folder: Path) -> None:
    chapter = folder / 'chapters/article.md'
    chapter.write_text(f'{CHAPTER}\nC*afé*, III{{sup}}`A`, H{{sub}}`2`O, A\\_B\n', encoding='utf-8')
    assert {'Café', 'IIIA', 'H2O', 'A_B'} <= names.capitalised(folder)


def test_a_colophon_on_a_page_of_the_editors_is_the_witness_s(folder: Path) -> None:
    (folder / 'notes/about.md').write_text(
        '# About Us\n\nWe are Many.\n\n:::{colophon}\nFound by Finch in Port Lune.\n:::\n',
        encoding='utf-8',
    )
    assert 'notes/about.md:6: Port Lune (1) → –' in names.listed(folder)
    assert {'Found', 'Lune'} <= names.capitalised(folder)
    assert not {'About', 'We', 'Many'} & names.capitalised(folder)
    names.mark(folder)
    about = (folder / 'notes/about.md').read_text(encoding='utf-8')
    assert 'Found by {person}`Finch <ada-finch>` in' in about


def test_words_that_name_nobody_are_not_asked_for(folder: Path) -> None:
    file = folder / names.UNMARKED
    file.write_text(file.read_text(encoding='utf-8') + '\n# a city\nMoscow\n', encoding='utf-8')
    assert not any('Moscow' in line for line in names.listed(folder))


def test_a_folder_without_an_edition_is_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert names.main([str(tmp_path)]) == 1
    assert capsys.readouterr().err.endswith('say in which folder the edition is\n')
