"""What a document's tree tells once it is read: its passages, and the marks that stand in them.

Runs at `doctree-read`, after Sphinx's own collectors (which take the front matter out).
"""

from __future__ import annotations

import json
import re
from collections import Counter
from contextlib import suppress
from dataclasses import replace
from itertools import groupby, pairwise
from typing import TYPE_CHECKING, Any, TypeGuard, cast

from docutils import nodes
from sphinx import addnodes

from ..data.kinds import SEVERAL
from ..data.problems import Trouble
from ..data.records import Citation, Dated, Emendation, Mention, Reference, View
from ..data.text import END, START, fold, language, rounded
from ..diagnostics import warn
from ..domain import edition_domain, pending
from ..vocabulary import opening, page_break
from .languages import set_languages
from .passages import is_unseen, passages
from .prose import prose

if TYPE_CHECKING:
    from collections.abc import Iterator

    from docutils.nodes import Element
    from sphinx.application import Sphinx

    from ..data.records import Page
    from ..domain import EditionDomain

# front matter that is Sphinx’s own; a name with a full stop or colon is a theme’s
SPHINX = ('orphan', 'tocdepth', 'no-search', 'nocomments')
CONTEXT = 5  # words shown on each side of a naming
WINDOW = 400  # characters that hold them


def read_document(app: Sphinx, doctree: nodes.document) -> None:
    """Give every passage and mark of *doctree* its id, and note their records.

    Before:  section (title, paragraph part=dateline, paragraph (pending_xref person))
    After:   section (title ids=letter-title classes=source,
                      paragraph ids=letter-dateline classes=source,dateline,
                      paragraph ids=letter-1 classes=source number=1
                          (pending_xref person ids=letter-1-KEY))
    """
    docname = app.env.current_document.docname
    domain = edition_domain(app.env)
    page = domain.page(docname)
    page.front = {
        name: joined(value) if name in SEVERAL else value
        for name, value in app.env.metadata[docname].items()
        if isinstance(value, str)
        and value != 'null'  # what Sphinx and MyST add is no text
        and name not in SPHINX
        and not re.search('[.:]', name)
    }
    with suppress(ValueError):  # which the checks tell
        page.front |= {'lang': language(page.front['lang'])} if 'lang' in page.front else {}
    page.title = app.env.titles[docname].astext() if docname in app.env.titles else ''
    page.overviews = [
        View(node['overview'], node.get('of', ()), docname, node.line or 1)
        for node in doctree.findall(nodes.container)
        if 'overview' in node
    ]
    page.lists = any(map(is_titled, doctree.findall()))
    reject_misplaced(doctree)
    reject_nested(doctree)
    reject_circles(doctree)
    gather_registers(doctree)
    label_notes(doctree)
    for block, found in passages(doctree, page):
        taken = {passage.id for passage in page.passages}
        base, count = found.id, 1
        while found.id in taken and not found.n.isdecimal():
            count += 1
            found = replace(found, id=f'{base}-{count}')
        block['ids'].insert(0, found.id)  # before a label that stands there
        page.passages.append(found)
    words = note_words(doctree)
    page.notes = [replace(note, text=words.get(note.key, '')) for note in page.notes]
    page.prose = prose(doctree, plain)
    record_marks(doctree, page, domain)
    with suppress(ValueError):
        set_languages(doctree, page, domain.kinds)
    for head in list(doctree.findall(is_unseen)):
        head.parent.remove(head)


def joined(value: str) -> str:
    """Several keys, which MyST gives as JSON, as “one, other”."""
    try:
        keys = json.loads(value)
    except ValueError:
        keys = re.split(r',\s*', value)
    return ', '.join(map(str, keys)) if isinstance(keys, list) else value


def is_titled(node: nodes.Node) -> bool:
    """Whether *node* may show the title of another page."""
    ours = ('edition', 'cite')
    return isinstance(node, addnodes.toctree) or (
        isinstance(node, addnodes.pending_xref) and node['refdomain'] not in ours
    )


def is_mark(node: nodes.Node) -> TypeGuard[addnodes.pending_xref]:
    """Whether *node* is one of this domain's references."""
    return (
        isinstance(node, addnodes.pending_xref)
        and node['refdomain'] == 'edition'
        and 'intersphinx' not in node  # another edition's entry
    )


def marks(tree: Element) -> list[addnodes.pending_xref]:
    """All of this domain's references in *tree*."""
    return [node for node in tree.findall(addnodes.pending_xref) if is_mark(node)]


