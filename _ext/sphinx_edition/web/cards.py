"""What a card shows of an entry: a script for each register, loaded when a name is pointed at.

Scripts and no data files, for they must open from a disk, too. They lie in `_static/cards/`, under
the names of their pages.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

from ..data.language import _
from ..data.records import CERTAINTY
from ..domain import edition_domain

if TYPE_CHECKING:
    from sphinx.builders.html import StandaloneHTMLBuilder

FOLDER = '_static/cards'


def write_cards(builder: StandaloneHTMLBuilder) -> None:
    """Write all; of those that are there, only what has changed; what is too many is deleted."""
    folder = Path(builder.outdir) / FOLDER
    files = {
        folder / f'{page.docname}.js': {
            entry.key: [entry.name, entry.when, entry.who, _(CERTAINTY[entry.certainty])]
            for entry in page.entries
        }
        for page in edition_domain(builder.env).registry.pages
        if page.entries
    }
    for path in folder.rglob('*.js'):
        if path not in files:
            path.unlink()
    for path, entries in files.items():
        name = path.relative_to(folder).with_suffix('').as_posix()
        said = json.dumps(entries, ensure_ascii=False, separators=(',', ':'))
        script = f'entryCards[{json.dumps(name, ensure_ascii=False)}]={said}\n'
        if not path.exists() or path.read_text('utf-8') != script:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(script, encoding='utf-8', newline='\n')
