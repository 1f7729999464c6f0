"""The printed book: what stands in the file beside its words, and how words become Typst."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

import pikepdf
import pytest
import typst
from hypothesis import given
from hypothesis import strategies as st
from sphinx_edition.collation.tagged import Tagged
from sphinx_edition.data.records import Entry
from sphinx_edition.print.index import also_known
from sphinx_edition.print.source import string

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

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
    assert str(info.Title) == 'Two Papers of a Ship’s Surgeon'
    assert str(info.Author) == 'Elspeth Marrow'
    assert str(info.Keywords) == 'Naval medicine – Fiction'
    assert pdf.Root.ViewerPreferences.DisplayDocTitle
    xmp = pdf.open_metadata()
    assert xmp['dc:title'] == str(info.Title)
    assert xmp['pdf:Keywords'] == str(info.Keywords)
    assert 'Anna Lindqvist (translator)' in xmp['dc:contributor']
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
            ['Vane, Marta', 'M.'],
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
