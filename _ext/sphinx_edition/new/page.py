"""One saved page: what stands around its text, its notes, and its text."""

from __future__ import annotations

import hashlib
import re
from typing import TYPE_CHECKING

from . import credits, decoding, notes, tree
from .blocks import Blocks
from .inlines import bare, by_lines, settled
from .model import Page
from .nodes import HEADINGS, Group, Node, Raw, Rule
from .reporting import Refusal

if TYPE_CHECKING:
    from pathlib import Path

    from lxml import etree  # type: ignore[import-untyped]

    from .reporting import Report

NAVIGATION = frozenset(
    'toplink link linkback footer nav navbar navigation skip breadcrumb breadcrumbs menu'.split()
)
INFO = frozenset('info information'.split())
TOP = re.compile(
    r'\W*(?:(?:back to |return to |go to )?(?:the )?top(?: of (?:the )?page)?|'
    r'top of (?:the )?(?:article|document))\W*',
    re.I,
)
UPDATED = re.compile(
    r'\W*(?:this page was )?(?:last )?(?:updated|modified|revised)\b.{0,80}', re.I | re.S
)
DATED = re.compile(
    r'[\[(][^\])]{0,60}\d{2}[^\])]{0,40}[\])]\W*|\W*undated\W*|'
    r'(?:(?:c\.|ca\.?|about|early|mid|late|spring|summer|autumn|fall|winter|written|'
    r'[a-z]{3,9}|\d{1,2}(?:st|nd|rd|th)?)[ .,/–-]*){0,4}(?:1[5-9]|20)\d\d(?:[/–-]\d{2,4})?\W*',
    re.I,
)
YEARS = re.compile(r'[\s,(]*(?:1[5-9]|20)\d\d(?:[–/-]\d{2,4})?[)\s.]*$')
PARTICLES = r'(?:de|da|di|la|le|von|van|der|den|du|and|&|y|e|et|und)'
NAME = re.compile(
    rf'(?:[Bb]y\s+)?(?:[^\W\d_a-z][\w’\'.-]*|{PARTICLES})'
    rf'(?:[ ,]+(?:[^\W\d_a-z][\w’\'.-]*|{PARTICLES}))*'
)


def read(path: Path, report: Report) -> Page:
    """The page in *path*. Raises Refusal."""
    data = path.read_bytes()
    name = path.name
    page = Page(name, hashlib.sha256(data).hexdigest())
    root, nodes = tree.read(decoding.decode(data, name, report), name, report)
    page.lang = language(root)
    nodes = without_navigation(nodes, page, report)
    nodes, found = notes.extract(nodes, report)
    nodes = take_head(nodes, page, root, report)
    maker = Blocks(page.lang, report)
    page.blocks = maker.text(nodes)
    page.notes = [maker.note(note) for note in found]
    if not page.blocks:
        raise Refusal(f'{name}:1: holds no text; is it a page of links? save that of the text')
    return page


def language(root: etree._Element) -> str:
    """The language that the page declares, or English."""
    found = [
        root.get('lang'),
        root.get('xml:lang'),
        root.get('{http://www.w3.org/XML/1998/namespace}lang'),
    ]
    for meta in root.iter('meta'):
        if (meta.get('http-equiv') or '').lower() == 'content-language':
            found.append(meta.get('content'))
    for tag in found:
        if tag and (match := re.fullmatch(r'([a-zA-Z]{2,3})(-[A-Za-z0-9]{2,8})*', tag.strip())):
            rest = tag.strip()[len(match[1]) :]
            return f'{match[1].lower()}{rest}'
    return 'en'


def meta(root: etree._Element, name: str) -> str:
    """What the page says of itself under *name*."""
    for element in root.iter('meta'):
        if (element.get('name') or '').lower() == name:
            return ' '.join(str(element.get('content') or '').split())
    return ''


def without_navigation(nodes: list[Node], page: Page, report: Report) -> list[Node]:
    """*nodes* without what leads to other pages; the line of the last change is kept apart."""
    words = [n for n, node in enumerate(nodes) if not is_link(node)]
    first = next((n for n in words if isinstance(nodes[n], Raw | Group)), 0)
    last = max(
        (n for n in words if not isinstance(nodes[n], Rule) and not is_update(nodes[n])), default=0
    )
    found: list[Node] = []
    for n, node in enumerate(nodes):
        if isinstance(node, Raw):
            at_edge = n < first or n > last
            if NAVIGATION & set(node.classes) and (
                node.linked or TOP.fullmatch(node.text) or at_edge or len(node.text) < 120
            ):
                report.drop('navigation', node.text)
                continue
            if TOP.fullmatch(node.text) or (node.linked and at_edge and node.text[:1] != '('):
                report.drop('navigation', node.text)
                continue
            if is_update(node) and n > last:
                page.colophon += [settled(line) for group in by_lines(node.items) for line in group]
                continue
        elif is_link(node) and (n < first or n > last) and isinstance(node, Group):
            for leaf in notes.walk([node]):
                report.drop('navigation', leaf.text)
            continue
        found.append(node)
    return found


