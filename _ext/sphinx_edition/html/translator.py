"""What HTML for the web and for the e-book have in common."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, NamedTuple, cast

from docutils import nodes
from sphinx.writers.html5 import HTML5Translator

from ..data.language import N_, _
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
        ids=xref['ids'],
        classes=xref['classes'],
    )
    mark['edition'] = ('note', note.key)
    mark['hand'] = note.hand
    return mark


class Mark(NamedTuple):
    """How what happened in a manuscript is shown, and said to those who do not see it."""

    tag: str = ''
    said: str = ''
    before: str = ''
    after: str = ''


MARKS = {
    'del': Mark('del', N_('deleted')),
    'add': Mark('ins', N_('added'), '\\', '/'),
    'unclear': Mark('span', N_('unclear'), '', '[?]'),
}


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
        if tagname == 'th':
            attributes['scope'] = 'col' if 'head' in attributes.get('classes', ()) else 'row'
        if attributes.get('role') == 'doc-biblioentry':  # deprecated; it stands in a list
            attributes['role'] = 'listitem'
        attributes |= {name: node[name] for name in ('lang', 'dir') if name in node}
        return super().starttag(node, tagname, suffix, empty, **attributes)

    def visit_paragraph(self, node: Element) -> None:
        super().visit_paragraph(cast('nodes.paragraph', node))
        if 'number' in node:
            self.number(node)

    def visit_numbered(self, node: Element) -> None:
        self.body.append(self.starttag(node, 'div', CLASS='numbered'))
        self.number(node)

    def depart_numbered(self, node: Element) -> None:
        self.body.append('</div>\n')

    def visit_attribution(self, node: Element) -> None:
        """Whose words a quotation gives, without a dash of ours."""
        self.body.append(self.starttag(node, 'p', '', CLASS='attribution'))

    def depart_attribution(self, node: Element) -> None:
        self.body.append('</p>\n')

    def visit_line(self, node: Element) -> None:
        super().visit_line(cast('nodes.line', node))
        if indent := node.get('indent'):
            self.body.append(f'<span class="apparatus indent">{" " * indent}</span>')

    def is_compactable(self, node: Element) -> bool:
        """Not in the text: what is collated is a paragraph there."""
        inner: Element | None = node
        while inner is not None and 'source' not in inner['classes']:
            inner = inner.parent
        return inner is None and bool(super().is_compactable(node))

    def visit_asterism(self, node: Element) -> None:
        self.body.append('<hr class="asterism" />\n')
        raise nodes.SkipNode

    def visit_page_break(self, node: Element) -> None:
        page = node['page']
        label = _('page {page}').format(page=page)
        named: dict[str, Any] = {'role': 'doc-pagebreak', 'aria-label': label}
        self.body.append(self.starttag(node, 'span', '', **named))
        self.body.append(f'<span class="folio">{page}</span></span>')
        raise nodes.SkipNode

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

    def visit_label(self, node: Element) -> None:
        """By which name a source is cited; that it stands apart is the style sheet’s to show."""
        self.body.append('<span class="label">')

    def depart_label(self, node: Element) -> None:
        self.body.append('</span>\n')

    def visit_inline(self, node: Element) -> None:
        classes = node['classes']
        if 'bibtex-citation' in classes:
            node['ids'] = []  # for links back from the bibliography, which there are none of
        tag, attributes = 'span', {}
        if 'when' in node and re.fullmatch(r'\d{4}(-\d\d(-\d\d)?)?', node['when']):
            tag, attributes['datetime'] = 'time', node['when']
        if 'extent' in node:
            label = _('gap: {extent}').format(extent=node['extent'])
            named = {'role': 'img', 'aria-label': label, 'title': node['extent']}
            self.body.append(self.starttag(node, tag, '[…]', CLASS='apparatus', **named))
            self.context.append(tag)
            return
        if 'rend' in node:
            attributes['CLASS'] = node['rend']
        mark = next((MARKS[name] for name in classes if name in MARKS), Mark())
        tag = mark.tag or tag
        self.body.append(self.starttag(node, tag, '', **attributes))
        if mark.said:
            said = _('{mark}: ').format(mark=_(mark.said))
            self.body.append(f'<span class="apparatus said">{said}</span>')
        self.sign(mark.before)
        self.context.append(tag)

    def sign(self, sign: str) -> None:
        """A sign that is shown, and not said."""
        if sign:
            self.body.append(f'<span class="apparatus sign" aria-hidden="true">{sign}</span>')

    def depart_inline(self, node: Element) -> None:
        for name in node['classes']:
            self.sign(MARKS[name].after if name in MARKS else '')
        if 'meant' in node:
            meant = f'<em>{self.encode(node["meant"])}</em>'
            read = _('[read {meant}]').format(meant=meant)
            self.body.append(f'<span class="apparatus correction"> {read}</span>')
        self.body.append(f'</{self.context.pop()}>')

    def visit_footnote(self, node: Element) -> None:
        named = {'role': 'doc-footnote', 'aria-label': node['label']}
        self.body.append(self.starttag(node, 'aside', CLASS='apparatus', **named))

    def depart_footnote(self, node: Element) -> None:
        self.body.append('</aside>\n')

    def visit_reference(self, node: Element) -> None:
        if 'noteref' in node['classes']:
            attributes: dict[str, Any] = {
                'href': node.get('refuri') or f'#{node["refid"]}',
                'role': 'doc-noteref',
                'class': 'apparatus',
                'aria-label': self.registry.note_name(node['edition'][1]),
            }
            self.body.append(self.starttag(node, 'a', '', **attributes))
        elif 'backlink' in node['classes']:
            href = node.get('refuri') or f'#{node["refid"]}'
            self.body.append(self.starttag(node, 'a', '', href=href, role='doc-backlink'))
        else:
            super().visit_reference(node)
