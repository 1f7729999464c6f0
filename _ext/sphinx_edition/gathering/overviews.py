"""Overviews: lists and pictures of the whole edition, each a directive and what fills it."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, NamedTuple

from docutils import nodes
from sphinx.transforms.post_transforms import SphinxPostTransform
from sphinx.util.docutils import SphinxDirective

from ..data.kinds import PERSON
from ..data.language import _
from ..data.records import Dated, Emendation
from ..domain import edition_domain
from ..reading.options import day, listed
from .downloads import downloads, is_known
from .figures import Figures, figures
from .pictures import chronology, lifelines, named, people_within
from .words import filled, link

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

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


class Named(Overview):
    """The overview that may be of some chapters only, whose sigla it names."""

    option_spec: ClassVar[OptionSpec] = {'of': listed(',')}


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


def slips(registry: Registry, of: Sequence[str] = ()) -> object:
    """What the list of slips shows."""
    return [(slip, registry.locus(slip)) for slip in registry.marks(Emendation)]


def passages(registry: Registry, of: Sequence[str] = ()) -> object:
    """What numbers side by side show of the text: where they stand."""
    return registry.passages


def offered(registry: Registry, of: Sequence[str] = ()) -> object:
    """What a list of all pages shows."""
    return is_known(registry), [(page.docname, page.title, page.front) for page in registry.pages]


def people(registry: Registry, of: Sequence[str] = ()) -> object:
    """What the lives show."""
    return [entry for entry in registry.entries.values() if entry.kind == PERSON]


def dated(registry: Registry, of: Sequence[str] = ()) -> object:
    """What the chronology shows."""
    told = {page.docname for page in registry.pages if 'date' in page.front}
    marks = [(m, registry.locus(m), m.docname in told) for m in registry.marks(Dated)]
    return registry.entries, marks


def namings(registry: Registry, of: Sequence[str] = ()) -> object:
    """What is shown of who is named where: of namings not the words around them."""
    places = [
        place for siglum in of or registry.sections for place in registry.sections.get(siglum, ())
    ]
    found = [mention for place in places for mention in people_within(registry, place)]
    keys = sorted({mention.key for mention in found})
    return (
        [registry.entries.get((PERSON, key)) for key in keys],
        places,
        [(mention.id, mention.within, mention.key) for mention in found],
    )


class Row(NamedTuple):
    """A kind of overview."""

    directive: type[SphinxDirective]
    fill: Callable[[EditionDomain, Element], list[Node]]
    shows: Callable[[Registry, Sequence[str]], object]  # when it changes, the overview is stale


OVERVIEWS = {
    'emendations': Row(Overview, emendations, slips),
    'lifelines': Row(Lifelines, lifelines, people),
    'chronology': Row(Overview, chronology, dated),
    'named': Row(Named, named, namings),
    'downloads': Row(Overview, downloads, offered),
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
