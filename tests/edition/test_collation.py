"""The collation: nothing can happen to a block of the witness that it does not tell."""

from __future__ import annotations

import random
import re
import shutil
from collections import defaultdict
from copy import deepcopy
from typing import TYPE_CHECKING

import pytest
from lxml import etree
from sphinx_edition.collation.__main__ import collate, collate_pdf, main, placed, sources
from sphinx_edition.collation.readings import (
    XML_ID,
    Block,
    blocks_of_pages,
    blocks_of_pdf,
    blocks_of_tei,
    book_pages,
    web_pages,
    words_of_ours,
)

from tests.conftest import ROOT, run_sphinx
from tests.edition.conftest import CHAPTERS, LINES, front

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    Parts = list[str]

MANY = 250  # times that each output is spoilt


# ways to spoil a list: of characters, of words, of blocks


def drop(chance: random.Random, parts: Parts) -> None:
    del parts[chance.randrange(len(parts))]


def double(chance: random.Random, parts: Parts) -> None:
    n = chance.randrange(len(parts))
    parts.insert(n, deepcopy(parts[n]))


def swap(chance: random.Random, parts: Parts) -> None:
    n, m = chance.randrange(len(parts)), chance.randrange(len(parts))
    parts[n], parts[m] = parts[m], parts[n]


def change(chance: random.Random, parts: Parts) -> None:
    parts[chance.randrange(len(parts))] = chance.choice([*'aeiou ,.’“–é\u00a0', 'and', 'not'])


def spoil_words(chance: random.Random, text: str) -> str:
    """Spoil one character or word."""
    separator = chance.choice(['', ' '])
    parts = text.split(separator) if separator else list(text)
    chance.choice([drop, double, swap, change])(chance, parts)
    return separator.join(parts)


# what was built


@pytest.fixture(scope='module')
def witness(html: Path) -> list[Block]:
    places = sources(html.parent / 'doctrees')
    web = [block._replace(place=places[block.id]) for block in blocks_of_pages(web_pages(html))]
    return placed(LINES, web)


def web(path: Path) -> dict[str, etree._Element]:
    return web_pages(path.parent)


def tei(path: Path) -> dict[str, etree._Element]:
    return {'': etree.parse(path).getroot()}


def blocks_of_encoded(pages: dict[str, etree._Element]) -> list[Block]:
    return blocks_of_tei(pages[''])


OUTPUTS = {
    'html': (web, blocks_of_pages),
    'epub_file': (book_pages, blocks_of_pages),
    'tei_file': (tei, blocks_of_encoded),
}


@pytest.fixture(params=OUTPUTS)
def output(request: pytest.FixtureRequest) -> tuple:
    """What was built, read once; how blocks are read from it."""
    path = request.getfixturevalue(request.param)
    pages, read = OUTPUTS[request.param]
    return pages(path / 'index.html' if path.is_dir() else path), read


def test_every_output_is_the_witness(witness: list[Block], output: tuple) -> None:
    pages, read = output
    assert collate(witness, read(pages)) == []


def test_print_is_the_witness(witness: list[Block], pdf_file: Path, html: Path) -> None:
    ours = words_of_ours(web(html / 'index.html'))
    assert collate_pdf(witness, blocks_of_pdf(pdf_file), ours) == []


def test_every_block_is_found_in_its_source(witness: list[Block]) -> None:
    """Between the line that is told and the next one of which some block is told."""
    places: dict[str, set[int]] = defaultdict(set)
    for block in witness:
        name, _, line = block.place.partition(':')
        places[name].add(int(line))
    for block in witness:
        name, _, line = block.place.partition(':')
        after = [other for other in places[name] if other > int(line)]
        written = (ROOT / name).read_text(encoding='utf-8').splitlines()
        lines = written[int(line) - 1 : min(after, default=len(written) + 1) - 1]
        first, *_ = re.findall(r'\w{3,}', block.text) or re.findall(r'\w+', block.text)
        assert first in ' '.join(lines), block


# spoiling it


def words_of(element: etree._Element) -> list[etree._ElementUnicodeResult]:
    """The witness’s words of a block: found by a path, not as the tool finds them."""
    return [
        text
        for text in element.xpath(
            './/text()[not(ancestor::*[contains(@class, "apparatus")] or '
            'ancestor::*[local-name()="corr" or local-name()="supplied" or @type="note"])]'
        )
        if text.strip()
    ]


def whole(element: etree._Element) -> str:
    """All of them; runs of spaces are one."""
    return re.sub('[ \n]+', ' ', ''.join(words_of(element))).strip(' ')


def spoil_one(chance: random.Random, blocks: list[etree._Element]) -> bool:
    """Spoil a character or word where it stands in the tree; tell if that changed anything."""
    block = chance.choice(blocks)
    before = whole(block)
    text = chance.choice(words_of(block))
    spoilt = spoil_words(chance, str(text))
    if text.is_tail:
        text.getparent().tail = spoilt
    else:
        text.getparent().text = spoilt
    return whole(block) != before


