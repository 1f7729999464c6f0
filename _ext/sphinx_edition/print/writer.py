"""The neutral tree as Typst source: calls of the functions in `typst/`, where the design lives."""

from __future__ import annotations

from itertools import groupby
from textwrap import wrap
from typing import TYPE_CHECKING, cast

from docutils import nodes

from ..data.problems import Trouble
from ..diagnostics import warn
from .source import array, call, drawing, mark, raw_string, string

if TYPE_CHECKING:
    from collections.abc import Iterable

    from docutils.nodes import Element, Node

    from ..data.records import Entry, Page
    from ..data.registry import Registry
    from ..vocabulary import drawing as drawing_node


LEAD = 4 * 66  # letters of a paragraph that a heading keeps with what follows, at most
NOTE_LINE = 74  # letters of a line in note size, rather too few than too many
KEPT_WITH_LEAD = (  # what a paragraph under a heading may lead to
    nodes.table,
    nodes.figure,
    nodes.bullet_list,
    nodes.definition_list,
    nodes.container,
    nodes.citation,
)


def lines(row: nodes.row, widths: list[int]) -> int:
    """How many lines a row of a table takes, about."""
    letters = [max(NOTE_LINE * width // sum(widths) - 2, 1) for width in widths]
    return max(
        sum(len(wrap(block.astext(), room)) for block in cell.children)
        for cell, room in zip(row.children, letters, strict=False)
    )


class Writer:
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

    def document(self, page: Page, tree: nodes.document, *, run_on: bool) -> str:
        """A whole document. Its first title bears its label, and opens a page or runs on."""
        self.page, self.docname, self.run_on = page, page.docname, run_on
        body = self.inside(tree)
        if page.notes:
            labels, cited = self.registry.labels, self.registry.citations
            notes = [
                (labels[note.key], f'{page.docname}:{note.id}')
                for note in page.notes
                if note.key in cited
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
        return body

    def write_title(self, node: nodes.title) -> str:
        labels = [self.label(node_id) for node_id in [*node.parent['ids'], *node['ids']]]
        body = self.inside(node)
        if self.level > 1:
            return self.block('unit', str(self.level), array(labels), body=body)
        labels.append(self.label())
        if self.page.is_title_page:
            return self.block('book-title', array(labels), body=body)
        run_on = {'run-on': 'true'} if self.run_on else {}
        return self.block('unit', '1', array(labels), body=body, **run_on)

    def write_paragraph(self, node: nodes.paragraph) -> str:
        if 'source' in node['classes']:
            return self.passage(node, self.inside(node))
        after = node.next_node(descend=False, siblings=True)
        opens = isinstance(node.previous_sibling(), nodes.title) and len(node.astext()) < LEAD
        leads = opens and isinstance(after, KEPT_WITH_LEAD)
        function = 'lead' if leads or isinstance(after, nodes.literal_block) else 'par'
        opening, self.opening = self.opening, ''
        return self.block(function, body=opening + self.anchors(node) + self.inside(node))

    def write_block_quote(self, node: nodes.block_quote) -> str:
        """A quotation; the number of one of the witness stands in its first paragraph."""
        if 'number' in node:
            self.opening = self.anchors(node) + call('number', node['number'])
        body = self.inside(node)
        return self.block('quote', body=self.opening + body)

    def write_attribution(self, node: nodes.attribution) -> str:
        return self.block('attribution', body=self.inside(node))

    def write_line_block(self, node: nodes.line_block) -> str:
        body = '#linebreak()'.join(self.inside(line) for line in node.findall(nodes.line))
        return (
            self.passage(node, body)
            if 'source' in node['classes']
            else self.block('par', body=body)
        )

    def passage(self, node: Element, body: str) -> str:
        label, *others = map(self.label, node['ids'])
        body = ''.join(call('anchor', other) for other in others) + body
        if 'number' in node:
            return self.block('passage', node['number'], label, body=body)
        return self.block('part', string(node['classes'][-1]), label, body=body)

    def write_bullet_list(self, node: nodes.bullet_list) -> str:
        return self.block('list', *(f'[{self.inside(item)}]' for item in node.children))

    def write_enumerated_list(self, node: nodes.enumerated_list) -> str:
        return self.block('enum', *(f'[{self.inside(item)}]' for item in node.children))

    def write_definition_list(self, node: nodes.definition_list) -> str:
        return self.inside(node)

    def write_definition_list_item(self, node: nodes.definition_list_item) -> str:
        term, definition = cast('list[Element]', node.children)
        if 'entry' not in node:
            return self.block(
                'terms', array([f'[{self.inside(term)}]', f'[{self.inside(definition)}]'])
            )
        entry = self.registry.entries[node['entry']]
        facts: dict[str, str] = {}
        prose: list[Element] = []
        for child in cast('list[Element]', definition.children):
            name = next(iter(child['classes']), '')
            if name in ('forms', 'evidence', 'identifiers'):
                facts[name] = f'[{self.inside(child)}]'
            elif name != 'mentions':
                prose.append(child)
        last = prose.pop() if prose and isinstance(prose[-1], nodes.paragraph) else nodes.inline()
        before = self.inside(prose)
        return self.block(
            'entry',
            string(entry.kind),
            string(entry.key),
            self.label(entry.key),
            string(entry.name),
            level=str(self.level + 1),
            dates=string(entry.when) if entry.when else '',
            places=self.places(entry, node),
            before=f'[{before}]' if before else '',
            body=self.anchors(last) + self.inside(last),
            **facts,
        )

    def places(self, entry: Entry, node: Node) -> str:
        """Where an entry is named, as links: “diary 1, 2 · letter 3 · note 6”."""
        mentions = self.registry.mentions[entry.kind, entry.key]
        first = {mention.within: mention for mention in reversed(mentions)}
        loci = [
            (*self.registry.locus(mention).rpartition(' ')[::2], f'{mention.docname}:{mention.id}')
            for mention in reversed(first.values())
        ]
        groups = []
        for name, group in groupby(loci, key=lambda locus: locus[0]):
            links = [self.link(label, f'#{string(n)}', node) for _, n, label in group]
            groups.append(f'#{string(name + " ")}' + '#", "'.join(links))
        return '[' + '#" · "'.join(groups) + ']' if groups else ''

    def write_container(self, node: nodes.container) -> str:
        if 'note' in node:  # stands at the foot of the page where it is cited
            return ''
        if 'editorial' in node['classes']:
            return self.block('editorial', body=self.inside(node))
        if node.get('overview') == 'downloads':
            if not self.site:
                return self.block('par', body='#"They stand beside the web edition."')
            where = call('link', string(self.site), body=f'#{string(self.site)}')
            return self.block('par', body=f'#"They stand at "{where}#":"') + self.inside(node)
        return self.inside(node)

    write_compound = write_container

    def write_table(self, node: nodes.table) -> str:
        widths = [spec['colwidth'] for spec in node.findall(nodes.colspec)]
        caption = ''.join(self.inside(title) for title in node.findall(nodes.title))
        anchors, head = self.anchors(node), 'table.header()'
        for part in node.findall(nodes.thead):  # a repeated head may not hold links (PDF/UA)
            once = '' if next(part.findall(nodes.reference), None) is None else 'repeat: false, '
            head = f'table.header({once}{self.cells(part)})'
        rows = [row for part in node.findall(nodes.tbody) for row in part.findall(nodes.row)]
        return anchors + self.block(
            'listing',
            array(f'{width}fr' for width in widths),
            array(str(lines(row, widths)) for row in rows),
            f'[{caption}]' if caption else 'none',
            head,
            *(f'({self.cells(row)}, )' for row in rows),
        )

    def cells(self, part: Element) -> str:
        return ', '.join(f'[{self.inside(cell) or "#blank"}]' for cell in part.findall(nodes.entry))

    def write_citation(self, node: nodes.citation) -> str:
        label, *rest = cast('list[Element]', node.children)
        body = self.anchors(node) + self.inside(child for part in rest for child in part.children)
        return self.block('cited', string(label.astext()), body=body)

    def write_literal_block(self, node: nodes.literal_block) -> str:
        return self.block('raw', raw_string(node.astext()), block='true')

    def write_figure(self, node: nodes.figure) -> str:
        return self.inside(node)

    def write_caption(self, node: nodes.caption) -> str:
        return self.block('legend', body=self.inside(node))

    def write_image(self, node: nodes.image) -> str:
        if not node.get('alt'):
            warn(Trouble.PRINT, f'the picture {node["uri"]} needs :alt:, words in its place', node)
        self.pictures.add(node['uri'])
        words = string(node['uri']), string(node.get('alt') or ' ')
        if isinstance(node.parent, nodes.TextElement):
            return call('small-picture', *words)
        return self.block('picture', *words)

    def write_drawing(self, node: drawing_node) -> str:
        return drawing(node.content)

    # within a line

    def write_Text(self, node: nodes.Text) -> str:  # noqa: N802 (named as the node)
        return f'#{string(node.astext())}'

    def write_emphasis(self, node: nodes.emphasis) -> str:
        return call('emph', body=self.inside(node))

    write_title_reference = write_emphasis

    def write_strong(self, node: nodes.strong) -> str:
        return call('strong', body=self.inside(node))

    def write_superscript(self, node: nodes.superscript) -> str:
        return call('super', body=self.inside(node))

    def write_subscript(self, node: nodes.subscript) -> str:
        return call('sub', body=self.inside(node))

    def write_literal(self, node: nodes.literal) -> str:
        return call('raw', string(node.astext()))

    def write_line_break(self, node: nodes.inline) -> str:
        return '#" "#linebreak()'  # the space is for those who copy

    def write_inline(self, node: nodes.inline) -> str:
        body = self.anchors(node) + self.inside(node)
        if 'meant' in node:
            return call('sic', string(node['meant']), body=body)
        if 'file' in node and self.site:
            return call('link', string(self.site + node['file']), body=body)
        if 'lang' in node:
            return call('foreign', string(node['lang']), body=body)
        return body

    def write_reference(self, node: nodes.reference) -> str:
        kind, key = node.get('edition', ('', ''))
        if kind == 'note':
            return self.note(key, node)
        if kind in self.registry.kinds.registers:
            entry = self.registry.entries[kind, key]
            body = self.link(f'{entry.docname}:{entry.key}', self.inside(node), node)
            for node_id in node['ids']:
                body = call('mention', string(kind), string(key), self.label(node_id), body=body)
            return body
        body = self.anchors(node) + self.inside(node)
        if 'refid' in node:
            return self.link(f'{self.docname}:{node["refid"]}', body, node)
        if node.get('internal'):
            docname, _, node_id = node['refuri'].partition('#')
            return self.link(
                f'{docname or self.docname}{":" if node_id else ""}{node_id}', body, node
            )
        return call('link', string(node['refuri']), body=body)

    def note(self, key: str, mark: nodes.reference) -> str:
        """The note itself, at the foot of the page; written as part of its own document."""
        docname, container = self.notes[key]
        note_id = container['ids'][0]
        if f'{docname}:{note_id}' in self.labels:  # a second mark, of which a warning told
            return call('super', body=f'#{string(self.registry.labels[key])}')
        ref = self.label(mark['ids'][0])
        outer, self.docname = self.docname, docname
        note = self.label(note_id)
        first, *rest = cast('list[Element]', container.children)
        body = self.inside(first.children[2:])
        for paragraph in rest:
            run_in = 'evidence' in paragraph['classes']
            body += ('#" "' if run_in else '#parbreak()') + self.inside(paragraph)
        text = call(
            'note',
            string(self.registry.labels[key]),
            string(self.registry.notes[key].hand),
            id=note,
            ref=ref,
            body=body,
        )
        self.docname = outer
        return text

    # not printed

    def write_nothing(self, node: Node) -> str:
        return ''

    write_comment = write_target = write_substitution_definition = write_nothing
    write_index = write_meta = write_toctree = write_nothing
