"""Dates as EDTF: checked, spelt for readers, measured for pictures.

What is read is level 1 of the Extended Date/Time Format (Library of Congress), with the sets of
level 2. `date_formats.py` writes it for machines.
"""

from __future__ import annotations

import os
import re
from calendar import monthrange
from datetime import UTC, datetime
from functools import cache
from time import time
from typing import NamedTuple

from babel import Locale
from babel.dates import get_month_names

from .language import N_, _, spoken

MONTHS = tuple(get_month_names('wide', locale='en').values())
SEASONS = {'21': N_('spring'), '22': N_('summer'), '23': N_('autumn'), '24': N_('winter')}
FIRST_MONTH = {'21': 3, '22': 6, '23': 9, '24': 1}  # a winter may be the one or the other
DAY = re.compile(
    r'(?P<year>-?(?:\d{4}|\d{3}X|\d{2}XX))'
    r'(?:-(?P<month>0[1-9]|1[0-2]|2[1-4]|XX)(?:-(?P<day>0[1-9]|[12]\d|3[01]|XX))?)?'
    r'(?P<doubt>[?~%]?)'
)
OPEN = ('', '..')


class Day(NamedTuple):
    """A date as it is written, perhaps with digits that are not known."""

    year: str  # “1946”, “187X”, “-0007”: 8 BCE, for a year 0 is counted
    month: str  # “07”; “21” to “24” are seasons; “” also for “XX”
    day: str
    doubt: str  # “?” uncertain, “~” about, “%” both
    text: str  # as written

    @property
    def is_whole(self) -> bool:
        """Whether every digit is known, and no season."""
        return 'X' not in self.text and self.month < '21'

    @property
    def is_plain(self) -> bool:
        """Whether it says all there is to say, of a year that formats agree on."""
        return self.is_whole and not self.doubt and self.number > 0

    @property
    def number(self) -> int:
        return int(self.year.replace('X', '0'))

    def bounds(self) -> tuple[tuple[int, int, int], tuple[int, int, int]]:
        """Its first and last day."""
        least, most = (int(self.year.replace('X', digit)) for digit in '09')
        least, most = min(least, most), max(least, most)
        month = int(self.month or 0)
        first, last = month or 1, month or 12
        if month > 12:
            first = FIRST_MONTH[self.month]
            last, most = (2, most + 1) if first == 1 else (first + 2, most)
        end = int(self.day or 0) or last_day(most, last)
        return (least, first, int(self.day or 1)), (most, last, end)


class Date(NamedTuple):
    """What an EDTF string says: days, and how they are joined."""

    form: str  # “” one day; “/” from – to; “[” one of these; “{” all of these
    ends: tuple[Day | None, ...]  # None: open or unknown
    ranges: tuple[tuple[Day | None, Day | None], ...] = ()  # of a set


class Point(NamedTuple):
    """One end of a span: the earliest and latest moment it can mean, as fractional years."""

    earliest: float
    latest: float
    uncertain: bool


class Span(NamedTuple):
    """A date or an interval; an open or unknown end is None. A single date has equal ends."""

    start: Point | None
    end: Point | None


# reading


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
def parse(text: str) -> Date:
    """What *text* says. Raises ValueError with an example."""
    if text[:1] in ('[', '{'):
        if text[-1] != {'[': ']', '{': '}'}[text[0]]:
            raise ValueError(_advice(text))
        ranges = []
        for part in text[1:-1].split(','):
            start, dots, end = part.strip().partition('..')
            first, last = _day(start, text), _day(end if dots else start, text)
            if first is last is None:
                raise ValueError(_advice(text))
            ranges.append((first, last))
        return Date(text[0], (ranges[0][0], ranges[-1][1]), tuple(ranges))
    ends = text.split('/')
    if len(ends) > 2:
        raise ValueError(_advice(text))
    days = tuple(_day(end, text) for end in ends)
    if not any(days):
        raise ValueError(_advice(text))
    return Date('/' if len(days) == 2 else '', days)


