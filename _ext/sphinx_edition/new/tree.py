"""A page of HTML, tidy or not, as a row of plain blocks: every word once, in the page's order."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from lxml import etree, html  # type: ignore[import-untyped]

from .decoding import clean
from .model import EM, LANGUAGE, STRONG, SUB, SUP, Break, PageBreak, Run
from .nodes import HEADINGS, Anchor, Grid, Group, Image, Lines, Link, Raw, Rule, said
from .reporting import Refusal
from .tables import grid, stray_words

if TYPE_CHECKING:
    from collections.abc import Iterable

    from .nodes import Item, Node
    from .reporting import Report

BLOCKS = frozenset(
    'p div center address section article main header footer aside nav figure figcaption caption '
    'form fieldset legend dl dt dd dir menu li td th tr tbody thead tfoot body html noframes '
    'details summary hgroup multicol layer frameset noscript'.split()
) | set(HEADINGS)
DROPPED = frozenset(
    'script style head title template iframe object embed applet select textarea button input '
    'option svg math audio video canvas map link meta base frame'.split()
)
SILENT = frozenset('script style head title template link meta base map input'.split())
SET_OFF = {
    'em': EM, 'i': EM, 'cite': EM, 'var': EM, 'dfn': EM, 'strong': STRONG, 'b': STRONG,
    'sup': SUP, 'sub': SUB, 'u': 'underline', 'ins': 'underline',
}  # fmt: skip
STYLED = (
    (re.compile(r'font-style\s*:\s*(italic|oblique)'), EM),
    (re.compile(r'font-weight\s*:\s*(bold|[6-9]00)'), STRONG),
    (re.compile(r'text-decoration[\w-]*\s*:\s*underline'), 'underline'),
    (re.compile(r'font-variant[\w-]*\s*:\s*small-caps'), 'small-caps'),
    (re.compile(r'letter-spacing\s*:\s*0*[.1-9]'), 'letter-spaced'),
)
PAGE_CLASSES = frozenset('page pagenumber pagenum pageno pagebreak page-number pb'.split())
PAGE_NUMBER = re.compile(r'\[?\(?\s*(?:p(?:age|g?\.?)\s*)?([0-9]{1,4}|[ivxlc]{1,7})\s*\)?\]?', re.I)
CONTROL = re.compile('[\x00-\x08\x0b\x0e-\x1f\ufffe\uffff]')
DECLARATION = re.compile(r'\s*<\?xml[^>]*>')
DEPTH = 200  # elements within elements; more is no page


def read(text: str, name: str, report: Report) -> tuple[etree._Element, list[Node]]:
    """The root of a page, and its blocks."""
    text = DECLARATION.sub('', CONTROL.sub(' ', text), count=1)
    parser = html.HTMLParser(encoding='utf-8', huge_tree=True, remove_pis=True)
    try:
        root = html.document_fromstring(text.encode('utf-8', 'replace'), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError):
        raise Refusal(f'{name}:1: holds no page; save it again from the browser') from None
    body = root.find('body')
    if body is None:
        if root.find('.//frame') is not None:
            raise Refusal(f'{name}:1: is a frame around other pages; save the page inside it')
        raise Refusal(f'{name}:1: holds no text; save the page again from the browser')
    page = Walker(name, report)
    page.container(body, frozenset())
    return root, page.nodes


@dataclass
class Frame:
    """The block element in which words stand."""

    tag: str = ''
    classes: tuple[str, ...] = ()
    align: str = ''


@dataclass
class Walker:
    """Walks a page, and gathers words until a block begins or ends."""

    name: str
    report: Report
    nodes: list[Node] = field(default_factory=list)
    items: list[Item] = field(default_factory=list)
    images: list[Image] = field(default_factory=list)
    frame: Frame = field(default_factory=Frame)
    line: int = 0
    depth: int = 0
    outside: int = 0  # within a link to another page
    linked: list[bool] = field(default_factory=list)  # of the words so far

    def container(self, element: etree._Element, styles: frozenset[str]) -> None:
        """What stands in a block element, its own words and its blocks."""
        self.flush()
        outer, self.frame = self.frame, self.inner(element)
        self.anchors(element)
        self.line = element.sourceline or self.line
        self.children(element, styles)
        self.flush()
        self.frame = outer

    def inner(self, element: etree._Element) -> Frame:
        """The frame of *element*; a `div` or a cell hands its classes down."""
        outer = self.frame
        tag = str(element.tag)
        own = tuple(element.get('class', '').lower().split())
        handed = outer.classes if outer.tag not in ('p', *HEADINGS) else ()
        align = (element.get('align') or '').lower()
        if match := re.search(r'text-align\s*:\s*(\w+)', element.get('style') or ''):
            align = match[1].lower()
        elif tag == 'center':
            align = 'center'
        kept = outer.tag if outer.tag in HEADINGS and tag not in HEADINGS else tag
        return Frame(kept, own + handed, align or outer.align)

    def children(self, element: etree._Element, styles: frozenset[str]) -> None:
        self.depth += 1
        if self.depth > DEPTH:
            raise Refusal(
                f'{self.name}:{element.sourceline}: {DEPTH} elements within each other; '
                'let HTML Tidy mend the page, and save it again'
            )
        self.say(element.text, styles)
        for child in element:
            if isinstance(child.tag, str):
                self.element(child, styles)
            self.say(child.tail, styles)
        self.depth -= 1

    def say(self, text: str | None, styles: frozenset[str]) -> None:
        if text:
            said = re.sub(r'[ \n]+', ' ', clean(text, self.report))
            self.items.append(Run(said, styles))
            if said.strip(' |>•·*[]()-–—/:;,.«»'):
                self.linked.append(bool(self.outside))

    def anchors(self, element: etree._Element) -> None:
        for name in dict.fromkeys((element.get('id'), element.get('name'))):
            if name and element.tag not in ('img', 'form', 'input'):
                self.items.append(Anchor(name))

    def element(self, element: etree._Element, styles: frozenset[str]) -> None:
        tag = str(element.tag).rpartition(':')[2]
        if tag in DROPPED:
            if tag not in SILENT:
                self.report.drop(f'`{tag}`', element.text_content() or element.get('src') or tag)
        elif tag == 'br':
            self.items.append(Break())
        elif tag == 'hr':
            self.flush()
            self.nodes.append(Rule(tuple(element.get('class', '').lower().split())))
        elif tag == 'img':
            self.image(element)
        elif tag in ('pre', 'listing', 'xmp', 'plaintext'):
            self.flush()
            said = clean(element.text_content(), self.report).expandtabs(8)
            self.nodes.append(Lines(said.split('\n'), element.sourceline or 0))
        elif tag == 'blockquote':
            self.group('blockquote', [element], styles)
        elif tag in ('ul', 'ol'):
            self.listing(element, styles)
        elif tag == 'table':
            self.table(element, styles)
        elif tag in BLOCKS:
            self.container(element, styles)
        else:
            self.inline(element, tag, styles)

    def inline(self, element: etree._Element, tag: str, styles: frozenset[str]) -> None:
        self.anchors(element)
        classes = frozenset(element.get('class', '').lower().split())
        if classes & PAGE_CLASSES and len(element) == 0:
            number = PAGE_NUMBER.fullmatch((element.text or '').strip())
            if number:
                self.items.append(PageBreak(number[1]))
                self.report.otherwise[number[0], f'page break {number[1]}'] += 1
                return
        target = (element.get('href') or '').strip() if tag == 'a' else ''
        if target.startswith('#') and len(target) > 1 and not self.holds_blocks(element):
            before, self.items = self.items, []
            self.children(element, styles)
            runs = tuple(item for item in self.items if isinstance(item, Run))
            anchors = [item for item in self.items if isinstance(item, Anchor)]
            self.items = [*before, *anchors, Link(target[1:], runs)]
            return
        if target and not target.startswith('#'):
            self.outside += 1
        self.children(element, styles | self.styles(element, tag, classes))
        if target and not target.startswith('#'):
            self.outside -= 1

    def holds_blocks(self, element: etree._Element) -> bool:
        return any(
            isinstance(e.tag, str)
            and (e.tag in BLOCKS or e.tag in ('img', 'table', 'ul', 'ol', 'hr'))
            for e in element.iterdescendants()
        )

    def styles(self, element: etree._Element, tag: str, classes: frozenset[str]) -> set[str]:
        """How the words of *element* are set off."""
        found = {SET_OFF[tag]} if tag in SET_OFF else set()
        css = (element.get('style') or '').lower()
        found |= {name for pattern, name in STYLED if pattern.search(css)}
        if classes & {'smallcaps', 'small-caps', 'smallcap', 'sc', 'smc'}:
            found.add('small-caps')
        lang = (element.get('lang') or element.get('xml:lang') or '').strip()
        if re.fullmatch(r'[a-z]{2,3}(-[A-Za-z0-9]{2,8})*', lang):
            found.add(LANGUAGE + lang)
        return found

    def image(self, element: etree._Element) -> None:
        address = clean(element.get('src') or '', self.report).strip()
        alt = ' '.join(clean(element.get('alt') or '', self.report).split())
        self.images.append(Image(address, alt, element.sourceline or self.line))

    def flush(self) -> None:
        """What was gathered becomes a block, if it has words."""
        items, self.items = self.items, []
        linked, self.linked = self.linked, []
        if said(items).strip() or any(isinstance(item, PageBreak) for item in items):
            frame = self.frame
            whole = bool(linked) and all(linked)
            self.nodes.append(Raw(frame.tag, frame.classes, items, self.line, frame.align, whole))
        else:  # the places in an empty block are those of the next
            self.items = [item for item in items if isinstance(item, Anchor)]
        images, self.images = self.images, []
        self.nodes += images

    def apart(self, element: etree._Element, styles: frozenset[str]) -> list[Node]:
        """The blocks in *element*, on their own."""
        outer, self.nodes = self.nodes, []
        self.container(element, styles)
        found, self.nodes = self.nodes, outer
        return found

    def group(self, tag: str, elements: Iterable[etree._Element], styles: frozenset[str]) -> None:
        self.flush()
        parts = [part for element in elements if (part := self.apart(element, styles))]
        if parts:
            self.nodes.append(Group(tag, parts))

    def listing(self, element: etree._Element, styles: frozenset[str]) -> None:
        """A list; words outside of its items are an item of their own."""
        self.flush()
        items: list[list[Node]] = []
        outer, self.nodes = self.nodes, []
        self.anchors(element)
        self.say(element.text, styles)
        for child in element:
            if child.tag == 'li':
                self.flush()
                items += [self.nodes] if self.nodes else []
                self.nodes = []
                items.append(self.apart(child, styles))
            elif isinstance(child.tag, str):
                self.element(child, styles)
            self.say(child.tail, styles)
        self.flush()
        items += [self.nodes] if self.nodes else []
        self.nodes = outer
        items = [item for item in items if item]
        if items:
            start = element.get('start') or ''
            number = int(start) if re.fullmatch(r'\d{1,6}', start) else 1
            self.nodes.append(Group(str(element.tag), items, number))

    def table(self, element: etree._Element, styles: frozenset[str]) -> None:
        """A table of data, a box, or blocks that a table only sets out on the page."""
        self.flush()
        outside = list(element.iterdescendants('caption'))
        rows = [
            [cell for cell in row if cell.tag in ('td', 'th')]
            for row in element.iterdescendants('tr')
            if next(row.iterancestors('table')) is element
        ]
        rows = [row for row in rows if row]
        if stray_words(element) or not rows:
            self.container(element, styles)  # too untidy for rows
            return
        read = [[(cell, self.apart(cell, styles)) for cell in row] for row in rows]
        for caption in outside:
            self.container(caption, styles)
        full = [[(c, nodes) for c, nodes in row if nodes] for row in read]
        full = [row for row in full if row]
        if not full:
            return
        if len(full) == 1 and len(full[0]) == 1:
            self.nodes.append(Group('box', [full[0][0][1]]))
            return
        cells = [nodes for row in full for _, nodes in row]
        plain = all(len(nodes) == 1 and isinstance(nodes[0], Raw) for nodes in cells)
        if plain and max(len(row) for row in full) > 1 and len(full) > 1:
            self.nodes.append(Grid(grid(read), all(c.tag == 'th' for c, _ in full[0])))
            return
        for nodes in cells:
            self.nodes += nodes
