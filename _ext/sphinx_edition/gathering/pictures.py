"""Three overviews of the whole: lives, dates, namings. Each is a table; two are drawn as well.

Who is named where needs no drawing: with passages across and people down, the table is one.
"""

from __future__ import annotations

import re
from itertools import groupby
from typing import TYPE_CHECKING

from docutils import nodes

from ..data import dates
from ..data.collating import by_surname
from ..data.facts import UNKNOWN, happenings, lives
from ..data.kinds import PERSON
from ..data.language import N_, _, ngettext
from ..data.records import Dated, Mention
from ..vocabulary import drawing
from .drawing import draw_happenings, draw_lives
from .words import emphasised, filled, joined, link, linked, plain, quoted, table

if TYPE_CHECKING:
    from docutils.nodes import Element, Node

    from ..data.facts import Happening, Life
    from ..data.records import Entry, Passage
    from ..data.registry import Registry
    from ..domain import EditionDomain
    from .words import Cell


# Lifelines ---------------------------------------------------------------------------------


def lifelines(domain: EditionDomain, overview: Element) -> list[Node]:
    """Who was dead by the day `at`, and how long."""
    registry, edition = domain.registry, domain.edition
    shown = lives(registry)
    told = {life.entry.key for life in shown} | {*edition.translator, *edition.transcriber}
    people = [entry for entry in registry.entries.values() if entry.kind == PERSON]
    return [
        *(lives_shown(registry, shown, overview['at']) if shown else []),
        *undated(registry, [entry for entry in people if entry.key not in told]),
    ]


def lives_shown(registry: Registry, shown: list[Life], at: str) -> list[Node]:
    """The picture, its key, and the same as a table."""
    day, words = dates.span(at).start, dates.words(at)
    assert day is not None, 'the directive takes a single date'
    fates = [life.fate(day) for life in shown]
    dead = sum(life.dead(day) for life in shown)
    summary = ngettext(
        'Of {all} people with a date of birth or death, {dead} was dead on {day}.',
        'Of {all} people with a date of birth or death, {dead} were dead on {day}.',
        dead,
    ).format(all=len(shown), dead=dead, day=words)
    key = _(
        'An unbroken line is a life, pale after that day; it is broken, and fades, where a date is '
        'doubtful or unknown. A dotted line is the time that someone had been dead.'
    )
    heads = plain(_('Name'), _('Born'), _('Died'), _('On {day}').format(day=words))
    rows = [
        [[linked(life.entry, registry)], *plain(told(life.born), told(life.died), fate)]
        for life, fate in zip(shown, fates, strict=True)
    ]
    return [
        drawing(draw_lives(summary, shown, fates, day, words)),
        nodes.paragraph('', f'{summary} {key}', classes=['legend']),
        table('lifelines', heads, rows, (13, 12, 12, 10)),
    ]


def told(end: str) -> str:
    """An EDTF date or nothing, in words."""
    return dates.words(end) if end else _(UNKNOWN)


def undated(registry: Registry, entries: list[Entry]) -> list[nodes.paragraph]:
    """Those of whom there is nothing to draw, in a sentence; not who made the text known."""
    if not entries:
        return []
    known = sorted(entries, key=lambda entry: by_surname(entry.sort))
    names = joined(linked(entry, registry) for entry in known)
    if len(known) > 1:
        names[-2] = nodes.Text(_(' and '))
    return [nodes.paragraph('', '', *filled(_('No dates are known of {names}.'), names=names))]


# Chronology --------------------------------------------------------------------------------

# row of the drawing -> what its strokes are
ROWS = {
    'text': N_('Dates in the text'),
    'born': N_('Births'),
    'died': N_('Deaths'),
    'work': N_('Works published'),
    'event': N_('Other events'),
}


