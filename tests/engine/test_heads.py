"""Page heads: description, references, linked data; the map of the site."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

import pytest
import rdflib
from lxml import etree
from lxml import html as lxml_html

from tests.conftest import BASE
from tests.engine.conftest import dressed
from tests.pages import SCHEMA, graph, metas

if TYPE_CHECKING:
    from pathlib import Path

    from tests.conftest import Small

TEXT = ('index', 'chapters/log')
EDITORS = ('notes/translator', 'notes/editor', 'notes/people', 'notes/others', 'notes/about')
TEXTS = {'.html', '.xml', '.txt', '.json', '.csv', '.bib', '.ris'}
NAME = 'two-papers-of-a-ships-surgeon'
ref, text, schema = rdflib.URIRef, rdflib.Literal, rdflib.Namespace(SCHEMA)


@pytest.mark.parametrize(
    ('page', 'what'),
    [
        ('chapters/log', 'diary entry of 2 March 1869'),
        ('chapters/letter', 'letter of 5 March 1869 to Tobias Quill'),
    ],
)
def test_the_text_is_described_not_begun(page: str, what: str, site: Path) -> None:
    assert metas(site, page)['description'] == [
        f'Elspeth Marrow’s {what}, as translated by Anna Lindqvist for The Amity Quarterly '
        'in 1871; with notes.'
    ]


# addresses


def test_an_address_on_the_web_needs_no_slash_at_its_end(site: Path, tmp_path: Path) -> None:
    without = dressed(tmp_path, '-D', f'html_baseurl={BASE.removesuffix("/")}')
    names = [path.relative_to(site) for path in site.rglob('*.*') if path.suffix in TEXTS]
    assert {name.name for name in names} >= {'sitemap.xml', 'robots.txt', 'registers.json'}
    for name in names:
        assert (without / name).read_bytes() == (site / name).read_bytes(), name


# references


@pytest.mark.parametrize('page', [*TEXT, 'chapters/letter', *EDITORS])
def test_nothing_hides_translator_and_recipient(page: str, site: Path) -> None:
    """Zotero ignores both where it finds these, and what is the editors’ is a page of theirs."""
    names = metas(site, page).keys()
    assert not {'citation_author', 'citation_authors', 'citation_editor'} & names
    assert any(name.startswith('z:') for name in names) == (page not in EDITORS)
    assert ('author' in names) == (page in EDITORS)


def test_zotero_does_not_divide_the_name_of_an_institution(site: Path) -> None:
    """“The Editors” would be somebody with the first name “The”."""
    assert metas(site, 'notes/about')['bib:authors'] == ['The Editors,']
    assert metas(site, 'chapters/log')['bib:editors'] == ['the Editors,']
    assert metas(site, 'chapters/log')['bib:authors'] == ['Marrow, Elspeth']
    assert 'bib:editors' not in metas(site, 'chapters/letter'), 'a letter has none in Zotero'


@pytest.mark.parametrize('page', [*TEXT, 'chapters/letter'])
def test_a_page_says_what_its_reference_says(page: str, site: Path) -> None:
    said = metas(site, page)
    [item] = json.loads((site / f'{page}.json').read_text(encoding='utf-8'))
    for name, field in {
        'z:edition': 'edition',
        'z:format': 'medium',
        'z:archive': 'archive',
    }.items():
        assert said.get(name, [None]) == [item.get(field)]
    assert said['z:url'] == [item['URL']]
    first = '-'.join(
        f'{n:02}' for n in item.get('original-date', {'date-parts': [()]})['date-parts'][0]
    )
    assert said.get('z:originalDate', [''])[0].partition('/')[0] == first


ZOTERO = {
    'index': ('book', 'Two Papers of a Ship’s Surgeon: From the Brig Halcyon', '1872-05-01'),
    'chapters/log': ('bookSection', 'Fever and Fog', '1872-05-01'),
    'chapters/letter': ('letter', '[Letter to the mate]', '1869-03-05'),
}


@pytest.mark.parametrize('page', ZOTERO)
def test_for_zotero(page: str, site: Path) -> None:
    found = metas(site, page)
    kind, title, date = ZOTERO[page]
    assert (found['z:itemType'], found['DC.title'], found['DC.date']) == ([kind], [title], [date])
    assert found['DC.creator'] == ['Marrow, Elspeth']
    assert found['z:translators'] == ['Lindqvist, Anna']
    assert found.get('z:recipients') == (['Quill, Tobias'] if kind == 'letter' else None)
    assert 'Printed in The Amity Quarterly 2, no. 3 (May–June 1871): 12–14' in found['z:extra'][0]
    whole = ['Two Papers of a Ship’s Surgeon: From the Brig Halcyon']
    assert found.get('citation_book_title') == (whole if kind == 'bookSection' else None)
    pdf = [f'{BASE}{NAME}.pdf'] if kind == 'book' else None
    assert found.get('citation_pdf_url') == pdf


def test_signposts(site: Path) -> None:
    """How the letter is cited and described; the licence is that of the editors’ pages."""

    def links(page: str, rel: str) -> list[str]:
        tree = lxml_html.parse(str(site / f'{page}.html'))
        return tree.xpath(f'/html/head/link[contains(@rel, "{rel}")]/@href')

    assert links('chapters/letter', 'cite-as') == [f'{BASE}chapters/letter.html']
    described = links('chapters/letter', 'describedby')
    assert described == ['letter.bib', 'letter.ris', 'letter.json']
    assert all((site / 'chapters' / name).is_file() for name in described)
    assert links('chapters/letter', 'license') == []
    assert links('notes/about', 'license') == [
        'https://creativecommons.org/publicdomain/zero/1.0/',
    ]


def test_pages_of_the_editors_are_theirs(site: Path) -> None:
    found = metas(site, 'notes/about')
    assert (found['author'], found['DC.date']) == (['The Editors'], ['1872-05-01'])


# linked data


def test_the_edition_as_linked_data(site: Path) -> None:
    found = graph(site, 'index')
    whole, author = ref(f'{BASE}index.html'), ref(f'{BASE}notes/people.html#elspeth-marrow')
    assert (whole, rdflib.RDF.type, schema.Book) in found
    assert (whole, schema.author, author) in found
    assert (author, schema.birthDate, text('1838-11-30')) in found
    assert (author, schema.sameAs, ref('https://viaf.org/viaf/2')) in found
    assert (whole, schema.translator, ref(f'{BASE}notes/people.html#anna-lindqvist')) in found
    assert (whole, schema.hasPart, ref(f'{BASE}chapters/letter.html')) in found
    [original] = found.objects(whole, schema.translationOfWork)
    assert (original, schema.author, author) in found
    [printed] = found.objects(whole, schema.isBasedOn)
    [issue] = found.objects(printed, schema.isPartOf)
    assert (issue, schema.issueNumber, text('3')) in found
    assert not list(found.objects(whole, schema.license)), 'the text is not licensed here'


def test_the_licence_is_that_of_the_editors_words(site: Path) -> None:
    found = graph(site, 'notes/about')
    license_ = ref('https://creativecommons.org/publicdomain/zero/1.0/')
    assert (ref(f'{BASE}notes/about.html'), schema.license, license_) in found


def test_the_letter_as_linked_data(site: Path) -> None:
    found = graph(site, 'chapters/letter')
    letter, quill = ref(f'{BASE}chapters/letter.html'), ref(f'{BASE}notes/people.html#tobias-quill')
    assert (letter, rdflib.RDF.type, schema.Message) in found
    assert (letter, schema.dateSent, text('1869-03-05')) in found
    marrow = ref(f'{BASE}notes/people.html#elspeth-marrow')
    assert (letter, schema.sender, marrow) in found
    assert (letter, schema.recipient, quill) in found
    assert not list(found.objects(quill, schema.sameAs))
    assert (letter, schema.isPartOf, ref(f'{BASE}index.html')) in found
    assert (letter, schema.mentions, marrow) in found
    assert (marrow, schema.sameAs, ref('https://www.wikidata.org/entity/Q1')) in found


def test_the_diary_entry_as_linked_data(site: Path) -> None:
    found = graph(site, 'chapters/log')
    entry = ref(f'{BASE}chapters/log.html')
    assert (entry, rdflib.RDF.type, schema.Article) in found
    assert (entry, schema.dateCreated, text('1869-03-02')) in found
    assert (entry, schema.mentions, ref(f'{BASE}notes/people.html#tobias-quill')) in found


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


@pytest.mark.parametrize('page', ['chapters/log', 'chapters/letter'])
def test_the_reference_a_script_completes(page: str, site: Path, disk: Path) -> None:
    """A number, and the end of the canonical address; without one it has no address at all."""
    [with_address], [without] = (
        lxml_html.parse(str(folder / f'{page}.html')).xpath('//p[@class="reference"]')
        for folder in (site, disk)
    )
    assert [span.get('class') for span in with_address.iter('span')] == ['label', 'address']
    assert 'par. , in ' in with_address.text_content()
    assert with_address.text_content().endswith(f'version 1.0, {BASE}{page}.html.')
    assert [span.get('class') for span in without.iter('span')] == ['label', 'here']
    assert without.text_content().rstrip().endswith('version 1.0.')  # a script adds the address
