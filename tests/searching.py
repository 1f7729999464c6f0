"""What both halves read from the parts of the search."""

from __future__ import annotations

import json
from itertools import accumulate
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from pathlib import Path

GROUPS = ('names', 'text', 'notes', 'pages', 'sources')


class Found(NamedTuple):
    """A text as the search shows it."""

    group: str
    label: str
    address: str
    id: str
    words: str
    places: list[str]


def part(out: Path, name: str) -> Any:
    """What a part holds."""
    script = (out / '_static' / 'search' / f'{name}.js').read_text('utf-8')
    return json.loads(script.removeprefix(f'searchPart("{name}",').removesuffix(')\n'))


def searched(out: Path) -> list[Found]:
    """All that can be found, in the order of its numbers."""
    index = part(out, 'index')
    groups = [name for name, n in zip(GROUPS, index['groups'], strict=True) for _ in range(n)]
    found = []
    for n, start in enumerate(index['texts']):
        pages, *rows = part(out, f't-{n}')
        assert start == len(found)
        for label, page, name, words, *more in rows:
            places = [place[0] for place in more[1]] if more else []
            group = groups[len(found)]
            found.append(Found(group, label, f'{pages[page][0]}#{name}', name, words, places))
    assert len(found) == len(groups)
    return found


def having(out: Path, word: str) -> list[Found]:
    """The texts that have a word as the index has it."""
    texts = searched(out)
    words: dict[str, str] = {}
    for n in range(len(part(out, 'index')['words'])):
        words |= part(out, f'w-{n}')
    steps = (int(step, 36) for step in words.get(word, '').split())
    return [texts[n] for n in accumulate(steps)]
