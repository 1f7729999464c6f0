"""The values of options: each function takes what was typed and returns it checked.

All raise ValueError with the remedy, which becomes a warning at the directive.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, cast

from docutils.parsers.rst import directives
from docutils.parsers.rst.directives import unchanged_required
from sphinxcontrib.bibtex.citation_target import parse_citation_targets

from ..data import dates
from ..data.problems import suggestion
from ..data.records import AUTHORITIES, CERTAINTY, Source

if TYPE_CHECKING:
    from collections.abc import Callable


def listed(separator: str) -> Callable[[str | None], tuple[str, ...]]:
    """An option that holds several values."""

    def split(argument: str | None) -> tuple[str, ...]:
        text = unchanged_required(cast('str', argument))  # which refuses None
        parts = (' '.join(part.split()) for part in text.split(separator))
        return tuple(part for part in parts if part)

    return split


def cited(argument: str | None) -> tuple[Source, ...]:
    """An option that holds keys of sources: ``zemskov-1991{table 1}, applebaum-2003``."""
    text = unchanged_required(cast('str', argument))
    try:
        targets = [*parse_citation_targets(' '.join(text.split()))]
    except ValueError:
        raise ValueError(
            f'“{text}” does not name sources; write “key, key{{page or section}}”'
        ) from None
    return tuple(Source(target.key, target.post) for target in targets)


def paired(argument: str | None) -> tuple[tuple[str, str], ...]:
    """An option that holds several values, each a word and what it says."""
    pairs = [part.partition(' ') for part in listed(';')(argument)]
    for first, _, rest in pairs:
        if not rest:
            raise ValueError(f'“{first}” stands alone; write “word value; word value”')
    return tuple((first, rest) for first, _, rest in pairs)


def identified(argument: str | None) -> tuple[tuple[str, str], ...]:
    """An option that holds identifiers: an authority file, a space, the number there."""
    pairs = paired(argument)
    for scheme, value in pairs:
        if scheme not in AUTHORITIES:
            known = ', '.join(AUTHORITIES)
            raise ValueError(f'“{scheme}” is none of {known}{suggestion(scheme, AUTHORITIES)}')
        name, _, form = AUTHORITIES[scheme]
        if not re.fullmatch(form, value):
            raise ValueError(f'“{value}” is no identifier of {name}')
    return pairs


def located(argument: str | None) -> tuple[str, str]:
    """An option that holds latitude and longitude in degrees: ``19.347, -99.162``."""
    text = unchanged_required(cast('str', argument))
    found = re.fullmatch(r'(-?\d+(?:\.\d+)?), *(-?\d+(?:\.\d+)?)', text)
    if not found or abs(float(found[1])) > 90 or abs(float(found[2])) > 180:
        raise ValueError(f'“{text}” is no place; write latitude, longitude: 19.347, -99.162')
    return found[1], found[2]


def dated(argument: str | None) -> tuple[tuple[str, str], ...]:
    """An option that holds events: EDTF, a space, what happened."""
    events = paired(argument)
    for when, _ in events:
        dates.check(when)
    return events


def day(argument: str | None) -> str:
    """An option that holds one date, not an interval."""
    return dates.one(argument or '')


def certainty(argument: str | None) -> str:
    """An option that holds one of TEI's certainties."""
    return directives.choice(argument or '', tuple(CERTAINTY))
