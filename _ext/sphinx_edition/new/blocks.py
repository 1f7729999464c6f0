"""Blocks of the page become blocks of the edition."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from .inlines import bare, by_lines, joined, settled
from .model import (
    LANGUAGE,
    STRONG,
    Asterism,
    Block,
    Break,
    Heading,
    Inline,
    Listing,
    Note,
    PageBreak,
    Paragraph,
    Part,
    Picture,
    Quotation,
    Run,
    Table,
    Verse,
    words,
)
from .nodes import HEADINGS, Grid, Group, Image, Lines, Node, Raw, Rule

if TYPE_CHECKING:
    from .nodes import Item
    from .notes import Found
    from .reporting import Report

QUOTED = re.compile(r'(quote|indent|blockquote|block|extract|cit)[a-z0-9]*')
BEGINS = ('quoteb', 'indentb')  # a quotation of its own, also after another
PARTS = {
    'author': 'signature',
    'signature': 'signature',
    'signed': 'signature',
    'sig': 'signature',
    'date': 'dateline',
    'dateline': 'dateline',
    'epigraph': 'epigraph',
    'epi': 'epigraph',
    'dedication': 'dedication',
    'info': 'credit',
    'information': 'credit',
    'updat': 'credit',
}
PLAIN = frozenset(
    'fst inline c smc sm1 note notes endnote footnote footnotes fn center centered text para '
    'first noindent normal msonormal indent link skip body content main term page'.split()
)
STARS = re.compile(r'(?:[*∗⁎]\s*){1,12}|⁂|(?:[•·]\s*){3,9}')
VERSE = 3  # lines that begin to be verse
NARROW = 64  # characters of its longest line
HEADING = 300  # characters; more is a paragraph
HANDS = (
    ('author', 'author'),
    ('translat', 'translator'),
    ('edit', 'first-editor'),
    ('publish', 'first-editor'),
    ('mia', 'first-editor'),
    ('transcri', 'first-editor'),
    ('archive', 'first-editor'),
)


@dataclass
class Blocks:
    """Makes blocks, and tells the report of what it saw."""

    lang: str
    report: Report
    levels: tuple[str, ...] = ()

    def text(self, nodes: list[Node]) -> list[Block]:
        """The blocks of a text, with headings, asterisms and named parts."""
        used = {n.tag for n in nodes if isinstance(n, Raw) and self.is_heading(n)}
        self.levels = tuple(tag for tag in (*HEADINGS, 'p') if tag in used)
        found: list[Block] = []
        for n, node in enumerate(nodes):
            match node:
                case Rule():
                    made: list[Block] = [Asterism()]
                case Group(tag='box'):
                    made = self.box(node, before=found)
                case Raw():
                    made = self.raw(node, last=not any(isinstance(x, Raw) for x in nodes[n + 1 :]))
                case _:
                    made = self.within([node])
            if made and isinstance(made[0], Quotation) and found and self.continues(node):
                before = found[-1]
                if isinstance(before, Quotation):
                    before.blocks += made[0].blocks
                    continue
            found += made
        found = dividing(self.apart(found))
        self.report.blocks.update(type(block).__name__.lower() for block in found)
        return found

    def is_heading(self, raw: Raw) -> bool:
        if STARS.fullmatch(raw.text) or len(raw.text) > HEADING:
            return False
        return raw.tag in HEADINGS or (
            raw.tag == 'p' and bool({'title', 'subtitle'} & set(raw.classes))
        )

    def continues(self, node: Node) -> bool:
        """Whether a quotation goes on with *node*."""
        return isinstance(node, Raw) and not set(BEGINS) & set(node.classes)

    def box(self, box: Group, before: list[Block]) -> list[Block]:
        """What stands in a frame: before the text its headnote, elsewhere blocks."""
        [part] = box.parts
        if any(isinstance(block, Paragraph | Asterism | Heading) for block in before):
            return self.within(part)
        return [Part('headnote', self.within(part))]

    def raw(self, raw: Raw, *, last: bool) -> list[Block]:
        """The blocks of a block element at the top of the page."""
        if STARS.fullmatch(raw.text):
            self.report.otherwise[raw.text, 'asterism'] += 1
            return [Asterism()]
        if self.is_heading(raw):
            level = self.levels.index(raw.tag) + 1
            return [Heading(level, bare(settled(raw.items)), raw.line, raw.tag)]
        name = next((PARTS[name] for name in raw.classes if name in PARTS), '')
        if not name and last and raw.align == 'right' and len(raw.text) < 60:
            self.report.guess(
                f'line {raw.line}: “{raw.text}” is a signature, for it stands on the right'
            )
            name = 'signature'
        if name:
            return [Part(name, [Paragraph(inlines, raw.line) for inlines in self.paragraphs(raw)])]
        return self.within([raw])

    def within(self, nodes: list[Node]) -> list[Block]:
        """Blocks that may stand in others: no headings, asterisms or named parts."""
        found: list[Block] = []
        for node in nodes:
            match node:
                case Raw():
                    made = self.words(node)
                    if is_quoted(node):
                        made = [Quotation(made)]
                    if made and isinstance(made[0], Quotation) and found and self.continues(node):
                        before = found[-1]
                        if isinstance(before, Quotation):
                            before.blocks += made[0].blocks
                            continue
                    found += made
                case Image():
                    found.append(Picture(node.address, node.alt, node.line))
                case Lines():
                    found += self.lines(node)
                case Group(tag='blockquote'):
                    found += [Quotation(self.within(part)) for part in node.parts]
                case Group(tag='ul' | 'ol'):
                    start = node.start if node.tag == 'ol' else None
                    items = [self.within(part) for part in node.parts]
                    found.append(Listing([item for item in items if item], start))
                case Group():
                    found += [block for part in node.parts for block in self.within(part)]
                case Grid():
                    rows = [[self.known(cell) for cell in row] for row in node.rows]
                    found.append(Table(rows, node.head))
        return found

    def known(self, items: list[Item]) -> list[Inline]:
        """The words of a line; those in the language of the page are not foreign."""
        own = LANGUAGE + self.lang
        return joined(
            Run(
                item.text,
                frozenset(s for s in item.styles if s != own and not s.startswith(own + '-')),
            )
            if isinstance(item, Run)
            else item
            for item in settled(items)
        )

    def words(self, raw: Raw) -> list[Block]:
        """A block element as verse, or as paragraphs."""
        for name in raw.classes:
            if name not in PLAIN and name not in PARTS and not QUOTED.fullmatch(name):
                self.report.classes[f'{raw.tag}.{name}'] += 1
        groups = by_lines(raw.items)
        measures = [len(words(settled(line))) for group in groups for line in group]
        if len(measures) >= VERSE and max(measures) <= NARROW and raw.tag not in HEADINGS:
            verse: list[tuple[int, list[Inline]] | None] = []
            for group in groups:
                verse += [None] if verse else []
                verse += [(0, self.known(line)) for line in group]
            return [Verse(verse)]
        style = (
            frozenset({STRONG}) if raw.tag in HEADINGS and len(raw.text) <= HEADING else frozenset()
        )
        return [
            Paragraph(
                [Run(i.text, i.styles | style) if isinstance(i, Run) else i for i in inlines],
                raw.line,
            )
            for inlines in self.paragraphs(raw)
        ]

    def paragraphs(self, raw: Raw) -> list[list[Inline]]:
        """The words of *raw*; an empty line divides paragraphs."""
        found = []
        for group in by_lines(raw.items):
            items: list[Item] = []
            for line in group:
                items += [Break(), *line] if items else line
            found.append(self.known(items))
        return [
            inlines
            for inlines in found
            if words(inlines) or any(isinstance(i, PageBreak) for i in inlines)
        ]

    def lines(self, node: Lines) -> list[Block]:
        """Lines as typed."""
        stanza = [line.rstrip() for line in node.lines]
        while stanza and not stanza[0]:
            stanza.pop(0)
        while stanza and not stanza[-1]:
            stanza.pop()
        if not stanza:
            return []
        edge = min(len(line) - len(line.lstrip()) for line in stanza if line)
        found: list[tuple[int, list[Inline]] | None] = []
        for line in stanza:
            if line:
                found.append((len(line) - len(line.lstrip()) - edge, settled([Run(line.strip())])))
            elif found[-1] is not None:
                found.append(None)
        return [Verse(found)]

    def note(self, found: Found) -> Note:
        """A note of the page, its hand read from the heading above it."""
        section = found.section.lower()
        hand = next((hand for sign, hand in HANDS if sign in section), '')
        blocks: list[Block] = []
        for block in self.apart(self.within(found.nodes)):
            if isinstance(block, Table):  # which a note cannot hold
                blocks += [Paragraph(cell) for row in block.rows for cell in row if words(cell)]
            elif isinstance(block, Picture):
                self.report.warn(f'a picture in note {found.label} is left out: {block.address}')
            else:
                blocks.append(block)
        return Note(found.key, found.label, hand, blocks or [Paragraph([])])

    def apart(self, blocks: list[Block]) -> list[Block]:
        """*blocks* with pictures out of quotations and lists, which hold words alone."""
        found: list[Block] = []
        for block in blocks:
            found.append(block)
            if isinstance(block, Quotation | Part):
                found += pictures_of(block.blocks)
            elif isinstance(block, Listing):
                for item in block.items:
                    found += pictures_of(item)
        return [b for b in found if not (isinstance(b, Quotation | Part) and not b.blocks)]


def is_quoted(raw: Raw) -> bool:
    """Whether *raw* is part of a quotation, by its class."""
    return any(QUOTED.fullmatch(name) for name in raw.classes)


def pictures_of(blocks: list[Block]) -> list[Block]:
    """Take the pictures out of *blocks*."""
    found: list[Block] = []
    for block in [*blocks]:
        if isinstance(block, Picture):
            blocks.remove(block)
            found.append(block)
        elif isinstance(block, Quotation):
            found += pictures_of(block.blocks)
        elif isinstance(block, Listing):
            for item in block.items:
                found += pictures_of(item)
    return found


def dividing(blocks: list[Block]) -> list[Block]:
    """*blocks* with asterisms only where they divide two blocks of words."""
    found: list[Block] = []
    for block in blocks:
        if isinstance(block, Asterism) and (not found or isinstance(found[-1], Asterism | Heading)):
            continue
        if isinstance(block, Heading) and found and isinstance(found[-1], Asterism):
            found.pop()
        found.append(block)
    while found and isinstance(found[-1], Asterism):
        found.pop()
    return found
