"""References to download: the record of a page in three formats.

The record is an item of CSL-JSON (Citation Style Language 1.0.2, csl-data.json).
"""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

from ..data.citing import days, person, remarks
from ..gathering.downloads import REFERENCES

if TYPE_CHECKING:
    from pathlib import Path

    from ..data.citing import Record
    from ..data.records import Page


def csl(item: Record) -> str:
    """CSL-JSON: a list of one item."""
    return json.dumps([item], ensure_ascii=False, indent=2) + '\n'


def bibtex(item: Record) -> str:
    """BibTeX; translator, full dates and language in fields of biblatex."""
    issued = days(item, 'issued')
    fields = {
        'author': person(item, 'author', inverted=True),
        'title': f'{{{tex(item["title"])}}}',
        'translator': person(item, 'translator', inverted=True),
        'journal': tex(item['container-title']),
        'volume': item['volume'],
        'number': item['issue'],
        'pages': str(item['page']).replace('-', '--'),
        'year': issued[0][0],
        'date': iso(issued),
        'origdate': iso(days(item, 'original-date')) if 'original-date' in item else None,
        'language': item.get('language'),
        'url': item.get('URL'),
        'note': tex('. '.join(remarks(item))),
    }
    lines = (f'  {field} = {{{value}}},\n' for field, value in fields.items() if value)
    return f'@article{{{item["id"]},\n{"".join(lines)}}}\n'


def iso(ends: list[list[int]]) -> str:
    """“1950-11/1950-12”."""
    return '/'.join('-'.join(f'{part:02}' for part in end) for end in ends)


def tex(text: object) -> str:
    """*text* with the characters escaped that TeX would obey."""
    return re.sub(r'[&%$#_{}]', r'\\\g<0>', str(text).replace('\\', '/'))


def ris(item: Record) -> str:
    """RIS; A4 is the translator, as in Zotero and EndNote."""
    [year, *rest] = days(item, 'issued')[0]
    month, day = [f'{part:02}' for part in rest] + [''] * (2 - len(rest))
    first, _, last = str(item['page']).partition('-')
    tags = [
        ('TY', 'JOUR'),
        ('ID', item['id']),
        ('AU', person(item, 'author', inverted=True)),
        ('A4', person(item, 'translator', inverted=True)),
        ('TI', item['title']),
        ('T2', item['container-title']),
        ('VL', item['volume']),
        ('IS', item['issue']),
        ('SP', first),
        ('EP', last),
        ('PY', year),
        ('DA', f'{year}/{month}/{day}/'),
        ('LA', item.get('language')),
        ('UR', item.get('URL')),
        *(('N1', remark) for remark in remarks(item)),
    ]
    return ''.join(f'{tag}  - {value}\n' for tag, value in tags if value) + 'ER  - \n'


FORMATS = dict(zip(REFERENCES, (bibtex, ris, csl), strict=True))  # ending -> writer


def write_references(item: Record, page: Page, outdir: Path) -> None:
    """The record in every format, beside the web page."""
    for ending, formatted in FORMATS.items():
        path = outdir / f'{page.docname}.{ending}'
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(formatted(item), encoding='utf-8', newline='\n')
