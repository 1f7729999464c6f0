"""Drawings as inline SVG: for the web and the e-book."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from ..gathering.drawing import Drawing, Target

# style of a stroke -> how it looks on a screen; print has its own table in `typst/pictures.typ`
STROKES = {
    'certain': 'stroke="currentColor" stroke-width="2"',
    'doubtful': 'stroke="currentColor" stroke-width="2" stroke-dasharray="3 4"',
    'after': 'stroke="var(--accent, #8a2b1d)" stroke-width="2" stroke-dasharray="1 4"',
    'day': 'stroke="var(--accent, #8a2b1d)" stroke-width="1"',
    'quoted': 'stroke="var(--accent, #8a2b1d)" stroke-width="2"',
    'axis': 'stroke="currentColor" stroke-width="1" stroke-opacity="0.4"',
}


def svg(drawing: Drawing, address: Callable[[Target], str]) -> str:
    """Inline SVG. With links in it, it is a group of them to a screen reader; else an image."""
    role = 'group' if any(words.target for words in drawing.words) else 'img'
    lines = [
        f'<svg xmlns="http://www.w3.org/2000/svg" class="drawing {drawing.name}" role="{role}" '
        f'aria-label="{escape(drawing.label)}" width="100%" height="{_n(drawing.height)}em" '
        'font-size="0.875em" overflow="visible">'
    ]
    for style, x1, y1, x2, y2, strength in drawing.strokes:
        faint = '' if strength == 1 else f' opacity="{_n(strength)}"'
        lines.append(
            f'<line class="{style}" x1="{_n(x1)}%" y1="{_n(y1)}em" x2="{_n(x2)}%" y2="{_n(y2)}em" '
            f'{STROKES[style]}{faint}/>'
        )
    for x, y, text, rest, anchor, target in drawing.words:
        inner = escape(text)
        if rest:
            inner += f' <tspan class="quiet" fill-opacity="0.75">{escape(rest)}</tspan>'
        inner = (
            f'<text x="{_n(x)}%" y="{_n(y)}em" text-anchor="{anchor}" fill="currentColor">'
            f'{inner}</text>'
        )
        if target:
            inner = f'<a class="reference internal" href="{escape(address(target))}">{inner}</a>'
        lines.append(inner)
    return '\n'.join([*lines, '</svg>\n'])


EM = 16  # units of a scaled drawing; across it has 26 em, which a phone shows at about their size
ACROSS = 26 * EM


TALL = 1.7  # times as high as wide: it fills a page of a phone


def scaled(drawing: Drawing) -> str:
    """Inline SVG, an image that grows and shrinks as a whole, and so is never cut."""
    high = _n(drawing.height * EM)
    tall = ' tall' * (drawing.height * EM > TALL * ACROSS)
    lines = [
        f'<svg xmlns="http://www.w3.org/2000/svg" class="drawing{tall}" role="img" '
        f'aria-label="{escape(drawing.label)}" viewBox="0 0 {ACROSS} {high}" '
        f'width="{ACROSS}" height="{high}" font-size="14">'
    ]
    for style, x1, y1, x2, y2, strength in drawing.strokes:
        faint = '' if strength == 1 else f' opacity="{_n(strength)}"'
        lines.append(
            f'<line x1="{_n(x1 * ACROSS / 100)}" y1="{_n(y1 * EM)}" '
            f'x2="{_n(x2 * ACROSS / 100)}" y2="{_n(y2 * EM)}" {STROKES[style]}{faint}/>'
        )
    for x, y, text, rest, anchor, _ in drawing.words:
        quiet = f' <tspan fill-opacity="0.75">{escape(rest)}</tspan>' if rest else ''
        lines.append(
            f'<text x="{_n(x * ACROSS / 100)}" y="{_n(y * EM)}" text-anchor="{anchor}" '
            f'fill="currentColor">{escape(text)}{quiet}</text>'
        )
    return '\n'.join([*lines, '</svg>\n'])


def _n(value: float) -> str:
    """A number in its shortest form."""
    return f'{value:.2f}'.rstrip('0').rstrip('.')
