"""The printed book: its words, its structure, its index, its bytes."""

from __future__ import annotations

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
from sphinx_edition.collation.readings import read_witness
from sphinx_edition.collation.tagged import Tagged
from sphinx_edition.data.records import Mention
from sphinx_edition.print.index import inverted

from tests.conftest import ROOT
from tests.edition import expectations
from tests.edition.conftest import WITNESS

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sphinx_edition.collation.tagged import Element
    from sphinx_edition.data.registry import Registry

LINES = [re.sub(r' \[\d+\]', '', line) for line in read_witness(WITNESS)]
PARTS = re.findall('^:caption: (.+)$', (ROOT / 'index.md').read_text('utf-8'), re.MULTILINE)
NOTES = [line for line in LINES if re.match(r'\d+\. ', line)]


@pytest.fixture(scope='module')
def pdf(pdf_file: Path) -> Iterable[pikepdf.Pdf]:
    with pikepdf.open(pdf_file) as pdf:
        yield pdf


@pytest.fixture(scope='module')
def book(pdf: pikepdf.Pdf) -> Tagged:
    return Tagged(pdf)


def test_the_witness_is_complete_and_in_order(book: Tagged) -> None:
    """As read aloud: note marks and what stands in the margins apart, line ends undone."""
    blocks = iter([block.text('Lbl') for block in book.root.children if block.type != 'Note'])
    missing = [line for line in LINES if line not in NOTES and line not in blocks]
    assert missing == []
    notes = [f'{note.find("Lbl")[0].text()} {note.text("Lbl")}' for note in book.root.find('Note')]
    assert [note for note in notes if note in NOTES] == NOTES


def test_all_words_are_in_the_structure(book: Tagged) -> None:
    assert [words for page in book.words.values() for words in page.values() if words.strip()] == []


def test_blocks_are_paragraphs_not_loose_words(book: Tagged) -> None:
    types = {block.type for block in book.root.children}
    assert types <= set('Title H1 H2 H3 P Note L Table Figure TOC Div Code'.split())


def test_tables_break_with_three_rows_on_either_side(book: Tagged) -> None:
    assert book.root.find('TFoot') == []
    for table in book.root.find('Table'):
        pages = [row.on()[0] for body in table.find('TBody') for row in body.find('TR')]
        if len(set(pages)) > 1:
            assert len(set(pages[:3])) == len(set(pages[-3:])) == 1
        assert table.find('TH')[0].on()[0] == pages[0]


def test_the_editors_sign_is_for_the_eye(book: Tagged) -> None:
    assert any('◊' in words for page in book.artifacts.values() for words in page)
    assert '◊' not in ''.join(note.text() for note in book.root.find('Note'))


def test_headings_nest(book: Tagged) -> None:
    levels = [int(heading.type[1]) for heading in book.root.find('H1', 'H2', 'H3', 'H4')]
    assert levels[0] == 1
    for before, after in pairwise(levels):
        assert after <= before + 1


def test_notes_are_notes_after_what_cites_them(book: Tagged, registry: Registry) -> None:
    notes = book.root.find('Note')
    assert all(note in book.root.children for note in notes)
    marks = [mark_of(note) for note in notes]
    assert sorted(marks) == sorted(registry.labels.values())
    cited: list[str] = []
    for block in book.root.children:
        if block.type == 'Note':
            assert mark_of(block) in cited
        cited += [mark.text() for mark in block.find('Lbl')[block.type == 'Note' :]]


def mark_of(note: Element) -> str:
    """“a”, “4”."""
    return note.find('Lbl')[0].text().rstrip('.')


def test_links_are_named_and_pictures_described(book: Tagged) -> None:
    for link in book.root.find('Link'):
        assert link.annotations
        for annotation in link.annotations:
            assert str(annotation.Contents)
    for figure in book.root.find('Figure'):
        assert len(str(figure.attributes.Alt)) > 20


def test_namings_lead_to_the_entry(book: Tagged, registry: Registry) -> None:
    blocks = [block for block in book.root.children if block.on()]
    names = [entry.name for page in registry.pages for entry in page.entries]
    heads = {
        name: [block.on()[0] for block in blocks if block.text().startswith(name)] for name in names
    }
    heights: dict[int, dict[str, float]] = {}  # page -> the entry’s name -> how high it leads
    for mention, link in namings(book, registry):
        page, _, _, up, _ = link.annotations[0].Dest
        name = registry.entries[mention.kind, mention.key].name
        assert book.numbers[page.objgen] in heads[name]
        heights.setdefault(book.numbers[page.objgen], {})[name] = float(up)
    assert max(len(leads) for leads in heights.values()) > 1
    for leads in heights.values():  # as in the register: the first is the highest
        order = [name for name in names if name in leads]
        assert order == sorted(leads, key=lambda name: -leads[name])


