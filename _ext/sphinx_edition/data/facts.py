"""Dated facts: lives, and what happens when. Plain Python, asked of a Registry."""

from __future__ import annotations

from math import floor, inf
from typing import TYPE_CHECKING, NamedTuple

from . import dates
from .collating import by_surname
from .kinds import PERSON
from .language import N_, _, ngettext
from .records import Dated, Entry

if TYPE_CHECKING:
    from collections.abc import Iterator

    from .dates import Point
    from .kinds import RegisterKind
    from .registry import Registry

DAY = 1 / 365.25
UNKNOWN = N_('not known')


class Life(NamedTuple):
    """A person of whom the birth or the death is known."""

    entry: Entry
    born: str  # EDTF or ''
    died: str

    @property
    def birth(self) -> Point | None:
        return dates.point(self.born) if self.born else None

    @property
    def death(self) -> Point | None:
        return dates.point(self.died) if self.died else None

    @property
    def years(self) -> str:
        """“1884–1935”, “1908?–?”."""
        return f'{year(self.born)}–{year(self.died)}'

    def dead(self, day: Point) -> bool:
        """Whether this person was certainly dead by *day*."""
        return self.death is not None and self.death.latest <= day.latest

    def fate(self, day: Point) -> str:
        """What had become of this person by *day*, for readers: “dead 5 years”, “aged 64”."""
        birth, death = self.birth, self.death
        if birth and birth.earliest >= day.latest:
            return _('not yet born')
        if death is None:
            return _(UNKNOWN)
        if death.earliest >= day.latest:
            return _('aged {years}').format(years=elapsed(birth, day)) if birth else _('alive')
        if not self.dead(day):
            return _('perhaps dead')
        return dead_for(*years_between(death, day), death.uncertain)


def lives(registry: Registry) -> list[Life]:
    """All people with dates, in the order of their deaths; last those whose death is unknown."""
    found = []
    for entry in registry.entries.values():
        born, _, died = (end.replace('..', '') for end in entry.dates.partition('/'))
        if entry.kind == PERSON and (born or died):
            found.append(Life(entry, born, died))
    return sorted(found, key=lambda life: (life.death or (inf,), by_surname(life.entry.sort)))


def year(end: str) -> str:
    """The year of an EDTF date, with its doubts: “1908”, “1908?”, “c. 1908”, “?”."""
    if not end:
        return '?'
    date = dates.parse(end)
    [day, *rest] = date.ends
    if date.form or day is None or rest:
        return dates.words(end)
    year = dates.words(day.year) + '?' * (day.doubt in ('?', '%'))
    return _('c. {year}').format(year=year) if day.doubt in ('~', '%') else year


def elapsed(since: Point, day: Point) -> str:
    """Whole years from one date to another, as far as both are known: “5”, “5 or 6”."""
    return counted(*years_between(since, day), since.uncertain)


def years_between(since: Point, day: Point) -> tuple[int, int]:
    """The least and the most whole years from one date to another."""
    least = max(0, floor(day.earliest - since.latest + DAY + 1e-6))
    return least, floor(day.latest - DAY - since.earliest + 1e-6)


def counted(least: int, most: int, uncertain: bool) -> str:
    """“5”, “5 or 6”, “about 5 to 7”."""
    forms = {0: '{most}', 1: _('{least} or {most}')}
    span = forms.get(most - least, _('{least} to {most}')).format(least=least, most=most)
    return _('about {years}').format(years=span) if uncertain else span


def dead_for(least: int, most: int, uncertain: bool) -> str:
    """“dead 5 or 6 years”, “dead less than a year”."""
    few = {(0, 0): _('dead less than a year'), (0, 1): _('dead about a year')}
    if not uncertain and (least, most) in few:
        return few[least, most]
    form = ngettext('dead {years} year', 'dead {years} years', most)
    return form.format(years=counted(least, most, uncertain))


class Happening(NamedTuple):
    """A dated fact: of an entry, with a predicate, or told in the text by a mark."""

    when: str
    row: str
    subject: Entry | Dated
    predicate: str = ''

    @property
    def order(self) -> tuple[float, float]:
        """By beginning; what is known of a year only stands before what is known to the day."""
        span = dates.span(self.when)
        first, last = span.start or span.end, span.end or span.start
        assert first and last, 'a date has at least one end'
        return first.earliest, -last.latest

    @property
    def year(self) -> int:
        return floor(self.order[0])


def happenings(registry: Registry) -> list[Happening]:
    """Everything dated in the text and the registers, in order."""
    told = {p.docname for p in registry.pages if p.notes or 'date' in p.front}
    found = [
        Happening(mark.when, 'text', mark)
        for mark in registry.marks(Dated)
        if mark.within and mark.docname in told
    ]
    for entry in registry.entries.values():
        found += happenings_of(entry, registry.kinds.registers[entry.kind])
    return sorted(found, key=lambda happening: happening.order)


def happenings_of(entry: Entry, kind: RegisterKind) -> Iterator[Happening]:
    """An entry's own dates and its events; a date that an event tells is not told twice."""
    start, slash, end = (part.replace('..', '') for part in entry.dates.partition('/'))
    first = kind.begins if slash else kind.once
    own = [(start, kind.rows[0], first), (end, kind.rows[1], kind.ends)]
    for when, predicate in entry.events:
        row = next((row for date, row, _ in own if date == when), 'event')
        yield Happening(when, row, entry, predicate)
    told = {when for when, _ in entry.events}
    for when, row, predicate in own:
        if when and when not in told:
            yield Happening(when, row, entry, predicate)
