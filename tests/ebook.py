"""What both halves read from an e-book."""

from __future__ import annotations

import re
import zipfile
from typing import TYPE_CHECKING, NamedTuple

from lxml import etree

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

NS = {
    'h': 'http://www.w3.org/1999/xhtml',
    'opf': 'http://www.idpf.org/2007/opf',
    'dc': 'http://purl.org/dc/elements/1.1/',
    'epub': 'http://www.idpf.org/2007/ops',
    'ncx': 'http://www.daisy.org/z3986/2005/ncx/',
}
TYPE = f'{{{NS["epub"]}}}type'
LANG = '{http://www.w3.org/XML/1998/namespace}lang'


class Book(NamedTuple):
    """An e-book: its files as bytes, in the order of the archive."""

    files: dict[str, bytes]

    def tree(self, name: str) -> etree._Element:
        return etree.fromstring(self.files[name])

    @property
    def package(self) -> etree._Element:
        return self.tree('content.opf')

    def spine(self) -> list[str]:
        hrefs = {
            item.get('id'): item.get('href') for item in self.package.iterfind('.//opf:item', NS)
        }
        return [hrefs[ref.get('idref')] for ref in self.package.iterfind('.//opf:itemref', NS)]

    def found(self, path: str) -> Iterator[tuple[str, etree._Element]]:
        """What an XPath finds in the pages, each with the page."""
        for name in self.spine():
            for element in self.tree(name).xpath(path, namespaces=NS):
                yield name, element


def opened(file: Path) -> Book:
    with zipfile.ZipFile(file) as archive:
        return Book({name: archive.read(name) for name in archive.namelist()})


def words(element: etree._Element) -> str:
    return ' '.join(''.join(element.itertext()).split())


# what a book may claim of itself -> that it is so
CLAIMS: dict[str, Callable[[Book], bool]] = {
    'alternativeText': lambda book: all(
        picture.get('alt') or picture.get('aria-label') or picture.get('aria-hidden')
        for _, picture in book.found('//h:img | //*[local-name() = "svg"]')
    ),
    'displayTransformability': lambda book: (
        not list(book.found('//h:*[@style]'))
        and not re.search(rb'[\d.](px|pt|cm|mm)\b', styles(book))
        and b'rendition:' not in book.files['content.opf']
    ),
    'index': lambda book: bool(nav(book, 'landmarks', '[@epub:type="index"]')),
    'pageBreakMarkers': lambda book: bool(list(book.found('//*[@epub:type="pagebreak"]'))),
    'pageNavigation': lambda book: bool(nav(book, 'page-list')),
    'readingOrder': lambda book: len(book.spine()) == len({*book.spine()}) > 1,
    'structuralNavigation': lambda book: (
        not list(book.found('//h:section[@id and not(.//h:h1|.//h:h2|.//h:h3)]'))
    ),
    'tableOfContents': lambda book: bool(nav(book, 'toc')),
    'unlocked': lambda book: 'META-INF/encryption.xml' not in book.files,
}


def styles(book: Book) -> bytes:
    return b''.join(data for name, data in book.files.items() if name.endswith('.css'))


def nav(book: Book, kind: str, which: str = '') -> list[etree._Element]:
    path = f'//h:nav[@epub:type="{kind}"]//h:a{which}'
    return book.tree('nav.xhtml').xpath(path, namespaces=NS)


def claimed(book: Book) -> list[str]:
    """The features for which a book says that it can be read by all."""
    metas = book.package.iterfind('.//opf:meta', NS)
    return [words(m) for m in metas if m.get('property') == 'schema:accessibilityFeature']


def true_claims(book: Book) -> list[str]:
    return [claim for claim, holds in CLAIMS.items() if holds(book)]