def _day(text: str, whole: str) -> Day | None:
    if text in OPEN:
        return None
    found = DAY.fullmatch(text) if text.isascii() else None
    if not found or found['year'] == '-0000':
        raise ValueError(_advice(whole))
    month, day = (re.sub('^XX$', '', found[name] or '') for name in ('month', 'day'))
    if day and (not month or month > '12'):  # a day of no month
        raise ValueError(_advice(whole))
    if day and int(day) > last_day(int(found['year'].replace('X', '0')), int(month)):
        raise ValueError(_advice(whole))
    return Day(found['year'], month, day, found['doubt'], text)


def _advice(text: str) -> str:
    if re.fullmatch(r'X+(-XX)*', text):
        return f'“{text}” is no date; leave the date out where none is known'
    examples = '1946-07-06, 1946-07, 1946, 194X, 1908?, 1908~, 1882/1962 or ../1938'
    return f'“{text}” is not a date in EDTF; write {examples}'


def last_day(year: int, month: int) -> int:
    """The last day of a month, in the Gregorian calendar before its time, too."""
    return monthrange(2000 + year % 400, month)[1]


@cache
def span(text: str) -> Span:
    """Measure an EDTF string. Raises ValueError."""
    date = parse(text)
    first, last = outer(date)
    start, end = (_point(day, one_of=date.form == '[') for day in (first, last))
    if start and end and start.earliest > end.latest:
        raise ValueError(f'“{text}” ends before it begins')
    return Span(start, end)


def outer(date: Date) -> tuple[Day | None, Day | None]:
    """Its first and last day."""
    return date.ends[0], date.ends[-1]


def _point(day: Day | None, *, one_of: bool) -> Point | None:
    if day is None:
        return None
    first, last = day.bounds()
    uncertain = one_of or bool(day.doubt) or 'X' in day.text
    return Point(_year(*first), _year(*last, end_of_day=True), uncertain)


def point(text: str) -> Point | None:
    """All moments that *text* can mean, as one point; None if it has an open end."""
    start, end = span(text)
    if not start or not end:
        return None
    return Point(start.earliest, end.latest, start.uncertain or end.uncertain)


def _year(year: int, month: int, day: int, *, end_of_day: bool = False) -> float:
    """A day as a fractional year; months of equal length are near enough for a picture."""
    days = (month - 1) * 30.4375 + day - (0 if end_of_day else 1)
    return year + min(days / 365.25, 0.9999)


# for readers


def words(text: str, *, life: bool = False) -> str:
    """Spell an EDTF string for readers: ``1882-04-05/1962~`` → “5 April 1882 – about 1962”.

    Of a *life* one knows only one end of, that end is a birth or a death.
    """
    span(text)
    date = parse(text)
    if date.form in ('[', '{'):
        return _set(date)
    start, *rest = (_spell(day) if day else '' for day in date.ends)
    if not rest:
        return start
    first, last = outer(date)
    if not first:
        to_day = last and last.day and not last.doubt
        until = _('until {day}') if to_day else _('until {date}')
        return (_('died {date}') if life else until).format(date=rest[0], day=rest[0])
    if not last:
        since = _('from {day}') if first.day and not first.doubt else _('from {date}')
        return (_('born {date}') if life else since).format(date=start, day=start)
    return _range(start, rest[0])


def _set(date: Date) -> str:
    """“2 or 3 January 1880”, “1880 or later”, “1880 and 1884”."""
    alone = len(date.ranges) == 1
    parts = []
    for first, last in date.ranges:
        if first and last:
            part = (
                _spell(first)
                if first == last
                else _range(_spell(first), _spell(last), alone=alone and date.form == '[')
            )
        else:
            known = first or last
            assert known, 'a range has at least one end'
            part = _('{date} or later') if first else _('{date} or earlier')
            part = part.format(date=_spell(known))
        parts.append(part)
    return _shared(parts, _(' or ') if date.form == '[' else _(' and '))


