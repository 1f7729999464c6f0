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
TARGET = re.compile(r'(.*?)\s*<[^<>]*>', re.DOTALL)


def differences(source: Path, build: Callable[[str], Path]) -> list[str]:
    """What differs, a line each; *build* makes an output of *source* and returns its folder."""
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
        for name in re.findall(r'^(?!:)(\S+)$', tree, re.MULTILINE):
            if (found := file.parent / f'{name}.md').is_file():
                yield from files_in_order(found, folder)


def parts_of_page(text: str) -> Iterator[tuple[int, str]]:
    """Named parts and numbered notes on a page of the editors'."""
    for token in MARKDOWN.parse(text):
        if token.type != 'colon_fence':
            continue
        name, _, argument = token.info.strip().partition(' ')
        hand = name.strip('{}').removesuffix('-note')
        line = (token.map or [0])[0] + 1
        if name.strip('{}') in PARTS:
            yield from ((line, words) for _, words in blocks_of_text(token.content))
        elif name.endswith('-note}') and hand != 'editor':
            paragraphs = [words for _, words in blocks_of_text(token.content)]
            yield line, f'{argument}. {" ".join(paragraphs)}'


def blocks_of_text(text: str) -> Iterator[tuple[int, str]]:
    """(line, words) of each block of a chapter: a heading, a paragraph, one within a quotation."""
    tokens = MARKDOWN.parse(text)
    heading = False
    for token in tokens:
        line = (token.map or [0])[0] + 1
        heading = token.type == 'heading_open' or (heading and token.type != 'heading_close')
        if token.type == 'inline':
            said = ' '.join(words(token.children or []).split(' '))
            if said.strip() and not (heading and '{supplied}' in token.content):
                yield line, fold(said)
        elif token.type == 'colon_fence' and token.info.strip().strip('{}') in PARTS:
            yield from ((line + n, said) for n, said in blocks_of_text(token.content))


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
        return f' [{content}]' if content.isdecimal() else ''
    if name == 'supplied':
        return ''
    match = TARGET.fullmatch(content)
    [inline] = MARKDOWN.parseInline(match[1] if match else content)
    return words(inline.children or [])


def fold(text: str) -> str:
    return re.sub('[ \n\t]+', ' ', text).strip(' ')
