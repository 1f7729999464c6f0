"""The registers as tables, the list of downloads, and links from another project."""

from __future__ import annotations

import csv
import json
import posixpath
import re
from typing import TYPE_CHECKING

import pytest
from lxml import html as lxml_html
from sphinx_edition.gathering.downloads import files

from tests.conftest import ROOT, run_sphinx
from tests.edition.conftest import CITABLE, EDITION, PAGES

if TYPE_CHECKING:
    from pathlib import Path

    from sphinx_edition.data.registry import Registry


def rows(folder: Path) -> dict[tuple[str, str], dict[str, str]]:
    """(kind, key) -> row."""
    with (folder / 'registers.csv').open(encoding='utf-8', newline='') as file:
        return {(row['kind'], row['key']): row for row in csv.DictReader(file)}


def targets(folder: Path) -> dict[str, set[str]]:
    """Page -> ids in it."""
    pages = folder.rglob('*.html')
    return {
        page.relative_to(folder).as_posix(): set(lxml_html.parse(str(page)).xpath('//@id'))
        for page in pages
    }


def test_one_row_an_entity_with_all_its_mentions(html: Path, registry: Registry) -> None:
    table, known = rows(html), targets(html)
    assert len(table) == len(registry.entries)
    for entry in registry.entries.values():
        row, mentions = table[entry.naming], registry.mentions[entry.naming]
        assert [row[name] for name in ('certainty', 'dates', 'passages')] == [
            *(entry.certainty, entry.dates),
            '; '.join(dict.fromkeys(registry.locus(mention) for mention in mentions)),
        ]
        assert len(row['mentions'].split('; ') if row['mentions'] else []) == len(mentions)
    for row in table.values():
        for address in filter(None, [row['address'], *row['mentions'].split('; ')]):
            page, _, ident = address.partition('#')
            assert ident in known[page], address


def test_the_two_forms_of_the_registers_agree(html: Path) -> None:
    table = rows(html)
    data = json.loads((html / 'registers.json').read_text(encoding='utf-8'))
    assert [entity['identifier'] for entity in data['about']] == [key for _, key in table]
    for entity, row in zip(data['about'], table.values(), strict=True):
        assert entity['name'] == row['name']
        mentions = [mention['@id'] for mention in entity.get('subjectOf', [])]
        assert mentions == [*filter(None, row['mentions'].split('; '))]


def test_all_downloads_are_linked(html: Path) -> None:
    """Those that other builders make are named as those name them; the rest is there."""
    elsewhere = {f'{EDITION.slug}.{ending}' for ending in ('pdf', 'epub', 'xml')} | {'cmif.xml'}
    for page in PAGES:
        if ':::{downloads}' not in (ROOT / f'{page}.md').read_text(encoding='utf-8'):
            continue
        tree = lxml_html.parse(str(html / f'{page}.html'))
        links = tree.xpath('//*[contains(@class, "overview downloads")]//li//a/@href')
        here = posixpath.dirname(page)
        names = {posixpath.normpath(posixpath.join(here, link)) for link in links}
        assert {file.name for file in files(EDITION.slug) if not file.of} <= names
        assert all((html / name).is_file() for name in names - elsewhere)
        references = {f'{cited}.{end}' for cited in CITABLE for end in ('bib', 'ris', 'json')}
        assert references <= names


def test_other_outputs_have_these_names(pdf_file: Path, epub_file: Path, tei_file: Path) -> None:
    names = [file.name for file in files(EDITION.slug)]
    assert [pdf_file.name, epub_file.name, tei_file.name] == names[:3]


EXAMPLE = re.compile(
    r'```python\n(?P<conf>[^`]*intersphinx_mapping.*?)```.*?```markdown\n(?P<md>.*?)```'
    r'.*?```rst\n(?P<rst>.*?)```',
    re.DOTALL,
)
KEY = {'md': r'inv:[^#)]*#([^)]+)', 'rst': r':external[^`]*:`(?:[^`<]*<)?([^`>]+)'}


@pytest.mark.parametrize('spelling', KEY)
def test_links_from_another_site(
    spelling: str, html: Path, tmp_path: Path, registry: Registry
) -> None:
    """Each example on our pages, run as it stands there; only the inventory is at hand."""
    for n, name in enumerate(PAGES):
        text = (ROOT / f'{name}.md').read_text(encoding='utf-8')
        if 'intersphinx_mapping' not in text:
            continue
        match = EXAMPLE.search(text)
        assert match, name
        source = tmp_path / str(n)
        source.mkdir()
        conf = match['conf'].replace('None', repr(str(html / 'objects.inv')))
        if spelling == 'rst':
            conf = conf.replace("'myst_parser', ", '')
        title = '# Elsewhere' if spelling == 'md' else 'Elsewhere\n========='
        (source / 'conf.py').write_text(conf, encoding='utf-8')
        (source / f'index.{spelling}').write_text(f'{title}\n\n{match[spelling]}', 'utf-8')
        built = run_sphinx(source, 'html', tmp_path / f'out-{n}')
        assert built.status == 0, built.output
        page = lxml_html.parse(str(built.outdir / 'index.html'))
        [address] = set(re.findall(r"'(https://[^']*/)'", match['conf']))
        found = [
            (link.get('href').removeprefix(address), link.text_content())
            for link in page.xpath('//a[@class]')
            if link.get('href').startswith(address)
        ]
        keys = re.findall(KEY[spelling], match[spelling])
        entries = {entry.key: entry.docname for entry in registry.entries.values()}
        places = registry.places | entries
        assert len(keys) > 2
        assert [link for link, _ in found] == [f'{places[key]}.html#{key}' for key in keys]
        [note] = [note for note in registry.notes.values() if note.id == keys[-1]]
        assert found[-1][1] == f'note {registry.labels[note.key]}'
