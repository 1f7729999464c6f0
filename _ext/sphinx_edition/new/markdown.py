"""Blocks as Markdown: whatever the words are, they are read back as they were."""

from __future__ import annotations

import re
from itertools import groupby
from typing import TYPE_CHECKING

from markdown_it import MarkdownIt
from mdit_py_plugins.myst_role import myst_role_plugin

from .model import (
    EM,
    LANGUAGE,
    RENDITIONS,
    STRONG,
    SUB,
    SUP,
    Asterism,
    Block,
    Break,
    Day,
    Heading,
    Inline,
    Listing,
    Mark,
    PageBreak,
    Paragraph,
    Part,
    Picture,
    Quotation,
    Run,
    Table,
    Verse,
    words,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from markdown_it.token import Token

WIDTH = 98
SIGNS = re.compile(r'[\\`*_\[\]<>{}]|&(?=#|\w+;)|~(?=~)')
# a word that means something where a line begins
OPENS = re.compile(
    r'#{1,6}$|[-+*]$|\d{1,9}[.)]$|\\?>|%|\+{3}|:|`{3}|~{3}|=+$|-{2,}|\\?\||\(.*\)=$|={2,}'
)
ROLE = re.compile(r'\{[a-z:-]+\}(`+)(?!`).*?(?<!`)\1(?!`)', re.DOTALL)
SIMPLE = re.compile(r'[\w ,.;:()’\'“”"!?/+=†‡§–—-]+')  # words that a role holds without escapes
READER = MarkdownIt('commonmark').use(myst_role_plugin)

Styled = tuple[str, frozenset[str]]


# Words within a line ------------------------------------------------------------------------


def escaped(text: str) -> str:
    """*text* with a backslash before each character that would mean something.

    >>> escaped('a*b [c] & d_e')
    'a\\\\*b \\\\[c\\\\] & d\\\\_e'
    """
    return SIGNS.sub(lambda match: '\\' + match[0], text)


def line_of(items: list[Inline], tell: Callable[[str], None] | None = None) -> str:
    """*items* in one line of Markdown; a style that Markdown cannot show there is left out.

    What is left out is told: the words never are.
    """
    items = eased(items)
    for attempt in (items, simpler(items), plain(items)):
        text = ''.join(pieces(attempt))
        if read_back(text) == expected(attempt):
            if attempt is not items and tell:
                tell(f'“{words(items)[:60]}”: set off in a way that Markdown does not have there')
            return text
    return ''.join(pieces(plain(items)))


def eased(items: list[Inline]) -> list[Inline]:
    """*items* with emphasis that begins and ends beside a space, or with a letter."""
    found: list[Inline] = []
    for n, item in enumerate(items):
        if not isinstance(item, Run) or not item.styles & {EM, STRONG}:
            found.append(item)
            continue
        last, following = (found or [Break()])[-1], [*items[n + 1 :], Break()][0]
        text, end = item.text, ''
        if touches(last, -1) and (match := re.match(r'[^\w\s]+', text)):
            found.append(Run(match[0]))
            text = text[match.end() :]
        if touches(following, 0) and (match := re.search(r'[^\w\s]+$', text)):
            text, end = text[: match.start()], match[0]
        found.append(Run(text, item.styles if re.search(r'\w', text) else frozenset()))
        found.append(Run(end))
    return [item for item in found if not isinstance(item, Run) or item.text]


def touches(item: Inline, place: int) -> bool:
    """Whether the first or last character of *item* is a letter or figure."""
    return isinstance(item, Run) and item.text[place:][:1].isalnum()


def simpler(items: list[Inline]) -> list[Inline]:
    """*items* that are set off in one way at most."""
    return [
        Run(item.text, frozenset(sorted(item.styles)[:1])) if isinstance(item, Run) else item
        for item in items
    ]


def plain(items: list[Inline]) -> list[Inline]:
    """*items* that are set off in no way."""
    return [Run(item.text) if isinstance(item, Run) else item for item in items]


def emphasis(item: Inline) -> frozenset[str] | None:
    """How *item* is emphasised; None if it is no words."""
    return item.styles & {EM, STRONG} if isinstance(item, Run) else None


def pieces(items: list[Inline]) -> Iterable[str]:
    """The Markdown of each item; neighbours share their emphasis."""
    for styles, group in groupby(items, emphasis):
        if styles is None:
            for item in group:
                if isinstance(item, Mark):
                    yield f'{{note}}`{item.key}`'
                elif isinstance(item, PageBreak):
                    yield f'{{pb}}`{item.number}`'
                else:
                    yield '\\\n'
            continue
        text = ''.join(set_off(run.text, run.styles) for run in group if isinstance(run, Run))
        core = text.strip(' ')
        if not core or not styles:
            yield text
            continue
        sign = ('**' if STRONG in styles else '') + ('*' if EM in styles else '')
        start = text.index(core)
        yield f'{text[:start]}{sign}{core}{sign}{text[start + len(core) :]}'


def set_off(text: str, styles: frozenset[str]) -> str:
    """*text* in the roles of *styles*; spaces at its ends stay outside."""
    core = text.strip(' ')
    others = sorted(styles - {EM, STRONG})
    if not core or not others:
        return escaped(text)
    inner = escaped(core)
    for style in others:
        if style.startswith(LANGUAGE):
            inner = role('foreign', f'{inner} <{style.removeprefix(LANGUAGE)}>')
        elif style in RENDITIONS:
            inner = role('hi', f'{inner} <{style}>')
        elif SIMPLE.fullmatch(core) and len(others) == 1:
            inner = f'{{{style}}}`{core}`'
    start = text.index(core)
    return f'{text[:start]}{inner}{text[start + len(core) :]}'


def role(name: str, content: str) -> str:
    """A role; around backticks within stand more of them."""
    longest = max((len(found) for found in re.findall('`+', content)), default=0)
    ticks = '`' * (longest + 1)
    space = ' ' if content.startswith('`') else ''
    return f'{{{name}}}{ticks}{space}{content}{ticks}'


def expected(items: list[Inline]) -> list[Styled]:
    """What should be read back: words with emphasis, spaces apart."""
    found: list[Styled] = []
    for item in items:
        if isinstance(item, Run):
            found += [(char, item.styles) for char in item.text]
        elif isinstance(item, Mark):
            found.append((f'note {item.key}', frozenset()))
        else:
            found.append((repr(item), frozenset()))
    return visible(found)


def read_back(text: str) -> list[Styled]:
    """What a reader of Markdown makes of *text*."""
    tokens = READER.parseInline(text)[0].children or []
    return visible(styled(tokens, frozenset()))


def styled(tokens: list[Token], outer: frozenset[str]) -> list[Styled]:
    """The characters of *tokens*, each with how it is set off."""
    found: list[Styled] = []
    styles = set(outer)
    for token in tokens:
        match token.type:
            case 'em_open' | 'strong_open':
                styles.add(token.type.removesuffix('_open'))
            case 'em_close' | 'strong_close':
                styles.discard(token.type.removesuffix('_close'))
            case 'softbreak':
                found.append((' ', frozenset(styles)))
            case 'hardbreak':
                found.append((repr(Break()), frozenset()))
            case 'myst_role':
                found += of_role(token, frozenset(styles))
            case 'text' | 'text_special':
                found += [(char, frozenset(styles)) for char in token.content]
            case other:
                found.append((other, frozenset()))  # which no words should be
    return found


def of_role(token: Token, styles: frozenset[str]) -> list[Styled]:
    """The characters of a role."""
    name, content = token.meta['name'], token.content
    if name == 'note':
        return [(f'note {content}', frozenset())]
    if name == 'pb':
        return [(repr(PageBreak(content)), frozenset())]
    if name in (SUP, SUB):
        return [(char, styles | {name}) for char in content]
    match = re.fullmatch(r'(.*?)\s*<([^<>]*)>', content, re.DOTALL)
    if not match:
        return [(content, frozenset({'broken'}))]
    style = match[2] if name == 'hi' else LANGUAGE + match[2]
    inner = READER.parseInline(match[1])[0].children or []
    return styled(inner, styles | {style})


def visible(found: list[Styled]) -> list[Styled]:
    """*found* without the styles of spaces, which nobody sees."""
    return [(char, styles if char.strip() else frozenset()) for char, styles in found]


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