def reject_misplaced(doctree: nodes.document) -> None:
    """Warn of references in headings and links, and leave their words there."""
    holders = [*doctree.findall(nodes.title), *doctree.findall(nodes.reference)]
    for holder in holders:
        where = 'a heading' if isinstance(holder, nodes.title) else 'a link'
        for xref in marks(holder):
            warn(
                Trouble.HEADING,
                f'the role {{{xref["reftype"]}}} stands in {where}, which would show its bare key; '
                'write the words alone there',
                xref,
            )
            xref.replace_self(nodes.Text(xref.astext()))
        for turn in list(holder.findall(page_break)):
            warn(
                Trouble.HEADING,
                f'the page break {turn["page"]} stands in {where}; put it before the first word '
                'that follows',
                turn,
            )
            turn.parent.remove(turn)


def reject_nested(doctree: nodes.document) -> None:
    """Warn of links within a naming, which is one itself, and leave their words there.

    Before:  pending_xref person (inline (pending_xref place (inline “Port”), “ doctor”))
    After:   pending_xref person (inline (inline “Port”, “ doctor”))
    """
    links = (addnodes.pending_xref, nodes.reference)
    for naming in marks(doctree):
        for inner in [node for node in naming.findall() if isinstance(node, links)][1:]:
            kind = inner.get('reftype')
            what = f'the role {{{kind}}}' if kind else 'a link'
            warn(
                Trouble.MARKUP,
                f'{what} stands within {{{naming["reftype"]}}}, and of the two only one can be '
                'followed; mark one, or end the first where the second begins',
                inner,
            )
            inner.replace_self(inner.children)


def reject_circles(doctree: nodes.document) -> None:
    """Warn of entries that refer to themselves, and leave the words there."""
    for item in doctree.findall(nodes.definition_list_item):
        for xref in marks(item) if 'entry' in item else ():
            if (xref['reftype'], xref['reftarget']) == item['entry']:
                message = f'the entry “{xref["reftarget"]}” names itself; write the words alone'
                warn(Trouble.MARKUP, message, xref)
                xref.replace_self(nodes.Text(xref.astext()))


def gather_registers(doctree: nodes.document) -> None:
    """Make one list of the entries that follow each other.

    Before:  definition_list register (item), definition_list register (item)
    After:   definition_list register (item, item)
    """
    for register in list(doctree.findall(nodes.definition_list)):
        before = register.previous_sibling() if is_register(register) else None
        if before is not None and is_register(before):
            before += register.children
            register.parent.remove(register)


def label_notes(doctree: nodes.document) -> None:
    """Open each note with the link back to the text, where the label will stand.

    Not when the note is read, for a translation then takes the place of the words in its line.

    Before:  container note=house (paragraph (“Read fog.”))
    After:   container note=house (paragraph (pending_xref cited house, “ ”, “Read fog.”))
    """
    for note in doctree.findall(nodes.container):
        if 'note' in note:
            opening(note.children).insert(0, [pending('cited', note['note']), nodes.Text(' ')])


def is_register(node: nodes.Node) -> TypeGuard[nodes.definition_list]:
    """Whether *node* is a list of entries."""
    return isinstance(node, nodes.definition_list) and 'register' in node['classes']


def record_marks(doctree: nodes.document, page: Page, domain: EditionDomain) -> None:
    """Record what is marked in each paragraph, with the words around it."""
    used: Counter[str] = Counter()
    for block in doctree.findall(nodes.TextElement):
        if isinstance(block, nodes.Inline):
            continue
        within = passage_of(block)
        parts = cast('Iterator[nodes.Text]', block.findall(nodes.Text))
        text, stress = '', ''  # the words; and for each character whether it is emphasised
        for part in parts:
            text += '\0' * len(part) if is_key(part) else part
            stress += ('*' if is_stressed(part, block) else ' ') * len(part)
        position = 0
        for node in block.findall():
            if isinstance(node, nodes.Text):
                position += len(node)
            elif isinstance(node, nodes.Element):
                if not (is_mark(node) or 'meant' in node or 'when' in node):
                    continue
                words = node.astext()
                end = position + len(words)
                spans = (max(0, position - WINDOW), position, end, end + WINDOW)
                before, _, after = (
                    without_keys(text[start:stop]) for start, stop in pairwise(spans)
                )
                told_before, told, told_after = (
                    without_keys(stressed(text[start:stop], stress[start:stop]))
                    for start, stop in pairwise(spans)
                )
                context = {
                    'docname': page.docname,
                    'line': node.line or block.line or 1,
                    'within': within,
                    'text': fold(words),
                    'before': ' '.join(before.split(' ')[-CONTEXT - 1 :]).lstrip(),
                    'after': ' '.join(after.split(' ')[: CONTEXT + 1]).rstrip(),
                    'around': (
                        ' '.join(told_before.split(' ')[-CONTEXT - 1 :]).lstrip(),
                        told,
                        rounded(' '.join(first_words(told_after.split(' '))).rstrip()),
                    ),
                }
                record(node, page, domain, context, used)


