"""The `edition` domain: keeps each document's records and resolves references to them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar, cast

from docutils import nodes
from sphinx import addnodes
from sphinx.domains import Domain
from sphinx.errors import ConfigError
from sphinx.util.nodes import make_refnode

from .data.identity import Release, identity, released
from .data.language import _
from .data.records import Edition, Entry, Note, Page
from .data.registry import Registry
from .order import reading_order

if TYPE_CHECKING:
    from collections.abc import Iterable, Set

    from docutils.nodes import Element, Node
    from sphinx.addnodes import pending_xref
    from sphinx.builders import Builder
    from sphinx.environment import BuildEnvironment

    from .data.identity import Identity
    from .data.kinds import Kinds


class EditionDomain(Domain):
    """Passages of a witness, notes on it, and registers of what it names."""

    name = 'edition'
    label = 'Edition'
    initial_data: ClassVar[dict[str, Any]] = {
        'pages': {},  # docname -> Page
    }
    data_version = 6

    kinds: ClassVar[Kinds]
    """The kinds of chapters and registers; with roles, directives and object types: `markup`."""

    registry: Registry
    """All pages in reading order; set once everything is read (`env-updated`)."""

    shown: dict[str, str]
    """Docname -> digest of what the page shows of others; set with the registry."""

    @property
    def pages(self) -> dict[str, Page]:
        return cast('dict[str, Page]', self.data['pages'])

    @property
    def edition(self) -> Edition:
        """What conf.py says of the whole. Raises ConfigError."""
        try:
            return Edition.from_config(self.env.config.edition)
        except ValueError as error:
            raise ConfigError(str(error)) from None

    @property
    def release(self) -> Release:
        """Version, date and address of what is built."""
        config, changelog = self.env.config, self.env.srcdir / 'CHANGELOG.md'
        changes = changelog.read_text('utf-8') if changelog.is_file() else ''
        date = released(changes, config.release)
        return Release(config.release, date, config.html_baseurl)

    def cited(self, page: Page) -> Identity:
        """What is cited when *page* is."""
        return identity(self.edition, self.registry, page, self.release)

    def page(self, docname: str) -> Page:
        """The records of *docname*, made on first use."""
        return self.pages.setdefault(docname, Page(docname))

    def note_entry(self, entry: Entry) -> None:
        self.page(entry.docname).entries.append(entry)

    def note_note(self, note: Note) -> None:
        self.page(note.docname).notes.append(note)

    def clear_doc(self, docname: str) -> None:
        self.pages.pop(docname, None)

    def merge_domaindata(self, docnames: Set[str], otherdata: dict[str, Any]) -> None:
        pages = otherdata['pages']
        self.pages.update({docname: pages[docname] for docname in docnames & pages.keys()})

    def settle(self) -> None:
        """Put all pages in reading order, now that none will change."""
        ordered = (self.pages[name] for name in reading_order(self.env) if name in self.pages)
        source = self.edition.source if self.env.config.edition else None
        self.registry = Registry(ordered, self.kinds, source)

    def resolve_xref(
        self,
        env: BuildEnvironment,
        fromdocname: str,
        builder: Builder,
        typ: str,
        target: str,
        node: pending_xref,
        contnode: Element,
    ) -> nodes.reference:
        """A link; for an unknown target, which was reported when all was read, its words alone."""
        found = self._find(typ, target)
        if found is None:
            return cast('nodes.reference', contnode)
        docname, node_id, text = found
        words: list[Node] = contnode.children if node['refexplicit'] else [nodes.Text(text)]
        link = make_refnode(builder, fromdocname, docname, node_id, words)
        link['classes'] += [CLASSES.get(typ, 'mention'), typ]
        if typ == 'note' and self.registry.of_witness(target):
            link['classes'].append('witness')
        link['edition'] = (typ, target)
        return link

    def resolve_any_xref(
        self,
        env: BuildEnvironment,
        fromdocname: str,
        builder: Builder,
        target: str,
        node: pending_xref,
        contnode: Element,
    ) -> list[tuple[str, nodes.reference]]:
        return [
            (f'edition:{typ}', make_refnode(builder, fromdocname, found[0], found[1], contnode))
            for typ in self.object_types
            if (found := self._find(typ, target))
        ]

    def get_objects(self) -> Iterable[tuple[str, str, str, str, str, int]]:
        for entry in self.registry.entries.values():
            yield entry.key, entry.name, entry.kind, entry.docname, entry.key, 1
        for note in self.registry.notes.values():
            label = self.registry.labels.get(note.key, note.key)
            yield note.key, _('note {label}').format(label=label), 'note', note.docname, note.id, 1
        for passage in self.registry.passages.values():
            yield passage.id, passage.label, 'passage', passage.docname, passage.id, 1

    def _find(self, typ: str, target: str) -> tuple[str, str, str] | None:
        """(docname, id, words) of what a reference of this type points to."""
        registry = self.registry
        if typ in self.kinds.registers and (entry := registry.entries.get((typ, target))):
            return entry.docname, entry.key, entry.name
        if typ == 'note' and (note := registry.notes.get(target)):
            return note.docname, note.id, registry.labels.get(target, '?')
        if typ == 'cited':  # “key”, or “key 1” of the first mark after the first
            key, _, further = target.partition(' ')
            if further:
                place = registry.further_marks[key][int(further) - 1]
                return place.docname, place.id, registry.locus(place)
            if first := registry.citations.get(key):
                return first.docname, first.id, f'{registry.labels.get(key, "?")}.'
        if typ == 'passage' and (passage := registry.passages.get(target)):
            return passage.docname, passage.id, passage.label
        if typ == 'page' and (page := registry.documents.get(target)):
            return page.docname, '', page.title
        if typ == 'mention' and (docname := registry.places.get(target)):
            return docname, target, target
        return None


# reference type -> class of the link it becomes; namings are “mention”
CLASSES = {
    'note': 'noteref',
    'cited': 'backlink',
    'passage': 'locus',
    'mention': 'locus',
    'page': 'chapter',
}


def edition_domain(env: BuildEnvironment) -> EditionDomain:
    """The domain of this project."""
    return cast('EditionDomain', env.domains['edition'])


def pending(
    kind: str, target: str, words: Element | None = None, **attributes: object
) -> addnodes.pending_xref:
    """A reference that the domain resolves once everything is read."""
    xref = addnodes.pending_xref(
        '',
        words or nodes.inline(),
        refdomain='edition',
        reftype=kind,
        reftarget=target,
        **attributes,
    )
    xref.setdefault('refexplicit', False)
    return xref
