"""Notes in TEI."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from docutils import nodes

from ..data.kinds import SEVERAL
from ..data.records import PEOPLE
from ..vocabulary import opening
from .blocks import Blocks
from .xml import EDITORS, Ids, el, xml_name

if TYPE_CHECKING:
    import xml.etree.ElementTree as ET

    from docutils.nodes import Element, Node

    from ..data.records import Note, Source


class Notes(Blocks):
    """The part of the encoder for notes: whose they are, and what they rest on."""

    ids: Ids
    sources: dict[str, Any]  # key -> citation of sphinxcontrib-bibtex

    def source(self, sources: tuple[Source, ...]) -> str:
        """Pointers to the sources of an entry or note."""
        found = [self.sources[source.key] for source in sources if source.key in self.sources]
        return ' '.join(
            f'#{self.ids.xml_id(c.bibliography_key.docname, c.citation_id)}' for c in found
        )

    def annotation(self, node: Element) -> ET.Element:
        """A note; it points to its marks as they do to it (TEI Guidelines 3.9.1)."""
        note = self.registry.notes[node['note']]
        blocks = [cast('Element', block) for block in node.children if is_prose(block)]
        first = opening(blocks)
        marks = [cast('Element', first[0])]
        del first[:2]
        first[:] = [child for child in first.children if not is_hand(child)]
        for line in node.children:
            if isinstance(line, nodes.Element) and 'marks' in line['classes']:
                marks += line.findall(nodes.reference)
        return el(
            'note',
            *(found for block in blocks for found in self.encode(block)),
            type=note.hand,
            subtype='witness' if self.registry.of_witness(note.key) else '',
            n=self.registry.labels.get(note.key, ''),
            xml_id=self.define(note.id),
            xml_lang=self.registry.languages(note.key, note.docname).get('lang', ''),
            target=' '.join(self.pointer(mark) for mark in marks),
            resp=self.maker(note),
            cert=note.certainty,
            source=self.source(note.sources),
        )

    def maker(self, note: Note) -> str:
        """Pointers to who wrote a note: of an author’s, the author of the chapter that it is on."""
        maker = self.registry.kinds.hands[note.hand].maker
        if maker == 'editor':
            return f'#{EDITORS}'
        who = getattr(self.edition, maker) if maker in PEOPLE else (maker,)[: bool(maker)]
        if maker in SEVERAL and (citation := self.registry.citations.get(note.key)):
            who = self.registry.documents[citation.docname].keys(maker) or who
        return ' '.join(f'#{xml_name(key)}' for key in who)


def is_prose(node: Node) -> bool:
    """Whether a block of an entry or note is its words: what surrounds them is data."""
    made = {'forms', 'letters', 'evidence', 'identifiers', 'mentions', 'marks', 'day-head'}
    return isinstance(node, nodes.Element) and not made & set(node['classes'])


def is_hand(node: Node) -> bool:
    """Whether *node* says whose a note is, as `@type` does."""
    return isinstance(node, nodes.inline) and 'hand' in node['classes']
