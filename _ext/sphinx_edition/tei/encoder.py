"""The text in TEI: from the neutral tree to divisions, paragraphs, namings and notes."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, cast

from docutils import nodes

from ..data.date_formats import datable
from ..data.kinds import PARTS, PLACE
from ..data.problems import Trouble
from ..data.records import Page
from ..diagnostics import warn
from .inlines import EDITED
from .notes import Notes, is_prose
from .registers import entry_element, source_element
from .sources import name as source_name
from .sources import own as has_source
from .xml import Ids, el, is_head, renamed, split

if TYPE_CHECKING:
    import xml.etree.ElementTree as ET

    from docutils.nodes import Element, Node

    from ..domain import EditionDomain
    from .xml import Content


class Encoder(Notes):
    """Turns nodes into elements, one method a node, named as in docutils."""

    def __init__(self, domain: EditionDomain, trees: dict[str, nodes.document]) -> None:
        self.registry = domain.registry
        self.edition = domain.edition
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

    # documents

    def division(self, page: Page, doctree: nodes.document) -> list[ET.Element]:
        """A division; for the title page, the page itself and a division for the editor’s words."""
        self.page = page
        language = page.front.get('lang', '')
        self.languages |= {language: None} if language else {}
        xml_id = self.define(self.tops[page.docname])
        blocks = flat(doctree)
        if page.is_title_page:
            parts = [
                found
                for block in blocks
                if 'source' in block['classes']
                for found in self.title_part(block)
            ]
            words = [block for block in blocks if 'source' not in block['classes']]
            content = [found for block in words for found in self.encode(block)]
            printed = [el('titlePage', *parts, xml_id=xml_id)] if parts else []  # or it has none
            here = '' if parts else xml_id
            editorial = el('div', *content, type='editorial', resp=EDITED, xml_id=here)
            return [*printed, *([editorial] if content else [])]
        chapter = self.registry.chapter(page)
        attributes = {
            'type': chapter.tei if chapter else 'notes' if page.notes else 'editorial',
            'n': page.front.get('siglum', '') if chapter else '',
            'xml_id': xml_id,
            'xml_lang': language,
            'resp': '' if chapter or page.notes else EDITED,
            'source': f'#{source_name(page)}' if has_source(page) else '',
        }
        return [el('div', *self.letter(blocks), **attributes)]

    def title_part(self, node: Element) -> Content:
        name = node['classes'][-1]
        tag, kind = PARTS[name].title_page if name in PARTS else ('titlePart', 'main')
        return self.part(node, tag, kind)

    def part(self, node: Element, tag: str, kind: str = '') -> Content:
        """A named part as *tag*: one that holds blocks, or one for each of its paragraphs."""
        xml_id = self.define(node['ids'][0])
        anchors = self.anchors(node)
        row = PARTS.get(node['classes'][-1])
        if row and row.blocks:
            content = [*anchors, *self.quoted(node)]
            if tag == 'ab':
                content = [renamed(found, 'ab') for found in content]
            of_witness = 'witness' if tag == 'note' else ''
            return [el(tag, *content, type=kind, subtype=of_witness, xml_id=xml_id)]
        found: Content = []
        for line in [node] if isinstance(node, nodes.TextElement) else node.children:
            if not isinstance(line, nodes.TextElement):  # of which a warning told
                found += self.encode(line)
                continue
            content = [*anchors, *self.inside(line)]
            if tag == 'address':
                content = [
                    found for line in split(content) for found in (el('addrLine', *line), '\n')
                ]
            found.append(el(tag, *content, type=kind, xml_id=xml_id))
            xml_id, anchors = '', []
        return found

    def letter(self, blocks: list[Element]) -> Content:
        """Blocks; what opens and closes a letter stands in its group.

        TEI has `opener` before and `closer` after all else; a part found elsewhere is an `ab`.
        """
        content: Content = []
        body = [n for n, block in enumerate(blocks) if is_text(block)] or [len(blocks)]
        group = ''
        for n, block in enumerate(blocks):
            name = block['classes'][-1] if block['classes'] else ''
            row = PARTS.get(name) if 'source' in block['classes'] else None
            if row is None or name == 'title':
                group = ''
                content += self.encode(block)
                continue
            wanted = row.before if n < body[0] else row.after if n > body[-1] else ''
            outer, _, tag = wanted.rpartition('/')
            kind = '' if wanted in ('', tag) and wanted and wanted == name else name
            typed = not outer and tag != 'byline'  # which TEI has without a type
            parts = self.part(block, tag or 'ab', kind if typed else '')
            if not outer:
                content += parts
            elif outer == group:
                cast('ET.Element', content[-1]).extend(cast('list[ET.Element]', parts))
            else:
                content.append(el(outer, *parts))
            group = outer
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

    # blocks

    def section(self, node: nodes.section) -> Content:
        blocks = cast('list[Element]', node.children)
        return [el('div', *self.letter(blocks), xml_id=self.define(node['ids'][0]))]

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

    def numbered(self, node: Element) -> Content:
        """The one block of a passage that is no paragraph, with its number."""
        [block] = cast('list[ET.Element]', self.inside(node))
        for name, value in el('p', **self.number(node)).items():
            block.set(name, value)
        block[:0] = cast('list[ET.Element]', self.anchors(node))
        return [block]

    def container(self, node: Element) -> Content:
        if 'note' in node:
            return [self.annotation(node)]
        if 'enclosure' in node['classes']:
            blocks = self.letter(cast('list[Element]', node.children))
            return [el('floatingText', el('body', *blocks), type='enclosure')]
        if 'date' in node:
            return [self.day(node)]
        if any(isinstance(child, nodes.citation) for child in node.children):
            return [el('listBibl', *self.inside(node))]
        if 'editorial' in node['classes'] and self.page.is_chapter:
            language = node.get('lang', '')
            content = self.inside(node)
            return [el('note', *content, type='editorial', resp=EDITED, xml_lang=language)]
        return self.inside(node)

    def day(self, node: Element) -> ET.Element:
        """An entry of a diary; its date and place, which hold no words, follow its head."""
        first = next((block for block in node.children if is_prose(block)), None)
        section = isinstance(first, nodes.section)
        blocks = [
            inner
            for block in node.children
            for inner in (block.children if section and block is first else [block])
        ]
        content = self.letter(cast('list[Element]', blocks))
        place = self.registry.entries.get((PLACE, node['place']))
        where = self.ids.pointer(place.docname, place.key, node) if place else ''
        dateline = el(
            'dateline',
            el('date', **datable(node['date'])),
            el('placeName', ref=where) if where else None,
        )
        heads = sum(1 for found in content[:1] if is_head(found))
        content.insert(heads, dateline)
        ids = [*node['ids'], *(cast('Element', first)['ids'] if section else [])]
        xml_id, *others = map(self.define, ids)
        anchors = [el('anchor', xml_id=other) for other in others]
        n = node['date']
        return el('div', *anchors, *content, type='entry', n=n, xml_id=xml_id)

    def citation(self, node: Element) -> Content:
        """A source: not the reference as it is printed, but its parts."""
        [name, *_] = node['ids']
        foreign = (part for part in node.findall(nodes.inline) if 'lang' in part)
        self.languages |= {part['lang']: None for part in foreign}
        return [source_element(self.cited[self.page.docname, name].entry, self.define(name))]

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


def is_text(node: Element) -> bool:
    """Whether a block of a chapter is the text itself: no part, heading or comment."""
    part = 'source' in node['classes'] and node['classes'][-1] in PARTS
    nothing = isinstance(node, nodes.title | nodes.Invisible | nodes.comment)
    return not part and not nothing and 'day-head' not in node['classes']
