"""A drawing made of strokes and words; each output draws it in its own way.

Across it is measured in per cent and down in em: on a phone the strokes grow shorter and the
words stay as large as those of the text. No picture is scaled, and nothing runs in the browser.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from math import ceil, floor
from textwrap import shorten
from typing import TYPE_CHECKING, NamedTuple

from babel.numbers import format_decimal

from ..data.language import _, spoken

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from ..data.dates import Point
    from ..data.facts import Happening, Life

    Target = tuple[str, str]  # document, id


STYLES = ('certain', 'doubtful', 'after', 'day', 'quoted', 'axis')


class Stroke(NamedTuple):
    """A line from one point to another; `style`, of STYLES, says what it stands for."""

    style: str
    x1: float
    y1: float
    x2: float
    y2: float
    strength: float = 1


class Words(NamedTuple):
    """Words on the baseline *y*, a link where they have a target; *rest* follows, paler."""

    x: float
    y: float
    text: str
    rest: str = ''
    anchor: str = 'start'  # start | middle | end
    target: Target | None = None


@dataclass
class Drawing:
    """What one picture shows; *label* says so to those who cannot see it."""

    name: str
    label: str
    height: float = 0
    strokes: list[Stroke] = field(default_factory=list)
    words: list[Words] = field(default_factory=list)


# Composition -------------------------------------------------------------------------------


class Axis:
    """Years across the whole width, from one decade to another."""

    def __init__(self, years: Iterable[float]) -> None:
        years = list(years)
        self.first = floor(min(years) / 10) * 10
        self.last = ceil(max(years) / 10) * 10

    def x(self, year: float) -> float:
        return 100 * (min(max(year, self.first), self.last) - self.first) / (self.last - self.first)

    def draw(self, drawing: Drawing, y: float) -> None:
        """Put the axis at *y*, which ends the drawing."""
        drawing.strokes.append(Stroke('axis', 0, y, 100, y))
        for year in range(self.first + 10, self.last):
            if year % 20 == 0:
                x = self.x(year)
                drawing.strokes.append(Stroke('axis', x, y, x, y + 0.3))
                drawing.words.append(Words(x, y + 1.4, '', str(year), 'middle'))
        drawing.height = y + 2.4


def draw_lives(
    label: str, lives: Sequence[Life], fates: Sequence[str], day: Point, day_words: str
) -> Drawing:
    """One line a person, under the name.

    The upright line at *day* is drawn across the lives only, so that it runs through no name.
    """
    drawing = Drawing('lifelines', label)
    ends = [end for life in lives for end in (life.birth, life.death) if end]
    axis = Axis([day.earliest, *(end.earliest for end in ends), *(end.latest for end in ends)])
    today = day.earliest
    now = axis.x(today)
    drawing.words.append(Words(now, 1, day_words, anchor='middle'))
    for n, (life, fate) in enumerate(zip(lives, fates, strict=True)):
        y = 2.6 + PITCH * n  # the foot of the name
        line = y + 0.9
        drawing.strokes.append(Stroke('day', now, line - 0.6, now, line + 0.7))
        for style, start, end, strength in lifetime(life.birth, life.death):
            for begin, stop, share in (
                (start, min(end, today), 1),
                (max(start, today), end, FUTURE_OPACITY),
            ):
                if begin < stop:
                    drawing.strokes.append(
                        Stroke(style, axis.x(begin), line, axis.x(stop), line, strength * share)
                    )
        if life.death and life.death.latest <= day.latest:
            drawing.strokes.append(Stroke('after', axis.x(life.death.latest), line, now, line))
            drawing.words.append(Words(now + 1.5, line + 0.3, fate))
        x, anchor = axis.x(life.birth.earliest if life.birth else axis.first), 'start'
        if x > RIGHT_EDGE:
            x, anchor = (
                max(axis.x(life.death.latest if life.death else axis.last), 100 - RIGHT_EDGE),
                'end',
            )
        entry = life.entry
        drawing.words.append(
            Words(x, y, entry.name, life.years, anchor, (entry.docname, entry.key))
        )
    axis.draw(drawing, 2.4 + PITCH * len(lives))
    return drawing


PITCH = 2.5  # em from one name to the next
FUTURE_OPACITY = 0.4  # strength of the years that were still to come on the day
RIGHT_EDGE = 35  # per cent: a name that begins further right might not end within a phone
DOUBT = 5  # years that an uncertain date is drawn broken
LONGEST = 100  # years in which a life of which one end is unknown fades away
STEPS = 10


def lifetime(birth: Point | None, death: Point | None) -> Iterator[tuple[str, float, float, float]]:
    """(style, from, to, strength) of the strokes that make a life."""
    if birth and death:
        start = birth.latest + (DOUBT if birth.uncertain else 0)
        end = death.earliest - (DOUBT if death.uncertain else 0)
        yield 'doubtful', birth.earliest, start, 1
        yield 'certain', start, end, 1
        yield 'doubtful', end, death.latest, 1
        return
    pace = LONGEST / STEPS
    for step in range(STEPS):
        strength = 1 - step / STEPS
        if birth:
            yield (
                'doubtful',
                birth.earliest + pace * step,
                birth.earliest + pace * (step + 1),
                strength,
            )
        elif death:
            yield 'doubtful', death.latest - pace * (step + 1), death.latest - pace * step, strength


def draw_happenings(
    label: str, happenings: Sequence[Happening], rows: Mapping[str, str]
) -> Drawing:
    """One stroke a happening, those of a year on top of each other; a row a kind."""
    drawing = Drawing('chronology', label)
    axis = Axis([happening.year for happening in happenings] + [happenings[-1].year + 1])
    y = 0.0
    for row, words in rows.items():
        piles = Counter(happening.year for happening in happenings if happening.row == row)
        if not piles:
            continue
        foot = y + 1.5 + STROKE * max(piles.values())
        drawing.words.append(Words(0, y + 1, words))
        drawing.strokes.append(Stroke('axis', 0, foot, 100, foot))
        style = 'quoted' if row == 'text' else 'certain'
        for year, number in piles.items():
            x = axis.x(year + 0.5)
            drawing.strokes += [
                Stroke(style, x, foot - STROKE * n - 0.1, x, foot - STROKE * (n + 1))
                for n in range(number)
            ]
        y = foot + 0.5
    axis.draw(drawing, y)
    return drawing


STROKE = 0.55  # em, with the gap above it


def counted(number: int) -> str:
    """“15 million”, “500”, as the language of the edition writes numbers."""
    locale = spoken().locale
    if number < 1_000_000:
        return format_decimal(number, locale=locale)
    return _('{n} million').format(n=format_decimal(number / 1_000_000, '#,##0.######', locale))


class Scale:
    """Numbers across the whole width, from nothing to a round number."""

    def __init__(self, most: int) -> None:
        self.step: int = next(
            step
            for power in range(13)
            for step in (10**power, 2 * 10**power, 5 * 10**power)
            if most / step <= MOST_STEPS
        )
        self.end: int = ceil(most / self.step) * self.step

    def x(self, number: float) -> float:
        return 100 * number / self.end

    def words(self, number: int) -> str:
        """“15 million”, “500”."""
        return counted(number)

    def draw(self, drawing: Drawing, y: float) -> None:
        """Put the scale at *y*, which ends the drawing."""
        drawing.strokes.append(Stroke('axis', 0, y, 100, y))
        for number in range(self.step, self.end, self.step):
            x = self.x(number)
            drawing.strokes.append(Stroke('axis', x, y, x, y + 0.3))
            drawing.words.append(Words(x, y + 1.4, '', self.words(number), 'middle'))
        drawing.height = y + 2.4


MOST_STEPS = 4  # of a scale, whose numbers have room on a phone


class Row(NamedTuple):
    """A number in the picture; of its ends one may be open."""

    number: str
    who: str
    what: str
    low: int | None
    high: int | None
    target: Target | None  # where the text says it


def draw_figures(label: str, rows: Sequence[Row], scale: Scale) -> Drawing:
    """A line a number, from nothing, under who says it and of whom."""
    drawing = Drawing('figures', label)
    for n, row in enumerate(rows):
        y = 1 + ROW * n  # the foot of the first words
        line = y + 1.85
        drawing.words.append(
            Words(
                0,
                y,
                row.number,
                shorten(row.who, WIDE - len(row.number), placeholder=' …'),
                target=row.target,
            )
        )
        drawing.words.append(Words(0, y + 1.2, '', shorten(row.what, WIDE, placeholder=' …')))
        sure, doubtful = ('quoted', 'after') if row.target else ('certain', 'doubtful')
        low, high = row.low or 0, row.high or min(scale.end, (row.low or 0) * OPEN)
        for style, start, end in ((sure, 0, low), (doubtful, low, high)):
            if start < end:
                x1, x2 = scale.x(start), scale.x(end)
                drawing.strokes.append(Stroke(style, x1, line, x2, line))
        if row.high:
            x = scale.x(row.high)
            drawing.strokes.append(Stroke(sure, x, line - 0.25, x, line + 0.25))
    scale.draw(drawing, 0.4 + ROW * len(rows))
    return drawing


WIDE = 40  # characters that have room on a phone
ROW = 3.05  # em from one number to the next
OPEN = 1.15  # how far a line runs on that has no other end
