"""What every TEI file needs: elements, ids, dating attributes, a layout that adds no space."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from docutils.nodes import Node

    Content = list[ET.Element | str]

TEI = 'http://www.tei-c.org/ns/1.0'
XML = 'http://www.w3.org/XML/1998/namespace'
EDITORS = 'editors'  # xml:id of those who made this edition
MARK = '_mark'  # xml:id of how the mark of a note looks
# elements that hold running text: no line may be broken in them
RUNNING = frozenset(
    'p head ab l cell item label titlePart docAuthor docImprint byline dateline salute signed '
    'title author editor publisher persName placeName orgName term desc'.split()
)


NO_XML = re.compile('[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]')  # not a Char in XML 1.0


def el(tag: str, *content: ET.Element | str | None, **attributes: str) -> ET.Element:
    """An element of TEI; empty attributes and None are left out; ``xml_id`` is ``xml:id``."""
    names = {name: re.sub('^xml_', f'{{{XML}}}', name) for name in attributes}
    element = ET.Element(
        f'{{{TEI}}}{tag}', {names[name]: value for name, value in attributes.items() if value}
    )
    for part in content:
        part = NO_XML.sub('\ufffd', part) if isinstance(part, str) else part
        if isinstance(part, ET.Element):
            element.append(part)
        elif part and len(element):
            element[-1].tail = (element[-1].tail or '') + part
        elif part:
            element.text = (element.text or '') + part
    return element


def renamed(part: ET.Element | str, tag: str) -> ET.Element | str:
    """A paragraph under another name; anything else as it is."""
    if isinstance(part, ET.Element) and part.tag == f'{{{TEI}}}p':
        part.tag = f'{{{TEI}}}{tag}'
    return part


def is_head(part: ET.Element | str) -> bool:
    """Whether *part* is a heading."""
    return isinstance(part, ET.Element) and part.tag == f'{{{TEI}}}head'


def split(content: Content) -> list[Content]:
    """*content* in lines, which end at its line breaks; a break within an element stays there."""
    lines: list[Content] = [[]]
    for part in content:
        if isinstance(part, ET.Element) and part.tag == f'{{{TEI}}}lb':
            lines[-1] = [*lines[-1][:-1], *([last] if (last := lines[-1][-1]) != '\n' else [])]
            lines.append([])
        else:
            lines[-1].append(part)
    return lines


# what a name in XML may not hold, and what it may not begin with
NO_NAME = re.compile(
    '[^-.0-9A-Z_a-z\u00b7\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u037d\u037f-\u1fff\u200c\u200d\u203f'
    '\u2040\u2070-\u218f\u2c00-\u2fef\u3001-\ud7ff\uf900-\ufdcf\ufdf0-\ufffd\U00010000-\U000effff]'
)
NO_START = re.compile('[-.0-9\u00b7\u0300-\u036f\u203f\u2040]')


def xml_name(name: str) -> str:
    """*name* as an xml:id, with “-” for all that cannot stand in one.

    >>> xml_name('chapters/day 3-fog'), xml_name('1871')
    ('chapters-day-3-fog', '_1871')
    """
    plain = NO_NAME.sub('-', name)
    return f'_{plain}' if NO_START.match(plain) or not plain else plain


class Ids:
    """The xml:ids of HTML ids: an HTML id is unique in its page, an xml:id in all."""

    def __init__(self, first: Iterable[tuple[str, str]]) -> None:
        """*first* are the addresses, (docname, id), that are sure to keep their id."""
        self.names = {(docname, name): xml_name(name) for docname, name in first}
        self.taken = {EDITORS, *self.names.values()}
        self.defined: set[str] = set()
        self.links: dict[str, Node] = {}  # xml:id -> a node that points to it

    def xml_id(self, docname: str, name: str) -> str:
        """The same as the HTML id; or after its document’s name, if that is taken."""
        if (docname, name) not in self.names:
            plain = xml_name(name)
            if plain in self.taken:
                plain = xml_name(f'{docname}-{name}')
            while plain in self.taken:  # a/b and a-b
                plain += '_'
            self.names[docname, name] = plain
            self.taken.add(plain)
        return self.names[docname, name]

    def define(self, docname: str, name: str) -> str:
        """The xml:id of something that is written now."""
        self.defined.add(self.xml_id(docname, name))
        return self.xml_id(docname, name)

    def pointer(self, docname: str, name: str, node: Node) -> str:
        """The value of an attribute that points there from *node*."""
        self.links.setdefault(self.xml_id(docname, name), node)
        return f'#{self.xml_id(docname, name)}'

    def dangling(self) -> dict[str, Node]:
        """What is pointed to and was never written."""
        return {name: node for name, node in self.links.items() if name not in self.defined}


def write(root: ET.Element, path: Path) -> None:
    """Write *root* as a file, a line an element as far as running text."""
    ET.register_namespace('', TEI)
    _indent(root, '\n')
    ET.ElementTree(root).write(path, encoding='utf-8', xml_declaration=True)


def _indent(element: ET.Element, line: str) -> None:
    inner = f'{line}  '
    if not len(element) or element.tag.rpartition('}')[2] in RUNNING:
        return
    if element.text or any(child.tail for child in element):
        return
    element.text = inner
    for child in element:
        _indent(child, inner)
        child.tail = inner
    element[-1].tail = line
