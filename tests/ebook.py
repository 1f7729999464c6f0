"""What both halves read from an e-book."""

from __future__ import annotations

import zipfile
from typing import TYPE_CHECKING, NamedTuple

from lxml import etree

if TYPE_CHECKING:
    from collections.abc import Iterator
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
