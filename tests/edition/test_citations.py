"""References: other programs read the same from three formats."""

from __future__ import annotations

import json
import warnings
from typing import TYPE_CHECKING

import pytest
import rispy
import yaml
from pybtex.database import parse_file
from sphinx_edition.data import citing

from tests.conftest import BASE, ROOT
from tests.edition.conftest import CITABLE, CONF, EDITION

if TYPE_CHECKING:
    from pathlib import Path

    from sphinx_edition.data.registry import Registry


def record(site: Path, page: str) -> dict[str, object]:
    [item] = json.loads((site / f'{page}.json').read_text(encoding='utf-8'))
    return item


def from_csl(item: dict) -> dict[str, object]:
    issued = ['-'.join(f'{part:02}' for part in day) for day in item['issued']['date-parts']]
    return {
        **{
            role: [f'{p["family"]}, {p["given"]}' for p in item[role]]
            for role in ('author', 'translator')
        },
        **{field: item[field] for field in ('id', 'title', 'volume', 'issue', 'language')},
        'journal': item['container-title'],
        'pages': item['page'],
        'year': issued[0][:4],
        'date': issued[0],
        'address': item['URL'],
    }


def from_bibtex(path: Path) -> dict[str, object]:
    [(key, entry)] = parse_file(path, 'bibtex').entries.items()
    assert entry.type == 'article'  # of which every style prints magazine, volume and pages
    fields = entry.fields
    return {
        'id': key,
        'author': [str(person) for person in entry.persons['author']],
        'translator': [fields['translator']],
        'title': fields['title'].strip('{}'),
        'journal': fields['journal'],
        'volume': fields['volume'],
        'issue': fields['number'],
        'pages': fields['pages'].replace('--', '-'),
        'year': fields['year'],
        'date': fields['date'].partition('/')[0],
        'language': fields['language'],
        'address': fields['url'],
    }


def from_ris(path: Path) -> dict[str, object]:
    [item] = rispy.loads(path.read_text(encoding='utf-8'))
    assert item['type_of_reference'] == 'JOUR'
    return {
        'id': item['id'],
        'author': item['authors'],
        'translator': item['subsidiary_authors'],
        'title': item['title'],
        'journal': item['secondary_title'],
        'volume': item['volume'],
        'issue': item['number'],
        'pages': f'{item["start_page"]}-{item["end_page"]}',
        'year': item['year'],
        'date': item['date'].rstrip('/').replace('/', '-'),
        'language': item['language'],
        'address': item['urls'][0],
    }


@pytest.mark.parametrize('page', CITABLE)
def test_three_formats_say_the_same(page: str, site: Path, registry: Registry) -> None:
    expected = from_csl(record(site, page))
    assert from_bibtex(site / f'{page}.bib') == expected
    assert from_ris(site / f'{page}.ris') == expected
    whole = f'{EDITION.title}: {EDITION.subtitle}'
    assert expected['title'] == (whole if page == 'index' else registry.documents[page].title)
    assert expected['translator'] == [registry.entries['person', EDITION.translator].sort]
    assert expected['address'] == BASE + ('' if page == 'index' else f'{page}.html')


def test_without_an_address_none_is_made_up(html: Path) -> None:
    assert all('URL' not in record(html, page) for page in CITABLE)


@pytest.mark.parametrize('page', CITABLE)
def test_citeproc_reads_every_record(page: str, site: Path, registry: Registry) -> None:
    """With the one style that comes with it."""
    with warnings.catch_warnings():
        warnings.simplefilter('ignore')
        import citeproc
        from citeproc.source.json import CiteProcJSON

        item = record(site, page)
        rules = citeproc.CitationStylesStyle('harvard-cite-them-right', validate=False)
        list_ = citeproc.CitationStylesBibliography(
            rules, CiteProcJSON([item]), citeproc.formatter.plain
        )
        list_.register(citeproc.Citation([citeproc.CitationItem(item['id'])]))
        [made] = [str(entry) for entry in list_.bibliography()]
    family = registry.entries['person', EDITION.author].sort.partition(',')[0]
    assert made.startswith(f'{family}, ')
    assert str(item['title']) in made


CFF = set(
    'abstract authors cff-version commit contact date-released doi identifiers keywords license '
    'license-url message preferred-citation references repository repository-artifact '
    'repository-code title type url version'.split()
)


def test_the_citation_file() -> None:
    """CITATION.cff: what CFF 1.2.0 demands, nothing it does not know, and what conf.py says."""
    file = ROOT / 'CITATION.cff'
    cff = yaml.safe_load(file.read_text(encoding='utf-8'))
    [printed] = cff['references']
    assert {'cff-version', 'message', 'title', 'authors'} <= cff.keys() <= CFF
    assert cff['cff-version'] == '1.2.0'
    assert {'type', 'title', 'authors'} <= printed.keys()
    assert cff['version'] == CONF['version']
    assert printed['title'] == f'{EDITION.title}: {EDITION.subtitle}'
    assert printed['journal'] == EDITION.journal
    assert str(printed['volume']) == citing.arabic(EDITION.volume)
    assert str(printed['issue']) == EDITION.issue
    assert f'{printed["start"]}–{printed["end"]}' == EDITION.pages
