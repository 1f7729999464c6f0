"""Directives around blocks of the text."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, ClassVar

from docutils import nodes
from sphinx.directives.other import TocTree
from sphinx.util import docname_join
from sphinx.util.docutils import SphinxDirective

from ..data import dates
from ..data.kinds import PARTS, PLACE
from ..data.problems import Trouble
from ..diagnostics import warn
from ..domain import pending
from ..vocabulary import verse

if TYPE_CHECKING:
    from docutils.nodes import Element, Node
    from sphinx import addnodes
    from sphinx.util.typing import OptionSpec

UNCLOSED_ROLE = re.compile(r'\{[a-z:-]+\}`')


class Block(SphinxDirective):
    """What the directives below share."""

    has_content = True

    def tell(self, message: str, line: int | None = None) -> None:
        place = (self.env.current_document.docname, line) if line else self.get_location()
        warn(Trouble.MARKUP, message, place)

    def container(self, name: str, children: list[Node], **attributes: str) -> nodes.container:
        node = nodes.container('', *children, classes=[name], **attributes)
        self.set_source_info(node)
        return node


class Part(Block):
    """A named part of the witness, such as a dateline -> paragraph, or container of several."""

    def run(self) -> list[Node]:
        self.assert_has_content()
        name = self.name.rpartition(':')[2]
        children = self.parse_content_to_nodes()
        attribute(children)
        held = [child for child in children if not isinstance(child, nodes.system_message)]
        if not PARTS[name].blocks and not all(isinstance(c, nodes.paragraph) for c in held):
            self.tell(
                f'{{{name}}} holds paragraphs and nothing else; close it with “:::” after them'
            )
        if [type(child) for child in children] != [nodes.paragraph] or PARTS[name].blocks:
            children = [self.container('part', children)]
        for child in children:
            if isinstance(child, nodes.Element):
                child['part'] = name
        return children


def attribute(blocks: list[Node]) -> None:
    """Make an attribution of a last paragraph that begins with “-- ”.

    Before:  paragraph “O wind”, paragraph “-- Marrow”
    After:   paragraph “O wind”, attribution “Marrow”
    """
    if len(blocks) < 2 or not isinstance(last := blocks[-1], nodes.paragraph) or not len(last):
        return
    dashes = last[0].astext()
    if isinstance(last[0], nodes.Text) and dashes.startswith('-- '):
        words = [nodes.Text(dashes[3:].lstrip()), *last.children[1:]]
        blocks[-1] = nodes.attribution(last.rawsource.removeprefix('-- '), '', *words)
        blocks[-1].source, blocks[-1].line = last.source, last.line


class Verse(Block):
    """Lines of verse, as typed -> verse (line_block (line …), …), a `line_block` a stanza."""

    def run(self) -> list[Node]:
        self.assert_has_content()
        poem, stanza = verse(classes=['verse']), nodes.line_block(classes=['stanza'])
        for n, typed in enumerate(self.content):
            text = typed.strip()
            if not text:
                stanza = nodes.line_block(classes=['stanza'])
                continue
            if not len(stanza):
                poem += stanza
            place = self.lineno + self.content_offset + n + 1
            stanza += self.line(
                text, len(typed.expandtabs(4)) - len(typed.expandtabs(4).lstrip()), place
            )
        self.set_source_info(poem)
        return [poem]

    def line(self, text: str, indent: int, place: int) -> nodes.line:
        """A line of verse; what is no way to write one is told, and stays."""
        if text.startswith('| '):
            self.tell('a line of verse needs no bar before it; take the “|” out', place)
        if text.endswith('\\'):
            self.tell('a line of verse ends where it is typed to end; take the “\\” out', place)
        children, messages = self.parse_inline(text, lineno=place)
        line = nodes.line(text, '', *children, *messages, indent=indent)
        line.source, line.line = self.get_source_info()[0], place
        words = ''.join(part for part in line.findall(nodes.Text) if not is_literal(part))
        if UNCLOSED_ROLE.search(words):
            self.tell(
                'a role does not end in this line of verse; write it once in each line', place
            )
        return line


def is_literal(text: nodes.Text) -> bool:
    """Whether *text* is shown as typed, so that a role in it is none."""
    return isinstance(text.parent, nodes.literal)


class Enclosure(Block):
    """A letter or other text within the text -> container of its blocks and parts."""

    def run(self) -> list[Node]:
        self.assert_has_content()
        return [self.container('enclosure', self.parse_content_to_nodes(True))]


class Day(Block):
    """An entry of a diary, with its date -> container; the date is said if the text does not."""

    required_arguments = 1
    option_spec: ClassVar[OptionSpec] = {'place': str}

    def run(self) -> list[Node]:
        self.assert_has_content()
        children = self.parse_content_to_nodes(True)
        date, place = self.arguments[0], self.options.get('place', '').strip()
        try:
            said = dates.words(date)
        except ValueError as error:
            self.tell(f'{{day}}: {error}')
            return children
        naming = pending(PLACE, place) if place else None
        if naming is not None:
            naming['refdoc'] = self.env.current_document.docname
            self.set_source_info(naming)
        day = self.container('day', children, date=date, place=place)
        words = [
            nodes.Text(f'[{said}'),
            *([nodes.Text(', '), naming] if naming else []),
            nodes.Text(']'),
        ]
        head = nodes.paragraph('', '', nodes.inline('', '', *words, classes=['supplied']))
        head['classes'] += ['day-head', *(['unseen'] if is_dated(day) else [])]
        head['translatable'] = False
        self.set_source_info(head)
        day.insert(0, head)
        return [day]


def is_dated(day: Element) -> bool:
    """Whether the text of an entry has a heading or a dateline."""
    return any(
        isinstance(node, nodes.title) or node.get('part') == 'dateline'
        for node in day.findall(nodes.Element)
    )


class Editorial(Block):
    """The editor's words among the witness's -> container."""

    def run(self) -> list[Node]:
        self.assert_has_content()
        return [self.container('editorial', self.parse_content_to_nodes())]


class Contents(TocTree):
    """Sphinx’s toctree; of a page that lies where none are read it says what to do."""

    def parse_content(self, toctree: addnodes.toctree) -> None:
        for line in [*self.content]:
            name = docname_join(self.env.current_document.docname, line.removesuffix('.md'))
            if name not in self.env.found_docs and (self.env.srcdir / f'{name}.md').is_file():
                message = (
                    f'“{name}.md” lies where no pages are read; move it into chapters/ or notes/, '
                    'or name its folder in include_patterns of conf.py'
                )
                warn(Trouble.MARKUP, message, toctree)
                self.content.remove(line)
                self.env.note_reread()
        super().parse_content(toctree)
