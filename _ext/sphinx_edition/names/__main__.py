"""Who and what is named in the text and not yet marked.

    python -m sphinx_edition.names [--mark] [--stubs] [FOLDER]

Capitalised words and known forms of registered names that are not marked, with their place, their
number and the entry they are likely to be. Words that name nobody stand in `witness/unmarked.txt`;
those below “not yet decided” there are still asked for. What stands in another role, such as `hi`,
is listed and left to the editor: a name may begin within it or around it.
"""

from __future__ import annotations

import argparse
import re
import sys
from collections import defaultdict
from pathlib import Path
from typing import TYPE_CHECKING

from ..data.text import slug
from .finding import UNDECIDED, UNMARKED, capitalised, known, namings, unmarked

if TYPE_CHECKING:
    from collections.abc import Sequence

    from .finding import Naming

PAGES = {
    'person': 'notes/people.md',
    'place': 'notes/places.md',
    'work': 'notes/works.md',
    'org': 'notes/organisations.md',
    'term': 'notes/organisations.md',
}


def listed(folder: Path) -> list[str]:
    """A line a run of words: place, words, number, the likely entry."""
    entries = known(folder)
    places: dict[str, list[Naming]] = defaultdict(list)
    for naming in namings(folder):
        places[naming.words].append(naming)
    found = []
    for words, some in sorted(places.items(), key=lambda item: (-len(item[1]), item[0])):
        likely = ' or '.join(f'{kind} {key}' for kind, key in entries.likely(words)[:4]) or '–'
        found.append(f'{some[0].file}:{some[0].line}: {words} ({len(some)}) → {likely}')
    return found


def mark(folder: Path) -> int:
    """Mark what can be one entry and no other; how many."""
    entries = known(folder)
    count = 0
    by_file: dict[str, list[Naming]] = defaultdict(list)
    for naming in namings(folder):
        by_file[naming.file].append(naming)
    for name, some in by_file.items():
        file = folder / name
        text = file.read_text(encoding='utf-8')
        for naming in reversed(some):
            likely = entries.likely(naming.words)
            if len(likely) == 1 and not naming.within:
                [(kind, key)] = likely
                role = f'{{{kind}}}`{naming.words} <{key}>`'
                text = text[: naming.start] + role + text[naming.end :]
                count += 1
        file.write_text(text, encoding='utf-8', newline='\n')
    settle(folder)
    return count


def stubs(folder: Path) -> int:
    """Write an entry for each run of words that has none; how many."""
    entries = known(folder)
    keys = {key for _, key in entries.entries}
    new: dict[str, list[str]] = defaultdict(list)
    free = (naming.words for naming in namings(folder) if not naming.within)
    for words in dict.fromkeys(free):
        key = slug(words)
        if entries.likely(words) or key in keys or key == 'edition':
            continue
        keys.add(key)
        kind = 'org' if ORGANISED.search(words) else 'person'
        new[PAGES[kind]].append(stub(kind, key, words))
    for name, some in new.items():
        file = folder / name
        before = (
            file.read_text(encoding='utf-8') if file.is_file() else '# Organisations and terms\n'
        )
        file.write_text(
            before.rstrip('\n') + '\n\n' + '\n\n'.join(some) + '\n', encoding='utf-8', newline='\n'
        )
        enter(folder, name)
    return sum(map(len, new.values()))


ORGANISED = re.compile(
    r'\b(Party|Union|League|International|Committee|Congress|Federation|Bureau|Council|Army|Press|'
    r'Society|Association|Group|Front|Institute|Company)\b'
)


def stub(kind: str, key: str, words: str) -> str:
    """An entry of which nothing is known yet."""
    first, _, last = words.rpartition(' ')
    sort = f':sort: {last}, {first}\n' if kind == 'person' and first else ''
    return (
        f':::{{{kind}}} {key}\n:name: {words}\n{sort}:certainty: unknown\n:sources: none\n\n'
        'Not yet described.\n:::'
    )


def enter(folder: Path, name: str) -> None:
    """Name a new page in the table of contents, after the people."""
    index = folder / 'index.md'
    text = index.read_text(encoding='utf-8')
    page = name.removesuffix('.md')
    if not re.search(rf'^{page}$', text, re.M):
        text = re.sub(r'^notes/people$', f'notes/people\n{page}', text, count=1, flags=re.M)
        index.write_text(text, encoding='utf-8', newline='\n')


def settle(folder: Path) -> None:
    """Keep below “not yet decided” what still is so."""
    file = folder / UNMARKED
    text = file.read_text(encoding='utf-8') if file.is_file() else ''
    decided, _ = unmarked(folder)
    kept = re.sub(rf'^# {UNDECIDED}.*?(?=^#|\Z)', '', text, flags=re.S | re.M).rstrip('\n')
    open_ = sorted(capitalised(folder) - decided)
    lines = ['']
    for word in open_:
        lines[-1] += f' {word}' if lines[-1] else word
        lines += [''] if len(lines[-1]) > 80 else []
    parts = [kept] if kept else []
    if open_:
        parts.append(
            '\n'.join([f'# {UNDECIDED}: `make names` asks for them', *filter(None, lines)])
        )
    file.parent.mkdir(exist_ok=True)
    file.write_text('\n\n'.join(parts) + '\n', encoding='utf-8', newline='\n')


def main(arguments: Sequence[str]) -> int:
    """Do what is asked, and list what is left."""
    parser = argparse.ArgumentParser(prog='python -m sphinx_edition.names', description=__doc__)
    parser.add_argument('folder', nargs='?', type=Path, default=Path())
    parser.add_argument('--mark', action='store_true', help='mark what can only be one entry')
    parser.add_argument('--stubs', action='store_true', help='write entries for what has none')
    given = parser.parse_args(arguments)
    if not (given.folder / 'index.md').is_file():
        print(
            f'{given.folder}: there is no index.md; say in which folder the edition is',
            file=sys.stderr,
        )
        return 1
    if given.stubs:
        print(f'{stubs(given.folder)} entries written')
    if given.mark:
        print(f'{mark(given.folder)} namings marked')
    lines = listed(given.folder)
    print(
        '\n'.join(
            [*lines, f'{len(lines)} names to decide; words that name nobody go into {UNMARKED}']
        )
    )
    return 0


if __name__ == '__main__':
    sys.stdout.reconfigure(errors='backslashreplace')  # type: ignore[union-attr]
    sys.exit(main(sys.argv[1:]))
