"""Who and what is named in the text and not yet marked.

    python -m sphinx_edition.names [--mark] [--stubs] [FOLDER]

Capitalised words and known forms of registered names that stand outside of roles, with their
place, their number and the entry they are likely to be. Words that name nobody stand in
`witness/unmarked.txt`; those below “not yet decided” there are still asked for.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from .finding import UNMARKED, listed
from .marking import mark, stubs

if TYPE_CHECKING:
    from collections.abc import Sequence


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
