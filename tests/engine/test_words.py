"""No word is lost: chapters of random blocks, good and bad, come out whole in every output."""

from __future__ import annotations

import re
import shutil
from random import Random
from string import Formatter
from typing import TYPE_CHECKING
from zipfile import ZipFile

import pikepdf
import pytest
from lxml import etree
from lxml import html as lxml_html
from sphinx_edition.collation.tagged import Tagged

from tests.conftest import MINI

if TYPE_CHECKING:
    from pathlib import Path

    from tests.conftest import Build, Small

CHAPTERS = 30  # a build holds so many: starting Sphinx takes longer than a chapter
FRONT = """---
kind: diary-entry
siglum: r{n}
date: 1869
place: port-amity
author: elspeth-marrow
lang: en
---

# Random {n}
"""
SCRIPTS = ('fog', 'Ærø', 'türkçe', 'ἄνεμος', 'ветеръ', 'Žižka', 'œuvre', 'ſteil')
TOKEN = re.compile(r'w\d+x')


INLINE = (
    '{}', '{}', '*{}*', '**{}**', '***{}***', '`{}`', '“{}”', '{{person}}`{} <tobias-quill>`',
    '{{work}}`{} <atlas-of-winds>`', '{{sic}}`{} <right>`', '{{foreign}}`{} <fr>`',
    '{{date}}`{} <1870>`', '{{gloss}}`{}`', '{{sup}}`{}`', '{{sub}}`{}`', '{{del}}`{}`',
    '{{add}}`{} <above>`', '{{add}}`{}`', '{{unclear}}`{}`', '{{hi}}`{} <small-caps>`',
    '{{hi}}`{} <bald>`', '{} {{pb}}`7`', '{{gap}}`2 words` {}',
    '{{abbr}}`{}`', '{{math}}`{}`', '{{kbd}}`{}`', '{{py:func}}`{}`', '{{no:such}}`{}`',
    '<b>{}</b>', 'so ~~{}~~', '[{}](https://example.org)', '[{}](javascript:x)', '![{}](fog.png)',
    '![{}](none.png)', '[^{}]', '{}\\\n{}', '{}  \n{}', '{}\n% {}', '{}\n+ {}',
    '{}\n> {}', '$ {} $',
    '{{person}}`{} <nobody>`', '{{person}}`{}`',
)  # fmt: skip
BLOCKS = {
    'paragraph': '{s}\n{s}',
    'another': '{s}',
    'heading': '## {w}',
    'fence': '```\n{w}\n```',
    'table': '| {w} | {i} |\n|---|---|\n| {i} | |',
    'footnote': '{w}[^n{n}]\n\n[^n{n}]: {i}',
    'rule': '{w}\n\n***\n\n{w}',
    'break': '+++ {w}',
    'label': '(label-{n})=\n{s}',
    'bars': '| {w}\n| {w}',
    'html': '<div>{w}</div>',
    'comment': '% no words\n\n{s}',
    'dateline': '{c}{{dateline}}\n{s}\n{c}',
    'signature': '{c}{{signature}}\n{b}\n{c}',
    'editorial': '{c}{{editorial}}\n{b}\n{c}',
    'unknown': '{c}{{nothing}} {w}\n{b}\n{c}',
    'margin': '{c}{{margin}} {w}\n{b}\n{c}',
    'admonition': '{c}{{admonition}} {w}\n{b}\n{c}',
    'note': '{c}{{note}}\n{b}\n{c}',
    'figure': '{c}{{figure}} fog.png\n:alt: {w}\n\n{w}\n\n{w}\n{c}',
    'math': '```{{math}}\n{w}\n```',
    'options': '{c}{{list-table}}\n:foo: no words\n\n* - {s}\n{c}',
    'person': '{c}{{person}} Bad Key\n:name: {w}\n\n{w}\n{c}',
    'epigraph': '{c}{{epigraph}}\n{s}\n\n-- {w}\n{c}',
    'lines': '```{{line-block}}\n{w}\n  {w}\n```',
    'definition': '{w}\n: {w}',
    'verse': '{c}{{verse}}\n{w} {i}\n  {w}\n\n| {w}\\\n{c}',
    'stars': '* * *\n\n{w}',
    'cited': '> {w}\n>\n> -- {i}',
    'headnote': '{c}{{headnote}}\n{b}\n{c}',
    'epigraph of verse': '{c}{{epigraph}}\n{b}\n\n-- {w}\n{c}',
    'dedication': '{c}{{dedication}}\n{s}\n\n{s}\n{c}',
    'address': '{c}{{address}}\n{w}\\\n{i}\n{c}',
    'postscript': '{c}{{postscript}}\n{b}\n{c}',
    'enclosure': '{c}{{enclosure}}\n{b}\n{c}',
    'day': '{c}{{day}} 1870-01-02\n:place: port-amity\n\n{b}\n{c}',
    'bad day': '{c}{{day}} yesterday\n\n{b}\n{c}',
    'stray': '{c}\n{b}\n{c}',
    'picture': '![{w}](fog.png)',
    'author-note': '{w}{{note}}`{k}`\n\n{c}{{author-note}} {k}\n:label: {k}*\n\n{b}\n{c}',
    'quote': '> {q}',
    'list': '- {l}\n- {s}',
    'ordered': '1. {o}\n2. {s}',
}  # fmt: skip


