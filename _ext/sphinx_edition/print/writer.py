"""The neutral tree as Typst source: calls of the functions in `typst/`, where the design lives."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from docutils import nodes

from ..data.language import _
from ..data.problems import Trouble
from ..diagnostics import warn
from ..vocabulary import opening
from .inlines import Inlines
from .registers import Registers
from .source import array, call, drawing, language, mark, raw_string, string
from .tables import Tables

if TYPE_CHECKING:
    from collections.abc import Iterable

    from docutils.nodes import Element, Node

    from ..data.records import Page
    from ..data.registry import Registry
    from ..vocabulary import asterism, numbered, verse
    from ..vocabulary import drawing as drawing_node


LEAD = 4 * 66  # letters of a paragraph that a heading keeps with what follows, at most
KEPT_WITH_LEAD = (  # what a paragraph under a heading may lead to
    nodes.table,
    nodes.figure,
    nodes.bullet_list,
    nodes.definition_list,
    nodes.container,
    nodes.citation,
)


class Writer(Inlines, Registers, Tables):
    """Turns nodes into Typst: one method a node, `write_` and its name in docutils."""

    def __init__(
        self, registry: Registry, notes: dict[str, tuple[str, Element]], site: str = ''
    ) -> None:
        self.registry = registry
        self.notes = notes  # key -> (docname, container)
        self.site = site  # address of the web edition, if it has one
        self.docname = ''
        self.level = 0
        self.labels: set[str] = set()
        self.links: list[tuple[str, Node]] = []  # (label, node that links to it)
        self.pictures: set[str] = set()  # files, relative to the source folder
        self.opening = ''  # what the next paragraph begins with: the number of a quotation

    def write(self, node: Node) -> str:
        """*node* as Typst; of a node without a method the text is kept, with a warning."""
        for cls in type(node).__mro__:
            if method := getattr(self, f'write_{cls.__name__}', None):
                return self.mark(node) + cast('str', method(node))
        warn(
            Trouble.PRINT,
            f'print has no way to show <{type(node).__name__}>; its text is kept',
            node,
        )
        return self.inside(node)

    def mark(self, node: Node) -> str:
        """Where a block was typed, for the messages of Typst."""
        within_line = isinstance(node, nodes.Inline) or not isinstance(node, nodes.TextElement)
        return mark(self.docname, node.line) if node.line and not within_line else ''

    def inside(self, node: Node | Iterable[Node]) -> str:
        children = node.children if isinstance(node, nodes.Node) else node
        return ''.join(self.write(child) for child in children)

    def block(self, function: str, *arguments: str, body: str | None = None, **named: str) -> str:
        return f'\n{call(function, *arguments, body=body, **named)}\n'

    def label(self, node_id: str = '') -> str:
        """The label of an id of this document, or of the document itself; noted as defined."""
        label = f'{self.docname}:{node_id}' if node_id else self.docname
        while label in self.labels:  # an id used twice, of which a warning told
            label += '′'
        self.labels.add(label)
        return string(label)

    def anchors(self, node: Element) -> str:
        return ''.join(call('anchor', self.label(node_id)) for node_id in node['ids'])

    def link(self, label: str, body: str, node: Node) -> str:
        self.links.append((label, node))
        return f'{self.link_to(label)}[{body}]'

    @staticmethod
    def link_to(label: str) -> str:
        return call('to', string(label))

    def document(
        self, page: Page, tree: nodes.document, *, run_on: bool = False, part: str = ''
    ) -> str:
        """A whole document. Its first title bears its label, and opens a page or runs on.

        *part* is the name of the part of the book that it opens.
        """
        self.page, self.docname, self.run_on, self.part = page, page.docname, run_on, part
        body = self.inside(tree)
        if page.notes:
            labels, cited = self.registry.labels, self.registry.citations
            written = (note for note in tree.findall(nodes.container) if 'note' in note)
            notes = [
                (labels[note['note']], f'{page.docname}:{note["ids"][0]}')
                for note in written
                if note['note'] in cited
            ]
            body += self.block('notes-at', array(array(map(string, note)) for note in notes))
        if page.is_title_page:
            return self.block('title-page', body=body)
        return body

    # blocks

    def write_section(self, node: nodes.section) -> str:
        self.level += 1
        body = self.inside(node)
        self.level -= 1
        return self.in_language(node, body)

    def in_language(self, node: Element, body: str) -> str:
        """*body*, in another language than what surrounds it, if *node* says so."""
        if 'lang' not in node:
            return body
        return self.block('in-language', body=body, **language(node['lang']))

    def write_title(self, node: nodes.title) -> str:
        labels = [self.label(node_id) for node_id in [*node.parent['ids'], *node['ids']]]
        body = self.inside(node)
        if self.level > 1:
            return self.block('unit', str(self.level), array(labels), body=body)
        labels.append(self.label())
        if self.page.is_title_page:
            return self.block('book-title', array(labels), body=body)
        named = {
            'run-on': str(self.run_on).lower(),
            'part': string(self.part) if self.part else 'none',
            'of-text': str(self.page.is_chapter).lower(),
        }
        parties = [key for name in ('author', 'addressee') for key in self.page.keys(name)]
        makers = [call('party', string(key)) for key in parties if self.page.is_chapter]
        return self.block('unit', '1', array(labels), body=body, **named) + ''.join(makers)

    def write_paragraph(self, node: nodes.paragraph) -> str:
        if 'source' in node['classes']:
            return self.passage(node, self.inside(node))
        if 'day-head' in node['classes']:
            return self.block('day-head', body=self.in_language(node, self.inside(node)))
        after = node.next_node(descend=False, siblings=True)
        opens = isinstance(node.previous_sibling(), nodes.title) and len(node.astext()) < LEAD
        leads = opens and isinstance(after, KEPT_WITH_LEAD)
        function = 'lead' if leads or isinstance(after, nodes.literal_block) else 'par'
        return self.block(function, body=self.opened() + self.anchors(node) + self.inside(node))

    def opened(self) -> str:
        """What the line that is written now begins with."""
        opening, self.opening = self.opening, ''
        return opening

    def write_block_quote(self, node: nodes.block_quote) -> str:
        return self.block('quote', body=self.inside(node))

    def write_attribution(self, node: nodes.attribution) -> str:
        return self.block('attribution', body=self.opened() + self.inside(node))

    def write_verse(self, node: verse) -> str:
        return self.block('verse', body=self.inside(node))

    def write_line_block(self, node: nodes.line_block) -> str:
        return self.block('stanza', body=self.inside(node))

    def write_line(self, node: nodes.line) -> str:
        body = self.opened() + self.inside(node)
        return self.block('verse-line', str(node.get('indent', 0)), body=body)

    def write_asterism(self, node: asterism) -> str:
        return self.block('asterism')

    def passage(self, node: Element, body: str) -> str:
        label, *others = map(self.label, node['ids'])
        body = ''.join(call('anchor', other) for other in others) + body
        if 'number' in node:
            return self.block('passage', node['number'], label, body=body)
        return self.block('part', string(node['classes'][-1]), label, body=body)

    def write_bullet_list(self, node: nodes.bullet_list) -> str:
        return self.block('list', *(f'[{self.inside(item)}]' for item in node.children))

    def write_enumerated_list(self, node: nodes.enumerated_list) -> str:
        start = str(node.get('start', ''))
        return self.block(
            'enum', *(f'[{self.inside(item)}]' for item in node.children), start=start
        )

    def write_definition_list(self, node: nodes.definition_list) -> str:
        return self.inside(node)

    def write_numbered(self, node: numbered) -> str:
        self.opening = self.anchors(node) + call('number', node['number'])
        return self.inside(node) + self.opened()

    def write_container(self, node: nodes.container) -> str:
        if 'note' in node:  # stands at the foot of the page where it is cited
            return ''
        if 'source' in node['classes']:
            label, *others = map(self.label, node['ids'])
            anchors = ''.join(call('anchor', other) for other in others)
            name = string(node['classes'][-1])
            return self.block('part-of-blocks', name, label, body=anchors + self.inside(node))
        if 'enclosure' in node['classes']:
            return self.block('enclosure', body=self.inside(node))
        if 'date' in node:
            return self.block('day', body=self.anchors(node) + self.inside(node))
        if 'editorial' in node['classes']:
            body = self.in_language(node, self.inside(node))
            return self.block('editorial', body=body)
        if node.get('overview') == 'downloads':
            if not self.site:
                beside = _('They stand beside the web edition.')
                return self.block('par', body=f'#{string(beside)}')
            before, after = _('They stand at {address}:').split('{address}')
            where = call('link', string(self.site), body=f'#{string(self.site)}')
            body = f'#{string(before)}{where}#{string(after)}'
            return self.block('par', body=body) + self.inside(node)
        return self.inside(node)

    write_compound = write_container

    def write_literal_block(self, node: nodes.literal_block) -> str:
        return self.block('raw', raw_string(node.astext()), block='true')

    def write_figure(self, node: nodes.figure) -> str:
        return self.anchors(node) + self.inside(node)

    def write_caption(self, node: nodes.caption) -> str:
        return self.block('legend', body=self.inside(node))

    def write_image(self, node: nodes.image) -> str:
        self.pictures.add(node['uri'])
        words = string(node['uri']), string(node.get('alt') or ' ')
        if isinstance(node.parent, nodes.TextElement):
            return call('small-picture', *words)
        return self.block('picture', *words)

    def write_drawing(self, node: drawing_node) -> str:
        return drawing(node.content)

    def note(self, key: str, mark: nodes.reference) -> str:
        """The note itself, at the foot of the page; written as part of its own document."""
        docname, container = self.notes[key]
        note_id = container['ids'][0]
        shown = string(self.registry.labels[key]), str(not self.registry.of_witness(key)).lower()
        ref = self.label(mark['ids'][0])
        if f'{docname}:{note_id}' in self.labels:  # cited again
            return call('note-again', *shown, string(f'{docname}:{note_id}'), ref)
        outer, self.docname = self.docname, docname
        note = self.label(note_id)
        blocks = cast('list[Element]', container.children)
        first = opening(blocks)
        del first[:2]
        hand = self.registry.speaker(key)
        del first[: bool(hand)]
        body = ''
        for n, block in enumerate(blocks):
            if 'marks' in block['classes']:
                body += call('also', body=f'#{string(block.astext())}')
            elif isinstance(block, nodes.paragraph):
                run_in = 'evidence' in block['classes']
                body += '' if n == 0 else '#" "' if run_in else '#parbreak()'
                body += self.inside(block)
            else:
                body += self.write(block)
        if tongue := self.registry.languages(key, outer):
            body = call('text', body=body, **language(tongue['lang']))
        text = call('note', *shown, string(hand), id=note, ref=ref, body=body)
        self.docname = outer
        return text

    # not printed

    def write_nothing(self, node: Node) -> str:
        return ''

    write_comment = write_target = write_substitution_definition = write_nothing
    write_index = write_meta = write_toctree = write_nothing