def _shared(parts: list[str], joint: str) -> str:
    """“2 or 3 January 1880”: month and year once, if all share them."""
    split, shared = [part.split(' ') for part in parts], ''
    while len(parts) > 1 and all(
        len(words) > 1 and words[-1] == split[0][-1] and words[-1].strip('()').isalnum()
        for words in split
    ):
        shared = f' {split[0][-1]}{shared}'
        split = [words[:-1] for words in split]
    *most, last = (' '.join(words) for words in split)
    return f'{", ".join(most)}{joint}{last}{shared}' if most else f'{last}{shared}'


def _range(start: str, end: str, *, alone: bool = False) -> str:
    """“24–30 July 1946”, “November–December 1950”: month and year once if both ends share them.

    *alone*: some day between the two.
    """
    if alone:
        return _('between {start} and {end}').format(start=start, end=end)
    first, last, shared = start.split(' '), end.split(' '), ''
    while len(first) == len(last) > 1 and first[-1] == last[-1] and last[-1] != _('(uncertain)'):
        shared = f' {last.pop()}{shared}'
        first.pop()
    dash = '–' if len(first) == len(last) == 1 else ' – '
    return f'{" ".join(first).rstrip(",")}{dash}{" ".join(last)}{shared}'


def _spell(day: Day) -> str:
    text = _spell_year(day)
    if day.month in SEASONS:
        text = _('{season} {year}').format(season=_(SEASONS[day.month]), year=text)
    elif day.month:
        text = _in_pattern(text, int(day.month), int(day.day or 0))
    if day.doubt in ('~', '%'):
        about = _('about {day}') if day.day else _('about {date}')
        text = about.format(date=text, day=text)
    return f'{text} {_("(uncertain)")}' if day.doubt in ('?', '%') else text


def _in_pattern(year: str, month: int, day: int) -> str:
    """“6 July 1946”, “6. Juli 1946”, “1er juillet 1946”: as the language has it (CLDR)."""
    locale = spoken().locale
    if str(locale) == 'en':
        locale = Locale('en', 'GB')  # the day first, as in all that this edition says in English
    forms = locale.date_formats['long'], locale.datetime_skeletons['yMMMM']
    pattern = getattr(forms[not day], 'pattern', '')
    ordinal = '1er' if day == 1 and locale.language == 'fr' else str(day)
    names = {
        'M': get_month_names('wide', 'format', locale),
        'L': get_month_names('wide', 'stand-alone', locale),
    }
    tokens = re.findall(r"'([^']*)'|(d+|M+|L+|y+)|([^'dMLy]+)", pattern)

    def said(field: str) -> str:
        if field[0] in names:
            return names[field[0]][month] if len(field) > 2 else str(month)
        return ordinal if field[0] == 'd' else year

    return ''.join(said(field) if field else quoted or other for quoted, field, other in tokens)


def _spell_year(day: Day) -> str:
    if day.number <= 0 and 'X' not in day.year:
        return _('{year} BCE').format(year=1 - day.number)
    if day.year.endswith(('XX', '0X')):
        first, last = day.bounds()
        return f'{first[0]}–{last[0]}'
    return _('{year}s').format(year=day.number) if day.year.endswith('X') else f'{day.number}'


def american(text: str) -> str:
    """Words as American styles have them: “6 July 1946” → “July 6, 1946”."""
    days, months = r'\d{1,2}(?:(?:–| or | and |, )\d{1,2})*', '|'.join(MONTHS)
    text = re.sub(rf'\b({days}) ({months}) (\d{{1,4}})\b', r'\2 \1, \3', text)
    return re.sub(rf'\b({days}) ({months})\b', r'\2 \1', text)


def now() -> datetime:
    """The moment that outputs are dated with: SOURCE_DATE_EPOCH makes their bytes repeatable."""
    return datetime.fromtimestamp(int(os.environ.get('SOURCE_DATE_EPOCH', time())), UTC)