def spoil_blocks(chance: random.Random, blocks: list[etree._Element]) -> bool:
    """Drop, double or swap whole blocks."""
    one, other = chance.sample(blocks, 2)
    if whole(one) == whole(other):
        return False
    match chance.randrange(3):
        case 0:
            one.getparent().remove(one)
        case 1:
            one.addnext(deepcopy(one))
        case 2:
            place = etree.Element('place')
            one.getparent().replace(one, place)
            other.getparent().replace(other, one)
            place.getparent().replace(place, other)
    return True


@pytest.mark.slow
def test_nothing_spoilt_escapes(witness: list[Block], output: tuple) -> None:
    """One character, word or block of what was built is changed, dropped, doubled or swapped."""
    built, read = output
    ids = {block.id for block in witness}
    chance = random.Random(len(built))
    spoilt, escaped = 0, []
    while spoilt < MANY:
        pages = deepcopy(built)
        blocks = [
            element
            for tree in pages.values()
            for element in tree.iter(etree.Element)
            if (element.get('id') or element.get(XML_ID)) in ids and words_of(element)
        ]
        spoil = chance.choice([spoil_one, spoil_one, spoil_one, spoil_blocks])
        if spoil(chance, blocks):
            spoilt += 1
            after = read(pages)
            if not collate(witness, after):
                escaped.append([block.text for block in after])
    assert escaped == []


@pytest.mark.slow
def test_nothing_spoilt_in_print_escapes(witness: list[Block], pdf_file: Path) -> None:
    """The same with what is read aloud, in chapters: a PDF holds no tree of words to spoil."""
    built = blocks_of_pdf(pdf_file)
    texts = {block.text for block in witness if block.place.startswith('chapters/')}
    paragraphs = {b.text for b in witness if b.text in texts and re.search(r'-\d+$', b.id)}
    numbered = [n for n, block in enumerate(built) if block.text in paragraphs]
    first, last = numbered[0], numbered[-1]
    chapters = [n for n in range(first, last + 1) if built[n].text in texts]
    chance = random.Random(0)
    escaped = []
    for _ in range(MANY // 3):
        blocks = list(built)
        n, m = chance.sample(chapters, 2)
        match chance.randrange(6):
            case 0:
                del blocks[n]
            case 1:
                blocks.insert(n, blocks[n])
            case 2:
                blocks[n], blocks[m] = blocks[m], blocks[n]
            case _:
                while (text := spoil_words(chance, built[n].text)) == built[n].text:
                    pass
                blocks[n] = built[n]._replace(text=text)
        if not collate_pdf(witness, blocks):
            escaped.append([n, m, blocks[n].text])
    assert escaped == []


# spoiling the sources

COPIED = ('conf.py', 'index.md', 'CHANGELOG.md', 'chapters', 'notes', 'witness', '_ext', '_static')


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """The edition, to be spoilt."""
    for name in COPIED:
        source = ROOT / name
        take = shutil.copytree if source.is_dir() else shutil.copy
        take(source, tmp_path / name)
    return tmp_path


@pytest.mark.slow
def test_a_spoilt_source_is_found(
    copy: Path, html: Path, epub_file: Path, pdf_file: Path, tei_file: Path, capsys: Callable
) -> None:
    """Each word is put into a chapter, the pages are built, and the tool is run as editors do."""
    build = copy / '_build'
    for file, name in ((epub_file, 'epub'), (pdf_file, 'pdf'), (tei_file, 'tei')):
        (build / name).mkdir(parents=True)
        shutil.copy(file, build / name)
    chance = random.Random(1)
    for _ in range(4):
        chapter = chance.choice(CHAPTERS)
        path = copy / f'{chapter}.md'
        sound = path.read_text(encoding='utf-8')
        words = list(re.finditer(r'(?<= )[a-z]{4,}(?= [a-z])', sound))
        word = chance.choice(words)
        path.write_text(f'{sound[: word.start()]}Boo{sound[word.end() :]}', encoding='utf-8')
        assert run_sphinx(copy, 'html', build).status == 0
        capsys.readouterr()
        assert main([str(copy / 'witness'), str(build)]) == 1
        printed = capsys.readouterr().out
        path.write_text(sound, encoding='utf-8')
        place = rf'^{chapter}\.md:(\d+): html: {front(chapter)["siglum"]}-\d+ differs$'
        [line] = re.findall(place, printed, re.MULTILINE)
        paragraph, _, _ = '\n'.join(sound.split('\n')[int(line) - 1 :]).partition('\n\n')
        assert word[0] in paragraph
        assert '1 difference' in printed
