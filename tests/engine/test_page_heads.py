"""Page heads, page by page: description, references, preview, linked data; the map of the site."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

import pytest
import rdflib
from tests.conftest import BASE, ROOT
from lxml import etree
from lxml import html as lxml_html

if TYPE_CHECKING:
    from pathlib import Path

    from tests.conftest import Small

TEXT = ('index', 'chapters/diary')
NAME = 'measuring-kravchenkos-testimony'


def sources() -> list[str]:
    """All pages of the edition."""
    files = [ROOT / 'index.md', *ROOT.glob('chapters/*.md'), *ROOT.glob('notes/*.md')]
    return sorted(str(file.relative_to(ROOT).with_suffix('')) for file in files)


# every page


@pytest.mark.parametrize(
    ('page', 'what'),
    [
        ('chapters/diary', 'diary entry of 6 July 1946'),
        ('chapters/letter', 'letter of 15 November 1946 to “Herbert”'),
    ],
)
def test_the_text_is_described_not_begun(page: str, what: str, site: Path) -> None:
    assert metas(site, page)['description'] == [
        f'Victor Serge’s {what}, as translated by James M. Fenwick for The New International '
        'in 1950; with notes.'
    ]


# references


@pytest.mark.parametrize('page', sources())
def test_reference_tags_exclude_each_other(page: str, site: Path) -> None:
    """Highwire’s on the text as printed, Zotero’s on the letter, none on the editors’ pages."""
    names = metas(site, page).keys()
    assert any(name.startswith('citation_') for name in names) == (page in TEXT)
    assert any(name.startswith('z:') for name in names) == (page == 'chapters/letter')


@pytest.mark.parametrize('page', TEXT)
def test_highwire(page: str, site: Path) -> None:
    found = metas(site, page)
    assert found['citation_author'] == ['Serge, Victor']
    assert found['citation_publication_date'] == ['1950/11']
    assert found['citation_journal_title'] == ['The New International']
    assert (found['citation_volume'], found['citation_issue']) == (['16'], ['6'])
    assert (found['citation_firstpage'], found['citation_lastpage']) == (['368'], ['371'])
    assert found['citation_pdf_url'] == [f'{BASE}{NAME}.pdf']
    assert (
        found['citation_title']
        == {
            'index': [
                'Measuring Kravchenko’s Testimony: Concluding the Diary of Victor Serge – VII'
            ],
            'chapters/diary': ['Koka, Kravchenko'],
        }[page]
    )


def test_the_letter_for_zotero(site: Path) -> None:
    found = metas(site, 'chapters/letter')
    assert found['z:itemType'] == ['letter']
    assert found['dc:title'] == ['[Letter to “Herbert”, on Kravchenko’s book]']
    assert found['dc:creator'] == ['Serge, Victor']
    assert found['z:recipients'] == ['Herbert']
    assert found['z:translators'] == ['Fenwick, James M.']
    assert found['dc:date'] == ['1946-11-15']


# linked data


def test_the_edition_as_linked_data(site: Path) -> None:
    found, rdflib = graph(site, 'index')
    schema, ref, text = rdflib.Namespace(SCHEMA), rdflib.URIRef, rdflib.Literal
    whole, author = ref(f'{BASE}index.html'), ref(f'{BASE}notes/people.html#victor-serge')
    assert (whole, rdflib.RDF.type, schema.Article) in found
    assert (whole, schema.author, author) in found
    assert (author, schema.birthDate, text('1890-12-30')) in found
    assert (author, schema.sameAs, ref('https://snaccooperative.org/ark:/99166/w6j67tf8')) in found
    assert (whole, schema.translator, ref(f'{BASE}notes/people.html#james-fenwick')) in found
    assert (whole, schema.hasPart, ref(f'{BASE}chapters/letter.html')) in found
    [original] = found.objects(whole, schema.translationOfWork)
    assert (original, schema.author, author) in found
    [issue] = found.objects(whole, schema.isPartOf)
    assert (issue, schema.issueNumber, text('6')) in found
    license_ = ref('https://creativecommons.org/licenses/by/4.0/')
    assert (whole, schema.license, license_) in found


def test_the_letter_as_linked_data(site: Path) -> None:
    found, rdflib = graph(site, 'chapters/letter')
    schema, ref, text = rdflib.Namespace(SCHEMA), rdflib.URIRef, rdflib.Literal
    letter, herbert = ref(f'{BASE}chapters/letter.html'), ref(f'{BASE}notes/people.html#herbert')
    assert (letter, rdflib.RDF.type, schema.Message) in found
    assert (letter, schema.dateSent, text('1946-11-15')) in found
    assert (letter, schema.sender, ref(f'{BASE}notes/people.html#victor-serge')) in found
    assert (letter, schema.recipient, herbert) in found
    assert not list(found.objects(herbert, schema.sameAs))
    assert (letter, schema.isPartOf, ref(f'{BASE}index.html')) in found
    kravchenko = ref(f'{BASE}notes/people.html#victor-kravchenko')
    assert (letter, schema.mentions, kravchenko) in found
    assert (kravchenko, schema.sameAs, ref('https://viaf.org/viaf/814198')) in found


def test_the_diary_entry_as_linked_data(site: Path) -> None:
    found, rdflib = graph(site, 'chapters/diary')
    schema, ref, text = rdflib.Namespace(SCHEMA), rdflib.URIRef, rdflib.Literal
    entry = ref(f'{BASE}chapters/diary.html')
    assert (entry, rdflib.RDF.type, schema.Article) in found
    assert (entry, schema.dateCreated, text('1946-07-06')) in found
    assert (entry, schema.mentions, ref(f'{BASE}notes/people.html#koka')) in found


def test_text_cannot_end_the_data_block(small: Small) -> None:
    small.replace('notes/people.md', ':name: Tobias Quill', ':name: </script><b>Quill')
    built = small.build()
    page = (built.outdir / 'chapters' / 'log.html').read_text(encoding='utf-8')
    [block] = re.findall(r'<script type="application/ld\+json">(.*?)</script>', page, re.DOTALL)
    assert '</script><b>Quill' in [entity['name'] for entity in json.loads(block)['mentions']]


# the site


def test_a_second_build_lists_all_pages_again(small: Small) -> None:
    """Only one page is written anew, yet all are in the map."""
    small.build('html', '-D', f'html_baseurl={BASE}')
    small.replace('notes/about.md', 'Slips of the witness', 'Slips')
    built = small.build('html', '-D', f'html_baseurl={BASE}')
    assert len(etree.parse(built.outdir / 'sitemap.xml').getroot()) == 8


@pytest.mark.parametrize('page', ['chapters/diary', 'chapters/letter'])
def test_the_reference_a_script_completes(page: str, site: Path, html: Path) -> None:
    """A number, and the end of the canonical address; without one it has no address at all."""
    [with_address], [without] = (
        lxml_html.parse(str(folder / f'{page}.html')).xpath('//p[@class="reference"]')
        for folder in (site, html)
    )
    assert [span.get('class') for span in with_address.iter('span')] == ['label', 'address']
    assert 'par. , in “' in with_address.text_content()
    assert with_address.text_content().endswith(f'version 1.0.0, {BASE}{page}.html.')
    assert [span.get('class') for span in without.iter('span')] == ['label', 'here']
    assert without.text_content().rstrip().endswith('version 1.0.0.')  # a script adds the address
