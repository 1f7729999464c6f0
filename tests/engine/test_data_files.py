"""Files to download: the registers as table and as linked data, the bibliography, BEACON."""

from __future__ import annotations

import csv
import json
from typing import TYPE_CHECKING

import pytest
import rispy
from lxml import etree
from lxml import html as lxml_html
from pybtex.database import parse_file
from sphinx_edition.data import facts

from tests.conftest import BASE
from tests.data import faults, find

if TYPE_CHECKING:
    from pathlib import Path

    from tests.conftest import Small

LATEX = r"""@book{logbook,
  title = {Le journal du XX{\`e}me --- Halcyon \& Cie},
  author = {M{\"u}ller, Ren{\'e} and de la Cr{\^o}ix, No{\"e}l},
  year = {1869},
  month = mar,
  publisher = {Pr\'{e}cis},
  url = {https://example.org/~log_book},
  read = {full},
  nature = {whole}
}
"""


@pytest.fixture
def accented(small: Small) -> Small:
    """The small edition with a source as Zotero writes it, and its bibliography."""
    _, _, rest = small.read('notes/sources.bib').partition('\n}\n')
    small.write('notes/sources.bib', LATEX + rest)
    small.write('notes/more.md', '# Data\n\n:::{downloads}\n:::\n')
    small.replace('index.md', 'notes/about\n', 'notes/about\nnotes/more\n')
    return small


def test_accents_are_right_everywhere(accented: Small) -> None:
    """Müller in labels, references, bibliography, TEI and the three formats to download."""
    built = accented.build('html', '-D', f'html_baseurl={BASE}')
    assert built.status == 0, built.warnings
    out = built.outdir
    page = ' '.join(lxml_html.parse(str(out / 'notes/about.html')).getroot().text_content().split())
    assert 'Müller and de la Crôix 1869' in page
    assert 'Le journal du XXème — Halcyon & Cie' in page
    people = (out / 'notes/people.html').read_text('utf-8')
    assert 'Müller and de la Crôix 1869' in people
    for file in out.rglob('*.html'):
        assert '{\\' not in lxml_html.parse(str(file)).getroot().text_content()

    item = next(
        i
        for i in json.loads((out / 'bibliography.json').read_text('utf-8'))
        if i['id'] == 'logbook'
    )
    assert item['author'] == [
        {'family': 'Müller', 'given': 'René'},
        {'family': 'Crôix', 'given': 'Noël', 'non-dropping-particle': 'de la'},
    ]
    assert item['issued'] == {'date-parts': [[1869, 3]]}
    assert item['URL'] == 'https://example.org/~log_book'
    read = parse_file(out / 'bibliography.bib', 'bibtex').entries['logbook']
    assert [str(person) for person in read.persons['author']] == [
        'Müller, René',
        'de la Crôix, Noël',
    ]
    assert (read.fields['publisher'], read.fields['read']) == ('Précis', 'full')
    assert read.fields['title'] == r'{Le journal du XXème — Halcyon \& Cie}'
    [ris] = [
        r
        for r in rispy.loads((out / 'bibliography.ris').read_text('utf-8'))
        if r['id'] == 'logbook'
    ]
    assert ris['authors'] == ['Müller, René', 'de la Crôix, Noël']
    assert ris['title'] == 'Le journal du XXème — Halcyon & Cie'
    assert ris['date'] == '1869/03//'
    tei = etree.parse(next(accented.build('tei').outdir.glob('two*.xml'))).getroot()
    [source] = find(tei, '//t:biblStruct[.//t:title = "Le journal du XXème — Halcyon & Cie"]')
    assert [name.text for name in find(source, './/t:author')] == item_names(item)
    assert find(source, './/t:imprint/t:date/@when') == ['1869-03']


def item_names(item: dict[str, list[dict[str, str]]]) -> list[str]:
    particle = 'non-dropping-particle'
    return [f'{n.get(particle, "")} {n["family"]}, {n["given"]}'.strip() for n in item['author']]


