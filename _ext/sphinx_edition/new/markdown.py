"""Blocks as Markdown: whatever the words are, they are read back as they were."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from .model import (
    Asterism,
    Block,
    Day,
    Heading,
    Inline,
    Listing,
    Paragraph,
    Part,
    Picture,
    Quotation,
    Table,
    Verse,
)
from .phrases import escaped, line_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

WIDTH = 98
# a word that means something where a line begins
OPENS = re.compile(
    r'#{1,6}$|[-+*]$|\d{1,9}[.)]$|\\?>|%|\+{3}|:|`{3}|~{3}|=+$|-{2,}|\\?\||\(.*\)=$|={2,}'
)
ROLE = re.compile(r'\{[a-z:-]+\}(`+)(?!`).*?(?<!`)\1(?!`)', re.DOTALL)


# Lines --------------------------------------------------------------------------------------


def wrapped(text: str, width: int = WIDTH) -> list[str]:
    """*text* in lines; none but the first begins with what would mean something."""
    lines = []
    for typed in text.split('\\\n'):
        tokens = split_words(typed.strip(' '))
        tokens[0] = guarded(tokens[0])
        line = tokens[0]
        for token in tokens[1:]:
            if len(line) + 1 + len(token) > width and not OPENS.match(token):
                lines.append(line)
                line = token
            else:
                line += f' {token}'
        lines.append(f'{line}\\')
    lines[-1] = lines[-1][:-1]
    return lines


def guarded(token: str) -> str:
    """The first word of a line, so written that it means nothing."""
    if not OPENS.match(token) or token.startswith('\\'):
        return token
    if match := re.match(r'\d+(?=[.)])', token):
        return f'{match[0]}\\{token[match.end() :]}'
    return f'\\{token}'


def split_words(text: str) -> list[str]:
    """*text* cut at spaces, but not within a role."""
    holes = [match.span() for match in ROLE.finditer(text)]
    found, start = [], 0
    for match in re.finditer(' +', text):
        if not any(first < match.start() < last for first, last in holes):
            found.append(text[start : match.start()])
            start = match.end()
    return [*found, text[start:]]


# Blocks -------------------------------------------------------------------------------------


def written(blocks: Iterable[Block], tell: Callable[[str], None]) -> list[str]:
    """Lines of Markdown; what cannot be set off as on the page is told."""
    lines: list[str] = []
    level = 1
    lists = 0
    for block in blocks:
        lines += [''] if lines else []
        match block:
            case Heading():
                level = min(block.level + 1, level + 1, 6)
                text = line_of(block.words, tell)
                lines.append(f'{"#" * level} {heading(text)}')
            case Paragraph():
                lines += wrapped(line_of(block.words, tell))
            case Quotation():
                inner = written(block.blocks, tell)
                lines += [f'> {line}'.rstrip() for line in inner]
            case Verse():
                body = [
                    '' if v is None else ' ' * v[0] + verse_line(v[1], tell) for v in block.lines
                ]
                lines += fenced('verse', body)
            case Listing():
                lists += 1
                lines += listing(block, tell, lists)
            case Table():
                lines += table(block, tell)
            case Asterism():
                lines.append('***')
            case Picture():
                lines.append(f'![{escaped(block.description)}]({block.address})')
            case Part():
                lines += fenced(block.name, written(block.blocks, tell))
            case Day():
                lines += fenced('day', written(block.blocks, tell), block.date)
        if not isinstance(block, Listing):
            lists = 0
    return lines


def heading(text: str) -> str:
    """The words of a heading; number signs at their end are words."""
    return re.sub(r'#(?=#*$)', r'\\#', text)


def verse_line(items: list[Inline], tell: Callable[[str], None]) -> str:
    """A line of verse, which is never wrapped."""
    return guarded(line_of(items, tell).replace('\\\n', ' '))


def fenced(name: str, body: list[str], argument: str = '') -> list[str]:
    """A directive, with more colons than any within."""
    within = (re.match(r'[> ]*(?:[-+] |\d+[.)] )*(:{3,})', line) for line in body)
    colons = ':' * (max((len(match[1]) for match in within if match), default=2) + 1)
    return [f'{colons}{{{name}}}{" " * bool(argument)}{argument}', *body, colons]


def listing(block: Listing, tell: Callable[[str], None], nth: int) -> list[str]:
    """A list; one that follows another has other signs."""
    lines: list[str] = []
    for n, item in enumerate(block.items):
        odd = nth % 2
        sign = (
            ('-' if odd else '+')
            if block.start is None
            else f'{block.start + n}{"." if odd else ")"}'
        )
        body = written(item, tell)
        indent = ' ' * (len(sign) + 1)
        loose = any(len(i) > 1 and not isinstance(i[1], Listing) for i in block.items)
        lines += [''] if lines and loose else []
        lines.append(f'{sign} {body[0]}')
        lines += [f'{indent}{line}'.rstrip() for line in body[1:]]
    return lines


def table(block: Table, tell: Callable[[str], None]) -> list[str]:
    """A table of pipes where the first row is a head, else a list of rows."""
    cells = [[line_of(cell, tell) for cell in row] for row in block.rows]
    if block.head and not any('\\\n' in cell for row in cells for cell in row):
        safe = [[cell.replace('|', '\\|') for cell in row] for row in cells]
        rows = [f'| {" | ".join(row)} |' for row in safe]
        return [rows[0], '|' + ' --- |' * len(cells[0]), *rows[1:]]
    lines = []
    for row in cells:
        for n, cell in enumerate(row):
            first, *rest = wrapped(cell) if cell else ['']
            lines.append(f'{"* -" if n == 0 else "  -"} {first}'.rstrip())
            lines += [f'    {line}' for line in rest]
    head = [':header-rows: 1', ''] if block.head else []
    return ['```{list-table}', *head, *lines, '```']


def joined(text: list[str]) -> str:
    """Lines as a file."""
    return '\n'.join(line.rstrip() for line in text).strip('\n') + '\n'
