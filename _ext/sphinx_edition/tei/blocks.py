"""Blocks in TEI: paragraphs, quotations, verse, lists, tables, pictures."""

from __future__ import annotations

from abc import abstractmethod
from typing import TYPE_CHECKING, cast

from docutils import nodes

from .inlines import Inlines
from .xml import el

if TYPE_CHECKING:
    import xml.etree.ElementTree as ET

    from docutils.nodes import Element, Node

    from .xml import Content

ALIGNED = ('text-left', 'text-center', 'text-right')


class Blocks(Inlines):
    """The part of the encoder for blocks that any page may have."""

    @abstractmethod
    def encode(self, node: Node) -> Content: ...

    def title(self, node: nodes.title) -> Content:
        """A head, which also takes the further ids of its section."""
        xml_id = self.define(node['ids'][0]) if node['ids'] else ''
        return [el('head', *self.anchors(node.parent), *self.inside(node), xml_id=xml_id)]

    def anchors(self, node: Element) -> Content:
        """The further ids of *node*: labels that stand before it."""
        return [el('anchor', xml_id=self.define(name)) for name in node['ids'][1:]]

    def paragraph(self, node: Element) -> Content:
        if 'day-head' in node['classes']:  # an attribute of the division says the same
            return []
        return [el('p', *self.anchors(node), *self.inside(node), **self.number(node))]

    def number(self, node: Element) -> dict[str, str]:
        """The attributes of a numbered passage."""
        if 'number' not in node:
            return {}
        return {'xml_id': self.define(node['ids'][0]), 'n': node['number']}

    def block_quote(self, node: Element) -> Content:
        return self.quoted(node, 'quote')

    def quoted(self, node: Element, tag: str = '') -> Content:
        """What is quoted; with whose words it is, `cit` (TEI Guidelines 3.3.3)."""
        *blocks, last = node.children
        if not isinstance(last, nodes.attribution):
            content = self.inside(node)
            return [el(tag, *content)] if tag else content
        words = [found for block in blocks for found in self.encode(block)]
        return [el('cit', el('quote', *words), *self.encode(last))]

    def literal_block(self, node: Element) -> Content:
        return [el('eg', node.astext())]

    def verse(self, node: Element) -> Content:
        """A poem of stanzas, or one stanza (TEI Guidelines 3.13.1)."""
        stanzas = self.inside(node)
        return stanzas if len(stanzas) == 1 else [el('lg', *stanzas, type='poem')]

    def line_block(self, node: Element) -> Content:
        return [el('lg', *self.inside(node), type='stanza')]

    def line(self, node: Element) -> Content:
        indent = node.get('indent')
        return [el('l', *self.inside(node), rend=f'indent({indent})' if indent else '')]

    def asterism(self, node: Element) -> Content:
        return [el('milestone', unit='section', rend='asterism')]

    def bullet_list(self, node: Element) -> Content:
        return [el('list', *self.inside(node), rend='bulleted')]

    def enumerated_list(self, node: Element) -> Content:
        """A list whose numbers are said only if they do not begin with 1."""
        items = [found for item in node.children for found in self.encode(item)]
        if 'start' in node:
            for n, item in enumerate(items, start=int(node['start'])):
                cast('ET.Element', item).set('n', str(n))
        return [el('list', *items, rend='numbered')]

    def list_item(self, node: Element) -> Content:
        return [el('item', *self.single(node))]

    def term(self, node: Element) -> Content:
        return [el('label', *self.inside(node))]

    def definition(self, node: Element) -> Content:
        return [el('item', *self.single(node))]

    def table(self, node: Element) -> Content:
        heads = [el('head', *self.inside(t)) for t in node.children if isinstance(t, nodes.title)]
        rows = [found for row in node.findall(nodes.row) for found in self.row(row)]
        return [el('table', *heads, *rows)]

    def row(self, node: Element) -> Content:
        cells = [
            el(
                'cell',
                *self.single(cell),
                cols=str(cell['morecols'] + 1) if 'morecols' in cell else '',
                rows=str(cell['morerows'] + 1) if 'morerows' in cell else '',
                rend=next((c[5:] for c in cell['classes'] if c in ALIGNED), ''),
            )
            for cell in cast('list[Element]', node.children)
        ]
        return [el('row', *cells, role='label' if isinstance(node.parent, nodes.thead) else '')]

    def attribution(self, node: Element) -> Content:
        return [el('bibl', *self.inside(node))]

    def figure(self, node: Element) -> Content:
        """A picture with its caption, which is its head (TEI Guidelines 14.1)."""
        graphic, *rest = self.inside(node)
        place = {}
        if 'source' in node['classes']:
            n = node['ids'][0].rpartition('-')[2]
            place = {'n': n, 'xml_id': self.define(node['ids'][0])}
        return [el('figure', *cast('ET.Element', graphic), *rest, **place)]

    def caption(self, node: Element) -> Content:
        return [el('head', *self.inside(node))]

    def image(self, node: Element) -> Content:
        described = el('figDesc', node['alt']) if 'alt' in node else None
        return [el('figure', el('graphic', url=node['uri']), described)]

    def single(self, node: Element) -> Content:
        """The content of a node, without the paragraph if that is all."""
        [*blocks] = node.children
        alone = len(blocks) == 1 and isinstance(blocks[0], nodes.paragraph)
        return self.inside(cast('Element', blocks[0]) if alone else node)
