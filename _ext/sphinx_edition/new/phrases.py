"""Words within a line as Markdown: whatever they are, they are read back as they were."""

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
    Break,
    Inline,
    Mark,
    PageBreak,
    Run,
    words,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from markdown_it.token import Token

SIGNS = re.compile(r'[\\`*_\[\]<>{}]|&(?=#|\w+;)|~(?=~)')
SIMPLE = re.compile(r'[\w ,.;:()’\'“”"!?/+=†‡§–—-]+')  # words that a role holds without escapes
READER = MarkdownIt('commonmark').use(myst_role_plugin)

Styled = tuple[str, frozenset[str]]


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