def is_update(node: Node) -> bool:
    """Whether *node* says when the page was last changed."""
    return isinstance(node, Raw) and (
        'updat' in node.classes or 'update' in node.classes or bool(UPDATED.fullmatch(node.text))
    )


def is_link(node: Node) -> bool:
    """Whether *node* only leads away."""
    if isinstance(node, Raw):
        return node.linked or bool(NAVIGATION & set(node.classes)) or bool(TOP.fullmatch(node.text))
    return isinstance(node, Group) and all(leaf.linked for leaf in notes.walk([node]))


def take_head(nodes: list[Node], page: Page, root: etree._Element, report: Report) -> list[Node]:
    """Title, author, series, imprint and credits go into *page*; what is left is returned."""
    end = 0
    while end < len(nodes) and isinstance(nodes[end], Rule):
        end += 1
    start = end
    while end < len(nodes) and is_heading(nodes[end]):
        end += 1
    headings = [node for node in nodes[start:end] if isinstance(node, Raw)]
    ruled = end < len(nodes) and (isinstance(nodes[end], Rule) or is_info(nodes[end]))
    if not any(heading.tag == 'h1' for heading in headings) and end + 1 < len(nodes):
        following = nodes[end + 1]
        if isinstance(nodes[end], Rule) and isinstance(following, Raw) and following.tag == 'h1':
            headings.append(following)  # the title, below a line
            end += 2
    if not ruled and headings:
        headings = headings[: belonging(headings)]
        end = start + len(headings)
    titles(headings, page, root, report)
    info: list[Raw] = []
    k = end
    region = k < len(nodes) and isinstance(rule := nodes[k], Rule) and 'infotop' in rule.classes
    while k < len(nodes):
        node = nodes[k]
        if isinstance(node, Rule):
            if 'infobot' in node.classes:
                k += 1
                break
            if info and not (k + 1 < len(nodes) and is_info(nodes[k + 1])):
                k += 1
                break
        elif isinstance(node, Raw) and (is_info(node) or (region and node.tag not in HEADINGS)):
            info.append(node)
        else:
            break
        k += 1
    if not info:
        k = end
    credits.take(info, page, report)
    return nodes[k:]


def is_heading(node: Node) -> bool:
    """Whether *node* may be a title."""
    return (
        isinstance(node, Raw)
        and (node.tag in HEADINGS or 'title' in node.classes)
        and len(node.text) < 300
    )


def is_info(node: Node) -> bool:
    """Whether *node* says where the text is from."""
    return isinstance(node, Raw) and bool(INFO & set(node.classes)) and node.tag not in HEADINGS


def belonging(headings: list[Raw]) -> int:
    """How many of *headings* are the page’s own, where no rule divides them from the text."""
    tags = [heading.tag for heading in headings]
    count = (
        tags.index('h1') + 1 if 'h1' in tags else min(len(tags), 2 if tags[0] != tags[-1] else 1)
    )
    while count < len(headings) and DATED.fullmatch(headings[count].text):
        count += 1
    return count


def titles(headings: list[Raw], page: Page, root: etree._Element, report: Report) -> None:
    """Which of the *headings* is the title, and what the others are."""
    told = meta(root, 'author')
    tags = [heading.tag for heading in headings]
    by_author = [
        n
        for n, heading in enumerate(headings)
        if same(YEARS.sub('', heading.text), told)
        or (heading.tag != 'h1' and n == 0 and is_name(YEARS.sub('', heading.text)))
    ]
    author = by_author[0] if by_author and len(headings) > 1 else None
    if 'h1' in tags and tags.index('h1') != author:
        title: int | None = tags.index('h1')
    else:
        title = next(
            (
                n
                for n in range(len(headings))
                if n != author and not DATED.fullmatch(headings[n].text)
            ),
            None,
        )
    for n, heading in enumerate(headings):
        inlines = settled(heading.items)
        if n == title:
            page.title = bare(inlines)
            page.before = len(page.head)
        elif n == author:
            page.head.append(('author', inlines))
        else:
            part = 'imprint' if DATED.fullmatch(heading.text) else 'series'
            page.head.append((part, inlines))
    if title is None:
        page.before = 0
        words = root.findtext('.//title') or ''
        page.supplied = ' '.join(words.split()) or page.file.rpartition('.')[0]
        report.guess(f'{page.file}: no title found in the text; supplied: “{page.supplied}”')
    name = YEARS.sub('', headings[author].text) if author is not None else told
    page.authors = credits.people(name) if is_name(name) else []
    if page.authors and author is None:
        report.guess(f'{page.file}: author “{name}”, from the page’s own description')


def same(one: str, other: str) -> bool:
    """Whether two names are one."""
    return bool(other) and one.casefold().strip() == other.casefold().strip()


def is_name(text: str) -> bool:
    """Whether *text* may be the name of a person, or of several."""
    words = text.split()
    return (
        0 < len(words) <= 9
        and not re.search(r'[\d:!?;]', text)
        and bool(NAME.fullmatch(text.strip()))
        and len(text) <= 70
    )
