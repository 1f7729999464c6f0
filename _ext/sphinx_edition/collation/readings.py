"""The witness, and what each output says in its place: blocks of words, for `collate` and tests."""

from __future__ import annotations

import posixpath
from typing import TYPE_CHECKING, NamedTuple
from zipfile import ZipFile

import pikepdf
from lxml import etree, html  # type: ignore[import-untyped]

from ..data.text import fold
from .tagged import Element, Tagged

if TYPE_CHECKING:
    from pathlib import Path

    Pages = dict[str, etree._Element]  # name -> tree, in reading order

NAMESPACES = {'t': 'http://www.tei-c.org/ns/1.0', 'o': 'http://www.idpf.org/2007/opf'}
XML_ID = '{http://www.w3.org/XML/1998/namespace}id'
LEAF = '(local-name()="p" or contains(concat(" ", @class, " "), " line "))'
PDF_LEAVES = frozenset('P H1 H2 H3 H4 H5 H6 Title TD TH LBody Caption'.split())
TEI_BLOCKS = (
    '//t:titlePage/* | //t:body//*[self::t:head or self::t:p or self::t:l or self::t:ab or '
    'self::t:dateline or self::t:salute or self::t:signed][not(ancestor::t:note)] | '
    '//t:text//t:note[@type="translator"] | //t:back//t:ab[@type="colophon"]'
)


class Block(NamedTuple):
    """A block of the witness as an output has it; in the PDF it has no id."""

    text: str
    id: str = ''
    place: str = ''  # file and line of its source


def read_witness(folder: Path) -> list[str]:
    """The witness’s blocks, a line each."""
    texts = [file.read_text(encoding='utf-8') for file in sorted(folder.glob('*.txt'))]
    return [line for text in texts for line in text.split('\n') if line.strip()]


def web_pages(folder: Path) -> Pages:
    """The pages of the web edition, in the order of their links to the next."""
    pages: Pages = {}
    name = 'index.html'
    while name and name not in pages:
        pages[name] = html.parse(folder / name, html.HTMLParser(encoding='utf-8')).getroot()
        following = pages[name].xpath('//link[@rel="next"]/@href')
        here = posixpath.dirname(name)
        name = posixpath.normpath(posixpath.join(here, following[0])) if following else ''
    return pages


def book_pages(file: Path) -> Pages:
    """The pages of the e-book, in the order of its spine."""
    with ZipFile(file) as book:
        [opf] = [name for name in book.namelist() if name.endswith('.opf')]
        package = etree.fromstring(book.read(opf))
        names = {
            item.get('id'): item.get('href') for item in package.iterfind('.//o:item', NAMESPACES)
        }
        folder = posixpath.dirname(opf)
        spine = [names[item.get('idref')] for item in package.iterfind('.//o:itemref', NAMESPACES)]
        paths = [posixpath.join(folder, name) for name in spine]
        return {path: etree.fromstring(book.read(path)) for path in paths}


def blocks_of_pages(pages: Pages) -> list[Block]:
    """The elements of class `source`, or the paragraphs within one that has several."""
    elements = (found for tree in pages.values() for found in tree.iter() if is_a('source', found))
    return [
        Block(words(leaf), element.get('id', ''))
        for element in elements
        for leaf in leaves(element)
    ]


def leaves(element: etree._Element) -> list[etree._Element]:
    """The innermost blocks of an element of HTML; itself, if it holds but words."""
    return element.xpath(f'.//*[{LEAF} and not(.//*[{LEAF}])]') or [element]


def blocks_of_tei(root: etree._Element) -> list[Block]:
    """The parts of title page and text, and the translator’s notes, whose number stands in @n."""
    blocks = []
    for element in root.xpath(TEI_BLOCKS, namespaces=NAMESPACES):
        number = f'{element.get("n")}. ' if element.tag.endswith('}note') else ''
        blocks.append(Block(number + words(element), element.get(XML_ID, '')))
    return [block for block in blocks if block.text]


def is_a(name: str, element: etree._Element) -> bool:
    """Whether *element* is of class *name*."""
    return name in element.get('class', '').split()


def words(element: etree._Element) -> str:
    """The witness’s own text of an element of HTML or TEI, with the marks of its own notes."""
    return fold(_words(element)).strip(' ')


def _words(element: etree._Element) -> str:
    name = etree.QName(element).localname if isinstance(element.tag, str) else 'corr'
    mark = element.get('n', '') if name == 'ptr' else ''.join(element.itertext())
    if (name == 'ptr' or is_a('noteref', element)) and mark.isdecimal():
        return f' [{mark}]'
    if name in ('corr', 'supplied') or is_a('apparatus', element):
        return ''
    inner = (f'{_words(child)}{child.tail or ""}' for child in element)
    return f'{element.text or ""}{"".join(inner)}'


def blocks_of_pdf(file: Path) -> list[Block]:
    """What is read aloud: line ends undone, margins left out; all notes come last."""
    with pikepdf.open(file) as pdf:
        parts = [part for part in Tagged(pdf).root.children if isinstance(part, Element)]
    blocks, notes = [], []
    for part in parts:
        if part.type != 'Note':
            blocks += [Block(spoken(leaf)) for leaf in leaves_of_pdf(part)]
        elif (number := part.find('Lbl')[0].text().strip()).rstrip('.').isdecimal():
            note = Block(f'{number} {spoken(part)}', f'note-{number.rstrip(".")}')
            notes.append(note)
    return blocks + notes


def leaves_of_pdf(element: Element) -> list[Element]:
    """The innermost blocks of an element of the structure tree; itself, if it holds but words."""
    inner = [child for child in element.children if isinstance(child, Element)]
    found = [leaf for child in inner for leaf in leaves_of_pdf(child) if leaf.type in PDF_LEAVES]
    return found or [element]


def spoken(element: Element) -> str:
    """The witness’s own text of an element of the PDF."""
    return fold(_spoken(element)).strip(' ')


def _spoken(element: Element) -> str:
    if element.type == 'Lbl':
        mark = element.text().strip()
        return f' [{mark}]' if mark.isdecimal() else ''
    return ''.join(
        child if isinstance(child, str) else _spoken(child) for child in element.children
    )
