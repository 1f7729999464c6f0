"""References: other programs read the same from three formats; forms as in two style books."""

from __future__ import annotations

import json
import re
import warnings
from typing import TYPE_CHECKING

import pytest
import rispy
import yaml
from tests.conftest import BASE, ROOT
from pybtex.database import parse_file
from sphinx_edition.data import citing

if TYPE_CHECKING:
    from pathlib import Path

PAGES = ('index', 'chapters/diary', 'chapters/letter')
TITLES = {
    'index': 'Measuring Kravchenko’s Testimony: Concluding the Diary of Victor Serge – VII',
    'chapters/diary': 'Koka, Kravchenko',
    'chapters/letter': '[Letter to “Herbert”, on Kravchenko’s book]',
}


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


@pytest.mark.parametrize('page', PAGES)
def test_three_formats_say_the_same(page: str, site: Path) -> None:
    expected = from_csl(record(site, page))
    assert from_bibtex(site / f'{page}.bib') == expected
    assert from_ris(site / f'{page}.ris') == expected
    assert expected['title'] == TITLES[page]
    assert expected['translator'] == ['Fenwick, James M.']
    assert expected['address'] == BASE + ('' if page == 'index' else f'{page}.html')


def test_without_an_address_none_is_made_up(html: Path) -> None:
    assert all('URL' not in record(html, page) for page in PAGES)


WHOLE = TITLES['index']
CHICAGO = '*The New International* 16, no. 6 (November–December 1950): 368–71.'
MLA = (
    '*The New International*, translated by James M. Fenwick, vol. 16, no. 6, '
    'Nov.–Dec. 1950, pp. 368–71.'
)
FORMS = {
    'chicago': {
        'index': f'Serge, Victor. “{WHOLE}.” Translated by James M. Fenwick. {CHICAGO}',
        'chapters/diary': 'Serge, Victor. “Koka, Kravchenko.” Diary entry, July 6, 1946. '
        f'In “{WHOLE},” translated by James M. Fenwick. {CHICAGO}',
        'chapters/letter': 'Serge, Victor. [Letter to “Herbert”, on Kravchenko’s book], '
        f'November 15, 1946. In “{WHOLE},” translated by James M. Fenwick. {CHICAGO}',
    },
    'mla': {
        'index': f'Serge, Victor. “{WHOLE}.” {MLA}',
        'chapters/diary': f'Serge, Victor. “Koka, Kravchenko.” 6 July 1946. “{WHOLE}.” {MLA}',
        'chapters/letter': 'Serge, Victor. [Letter to “Herbert”, on Kravchenko’s book]. '
        f'15 Nov. 1946. “{WHOLE}.” {MLA}',
    },
}


def plain(form: str) -> str:
    """A form without what citeproc-py does otherwise: first names, stops and quotation marks."""
    form = form.replace('Serge, Victor.', 'Serge, V.').replace('James M.', 'J. M.').replace('*', '')
    return re.sub(r'\.”|”\.', '”', form).replace('vol. ', '')


@pytest.mark.parametrize('page', PAGES)
def test_citeproc_reads_every_record(page: str, site: Path) -> None:
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
    assert made.startswith('Serge, V.')
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
    conf: dict = {}
    exec((ROOT / 'conf.py').read_text(encoding='utf-8'), {'__file__': str(ROOT / 'conf.py')}, conf)
    edition = conf['edition']
    [printed] = cff['references']
    assert {'cff-version', 'message', 'title', 'authors'} <= cff.keys() <= CFF
    assert cff['cff-version'] == '1.2.0'
    assert {'type', 'title', 'authors'} <= printed.keys()
    assert cff['version'] == conf['release']
    assert printed['title'] == f'{edition["title"]}: {edition["subtitle"]}'
    assert printed['journal'] == edition['journal']
    assert str(printed['volume']) == citing.arabic(edition['volume'])
    assert str(printed['issue']) == edition['issue']
    assert f'{printed["start"]}–{printed["end"]}' == edition['pages']