def test_index_gives_the_pages_where_the_words_stand(
    pdf: pikepdf.Pdf, book: Tagged, registry: Registry
) -> None:
    found: dict[tuple[str, str], set[int]] = {}
    for mention, link in namings(book, registry):
        found.setdefault((mention.kind, mention.key), set()).add(link.on()[-1])
    folios = [page.label for page in pdf.pages]
    blocks = book.root.children
    for page in (page for page in registry.pages if page.is_chapter):  # who wrote it, to whom
        first = next(block for block in blocks if block.text('Lbl') == page.passages[0].text)
        for key in (*page.keys('author'), *page.keys('addressee')):
            found.setdefault(('person', key), set()).add(first.on()[0])
    start = next(n for n, block in enumerate(blocks) if block.text() == 'Index of names')
    scope, *lists = blocks[start + 1 :]
    assert scope.text().startswith('Of the entries in the registers')
    lines = [item.text() for columns in lists for item in columns.find('LI')]
    printed = [line for line in lines if ', see ' not in line]
    wanted = [
        f'{inverted(registry.entries[key])}, {runs(pages, folios)}' for key, pages in found.items()
    ]
    assert sorted(printed) == sorted(wanted)


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


def runs(pages: set[int], folios: list[str]) -> str:
    """Sheet sides {5, 17, 18} → “iii, 9–10”."""
    groups: list[list[int]] = []
    for page in sorted(pages):
        alike = groups and folios[groups[-1][-1] - 1].isdecimal() == folios[page - 1].isdecimal()
        if alike and page == groups[-1][-1] + 1:
            groups[-1].append(page)
        else:
            groups.append([page])
    named = [[folios[page - 1] for page in group] for group in groups]
    return ', '.join(f'{g[0]}–{g[-1]}' if len(g) > 1 else g[0] for g in named)


def test_bookmarks_are_the_units(pdf: pikepdf.Pdf, book: Tagged, registry: Registry) -> None:
    """Those of a part below the part’s, which is no heading."""
    with pdf.open_outline() as outline:
        kept = [item.title for item in outline.root]
        titles = [
            unit.title
            for item in outline.root
            for unit in (item.children if item.title in PARTS else [item])
        ]
    headings = [heading.text() for heading in book.root.find('H1')]
    assert titles == headings
    assert [title for title in kept if title in PARTS] == PARTS
    assert set(titles) >= {page.title for page in registry.pages if 'only' not in page.front}
    assert pdf.Root.PageMode == '/UseOutlines'


def test_page_labels_are_the_folios(pdf: pikepdf.Pdf, book: Tagged) -> None:
    """Roman from the half-title on, then arabic from 1; the cover has none."""
    labels = [page.label for page in pdf.pages]
    first = labels.index('1')
    assert labels[:4] == ['', '', 'i', 'ii']
    assert not any(label.isdecimal() for label in labels[:first])
    assert labels[first:] == [str(n) for n in range(1, len(labels) - first + 1)]
    assert first % 2 == 0, 'page 1 is a right-hand page'
    printed = {n: words for n, words in book.artifacts.items() if any(w.isdecimal() for w in words)}
    assert len(printed) > len(pdf.pages) / 3, 'openings of chapters and blank pages have none'
    assert all(labels[n - 1] in words for n, words in printed.items())


@pytest.mark.slow
def test_conformance(pdf_file: Path, pdf: pikepdf.Pdf) -> None:
    assert pdf.check_pdf_syntax() == []
    for command in (['outloud.cli', '--fail-on', 'warning'], ['pdfua', 'check']):
        tool = [sys.executable, '-m', command[0]]
        run = subprocess.run([*tool, *command[1:], pdf_file], capture_output=True, text=True)
        assert run.returncode == 0, run.stdout + run.stderr


def test_size(pdf_file: Path) -> None:
    assert [path.suffix for path in pdf_file.parent.iterdir()] == ['.pdf']
    with pikepdf.open(pdf_file) as pdf:
        assert pdf_file.stat().st_size <= expectations.PDF_PAGE * len(pdf.pages)


@pytest.mark.slow
def test_typst_takes_less_than_two_seconds(pdf_file: Path) -> None:
    """Of the processor’s time: what the machine does besides is not Typst’s fault."""
    folder = pdf_file.parents[1] / 'doctrees' / 'typst'
    [source] = folder.glob(f'{pdf_file.stem}.typ')
    start = time.process_time()
    typst.compile(source, root=folder, ignore_system_fonts=True, pdf_standards=['ua-1', 'a-2a'])
    assert time.process_time() - start < 2
