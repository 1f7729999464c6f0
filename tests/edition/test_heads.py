"""Page heads, page by page: description, references, preview, linked data; the map of the site."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

import pytest
from lxml import etree
from lxml import html as lxml_html

from tests.conftest import BASE
from tests.edition.conftest import CITABLE, EDITION, PAGES
from tests.pages import data, head, metas

if TYPE_CHECKING:
    from pathlib import Path

    from sphinx_edition.data.registry import Registry


# every page


@pytest.mark.parametrize('page', PAGES)
def test_every_page(page: str, site: Path) -> None:
    [description] = metas(site, page)['description']
    assert 10 < len(description) <= (300 if page == 'index' else 160)
    canonical = head(site, page).xpath('link[@rel="canonical"]/@href')
    assert canonical == [f'{BASE}{page}.html']
    og = metas(site, page, 'property')
    assert all(len(values) == 1 for values in og.values())
    assert og['og:type'] == ['article']
    assert og['og:url'] == canonical
    assert og['og:description'] == [description]
    assert og['og:image'] == [f'{BASE}_static/preview.png']
    assert (og['og:image:width'], og['og:image:height']) == (['1200'], ['630'])
    alternates = head(site, page).xpath('link[contains(@rel, "alternate")]')
    up = '../' * page.count('/')
    name = page.rpartition('/')[2]
    references = {
        'application/x-bibtex': f'{name}.bib',
        'application/x-research-info-systems': f'{name}.ris',
        'application/vnd.citationstyles.csl+json': f'{name}.json',
    }
    assert {link.get('type'): link.get('href') for link in alternates} == {
        **(references if page in CITABLE else {}),
        'application/pdf': f'{up}{EDITION.slug}.pdf',
        'application/epub+zip': f'{up}{EDITION.slug}.epub',
        'application/tei+xml': f'{up}{EDITION.slug}.xml',
    }
    assert data(site, page)['@id'] == f'{BASE}{page}.html'


@pytest.mark.parametrize('page', PAGES)
def test_what_a_device_and_a_machine_ask_for(page: str, site: Path) -> None:
    up = '../' * page.count('/')
    links = {link.get('rel'): link.get('href') for link in head(site, page).xpath('link')}
    # the text is not licensed, only what the editors wrote
    assert links.get('license') == (None if page in CITABLE else EDITION.licence)
    assert links['apple-touch-icon'] == f'{up}_static/icon.png'
    assert (site / '_static/icon.png').read_bytes().startswith(b'\x89PNG')
    assert len(metas(site, page)['theme-color']) == 2
    assert EDITION.title in metas(site, page, 'property')['og:title'][0] or page in CITABLE


@pytest.mark.parametrize('page', ['404', 'search'])
def test_what_is_no_page_has_no_address_to_be_known_by(page: str, site: Path) -> None:
    assert not head(site, page).xpath('link[@rel="canonical"]')
    assert metas(site, page)['robots'] == ['noindex']


def test_a_register_is_described_by_whom_it_names(site: Path, registry: Registry) -> None:
    for page in registry.pages:
        if page.entries:
            [description] = metas(site, page.docname)['description']
            assert description.startswith(page.title)
            assert page.entries[0].name in description


def test_a_missing_address_leads_onward(html: Path, registry: Registry) -> None:
    page = lxml_html.parse(str(html / '404.html'))
    [article] = page.xpath('//article')
    assert 'do not change' in article.text_content()
    [form] = article.xpath('.//form')
    assert (form.get('action'), form.get('method', 'get')) == ('/search.html', 'get')
    there = article.xpath('.//a/@href')
    onward = [page.docname for page in registry.pages if page.is_chapter or page.entries]
    assert there == ['/index.html', *(f'/{name}.html' for name in onward)]


def test_descriptions_differ(site: Path) -> None:
    found = [metas(site, page)['description'][0] for page in PAGES]
    assert len(set(found)) == len(found)


@pytest.mark.parametrize('page', PAGES)
def test_from_a_disk_no_address_is_absolute(page: str, html: Path) -> None:
    """Nothing points to a site that may not exist; authority files apart."""
    assert not head(html, page).xpath('link[@rel="canonical"]')
    assert not {'og:url', 'og:image'} & metas(html, page, 'property').keys()
    assert 'citation_pdf_url' not in metas(html, page)
    linked = json.dumps(data(html, page))
    assert BASE not in linked
    assert not re.search(r'"@id": "[a-z]+:', linked)


# references


def test_no_coins(html: Path) -> None:
    """Zotero would prefer it to the tags."""
    assert not any('Z3988' in file.read_text(encoding='utf-8') for file in html.rglob('*.html'))


# the site


def test_sitemap_lists_every_page(site: Path) -> None:
    tree = etree.parse(site / 'sitemap.xml')
    found = tree.xpath('//*[local-name()="loc"]/text()')
    assert sorted(found) == sorted(f'{BASE}{page}.html' for page in PAGES)
    assert found[0] == f'{BASE}index.html'
    robots = (site / 'robots.txt').read_text(encoding='utf-8')
    assert f'Sitemap: {BASE}sitemap.xml' in robots


def test_without_an_address_there_is_no_sitemap(html: Path) -> None:
    assert not (html / 'sitemap.xml').exists()
    assert 'Sitemap' not in (html / 'robots.txt').read_text(encoding='utf-8')


def test_the_preview_has_the_size_that_is_told(html: Path) -> None:
    image = (html / '_static' / 'preview.png').read_bytes()
    assert image[:8] == b'\x89PNG\r\n\x1a\n'
    assert (int.from_bytes(image[16:20]), int.from_bytes(image[20:24])) == (1200, 630)
    assert len(image) < 100_000


def test_how_to_cite_stands_on_every_page(html: Path, registry: Registry) -> None:
    for page in PAGES:
        [author, *_] = registry.people(registry.documents[page].keys('author') or EDITION.author)
        tree = lxml_html.parse(str(html / f'{page}.html'))
        [block] = tree.xpath('//details[@class="citing"]')
        words = block.text_content()
        assert all(form in words for form in (f'Chicago: {author.sort}', f'MLA: {author.sort}'))
        cited = page if page in CITABLE else 'index'
        for href in block.xpath('.//a/@href'):
            assert (html / page).parent.joinpath(href).resolve().stem == cited.rpartition('/')[2]
