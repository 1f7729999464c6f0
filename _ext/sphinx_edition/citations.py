"""How the edition, a diary entry or a letter is cited: one record each, three formats, three forms.

The record is an item of CSL-JSON (Citation Style Language 1.0.2, csl-data.json). The forms are
written here, not by citeproc-py, which makes initials of first names and puts a full stop after
the quotation mark; a test compares the two, these faults apart.
"""

from __future__ import annotations

import json
import re
from html import escape
from typing import TYPE_CHECKING, cast

from . import dates
from .downloads import REFERENCES

if TYPE_CHECKING:
    from pathlib import Path

    from .model import Edition, Entry, Page
    from .registry import Registry

    Record = dict[str, object]
    Name = dict[str, str]

GENRES = {'title-page': '', 'diary-entry': 'Diary entry', 'letter': 'Letter'}
SHORT_MONTHS = 'Jan. Feb. Mar. Apr. May June July Aug. Sept. Oct. Nov. Dec.'.split()


def record(edition: Edition, registry: Registry, page: Page, version: str, base: str) -> Record:
    """What is cited when *page* is; the title page stands for the whole.

    A diary entry or a letter is part of an article of 1950: it is issued when that was, and bears
    the day it was written in `original-date`.
    """
    front, kind = page.front, page.front['kind']
    keys = {
        'author': front.get('author', edition.author),
        'translator': edition.translator,
        'recipient': front.get('addressee', ''),
    }
    people = {role: name(registry.entries['person', key]) for role, key in keys.items() if key}
    author = next(iter(people['author'].values()))
    key = f'{"".join(re.findall("[a-z]+", author.lower()))}-{edition.date[:4]}'
    whole = f'{edition.title}: {edition.subtitle}'
    item: Record = {
        'id': key if kind == 'title-page' else f'{key}-{front["siglum"]}',
        'type': 'article-journal',
        'title': whole if kind == 'title-page' else page.title,
        **{role: [person] for role, person in people.items()},
        'genre': GENRES[kind],
        'part-title': '' if kind == 'title-page' else whole,
        'container-title': edition.journal,
        'volume': arabic(edition.volume),
        'issue': edition.issue,
        'page': edition.pages.replace('–', '-'),
        'issued': {'date-parts': parts(edition.date)},
        'original-date': {'date-parts': parts(front['date'])} if 'date' in front else None,
        'language': front.get('lang'),
        'version': version,
        'URL': base and (base if kind == 'title-page' else f'{base}{page.docname}.html'),
        'note': f'Digital edition, version {version}',
    }
    return {field: value for field, value in item.items() if value}


def name(entry: Entry) -> Name:
    """A name in parts, from the form by which it is sorted: “Serge, Victor”."""
    family, comma, given = entry.sort.partition(', ')
    return {'family': family, 'given': given} if comma else {'literal': entry.name.strip('“”')}


def arabic(volume: str) -> str:
    """“16” for “XVI”, as references have it; other words as they are."""
    if not re.fullmatch('(?=.)C{0,3}(XC|XL|L?X{0,3})(IX|IV|V?I{0,3})', volume):
        return volume
    values = [dict(zip('IVXLC', (1, 5, 10, 50, 100), strict=True))[digit] for digit in volume]
    pairs = zip(values, [*values[1:], 0], strict=True)
    return str(sum(-value if value < following else value for value, following in pairs))


def parts(edtf: str) -> list[list[int]]:
    """The ends of a date as CSL has them: year, month, day."""
    ends = (re.findall(r'\d+', end.replace('X', '0')) for end in edtf.split('/'))
    return [[int(part) for part in end] for end in ends if end]


def days(item: Record, field: str) -> list[list[int]]:
    """The ends of a date of the record."""
    return cast('dict[str, list[list[int]]]', item[field])['date-parts']


def person(item: Record, role: str, *, inverted: bool = False) -> str:
    """“Victor Serge”, or inverted “Serge, Victor”."""
    [found] = cast('list[Name]', item.get(role)) or [{'literal': ''}]
    if 'literal' in found:
        return found['literal']
    form = '{family}, {given}' if inverted else '{given} {family}'
    return form.format(**found)


# files


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


def remarks(item: Record) -> list[str]:
    """What BibTeX and RIS have no field for."""
    known = [str(item['note'])]
    if 'part-title' in item:
        known.append(f'In: {item["part-title"]}')
    if 'original-date' in item:
        known.append(f'Written {spelt(days(item, "original-date"))}')
    return known


