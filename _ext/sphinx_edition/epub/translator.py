"""The pages of the e-book as XHTML, with the semantics of EPUB 3."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from docutils import nodes

from ..data.kinds import PARTS
from ..html.translator import EditionTranslator

if TYPE_CHECKING:
    from docutils.nodes import Element

# class of a node -> its epub:type and, if there is one, its ARIA role
SEMANTICS = {
    **{name: (part.epub, '') for name, part in PARTS.items() if part.epub},
    'pagebreak': ('pagebreak', 'doc-pagebreak'),
    'noteref': ('noteref', 'doc-noteref'),
    'footnote': ('footnote', 'doc-footnote'),
    'backlink': ('backlink', 'doc-backlink'),
}


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
        if 'lang' in attributes:
            attributes['xml:lang'] = attributes['lang']
        return super().starttag(node, tagname, suffix, empty, **attributes)

    def number(self, node: Element) -> None:
        """The paragraph's number; a link to the place where one is would only be in the way."""
        self.body.append(f'<span class="apparatus number">{node["number"]} </span>')

    def visit_section(self, node: Element) -> None:
        self.section_level += 1
        self.body.append(self.starttag(node, 'section'))

    def depart_section(self, node: Element) -> None:
        self.section_level -= 1
        self.body.append('</section>\n')

    def visit_compound(self, node: nodes.compound) -> None:
        if 'toctree-wrapper' in node['classes']:  # the contents have a page of their own
            raise nodes.SkipNode
        super().visit_compound(node)
