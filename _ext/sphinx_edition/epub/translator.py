"""The pages of the e-book as XHTML, with the semantics of EPUB 3."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, cast

from docutils import nodes

from ..data.kinds import PARTS
from ..html.svg import scaled
from ..html.translator import EditionTranslator

if TYPE_CHECKING:
    from docutils.nodes import Element

    from ..vocabulary import drawing

# class of a node -> its epub:type and, if there is one, its ARIA role
SEMANTICS = {
    **{name: (part.epub, '') for name, part in PARTS.items() if part.epub},
    'pagebreak': ('pagebreak', 'doc-pagebreak'),
    'noteref': ('noteref', 'doc-noteref'),
    'footnote': ('footnote', 'doc-footnote'),
    'backlink': ('backlink', 'doc-backlink'),
}
NARROW = 2  # columns for which most pages have room

# classes that docutils and Sphinx write for style sheets of their own
UNUSED = frozenset(
    'docutils container simple std std-ref reference internal compound bibtex-citation '
    'align-default align-left row-odd row-even colwidths-auto colwidths-given arabic line-block '
    'citation-list figure title note emendations endnotes appendix index '
    'introduction chapter page'.split()
)


class EpubTranslator(EditionTranslator):
    """Adds what EPUB knows beyond HTML."""

    def starttag(
        self,
        node: Element,
        tagname: str,
        suffix: str = '\n',
        empty: bool = False,
        **attributes: Any,
    ) -> str:
        classes: list[str] = node.get('classes', [])
        named = (SEMANTICS[name] for name in classes if name in SEMANTICS)
        for kind, role in (*named, node.get('semantics', ('', ''))):
            attributes.update({'epub:type': kind} if kind else {})
            attributes.update({'role': role} if role else {})
        if 'lang' in node:
            attributes['xml:lang'] = node['lang']
        return super().starttag(node, tagname, suffix, empty, **attributes)

    def depart_document(self, node: Element) -> None:
        super().depart_document(cast('nodes.document', node))
        self.fragment = [re.sub(' class="([^"]*)"', used, piece) for piece in self.fragment]

    def number(self, node: Element) -> None:
        """The paragraph's number; a link to the place where one is would only be in the way."""
        self.body.append(f'<span class="apparatus number">{node["number"]} </span>')

    def visit_paragraph(self, node: Element) -> None:
        if not node.get('bare'):
            super().visit_paragraph(node)

    def depart_paragraph(self, node: Element) -> None:
        if not node.get('bare'):
            super().depart_paragraph(cast('nodes.paragraph', node))
        elif node is not node.parent.children[-1]:
            self.body.append('<br />\n')

    def visit_section(self, node: Element) -> None:
        self.section_level += 1
        self.body.append(self.starttag(node, 'section'))

    def depart_section(self, node: Element) -> None:
        self.section_level -= 1
        self.body.append('</section>\n')

    def visit_footnote(self, node: Element) -> None:
        self.body.append(self.starttag(node, 'aside', **{'aria-label': node['label']}))

    def depart_footnote(self, node: Element) -> None:
        self.body.append('</aside>\n')

    def visit_reference(self, node: Element) -> None:
        """The mark of a note is raised also where no style sheet is read."""
        super().visit_reference(node)
        self.body.append('<sup>' if 'noteref' in node['classes'] else '')

    def depart_reference(self, node: Element) -> None:
        self.body.append('</sup>' if 'noteref' in node['classes'] else '')
        super().depart_reference(cast('nodes.reference', node))

    def visit_table(self, node: Element) -> None:
        """In a box whose width the style sheet can ask for."""
        columns = len(list(node.findall(nodes.colspec)))
        width = 'wide' if columns > NARROW else 'narrow'
        self.body.append(f'<div class="table {width}">')
        super().visit_table(cast('nodes.table', node))

    def depart_table(self, node: Element) -> None:
        super().depart_table(cast('nodes.table', node))
        self.body.append('</div>\n')

    def depart_colspec(self, node: Element) -> None:
        """No widths: each column is as wide as its words ask for."""

    def visit_drawing(self, node: drawing) -> None:
        """Without links, whose words some reading systems do not draw; the table has them."""
        self.body.append(scaled(node.content))
        raise nodes.SkipNode

    def visit_compound(self, node: nodes.compound) -> None:
        if 'toctree-wrapper' in node['classes']:  # the contents have a page of their own
            raise nodes.SkipNode
        super().visit_compound(node)


def used(match: re.Match[str]) -> str:
    """The attribute `class`, without what is for the style sheets of others."""
    names = [name for name in match[1].split() if name not in UNUSED]
    return f' class="{" ".join(names)}"' if names else ''
