"""Dates for machines: one function a format; what it cannot say is left out, never made up."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from .dates import outer, parse, words

if TYPE_CHECKING:
    from .dates import Day


def datable(edtf: str) -> dict[str, str]:
    """EDTF as attributes of TEI (Guidelines, att.datable.w3c, att.datable.iso, att.dimensions).

    1946-07 → when; 1941/1945 → from, to; 194X → notBefore, notAfter; “?” → cert, “~” → precision.
    Years before our era are counted otherwise by XML Schema than by ISO 8601, so they say which.
    """
    date = parse(edtf)
    first, last = outer(date)
    attributes: dict[str, str] = {}
    if date.form == '' and first and first.is_whole:
        attributes['when'] = _iso(first)
    elif date.form == '/':
        for name, day in (('from', first), ('to', last)):
            if day and day.is_whole:
                attributes[name] = _iso(day)
            elif day:
                low, high = day.bounds()
                attributes |= (
                    {'notBefore': _ymd(*low)} if name == 'from' else {'notAfter': _ymd(*high)}
                )
    else:
        if first:
            attributes['notBefore'] = _iso(first) if first.is_whole else _ymd(*first.bounds()[0])
        if last:
            attributes['notAfter'] = _iso(last) if last.is_whole else _ymd(*last.bounds()[1])
    if any(day and day.bounds()[0][0] <= 0 for day in (first, last)):
        attributes = {f'{name}-iso': value for name, value in attributes.items()}
    if re.search('[?%]', edtf):
        attributes['cert'] = 'low'
    if re.search('[~%]', edtf):
        attributes['precision'] = 'low'
    return attributes


def cmif(edtf: str) -> dict[str, str]:
    """EDTF as attributes of `date` in CMIF 1.1: of doubt it knows one degree.

    Years before our era are left out, for it has no way to say how they are counted.
    """
    known = datable(edtf)
    names = ('when', 'from', 'to', 'notBefore', 'notAfter')
    said = {name: known[name] for name in names if name in known}
    return said | {'cert': 'low'} if said and {'cert', 'precision'} & known.keys() else said


def _iso(day: Day) -> str:
    return '-'.join(filter(None, (day.year, day.month, day.day)))


def _ymd(year: int, month: int, day: int) -> str:
    return f'{year:0{5 if year < 0 else 4}d}-{month:02}-{day:02}'


def whole(edtf: str) -> str:
    """As ISO 8601 (schema.org, Dublin Core); '' if that would say more than is known.

    Of an interval the part in which both ends agree: 1950-11/1950-12 → 1950.
    """
    date = parse(edtf)
    if date.form in ('[', '{') or not all(day and day.is_plain for day in date.ends):
        return ''
    ends = [[day.year, *filter(None, (day.month, day.day))] for day in date.ends if day]
    shared = []
    for parts in zip(*ends, strict=False):
        if len(set(parts)) > 1:
            break
        shared.append(parts[0])
    return '-'.join(shared)


def highwire(edtf: str) -> str:
    """As Google Scholar reads it: 1946/07/06; '' if that would say more than is known."""
    return whole(edtf).replace('-', '/')


def zotero(edtf: str) -> str:
    """As Zotero keeps it: a day, an interval, or words, which it shows as they are."""
    date = parse(edtf)
    known = date.form in ('', '/') and all(day and day.is_plain for day in date.ends)
    return edtf if known else words(edtf)


def csl(edtf: str) -> dict[str, object]:
    """As a date of CSL-JSON 1.0.2; what has no form there is `literal`."""
    date = parse(edtf)
    days = [day for day in date.ends if day]
    simple = date.form in ('', '/') and len(days) == len(date.ends)
    known = all('X' not in day.year and day.number > 0 for day in days)
    seasons = {day.month for day in days if day.month > '12'}
    if not simple or not known or (seasons and date.form):
        return {'literal': words(edtf)}
    parts = [
        [int(part) for part in (day.year, day.month, day.day) if part and part not in seasons]
        for day in days
    ]
    item: dict[str, object] = {'date-parts': parts}
    if seasons:
        item['season'] = int(seasons.pop()) - 20
    if any(day.doubt for day in days):
        item['circa'] = True
    return item


def biblatex(edtf: str) -> str:
    """As biblatex 3 reads it, which is EDTF level 1 itself; sets have no form there."""
    date = parse(edtf)
    return edtf if date.form in ('', '/') else ''


def year(edtf: str) -> str:
    """The one year of a date without doubt, for formats that know no more; else ''."""
    return whole(edtf)[:4]


def ris(edtf: str) -> list[tuple[str, str]]:
    """As RIS has it: PY and DA, YYYY/MM/DD/words; nothing where no year is sure."""
    date = parse(edtf)
    days = [day for day in date.ends if day]
    years = {day.year for day in days}
    if len(days) < len(date.ends) or len(years) > 1 or 'X' in edtf[:4] or days[0].number <= 0:
        return []
    plain = [*whole(edtf).split('-'), '', ''] if whole(edtf) else [days[0].year, '', '']
    rest = '' if date.form == '' and days[0].is_plain else words(edtf)
    return [('PY', days[0].year), ('DA', '/'.join([*plain[:3], rest]))]
