"""References: other programs read the same from three formats."""

from __future__ import annotations

import json
import warnings
from typing import TYPE_CHECKING, Any

import pytest
import rispy
import yaml
from pybtex.database import parse_file
from sphinx_edition.data import citing, dates
from sphinx_edition.data.identity import released

from tests.conftest import BASE, ROOT
from tests.edition.conftest import CITABLE, CONF, EDITION

if TYPE_CHECKING:
    from pathlib import Path

    from sphinx_edition.data.registry import Registry


def record(site: Path, page: str) -> dict[str, object]:
    [item] = json.loads((site / f'{page}.json').read_text(encoding='utf-8'))
    return item


def bare(names: list[str]) -> list[str]:
    return [name.strip('{}') for name in names]


def printed(note: str) -> str:
    """What a note says of the print."""
    return note[note.find('Printed in ') :] if 'Printed in ' in note else ''


def from_csl(item: dict) -> dict[str, object]:
    def people(role: str) -> list[str]:
        return [p.get('literal') or f'{p["family"]}, {p["given"]}' for p in item.get(role, ())]

    [day] = item['issued']['date-parts'] if 'issued' in item else [[]]
    return {
        'id': item['id'],
        'kind': item['type'],
        'author': people('author'),
        'translator': people('translator'),
        'editor': people('editor'),
        'title': item['title'],
        'container': item.get('container-title'),
        'date': '-'.join(f'{part:02}' for part in day),
        'language': item['language'],
        'address': item['URL'],
        'printed': printed(item.get('note', '')),
    }


BIBTEX = {'letter': 'personal_communication', 'inbook': 'chapter', 'book': 'book'}
RIS = {'PCOMM': 'personal_communication', 'CHAP': 'chapter', 'BOOK': 'book'}


def from_bibtex(path: Path) -> dict[str, object]:
    [(key, entry)] = parse_file(path, 'bibtex').entries.items()
    fields = entry.fields
    return {
        'id': key,
        'kind': BIBTEX[entry.type],
        'author': bare([str(person) for person in entry.persons['author']]),
        'translator': bare(fields['translator'].split(' and ')) if 'translator' in fields else [],
        'editor': bare([str(person) for person in entry.persons.get('editor', ())]),
        'title': fields['title'].strip('{}'),
        'container': fields['booktitle'].strip('{}') if 'booktitle' in fields else None,
        'date': fields['date'],
        'language': fields['language'],
        'address': fields['url'],
        'printed': printed(fields.get('note', '')),
    }


def from_ris(path: Path) -> dict[str, object]:
    [item] = rispy.loads(path.read_text(encoding='utf-8'))
    return {
        'id': item['id'],
        'kind': RIS[item['type_of_reference']],
        'author': item['authors'],
        'translator': item.get('subsidiary_authors', []),
        'editor': item.get('unknown_tag', {}).get('ED', []),
        'title': item['title'],
        'container': item.get('secondary_title'),
        'date': item['date'].rstrip('/').replace('/', '-'),
        'language': item['language'],
        'address': item['urls'][0],
        'printed': printed(*item.get('notes', [''])),
    }


@pytest.mark.parametrize('page', CITABLE)
def test_three_formats_say_the_same(page: str, site: Path, registry: Registry) -> None:
    expected = from_csl(record(site, page))
    assert from_bibtex(site / f'{page}.bib') == expected
    assert from_ris(site / f'{page}.ris') == expected
    whole = EDITION.full_title
    assert expected['title'] == (whole if page == 'index' else registry.documents[page].title)
    translators = registry.people(EDITION.translator)
    assert expected['translator'] == [person.sort for person in translators]
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
    authors = registry.people(registry.documents[page].keys('author') or EDITION.author)
    assert made.startswith(authors[0].sort.partition(',')[0])
    assert str(item['title']) in made


CFF = set(
    'abstract authors cff-version commit contact date-released doi identifiers keywords license '
    'license-url message preferred-citation references repository repository-artifact '
    'repository-code title type url version'.split()
)


def test_the_citation_file() -> None:
    """CITATION.cff: what CFF 1.2.0 demands, nothing it does not know, and what conf.py says."""
    cff = citation_file()
    assert {'cff-version', 'message', 'title', 'authors'} <= cff.keys() <= CFF
    assert cff['cff-version'] == '1.2.0'
    assert EDITION.title in cff['title']
    assert cff['version'] == CONF['version']
    assert [author['name'] for author in cff['authors']] == [EDITION.editor]
    if 'creativecommons.org/licenses' in EDITION.licence:
        kind, number = EDITION.licence.rstrip('/').split('/')[-2:]
        assert cff['license'] == f'CC-{kind.upper()}-{number}'
    if 'date-released' in cff:
        changes = (ROOT / 'CHANGELOG.md').read_text('utf-8')
        assert cff['date-released'].isoformat() == released(changes, str(CONF['version']))


def test_the_citation_file_names_what_was_printed(registry: Registry) -> None:
    """Field by field as conf.py does; a new edition may not say it yet."""
    host = EDITION.source
    year, month, *_ = [*host.date.partition('/')[0].split('-'), '']
    start, _, end = host.pages.partition('–')
    known = {
        'title': EDITION.full_title,
        'authors': persons(registry, EDITION.author),
        'translators': persons(registry, EDITION.translator),
        'journal': host.title,
        'volume': citing.arabic(host.volume),
        'issue': host.issue,
        'issue-date': dates.words(host.date) if host.date else '',
        'year': year,
        'month': month,
        'start': start,
        'end': end,
        'languages': [registry.documents['index'].front.get('lang')],
    }
    for printed in citation_file().get('references', ()):
        if printed['type'] == 'software':
            continue
        assert {'type', 'title', 'authors'} <= printed.keys()
        said = {name: printed[name] for name in printed.keys() - {'type', 'scope'}}
        said = {n: value if isinstance(value, list) else str(value) for n, value in said.items()}
        assert said == {name: known[name] for name in said}


def citation_file() -> dict[str, Any]:
    said: dict[str, Any] = yaml.safe_load((ROOT / 'CITATION.cff').read_text(encoding='utf-8'))
    return said


def persons(registry: Registry, keys: tuple[str, ...]) -> list[dict[str, str]]:
    parts = [person.sort.partition(', ') for person in registry.people(keys)]
    return [
        {'family-names': family, 'given-names': given} if given else {'name': family}
        for family, _, given in parts
    ]
