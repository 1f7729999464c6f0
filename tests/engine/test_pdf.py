"""The printed book: what stands in the file beside its words, and how words become Typst."""

from __future__ import annotations

import json
import re
from io import BytesIO
from typing import TYPE_CHECKING

import pikepdf
import pymupdf
import pytest
import typst
from hypothesis import given
from hypothesis import strategies as st
from sphinx_edition.collation.tagged import Tagged
from sphinx_edition.data.records import Entry
from sphinx_edition.data.text import readable
from sphinx_edition.print.index import also_known, inverted
from sphinx_edition.print.source import string

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from sphinx_edition.collation.tagged import Element

    from tests.conftest import Small


@pytest.fixture(scope='module')
def pdf(mini: Callable[[str], Path]) -> Iterator[pikepdf.Pdf]:
    with pikepdf.open(mini('typst') / 'two-papers-of-a-ships-surgeon.pdf') as pdf:
        yield pdf


def test_languages(pdf: pikepdf.Pdf) -> None:
    assert str(pdf.Root.Lang) == 'en'
    assert any(b'/Lang(sv)' in page.Contents.read_bytes() for page in pdf.pages)


def test_document_information(pdf: pikepdf.Pdf) -> None:
    info = pdf.docinfo
    assert str(info.Title) == 'Two Papers of a Ship’s Surgeon: From the Brig Halcyon'
    assert str(info.Author) == 'Elspeth Marrow'
    assert str(info.Keywords) == 'Naval medicine – Fiction'
    assert pdf.Root.ViewerPreferences.DisplayDocTitle
    xmp = pdf.open_metadata()
    assert xmp['dc:title'] == str(info.Title)
    assert xmp['pdf:Keywords'] == str(info.Keywords)
    assert 'Anna Lindqvist (translator)' in xmp['dc:contributor']
    assert xmp['dc:identifier'].startswith('urn:uuid:')
    assert xmp['dc:subject'] == {'Naval medicine – Fiction'}
    assert 'The Amity Quarterly 2, no. 3' in xmp['dc:source']
    assert xmp['dc:rights'].startswith('Invented for tests')
    assert (xmp['pdfuaid:part'], xmp['pdfaid:part'], xmp['pdfaid:conformance']) == ('1', '2', 'A')