def test_what_only_tex_knows_is_told_with_its_line(small: Small) -> None:
    small.replace('notes/sources.bib', 'Winds and', r'\emph{Winds} and')
    built = small.build()
    [warning] = built.warnings
    line = small.read('notes/sources.bib').split('\n').index('@article{amity,') + 1
    assert warning.startswith(f'notes/sources.bib:{line}: WARNING: the source “amity” has the')
    assert 'command \\emph, which only TeX knows; write the character' in warning


def test_a_table_with_a_column_an_authority(site: Path) -> None:
    """And each column is described, in its order."""
    with (site / 'registers.csv').open(encoding='utf-8', newline='') as file:
        head, *rows = csv.reader(file)
    package = json.loads((site / 'datapackage.json').read_text('utf-8'))
    [table] = package['resources']
    fields = table['schema']['fields']
    assert table['path'] == 'registers.csv'
    assert [field['name'] for field in fields] == head
    assert all(
        len(field['description']) > 10 and '{' not in field['description'] for field in fields
    )
    [marrow] = [dict(zip(head, row, strict=True)) for row in rows if row[1] == 'elspeth-marrow']
    assert (marrow['wikidata'], marrow['viaf'], marrow['gnd']) == ('Q1', '2', '')
    keys = [tuple(row[head.index(name)] for name in table['schema']['primaryKey']) for row in rows]
    assert len(keys) == len(set(keys))
    for field in fields:
        values = [row[head.index(field['name'])] for row in rows]
        assert all(values) or not field['constraints'].get('required')
        among = field['constraints'].get('enum')
        assert not among or set(values) <= set(among)
    assert package['version'] == '1.0'


# terms of schema.org that are used, and the types that may have them beside Thing
DOMAINS = {
    'geo': ('Place',),
    'latitude': ('GeoCoordinates',),
    'longitude': ('GeoCoordinates',),
    'about': ('CreativeWork', 'Dataset'),
    'author': ('CreativeWork', 'Dataset'),
    'citation': ('CreativeWork', 'Dataset'),
    'creator': ('CreativeWork', 'Dataset'),
    'datePublished': ('CreativeWork', 'Dataset'),
    'isPartOf': ('CreativeWork', 'Dataset'),
    'keywords': ('CreativeWork', 'Dataset'),
    'license': ('CreativeWork', 'Dataset'),
    'text': ('CreativeWork',),
    'version': ('CreativeWork', 'Dataset'),
    'distribution': ('Dataset',),
    'contentUrl': ('DataDownload',),
    'encodingFormat': ('DataDownload', 'CreativeWork'),
    'birthDate': ('Person',),
    'deathDate': ('Person',),
    'foundingDate': ('Organization',),
    'dissolutionDate': ('Organization',),
}
OF_THING = {'name', 'description', 'identifier', 'alternateName', 'sameAs', 'subjectOf', 'url'}
OF_OTHERS = {'certainty', 'sources'}  # terms that the file’s context takes from elsewhere


def test_every_term_is_used_where_schema_org_has_it(site: Path) -> None:
    data = json.loads((site / 'registers.json').read_text('utf-8'))
    assert data['@context'].keys() >= OF_OTHERS
    assert data['@type'] == 'Dataset'
    assert data.keys() >= {'description', 'creator', 'version', 'distribution', 'license'}
    described = {source['@id'] for source in data['citation']}
    assert data['about']
    waiting = [data]
    while waiting:
        node = waiting.pop()
        assert set(node.get('sources', ())) <= described
        for term, value in node.items():
            if not term.startswith('@') and term not in OF_THING | OF_OTHERS:
                assert node['@type'] in DOMAINS[term], f'{node["@type"]} has no {term}'
            parts = value if isinstance(value, list) else [value]
            waiting += [part for part in parts if isinstance(part, dict) and '@type' in part]


