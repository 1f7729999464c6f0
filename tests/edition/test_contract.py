"""The contract for outside checks: each block of the witness, its id and its links."""

from __future__ import annotations

import posixpath
import re
import zipfile
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import unquote, urldefrag

import pytest
from lxml import etree
from lxml import html as lxml_html
from sphinx_edition.collation.readings import (
    blocks_of_pages,
    book_pages,
    web_pages,
)
from sphinx_edition.data.records import Mention

from tests.edition import expectations
from tests.edition.conftest import CHAPTERS, EDITION, LINES

if TYPE_CHECKING:
    from pathlib import Path

    from sphinx_edition.data.registry import Registry

ELSEWHERE = re.compile(r'[a-z]+:|//')  # an address outside the edition
# made by other builders and laid beside the web pages
BESIDE = {
    *(f'{EDITION.slug}.{ending}' for ending in ('pdf', 'epub', 'xml')),
    'cmif.xml',
}
HTML = lxml_html.HTMLParser(encoding='utf-8')
MADE_BY_SPHINX = {'search.html', 'genindex.html', '404.html'}


class Pages(NamedTuple):
    """An output in reading order: name -> tree."""

    order: list[str]
    trees: dict[str, etree._Element]
    files: set[str]

    def sources(self) -> list[tuple[str, etree._Element]]:
        """The blocks of the witness, each with the page it stands in."""
        return [
            (name, element)
            for name in self.order
            for element in self.trees[name].xpath(f'//*[{has_class("source")}]')
        ]

    def ids(self, name: str) -> list[str]:
        return self.trees[name].xpath('//@id')

    def links(self, name: str) -> list[tuple[etree._Element, str, str]]:
        """The links from a page into the edition: (element, page, id)."""
        found = []
        for element in self.trees[name].xpath('//*[@href or @src]'):
            address = element.get('href') or element.get('src')
            if not ELSEWHERE.match(address):
                path, fragment = urldefrag(re.sub(r'^/|\?[^#]*', '', address))  # 404.html: from /
                target = posixpath.normpath(posixpath.join(posixpath.dirname(name), unquote(path)))
                found.append((element, target if path else name, unquote(fragment)))
        return found

    def at(self, name: str, ident: str) -> etree._Element:
        [element] = self.trees[name].xpath('//*[@id=$ident]', ident=ident)
        return element


def has_class(name: str) -> str:
    return f'contains(concat(" ", normalize-space(@class), " "), " {name} ")'


@pytest.fixture(scope='module')
def web(html: Path) -> Pages:
    """The web edition, ordered by its links to the next page."""
    ordered = web_pages(html)
    others = {
        path.relative_to(html).as_posix(): lxml_html.parse(path, parser=HTML).getroot()
        for path in html.rglob('*.html')
        if '_static' not in path.parts and path.relative_to(html).as_posix() not in ordered
    }
    assert others.keys() <= MADE_BY_SPHINX
    files = {path.relative_to(html).as_posix() for path in html.rglob('*')}
    files |= {'.', *BESIDE}
    return Pages([*ordered], ordered | others, files)


@pytest.fixture(scope='module')
def book(epub_file: Path) -> Pages:
    """The e-book, ordered by its spine."""
    with zipfile.ZipFile(epub_file) as archive:
        files = set(archive.namelist())
    ordered = book_pages(epub_file)
    # the contents are no page to be read
    assert {*ordered, 'nav.xhtml'} == {name for name in files if name.endswith('.xhtml')}
    return Pages([*ordered], ordered, files)


@pytest.fixture(params=['web', 'book'])
def pages(request: pytest.FixtureRequest) -> Pages:
    """Each of the two outputs made of HTML."""
    return request.getfixturevalue(request.param)


def test_the_witness_is_complete_and_in_order(pages: Pages) -> None:
    assert [block.text for block in blocks_of_pages(pages.trees)] == LINES


def test_ids_never_change(pages: Pages) -> None:
    assert [element.get('id') for _, element in pages.sources()] == expectations.ADDRESSES


def test_ids_are_unique_in_their_page(pages: Pages) -> None:
    for name in pages.trees:
        ids = pages.ids(name)
        assert len(ids) == len(set(ids)), f'{name}: {sorted(i for i in ids if ids.count(i) > 1)}'


def test_every_link_leads_somewhere(pages: Pages) -> None:
    dead = [
        f'{name}: {target}#{fragment}'
        for name in pages.trees
        for _, target, fragment in pages.links(name)
        if (fragment not in pages.ids(target) if fragment else target not in pages.files)
    ]
    assert dead == []


def test_every_naming_leads_to_an_entry_that_leads_back(pages: Pages, registry: Registry) -> None:
    namings = {
        (name, element.get('id')): target
        for name in pages.order
        for element, *target in pages.links(name)
        if 'mention' in element.get('class', '').split() and element.get('id')
    }
    back = {
        (target, fragment): [name, entry.get('id')]
        for name in pages.order
        for entry in pages.trees[name].xpath(
            f'//*[local-name()="dl" and {has_class("register")}]/*[local-name()="dt"]'
        )
        for element, target, fragment in pages.links(name)
        if element.xpath(f'ancestor::*[{has_class("mentions")}]')
        and entry.getnext() in element.iterancestors()
    }
    assert {name for _, name in namings} == {m.id for m in registry.marks(Mention) if m.within}
    assert back == namings


def test_every_note_leads_to_its_mark_and_back(pages: Pages, registry: Registry) -> None:
    marks = {
        (name, element.get('id')): target
        for name in pages.order
        for element, *target in pages.links(name)
        if 'noteref' in element.get('class', '').split()
    }
    back = {
        (target, fragment): [name, note.get('id')]
        for name in pages.order
        for element, target, fragment in pages.links(name)
        if 'backlink' in element.get('class', '').split()
        for note in [next(a for a in element.iterancestors() if a.get('id'))]
    }
    assert {name for _, name in marks} == {f'ref-{key}' for key in registry.notes}
    for mark, note in marks.items():
        assert back[mark][1] == note[1]


def test_what_is_not_the_witness_is_apparatus(pages: Pages) -> None:
    for name, element in pages.sources():
        for inner in element.xpath(f'.//*[{has_class("noteref")} or {has_class("beside")}]'):
            assert inner.xpath(f'ancestor-or-self::*[{has_class("apparatus")}]'), name


def test_file_names(html: Path, epub_file: Path, pdf_file: Path) -> None:
    assert (html / 'index.html').is_file()
    assert CHAPTERS
    assert all((html / f'{chapter}.html').is_file() for chapter in CHAPTERS)
    for file in (epub_file, pdf_file):
        assert file.name.count('.') == 1


def test_every_entry_shows_its_certainty_and_its_sources(pages: Pages, registry: Registry) -> None:
    entries = [
        entry
        for name in pages.order
        for entry in pages.trees[name].xpath(
            f'//*[local-name()="dl" and {has_class("register")}]/*[local-name()="dd"]'
        )
    ]
    assert len(entries) == len(registry.entries)
    for entry in entries:
        [evidence] = entry.xpath(f'.//*[{has_class("evidence")}]')
        assert re.match(
            r'(Certain|Probable|Possible|Unidentified)\. (Sources?: \S+|No source found)',
            ''.join(evidence.itertext()),
        )
