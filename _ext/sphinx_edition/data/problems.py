"""What an editor must mend: kinds of warning, and hints at what was meant."""

from __future__ import annotations

from dataclasses import dataclass
from difflib import get_close_matches
from enum import Enum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable


class Trouble(Enum):
    """Kinds of warning; `edition.VALUE` in Sphinx's suppress_warnings."""

    KEY = 'key'
    """A key that is malformed, unknown or used twice."""
    NOTE = 'note'
    """A note never cited, cited twice or out of order."""
    FRONT_MATTER = 'front_matter'
    """Front matter that is missing, unknown or malformed."""
    HEADING = 'heading'
    """A role where only words can stand."""
    MARKUP = 'markup'
    """Markup that cannot be understood, or has no place in an edition."""
    DATA = 'data'
    """Something that TEI has no place for."""
    LEFTOVER = 'leftover'
    """Something that is still the words of the edition this one was copied from."""
    LANGUAGE = 'language'
    """A language or script that the engine cannot say or show."""
    OPTION = 'option'
    """An option of the theme that means nothing to its pages."""
    PRINT = 'print'
    """Something that the printed book cannot show."""


@dataclass(frozen=True)
class Problem:
    """Something an editor must mend, where, and how."""

    trouble: Trouble
    message: str
    docname: str
    line: int


def suggestion(wrong: str, known: Iterable[str]) -> str:
    """“; did you mean …?” with the nearest known word, or nothing."""
    near = get_close_matches(wrong, list(known), n=1, cutoff=0.5)
    return f'; did you mean “{near[0]}”?' if near else ''