def test_a_doubtful_date_is_not_given_as_certain(site: Path) -> None:
    """Of 1841?/1868~ neither end; the certain ones stay."""
    about = json.loads((site / 'registers.json').read_text('utf-8'))['about']
    quill, marrow = (
        next(entry for entry in about if entry['identifier'] == key)
        for key in ('tobias-quill', 'elspeth-marrow')
    )
    assert not {'birthDate', 'deathDate'} & quill.keys()
    assert marrow['birthDate'] == '1838-11-30'


def test_the_dataset_is_found_from_the_pages(site: Path) -> None:
    page = lxml_html.parse(str(site / 'notes/people.html'))
    assert page.xpath('//link[@rel="describedby"]/@href') == ['../registers.json']
    [data] = page.xpath('//script[@type="application/ld+json"]/text()')
    names = [person['name'] for person in json.loads(data)['about']]
    assert names[:2] == ['Elspeth Marrow', 'Tobias Quill'], 'a page of people describes them'
    [data] = lxml_html.parse(str(site / 'index.html')).xpath(
        '//script[contains(@type, "ld+")]/text()'
    )
    assert {'@type': 'Dataset', '@id': f'{BASE}registers.json'} in json.loads(data)['hasPart']


def test_beacon_where_the_gnd_knows_somebody(accented: Small) -> None:
    """And only where the pages have an address; each line leads to an entry."""
    listed = '//a[contains(@href, "beacon.txt")]'
    for options in ((), ('-D', f'html_baseurl={BASE}')):
        out = accented.build('html', *options).outdir
        assert not (out / 'beacon.txt').exists(), 'no GND number is known'
        assert not lxml_html.parse(str(out / 'notes/more.html')).xpath(listed)
    accented.replace('notes/people.md', 'viaf 2', 'viaf 2; gnd 119049163')
    out = accented.build('html', '-D', f'html_baseurl={BASE}').outdir
    lines = (out / 'beacon.txt').read_text('utf-8').splitlines()
    assert lines[0] == '#FORMAT: BEACON'
    assert '#PREFIX: https://d-nb.info/gnd/' in lines
    assert lines[-1] == f'119049163|Elspeth Marrow|{BASE}notes/people.html#elspeth-marrow'
    assert lxml_html.parse(str(out / 'notes/more.html')).xpath(listed)


def test_where_a_place_lies(small: Small, schema: Path) -> None:
    """In TEI, in linked data and in the table; what is no place on the globe is told."""
    small.replace('notes/others.md', ':who: a harbour', ':who: a harbour\n:coordinates: -9.5, 12')
    page = small.build('html').outdir
    about = json.loads((page / 'registers.json').read_text('utf-8'))['about']
    [harbour] = [entry for entry in about if entry['identifier'] == 'port-amity']
    lies = {'@type': 'GeoCoordinates', 'latitude': '-9.5', 'longitude': '12'}
    assert harbour['geo'] == lies
    assert ',-9.5,12,' in (page / 'registers.csv').read_text('utf-8')
    [file] = small.build('tei').outdir.glob('two*.xml')
    assert find(etree.parse(file).getroot(), '//t:place//t:geo/text()') == ['-9.5 12']
    assert faults(schema, file) == ''
    small.replace('notes/others.md', '-9.5, 12', '-95, 12')
    [warning] = small.build().warnings
    assert '“-95, 12” is no place; write latitude, longitude' in warning
    small.replace('notes/others.md', ':coordinates: -95, 12\n', '')
    small.replace('notes/people.md', ':who: first mate', ':who: first mate\n:coordinates: 1, 1')
    assert 'a person has no “:coordinates:”' in ' '.join(small.build().warnings)


@pytest.mark.parametrize(
    ('date', 'year'),
    [
        ('1884', '1884'),
        ('1908?', '1908?'),
        ('1908~', 'c. 1908'),
        ('1908%', 'c. 1908?'),
        ('1908-05-01', '1908'),
        ('', '?'),
        ('-0043', '44 BCE'),
        ('-0043-03?', '44 BCE?'),
        ('187X', '1870s'),
        ('[1870,1872]', '1870 or 1872'),
    ],
)
def test_the_year_of_a_life(date: str, year: str) -> None:
    assert facts.year(date) == year
