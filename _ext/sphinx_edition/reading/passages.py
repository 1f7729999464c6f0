"""The places of a text: what is numbered or named, and gets an address."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, TypeGuard

from docutils import nodes
from sphinx import addnodes

from ..data.problems import Trouble
from ..data.records import Passage
from ..data.text import fold
from ..diagnostics import warn
from ..vocabulary import TEXT, numbered, page_break

if TYPE_CHECKING:
    from collections.abc import Iterator

    from docutils.nodes import Element

    from ..data.records import Page

# what the witness’s text is not made of
NOT_IN_CHAPTERS = (nodes.literal_block, nodes.definition_list, addnodes.only)


def passages(doctree: nodes.document, page: Page) -> Iterator[tuple[Element, Passage]]:
    """The places of the witness with their records: pages anywhere, named parts anywhere, the rest
    in a chapter.

    Before:  section (paragraph, block_quote (…), paragraph (image))
    After:   section (paragraph source number=1, numbered source number=2 (block_quote (…)),
                      figure source (image))
    """
    siglum = page.front.get('siglum') or page.docname.rpartition('/')[2]
    number = figures = 0

    def place(node: Element, n: str, *, of_text: bool = True, **more: str) -> Passage:
        node['classes'] += ['source'] if of_text else []
        words = fold(node.astext()) if of_text else ''
        return Passage(f'{siglum}-{n}', siglum, n, page.docname, node.line or 1, words, **more)

    for node in list(doctree.findall(nodes.Element)):
        if 'part' in node:
            name = node.attributes.pop('part')
            passage = place(node, name)
            node['classes'].append(name)
            yield node, passage
        elif isinstance(node, page_break):
            yield node, place(node, f'p{node["page"]}', of_text=False, page=node['page'])
        elif 'date' in node and not (page.kind and holds_text(node.parent)):
            message = 'a {day} stands at the top of a chapter, in nothing else'
            warn(Trouble.MARKUP, message, node)
            del node['date']
        elif not page.kind or not holds_text(node.parent):
            continue
        elif 'date' in node:
            n = '-'.join(re.findall(r'[0-9A-Za-z]+', node['date']))
            yield node, place(node, n, of_text=False, date=node['date'])
        elif isinstance(node, nodes.title) and not list(node.findall(is_supplied)):
            passage = place(node, 'title')
            node['classes'].append('title')
            yield node, passage
        elif pictures := pictures_of(node):
            for picture in pictures:
                figures += 1
                yield picture, place(picture, f'fig-{figures}')
        elif 'day-head' in node['classes']:
            continue
        elif is_wordless(node):
            message = (
                'a page break stands within the text; put it before the first word that follows'
            )
            warn(Trouble.MARKUP, message, node)
        elif isinstance(node, TEXT):
            number += 1
            block = node if isinstance(node, nodes.paragraph) else contained(node)
            block['number'] = str(number)
            yield block, place(block, str(number))
        elif isinstance(node, NOT_IN_CHAPTERS):
            warn(
                Trouble.MARKUP,
                'a chapter holds paragraphs, quotations, verse, lists, tables and pictures; '
                'put what is the editor’s into “:::{editorial}”',
                node,
            )
    check_days(doctree)


def holds_text(node: Element) -> bool:
    """Whether the blocks in *node* are the text itself, not part of a block of it."""
    inner = isinstance(node, nodes.container) and {'day', 'enclosure'} & set(node['classes'])
    return isinstance(node, (nodes.section, nodes.document)) or bool(inner)


def contained(node: Element) -> Element:
    """A holder in the place of *node*, which takes its labels."""
    holder = numbered(ids=node['ids'], names=node['names'])
    holder.source, holder.line = node.source, node.line
    node['ids'], node['names'] = [], []
    node.parent.replace(node, holder)
    holder += node
    return holder


def pictures_of(node: Element) -> list[Element]:
    """The figure that *node* is, or the figures that take its place if it holds only pictures."""
    if isinstance(node, nodes.figure):
        return [node]
    held = [child for child in node.children if child.astext().strip() or not is_text(child)]
    if not isinstance(node, nodes.paragraph) or not all(isinstance(c, nodes.image) for c in held):
        return []
    figures: list[Element] = [nodes.figure('', image) for image in held]
    for figure in figures:
        figure.source, figure.line = node.source, node.line
    node.parent.replace(node, figures)
    return figures


def is_text(node: nodes.Node) -> bool:
    """Whether *node* is words alone."""
    return isinstance(node, nodes.Text)


def is_unseen(node: nodes.Node) -> TypeGuard[Element]:
    """Whether *node* is the head of a day whose text gives the date itself."""
    return isinstance(node, nodes.paragraph) and 'unseen' in node['classes']


def is_wordless(node: Element) -> bool:
    """Whether *node* is a paragraph of page breaks alone."""
    breaks = isinstance(node, nodes.paragraph) and next(node.findall(page_break), None)
    return breaks is not None and breaks is not False and not node.astext().strip()


def check_days(doctree: nodes.document) -> None:
    """Warn of text between the days of a diary, or after them."""
    for day in doctree.findall(nodes.container):
        after = day.next_node(descend=False, siblings=True) if 'day' in day['classes'] else None
        if isinstance(after, nodes.Element) and 'source' in after['classes']:
            message = (
                'what follows a {day} stands in one, too; put it before “::::” or into the next'
            )
            warn(Trouble.MARKUP, message, after)


def is_supplied(node: nodes.Node) -> bool:
    """Whether *node* is the editor's words in a title."""
    return isinstance(node, nodes.inline) and 'supplied' in node['classes']
