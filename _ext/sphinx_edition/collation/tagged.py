"""Reads a PDF as a screen reader does: the elements of its structure tree, and their words."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import pikepdf
from pikepdf import Array, Dictionary, Name

if TYPE_CHECKING:
    from collections.abc import Iterator


@dataclass
class Element:
    """An element of the structure tree; words are strings among its children."""

    type: str
    attributes: Any
    children: list[Element | str] = field(default_factory=list)
    pages: list[int] = field(default_factory=list)  # on which its own words stand, from 1
    annotations: list[Any] = field(default_factory=list)

    def walk(self) -> Iterator[Element]:
        yield self
        for child in self.children:
            if isinstance(child, Element):
                yield from child.walk()

    def find(self, *types: str) -> list[Element]:
        return [element for element in self.walk() if element.type in types]

    def text(self, *without: str) -> str:
        """All words, in the order of reading, but for those in elements *without*."""
        return ''.join(
            child if isinstance(child, str) else child.text(*without)
            for child in self.children
            if isinstance(child, str) or child.type not in without
        )

    def on(self) -> list[int]:
        """The pages of all words within, in the order of reading."""
        return sorted({page for element in self.walk() for page in element.pages})


class Tagged:
    """The structure tree of a PDF, and what stands outside of it."""

    def __init__(self, pdf: pikepdf.Pdf) -> None:
        self.numbers: dict[Any, int] = {page.objgen: n for n, page in enumerate(pdf.pages, start=1)}
        self.words: dict[int, dict[int, str]] = {}  # page -> number of marked content -> words
        self.artifacts: dict[int, list[str]] = {}  # page -> words outside of the structure
        for n, page in enumerate(pdf.pages, start=1):
            self.words[n], self.artifacts[n] = words_of(page)
        [root] = kids(pdf.Root.StructTreeRoot)
        self.root = self.element(root, None)

    def element(self, node: Any, page: Any) -> Element:
        page = node.get('/Pg', page)
        element = Element(str(node.S)[1:], node)
        for kid in kids(node):
            if isinstance(kid, Dictionary) and '/S' in kid:
                element.children.append(self.element(kid, page))
            elif isinstance(kid, Dictionary) and kid.Type == Name.OBJR:
                element.annotations.append(kid.Obj)
            else:
                place = kid.get('/Pg', page) if isinstance(kid, Dictionary) else page
                number = self.numbers[place.objgen]
                mcid = int(kid.MCID if isinstance(kid, Dictionary) else kid)
                element.children.append(self.words[number].pop(mcid))
                element.pages.append(number)
        return element


def kids(node: Any) -> list[Any]:
    """What stands in an element, also if it is but one."""
    found = node.get('/K', Array())
    return list(found) if isinstance(found, Array) else [found]


def words_of(page: pikepdf.Page) -> tuple[dict[int, str], list[str]]:
    """The words of each marked content, and those of each artifact."""
    fonts = {
        str(name): codes(font.ToUnicode.read_bytes().decode('latin-1'))
        for name, font in page.resources.get('/Font', Dictionary()).items()
    }
    marked: dict[int, str] = defaultdict(str)
    artifacts: list[str] = []
    open_: list[tuple[int | None, bool, bool]] = []  # number; an artifact; spelt otherwise
    font: dict[int, str] = {}
    for instruction in pikepdf.parse_content_stream(page):
        operands: Any = instruction.operands
        operator = instruction.operator
        match str(operator):
            case 'BDC' | 'BMC':
                given: Any = operands[1] if len(operands) > 1 else Dictionary()
                is_artifact = operands[0] == Name.Artifact
                open_.append((given.get('/MCID'), is_artifact, '/ActualText' in given))
                # a hyphen at the end of a line is spelt as a soft one
                words = str(given.get('/ActualText', '')).replace('\u00ad', '')
                if is_artifact:
                    artifacts.append(words)
                elif any(is_artifact for _, is_artifact, _ in open_):
                    artifacts[-1] += words
                else:
                    marked[number(open_)] += words
            case 'EMC':
                open_.pop()
            case 'Tf':
                font = fonts[str(operands[0])]
            case 'Tj' | 'TJ':
                strings = operands[0] if operator == pikepdf.Operator('TJ') else operands
                data = b''.join(bytes(s) for s in strings if isinstance(s, pikepdf.String))
                pairs = zip(data[::2], data[1::2], strict=True)
                text = ''.join(font[high * 256 + low] for high, low in pairs).replace('\u00ad', '')
                if any(spelt for _, _, spelt in open_):
                    continue
                if any(is_artifact for _, is_artifact, _ in open_):
                    artifacts[-1] += text
                else:
                    marked[number(open_)] += text
    return marked, artifacts


def number(open_: list[tuple[int | None, bool, bool]]) -> int:
    """The number of the innermost marked content that has one."""
    return next(int(n) for n, _, _ in reversed(open_) if n is not None)


def codes(cmap: str) -> dict[int, str]:
    """Code -> characters, of a ToUnicode map."""

    def characters(digits: str) -> str:
        return bytes.fromhex(digits).decode('utf-16-be')

    found = {}
    for block in re.findall(r'beginbfchar(.*?)endbfchar', cmap, re.DOTALL):
        for code, digits in re.findall(r'<(\w+)>\s*<(\w+)>', block):
            found[int(code, 16)] = characters(digits)
    for block in re.findall(r'beginbfrange(.*?)endbfrange', cmap, re.DOTALL):
        for first, last, digits in re.findall(r'<(\w+)>\s*<(\w+)>\s*<(\w+)>', block):
            for n in range(int(first, 16), int(last, 16) + 1):
                text = characters(digits)
                found[n] = text[:-1] + chr(ord(text[-1]) + n - int(first, 16))
    return found
