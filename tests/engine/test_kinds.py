"""A new kind is one row in conf.py and nothing else: chapters and registers, in every output."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from lxml import etree, html
from sphinx_edition.data.kinds import CHAPTERS, HANDS, PARTS, REGISTERS, Kinds

from tests import contract
from tests.programs import epubcheck

if TYPE_CHECKING:
    from tests.conftest import Small

ROWS = """
edition_chapters = {
    'article': {
        'word': 'Article', 'needs': ('date', 'author', 'lang'), 'may': ('place',),
        'correspondence': False, 'described': False, 'tei': 'article',
        'epub': 'chapter z3998:article', 'schema': 'Article', 'csl': 'article-magazine',
        'zotero': '',
    },
    'ballad': {
        'word': 'Poem', 'needs': ('author', 'lang'), 'may': ('date',),
        'correspondence': False, 'described': False, 'tei': 'poem',
        'epub': 'chapter z3998:poem', 'schema': 'CreativeWork', 'csl': 'chapter', 'zotero': '',
    },
}
edition_registers = {
    'ship': {
        'word': 'ship', 'title': True, 'life': False, 'begins': 'is launched',
        'ends': 'is broken up', 'once': 'sails', 'rows': ('event', 'event'),
        'tei_list': 'list', 'tei_entry': 'item', 'tei_name': 'name', 'tei_naming': 'name',
        'tei_ends': ('', ''), 'tei_date': 'note', 'tei_events': False, 'schema': 'Vehicle',
        'schema_ends': ('', ''),
    },
}
"""
ARTICLE = """---
kind: article
siglum: essay
date: 1870-01
author: elspeth-marrow
lang: en
---

# On Winds

The {ship}`*Halcyon* <halcyon>` is fast.

> She holds, says {person}`Quill <tobias-quill>`,
> to the wind.
>
> Always.
"""
POEM = """---
kind: ballad
siglum: ode
author: elspeth-marrow
lang: en
---

# Ode

O {ship}`Halcyon <halcyon>`,\\
how you roll
"""
SHIP = """
:::{ship} halcyon
:name: Halcyon
:dates: 1850/1880
:certainty: high
:sources: logbook{p. 3}

A brig.
:::

:::{chronology}
:::
"""


@pytest.fixture
def rows(small: Small) -> Small:
    """The small edition with two more kinds of chapters, and a register of ships."""
    small.write('conf.py', small.read('conf.py') + ROWS)
    small.replace(
        'index.md', 'chapters/letter\n', 'chapters/letter\nchapters/essay\nchapters/ode\n'
    )
    small.write('chapters/essay.md', ARTICLE)
    small.write('chapters/ode.md', POEM)
    small.write('notes/others.md', small.read('notes/others.md') + SHIP)
    return small


def test_every_output_builds_and_holds_the_text(rows: Small) -> None:
    def build(output: str) -> object:
        built = rows.build(output)
        assert built.status == 0, built.warnings
        return built.outdir

    assert contract.differences(rows.source, build) == []  # type: ignore[arg-type]


def test_web(rows: Small) -> None:
    built = rows.build('html', '-D', 'html_theme=edition')
    assert built.status == 0, built.warnings
    essay = html.parse(built.outdir / 'chapters' / 'essay.html').getroot()
    [chicago, *_] = essay.xpath('//*[@class="citing"]//p')
    assert chicago.text_content().startswith(
        'Chicago: Marrow, Elspeth. “On Winds.” Article, January 1870. In Two Papers of'
    )
    csl = (built.outdir / 'chapters' / 'essay.json').read_text('utf-8')
    assert '"type": "article-magazine"' in csl
    assert '"medium": "Article, January 1870"' in csl
    assert '"edition": "digital edition, version 1.0"' in csl
    ode = (built.outdir / 'chapters' / 'ode.ris').read_text('utf-8')
    assert 'Written' not in ode
    assert '0000' not in ode
    others = ' '.join(
        html.parse(built.outdir / 'notes' / 'others.html').getroot().text_content().split()
    )
    assert 'Halcyon is launched' in others
    assert 'Halcyon is broken up' in others
    assert re.search(r'Source: Quill 1869, p\. 3\.', others)


def test_epub(rows: Small) -> None:
    built = rows.build('epub')
    assert built.status == 0, built.warnings
    [file] = built.outdir.glob('*.epub')
    assert epubcheck(file) == set()
    page = (built.outdir / 'chapters' / 'ode.xhtml').read_text('utf-8')
    assert 'epub:type="chapter z3998:poem"' in page


def test_tei(rows: Small) -> None:
    built = rows.build('tei')
    assert built.status == 0, built.warnings
    root = etree.parse(contract.one(built.outdir, '*.xml')).getroot()
    names = {'t': 'http://www.tei-c.org/ns/1.0'}
    assert root.xpath('//t:body/t:div/@type', namespaces=names) == [
        'entry',
        'letter',
        'article',
        'poem',
    ]
    [ship] = root.xpath('//t:standOff/t:list[@type="ship"]/t:item', namespaces=names)
    assert ship.xpath('t:name/text()', namespaces=names) == ['Halcyon']
    assert root.xpath('//t:body//t:name/@ref', namespaces=names) == ['#halcyon', '#halcyon']
    [chapters] = root.xpath('//t:citeStructure[@unit="text"]/@match', namespaces=names)
    assert (
        len(
            root.xpath(
                chapters.replace('/TEI/text', '//t:text').replace('/body/div', '/t:body/t:div'),
                namespaces=names,
            )
        )
        == 4
    )


def test_an_adapted_row(small: Small) -> None:
    small.write(
        'conf.py', small.read('conf.py') + "edition_chapters = {'letter': {'word': 'Epistle'}}\n"
    )
    built = small.build('html')
    assert built.status == 0, built.warnings
    page = (built.outdir / 'chapters' / 'letter.html').read_text('utf-8')
    assert 'Elspeth Marrow’s epistle of 5 March 1869 to Tobias Quill, as translated' in page


@pytest.mark.parametrize(
    ('chapters', 'registers', 'message'),
    [
        ({'ballad': {'word': 'Poem'}}, {}, 'edition_chapters: “ballad” needs .*needs.*tei'),
        ({'letter': {'wrod': 'Poem'}}, {}, 'has no field “wrod”; did you mean “word”'),
        ({'letter': {'may': 'date'}}, {}, '“may” must be tuple'),
        ({'A Poem': {}}, {}, 'must be an ASCII slug'),
        ({}, {'person': {'rows': ('born',)}}, '“rows” must be tuple'),
        ({}, {'ship': 7}, 'must be a dict'),
    ],
)
def test_a_faulty_row(chapters: dict, registers: dict, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        Kinds.configured(chapters, registers, {})


def test_a_faulty_row_is_told_at_conf(small: Small) -> None:
    small.write(
        'conf.py', small.read('conf.py') + "edition_chapters = {'ballad': {'word': 'Poem'}}\n"
    )
    built = small.build('html')
    assert built.status == 2
    [line] = built.warnings
    assert re.match(r'conf\.py:1: ERROR: edition_chapters: “ballad” needs ', line)


def test_rows_are_complete() -> None:
    for table in (CHAPTERS, REGISTERS, PARTS, HANDS):
        for name, row in table.items():
            assert row.word, name
