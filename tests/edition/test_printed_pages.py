"""The pages of the printed book as they lie before a reader, and as other programs read them."""

from __future__ import annotations

import re
import subprocess
from bisect import bisect
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

import pikepdf
import pymupdf
import pytest
from sphinx_edition.data.records import CERTAINTY

from tests.conftest import ROOT
from tests.ebook import opened
from tests.programs import missing, needed

if TYPE_CHECKING:
    from pathlib import Path

    from lxml import etree

MUCH = 200  # characters
FULL = 5  # lines that a page holds at least, unless something ends on it
EVIDENCE = re.compile('|'.join(CERTAINTY.values()))


class Line(NamedTuple):
    """A line of a page; in a row of a table, all that stands on one height."""

    foot: float  # in points from the top of the page
    text: str


@pytest.fixture(scope='module')
def pages(pdf_file: Path) -> list[list[Line]]:
    """Each page as MuPDF reads it: lines between its head and its folio, from top to bottom."""
    return [lines(page) for page in pymupdf.open(pdf_file)]


def lines(page: pymupdf.Page) -> list[Line]:
    found: dict[int, list[tuple[float, float, str]]] = {}
    for block in page.get_text('dict')['blocks']:
        for line in block.get('lines', ()):
            (x, y), text = line['spans'][0]['origin'], ''.join(s['text'] for s in line['spans'])
            if text.strip() and 0.075 < y / page.rect.height < 0.915:
                near = next((other for other in found if abs(other - y) < 3), round(y))
                found.setdefault(near, []).append((x, y, text))
    return [
        Line(max(y for _, y, _ in parts), ' '.join(text for *_, text in sorted(parts)))
        for _, parts in sorted(found.items())
    ]


@pytest.fixture(scope='module')
def openings(pdf_file: Path) -> list[int]:
    """The pages, from 0, on which something begins that stands in the bookmarks."""
    return sorted({page - 1 for _, _, page in pymupdf.open(pdf_file).get_toc()})


def test_no_page_is_nearly_empty(
    pages: list[list[Line]], pdf_file: Path, openings: list[int]
) -> None:
    """But the last before a page that has no head, for something begins on it; and the very last.

    A page without anything, not even its number, is the back of the last one.
    """
    first = openings[2]  # after title page and contents
    bare = [not page.get_text().strip() for page in pymupdf.open(pdf_file)]
    heads = [head(page) for page in pymupdf.open(pdf_file)]
    poor = []
    for n, (page, next_) in enumerate(pairwise(pages)):
        last = bare[n + 1] or not heads[n + 1]
        if n >= first and not bare[n] and len(page) < (1 if last else FULL):
            poor.append((n + 1, len(page), next_[:1]))
    assert poor == []


def head(page: pymupdf.Page) -> str:
    """What stands above the text of a page."""
    top = pymupdf.Rect(0, 0, page.rect.width, 0.075 * page.rect.height)
    return page.get_text(clip=top).strip()


def test_no_line_begins_with_the_mark_of_a_note(pdf_file: Path) -> None:
    """It stays with the word it is of; marks are raised, and much smaller."""
    torn = [
        (page.number + 1, line['spans'][1]['text'])
        for page in pymupdf.open(pdf_file)
        for block in page.get_text('dict')['blocks']
        for line in block.get('lines', ())
        if len(line['spans']) > 1 and line['spans'][0]['size'] < 0.75 * line['spans'][1]['size']
    ]
    assert torn == []


def test_no_single_line_is_carried_over(pages: list[list[Line]]) -> None:
    """A page does not begin with the last line of an entry’s prose, above what it rests on."""
    carried = [
        (n + 1, page[0].text)
        for n, page in enumerate(pages)
        if len(page) > 1 and EVIDENCE.match(page[1].text) and not EVIDENCE.match(page[0].text)
    ]
    assert carried == []


@pytest.fixture(scope='module')
def tables(pdf_file: Path) -> set[int]:
    """The pages, from 0, that have a rule as wide as half a page: those of tables."""
    return {
        page.number
        for page in pymupdf.open(pdf_file)
        if any(drawn['rect'].width > page.rect.width / 2 for drawn in page.get_drawings())
    }


