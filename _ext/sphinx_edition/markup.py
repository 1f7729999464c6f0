"""All the markup that an editor may type; CONTRIBUTING.md shows it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sphinx.domains import ObjType

from .data.kinds import PARTS, Kinds
from .domain import EditionDomain
from .gathering.overviews import OVERVIEWS
from .reading.blocks import Contents, Day, Editorial, Enclosure, Part, Verse
from .reading.records import EntryDirective, NoteDirective
from .reading.roles import ROLES, Naming

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.config import Config


def add_domain(app: Sphinx, config: Config) -> None:
    """Add the domain, once it is known what registers there are (`config-inited`)."""
    kinds = Kinds.configured(
        config.edition_chapters, config.edition_registers, config.edition_hands
    )
    registers = kinds.registers
    objects = {
        **{name: row.word for name, row in registers.items()},
        'note': 'note',
        'passage': 'passage',
    }
    markup = {
        'kinds': kinds,
        'object_types': {name: ObjType(word, name) for name, word in objects.items()},
        'roles': {**dict.fromkeys(registers, Naming()), **ROLES},
        'directives': {
            **dict.fromkeys(registers, EntryDirective),
            **dict.fromkeys(PARTS, Part),
            **dict.fromkeys((f'{hand}-note' for hand in kinds.hands), NoteDirective),
            **{name: row.directive for name, row in OVERVIEWS.items()},
            'editorial': Editorial,
            'verse': Verse,
            'enclosure': Enclosure,
            'day': Day,
            'toctree': Contents,
        },
    }
    app.add_domain(type('ConfiguredDomain', (EditionDomain,), markup))
