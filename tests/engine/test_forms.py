"""Every form that a text can have, in one invented edition: all of it in every output."""

from __future__ import annotations

import re
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from lxml import etree, html
from sphinx_edition.collation.__main__ import differences

from tests import contract
from tests.conftest import ROOT, Small, run_sphinx
from tests.data import faults, passage
from tests.programs import epubcheck
from tests.searching import searched

if TYPE_CHECKING:
    from collections.abc import Callable

FORMS = ROOT / 'tests' / 'roots' / 'test-forms'
NAMES = {
    't': 'http://www.tei-c.org/ns/1.0',
    'h': 'http://www.w3.org/1999/xhtml',
    'xml': 'http://www.w3.org/XML/1998/namespace',
    'e': 'http://www.idpf.org/2007/ops',
}


@pytest.fixture(scope='module')
def forms(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Path]:
    """Build the edition of all forms, once an output, as the Makefile does."""
    out = tmp_path_factory.mktemp('forms')
    done: dict[str, Path] = {}

    def build(output: str) -> Path:
        if output not in done:
            built = run_sphinx(FORMS, output, out, '-D', 'html_theme=edition')
            assert built.status == 0, '\n'.join(built.warnings)
            done[output] = built.outdir
        return done[output]

    return build


@pytest.fixture(scope='module')
def tei(forms: Callable[[str], Path]) -> etree._Element:
    return etree.parse(contract.one(forms('tei'), '*.xml')).getroot()


def found(root: etree._Element, path: str) -> list:
    return root.xpath(path, namespaces=NAMES)


def page(forms: Callable[[str], Path], name: str) -> etree._Element:
    parser = html.HTMLParser(encoding='utf-8')
    return html.parse(forms('html') / f'{name}.html', parser).getroot()


def test_every_output_holds_the_text(forms: Callable[[str], Path]) -> None:
    assert contract.differences(FORMS, forms) == []


def test_the_contract_reads_all_of_it() -> None:
    contract.LABELS.update(contract.labels(FORMS))
    blocks = [words for _, words in contract.blocks_of_sources(FORMS)]
    assert len(blocks) > 80
    for words in (
        'and who shall put it out?',
        'Clause nine',
        'The oil [1*] is late. I quote your contract:',
        '9½ [†]',
        '*. Sung also',
        'Fog, the usual state',
        'Herr Hugo Brandt 14, Quay Street Port Lune',
    ):
        assert words in blocks


def test_the_ebook_is_valid(forms: Callable[[str], Path]) -> None:
    [file] = forms('epub').glob('*.epub')
    assert epubcheck(file) == set()


def test_the_ebook_lists_the_pages_of_the_source(forms: Callable[[str], Path]) -> None:
    nav = etree.parse(forms('epub') / 'nav.xhtml').getroot()
    links = found(nav, '//h:nav[@e:type="page-list"]//h:a')
    assert [link.text for link in links] == ['368', '369', '370', '371', '2r']
    for link in links:
        file, _, address = link.get('href').partition('#')
        there = etree.parse(forms('epub') / file).getroot()
        [mark] = found(there, f'//*[@id="{address}"]')
        assert mark.get(f'{{{NAMES["e"]}}}type') == 'pagebreak'


def test_tei_is_valid(forms: Callable[[str], Path], schema: Path) -> None:
    for file in forms('tei').glob('*.xml'):
        assert faults(schema, file) == ''


