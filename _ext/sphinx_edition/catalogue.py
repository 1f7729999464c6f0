"""The words that the engine adds, gathered from its code and templates.

    python -m sphinx_edition.catalogue [LANGUAGE …]

Brings `locale/LANGUAGE/LC_MESSAGES/edition.po` up to date: new words are added without a
translation, words that are no longer said go. A language that has no file gets one.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from babel.messages import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po, write_po

from .data.language import CATALOGUES

if TYPE_CHECKING:
    from collections.abc import Sequence

ENGINE = Path(__file__).parent
SOURCES = [('new/**', 'ignore'), ('**.py', 'python'), ('*/templates/**', 'jinja2')]
OPTIONS = {'*/templates/**': {'silent': 'false'}}


def messages() -> Catalog:
    """All words, in English, in the order of the files that say them."""
    found = Catalog(project='sphinx_edition', fuzzy=False)
    keywords = {'_': None, 'N_': None, 'ngettext': (1, 2)}
    said = extract_from_dir(ENGINE, SOURCES, OPTIONS, keywords=keywords)
    for _file, _line, message, _comments, _context in sorted(said, key=lambda one: one[:2]):
        found.add(message)
    return found


def update(language: str) -> Path:
    """The catalogue of *language*, brought up to date; its file is returned."""
    path = CATALOGUES / language / 'LC_MESSAGES' / 'edition.po'
    catalogue = Catalog(locale=language, project='sphinx_edition', fuzzy=False)
    if path.is_file():
        with path.open('rb') as file:
            catalogue = read_po(file, locale=language)
    catalogue.update(messages(), no_fuzzy_matching=True, update_creation_date=False)
    catalogue.obsolete.clear()
    catalogue.header_comment = f'# The words of sphinx_edition: {language}'
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open('wb') as file:
        write_po(file, catalogue, width=100, no_location=True, omit_header=False)
    return path


def main(arguments: Sequence[str]) -> int:
    """Bring the catalogues named, or all, up to date, and tell what is left to translate."""
    for language in arguments or sorted(path.name for path in CATALOGUES.iterdir()):
        try:
            path = update(language)
        except ValueError:
            print(f'{language} is no language: give codes, such as it or pt_BR', file=sys.stderr)
            return 2
        with path.open('rb') as file:
            left = [message.id for message in read_po(file) if message.id and not message.string]
        print(f'{path.relative_to(ENGINE)}: {len(left)} to translate')
    return 0


if __name__ == '__main__':
    sys.exit(main(sys.argv[1:]))
