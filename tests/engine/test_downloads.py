"""The registers as linked data, and files that are named where they cannot be linked."""

from __future__ import annotations

from typing import TYPE_CHECKING

import rdflib
from lxml import html as lxml_html

from tests.conftest import BASE

if TYPE_CHECKING:
    from pathlib import Path

    from tests.conftest import Small


def test_the_registers_are_linked_data(site: Path) -> None:
    graph = rdflib.Graph().parse(site / 'registers.json', format='json-ld')
    schema, ref = rdflib.Namespace('https://schema.org/'), rdflib.URIRef
    marrow = ref(f'{BASE}notes/people.html#elspeth-marrow')
    assert (marrow, rdflib.RDF.type, schema.Person) in graph
    assert (marrow, schema.sameAs, ref('https://viaf.org/viaf/2')) in graph
    assert (marrow, schema.birthDate, rdflib.Literal('1838-11-30')) in graph
    place = ref(f'{BASE}chapters/letter.html#letter-signature-elspeth-marrow')
    assert (marrow, schema.subjectOf, place) in graph
    assert (place, schema.text, rdflib.Literal('E. M.')) in graph
    atlas = ref(f'{BASE}notes/others.html#atlas-of-winds')
    assert (atlas, schema.datePublished, rdflib.Literal('1860')) in graph


def test_elsewhere_the_files_are_named(small: Small) -> None:
    """In a book a link to a file beside the web pages would lead nowhere."""
    small.write('notes/data.md', '# Data\n\n:::{downloads}\n:::\n')
    small.replace('index.md', 'notes/about\n', 'notes/about\nnotes/data\n')
    built = small.build('epub')
    assert built.status == 0, built.output
    page = lxml_html.fromstring((built.outdir / 'notes' / 'data.xhtml').read_bytes())
    assert not page.xpath('//li//a[contains(@href, "registers")]')
    assert 'registers.json: all entries' in ' '.join(page.text_content().split())
