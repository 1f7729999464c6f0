"""Dates as EDTF: checked, spelt for readers, and measured for pictures."""

from __future__ import annotations

import os
import re
from calendar import monthrange
from datetime import UTC, date, datetime
from functools import cache
from time import time
from typing import TYPE_CHECKING, NamedTuple

from babel.dates import get_month_names
from edtf import parse_edtf
from edtf.parser.edtf_exceptions import EDTFParseException

if TYPE_CHECKING:
    from time import struct_time

MONTHS = tuple(get_month_names('wide', locale='en').values())
# nearly every date; for the others edtf is asked, which takes a thousand times as long
PLAIN = re.compile(r'([1-9]\d{3})(?:-(0[1-9]|1[0-2])(?:-(0[1-9]|[12]\d|3[01]))?)?')


WHOLE = re.compile(r'\d{4}(-(0[1-9]|1[0-2])(-\d\d)?)?')  # a date that XML Schema knows


class Point(NamedTuple):
    """One end of a span: the earliest and latest moment it can mean, as fractional years."""

    earliest: float
    latest: float
    uncertain: bool


class Span(NamedTuple):
    """A date or an interval; an open or unknown end is None. A single date has equal ends."""

    start: Point | None
    end: Point | None


def check(text: str) -> str:
    """Return *text* if it is a date in EDTF; else raise ValueError with an example."""
    span(text)
    return text


def one(text: str) -> str:
    """Return *text* if it is a single date, not an interval; else raise ValueError."""
    if '/' in text:
        raise ValueError(f'“{text}” is an interval; give one date')
    return check(text)


@cache
def span(text: str) -> Span:
    """Measure an EDTF string (Library of Congress, EDTF level 1). Raises ValueError."""
    ends = text.split('/')
    if len(ends) > 2:
        raise ValueError(_advice(text))
    points = [_point(end, text) for end in ends]
    start, end = points[0], points[-1]
    if start is end is None:
        raise ValueError(_advice(text))
    if start and end and start.earliest > end.latest:
        raise ValueError(f'“{text}” ends before it begins')
    return Span(start, end)


def words(text: str, *, life: bool = False) -> str:
    """Spell an EDTF string for readers: ``1882-04-05/1962~`` → “5 April 1882 – about 1962”.

    Of a *life* one knows only one end of, that end is a birth or a death.
    """
    span(text)
    start, *rest = (_spell(end) for end in text.split('/'))
    if not rest:
        return start
    if not start:
        return f'{"died" if life else "until"} {rest[0]}'
    if not rest[0]:
        return f'{"born" if life else "from"} {start}'
    return _range(start, rest[0])


def _range(start: str, end: str) -> str:
    """“24–30 July 1946”, “November–December 1950”: month and year once if both ends share them."""
    first, last, shared = start.split(), end.split(), ''
    while len(first) == len(last) > 1 and first[-1] == last[-1] and last[-1] != '(uncertain)':
        shared = f' {last.pop()}{shared}'
        first.pop()
    dash = '–' if len(first) == len(last) == 1 else ' – '
    return f'{" ".join(first)}{dash}{" ".join(last)}{shared}'


def _advice(text: str) -> str:
    examples = '1946-07-06, 1946-07, 1946, 1908?, 1908~ or 1882/1962'
    return f'“{text}” is not a date in EDTF; write {examples}'


def _point(end: str, whole: str) -> Point | None:
    if end in ('', '..'):
        if '/' not in whole:
            raise ValueError(_advice(whole))
        return None
    try:
        if plain := PLAIN.fullmatch(end):
            year, month, day = (int(part or 0) for part in plain.groups())
            last = day or monthrange(year, month or 12)[1]
            lower = date(year, month or 1, day or 1).timetuple()
            upper = date(year, month or 12, last).timetuple()
        else:
            parsed = parse_edtf(end)
            lower, upper = parsed.lower_strict(), parsed.upper_strict()
        return Point(_year(lower), _year(upper, end_of_day=True), end[-1] in '?~%' or 'X' in end)
    except (EDTFParseException, ValueError, AttributeError, TypeError) as error:
        raise ValueError(_advice(whole)) from error


def _year(moment: struct_time, *, end_of_day: bool = False) -> float:
    """A moment as a fractional year; months of equal length are near enough for a picture."""
    days = (moment.tm_mon - 1) * 30.4375 + moment.tm_mday - (0 if end_of_day else 1)
    return moment.tm_year + min(days / 365.25, 0.9999)


def _spell(end: str) -> str:
    if end in ('', '..'):
        return ''
    date = end.rstrip('?~%')
    parts = date.split('-')
    try:
        text = ' '.join(
            [str(int(part)) for part in parts[2:3]]
            + [MONTHS[int(part) - 1] for part in parts[1:2]]
            + parts[:1]
        )
    except (ValueError, IndexError):  # X for an unknown digit, a season: shown as written
        text = date
    about = 'about ' if end.endswith(('~', '%')) else ''
    doubt = ' (uncertain)' if end.endswith(('?', '%')) else ''
    return f'{about}{text}{doubt}'


def datable(edtf: str) -> dict[str, str]:
    """EDTF as attributes (TEI Guidelines, att.datable.w3c, att.dimensions).

    1946-07 → when; 1941/1945 → from, to; 194X → notBefore, notAfter; “?” → cert, “~” → precision.
    """
    attributes: dict[str, str] = {}
    start, _, end = edtf.partition('/')
    ends = {'from': start, 'to': end} if end or '/' in edtf else {'when': start}
    for name, day in ends.items():
        whole = day.rstrip('?~%')
        if WHOLE.fullmatch(whole):
            attributes[name] = whole
        elif whole not in ('', '..'):
            parsed = parse_edtf(whole)
            if name in ('when', 'from'):
                attributes['notBefore'] = _day(parsed.lower_strict())
            if name in ('when', 'to'):
                attributes['notAfter'] = _day(parsed.upper_strict())
    if '?' in edtf or '%' in edtf:
        attributes['cert'] = 'low'
    if '~' in edtf or '%' in edtf:
        attributes['precision'] = 'low'
    return attributes


def _day(moment: struct_time) -> str:
    year = f'{moment.tm_year:0{5 if moment.tm_year < 0 else 4}d}'
    return f'{year}-{moment.tm_mon:02}-{moment.tm_mday:02}'


def now() -> datetime:
    """The moment that outputs are dated with: SOURCE_DATE_EPOCH makes their bytes repeatable."""
    return datetime.fromtimestamp(int(os.environ.get('SOURCE_DATE_EPOCH', time())), UTC)
