"""The witness, and what each output says in its place: blocks of words, for `collate` and tests."""

from __future__ import annotations

import posixpath
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import unquote
from zipfile import ZipFile

import pikepdf
from lxml import etree, html  # type: ignore[import-untyped]

from ..data.text import fold
from .tagged import Element, Tagged

if TYPE_CHECKING:
    from collections.abc import Container, Sequence
    from pathlib import Path

    Pages = dict[str, etree._Element]  # name -> tree, in reading order

NAMESPACES = {'t': 'http://www.tei-c.org/ns/1.0', 'o': 'http://www.idpf.org/2007/opf'}
XML_ID = '{http://www.w3.org/XML/1998/namespace}id'
LEAF = (
    '((local-name()="p" or local-name()="td" or local-name()="th" or '
    'contains(concat(" ", @class, " "), " line ")) and not('
    'ancestor-or-self::*[contains(concat(" ", @class, " "), " apparatus ")]))'
)
PDF_LEAVES = frozenset('P H1 H2 H3 H4 H5 H6 Title TD TH LBody Caption'.split())
TEI_LEAVES = frozenset(
    'titlePart docAuthor docImprint byline head p ab l item cell bibl dateline salute signed '
    'address'.split()
)
# what of TEI is the witness’s: text, title page and its notes; not what the editors say there,
# and not their pages, which may stand among the chapters
TEI_TEXT = (
    '//t:titlePage//* | //t:note[@subtype="witness"]//* | //t:ab[@type="colophon"] | //t:body//*'
    '[not(ancestor-or-self::t:div[@type="editorial" or @type="notes"])]'
)


class Block(NamedTuple):
    """A block of the witness as an output has it; in the PDF it has no id."""

    text: str
    id: str = ''
    place: str = ''  # file and line of its source


UNMARKED = 'unmarked.txt'  # beside the witness: words of it that name nobody


def read_witness(folder: Path, pages: Sequence[str] = ()) -> list[str]:
    """The witness’s blocks, a line each.

    A file that is named like one of *pages* stands in their order; any other before them.
    """
    places = {posixpath.basename(page): n for n, page in enumerate(pages)}
    files = [file for file in folder.glob('*.txt') if file.name != UNMARKED]
    files.sort(key=lambda file: (places.get(file.stem, -1), file.name))
    texts = [file.read_text(encoding='utf-8-sig') for file in files]
    return [line for text in texts for line in text.split('\n') if line.strip()]


def web_pages(folder: Path) -> Pages:
    """The pages of the web edition, in the order of their links to the next."""
    pages: Pages = {}
    name = 'index.html'
    while name and name not in pages:
        pages[name] = html.parse(folder / name, html.HTMLParser(encoding='utf-8')).getroot()
        following = pages[name].xpath('//link[@rel="next"]/@href')
        here = posixpath.dirname(name)
        name = posixpath.normpath(posixpath.join(here, unquote(following[0]))) if following else ''
    return pages


def book_pages(file: Path) -> Pages:
    """The pages of the e-book, in the order of its spine."""
    with ZipFile(file) as book:
        [opf] = [name for name in book.namelist() if name.endswith('.opf')]
        package = etree.fromstring(book.read(opf))
        names = {
            item.get('id'): unquote(item.get('href'))
            for item in package.iterfind('.//o:item', NAMESPACES)
        }
        folder = posixpath.dirname(opf)
        spine = [names[item.get('idref')] for item in package.iterfind('.//o:itemref', NAMESPACES)]
        paths = [posixpath.join(folder, name) for name in spine]
        return {path: etree.fromstring(book.read(path)) for path in paths}


def blocks_of_pages(pages: Pages) -> list[Block]:
    """The elements of class `source`, or the paragraphs within one that has several."""
    elements = (found for tree in pages.values() for found in tree.iter() if is_a('source', found))
    blocks = (
        Block(words(leaf), element.get('id', ''))
        for element in elements
        for leaf in leaves(element)
    )
    return [block for block in blocks if block.text]


def words_of_ours(pages: Pages) -> set[str]:
    """The headings, paragraphs and buttons of the web edition that are the editors’."""
    names = 'h1', 'h2', 'h3', 'p', 'button'
    blocks = (found for tree in pages.values() for found in tree.iter(*names))
    return {
        fold(''.join(block.itertext())).strip(' ')
        for block in blocks
        if not any(is_a('source', around) for around in (block, *block.iterancestors()))
    }


