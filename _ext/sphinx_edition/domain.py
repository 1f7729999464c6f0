"""The `edition` domain: keeps each document's records and resolves references to them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar, cast

from docutils import nodes
from sphinx.domains import Domain, ObjType
from sphinx.errors import ConfigError
from sphinx.util.nodes import make_refnode

from . import markup
from .model import KINDS, Edition, Entry, Note, Page
from .registry import Registry

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Set

    from docutils.nodes import Element, Node
    from docutils.parsers.rst import Directive
    from sphinx.addnodes import pending_xref
    from sphinx.builders import Builder
    from sphinx.environment import BuildEnvironment


class EditionDomain(Domain):
    """Passages of a witness, notes on it, and registers of what it names."""

    name = 'edition'
    label = 'Edition'
    object_types: ClassVar[dict[str, ObjType]] = {
        **{kind: ObjType(word, kind) for kind, word in KINDS.items()},
        'note': ObjType('note', 'note'),
        'passage': ObjType('passage', 'passage'),
    }
    roles = markup.ROLES
    directives: ClassVar[dict[str, type[Directive]]] = {**markup.DIRECTIVES}
    initial_data: ClassVar[dict[str, Any]] = {
        'pages': {},  # docname -> Page
    }
    data_version = 3

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
        self.registry = Registry(
            self.pages[docname] for docname in reading_order(self.env) if docname in self.pages
        )

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
        """A link; for an unknown target, which `settle` has reported, its words alone."""
        found = self._find(typ, target)
        if found is None:
            return cast('nodes.reference', contnode)
        docname, node_id, text = found
        words: list[Node] = contnode.children if node['refexplicit'] else [nodes.Text(text)]
        link = make_refnode(builder, fromdocname, docname, node_id, words)
        link['classes'] += [CLASSES.get(typ, 'mention'), typ]
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
            yield note.key, f'note {label}', 'note', note.docname, note.id, 1
        for passage in self.registry.passages.values():
            yield passage.id, passage.label, 'passage', passage.docname, passage.id, 1

    def _find(self, typ: str, target: str) -> tuple[str, str, str] | None:
        """(docname, id, words) of what a reference of this type points to."""
        registry = self.registry
        if typ in KINDS and (entry := registry.entries.get((typ, target))):
            return entry.docname, entry.key, entry.name
        if typ == 'note' and (note := registry.notes.get(target)):
            return note.docname, note.id, registry.labels.get(target, '?')
        if typ == 'cited' and (place := registry.citations.get(target)):
            return place.docname, place.id, f'{registry.labels.get(target, "?")}.'
        if typ == 'passage' and (passage := registry.passages.get(target)):
            return passage.docname, passage.id, passage.label
        if typ == 'mention' and (docname := registry.places.get(target)):
            return docname, target, target
        return None


# reference type -> class of the link it becomes; namings are “mention”
CLASSES = {'note': 'noteref', 'cited': 'backlink', 'passage': 'locus', 'mention': 'locus'}


def reading_order(env: BuildEnvironment) -> Iterator[str]:
    """All documents in the order of the toctrees, then those in none, by name."""
    seen: dict[str, None] = {}
    stack = [env.config.root_doc]
    while stack:
        docname = stack.pop()
        if docname not in seen:
            seen[docname] = None
            stack += reversed(env.toctree_includes.get(docname, []))
    yield from seen
    yield from sorted(env.found_docs - seen.keys())
