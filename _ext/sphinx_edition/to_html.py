"""HTML, for the web and as the ground of the e-book: what the neutral tree becomes there."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, cast

from docutils import nodes
from sphinx.writers.html5 import HTML5Translator

from .backlinks import PlaceNotes

if TYPE_CHECKING:
    from docutils.nodes import Element, Node
    from sphinx import addnodes

    from .domain import EditionDomain
    from .model import Note
    from .registry import Registry

# who speaks in a note
HANDS = {'translator': 'Translator’s note', 'editor': 'Editor’s note'}


class Sidenotes(PlaceNotes):
    """Set each note beside its mark.

    Before:  pending_xref note
    After:   reference refid=note-4 classes=noteref “4”,
             inline ids=note-4 classes=sidenote (reference backlink “4.”, inline classes=par …)

    The note is inline because nothing else may stand within a paragraph of HTML; set there,
    style sheets alone can put it in the margin beside its line.
    """

    builders = ('html',)

    def place(
        self, xref: addnodes.pending_xref, note: Note, label: str, body: list[nodes.paragraph]
    ) -> None:
        mark = note_mark(xref, note, label)
        side = nodes.inline(
            classes=['sidenote', note.hand], ids=[note.id], label=f'{HANDS[note.hand]} {label}'
        )
        side += nodes.reference(
            '', f'{label}.', internal=True, refid=f'ref-{note.key}', classes=['backlink']
        )
        for block in body:
            side += nodes.Text(' ')
            side += nodes.inline('', '', *block.children, classes=['par', *block['classes']])
        outer = xref.parent
        while outer is not None and 'sidenote' not in outer['classes']:
            outer = outer.parent
        if outer is None:
            xref.replace_self([mark, side])
        else:  # cited within a note: set after it
            xref.replace_self(mark)
            siblings = outer.parent
            position = siblings.index(outer) + 1
            while position < len(siblings) and is_sidenote(siblings[position]):
                position += 1
            siblings.insert(position, side)


def is_sidenote(node: Node) -> bool:
    """Whether *node* is a note set beside its mark."""
    return isinstance(node, nodes.inline) and 'sidenote' in node['classes']


def note_mark(xref: addnodes.pending_xref, note: Note, label: str) -> nodes.reference:
    """The mark of a note that stands in the same file."""
    mark = nodes.reference(
        '',
        label,
        internal=True,
        refid=note.id,
        ids=[f'ref-{note.key}'],
        classes=['noteref', 'note', note.hand],
    )
    mark['edition'] = ('note', note.key)
    mark['hand'] = note.hand
    return mark


class EditionTranslator(HTML5Translator):
    """Writes the neutral tree with the contract's classes: `source` and, within it, `apparatus`."""

    @property
    def registry(self) -> Registry:
        return cast('EditionDomain', self.builder.env.domains['edition']).registry

    def starttag(
        self,
        node: Element,
        tagname: str,
        suffix: str = '\n',
        empty: bool = False,
        **attributes: Any,
    ) -> str:
        if attributes.get('role') == 'doc-biblioentry':  # deprecated; it stands in a list
            attributes['role'] = 'listitem'
        return super().starttag(node, tagname, suffix, empty, **attributes)

    def visit_paragraph(self, node: Element) -> None:
        super().visit_paragraph(cast('nodes.paragraph', node))
        if 'number' in node:
            self.number(node)

    visit_block = visit_paragraph

    def number(self, node: Element) -> None:
        """The paragraph's number, a link to itself."""
        passage = self.registry.passages[node['ids'][0]]
        self.body.append(
            f'<a class="apparatus number" href="#{passage.id}" aria-label="{passage.label}">'
            f'{passage.n}</a>'
        )

    def visit_inline(self, node: Element) -> None:
        classes = node['classes']
        tag, attributes = 'span', {}
        if 'lang' in node:
            attributes['lang'] = node['lang']
        if 'when' in node and re.fullmatch(r'\d{4}(-\d\d(-\d\d)?)?', node['when']):
            tag, attributes['datetime'] = 'time', node['when']
        if 'sidenote' in classes:
            attributes.update(
                {'class': 'apparatus', 'role': 'doc-footnote', 'aria-label': node['label']}
            )
        self.body.append(self.starttag(node, tag, '', **attributes))
        self.context.append(tag)

    def depart_inline(self, node: Element) -> None:
        if 'meant' in node:
            meant = self.encode(node['meant'])
            self.body.append(f'<span class="apparatus correction"> [read <em>{meant}</em>]</span>')
        self.body.append(f'</{self.context.pop()}>')

    def visit_reference(self, node: Element) -> None:
        if 'noteref' in node['classes']:
            attributes: dict[str, Any] = {
                'href': node.get('refuri') or f'#{node["refid"]}',
                'role': 'doc-noteref',
                'class': 'apparatus',
                'aria-label': self.note_name(node['edition'][1]),
            }
            self.body.append(self.starttag(node, 'a', '', **attributes))
        elif 'backlink' in node['classes']:
            href = node.get('refuri') or f'#{node["refid"]}'
            self.body.append(self.starttag(node, 'a', '', href=href, role='doc-backlink'))
        else:
            super().visit_reference(node)

    def note_name(self, key: str) -> str:
        """“Editor’s note b”."""
        note = self.registry.notes[key]
        return f'{HANDS[note.hand]} {self.registry.labels[key]}'
