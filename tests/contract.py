"""The contract: each block of each chapter, read from its source, is the same in every output.

The sources are read here without docutils, MyST's renderer or the engine, so that a mistake of
theirs is not made twice.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from lxml import etree
from markdown_it import MarkdownIt
from mdit_py_plugins.colon_fence import colon_fence_plugin
from mdit_py_plugins.front_matter import front_matter_plugin
from mdit_py_plugins.myst_blocks import myst_block_plugin
from mdit_py_plugins.myst_role import myst_role_plugin
from sphinx_edition.collation.readings import (
    blocks_of_pages,
    blocks_of_pdf,
    blocks_of_tei,
    book_pages,
    web_pages,
)
from sphinx_edition.data.kinds import PARTS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from markdown_it.token import Token

MARKDOWN = (
    MarkdownIt('commonmark')
    .enable('table')
    .use(front_matter_plugin)
    .use(colon_fence_plugin)
    .use(myst_block_plugin)
    .use(myst_role_plugin)
)
EDITORS = ('editor', 'reviser')  # hands whose notes are not the witness's
QUOTED = ('epigraph', 'headnote', 'postscript')
LABELS: dict[str, str] = {}  # of the edition that is read
TARGET = re.compile(r'(.*?)\s*<[^<>]*>', re.DOTALL)


def differences(source: Path, build: Callable[[str], Path]) -> list[str]:
    """What differs, a line each; *build* makes an output of *source* and returns its folder."""
    LABELS.clear()
    LABELS.update(labels(source))
    expected = [*blocks_of_sources(source)]
    outputs = {
        'html': blocks_of_pages(web_pages(build('html'))),
        'epub': blocks_of_pages(book_pages(one(build('epub'), '*.epub'))),
        'typst': blocks_of_pdf(one(build('typst'), '*.pdf')),
        'tei': blocks_of_tei(etree.parse(one(build('tei'), '*.xml')).getroot()),
    }
    found = []
    for output, blocks in outputs.items():
        there = {block.text for block in blocks}
        found += [f'{output}: {place}: {text!r}' for place, text in expected if text not in there]
        if output == 'typst':
            continue  # which cannot tell the editor's words from the witness's
        known = {text for _, text in expected}
        found += [
            f'{output}: {block.id} is in no source: {block.text!r}'
            for block in blocks
            if block.text not in known
        ]
        order = [block.text for block in blocks if block.text in known]
        if not found and order != [text for _, text in expected]:
            found.append(f'{output}: the blocks stand in another order')
    return found


def one(folder: Path, pattern: str) -> Path:
    """The one file that *pattern* describes."""
    [file] = (file for file in folder.glob(pattern) if file.name != 'cmif.xml')
    return file


def blocks_of_sources(folder: Path) -> Iterator[tuple[str, str]]:
    """(file and line, words) of each block of the text, in the order of the book."""
    for file in files_in_order(folder / 'index.md', folder):
        text = file.read_text(encoding='utf-8')
        place = file.relative_to(folder).as_posix()
        if re.match(r'---\n(?:.*\n)*?kind: ', text):
            for line, words in blocks_of_text(text):
                yield f'{place}:{line}', words
        else:
            for line, words in parts_of_page(text):
                yield f'{place}:{line}', words


def files_in_order(file: Path, folder: Path) -> Iterator[Path]:
    """*file*, and those that its tables of contents name."""
    yield file
    for tree in re.findall(r'```\{toctree\}\n(.*?)```', file.read_text('utf-8'), re.DOTALL):
        for name in re.findall(r'^(?!:)(.+)$', tree, re.MULTILINE):
            if (found := file.parent / f'{name}.md').is_file():
                yield from files_in_order(found, folder)


def parts_of_page(text: str) -> Iterator[tuple[int, str]]:
    """Named parts and the witness's notes on a page of the editors'."""
    for token in MARKDOWN.parse(text):
        name, argument = directive(token)
        line = (token.map or [0])[0] + 1
        hand = name.removesuffix('-note')
        if name in PARTS:
            yield from ((line, words) for _, words in blocks_of_text(token.content))
        elif hand != name and hand not in EDITORS:
            label = re.search('^:label: (.+)$', token.content, re.MULTILINE)
            for n, (_, words) in enumerate(blocks_of_text(token.content)):
                yield line, f'{label[1] if label else argument}. {words}' if n == 0 else words


def directive(token: Token) -> tuple[str, str]:
    """Name and argument of a directive, or nothing."""
    match = re.fullmatch(r'\{([a-z-]+)\}(.*)', token.info.strip())
    return (match[1], match[2].strip()) if match and 'fence' in token.type else ('', '')


def blocks_of_text(text: str) -> Iterator[tuple[int, str]]:
    """(line, words) of each innermost block of a chapter: a heading, a paragraph, one within a
    quotation or a list, a line of verse, a cell of a table.
    """
    text = re.sub(r'\A(?::[a-z-]+:.*\n)+', lambda options: '\n' * options[0].count('\n'), text)
    heading, quotes, picture = False, [], False
    tokens = MARKDOWN.parse(text)
    for n, token in enumerate(tokens):
        line = (token.map or [0])[0] + 1
        heading = token.type == 'heading_open' or (heading and token.type != 'heading_close')
        quotes += [n] if token.type == 'blockquote_open' else []
        if token.type == 'blockquote_close':
            quotes.pop()
        name, _ = directive(token)
        if token.type == 'inline':
            children = token.children or []
            picture = bool(children) and all(child.type == 'image' for child in children)
            said = fold(words(children))
            last = bool(quotes) and tokens[n + 2].type == 'blockquote_close'
            said = said.removeprefix('-- ') if last else said
            if said and not picture and not (heading and '{supplied}' in token.content):
                yield line, said
        elif name == 'verse':
            for m, said in enumerate(token.content.split('\n')):
                [inline] = MARKDOWN.parseInline(said.strip())
                if said.strip():
                    yield line + m + 1, fold(words(inline.children or []))
        elif name in ('figure', 'list-table'):
            inner = re.sub('^:.*$', '', token.content, flags=re.MULTILINE)
            yield from ((line + m, said) for m, said in blocks_of_text(inner))
        elif name in (*PARTS, 'enclosure', 'day'):
            inner = [*blocks_of_text(token.content)]
            if name in QUOTED and inner:  # its last block may say whose words they are
                inner[-1] = (inner[-1][0], inner[-1][1].removeprefix('-- '))
            yield from ((line + m, said) for m, said in inner)


def words(tokens: list[Token]) -> str:
    """The words of a line: what an editor typed, without the markup."""
    said = []
    for token in tokens:
        if token.type == 'myst_role':
            said.append(words_of_role(token.meta['name'], token.content))
        elif token.type in ('softbreak', 'hardbreak'):
            said.append(' ')
        elif token.type in ('text', 'code_inline', 'text_special'):
            said.append(token.content)
    return ''.join(said)


def words_of_role(name: str, content: str) -> str:
    """Of a note of the witness its mark, of the editors' nothing; of others the words."""
    if name == 'note':
        return f' [{LABELS[content]}]' if content in LABELS else ''
    if name == 'passage':
        return named(content)
    if name in ('supplied', 'gap', 'pb'):
        return ''
    match = TARGET.fullmatch(content)
    [inline] = MARKDOWN.parseInline(match[1] if match else content)
    return words(inline.children or [])


def labels(folder: Path) -> dict[str, str]:
    """Key of each note of the witness -> its mark there."""
    found = {}
    for file in files_in_order(folder / 'index.md', folder):
        for token in MARKDOWN.parse(file.read_text(encoding='utf-8')):
            name, key = directive(token)
            hand = name.removesuffix('-note')
            if hand != name and hand not in EDITORS:
                label = re.search('^:label: (.+)$', token.content, re.MULTILINE)
                found[key] = label[1] if label else key
    return found


def named(address: str) -> str:
    """How a reader cites an address: “diary-5” as “diary 5”, “diary-p369” as “diary, p. 369”."""
    siglum, _, n = address.partition('-')
    if match := re.fullmatch(r'(fig-|p)(\w+)', n):
        return f'{siglum}, {"p. " if match[1] == "p" else "fig. "}{match[2]}'
    return address.replace('-', ' ')


def fold(text: str) -> str:
    return re.sub('[ \n\t]+', ' ', text).strip(' ')
