"""Numbers side by side: a picture on one scale, and a table, both of a file of data.

The file is a table (CSV) with the columns of `Figure`; each row says who gives which number, of
whom, and where that stands.
"""

from __future__ import annotations

import csv
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar, NamedTuple

from babel.numbers import format_decimal
from docutils import nodes
from docutils.parsers.rst.directives import choice, unchanged_required
from sphinx.util.docutils import SphinxDirective

from ..data import dates
from ..data.language import N_, _, spoken
from ..data.problems import Trouble, suggestion
from ..data.text import unmarked
from ..diagnostics import warn
from ..reading.options import listed
from ..vocabulary import drawing
from .drawing import Row, Scale, counted, draw_figures
from .words import plain, table

if TYPE_CHECKING:
    from docutils.nodes import Element, Node
    from sphinx.util.typing import OptionSpec

    from ..domain import EditionDomain
    from .words import Cell

UNITS = ('persons', N_('per cent'))


class Figure(NamedTuple):
    """A number that somebody gives: a row of the file, under these heads."""

    id: str
    what: str  # of whom
    who: str  # says so
    when: str  # EDTF
    low: str  # both ends alike, or one left open
    high: str
    unit: str
    passage: str  # the id of a passage of the text, or a source and where in it
    source: str
    pinpoint: str

    @property
    def ends(self) -> tuple[int | None, int | None]:
        return (int(self.low) if self.low else None), (int(self.high) if self.high else None)

    @property
    def number(self) -> str:
        """As readers have it: “15 to 20 million”, “12 million or more”, “15 per cent at most”."""
        low, high = (self.amount(end) if end else '' for end in (self.low, self.high))
        unit = '' if self.unit == 'persons' else f' {_(self.unit)}'
        if not high:
            return _('{number} or more').format(number=f'{low}{unit}')
        if not low:
            return _('{number} at most').format(number=f'{high}{unit}')
        if low == high:
            return f'{high}{unit}'
        million = _('{n} million').partition('}')[2]
        return _('{low} to {high}').format(low=low.removesuffix(million), high=f'{high}{unit}')

    def amount(self, number: str) -> str:
        """“1.6 million”, “956,224”, “15”."""
        value = int(number)
        if self.unit == 'persons' and value >= 1_000_000 and value % 100_000 == 0:
            return counted(value)
        return format_decimal(value, locale=spoken().locale)

    @property
    def source_typed(self) -> str:
        """Who says so, and where, as an editor would type it."""
        if self.passage:
            return f'{self.who}, {{passage}}`{self.passage}`'
        return f'{self.who} {{cite}}`{self.source}{{{self.pinpoint}}}`'

    def fault(self) -> str:
        """What is wrong with the row, or ''."""
        if self.unit not in UNITS:
            return f'“{self.unit}” is none of {", ".join(UNITS)}{suggestion(self.unit, UNITS)}'
        ends = [end for end in (self.low, self.high) if end]
        if not ends or not all(end.isdecimal() for end in ends):
            return '“low” and “high” are whole numbers; one of them may be left out'
        if [*map(int, ends)] != sorted(map(int, ends)):
            return '“low” is greater than “high”'
        if not (self.what and self.who and self.pinpoint):
            return 'a number needs “what”, “who” and “pinpoint”'
        try:
            dates.check(self.when or '1900')
        except ValueError as error:
            return f'“when”: {error}'
        return ''


def read(path: Path) -> list[Figure]:
    """The rows of a file. Raises ValueError with the line and the remedy."""
    with path.open(encoding='utf-8', newline='') as file:
        lines = csv.reader(file, strict=True)
        head = next(lines, [])
        if head != list(Figure._fields):
            raise ValueError(f'{path.name}:1: the heads must be {",".join(Figure._fields)}')
        found: dict[str, Figure] = {}
        for cells in lines:
            place = f'{path.name}:{lines.line_num}'
            if len(cells) != len(head):
                raise ValueError(f'{place}: the row has {len(cells)} cells and not {len(head)}')
            figure = Figure(*cells)
            wrong = 'the id is used twice' if figure.id in found else figure.fault()
            if wrong:
                raise ValueError(f'{place}: {wrong}')
            found[figure.id] = figure
    return list(found.values())


