"""TEI and CMIF: valid, faithful to the witness, and without a pointer that leads nowhere."""

from __future__ import annotations

import re
from copy import deepcopy
from typing import TYPE_CHECKING

import pytest
from lxml import etree

from tests.conftest import ROOT
from tests.data import ID, TEI, faults, find, passage, text
from tests.edition.conftest import CONF, EDITION, LINES

if TYPE_CHECKING:
    from pathlib import Path

    from sphinx_edition.data.registry import Registry

# what holds words, and nothing else that does
BLOCKS = ' or '.join(
    f'self::t:{name}'
    for name in 'titlePart docAuthor docImprint byline head p ab l item cell bibl dateline salute '
    'signed address'.split()
)
WORDS = f'[{BLOCKS}][not(.//*[{BLOCKS}])]'
WITNESS = '[not(ancestor-or-self::t:note[not(@subtype="witness")])]'


@pytest.fixture(scope='session')
def tei(tei_file: Path) -> etree._Element:
    return etree.parse(tei_file).getroot()


# validity


def test_the_edition_is_valid(tei_file: Path, schema: Path) -> None:
    for file in tei_file.parent.glob('*.xml'):
        assert faults(schema, file) == ''


# the text


def test_the_text_is_the_witness(tei: etree._Element) -> None:
    """Block by block, in the order of the witness; a note’s label stands in @n."""
    editors = 'ancestor::t:div[@type="editorial" or @type="notes"]'
    found = find(
        tei,
        f'//t:text//*{WORDS}{WITNESS}[not({editors}) or ancestor::t:titlePage or '
        'ancestor::t:note or @type="colophon"]',
    )
    said, labelled = [], set()
    for block in found:
        note = next(block.iterancestors(f'{TEI}note'), block)
        label = '' if note in labelled or note.tag != f'{TEI}note' else note.get('n')
        labelled.add(note)
        said.append(f'{label}. {words(block)}' if label else words(block))
    assert [block for block in said if block] == LINES


def words(block: etree._Element) -> str:
    """The words of a block with the marks of the witness’s notes."""
    copy = deepcopy(block)
    for mark in find(copy, './/t:ref[@type="note"][@subtype="witness"]'):
        mark.text = f' [{mark.text}]'
        del mark.attrib['type']
    return text(copy)


# pointers


def test_every_pointer_resolves(tei_file: Path) -> None:
    for file in tei_file.parent.glob('*.xml'):
        tree = etree.parse(file).getroot()
        ids = find(tree, '//@xml:id')
        assert len(ids) == len(set(ids))
        pointers = find(
            tree, '//@ref | //@target | //@corresp | //@resp | //@source | //@rendition'
        )
        inside = {part[1:] for value in pointers for part in value.split() if part[0] == '#'}
        assert inside
        assert inside <= set(ids)


def test_notes_and_their_marks_point_at_each_other(tei: etree._Element, registry: Registry) -> None:
    marks = {mark.get(ID): mark for mark in find(tei, '//t:ref[@type="note"]')}
    notes = {note.get(ID): note for note in find(tei, '//t:text//t:note[@target]')}
    assert notes.keys() == {note.id for note in registry.notes.values()}
    targets = {name: note.get('target').split() for name, note in notes.items()}
    assert {mark for some in targets.values() for mark in some} == {f'#{name}' for name in marks}
    for name, note in notes.items():
        for mark in targets[name]:
            assert marks[mark[1:]].get('target') == f'#{name}'
            assert marks[mark[1:]].text == marks[mark[1:]].get('n') == note.get('n')
    translators = ' '.join(f'#{key}' for key in EDITION.translator)
    makers = {'translator': translators, 'editor': '#editors'}
    for note in registry.notes.values():
        if note.hand in makers:
            assert notes[note.id].get('resp') == makers[note.hand]


def test_ids_are_those_of_the_web(tei: etree._Element, html: Path) -> None:
    """Every xml:id is an id of some page; before one that two pages have stands the page’s name."""
    web = set()
    for page in html.rglob('*.html'):
        name = page.relative_to(html).with_suffix('').as_posix().replace('/', '-')
        for id_ in etree.parse(page, etree.HTMLParser()).xpath('//@id'):
            web |= {id_, f'{name}-{id_}'}
    ours = set(find(tei, '//t:text//@xml:id | //t:standOff//@xml:id'))
    assert {name for name in ours if not name.startswith('_')} <= web


def test_paragraphs_are_found_by_citation(tei_file: Path, registry: Registry) -> None:
    """“siglum 5” leads to the paragraph, by nothing but the header’s `citeStructure`."""
    # a day may be but a year
    numbered = [p for p in registry.passages.values() if p.n.isdecimal() and not p.date]
    assert numbered or not LINES
    for place in numbered:
        xml_id, _ = passage(tei_file, f'{place.siglum} {place.n}')
        assert xml_id == place.id


# what is encoded


def test_changes_come_from_the_change_log(tei: etree._Element) -> None:
    """“Unreleased” may come first; the newest number is the edition's."""
    headings = re.findall(r'^## (\S+)', (ROOT / 'CHANGELOG.md').read_text(encoding='utf-8'), re.M)
    versions = [heading for heading in headings if heading[0].isdigit()]
    changes = find(tei, '//t:revisionDesc/t:change/@n')
    assert [change for change in changes if change[0].isdigit()] == versions
    assert find(tei, '//t:edition/@n') == versions[:1] == [CONF['version']]