def test_same_bytes_twice(small: Small, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv('SOURCE_DATE_EPOCH', '1700000000')
    files = []
    for name in ('one', 'two'):
        build = small.build('typst', out=small.source.parent / name)
        assert build.status == 0, build.output
        files += build.outdir.glob('*.pdf')
    assert files[0].read_bytes() == files[1].read_bytes()
    with pikepdf.open(files[0]) as pdf:
        assert str(pdf.docinfo.CreationDate).startswith('D:20231114')


@given(st.text(st.characters(exclude_categories=['Cs'])))
def test_any_text_is_a_string(text: str) -> None:
    source = f'#metadata({string(text)})<x>'
    shown = json.loads(typst.query(source.encode(), '<x>', field='value', one=True))
    assert shown == re.sub('[ \n\t]+', ' ', text)


@given(st.text(st.sampled_from('#"\\[]()$*_`<>@=-+/~.;: \nax1')))
def test_any_text_stays_text_among_calls(text: str) -> None:
    source = f'#let f(x) = metadata(x)\n#f[#emph[#{string(text)}]#{string(text)}]<x>\n'
    shown = json.loads(typst.query(source.encode(), '<x>', field='value', one=True))
    assert words(shown) == re.sub('[ \n\t]+', ' ', text) * 2


def words(content: dict) -> str:
    """The text of Typst's content."""
    if content.get('func') == 'text':
        return content['text']
    inner = [*content.get('children', ()), *([content['body']] if 'body' in content else ())]
    return ' ' if content.get('func') == 'space' else ''.join(words(child) for child in inner)


@pytest.mark.parametrize(
    ('name', 'sort', 'names', 'see'),
    [
        (
            'Marta Quill',
            'Quill, Marta',
            ['Marta Lucia Quill', 'Marta Vane', 'M.', 'Marta', 'her mother'],
            ['Vane, Marta', 'M.', 'Marta'],
        ),
        ('Kit (Ada Marrow)', 'Kit', ['Ada Marrow-Vane'], ['Marrow-Vane, Ada']),
        (
            'Alexandra Petrescu',
            'Petrescu, Alexandra',
            ['Alexandra Lucia', 'Pralea, Ileana'],
            ['Lucia, Alexandra', 'Pralea, Ileana'],
        ),
        ('“Toby”', 'Toby', ['Toby', 'Poet', 'Swedish émigré doctor'], []),
    ],
)
def test_where_the_index_says_see(name: str, sort: str, names: list[str], see: list[str]) -> None:
    entry = Entry('person', 'key', name, sort, 'people', 1)
    known = also_known(entry, names, has_surname=True)
    assert known == see


def test_the_index_says_see_in_one_script() -> None:
    """Forms of the text apart: who reads them looks for them."""
    names = {'variants': ('Marta Vane', 'Марта Квилл')}
    entry = Entry('person', 'key', 'Marta Quill', 'Quill, Marta', 'people', 1, **names)
    assert also_known(entry, ['Мария Квилл'], has_surname=True) == ['Vane, Marta', 'Квилл, Мария']


def test_what_has_no_place_is_told_and_its_words_are_kept(small: Small) -> None:
    small.replace('notes/about.md', '\n\n', '\n\n:::{tip}\nKeep your lint dry.\n:::\n\n')
    build = small.build('typst')
    assert build.status != 0
    [warning] = build.warnings
    assert re.match(r'notes/about\.md:\d+: .*“tip” has no place in an edition', warning)
    assert 'Keep your lint dry.' in text_of(build.outdir)


def test_a_character_that_the_fonts_lack(small: Small) -> None:
    small.replace('chapters/log.md', 'Fog again', 'Fog 霧 again')
    build = small.build('typst')
    assert build.status != 0
    assert any(
        re.match(r'chapters/log\.md:\d+: .*no character “霧”', line) for line in build.warnings
    )


def test_numbers_and_corrections_are_heard_and_not_copied(pdf: pikepdf.Pdf) -> None:
    """Each in its place in the structure, as what is said there; none of them is a word."""
    book = Tagged(pdf)
    said = [
        (block.text(), [str(part.attributes.ActualText) for part in heard(block)])
        for block in book.root.children
        if heard(block)
    ]
    [log] = [words for text, words in said if text.startswith('March 2, 1869.')]
    assert log == ['1 ']
    [gift] = [words for text, words in said if 'god afften' in text]
    assert gift == ['2 ', ' [read afton]']
    copied = '\n'.join(page.get_text() for page in pymupdf.open(stream=saved(pdf)))
    assert re.search(r'god\s+afften\s+\[good\s+evening\]', copied)


def heard(block: Element) -> list[Element]:
    return [part for part in block.find('Span') if '/ActualText' in part.attributes]


def saved(pdf: pikepdf.Pdf) -> bytes:
    pdf.save(data := BytesIO())
    return data.getvalue()


def test_rows_have_heads_and_lists_have_items(small: Small) -> None:
    small.replace('notes/about.md', '## Sources', ':::{named}\n:::\n\n## Sources')
    build = small.build('typst')
    assert build.status == 0, build.output
    [file] = build.outdir.iterdir()
    with pikepdf.open(file) as pdf:
        book = Tagged(pdf)
    row, *_ = [row for row in book.root.find('TR') if row.text().startswith('Tobias Quill')]
    [head], [first, *_] = row.find('TH'), row.find('TD')
    assert (head.text(), str(head.attributes.A.Scope)) == ('Tobias Quill', '/Row')
    assert str(first.attributes.A[0].Headers[-1]) == str(head.attributes.ID)
    items = [item.text() for item in book.root.find('LI')]
    assert any(item.startswith('Quill, Tobias, ') for item in items), 'the index'
    assert any(item.startswith('Amity') or 'Logbook' in item for item in items), 'the bibliography'


@pytest.mark.parametrize(
    ('address', 'shown'),
    [
        (
            'https://ru.wikipedia.org/wiki/%D0%94%D0%B5%D0%BB%D0%BE_%D0%9A',
            'ru.wikipedia.org/wiki/Дело_К',
        ),
        ('https://xn--h1ajim.xn--p1ai/', 'руни.рф'),
        ('http://example.org/a%20b/', 'http://example.org/a%20b'),
        ('https://example.org/%FF%E2', 'example.org/%FF%E2'),
        ('mailto:a@example.org', 'mailto:a@example.org'),
    ],
)
def test_addresses_are_readable(address: str, shown: str) -> None:
    assert readable(address) == shown


@pytest.mark.parametrize(
    ('name', 'sort', 'shown'),
    [
        ('Natalia Sedova', 'Sedova, Natalia', 'Sedova, Natalia'),
        ('Coyoacán', 'Coyoacan', 'Coyoacán'),
        ('Zoë Ångström Lee', 'Angstrom Lee, Zoe', 'Ångström Lee, Zoë'),
        ('The Stone', 'Stone, The', 'Stone, The'),
        ('“Toby”', 'Toby', '“Toby”'),
    ],
)
def test_the_index_has_names_as_the_register_has_them(name: str, sort: str, shown: str) -> None:
    assert inverted(Entry('person', 'key', name, sort, 'people', 1)) == shown


def test_an_unknown_paper(small: Small) -> None:
    build = small.build('typst', '-D', 'edition_paper=a6')
    assert build.status != 0
    assert 'edition_paper is “a6”; choose a5, a4, letter' in build.output


def test_office_paper(small: Small) -> None:
    build = small.build('typst', '-D', 'edition_paper=letter')
    assert build.status == 0, build.output
    [file] = build.outdir.iterdir()
    with pikepdf.open(file) as pdf:
        assert {tuple(float(x) for x in page.mediabox) for page in pdf.pages} == {(0, 0, 612, 792)}


def test_for_a_printer(small: Small) -> None:
    """The cover runs over the edge that is cut; where that is, each page says."""
    build = small.build('typst', '-D', 'edition_bleed=3mm')
    assert build.status == 0, build.output
    [file] = build.outdir.iterdir()
    with pikepdf.open(file) as pdf:
        for page in pdf.pages:
            left, low, right, high = map(float, page.trimbox)
            assert (right - left, high - low) == pytest.approx((148 * MM, 210 * MM), abs=0.1)
            more = [left - 3 * MM, low - 3 * MM, right + 3 * MM, high + 3 * MM]
            assert list(map(float, page.mediabox)) == pytest.approx(more, abs=0.1)
            assert list(page.bleedbox) == list(page.mediabox)
    cover = pymupdf.open(file)[0].get_drawings()[0]['rect']
    assert (cover.width, cover.height) == pytest.approx((154 * MM, 216 * MM), abs=0.1)
    build = small.build('typst', '-D', 'edition_bleed=much')
    assert 'edition_bleed is “much”; write it as 3mm' in build.output


MM = 72 / 25.4


def test_files_have_an_address_or_are_not_listed(small: Small) -> None:
    """On paper a name without the address it stands under leads nowhere."""
    small.write('notes/data.md', '# Data\n\n:::{downloads}\n:::\n')
    small.replace('index.md', 'notes/about\n', 'notes/about\nnotes/data\n')
    build = small.build('typst')
    assert build.status == 0, build.output
    assert 'They stand beside the web edition.' in text_of(build.outdir)
    assert 'registers.csv' not in text_of(build.outdir)
    build = small.build('typst', '-D', 'html_baseurl=https://example.org/halcyon/')
    assert build.status == 0, build.output
    assert 'They stand at https://example.org/halcyon/:' in text_of(build.outdir)
    [file] = build.outdir.glob('*.pdf')
    with pikepdf.open(file) as pdf:
        links = [link for page in pdf.pages for link in page.get('/Annots', ())]
        addresses = {str(link.A.URI) for link in links if '/URI' in link.get('/A', {})}
    assert 'https://example.org/halcyon/registers.csv' in addresses


def text_of(folder: Path) -> str:
    [file] = folder.glob('*.pdf')
    with pikepdf.open(file) as pdf:
        return '\n'.join(block.text() for block in Tagged(pdf).root.children)