def shown(argument: str | None) -> str:
    """The option that says whether picture, table or both are wanted."""
    return choice(argument or '', ('picture', 'table', 'both'))


class Figures(SphinxDirective):
    """``{figures} file.csv`` -> container, filled with the picture when all is read; table."""

    required_arguments = 1
    final_argument_whitespace = True
    option_spec: ClassVar[OptionSpec] = {
        'rows': listed(','),
        'show': shown,
        'caption': unchanged_required,
    }

    def run(self) -> list[Node]:
        relative, path = self.env.relfn2path(self.arguments[0])
        self.env.note_dependency(relative)
        try:
            rows = self.chosen(read(Path(path)))
        except (OSError, ValueError, csv.Error) as error:
            warn(Trouble.MARKUP, f'{{figures}}: {error}', self.get_location())
            return []
        wanted = self.options.get('show', 'both')
        made: list[Node] = []
        if wanted != 'table':
            container = nodes.container(classes=['overview'], overview='figures')
            container['rows'] = [tuple(row) for row in rows]
            self.set_source_info(container)
            made.append(container)
        if wanted != 'picture':
            made.append(self.table(rows))
        return made

    def chosen(self, rows: list[Figure]) -> list[Figure]:
        """The rows asked for. Raises ValueError if there is no such, or two units in a picture."""
        known = {row.id: row for row in rows}
        names = self.options.get('rows', tuple(known))
        for name in names:
            if name not in known:
                raise ValueError(f'there is no row “{name}”{suggestion(name, known)}')
        found = [known[name] for name in names]
        if self.options.get('show', 'both') != 'table' and len({row.unit for row in found}) > 1:
            raise ValueError('one scale has one unit; name in “:rows:” those that share it')
        return found

    def table(self, rows: list[Figure]) -> nodes.table:
        """Number, of whom, according to whom."""

        def cell(typed: str) -> Cell:
            words, messages = self.parse_inline(typed, lineno=self.lineno)
            return [*words, *messages]

        body = [
            [
                *plain(row.number),
                cell(row.what + (f' ({dates.words(row.when)})' if row.when else '')),
                cell(row.source_typed),
            ]
            for row in rows
        ]
        made = table(
            'counts', plain(_('Number'), _('Of whom (when)'), _('According to')), body, (22, 40, 38)
        )
        if 'caption' in self.options:
            made.insert(0, nodes.title('', '', *self.parse_inline(self.options['caption'])[0]))
        self.set_source_info(made)
        return made


def figures(domain: EditionDomain, overview: Element) -> list[Node]:
    """The picture, and its key."""
    rows = [Figure(*row) for row in overview['rows']]
    ends = [end for row in rows for end in row.ends if end is not None]
    scale = Scale(max(ends))
    numbers = _('; ').join(f'{row.number}, {row.who}' for row in rows)
    form = _('{n} numbers on one scale, which ends at {end}: {numbers}.')
    summary = form.format(n=len(rows), end=scale.words(scale.end), numbers=numbers)
    drawn = [
        Row(row.number, row.who, unmarked(row.what), *row.ends, target(domain, row)) for row in rows
    ]
    key = _(
        'A line reaches from nothing to the number; it is broken between the ends of a range, and '
        'where the source gives one end only.'
    )
    if any(row.passage for row in rows):
        key += ' ' + _('Those in red stand in the text itself.')
    return [
        drawing(draw_figures(summary, drawn, scale)),
        nodes.paragraph('', key, classes=['legend']),
    ]


def target(domain: EditionDomain, row: Figure) -> tuple[str, str] | None:
    """Where the text gives the number, if it does."""
    passage = domain.registry.passages.get(row.passage)
    return (passage.docname, passage.id) if passage else None