def is_stressed(text: nodes.Text, block: Element) -> bool:
    """Whether *text* is emphasised in its block."""
    node = text.parent
    while node is not block:
        if isinstance(node, (nodes.emphasis, nodes.title_reference)):
            return True
        node = node.parent
    return False


def stressed(text: str, stress: str) -> str:
    """*text* with each word marked that is emphasised."""
    runs = ((match[0], match.start()) for match in re.finditer(r'\s+|\S+', text))
    return ''.join(
        ''.join(
            f'{START}{"".join(char for char, _ in run)}{END}'
            if stars
            else ''.join(char for char, _ in run)
            for stars, run in (
                (key == '*' and not word.isspace(), list(group))
                for key, group in groupby(
                    zip(word, stress[at : at + len(word)], strict=True), key=lambda pair: pair[1]
                )
            )
        )
        for word, at in runs
    )


def first_words(words: list[str]) -> list[str]:
    """The first of *words*, but not half a title."""
    end = CONTEXT + 1
    while 1 < end < len(words) and words[end - 1].endswith(END) and words[end].startswith(START):
        end -= 1
    return words[:end]


def is_key(text: nodes.Text) -> bool:
    """Whether *text* is the bare key of a source, which is to be replaced."""
    holder = text.parent.parent
    return isinstance(holder, addnodes.pending_xref) and holder['refdomain'] == 'cite'


def without_keys(text: str) -> str:
    """*text* on one line, without the keys of sources, which are masked in it."""
    return fold(re.sub('[ \n\t]*\0+', '', text))


def plain(block: Element) -> str:
    """The words of *block* without the keys of sources."""
    return fold(''.join('' if is_key(text) else text for text in block.findall(nodes.Text))).strip()


def note_words(doctree: nodes.document) -> dict[str, str]:
    """Key -> the words of the note, without its sources."""
    return {
        note['note']: ' '.join(
            plain(block)
            for block in note.findall(nodes.TextElement)
            if not isinstance(block, nodes.Inline) and 'evidence' not in block['classes']
        )
        for note in doctree.findall(nodes.container)
        if 'note' in note
    }


def passage_of(block: Element) -> str:
    """The id of the passage or note that *block* belongs to, or ''."""
    node: Element | None = block
    while node is not None:
        if 'source' in node['classes'] or 'note' in node:
            return str(node['ids'][0])
        node = node.parent
    return ''


def record(
    node: Element, page: Page, domain: EditionDomain, context: dict[str, Any], used: Counter[str]
) -> None:
    """Record one mark, and give it its id."""
    if is_mark(node):
        kind, target = node['reftype'], node['reftarget']
        if kind in domain.kinds.registers:
            mark_id = ''
            if context['within']:
                mark_id = f'{context["within"]}-{target}'
                used[mark_id] += 1
                mark_id += f'-{used[mark_id]}' if used[mark_id] > 1 else ''
                node['ids'] = [*node['ids'], mark_id]  # translated, two namings share the list
            page.marks.append(Mention(mark_id, **context, kind=kind, key=target))
        elif kind == 'note':
            mark_id = f'ref-{target}'
            used[mark_id] += 1
            mark_id += f'--{used[mark_id]}' if used[mark_id] > 1 else ''  # a key has no two hyphens
            node['ids'] = [*node['ids'], mark_id]
            page.marks.append(Citation(mark_id, **context, key=target))
        elif kind == 'passage':
            page.references.append(Reference(target, page.docname, context['line']))
    elif 'meant' in node:
        page.marks.append(Emendation('', **context, meant=node['meant']))
    elif 'when' in node:
        page.marks.append(Dated('', **context, when=node['when']))
