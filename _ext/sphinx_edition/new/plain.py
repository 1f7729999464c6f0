"""Plain text: blank lines between paragraphs; the wrappings of Project Gutenberg are taken off."""

from __future__ import annotations

import hashlib
import re
from typing import TYPE_CHECKING

from .blocks import NARROW, STARS, VERSE, dividing
from .credits import people
from .decoding import clean
from .inlines import tidy
from .model import (
    EM,
    Asterism,
    Block,
    Heading,
    Inline,
    Mark,
    Note,
    Page,
    Paragraph,
    Quotation,
    Run,
    Verse,
)
from .reporting import Refusal

if TYPE_CHECKING:
    from pathlib import Path

    from .reporting import Report

START = re.compile(
    r'^\s*\*\*\*\s*START OF (?:THE|THIS) PROJECT GUTENBERG.*?\*\*\*.*$|'
    r'^\*END[* ]*THE SMALL PRINT.*$',
    re.M | re.I,
)
END = re.compile(
    r'^\s*\*\*\*\s*END OF (?:THE|THIS) PROJECT GUTENBERG.*|^End of (?:the )?Project Gutenberg.*',
    re.M | re.I | re.S,
)
META = re.compile(r'^(Title|Author|Translator|Language): *(.+)$', re.M)
CHAPTER = re.compile(
    r'(?:chapter|part|book|section|letter|act|scene|canto)\s+[\divxlc]+\b.{0,80}|[IVXLC]+\.?|preface|introduction|contents|conclusion|epilogue|prologue',
    re.I,
)
NOTE = re.compile(r'\[(?:Footnote )?(?P<label>\d{1,4}|[*†])(?P<end>\]|:)\s*')
LANGUAGES = {'english': 'en', 'french': 'fr', 'german': 'de', 'spanish': 'es', 'italian': 'it'}


def read(path: Path, report: Report) -> Page:
    """The text in *path*. Raises Refusal."""
    data = path.read_bytes()
    try:
        text = data.decode('utf-8-sig')
    except UnicodeDecodeError as error:
        line = data.count(b'\n', 0, error.start) + 1
        raise Refusal(f'{path.name}:{line}: is not UTF-8; save the file as UTF-8') from None
    text = clean(text.replace('\r\n', '\n').replace('\r', '\n'), report)
    page = Page(path.name, hashlib.sha256(data).hexdigest())
    text = unwrapped(text, page, report)
    page.supplied = (
        page.supplied
        or path.stem.replace('-', ' ').replace('_', ' ').strip().capitalize()
        or 'Text'
    )
    read_blocks(text, page, report)
    if not page.blocks:
        raise Refusal(f'{path.name}:1: holds no text')
    return page


def unwrapped(text: str, page: Page, report: Report) -> str:
    """*text* without what Project Gutenberg puts around it."""
    start = START.search(text)
    if start:
        head = text[: start.end()]
        for name, value in META.findall(head):
            said = ' '.join(value.split())
            if name == 'Title':
                page.supplied = said
            elif name == 'Author':
                page.authors = people(said)
            elif name == 'Translator':
                page.translators = people(said)
            else:
                page.lang = LANGUAGES.get(said.lower(), page.lang)
        report.drop('head of Project Gutenberg', head)
        text = text[start.end() :]
    if end := END.search(text):
        report.drop('end of Project Gutenberg', text[end.start() :])
        text = text[: end.start()]
    return text


def read_blocks(text: str, page: Page, report: Report) -> None:
    """The blocks of *text* go into *page*."""
    chunks = [
        chunk.strip('\n') for chunk in re.split(r'\n[ \t]*\n\s*?(?=\S| )', text) if chunk.strip()
    ]
    notes = noted(chunks)
    page.notes = [
        Note(key, label, '', [Paragraph(inlines(body, {}))]) for key, (label, body) in notes.items()
    ]
    keys = {label: key for key, (label, _) in notes.items()}
    found: list[Block] = []
    for chunk in chunks:
        if not any(chunk == original for original in taken(chunks, notes)):
            found.append(block(chunk, keys, report))
    page.blocks = dividing(found)
    report.blocks.update(type(b).__name__.lower() for b in page.blocks)


def noted(chunks: list[str]) -> dict[str, tuple[str, str]]:
    """Key -> label and words of each note that is marked exactly so before it."""
    found: dict[str, tuple[str, str]] = {}
    for n, chunk in enumerate(chunks):
        match = NOTE.match(chunk)
        if not match:
            continue
        label = match['label']
        before = '\n'.join(chunks[:n])
        body = chunk[match.end() :]
        if match['end'] == ':':
            body = body.rstrip().removesuffix(']')
        once = sum(bool((m := NOTE.match(c)) and m['label'] == label) for c in chunks) == 1
        if f'[{label}]' in before and once and label.isdigit() and body.strip():
            found[label] = (label, body)
    return found


def taken(chunks: list[str], notes: dict[str, tuple[str, str]]) -> list[str]:
    """The blocks that are notes."""
    return [c for c in chunks if (m := NOTE.match(c)) and m['label'] in notes]


def block(chunk: str, keys: dict[str, str], report: Report) -> Block:
    """One block of lines."""
    typed = [line.rstrip().expandtabs(8) for line in chunk.split('\n')]
    folded = ' '.join(chunk.split())
    if STARS.fullmatch(folded):
        report.otherwise[folded, 'asterism'] += 1
        return Asterism()
    indents = [len(line) - len(line.lstrip()) for line in typed]
    alone = len(typed) == 1 and len(folded) < 90
    if alone and (
        CHAPTER.fullmatch(folded)
        or (folded.isupper() and len(folded) > 3 and not NOTE.search(folded))
    ):
        report.guess(f'“{folded[:40]}” is a heading')
        return Heading(1, [Run(folded)], tag='h2')
    longest = max(len(line.strip()) for line in typed)
    if len(typed) >= VERSE and longest <= NARROW and (min(indents) >= 2 or longest <= 50):
        edge = min(indents)
        return Verse(
            [(i - edge, inlines(line, keys)) for i, line in zip(indents, typed, strict=True)]
        )
    paragraph = Paragraph(inlines(chunk, keys))
    return Quotation([paragraph]) if min(indents) >= 4 and len(typed) > 1 else paragraph


def inlines(text: str, keys: dict[str, str]) -> list[Inline]:
    """Words with `_emphasis_`, and `[1]` for notes that there are."""
    found: list[Inline] = []
    for n, piece in enumerate(re.split(r'(?<!\w)_([^_\n][^_]*?)_(?!\w)', text)):
        styles = frozenset({EM}) if n % 2 else frozenset[str]()
        for k, part in enumerate(re.split(r'\[(\d{1,4})\]', piece)):
            if k % 2 and part in keys:
                found.append(Mark(keys[part], part))
            else:
                found.append(Run(f'[{part}]' if k % 2 else part, styles))
    return tidy(found)