class Writer:
    """Writes chapters at random, each word with a number of its own by which it is looked for."""

    def __init__(self, seed: int) -> None:
        self.random = Random(seed)
        self.count = 0

    def word(self) -> str:
        self.count += 1
        return f'{self.random.choice(SCRIPTS)}w{self.count}x'

    def inline(self, depth: int = 2) -> str:
        """Some words within a line, marked up in one of the ways there are, or were tried."""
        form = self.random.choice(INLINE)
        nested = depth and self.random.random() < 0.4
        fills = [self.inline(depth - 1) if nested else self.word() for _ in range(form.count('{}'))]
        return form.format(*fills)

    def sentence(self) -> str:
        return ' '.join(self.inline() for _ in range(self.random.randint(1, 3)))

    def block(self, depth: int = 2) -> str:
        """A block of a chapter, good or bad."""
        form = BLOCKS[self.random.choice([*BLOCKS])]
        key = f'{self.count}'
        fills = {
            'n': lambda: f'{self.count}',
            'k': lambda: key,
            'w': self.word,
            'i': self.inline,
            's': self.sentence,
        }
        text = ''
        for literal, name, _, _ in Formatter().parse(form):
            text += literal
            inner = (
                '\n\n'.join(self.block(depth - 1) for _ in range(2))
                if depth and name and name in 'bqlo'
                else self.sentence()
            )
            if name == 'c':
                text += ':' * (depth + 3)
            elif name in fills:
                text += fills[name]()
            elif name:
                text += inner.replace(
                    '\n', {'b': '\n', 'q': '\n> ', 'l': '\n  ', 'o': '\n   '}[name]
                )
        return text

    def chapter(self) -> list[str]:
        return [self.block() for _ in range(self.random.randint(2, 5))]


def words_of_pdf(file: Path) -> set[str]:
    with pikepdf.open(file) as pdf:
        root = Tagged(pdf).root
        alternatives = [str(e.attributes.get('/Alt', '')) for e in root.walk()]
        return set(TOKEN.findall(root.text() + ' '.join(alternatives)))


def words_of_xml(data: bytes) -> set[str]:
    root = etree.fromstring(data)
    return set(TOKEN.findall(' '.join([*root.itertext(), *root.xpath('//@alt')])))


def found(output: str, built: Build) -> set[str]:
    """The words in all that was built."""
    folder = built.outdir
    if output == 'html':
        pages = [lxml_html.parse(page).getroot() for page in folder.glob('chapters/*.html')]
        texts = [' '.join([*page.itertext(), *page.xpath('//@alt')]) for page in pages]
        return set(TOKEN.findall(' '.join(texts)))
    if output == 'epub':
        [file] = folder.glob('*.epub')
        with ZipFile(file) as book:
            pages = [name for name in book.namelist() if name.startswith('chapters/')]
            return set().union(*(words_of_xml(book.read(name)) for name in pages))
    if output == 'typst':
        return set().union(*(words_of_pdf(file) for file in folder.glob('*.pdf')))
    files = [file for file in folder.glob('*.xml') if file.name != 'cmif.xml']
    return set().union(*(words_of_xml(file.read_bytes()) for file in files))


def write_chapters(small: Small, seed: int) -> dict[str, tuple[str, range]]:
    """Add chapters at random to the small edition: word -> file and lines of its block."""
    writer = Writer(seed)
    shutil.copy(MINI.parent / 'fog.png', small.source / 'chapters')
    spans: dict[str, tuple[str, range]] = {}
    names = [f'chapters/random{n}' for n in range(CHAPTERS)]
    for n, name in enumerate(names):
        text = FRONT.format(n=n)
        for written in writer.chapter():
            start = text.count('\n') + 1
            text += f'\n{written}\n'
            lines = range(start, text.count('\n') + 2)
            spans |= dict.fromkeys(TOKEN.findall(written), (f'{name}.md', lines))
        small.write(f'{name}.md', text)
    small.replace('index.md', 'chapters/letter\n', '\n'.join(['chapters/letter', *names, '']))
    return spans


@pytest.mark.slow
@pytest.mark.parametrize('seed', range(3))
def test_every_word_is_in_every_output(small: Small, seed: int) -> None:
    spans = write_chapters(small, seed)
    for output in ('html', 'epub', 'typst', 'tei'):
        built = small.build(output)
        assert 'Traceback' not in built.output, built.output
        assert not [
            line
            for line in built.warnings
            if re.search(r'WARNING|ERROR', line) and not re.match(r'\S+\.md:\d+: ', line)
        ]
        there = found(output, built)
        lost = [
            f'{output}: {word} of {file}:{lines.start}:\n{excerpt(small, file, lines)}'
            for word, (file, lines) in spans.items()
            if word not in there
        ]
        assert not lost, '\n'.join(lost)


def excerpt(small: Small, file: str, lines: range) -> str:
    return '\n'.join(small.read(file).split('\n')[lines.start - 1 : lines.stop])
