"""Which language a stretch of the text is in, if it is not that of what surrounds it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from docutils import nodes

from ..data.language import direction, spoken

if TYPE_CHECKING:
    from docutils.nodes import Element

    from ..data.kinds import Kinds
    from ..data.records import Page


def set_languages(doctree: nodes.document, page: Page, kinds: Kinds) -> None:
    """Say of each stretch in another language which it is; and of each that turns, its direction.

    Before:  section (paragraph (inline lang=he), container note)     in a Russian letter
    After:   section lang=ru (paragraph (inline lang=he dir=rtl), container note lang=en)
    """
    whole = spoken().tag
    if page.kind and page.front.get('lang', whole) != whole:
        for block in doctree.children:
            if isinstance(block, nodes.Element):
                block['lang'] = page.front['lang']
        for node in doctree.findall(nodes.Element):
            if is_of_editors(node, page, kinds):
                node['lang'] = whole
    for node in doctree.findall(nodes.Element):
        if 'lang' in node and direction(node['lang']) != direction(language_around(node)):
            node['dir'] = direction(node['lang'])


def is_of_editors(node: Element, page: Page, kinds: Kinds) -> bool:
    """Whether words within a text are not its own: a title that it has not, an editors’ note."""
    if isinstance(node, nodes.inline):
        in_title = isinstance(node.parent, nodes.title)
        return 'supplied' in node['classes'] and (in_title or 'day-head' in node.parent['classes'])
    hands = (note.hand for note in page.notes if note.key == node.get('note'))
    noted = any(kinds.hands[hand].maker != 'author' for hand in hands)
    return noted or (isinstance(node, nodes.container) and 'editorial' in node['classes'])


def language_around(node: Element) -> str:
    """The language of what *node* stands in."""
    outer = node.parent
    while outer is not None and 'lang' not in outer:
        outer = outer.parent
    return str(outer['lang']) if outer is not None else spoken().tag
