"""How the edition or a chapter of it is cited: one record each, and three forms for readers.

The record is an item of CSL-JSON (Citation Style Language 1.0.2, csl-data.json). The forms are
written here, not by citeproc-py, which makes initials of first names and puts a full stop after
the quotation mark; a test compares the two, these faults apart.
"""

from __future__ import annotations

import re
from html import escape
from typing import TYPE_CHECKING, cast

from roman_numerals import InvalidRomanNumeralError, RomanNumeral

from . import dates
from .kinds import PERSON

if TYPE_CHECKING:
    from .kinds import ChapterKind
    from .records import Edition, Entry, Page
    from .registry import Registry

    Record = dict[str, object]
    Name = dict[str, str]

# as the MLA Handbook shortens them
SHORT_MONTHS = 'Jan. Feb. Mar. Apr. May June July Aug. Sept. Oct. Nov. Dec.'.split()


def record(edition: Edition, registry: Registry, page: Page, version: str, base: str) -> Record:
    """What is cited when *page* is; the title page stands for the whole.

    A chapter is part of what was printed: it is issued when that was, and bears the day it was
    written, if that is known, in `original-date`.
    """
    front, kind = page.front, registry.chapter(page)
    keys = {
        'author': front.get('author', edition.author),
        'translator': edition.translator,
        'recipient': front.get('addressee', ''),
    }
    people = {role: name(registry.entries[PERSON, key]) for role, key in keys.items() if key}
    author = next(iter(people['author'].values()))
    key = f'{"".join(re.findall("[a-z]+", author.lower()))}-{edition.date[:4]}'
    whole = f'{edition.title}: {edition.subtitle}'
    item: Record = {
        'id': f'{key}-{front["siglum"]}' if kind else key,
        'type': kind.csl if kind else 'article-journal',
        'title': page.title if kind else whole,
        **{role: [person] for role, person in people.items()},
        'genre': kind.word if kind else '',
        'part-title': whole if kind else '',
        'container-title': edition.journal,
        'volume': arabic(edition.volume),
        'issue': edition.issue,
        'page': edition.pages.replace('–', '-'),
        'issued': {'date-parts': parts(edition.date)},
        'original-date': {'date-parts': parts(front['date'])} if 'date' in front else None,
        'language': front.get('lang'),
        'version': version,
        'URL': base and (f'{base}{page.docname}.html' if kind else base),
        'note': f'Digital edition, version {version}',
    }
    return {field: value for field, value in item.items() if value}


def name(entry: Entry) -> Name:
    """A name in parts, from the form by which it is sorted: “Serge, Victor”."""
    family, comma, given = entry.sort.partition(', ')
    return {'family': family, 'given': given} if comma else {'literal': entry.name.strip('“”')}


def arabic(volume: str) -> str:
    """“16” for “XVI”, as references have it; other words as they are."""
    try:
        return str(int(RomanNumeral.from_string(volume)))
    except InvalidRomanNumeralError:
        return volume


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


def remarks(item: Record) -> list[str]:
    """What BibTeX and RIS have no field for."""
    known = [str(item['note'])]
    if 'part-title' in item:
        known.append(f'In: {item["part-title"]}')
    if 'original-date' in item:
        known.append(f'Written {spelt(days(item, "original-date"))}')
    return known


# forms for readers, with *italics*


def chicago(item: Record, kind: ChapterKind | None) -> str:
    """Chicago Manual of Style, 17th edition: an entry of a bibliography, for this kind of text."""
    translated = f'ranslated by {person(item, "translator")}'
    if kind:
        parts = [item['title']] if kind.described else [f'“{item["title"]}.” {item["genre"]}']
        if 'original-date' in item:
            written = spelt(days(item, 'original-date'))
            parts.append(re.sub(r'(\d+) (\w+) (\d{4})', r'\2 \1, \3', written))  # American
        what = f'{", ".join(map(str, parts))}. In “{item["part-title"]},” t{translated}'
    else:
        what = f'“{item["title"]}.” T{translated}'
    author = person(item, 'author', inverted=True)
    return f'{author}. {what}. {magazine(item)}. {digital(item)}'


def mla(item: Record, kind: ChapterKind | None) -> str:
    """MLA Handbook, 9th edition: an entry of a list of works cited, for a text of this kind."""
    what = f'{item["title"]}.' if kind and kind.described else f'“{item["title"]}.”'
    if 'original-date' in item:
        what += f' {spelt(days(item, "original-date"), SHORT_MONTHS)}.'
    if kind:
        what += f' “{item["part-title"]}.”'
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


def editorial(item: Record, what: str, edition: Edition, address: str) -> str:
    """What the editors have written: a page, an entry, a note; *item* is the whole, as cited.

    After the Chicago Manual of Style, 17th edition, a part of a work with an editor of its own.
    """
    there = f', {address}' if address else ''
    return (
        f'“{what},” in {person(item, "author")}, “{edition.title},” '
        f'trans. {person(item, "translator")}, ed. {edition.editor}, '
        f'digital edition, version {item["version"]}{there}.'
    )


def described(page: Page, registry: Registry) -> str:
    """What readers call a chapter: “letter of 15 November 1946 to “Herbert””."""
    front, kind = page.front, registry.chapter(page)
    words = [kind.word.lower() if kind else page.title]
    if 'date' in front:
        words.append(f'of {dates.words(front["date"])}')
    if 'addressee' in front:
        words.append(f'to {registry.entries[PERSON, front["addressee"]].name}')
    return ' '.join(words)


def magazine(item: Record) -> str:
    """“*The New International* 16, no. 6 (November–December 1950): 368–71”."""
    return (
        f'*{item["container-title"]}* {item["volume"]}, no. {item["issue"]} '
        f'({spelt(days(item, "issued"))}): {pages(item)}'
    )


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
