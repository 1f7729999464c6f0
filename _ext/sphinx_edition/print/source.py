"""Typst source: strings, calls, arrays, drawings.

All words are written as string literals, `#"…"`, so that one escape serves and nothing in the
text can be taken for markup. What follows a call is `#`, `]` or a line end, never more of the call.
"""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

from ..data.language import direction
from ..data.text import emphasis

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ..gathering.drawing import Drawing

MARK = re.compile(r'// @ (.+):(\d+)')  # where in an editor's file the lines that follow come from


def string(text: str) -> str:
    """*text* as a Typst string (Typst reference, “String”), line ends made spaces."""
    return raw_string(re.sub('[ \\n\\t]+', ' ', text))


def raw_string(text: str) -> str:
    """*text* as a Typst string, line ends kept."""
    return '"' + text.replace('\\', '\\\\').replace('"', '\\"') + '"'


def call(function: str, *arguments: str, body: str | None = None, **named: str) -> str:
    """``#function(argument, name: value)[body]``; named arguments without a value are left out."""
    given = [*arguments, *(f'{name}: {value}' for name, value in named.items() if value)]
    return f'#{function}({", ".join(given)})' + ('' if body is None else f'[{body}]')


def italics(form: str) -> str:
    """Words in which what stands between asterisks is emphasised."""
    return ''.join(
        call('emph', body=f'#{string(words)}') if emphasised else f'#{string(words)}'
        for words, emphasised in emphasis(form)
    )


def array(items: Iterable[str]) -> str:
    """A Typst array, also of one item or none."""
    return f'({"".join(f"{item}, " for item in items)})'


def language(tag: str) -> dict[str, str]:
    """What Typst’s `text` is told of a language: its name, region and direction."""
    name, *rest = tag.split('-')
    region = next((part for part in rest if len(part) == 2), '')
    return {
        'lang': string(name),
        'region': string(region) if region else '',
        'dir': direction(tag),
    }


def mark(docname: str, line: int) -> str:
    """A comment that tells where what follows was typed."""
    return f'\n// @ {docname}:{line}\n'


def marked(source: list[str], line: int) -> tuple[str, int] | None:
    """Document and line from which *line* (from 1) of a Typst file comes."""
    for text in reversed(source[:line]):
        if match := MARK.fullmatch(text):
            return match[1], int(match[2])
    return None


def drawing(picture: Drawing) -> str:
    """A call of `drawing` in `typst/pictures.typ`, with the data as JSON."""
    data = {
        'label': picture.label,
        'height': picture.height,
        'strokes': [stroke._asdict() for stroke in picture.strokes],
        'words': [
            words._asdict() | {'target': words.target and ':'.join(words.target)}
            for words in picture.words
        ],
    }
    # A JSON string is a string of Typst too, once nothing in it needs \u.
    text = json.dumps(json.dumps(data, ensure_ascii=False), ensure_ascii=False)
    return f'\n#drawing(json(bytes({text})))\n'
