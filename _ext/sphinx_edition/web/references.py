"""References to download: what is cited on a page, in three formats."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

from ..data import date_formats
from ..data.citing import edited, editor, inverted, is_letter, name, record, remarks, stands_in
from ..data.language import _, within
from ..data.records import joined
from ..gathering.downloads import REFERENCES

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from ..data.identity import Identity
    from ..data.records import Entry, Page


def csl(cited: Identity) -> str:
    """CSL-JSON: a list of one item."""
    return json.dumps([record(cited)], ensure_ascii=False, indent=2) + '\n'


def bibtex(cited: Identity) -> str:
    """BibTeX; translators, dates, and letters as in biblatex."""
    host, letter = cited.host, is_letter(cited)
    kind = 'letter' if letter else 'inbook' if cited.kind else 'book'
    issued = cited.written if letter else cited.release.date
    printed = host.date and host.kind != 'manuscript' and not letter
    fields = {
        'author': people(cited.authors),
        'title': f'{{{tex(cited.title)}}}',
        'translator': people(cited.translators),
        'booktitle': f'{{{tex(cited.whole)}}}' if kind == 'inbook' else '',
        'editor': '' if letter else f'{{{tex(editor(cited))}}}',
        'type': tex(to(cited)),
        'howpublished': tex(_('In {whole}').format(whole=edited(cited))) if letter else '',
        'edition': tex(within(cited.digital)),
        'year': date_formats.year(issued) if issued else '',
        'date': date_formats.biblatex(issued) if issued else '',
        'origdate': date_formats.biblatex(host.date) if printed else '',
        'language': cited.language,
        'url': cited.address,
        # a letter is set like @misc, which has no edition
        'note': tex('. '.join(filter(None, [cited.digital if letter else '', remarks(cited)]))),
    }
    lines = (f'  {field} = {{{value}}},\n' for field, value in fields.items() if value)
    return f'@{kind}{{{cited.key},\n{"".join(lines)}}}\n'


def to(cited: Identity) -> str:
    """“Letter to Tobias Quill”, of which only BibTeX has no field; '' of what is no letter."""
    form = _('Letter to {name}')
    return form.format(name=joined(cited.recipients)) if is_letter(cited) else ''


def people(entries: Iterable[Entry]) -> str:
    """Names for BibTeX; one that has no parts stands in braces."""
    written = []
    for entry in entries:
        parts = tex(inverted(entry))
        written.append(f'{{{parts}}}' if 'literal' in name(entry) else parts)
    return ' and '.join(written)


def tex(text: object) -> str:
    """*text* with the characters escaped that TeX would obey."""
    return re.sub(r'[&%$#_{}]', r'\\\g<0>', str(text).replace('\\', '/'))


def ris(cited: Identity) -> str:
    """RIS; A4 is the translator, A2 the recipient of a letter, as in Zotero and EndNote."""
    letter = is_letter(cited)
    issued = cited.written if letter else cited.release.date
    tags = [
        ('TY', 'PCOMM' if letter else 'CHAP' if cited.kind else 'BOOK'),
        ('ID', cited.key),
        *(('AU', inverted(person)) for person in cited.authors),
        *(('A2', inverted(person)) for person in cited.recipients),
        *(('A4', inverted(person)) for person in cited.translators),
        ('ED', '' if letter else editor(cited)),
        ('TI', cited.title),
        ('T2', cited.whole if cited.kind and not letter else ''),
        *(date_formats.ris(issued) if issued else []),
        ('LA', cited.language),
        ('UR', cited.address),
        ('ET', '' if letter else within(cited.digital)),
        ('DB', stands_in(cited) if letter else ''),
        ('N1', remarks(cited)),
    ]
    return ''.join(f'{tag}  - {value}\n' for tag, value in tags if value) + 'ER  - \n'


FORMATS = dict(zip(REFERENCES, (bibtex, ris, csl), strict=True))  # ending -> writer


def write_references(cited: Identity, page: Page, outdir: Path) -> None:
    """The record in every format, beside the web page."""
    for ending, formatted in FORMATS.items():
        path = outdir / f'{page.docname}.{ending}'
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(formatted(cited), encoding='utf-8', newline='\n')
