"""The licence of each locked package, as it states it: `make licences`."""

from __future__ import annotations

import re
from importlib.metadata import PackageNotFoundError, metadata
from pathlib import Path

ROOT = Path(__file__).parents[1]


def locked() -> list[str]:
    """The packages of the longer list, which holds the other."""
    text = (ROOT / 'requirements-test.txt').read_text(encoding='utf-8')
    return sorted(set(re.findall(r'^([\w.-]+)(?:\[.*?\])?==', text, re.MULTILINE)))


def licence(package: str) -> str:
    """What its metadata says: an SPDX expression, else classifiers, else the first line of text."""
    found = metadata(package)
    if expression := found.get('License-Expression'):
        return expression
    classified = [
        line.rpartition(' :: ')[2]
        for line in found.get_all('Classifier', [])
        if line.startswith('License ::') and line != 'License :: OSI Approved'
    ]
    return '; '.join(classified) or next(iter(found.get('License', '').splitlines()), '')


def main() -> None:
    """Print a line a package; those for other systems are not here."""
    for package in locked():
        try:
            stated = licence(package) or 'states none'
        except PackageNotFoundError:
            stated = 'not installed on this system'
        print(f'{package:32} {stated}')


if __name__ == '__main__':
    main()
