"""The same text for plain Sphinx: MyST's own footnotes and links, no extension, the same theme.

What an editor would write who had only Sphinx, MyST and sphinx-book-theme: entries of registers
are sections, namings are links to them, notes are footnotes of the chapter that cites them.
There are no lists of mentions, no pictures and no checks.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

CONF = """\
project = 'Stock'
extensions = ['myst_parser']
include_patterns = ['index.md', 'chapters/**', 'notes/**']
html_theme = 'sphinx_book_theme'
"""
# a role around words that hold no other
ROLE = re.compile(r'\{([\w:]+)\}(`+)(?!`)([^`]*)(?<!`)\2(?!`)')
DIRECTIVE = re.compile(
    r'^(?P<quote>[> ]*)(?P<fence>:::+|```+)\{(?P<name>[\w-]+)\} *(?P<key>.*)\n'
    r'(?P<options>(?::[\w-]+:.*\n)*)(?P<body>(?:.*\n)*?)(?P=quote)(?P=fence)$',
    re.MULTILINE,
)
ENTRIES = ('person', 'place', 'work', 'org', 'term')


def translate(source: Path, target: Path) -> None:
    """Write the edition in *source* for plain Sphinx into *target*."""
    texts = {
        path.relative_to(source): roles(path.read_text(encoding='utf-8'))
        for path in [source / 'index.md', *source.glob('chapters/*.md'), *source.glob('notes/*.md')]
    }
    notes = {
        found['key']: found['body'].strip()
        for text in texts.values()
        for found in DIRECTIVE.finditer(text)
        if found['name'].endswith('-note')
    }
    for path, text in texts.items():
        plain = directives(text)
        for key in re.findall(r'\[\^([\w-]+)\]', plain):
            body = re.sub(r'\[\^[\w-]+\]', '', notes.get(key, '')).replace('\n', '\n    ')
            plain += f'\n[^{key}]: {body}\n'
        (target / path).parent.mkdir(parents=True, exist_ok=True)
        (target / path).write_text(plain, encoding='utf-8')
    (target / 'conf.py').write_text(CONF, encoding='utf-8')


def roles(text: str) -> str:
    """Links for namings, footnotes for notes, their words for all others: from the inside out."""
    while (found := ROLE.sub(role, text)) != text:
        text = found
    return text


def role(match: re.Match[str]) -> str:
    """What one role becomes."""
    name, _, content = match.groups()
    words, _, key = content.removesuffix('>').partition('<')
    if name == 'note':
        return f'[^{content}]'
    if name == 'cite':
        return re.sub(r'\{(.*?)\}', r', \1', content)
    return f'[{words.strip()}](#{key or words})' if name in ENTRIES else words.strip()


def directives(text: str) -> str:
    """*text* without directives: from the outside in."""
    while (found := DIRECTIVE.sub(directive, text)) != text:
        text = found
    return text


def directive(match: re.Match[str]) -> str:
    """A section for an entry; the words of a part or of an aside; the toctree as it is."""
    if match['name'] in ENTRIES:
        title = re.search(r'^:name: (.*)$', match['options'], re.MULTILINE)
        return f'({match["key"]})=\n## {title[1] if title else match["key"]}\n\n{match["body"]}'
    if match['name'] == 'toctree':
        return match[0]
    made = ('lifelines', 'chronology', 'named', 'emendations', 'downloads', 'bibliography')
    unwanted = match['name'].endswith('-note') or match['name'] in made
    return '' if unwanted else match['body'].strip()
