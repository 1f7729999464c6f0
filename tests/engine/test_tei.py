"""TEI and CMIF: valid whatever the text, and what is encoded how."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from lxml import etree
from sphinx_edition.data.date_formats import datable
from sphinx_edition.tei.header import plain

from tests.data import faults, find, text

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.conftest import Small


@pytest.fixture
def tei(mini: Callable[[str], Path]) -> etree._Element:
    return etree.parse(mini('tei') / 'two-papers-of-a-ships-surgeon.xml').getroot()


def built(small: Small) -> Path:
    """The folder of the small edition’s TEI."""
    build = small.build('tei')
    assert build.status == 0, build.output
    return build.outdir


# validity


@pytest.mark.parametrize('name', ['two-papers-of-a-ships-surgeon.xml', 'cmif.xml'])
def test_the_small_edition_is_valid(name: str, mini: Callable[[str], Path], schema: Path) -> None:
    assert faults(schema, mini('tei') / name) == ''


def test_a_rule_beside_the_grammar(
    mini: Callable[[str], Path], schema: Path, tmp_path: Path
) -> None:
    """The schema’s Schematron is heard: a date that is one day and also begins on another."""
    whole = (mini('tei') / 'two-papers-of-a-ships-surgeon.xml').read_text('utf-8')
    bad = tmp_path / 'bad.xml'
    bad.write_text(re.sub('(<date when="[^"]*")', r'\1 from="1850"', whole, count=1), 'utf-8')
    assert 'The @when attribute cannot be used with' in faults(schema, bad)


def test_awkward_texts_are_valid(small: Small, schema: Path) -> None:
    """Quotations, verse, lists, tables and letters whose parts stand where no one expects them."""
    small.write('chapters/log.md', AWKWARD)
    small.replace(
        'chapters/letter.md',
        ':::{signature}',
        'P.S.\n\n:::{dateline}\nlater\n:::\n\n:::{signature}',
    )
    small.write('notes/editor.md', small.read('notes/editor.md') + '# Koka\n')
    folder = built(small)
    [whole] = set(folder.glob('*.xml')) - {folder / 'cmif.xml'}
    assert faults(schema, whole) == ''
    tree = etree.parse(whole).getroot()
    assert text(find(tree, '//*[@xml:id="log-2"]')[0]) == 'A quotation.'
    assert [text(line) for line in find(tree, '//t:l')] == ['One line,', 'another line.']
    assert find(tree, '//t:closer/t:dateline')


AWKWARD = """\
---
kind: diary-entry
siglum: log
date: 1869-03
place: port-amity
author: elspeth-marrow
lang: en
---

# Fever

{date}`March <1869-03~>` {person}`Tobias <tobias-quill>`{note}`1`{note}`fever`
and *stress*, **strength**, `code`.

> A quotation.

{date}`The sixties <186X>`

