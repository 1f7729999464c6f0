"""What stands within a line, in TEI."""

from __future__ import annotations

import re
from abc import ABC, abstractmethod
from typing import TYPE_CHECKING, cast

from docutils import nodes

from ..data.date_formats import datable
from ..data.problems import Trouble
from ..data.text import fold
from ..diagnostics import warn
from .xml import EDITORS, MARK, NO_XML, el, xml_name

if TYPE_CHECKING:
    from docutils.nodes import Element

    from ..data.records import Edition, Page
    from ..data.registry import Registry
    from .xml import Content

EDITED = f'#{EDITORS}'  # @resp of what the editors add
# class of an inline -> what it is in TEI (Guidelines 3.5.3, 3.3.2)
HANDWRITTEN = {'del': 'del', 'add': 'add', 'unclear': 'unclear', 'hi': 'hi'}


class Inlines(ABC):
    """The part of the encoder for what stands within a line."""

    registry: Registry
    edition: Edition
    page: Page  # that is written
    languages: dict[str, None]

    @abstractmethod
    def define(self, name: str) -> str: ...

    @abstractmethod
    def pointer(self, node: Element) -> str: ...

    @abstractmethod
    def inside(self, node: Element) -> Content: ...

    def Text(self, node: nodes.Text) -> Content:  # noqa: N802  (named as the node)
        text = fold(node.astext())
        if NO_XML.search(text):
            message = 'TEI: a control character that XML forbids became “\ufffd”'
            warn(Trouble.DATA, message, node.parent)
        return [text]

    def emphasis(self, node: Element) -> Content:
        """Stress, if it is the witness’s and of no other kind; else merely italics."""
        stress = 'source' in cast('Element', node.parent)['classes'] and len(node) == 1
        if stress and isinstance(node[0], nodes.Text):
            return [el('emph', *self.inside(node))]
        return [el('hi', *self.inside(node), rend='italic')]

    def strong(self, node: Element) -> Content:
        return [el('hi', *self.inside(node), rend='bold')]

    def superscript(self, node: Element) -> Content:
        return [el('hi', *self.inside(node), rend='superscript')]

    def literal(self, node: Element) -> Content:
        return [el('code', *self.inside(node))]

    def subscript(self, node: Element) -> Content:
        return [el('hi', *self.inside(node), rend='subscript')]

    def line_break(self, node: Element) -> Content:
        return ['\n', el('lb')]

    def page_break(self, node: Element) -> Content:
        return [el('pb', n=node['page'], xml_id=self.define(node['ids'][0]))]

    def inline(self, node: Element) -> Content:
        content = self.inside(node)
        if 'meant' in node:
            corrected = el('corr', node['meant'], resp=EDITED)
            return [el('choice', el('sic', *content), corrected)]
        if 'when' in node:
            return [el('date', *content, **datable(node['when']))]
        for name, tag in HANDWRITTEN.items():
            if name in node['classes']:
                return [el(tag, *content, place=node.get('place', ''), rend=node.get('rend', ''))]
        if 'extent' in node:
            number = re.fullmatch(r'(\d+) (\S+)', node['extent'])
            measured = {'quantity': number[1], 'unit': number[2]} if number else {}
            return [el('gap', **(measured or {'extent': node['extent']}))]
        if 'gloss' in node['classes']:
            translators = self.page.keys('translator') or self.edition.translator
            resp = ' '.join(f'#{xml_name(key)}' for key in translators)
            return [el('gloss', *content, resp=resp)]
        if 'supplied' in node['classes']:  # the brackets are for readers of other outputs
            words = node.astext().removeprefix('[').removesuffix(']')
            return [el('supplied', words, resp=EDITED, xml_lang=node.get('lang', ''))]
        if 'lang' in node:
            self.languages[node['lang']] = None
            return [el('foreign', *content, xml_lang=node['lang'])]
        return content

    def reference(self, node: Element) -> Content:
        kind, key = node.get('edition', ('', ''))
        xml_id = self.define(node['ids'][0]) if node['ids'] else ''
        if kind == 'note':
            label = self.registry.labels[key]
            side = 'witness' if self.registry.of_witness(key) else ''
            mark = {'rendition': f'#{MARK}', 'target': self.pointer(node), 'xml_id': xml_id}
            return [el('ref', label, type='note', subtype=side, n=label, **mark)]
        if row := self.registry.kinds.registers.get(kind):
            content = self.inside(node)
            return [el(row.tei_naming, *content, ref=self.pointer(node), xml_id=xml_id)]
        return [el('ref', *self.inside(node), target=self.pointer(node), xml_id=xml_id)]
