"""Registers and bibliography in print."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, cast

from docutils import nodes

from .source import array, string
from .writing import Writing

if TYPE_CHECKING:
    from docutils.nodes import Element, Node

    from ..data.records import Entry


class Registers(Writing):
    """The part of the writer for entries, and sources."""

    def write_definition_list_item(self, node: nodes.definition_list_item) -> str:
        term, definition = cast('list[Element]', node.children)
        if 'entry' not in node:
            return self.block(
                'terms', array([f'[{self.inside(term)}]', f'[{self.inside(definition)}]'])
            )
        entry = self.registry.entries[node['entry']]
        facts: dict[str, str] = {}
        prose: list[Element] = []
        for child in cast('list[Element]', definition.children):
            name = next(iter(child['classes']), '')
            if name in ('forms', 'evidence', 'identifiers'):
                facts[name] = f'[{self.inside(child)}]'
            elif name != 'mentions':
                prose.append(child)
        last = prose.pop() if prose and isinstance(prose[-1], nodes.paragraph) else nodes.inline()
        before = self.inside(prose)
        return self.block(
            'entry',
            string(entry.kind),
            string(entry.key),
            self.label(entry.key),
            string(entry.name),
            level=str(self.level + 1),
            dates=string(entry.when) if entry.when else '',
            places=self.places(entry, node),
            before=f'[{before}]' if before else '',
            body=self.anchors(last) + self.inside(last),
            **facts,
        )

    def places(self, entry: Entry, node: Node) -> str:
        """Where an entry is named, as links: “diary 1, 2 · letter 3 · note 6”."""
        mentions = self.registry.mentions[entry.kind, entry.key]
        first = {mention.within: mention for mention in reversed(mentions)}
        loci = [
            (*self.registry.locus(mention).rpartition(' ')[::2], f'{mention.docname}:{mention.id}')
            for mention in reversed(first.values())
        ]
        groups = []
        for name, group in groupby(loci, key=lambda locus: locus[0]):
            links = [self.link(label, f'#{string(n)}', node) for _, n, label in group]
            groups.append(f'#{string(name + " ")}' + '#", "'.join(links))
        return '[' + '#" · "'.join(groups) + ']' if groups else ''

    def write_citation(self, node: nodes.citation) -> str:
        label, *rest = cast('list[Element]', node.children)
        body = self.anchors(node) + self.inside(child for part in rest for child in part.children)
        first = not isinstance(node.previous_sibling(), nodes.citation)
        named = {'above': 'line'} if first else {}
        return self.block('cited', string(label.astext()), body=body, **named)