def test_facing_pages_end_level(
    pages: list[list[Line]], openings: list[int], tables: set[int]
) -> None:
    """Within a line, where both are of running text, and neither the last."""
    heads = {n for page in openings for n in (page, page - 1)} | tables
    uneven = []
    for left in range(1, len(pages) - 1, 2):
        two = pages[left], pages[left + 1]
        if {left, left + 1} & heads or not all(two) or not all(map(is_prose, two)):
            continue
        drop = abs(two[0][-1].foot - two[1][-1].foot)
        uneven += [(left + 1, round(drop))] if drop > 14 else []
    assert uneven == []


def is_prose(page: list[Line]) -> bool:
    """Whether a page is of paragraphs alone: full lines of one measure, none of them a fact."""
    gaps = [after.foot - before.foot for before, after in pairwise(page)]
    return len(page) > 25 and max(gaps) < 26


def test_addresses_are_whole(pages: list[list[Line]]) -> None:
    """None is broken within an escape, and letters are written as letters."""
    texts = [line.text.rstrip() for page in pages for line in page]
    assert [text for text in texts if re.search('%[0-9A-F]?$', text)] == []
    assert [text for text in texts if re.search('%[89A-F][0-9A-F]|xn--', text)] == []


def test_trimmed_pages(pdf_file: Path) -> None:
    with pikepdf.open(pdf_file) as pdf:
        for page in pdf.pages:
            assert list(page.trimbox) == list(page.mediabox)


# the words of the witness


def poppler(pdf: Path) -> str:
    return output(needed('pdftotext'), pdf, '-')


def mupdf(pdf: Path) -> str:
    return ''.join(page.get_text() + '\f' for page in pymupdf.open(pdf))


def pdfjs(pdf: Path) -> str:
    if not (ROOT / 'audit' / 'node_modules' / 'pdfjs-dist').is_dir():
        missing('pdfjs-dist, which `make audit` installs')
    return output(needed('node'), ROOT / 'audit' / 'words.mjs', pdf)


def output(*command: str | Path) -> str:
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout


@pytest.mark.parametrize('extract', [poppler, mupdf, pdfjs], ids=lambda f: f.__name__)
def test_the_words_of_the_witness_come_out_whole(
    pdf_file: Path, epub_file: Path, extract: object
) -> None:
    """No number or correction from the margin stands in them; only the marks of notes do.

    What pages cut is looked for on both, or on all.
    """
    sides = [bare(side) for side in extract(pdf_file).split('\f')]
    torn = [block for block in blocks(epub_file) if not is_in(bare(block), sides)]
    assert torn == []


def blocks(epub: Path) -> list[str]:
    """The innermost blocks of the text with the marks of notes, as the e-book has them."""
    leaf = '[contains(" p li td th div ", concat(" ", local-name(), " "))]'
    found = opened(epub).found('//*[contains(concat(" ", @class, " "), " source ")]')
    return [
        words(inner)
        for _, element in found
        for inner in element.xpath(f'.//*{leaf}[not(.//*{leaf})]') or [element]
    ]


def words(element: etree._Element) -> str:
    """All but what stands in the margin in print, or is said in the e-book alone."""
    classes = element.get('class', '').split()
    if {'number', 'correction', 'column'} & {*classes}:
        return ''
    inner = (words(child) + (child.tail or '') for child in element)
    return (element.text or '') + ''.join(inner)


def bare(text: str) -> str:
    """Letters and signs alone; a soft hyphen, and a hyphen where a line may end, are none."""
    return re.sub(r'[\s\u00ad\ufeff-]+', '', text)


def is_in(block: str, sides: list[str]) -> bool:
    """Whether a block stands on one page, or begins on one and goes on over the next."""
    return any(goes_on(block, sides[n:]) for n, side in enumerate(sides) if block[:1] in side)


def goes_on(block: str, sides: list[str], *, first: bool = True) -> bool:
    """Whether a block stands at the head of *sides*; on a page between others it fills much."""
    if not sides or block in sides[0]:
        return bool(sides)
    cut = bisect(range(len(block)), False, key=lambda n: block[: n + 1] not in sides[0])
    return cut >= (1 if first else MUCH) and goes_on(block[cut:], sides[1:], first=False)