def chronology(domain: EditionDomain, overview: Element) -> list[Node]:
    """What happens when: one row a year."""
    registry = domain.registry
    found = happenings(registry)
    if not found:
        return []
    rows: list[list[Cell]] = [
        [[nodes.Text(str(year))], [sentence(registry, happening) for happening in group]]
        for year, group in groupby(found, key=lambda happening: happening.year)
    ]
    label = _('{n} dated facts between {first} and {last}, a stroke each').format(
        n=len(found), first=found[0].year, last=found[-1].year
    )
    words = {row: _(word) for row, word in ROWS.items()}
    return [
        drawing(draw_happenings(label, found, words)),
        table('chronology', plain(_('Year'), _('What happens')), rows, (1, 8)),
    ]


def sentence(registry: Registry, happening: Happening) -> nodes.paragraph:
    """“25 August: Lev Kamenev is shot.” or “In the text (note 6): … The Stone **(1913)** …”."""
    subject, words = happening.subject, day_of_year(happening)
    if isinstance(subject, Dated):
        form = _('{day}, in the text ({locus}):') if words else _('In the text ({locus}):')
        place = [link(subject.within, registry.locus(subject))]
        line = nodes.paragraph('', '', *filled(form, day=words, locus=place))
        line += quoted(subject)
    else:
        what = [linked(subject, registry), *emphasised(f' {_(happening.predicate)}.')]
        form = _('{day}: {event}') if words else '{event}'
        line = nodes.paragraph('', '', *filled(form, day=words, event=what))
    return line


def day_of_year(happening: Happening) -> str:
    """When it was, without the year where that is the row’s: “25 August”, “uncertain”, “”."""
    words, year = dates.words(happening.when), str(happening.year)
    if re.fullmatch(rf'{year}(-\d\d)*\??|{year}(-\d\d)+/{year}(-\d\d)+', happening.when):
        words = ' '.join(word for word in words.split(' ') if word != year)
    return _('uncertain') if words == _('(uncertain)') else words


# Who is named where ------------------------------------------------------------------------


def named(domain: EditionDomain, overview: Element) -> list[Node]:
    """A table for each part of the witness, for hardly anyone is named in two of them."""
    registry = domain.registry
    sigla = overview.get('of') or registry.sections
    return [found for siglum in sigla for found in matrix(registry, siglum)]


def people_within(registry: Registry, passage: Passage) -> list[Mention]:
    """The namings of people in *passage*."""
    marks = registry.within.get(passage.id, ())
    return [mark for mark in marks if isinstance(mark, Mention) and mark.kind == PERSON]


def matrix(registry: Registry, siglum: str) -> list[nodes.table]:
    """Passages across, people down in the order of their first naming, in each cell how often.

    A paragraph in which no one is named is shown, for silence tells something. What is not
    numbered stands together as opening and close; without numbers (a title page) there is no table.
    """
    passages = registry.sections.get(siglum, [])
    columns: dict[str, str] = {}  # passage -> column
    for passage in passages:
        opening, close = _('opening'), _('close')
        unnumbered = close if columns and [*columns.values()][-1] != opening else opening
        columns[passage.id] = passage.n if passage.n.isdecimal() else unnumbered
    namings: dict[str, dict[str, list[Mention]]] = {}  # person -> column -> namings
    for passage in passages:
        for mention in people_within(registry, passage):
            row = namings.setdefault(mention.key, {})
            row.setdefault(columns[passage.id], []).append(mention)
    used = {column for row in namings.values() for column in row}
    first = {columns[passage.id]: passage for passage in reversed(passages)}
    shown = [c for c in dict.fromkeys(columns.values()) if c.isdecimal() or c in used]
    if not any(c.isdecimal() for c in shown):
        return []
    head = [*plain(siglum), *([link(first[c].id, c)] for c in shown)]
    rows = [
        [
            [linked(registry.entries[PERSON, key], registry)],
            *([link(row[c][0].id, str(len(row[c])))] if c in row else [] for c in shown),
        ]
        for key, row in namings.items()
    ]
    widths = (8, *(2 if c.isdecimal() else 4 for c in shown))
    return [table('matrix', head, rows, widths)] if rows else []
