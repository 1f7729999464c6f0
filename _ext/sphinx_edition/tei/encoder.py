"""The text in TEI: from the neutral tree to divisions, paragraphs, namings and notes."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, cast

from docutils import nodes

from ..data.dates import datable
from ..data.kinds import HANDS, PARTS
from ..data.problems import Trouble
from ..data.records import Page
from ..data.text import fold
from ..diagnostics import warn
from .registers import entry_element, source_element
from .xml import EDITORS, NO_XML, Ids, el, xml_name

if TYPE_CHECKING:
    import xml.etree.ElementTree as ET

    from docutils.nodes import Element, Node

    from ..data.records import Source
    from ..domain import EditionDomain
    from .xml import Content


class Encoder:
    """Turns nodes into elements, one method a node, named as in docutils."""

    def __init__(self, domain: EditionDomain, trees: dict[str, nodes.document]) -> None:
        self.registry = domain.registry
        makers = {name: getattr(domain.edition, hand.maker, '') for name, hand in HANDS.items()}
        self.resp = {hand: f'#{xml_name(key or EDITORS)}' for hand, key in makers.items()}
        self.page = Page('')
        self.tops = {docname: top(docname, tree) for docname, tree in trees.items()}
        citations = domain.env.domains['cite'].citations  # type: ignore[attr-defined]
        self.sources = {citation.key: citation for citation in citations}
        self.cited = {(c.bibliography_key.docname, c.citation_id): c for c in citations}
        self.registers: dict[str, list[ET.Element]] = defaultdict(list)
        self.languages: dict[str, None] = {}
        # passages, notes and entries come first: what is cited from outside keeps its id
        entries = [(entry.docname, entry.key) for entry in self.registry.entries.values()]
        places = [(docname, name) for name, docname in self.registry.places.items()]
        self.ids = Ids([*places, *entries])

    def define(self, name: str) -> str:
        """The xml:id of what is being written."""
        return self.ids.define(self.page.docname, name)

    def pointer(self, node: Element) -> str:
        """Where a reference leads."""
        if 'refid' in node:
            return self.ids.pointer(self.page.docname, node['refid'], node)
        if not node.get('internal'):
            return cast('str', node['refuri'])
        docname, _, name = node['refuri'].partition('#')
        return self.ids.pointer(docname, name or self.tops[docname], node)

    def source(self, sources: tuple[Source, ...]) -> str:
        """Pointers to the sources of an entry or note."""
        found = [self.sources[source.key] for source in sources if source.key in self.sources]
        return ' '.join(
            f'#{self.ids.xml_id(c.bibliography_key.docname, c.citation_id)}' for c in found
        )

    # documents

    def division(self, page: Page, doctree: nodes.document) -> list[ET.Element]:
        """A division; for the title page, the page itself and a division for the editor’s words."""
        self.page = page
        xml_id = self.define(self.tops[page.docname])
        blocks = flat(doctree)
        if page.is_title_page:
            parts = [self.title_part(block) for block in blocks if 'source' in block['classes']]
            words = [block for block in blocks if 'source' not in block['classes']]
            content = [found for block in words for found in self.encode(block)]
            editorial = el('div', *content, type='editorial', resp=self.resp['editor'])
            return [el('titlePage', *parts, xml_id=xml_id), *([editorial] if content else [])]
        chapter = self.registry.chapter(page)
        attributes = {
            'type': chapter.tei if chapter else 'notes' if page.notes else 'editorial',
            'n': page.front.get('siglum', '') if chapter else '',
            'xml_id': xml_id,
            'xml_lang': page.front.get('lang', ''),
            'resp': '' if chapter or page.notes else self.resp['editor'],
        }
        return [el('div', *self.letter(blocks), **attributes)]

    def title_part(self, node: Element) -> ET.Element:
        name = node['classes'][-1]
        tag, kind = PARTS[name].title_page if name in PARTS else ('titlePart', 'main')
        return el(tag, *self.inside(node), type=kind, xml_id=self.define(node['ids'][0]))

    def letter(self, blocks: list[Element]) -> Content:
        """Blocks; what opens and closes a letter stands in its group.

        TEI has `opener` before and `closer` after all else; a part found elsewhere is an `ab`.
        """
        content: Content = []
        body = [n for n, block in enumerate(blocks) if 'number' in block] or [len(blocks)]
        group = ''
        for n, block in enumerate(blocks):
            part_name = block['classes'][-1] if block['classes'] else ''
            tag, wanted = PARTS[part_name].chapter if part_name in PARTS else ('', '')
            fits = n < body[0] if wanted == 'opener' else n > body[-1]
            if not wanted or not fits:
                group = ''
                content += self.encode(block)
                continue
            if wanted != group:
                content.append(el(wanted))
            group = wanted
            part = el(tag, *self.inside(block), xml_id=self.define(block['ids'][0]))
            cast('ET.Element', content[-1]).append(part)
        return content

    # all nodes

    def encode(self, node: Node) -> Content:
        """*node* in TEI; of a node without a method the words are kept, with a warning."""
        for cls in type(node).__mro__:
            if method := getattr(self, cls.__name__, None):
                return cast('Content', method(node))
        message = (
            f'TEI: no element for <{cast("Element", node).tagname}>, only its words are written'
        )
        warn(Trouble.DATA, message, node)
        words = self.Text(nodes.Text(node.astext()))
        return words if isinstance(node.parent, nodes.TextElement) else [el('ab', *words)]

    def inside(self, node: Element) -> Content:
        return [found for child in node.children for found in self.encode(child)]

    def single(self, node: Element) -> Content:
        """The content of a node, without the paragraph if that is all."""
        [*blocks] = node.children
        alone = len(blocks) == 1 and isinstance(blocks[0], nodes.paragraph)
        return self.inside(cast('Element', blocks[0]) if alone else node)

    # blocks

    def section(self, node: nodes.section) -> Content:
        return [el('div', *self.inside(node), xml_id=self.define(node['ids'][0]))]

    def title(self, node: nodes.title) -> Content:
        """A head, which also takes the further ids of its section."""
        xml_id = self.define(node['ids'][0]) if node['ids'] else ''
        return [el('head', *self.anchors(node.parent), *self.inside(node), xml_id=xml_id)]

    def anchors(self, node: Element) -> Content:
        """The further ids of *node*: labels that stand before it."""
        return [el('anchor', xml_id=self.define(name)) for name in node['ids'][1:]]

    def paragraph(self, node: Element) -> Content:
        if 'source' in node['classes'] and 'number' not in node:
            xml_id = self.define(node['ids'][0])
            kind = node['classes'][-1]
            return [el('ab', *self.anchors(node), *self.inside(node), type=kind, xml_id=xml_id)]
        return [el('p', *self.anchors(node), *self.inside(node), **self.number(node))]

    def number(self, node: Element) -> dict[str, str]:
        """The attributes of a numbered passage."""
        if 'number' not in node:
            return {}
        return {'xml_id': self.define(node['ids'][0]), 'n': node['number']}

    def block_quote(self, node: Element) -> Content:
        return [el('quote', *self.inside(node), **self.number(node))]

    def literal_block(self, node: Element) -> Content:
        return [el('eg', node.astext())]

    def line_block(self, node: Element) -> Content:
        lines = [el('l', *self.inside(line)) for line in node.findall(nodes.line)]
        return [el('lg', *lines, **self.number(node))]

    def bullet_list(self, node: Element) -> Content:
        return [el('list', *self.inside(node), rend='bulleted')]

    def enumerated_list(self, node: Element) -> Content:
        return [el('list', *self.inside(node), rend='numbered')]

    def list_item(self, node: Element) -> Content:
        return [el('item', *self.single(node))]

    def definition_list(self, node: Element) -> Content:
        """A glossary; or entries of a register, which go to the lists of `standOff`."""
        if 'register' not in node['classes']:
            return [el('list', *self.inside(node), type='gloss')]
        for item in cast('list[Element]', node.children):
            entry = self.registry.entries[item['entry']]
            prose = [block for block in cast('Element', item[1]).children if is_prose(block)]
            content = [found for block in prose for found in self.encode(block)]
            self.registers[entry.kind].append(
                entry_element(
                    entry,
                    self.registry.kinds.registers[entry.kind],
                    self.define(entry.key),
                    self.source(entry.sources),
                    content,
                )
            )
        return []

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
            )
            for cell in cast('list[Element]', node.children)
        ]
        return [el('row', *cells, role='label' if isinstance(node.parent, nodes.thead) else '')]

    def container(self, node: Element) -> Content:
        if 'note' in node:
            return [self.annotation(node)]
        if any(isinstance(child, nodes.citation) for child in node.children):
            return [el('listBibl', *self.inside(node))]
        if 'editorial' in node['classes'] and self.page.is_chapter:
            return [el('note', *self.inside(node), type='editorial', resp=self.resp['editor'])]
        return self.inside(node)

    def annotation(self, node: Element) -> ET.Element:
        """A note; it points to its mark as the mark does to it (TEI Guidelines 3.9.1)."""
        note = self.registry.notes[node['note']]
        first, *rest = [cast('Element', block) for block in node.children if is_prose(block)]
        opening = [found for child in first.children[2:] for found in self.encode(child)]
        return el(
            'note',
            el('p', *opening),
            *(found for block in rest for found in self.encode(block)),
            type=note.hand,
            n=self.registry.labels.get(note.key, ''),
            xml_id=self.define(note.id),
            target=self.pointer(cast('Element', first[0])),
            resp=self.resp[note.hand],
            cert=note.certainty,
            source=self.source(note.sources),
        )

    def citation(self, node: Element) -> Content:
        """A source: not the reference as it is printed, but its parts."""
        [name, *_] = node['ids']
        return [source_element(self.cited[self.page.docname, name].entry, self.define(name))]

    def attribution(self, node: Element) -> Content:
        return [el('bibl', *self.inside(node))]

    def figure(self, node: Element) -> Content:
        """A picture with its caption, which is its head (TEI Guidelines 14.1)."""
        graphic, *rest = self.inside(node)
        return [el('figure', *cast('ET.Element', graphic), *rest)]

    def caption(self, node: Element) -> Content:
        return [el('head', *self.inside(node))]

    def image(self, node: Element) -> Content:
        described = el('figDesc', node['alt']) if 'alt' in node else None
        return [el('figure', el('graphic', url=node['uri']), described)]

    def transition(self, node: Element) -> Content:
        return [el('milestone', unit='section', rend='rule')]

    # inlines

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

    def inline(self, node: Element) -> Content:
        content = self.inside(node)
        if 'meant' in node:
            corrected = el('corr', node['meant'], resp=self.resp['editor'])
            return [el('choice', el('sic', *content), corrected)]
        if 'when' in node:
            return [el('date', *content, **datable(node['when']))]
        if 'lang' in node:
            self.languages[node['lang']] = None
            return [el('foreign', *content, xml_lang=node['lang'])]
        if 'gloss' in node['classes']:
            return [el('gloss', *content, resp=self.resp['translator'])]
        if 'supplied' in node['classes']:  # the brackets are for readers of other outputs
            words = node.astext().removeprefix('[').removesuffix(']')
            return [el('supplied', words, resp=self.resp['editor'])]
        return content

    def reference(self, node: Element) -> Content:
        kind, key = node.get('edition', ('', ''))
        xml_id = self.define(node['ids'][0]) if node['ids'] else ''
        if kind == 'note':
            label = self.registry.labels[key]
            return [el('ptr', type='note', n=label, target=self.pointer(node), xml_id=xml_id)]
        if row := self.registry.kinds.registers.get(kind):
            content = self.inside(node)
            return [el(row.tei_naming, *content, ref=self.pointer(node), xml_id=xml_id)]
        return [el('ref', *self.inside(node), target=self.pointer(node), xml_id=xml_id)]

    def without(self, node: Element) -> Content:
        """Nothing: the order of the divisions is the table of contents."""
        return []

    compound = comment = target = drawing = without
    substitution_definition = index = meta = without


def top(docname: str, doctree: nodes.document) -> str:
    """The id by which a document is known as a whole: its first section’s."""
    section = doctree.next_node(nodes.section)
    return cast('str', section['ids'][0]) if section else docname


def flat(doctree: nodes.document) -> list[Element]:
    """The blocks of a document, as if its first section were not there."""
    section = doctree.next_node(nodes.section)
    return [
        cast('Element', block)
        for child in doctree.children
        for block in (child.children if child is section else [child])
    ]


def is_prose(node: Node) -> bool:
    """Whether a block of an entry or note is its words: what surrounds them is data."""
    made = {'forms', 'evidence', 'identifiers', 'mentions'}
    return isinstance(node, nodes.Element) and not made & set(node['classes'])
