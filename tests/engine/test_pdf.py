"""The printed book: its words, its structure, its index, its bytes."""

from __future__ import annotations

import json
import pickle
import re
import subprocess
import sys
import time
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

import pikepdf
import pytest
import typst
from tests.conftest import ROOT
from hypothesis import given
from hypothesis import strategies as st
from sphinx_edition.collation.tagged import Tagged
from sphinx_edition.data.records import Entry, Mention
from sphinx_edition.data.registry import Registry
from sphinx_edition.order import reading_order
from sphinx_edition.print.index import also_known
from sphinx_edition.print.source import string

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tests.conftest import Small
    from sphinx_edition.collation.tagged import Element

WITNESS = [
    re.sub(r' \[\d+\]', '', line)
    for line in (ROOT / 'witness' / 'kravchenko.txt').read_text(encoding='utf-8').splitlines()
    if line
]
NOTES = [line for line in WITNESS if re.match(r'\d\. ', line)]


@pytest.fixture(scope='module')
def pdf(pdf_file: Path) -> Iterable[pikepdf.Pdf]:
    with pikepdf.open(pdf_file) as pdf:
        yield pdf


@pytest.fixture(scope='module')
def book(pdf: pikepdf.Pdf) -> Tagged:
    return Tagged(pdf)


@pytest.fixture(scope='module')
def registry(pdf_file: Path) -> Registry:
    """What the build of the book knew."""
    with (pdf_file.parents[1] / 'doctrees' / 'environment.pickle').open('rb') as file:
        env = pickle.load(file)
    pages = env.domaindata['edition']['pages']
    return Registry(pages[docname] for docname in reading_order(env))


def mark_of(note: Element) -> str:
    """“a”, “4”."""
    return note.find('Lbl')[0].text().rstrip('.')


def test_languages(pdf: pikepdf.Pdf) -> None:
    assert str(pdf.Root.Lang) == 'en'
    assert any(b'/Lang(ru)' in page.Contents.read_bytes() for page in pdf.pages)


def namings(book: Tagged, registry: Registry) -> Iterable[tuple[Mention, Element]]:
    """Each naming in the text and notes, with the link that it became."""
    blocks = [block for block in book.root.children if block.on() and block.on()[0] > 1]
    holders = {f'note-{note.key}': note for note in registry.notes.values()}
    text = iter(block for block in blocks if block.type != 'Note')
    found = {
        passage.id: next(block for block in text if block.text('Lbl') == passage.text)
        for passage in registry.passages.values()
        if passage.id not in holders
    }
    labels = {mark_of(note): note for note in book.root.find('Note')}
    found |= {name: labels[registry.labels[note.key]] for name, note in holders.items()}
    links = {name: iter(block.find('Link')) for name, block in found.items()}
    for mention in registry.marks(Mention):
        if mention.within:
            yield mention, next(x for x in links[mention.within] if x.text('Lbl') == mention.text)


def runs(pages: set[int]) -> str:
    """{9, 10, 12} → “9–10, 12”."""
    groups: list[list[int]] = []
    for page in sorted(pages):
        if groups and page == groups[-1][-1] + 1:
            groups[-1].append(page)
        else:
            groups.append([page])
    return ', '.join(f'{g[0]}–{g[-1]}' if len(g) > 1 else f'{g[0]}' for g in groups)


def test_document_information(pdf: pikepdf.Pdf) -> None:
    info = pdf.docinfo
    assert str(info.Title) == 'Measuring Kravchenko’s Testimony'
    assert str(info.Author) == 'Victor Serge'
    assert 'Forced labor' in str(info.Keywords)
    assert pdf.Root.ViewerPreferences.DisplayDocTitle
    xmp = pdf.open_metadata()
    assert xmp['dc:title'] == str(info.Title)
    assert xmp['pdf:Keywords'] == str(info.Keywords)
    assert 'James M. Fenwick (translator)' in xmp['dc:contributor']
    assert 'The New International XVI/6' in xmp['dc:source']
    assert xmp['dc:rights'].startswith('Notes, registers and data')
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
            'Natalia Sedova',
            'Sedova, Natalia',
            ['Natalia Ivanovna Sedova', 'Natalia Trotsky', 'N.', 'Natalia', 'her mother'],
            ['Trotsky, Natalia', 'N.'],
        ),
        (
            'Koka (Elena Codreanu)',
            'Koka',
            ['Elena Codreanu-Racovski'],
            ['Codreanu-Racovski, Elena'],
        ),
        (
            'Alexandrina Alexandrescu',
            'Alexandrescu, Alexandrina',
            ['Alexandrina Georgievna', 'Pralea, Ileana'],
            ['Alexandrina Georgievna', 'Pralea, Ileana'],
        ),
        ('“Herbert”', 'Herbert', ['Herbert', 'Poet', 'Austrian émigré doctor'], []),
    ],
)
def test_where_the_index_says_see(name: str, sort: str, names: list[str], see: list[str]) -> None:
    entry = Entry('person', 'key', name, sort, 'people', 1)
    known = also_known(entry, names, has_surname=True)
    assert known == see


def test_what_print_does_not_know_is_kept_and_reported(small: Small) -> None:
    small.replace('notes/about.md', '\n\n', '\n\n:::{tip}\nKeep your lint dry.\n:::\n\n')
    build = small.build('typst')
    assert build.status != 0
    assert any(
        re.match(r'notes/about\.md:\d+: .*print has no way to show <tip>', line)
        for line in build.warnings
    )
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
    build = small.build('typst', '-D', 'html_baseurl=https://example.org/serge/')
    assert build.status == 0, build.output
    assert 'They stand at https://example.org/serge/:' in text_of(build.outdir)
    [file] = build.outdir.glob('*.pdf')
    with pikepdf.open(file) as pdf:
        links = [link for page in pdf.pages for link in page.get('/Annots', ())]
        addresses = {str(link.A.URI) for link in links if '/URI' in link.get('/A', {})}
    assert 'https://example.org/serge/registers.csv' in addresses


def text_of(folder: Path) -> str:
    [file] = folder.glob('*.pdf')
    with pikepdf.open(file) as pdf:
        return '\n'.join(block.text() for block in Tagged(pdf).root.children)