FORMATS = dict(zip(REFERENCES, (bibtex, ris, csl), strict=True))  # ending -> writer


def write_references(item: Record, page: Page, outdir: Path) -> None:
    """The record in every format, beside the web page."""
    for ending, formatted in FORMATS.items():
        path = outdir / f'{page.docname}.{ending}'
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(formatted(item), encoding='utf-8', newline='\n')


# forms for readers, with *italics*


def chicago(item: Record) -> str:
    """Chicago Manual of Style, 17th edition: an entry of a bibliography."""
    translated = f'ranslated by {person(item, "translator")}'
    if 'part-title' in item:
        written = spelt(days(item, 'original-date'))
        american = re.sub(r'(\d+) (\w+) (\d{4})', r'\2 \1, \3', written)
        part = f'{item["title"]}, ' if is_letter(item) else f'“{item["title"]}.” {item["genre"]}, '
        what = f'{part}{american}. In “{item["part-title"]},” t{translated}'
    else:
        what = f'“{item["title"]}.” T{translated}'
    author = person(item, 'author', inverted=True)
    return f'{author}. {what}. {magazine(item)}. {digital(item)}'


def mla(item: Record) -> str:
    """MLA Handbook, 9th edition: an entry of a list of works cited."""
    what = f'“{item["title"]}.”'
    if 'part-title' in item:
        part = f'{item["title"]}.' if is_letter(item) else what
        what = f'{part} {spelt(days(item, "original-date"), SHORT_MONTHS)}. “{item["part-title"]}.”'
    return (
        f'{person(item, "author", inverted=True)}. {what} *{item["container-title"]}*, '
        f'translated by {person(item, "translator")}, vol. {item["volume"]}, no. {item["issue"]}, '
        f'{spelt(days(item, "issued"), SHORT_MONTHS)}, pp. {pages(item)}. {digital(item)}'
    )


def passage(item: Record, what: str, title: str, number: str, name: str) -> str:
    """Chicago Manual of Style, 17th edition: a note on paragraph *number* of *what*.

    With the address of the paragraph, whose id is *name*, if the edition has one.
    """
    there = f', {item["URL"]}#{name}' if 'URL' in item else ''
    return (
        f'{person(item, "author")}, {what}, par. {number}, in “{title},” '
        f'trans. {person(item, "translator")}, {magazine(item)}; '
        f'digital edition, version {item["version"]}{there}.'
    )


def described(page: Page, registry: Registry) -> str:
    """What readers call it: “letter of 15 November 1946 to “Herbert””."""
    front = page.front
    to = registry.entries['person', front['addressee']].name if 'addressee' in front else ''
    what = f'{GENRES[front["kind"]].lower()} of {dates.words(front["date"])}'
    return f'{what} to {to}' if to else what


def magazine(item: Record) -> str:
    """“*The New International* 16, no. 6 (November–December 1950): 368–71”."""
    return (
        f'*{item["container-title"]}* {item["volume"]}, no. {item["issue"]} '
        f'({spelt(days(item, "issued"))}): {pages(item)}'
    )


def is_letter(item: Record) -> bool:
    """Whether the record is of a letter, whose title is a description and not quoted."""
    return item['genre'] == GENRES['letter']


def spelt(ends: list[list[int]], months: list[str] | tuple[str, ...] = dates.MONTHS) -> str:
    """“6 July 1946”, “November–December 1950”."""
    words = [
        [
            *(str(day) for day in end[2:]),
            *(months[month - 1] for month in end[1:2] if month <= 12),
            str(end[0]),
        ]
        for end in ends
    ]
    if len(words) == 2 and words[0][-1] == words[1][-1]:  # the year once
        return f'{" ".join(words[0][:-1])}–{" ".join(words[1])}'
    return '–'.join(' '.join(word) for word in words)


def pages(item: Record) -> str:
    """“368–71”: of the second number what differs, at least two digits."""
    first, _, last = str(item['page']).partition('-')
    if len(first) == len(last) > 2 and first[:-2] == last[:-2]:
        last = last[-2:]
    return '–'.join(filter(None, (first, last)))


def digital(item: Record) -> str:
    """That this edition was used, and where it is."""
    return ' '.join(f'{part}.' for part in (item['note'], item.get('URL')) if part)


def html(form: str) -> str:
    """A form as HTML."""
    return re.sub(r'\*(.+?)\*', r'<cite>\1</cite>', escape(form))
