"""The registers as data, the list of downloads, and links from another project."""

from __future__ import annotations

import csv
import json
import posixpath
import re
from typing import TYPE_CHECKING

import rdflib
from tests.conftest import BASE, ROOT, run_sphinx
from lxml import html as lxml_html
from sphinx_edition.gathering.downloads import files

if TYPE_CHECKING:
    from pathlib import Path

    from tests.conftest import Small

SLUG = 'measuring-kravchenkos-testimony'


def rows(folder: Path) -> dict[str, dict[str, str]]:
    with (folder / 'registers.csv').open(encoding='utf-8', newline='') as file:
        return {row['key']: row for row in csv.DictReader(file)}


def targets(folder: Path) -> dict[str, set[str]]:
    """Page -> ids in it."""
    pages = folder.rglob('*.html')
    return {
        page.relative_to(folder).as_posix(): set(lxml_html.parse(str(page)).xpath('//@id'))
        for page in pages
    }


def test_one_row_an_entity_with_all_its_mentions(html: Path) -> None:
    table, known = rows(html), targets(html)
    assert {row['kind'] for row in table.values()} == {'person', 'place', 'work', 'org', 'term'}
    koka = table['koka']
    assert koka['certainty'] == 'high'
    assert koka['dates'] == '1908?/'
    assert 'diary 5; diary 6' in koka['passages']
    for row in table.values():
        for address in filter(None, [row['address'], *row['mentions'].split('; ')]):
            page, _, ident = address.partition('#')
            assert ident in known[page], address


def test_the_two_forms_of_the_registers_agree(html: Path) -> None:
    table = rows(html)
    data = json.loads((html / 'registers.json').read_text(encoding='utf-8'))
    assert [entity['identifier'] for entity in data['hasPart']] == list(table)
    for entity in data['hasPart']:
        row = table[entity['identifier']]
        assert entity['name'] == row['name']
        mentions = [mention['@id'] for mention in entity.get('subjectOf', [])]
        assert mentions == [*filter(None, row['mentions'].split('; '))]


def test_all_downloads_are_linked(html: Path) -> None:
    """Those that other builders make are named as those name them; the rest is there."""
    tree = lxml_html.parse(str(html / 'notes' / 'data.html'))
    links = tree.xpath('//*[contains(@class, "downloads")]//li//a/@href')
    names = {posixpath.normpath(posixpath.join('notes', link)) for link in links}
    elsewhere = {f'{SLUG}.pdf', f'{SLUG}.epub', f'{SLUG}.xml', 'cmif.xml'}
    assert {file.name for file in files(SLUG)} <= names
    assert all((html / name).is_file() for name in names - elsewhere)
    references = {f'{page}.{end}' for page in ('index', 'chapters/diary', 'chapters/letter')
                  for end in ('bib', 'ris', 'json')}  # fmt: skip
    assert references <= names


def test_other_outputs_have_these_names(pdf_file: Path, epub_file: Path, tei_file: Path) -> None:
    assert [pdf_file.name, epub_file.name, tei_file.name] == [f.name for f in files(SLUG)[:3]]


def test_links_from_another_site(html: Path, tmp_path: Path) -> None:
    """The example on the page of data, run as it stands there; only the inventory is at hand."""
    text = (ROOT / 'notes' / 'data.md').read_text(encoding='utf-8')
    conf, page = re.findall(r'```(?:python|markdown)\n(.*?)```', text, re.DOTALL)
    conf = conf.replace('None', repr(str(html / 'objects.inv')))
    (tmp_path / 'conf.py').write_text(conf, encoding='utf-8')
    (tmp_path / 'index.md').write_text(f'# Elsewhere\n\n{page}', encoding='utf-8')
    built = run_sphinx(tmp_path, 'html', tmp_path / 'out')
    assert built.status == 0, built.output
    links = lxml_html.parse(str(built.outdir / 'index.html')).xpath('//a[@class]/@href')
    assert [link for link in links if link.startswith('https://example.org/')] == [
        'https://example.org/notes/people.html#koka',
        'https://example.org/chapters/diary.html#diary-5',
    ]