def leaves(element: etree._Element) -> list[etree._Element]:
    """The innermost blocks of an element of HTML; itself, if it holds but words."""
    return element.xpath(f'.//*[{LEAF} and not(.//*[{LEAF}])]') or [element]


def blocks_of_tei(root: etree._Element) -> list[Block]:
    """The innermost blocks of the text; a note of the witness begins with its label, from @n."""
    blocks, opened = [], set()
    for element in root.xpath(TEI_TEXT, namespaces=NAMESPACES):
        inner = (etree.QName(e).localname for e in element.iterdescendants(etree.Element))
        if etree.QName(element).localname not in TEI_LEAVES or TEI_LEAVES & set(inner):
            continue
        if any(note.get('type') == 'editorial' for note in element.iterancestors('{*}note')):
            continue
        block, label = identified(element), ''
        notes = [e for e in block.iterancestors() if etree.QName(e).localname == 'note']
        notes += [block] if etree.QName(block).localname == 'note' else []
        if any(note.get('subtype') != 'witness' for note in notes):
            continue
        if notes and notes[0] not in opened:
            opened.add(notes[0])
            label = f'{notes[0].get("n")}. ' if notes[0].get('n') else ''
        blocks.append(Block(label + words(element), block.get(XML_ID, '')))
    return [block for block in blocks if block.text]


def identified(element: etree._Element) -> etree._Element:
    """*element*, or what it stands in that has an id."""
    while element.get(XML_ID) is None and element.getparent() is not None:
        element = element.getparent()
    return element


def is_a(name: str, element: etree._Element) -> bool:
    """Whether *element* is of class *name*."""
    return name in element.get('class', '').split()


def words(element: etree._Element) -> str:
    """The witness’s own text of an element of HTML or TEI, with the marks of its own notes."""
    return fold(_words(element)).strip(' ')


def _words(element: etree._Element) -> str:
    name = etree.QName(element).localname if isinstance(element.tag, str) else 'corr'
    if name == 'ref' and element.get('type') == 'note':
        return f' [{element.get("n")}]' if element.get('subtype') == 'witness' else ''
    if is_a('noteref', element) and is_a('witness', element):
        return f' [{"".join(element.itertext())}]'
    if name in ('corr', 'supplied') or is_a('apparatus', element):
        return ''
    inner = (f'{_words(child)}{child.tail or ""}' for child in element)
    return f'{element.text or ""}{"".join(inner)}'


def blocks_of_pdf(file: Path) -> list[Block]:
    """What is read aloud: line ends undone, margins left out; all notes come last.

    The label of a note of the witness ends with a full stop, and no note of the editors has it.
    Behind it may be told whose note it is.
    """
    with pikepdf.open(file) as pdf:
        root = Tagged(pdf).root
    found = [(note.find('Lbl')[0].text().split(), note) for note in root.find('Note')]
    notes = [(label[0].removesuffix('.'), note) for label, note in found if label[0][-1] == '.']
    labels = {label for label, _ in notes}
    text = [Block(spoken(leaf, labels)) for leaf in leaves_of_pdf(root, 'Note')]
    for label, note in notes:
        said = [spoken(leaf, labels) for leaf in leaves_of_pdf(note)]
        first, *rest = filter(None, said)
        text += [Block(line, f'note-{label}') for line in (f'{label}. {first}', *rest)]
    return [block for block in text if block.text]


def leaves_of_pdf(element: Element, without: str = '') -> list[Element]:
    """The innermost blocks of an element of the structure tree; itself, if it holds but words."""
    inner = [c for c in element.children if isinstance(c, Element) and c.type != without]
    held = [leaf for child in inner for leaf in leaves_of_pdf(child, without)]
    return [leaf for leaf in held if leaf.type in PDF_LEAVES] or [element]


def spoken(element: Element, labels: Container[str]) -> str:
    """The witness’s own text of an element of the PDF, with the marks of its notes, *labels*."""
    return fold(_spoken(element, labels)).strip(' ')


def _spoken(element: Element, labels: Container[str]) -> str:
    if element.type == 'Lbl':
        mark = element.text().strip()
        return f' [{mark}]' if mark in labels else ''
    return ''.join(
        child if isinstance(child, str) else _spoken(child, labels)
        for child in element.children
        if isinstance(child, str) or child.type != 'Note'
    )