TEI = {
    '//t:cit[@n="4"]/t:quote//t:quote/t:p': 1,
    '//t:cit[@n="4"]/t:bibl': 1,
    '//t:lg[@n="5"]/t:lg/t:l': 6,
    '//t:l[@rend="indent(4)"]': 2,
    '//t:list[@n]/t:item': 8 - 2,
    '//t:table[@n]//t:cell': 9 + 4,
    '//t:cell[@rend="right"]': 3,
    '//t:body//t:figure[@xml:id]/t:figDesc': 2,
    '//t:figure/t:head': 1,
    '//t:milestone[@unit="section"][@rend="asterism"]': 1,
    '//t:floatingText//t:opener/t:dateline': 1,
    '//t:floatingText//t:closer/t:signed': 1,
    '//t:div[@type="letter"]/t:closer[1]/t:signed': 1,
    '//t:div[@type="letter"]/t:closer[2]/t:dateline': 1,
    '//t:div[@type="letter"]/t:postscript/t:p': 2,
    '//t:opener/t:address/t:addrLine': 3,
    '//t:opener/t:salute': 3,
    '//t:epigraph/t:cit/t:bibl': 2,
    '//t:note[@type="headnote"][@subtype="witness"]': 2,
    '//t:head[@type="dedication"]': 1,
    '//t:div[@type="entry"][@n="1936-11-01"]/t:dateline/t:date[@when="1936-11-01"]': 1,
    '//t:div[@type="entry"]/t:dateline/t:placeName[@ref="#cape-sorrow"]': 2,
    '//t:div[@type="entry"]/t:head': 1,
    '//t:pb': 5,
    '//t:del': 2,
    '//t:add[@place="above"]': 1,
    '//t:unclear': 1,
    '//t:gap[@quantity="3"][@unit="words"]': 1,
    '//t:hi[@rend="underline" or @rend="small-caps" or @rend="letter-spaced" or @rend="bold"]': 4,
    '//t:note[@n="1*"][@resp="#ines-calder"]': 1,
    '//t:note[@n="a"][@resp="#ada-finch"]': 1,  # the author of the report, not of the whole
    '//t:note[@n="†"][@resp="#ada-finch"]': 1,
    '//t:note[@type="first-editor"][@resp]': 0,
    '//t:note[@type="reviser"][@resp]': 0,
    '//t:note[@xml:id="note-keeper"][@target="#ref-keeper #ref-keeper--2"]': 1,
}


@pytest.mark.parametrize('path', TEI)
def test_tei(tei: etree._Element, path: str) -> None:
    assert len(found(tei, path)) == TEI[path]


def test_tei_points_somewhere(tei: etree._Element) -> None:
    ids = found(tei, '//@xml:id')
    assert len(ids) == len(set(ids))
    pointers = found(tei, '//t:text//@target | //t:text//@ref')
    assert {p[1:] for value in pointers for p in value.split() if p[0] == '#'} <= set(ids)


@pytest.mark.parametrize(
    ('reference', 'unit', 'address', 'words'),
    [
        ('diary 2', 'paragraph', 'diary-2', 'Came to'),  # under a heading, in a day
        ('diary 5', 'paragraph', 'diary-5', 'The lamp is lit'),
        ('letter 3', 'paragraph', 'letter-3', 'The oil'),  # in an enclosure
        ('report 2', 'paragraph', 'report-2', 'Month'),
        ('report 5', 'paragraph', 'report-5', 'Sleep.'),
        ('diary, p. 369', 'page', 'diary-p369', 'Came to'),
        ('diary, fig. 1', 'figure', 'diary-fig-1', 'A bank of fog'),
        ('diary, 1936-11-02', 'entry', 'diary-1936-11-02', 'Wind all day'),
    ],
)
def test_a_passage_can_be_cited(
    reference: str, unit: str, address: str, words: str, forms: Callable[[str], Path]
) -> None:
    """A reader of citeStructure finds it, by nothing but the header."""
    file = contract.one(forms('tei'), '*.xml')
    xml_id, found = passage(file, reference, unit)
    assert xml_id == address
    assert found.startswith(words)


def test_web_addresses(forms: Callable[[str], Path]) -> None:
    addresses = {
        'diary': 'diary-2 diary-5 diary-fig-1 diary-p369 diary-1936-11-03-1936-11-04',
        'letter': 'letter-4 letter-6 letter-p2r letter-postscript letter-address letter-dateline-2',
        'report': 'report-2 report-4 report-5 report-fig-1 report-title-3',
    }
    for name, ids in addresses.items():
        root = page(forms, f'chapters/{name}')
        for address in ids.split():
            assert len(root.xpath(f'//*[@id="{address}"]')) == 1, address
        every = root.xpath('//@id')
        assert len(every) == len(set(every))
        numbers = [*map(int, root.xpath('//a[contains(@class, "number")]/text()'))]
        assert numbers == [*range(1, numbers[-1] + 1)]


