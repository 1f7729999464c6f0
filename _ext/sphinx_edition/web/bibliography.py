"""The sources of the editors to download, in three formats."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from ..data import date_formats
from ..data.bibliography import csl, inverted
from ..gathering.downloads import BIBLIOGRAPHY
from .references import tex

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from ..data.bibliography import Work
    from ..data.citing import Name


def json_of(sources: Iterable[Work]) -> str:
    """CSL-JSON: a list of items."""
    return json.dumps([csl(source) for source in sources], ensure_ascii=False, indent=2) + '\n'


def bibtex_of(sources: Iterable[Work]) -> str:
    """BibTeX in UTF-8: every field that the editors gave, in words."""
    return '\n'.join(map(entry, sources))


def entry(source: Work) -> str:
    """One source in BibTeX."""
    people = {'author': source.authors, 'editor': source.editors}
    fields = {role: ' and '.join(map(bib_name, names)) for role, names in people.items()}
    for name, value in source.fields.items():
        fields[name] = value if name in ('url', 'doi') else tex(value)
    fields['title'] = f'{{{tex(source.get("title"))}}}'  # its capitals are its own
    lines = (f'  {field} = {{{value}}},\n' for field, value in fields.items() if value)
    return f'@{source.type}{{{source.key},\n{"".join(lines)}}}\n'


def bib_name(name: Name) -> str:
    """A name for BibTeX; one that has no parts stands in braces."""
    return f'{{{tex(name["literal"])}}}' if 'literal' in name else tex(inverted(name))


def ris_of(sources: Iterable[Work]) -> str:
    """RIS; N1 has what the format has no field for."""
    return '\n'.join(map(ris_entry, sources))


def ris_entry(source: Work) -> str:
    """One source in RIS."""
    first, _, last = source.get('pages').replace('–', '-').replace('--', '-').partition('-')
    tags = [
        ('TY', source.kinds[1]),
        ('ID', source.key),
        *(('AU', inverted(name)) for name in source.authors),
        *(('ED', inverted(name)) for name in source.editors),
        ('TI', source.get('title')),
        ('LA', source.language),
        ('T2', source.whole),
        *(date_formats.ris(source.published) if source.published else [('PY', source.get('year'))]),
        ('VL', source.get('volume')),
        ('IS', source.get('number')),
        ('SP', first),
        ('EP', last),
        ('PB', source.get('publisher', 'school', 'institution')),
        ('CY', source.get('address')),
        ('DO', source.get('doi')),
        ('UR', source.get('url')),
        ('N1', source.remarks),
    ]
    return ''.join(f'{tag}  - {value}\n' for tag, value in tags if value) + 'ER  - \n'


FORMATS = dict(zip(BIBLIOGRAPHY, (bibtex_of, ris_of, json_of), strict=True))  # file -> writer


def write_bibliography(sources: list[Work], outdir: Path) -> None:
    """The sources in every format; of none, no file."""
    for name, formatted in FORMATS.items():
        if sources:
            (outdir / name).write_text(formatted(sources), encoding='utf-8', newline='\n')
        else:
            (outdir / name).unlink(missing_ok=True)