:::{editorial}
- an editor’s list
- of [two](https://example.org/?a=1&b=2)

1. and another

| a | b |
|---|---|
| 1 | 2 |
:::

:::{verse}
One line,
another line.
:::

## A section within

More.
"""


# the text


def test_no_word_of_the_editors_is_lost(tei: etree._Element) -> None:
    whole = ' '.join(tei.itertext())
    for words in (
        'A small edition for trying things out.',
        'A second paragraph.',
        'Often reprinted.',
    ):
        assert words in whole


def test_unknown_markup_is_reported_and_its_words_are_kept(small: Small) -> None:
    small.write('notes/about.md', small.read('notes/about.md') + '\n```{math}\na + b\n```\n')
    built = small.build('tei')
    [warning] = built.warnings
    assert re.search(r'notes/about\.md:21: .*“math block” has no place in an edition', warning)
    assert 'a + b' in next(built.outdir.glob('two*.xml')).read_text(encoding='utf-8')


# what is encoded


def test_letter_and_entry(tei: etree._Element) -> None:
    [entry] = find(tei, '//t:body/t:div[@type="entry"]')
    [letter] = find(tei, '//t:body/t:div[@type="letter"]')
    assert find(entry, './/t:date/@when')[0] == '1869-03-02'
    assert find(letter, 't:opener/t:dateline/t:date/@when') == ['1869-03-05']
    assert text(find(letter, 't:opener/t:salute')[0]) == 'Dear Quill,'
    assert text(find(letter, 't:closer/t:signed')[0]) == 'E. M.'
    assert text(find(letter, 't:closer/t:salute')[0]) == 'Your friend,'
    assert find(letter, 't:head/t:supplied/@resp') == ['#editors']


def test_emphasis_is_told_from_italics(small: Small) -> None:
    """A title or a date is set in italics; a word is stressed."""
    small.replace('chapters/letter.md', 'You are well', 'You are *well*')
    tree = etree.parse(built(small) / 'two-papers-of-a-ships-surgeon.xml').getroot()
    assert [text(e) for e in find(tree, '//t:body//t:emph')] == ['well']
    assert [text(e) for e in find(tree, '//t:body//t:hi')] == ['March 2, 1869.', 'Winds']


def test_slips_and_languages(tei: etree._Element) -> None:
    slips = find(tei, '//t:text//t:choice')
    assert [(text(s[0]), s[1].text) for s in slips] == [('afften', 'afton'), ('Sogns', 'Songs')]
    assert find(tei, '//t:foreign/@xml:lang') == ['sv']
    assert 'sv' in find(tei, '//t:langUsage/t:language/@ident')


def test_a_mark_has_its_words_and_says_that_it_is_raised(tei: etree._Element) -> None:
    """CETEIcean and the TEI Stylesheets print it so; of an empty one the address of its note."""
    marks = find(tei, '//t:text//t:ref[@type="note"]')
    assert {mark.text for mark in marks} >= {'1', 'a'}
    [rendition] = {mark.get('rendition') for mark in marks}
    [look] = find(tei, f'//t:rendition[@xml:id="{rendition[1:]}" and @scheme="css"]/text()')
    assert 'vertical-align: super' in look


@pytest.mark.parametrize(
    ('markdown', 'words'),
    [
        ('**Bold** words and *others*', 'Bold words and others'),
        ('_so_ too, and __so__', 'so too, and so'),
        ('`_ext/sphinx_edition` and `html_baseurl`', '_ext/sphinx_edition and html_baseurl'),
        ('snake_case_name, 2 * 3 * 4', 'snake_case_name, 2 * 3 * 4'),
        ('**see `_a_`**, [*there*](x.md)', 'see _a_, there'),
    ],
)
def test_no_markdown_in_the_history(markdown: str, words: str) -> None:
    assert plain(markdown) == words


def test_registers(tei: etree._Element) -> None:
    [quill] = find(tei, '//t:listPerson/t:person[@xml:id="tobias-quill"]')
    [birth] = find(quill, 't:birth')
    assert (birth.get('when'), birth.get('cert')) == ('1841', 'low')
    assert quill.get('cert') == 'medium'
    assert find(tei, '//t:person[@xml:id="anna-lindqvist"]/@cert') == ['unknown']
    viaf = '//t:person[@xml:id="elspeth-marrow"]/t:idno[@type="VIAF"]/text()'
    assert find(tei, viaf) == ['https://viaf.org/viaf/2']
    assert find(tei, '//t:listBibl/t:bibl[@xml:id="atlas-of-winds"]/t:date/@when') == ['1860']
    for path in ('listPlace/t:place', 'listOrg/t:org', 'list[@type="term"]/t:item'):
        assert find(tei, f'//t:standOff/t:{path}')


def test_the_letter_for_correspsearch(small: Small) -> None:
    """Who is not identified has the name of the register and no @ref."""
    small.replace(
        'notes/others.md', ':name: Port Amity\n', ':name: Port Amity\n:identifiers: geonames 3\n'
    )
    small.replace('notes/people.md', ':certainty: medium', ':certainty: unknown')
    cmif = etree.parse(built(small) / 'cmif.xml').getroot()
    [letter] = find(cmif, '//t:correspDesc')
    [sender, addressee] = find(letter, './/t:persName')
    assert (sender.text, sender.get('ref')) == ('Elspeth Marrow', 'https://viaf.org/viaf/2')
    assert addressee.attrib == {}
    assert addressee.text == 'Tobias Quill'
    assert find(letter, './/t:placeName/@ref') == ['https://www.geonames.org/3']
    assert find(letter, './/t:date/@when') == ['1869-03-05']
    assert letter.get('key') == 'letter'
    assert find(cmif, '//t:licence/@target') == [
        'https://creativecommons.org/publicdomain/zero/1.0/'
    ]


@pytest.mark.parametrize(
    ('edtf', 'attributes'),
    [
        ('1946-07-06', {'when': '1946-07-06'}),
        ('1950-11/1950-12', {'from': '1950-11', 'to': '1950-12'}),
        ('1840/..', {'from': '1840'}),
        ('1908?', {'when': '1908', 'cert': 'low'}),
        ('1962~', {'when': '1962', 'precision': 'low'}),
        ('194X', {'notBefore': '1940-01-01', 'notAfter': '1949-12-31'}),
        ('1946-21', {'notBefore': '1946-03-01', 'notAfter': '1946-05-31'}),
    ],
)
def test_dates(edtf: str, attributes: dict[str, str]) -> None:
    assert datable(edtf) == attributes


def test_built_twice_the_same(small: Small, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv('SOURCE_DATE_EPOCH', '1795392000')
    one, two = (small.build('tei', out=small.source.parent / name).outdir for name in 'ab')
    names = sorted(path.name for path in one.iterdir())
    assert names == ['cmif.xml', 'two-papers-of-a-ships-surgeon.xml']
    assert all((one / name).read_bytes() == (two / name).read_bytes() for name in names)