def test_an_entry_without_heading_or_dateline_shows_its_date(forms: Callable[[str], Path]) -> None:
    heads = page(forms, 'chapters/diary').xpath('//*[contains(@class, "day-head")]')
    assert [head.text_content() for head in heads] == ['[2 November 1936, Cape Sorrow]']


def test_a_screen_reader_is_told_what_a_scribe_did(forms: Callable[[str], Path]) -> None:
    root = page(forms, 'chapters/letter')
    assert [d.text_content() for d in root.xpath('//del')] == ['deleted: went', 'deleted: Ada’s']
    gaps = root.xpath('//*[contains(@class, "gap")]/@aria-label')
    assert gaps == ['gap: 3 words', 'gap: some']
    breaks = root.xpath('//*[@role="doc-pagebreak"]/@aria-label')
    assert breaks == ['page 2r']


def test_each_note_says_whose_it_is(forms: Callable[[str], Path]) -> None:
    notes = page(forms, 'notes/notes').xpath('//*[contains(@class, "annotation")]')
    hands = {
        n.get('id'): n.xpath('.//*[contains(@class, "hand")]')[0].text_content() for n in notes
    }
    assert hands['note-look'] == 'First editor’s note. '
    assert hands['note-oil'] == 'Author’s note. '
    assert hands['note-half'] == 'Note of an early reader. '
    assert hands['note-nothing'] == 'Reviser’s note. '
    marks = page(forms, 'chapters/report').xpath('//*[contains(@class, "noteref")]')
    labels = {mark.text_content(): mark.get('aria-label') for mark in marks}
    assert labels == {
        'a': 'Author’s note a',
        '†': 'Note of an early reader †',
        'c': 'Reviser’s note c',  # not “a”, which the witness has, nor “b”, which is another’s
    }


def test_a_note_lists_its_marks(forms: Callable[[str], Path]) -> None:
    [note] = page(forms, 'notes/notes').xpath('//*[@id="note-keeper"]')
    links = [
        (a.text_content(), a.get('href')) for a in note.xpath('.//a[contains(@class, "backlink")]')
    ]
    assert links == [
        ('1.', '../chapters/diary.html#ref-keeper'),
        ('diary 8', '../chapters/diary.html#ref-keeper--2'),
    ]
    root = page(forms, 'chapters/diary')
    assert root.xpath('//*[@id="ref-keeper--2"]/@href') == ['#note-keeper']


@pytest.fixture
def small_forms(tmp_path: Path) -> Small:
    return Small(Path(shutil.copytree(FORMS, tmp_path / 'source')))


@pytest.fixture(scope='module')
def built(forms: Callable[[str], Path]) -> Path:
    """All outputs in one folder, as the Makefile lays them out."""
    for output in ('html', 'epub', 'typst', 'tei'):
        folder = forms(output).parent
    if not (folder / 'pdf').exists():
        (folder / 'pdf').symlink_to(folder / 'typst')
    return folder


def witness() -> list[str]:
    contract.LABELS.update(contract.labels(FORMS))
    return [words for _, words in contract.blocks_of_sources(FORMS)]


def test_collation_finds_no_difference(built: Path) -> None:
    assert [*differences(built, witness())] == []


@pytest.mark.parametrize(
    ('there', 'here'),
    [
        ('and who shall put it out?', 'and who will put it out?'),
        ('The oil [1*] is late.', 'The oil is late.'),
        ('*. Sung also', '*. Sung then'),
        ('9½ [†]', '9¼ [†]'),
        ('14, Quay Street', '15, Quay Street'),
        ('Ada’s mine', 'mine'),
    ],
)
def test_collation_finds_each_difference(built: Path, there: str, here: str) -> None:
    lines = witness()
    [n] = [n for n, line in enumerate(lines) if there in line]
    lines[n] = lines[n].replace(there, here)
    found = {output for output, _ in differences(built, lines)}
    assert found == {'html', 'epub', 'pdf', 'tei'}


