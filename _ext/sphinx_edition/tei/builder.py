"""TEI P5: the edition as one document – header, registers, text – and its letters in CMIF."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sphinx.builders import Builder

from ..data.language import spoken
from ..data.problems import Trouble
from ..diagnostics import warn
from ..domain import edition_domain
from ..order import reading_order
from .encoder import Encoder
from .header import Imprint, header
from .letters import cmif
from .xml import el, write

if TYPE_CHECKING:
    import xml.etree.ElementTree as ET
    from collections.abc import Set

    from ..domain import EditionDomain


class TeiBuilder(Builder):
    """``sphinx-build -b tei``: ``TITLE.xml``, and ``cmif.xml`` if there are letters."""

    name = 'tei'
    format = 'tei'
    epilog = 'The TEI files are in %(outdir)s.'

    @property
    def domain(self) -> EditionDomain:
        return edition_domain(self.env)

    def get_outdated_docs(self) -> str:
        return 'all documents'

    def get_target_uri(self, docname: str, typ: str | None = None) -> str:
        return docname

    def get_relative_uri(self, from_: str, to: str, typ: str | None = None) -> str:
        return to  # all pages become one document: see Encoder.pointer

    def write_documents(self, docnames: Set[str]) -> None:
        edition, registry = self.domain.edition, self.domain.registry
        standoff, text, languages = self.encode()
        release = self.domain.release
        changelog = self.srcdir / 'CHANGELOG.md'
        imprint = Imprint(
            version=release.version,
            date=release.date,
            base=release.base,
            changes=changelog.read_text('utf-8') if changelog.exists() else '',
            languages=languages,
        )
        whole = el('TEI', header(edition, registry, imprint), standoff, text)
        write(whole, self.outdir / f'{edition.slug}.xml')
        if (letters := cmif(edition, registry, imprint)) is not None:
            write(letters, self.outdir / 'cmif.xml')

    def encode(self) -> tuple[ET.Element | None, ET.Element, list[str]]:
        """Registers, text, and the languages found in it."""
        trees = {
            docname: self.env.get_and_resolve_doctree(docname, self, tags=self.tags)
            for docname in reading_order(self.env)
        }
        encoder = Encoder(self.domain, trees)
        registry = self.domain.registry
        pages = registry.documents
        divisions = [
            (pages[name], encoder.division(pages[name], tree)) for name, tree in trees.items()
        ]
        for xml_id, node in encoder.ids.dangling().items():
            warn(Trouble.DATA, f'TEI: nothing bears the id “{xml_id}”', node)
        chapters = [n for n, (page, _) in enumerate(divisions) if page.is_chapter]
        first, last = (chapters[0], chapters[-1] + 1) if chapters else (0, len(divisions))
        parts = {
            'front': divisions[:first],
            'body': divisions[first:last],
            'back': divisions[last:],
        }
        content = [
            el(tag, *(element for _, found in part for element in found))
            for tag, part in parts.items()
            if part
        ]
        lists = [
            el(row.tei_list, *encoder.registers[kind], type=kind)
            for kind, row in registry.kinds.registers.items()
            if encoder.registers[kind]
        ]
        standoff = el('standOff', *lists) if lists else None
        tag = spoken().tag
        used = dict.fromkeys([tag, *encoder.languages])
        return standoff, el('text', *content, xml_lang=tag), [*used]
