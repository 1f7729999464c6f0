"""Overviews: lists and pictures of the whole edition, each a directive and what fills it."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, NamedTuple

from docutils import nodes
from sphinx.transforms.post_transforms import SphinxPostTransform
from sphinx.util.docutils import SphinxDirective

from ..data.kinds import PERSON
from ..data.language import _
from ..data.records import Dated, Emendation, Mention
from ..domain import edition_domain
from ..reading.options import day
from .downloads import downloads
from .figures import Figures, figures
from .pictures import chronology, lifelines, named
from .words import filled, link

if TYPE_CHECKING:
    from collections.abc import Callable

    from docutils.nodes import Element, Node
    from sphinx.util.typing import OptionSpec

    from ..data.registry import Registry
    from ..domain import EditionDomain


class Overview(SphinxDirective):
    """A list or picture drawn from the whole edition -> container, filled when all is read."""

    def run(self) -> list[Node]:
        name = self.name.rpartition(':')[2]
        container = nodes.container(classes=['overview', name], overview=name, **self.options)
        self.set_source_info(container)
        return [container]


class Lifelines(Overview):
    """The overview that needs a day, on which it looks at all lives."""

    option_spec: ClassVar[OptionSpec] = {'at': day}

    def run(self) -> list[Node]:
        if 'at' not in self.options:
            raise self.error('lifelines need a day, such as “:at: 1946-07-06”')
        return super().run()


def emendations(domain: EditionDomain, overview: Element) -> list[Node]:
    """The list of slips: where, what stands there, what is meant."""
    slips = nodes.bullet_list()
    for slip in domain.registry.marks(Emendation):
        words = filled(
            _('{locus}: {slip}, read {meant}'),
            locus=[link(slip.within, domain.registry.locus(slip))],
            slip=slip.text,
            meant=[nodes.emphasis('', slip.meant)],
        )
        slips += nodes.list_item('', nodes.paragraph('', '', *words))
    return [slips] if len(slips) else [nodes.paragraph('', _('No slip has been marked yet.'))]


def slips(registry: Registry) -> object:
    """What the list of slips shows."""
    return [(slip, registry.locus(slip)) for slip in registry.marks(Emendation)]


def passages(registry: Registry) -> object:
    """What numbers side by side show of the text: where they stand."""
    return registry.passages


def people(registry: Registry) -> object:
    """What the lives show."""
    return [entry for entry in registry.entries.values() if entry.kind == PERSON]


def dated(registry: Registry) -> object:
    """What the chronology shows."""
    return registry.entries, [(mark, registry.locus(mark)) for mark in registry.marks(Dated)]


def namings(registry: Registry) -> object:
    """What is shown of who is named where: of namings not the words around them."""
    found = (mention for mention in registry.marks(Mention) if mention.kind == PERSON)
    return people(registry), registry.passages, [(m.id, m.within, m.key) for m in found]


class Row(NamedTuple):
    """A kind of overview."""

    directive: type[SphinxDirective]
    fill: Callable[[EditionDomain, Element], list[Node]]
    shows: Callable[[Registry], object]  # when it changes, the overview is stale


OVERVIEWS = {
    'emendations': Row(Overview, emendations, slips),
    'lifelines': Row(Lifelines, lifelines, people),
    'chronology': Row(Overview, chronology, dated),
    'named': Row(Overview, named, namings),
    'downloads': Row(Overview, downloads, lambda registry: None),  # what every page may show
    'figures': Row(Figures, figures, passages),
}


class FillOverviews(SphinxPostTransform):
    """Fill the overviews, once everything is read.

    Before:  container overview=emendations
    After:   container overview=emendations (bullet_list (list_item …))

    Priority 5: before the references are resolved (10).
    """

    default_priority = 5

    def run(self, **kwargs: object) -> None:
        domain = edition_domain(self.env)
        for overview in self.document.findall(nodes.container):
            if 'overview' in overview:
                overview += OVERVIEWS[overview['overview']].fill(domain, overview)
