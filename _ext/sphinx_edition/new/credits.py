"""Where a page is from and who made it: its lines of information."""

from __future__ import annotations

import re
from calendar import monthrange
from typing import TYPE_CHECKING

from .inlines import by_lines, settled
from .model import Inline, Run, words

if TYPE_CHECKING:
    from .model import Page
    from .nodes import Raw
    from .reporting import Report

IMPRINT = re.compile(
    r'\W*(?:from|source|sources|published|first published|originally|publication|publisher|'
    r'written|delivered|date|first printed|printed|in)\b', re.I
)  # fmt: skip
PERSON = (
    r'(?P<name>[^\W\d_a-z][\w’\'.-]*'
    r'(?: (?:de|da|di|la|le|von|van|der|du|[^\W\d_a-z][\w’\'.-]*)){1,3})'
)
TRANSLATED = re.compile(rf'(?i:\btranslat(?:ed|ion|or)\b[^.]{{0,40}}?(?:\bby\b|:))\s*{PERSON}')
TRANSCRIBED = re.compile(
    rf'(?i:\b(?:transcribed|transcription|transcriber)\b[^.]{{0,40}}?(?:\bby\b|:))\s*{PERSON}'
)
BY = re.compile(rf'(?:\bby|:)\s+{PERSON}')
VOLUME = re.compile(r'\bvol(?:ume)?\.?\s*([IVXLC]+|\d+)\b', re.I)
ISSUE = re.compile(r'\b(?:no|number|nr)s?\.?\s*(\d+(?:[–-]\d+)?)', re.I)
PAGES = re.compile(r'\bpp?\.?\s*(\d+(?:\s*[–-]\s*\d+)?)')
MONTHS = (
    'January February March April May June July August September October November December'.split()
)
SPAN = re.compile(rf'({"|".join(MONTHS)})\s*[–/-]\s*({"|".join(MONTHS)})\s+(1[5-9]\d\d|20\d\d)\b')
DATE = re.compile(
    rf'(?:(?P<day>\d{{1,2}})(?:st|nd|rd|th)?\s+)?(?P<month>{"|".join(MONTHS)})(?:\s+(?P<after>\d{{1,2}})(?:st|nd|rd|th)?)?,?\s+'
    r'(?P<year>1[5-9]\d\d|20\d\d)\b'
)
YEAR = re.compile(r'\b(1[5-9]\d\d|20\d\d)\b')
NO_NAMES = frozenset('for from in and with of the source transcribed proofread html mia'.split())
JOBS = re.compile(r'^(?:the |marxists|mia|our)\b', re.I)


def take(info: list[Raw], page: Page, report: Report) -> None:
    """The lines of *info* become imprint and credits; what they say is noted in *page*."""
    first = True
    for raw in info:
        for group in by_lines(raw.items):
            for line in group:
                inlines = settled(line)
                text = words(inlines)
                if not text:
                    continue
                is_imprint = bool(IMPRINT.match(text)) or (first and not BY.search(text))
                first = False
                page.head.append(('imprint' if is_imprint else 'credit', inlines))
                learn(text, inlines, page, report)


def learn(text: str, inlines: list[Inline], page: Page, report: Report) -> None:
    """What a line says of translator, transcriber and print."""
    for pattern, names, what in (
        (TRANSLATED, page.translators, 'translator'),
        (TRANSCRIBED, page.transcribers, 'transcriber'),
    ):
        match = pattern.search(text)
        if match and not names and not JOBS.match(match['name']):
            name = trimmed(match['name'])
            if name not in page.authors and ' ' in name:
                names.append(name)
                report.guess(f'{page.file}: {what} “{name}”, from “{text[:60]}”')
    if page.source or not IMPRINT.match(text):
        return
    said = text.partition(':')[2] if re.match(r'[\w ]{3,20}:', text) else text
    titles = [
        i.text.strip(' ,.') for i in inlines if isinstance(i, Run) and i.styles & {'em', 'strong'}
    ]
    title = next((t for t in titles if len(t) > 2 and t in said), '')
    found = {'title': title}
    if match := VOLUME.search(text):
        found['volume'] = match[1]
    if match := ISSUE.search(text):
        found['issue'] = match[1]
    if match := PAGES.search(text):
        found['pages'] = match[1].replace('-', '–').replace(' ', '')
    if when := edtf(text):
        found['date'] = when
    if title:
        periodical = 'volume' in found or 'issue' in found or '-' in found.get('date', '')
        kind = 'journal' if periodical else 'book'
        page.source = {'kind': kind, **found}
        report.guess(f'{page.file}: printed in the {kind} “{title}”, from “{text[:60]}”')


def edtf(text: str) -> str:
    """The one date in *text* as EDTF, or ''."""
    if match := SPAN.search(text):
        first, last = (f'{match[3]}-{MONTHS.index(match[n]) + 1:02}' for n in (1, 2))
        return f'{first}/{last}' if first < last else match[3]
    dates = {
        f'{m["year"]}-{MONTHS.index(m["month"]) + 1:02}'
        + (f'-{int(day):02}' if (day := m['day'] or m['after']) and 0 < int(day) < 32 else '')
        for m in DATE.finditer(text)
    }
    if len(dates) == 1:
        return valid(dates.pop())
    years = set(YEAR.findall(text))
    return years.pop() if not dates and len(years) == 1 else ''


def valid(date: str) -> str:
    """*date*, or its month if it has no such day."""
    year, month, *day = date.split('-')
    if day and int(day[0]) > monthrange(int(year), int(month))[1]:
        return f'{year}-{month}'
    return date


def trimmed(name: str) -> str:
    """*name* without words after it that only begin with a capital."""
    found = name.split()
    while found and found[-1].rstrip('.,').lower() in NO_NAMES:
        found.pop()
    end = found[-1] if found else ''
    return ' '.join(found).rstrip(',') if len(end) == 2 else ' '.join(found).rstrip('.,')


def people(text: str) -> list[str]:
    """The names in “A, B and C”."""
    text = re.sub(r'^\s*by\s+', '', text, flags=re.I)
    parts = re.split(r'\s*(?:,|;|&|\band\b|\bund\b)\s*', text)
    names = [' '.join(part.split()) for part in parts if part.strip()]
    short = [name for name in names if ' ' not in name]
    return [' '.join(text.split())] if short and len(names) > 1 else names
