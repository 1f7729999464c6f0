"""What HTML for the web and for the e-book have in common."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, cast

from docutils import nodes
from sphinx.writers.html5 import HTML5Translator

from ..data.kinds import HANDS
from ..domain import edition_domain
from .svg import svg

if TYPE_CHECKING:
    from docutils.nodes import Element
    from sphinx import addnodes

    from ..data.records import Note
    from ..data.registry import Registry
    from ..vocabulary import drawing


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
        return edition_domain(self.builder.env).registry

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

    def visit_line_break(self, node: Element) -> None:
        self.body.append('<br />\n')
        raise nodes.SkipNode

    def visit_drawing(self, node: drawing) -> None:
        def address(target: tuple[str, str]) -> str:
            here = self.builder.current_docname
            return f'{self.builder.get_relative_uri(here, target[0])}#{target[1]}'

        self.body.append(svg(node.content, address))
        raise nodes.SkipNode

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
        return f'{HANDS[note.hand].word} {self.registry.labels[key]}'