FAULTS = [
    (
        'chapters/diary.md',
        'The lamp is lit, the',
        '| The lamp is lit, the',
        'needs no bar before it',
    ),
    ('chapters/diary.md', 'put it out?', 'put it out?\\', 'ends where it is typed to end'),
    ('chapters/diary.md', 'Drew what I', '| Drew what I', 'write :::{verse}'),
    ('chapters/diary.md', '\n***\n', '\n---\n', r'write \*\*\* for an asterism'),
    ('chapters/diary.md', '![A bank of fog over low rocks]', '![]', 'has no description'),
    (
        'chapters/diary.md',
        'Drew what I saw of it.',
        '{pb}`9`',
        'a page break stands within the text',
    ),
    ('chapters/diary.md', '{pb}`369`', '{pb}`p 369`', 'a page has a number such as'),
    ('chapters/diary.md', '## Later', '## Later{pb}`9`', 'page break 9 stands in a heading'),
    ('chapters/diary.md', '{day} 1936-11-02', '{day} November', 'is not a date in EDTF'),
    (
        'chapters/diary.md',
        ':place: cape-sorrow',
        ':place: cape-sorow',
        'did you mean “cape-sorrow”',
    ),
    (
        'chapters/diary.md',
        'Tea.\n::::',
        'Tea.\n::::\n\nMore.',
        'what follows a {day} stands in one',
    ),
    (
        'chapters/diary.md',
        'where it ought to end,',
        '{person}`where',
        'a role does not end in this line',
    ),
    ('chapters/letter.md', '<above>', '<abve>', 'did you mean “above”'),
    ('chapters/letter.md', '<underline>', '<underlined>', 'did you mean “underline”'),
    ('chapters/letter.md', '>\n> -- Clause', '> -- Clause', 'leave a line that holds “>” alone'),
    ('chapters/letter.md', '::::{postscript}', ':::{postscript}', 'one more colon'),
    (
        'chapters/letter.md',
        'Port Lune, December 1',
        '- Port Lune',
        'holds paragraphs and nothing else',
    ),
    ('notes/notes.md', ':label: 1*\n', '', 'is its number there; else write “:label:”'),
    ('notes/notes.md', ':certainty: medium', ':label: x', 'gets a letter by itself'),
    ('conf.py', "'witness': False", "'witness': 'no'", '“witness” must be bool'),
]


@pytest.mark.parametrize(('file', 'old', 'new', 'message'), FAULTS)
def test_a_natural_mistake_is_told(
    small_forms: Small, file: str, old: str, new: str, message: str
) -> None:
    text = small_forms.read(file)
    small_forms.replace(file, old, new)
    line = text[: text.index(old)].count('\n') + 1
    built = small_forms.build('html')
    assert built.status != 0
    told = [w for w in built.warnings if re.search(message.replace('{', r'\{'), w)]
    assert told, built.warnings
    place = re.match(rf'{re.escape(file)}:(\d+): ', told[0])
    assert place, told
    assert file == 'conf.py' or abs(int(place[1]) - line) <= 10, told


def test_a_second_mark_of_an_editors_note_is_refused(small_forms: Small) -> None:
    small_forms.replace('chapters/report.md', 'In summer', 'In summer\n\nYes.{note}`nothing`')
    built = small_forms.build('html')
    assert any('an editor’s note has one mark' in warning for warning in built.warnings)


def test_labels_are_as_the_witness_has_them(small_forms: Small) -> None:
    """They may begin anew in a chapter, and run out of order; numbers that are keys may not."""
    again = '\n:::{translator-note} driftwood\n:label: 1\nOf oak.\n:::\n'
    small_forms.write('notes/notes.md', small_forms.read('notes/notes.md') + again)
    small_forms.replace(
        'notes/notes.md', '{translator-note} burn\n:label: 1', '{translator-note} burn\n:label: 2'
    )
    small_forms.replace('chapters/letter.md', 'driftwood', 'driftwood{note}`driftwood`')
    built = small_forms.build('html')
    assert not any('is cited after' in warning for warning in built.warnings)


def test_search_finds_verse_and_no_page_breaks(forms: Callable[[str], Path]) -> None:
    texts = {text.id: text for text in searched(forms('html'))}
    assert 'who shall put it out' in texts['diary-5'].words
    assert 'diary-p369' not in texts
