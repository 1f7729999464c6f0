"""What has no place in an edition: it is told with its place and a remedy, and its words stay."""

from __future__ import annotations

from typing import TYPE_CHECKING

from docutils import nodes

from ..data.problems import Trouble
from ..diagnostics import warn
from ..vocabulary import INLINES, READ, verse

if TYPE_CHECKING:
    from docutils.nodes import Element
    from sphinx.application import Sphinx

# a node that has no place -> what to do instead
REMEDIES: dict[type[nodes.Node], str] = {
    nodes.footnote_reference: 'mark a note with {note}`key`',
    nodes.footnote: 'write :::{editor-note} key under notes/',
    nodes.transition: 'write *** for an asterism; a heading divides a page',
    nodes.title: 'write its words, or take it out',
    nodes.line_block: 'write :::{verse}, one line a line',
    nodes.comment: 'take it out',
    nodes.sidebar: 'write a note, or put the words into :::{editorial}',
    nodes.math: 'write it in words, with {sup} and {sub}',
    nodes.math_block: 'write it in words, with {sup} and {sub}',
    nodes.raw: 'use Markdown or a role (a comment begins with %)',
}
# what stands within others that are refused, and is not told again
INNER = (nodes.label, nodes.title, nodes.line, nodes.term, nodes.definition)
# what an editor never typed: it has been told already
TOLD = (nodes.system_message, nodes.problematic)


def refuse(app: Sphinx, doctree: nodes.document) -> None:
    """Take out what is not in the vocabulary, and leave its words (`doctree-read`).

    Before:  section (sidebar (title “Fog”, paragraph “Rain”), paragraph (footnote_reference “1”))
    After:   section (paragraph “Fog”, paragraph “Rain”, paragraph (“[1]”))
    """
    strangers = [node for node in doctree.findall(nodes.Element) if not is_known(node)]
    holder = None  # of the raw HTML that was told last: tags come in pairs
    for node in strangers:
        if isinstance(node, TOLD) or (isinstance(node, nodes.raw) and node.parent is holder):
            continue
        holder = node.parent if isinstance(node, nodes.raw) else None
        message = f'{described(node)} has no place in an edition; {remedy(node)}'
        warn(Trouble.MARKUP, message, node if node.line else node.parent)
    for node in reversed(strangers):
        place = node.parent.index(node)
        node.parent[place : place + 1] = words_of(node)


def is_known(node: nodes.Element) -> bool:
    """Whether *node* may stand in an edition."""
    if isinstance(node, nodes.comment):
        return 'block_break' not in node['classes']
    if isinstance(node, nodes.title):  # of a picture alone, too, there is nothing to say
        return bool(node.astext().strip())
    if type(node) is nodes.line_block:  # a stanza, whose lines know their indent
        return isinstance(node.parent, verse)
    return isinstance(node, (nodes.document, *READ))


def described(node: Element) -> str:
    """What an editor typed, as far as one can tell."""
    if isinstance(node, nodes.raw):
        return f'raw {node["format"]} {node.astext().strip()[:40]!r}'
    names = {
        nodes.footnote_reference: 'a Markdown footnote ([^…])',
        nodes.footnote: 'the text of a Markdown footnote ([^…]:)',
        nodes.transition: 'a line across the page (---)',
        nodes.title: 'a heading without words',
        nodes.comment: 'a block break (+++)',
    }
    return names.get(type(node), f'“{node.tagname.replace("_", " ")}”')


def remedy(node: Element) -> str:
    """What the editor can do instead."""
    for kind in type(node).__mro__:
        if kind in REMEDIES:
            return REMEDIES[kind]
    return 'use what CONTRIBUTING lists, or write it in words'


def words_of(node: Element) -> list[nodes.Node]:
    """The words of *node*, in nodes that may stand in its place."""
    inline = isinstance(node.parent, nodes.TextElement)
    if isinstance(node, nodes.footnote_reference):
        return [nodes.Text(f'[{node.astext()}]')]
    if isinstance(node, nodes.system_message):
        typed = [*node.findall(nodes.literal_block)]  # none of the witness's paragraphs
        return [nodes.container('', *typed, classes=['editorial'])] if typed else []
    if inline:
        return [*node.children]
    if isinstance(node, (nodes.FixedTextElement, nodes.comment)):
        return [nodes.paragraph('', node.astext())] if node.astext() else []
    blocks: list[nodes.Node] = []
    for child in [*node.children]:
        if isinstance(child, (*INLINES, *INNER)):
            words = child.children if isinstance(child, nodes.Element) else [child]
            blocks.append(nodes.paragraph('', '', *words))
        else:
            blocks.append(child)
    return blocks
