"""The e-book: its archive, what others say of it, and how a reading system gets on."""

from __future__ import annotations

import mimetypes
import posixpath
import re
import zipfile
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PIL import Image
from playwright.sync_api import sync_playwright
from sphinx_edition.data.records import Mention

from tests.conftest import ROOT
from tests.ebook import NS, Book, claimed, opened, true_claims
from tests.edition import expectations
from tests.programs import chromium, epubcheck, missing

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sphinx_edition.data.registry import Registry

ENGINE = ROOT / 'audit' / 'node_modules' / 'foliate-js'


@pytest.fixture(scope='module')
def book(epub_file: Path) -> Book:
    """The edition as an e-book."""
    return opened(epub_file)


# the archive


def test_archive(epub_file: Path, book: Book) -> None:
    with zipfile.ZipFile(epub_file) as archive:
        first = archive.infolist()[0]
    assert (first.filename, first.compress_type) == ('mimetype', zipfile.ZIP_STORED)
    assert book.files['mimetype'] == b'application/epub+zip'
    named = {item.get('href') for item in book.package.iterfind('.//opf:item', NS)}
    assert named | {'mimetype', 'META-INF/container.xml', 'content.opf'} == book.files.keys()


def test_nothing_of_a_theme_gets_in(book: Book) -> None:
    kinds = {Path(name).suffix for name in book.files}
    assert kinds == {'', '.xml', '.opf', '.ncx', '.xhtml', '.css', '.png'}
    assert [name for name in book.files if name.endswith('.css')] == ['_static/epub.css']
    assert not {'genindex.xhtml', 'search.xhtml'} & book.files.keys()


def test_size(epub_file: Path) -> None:
    with zipfile.ZipFile(epub_file) as archive:
        cover = archive.getinfo('cover.png').compress_size
    assert epub_file.stat().st_size - cover <= expectations.EPUB_WITHOUT_COVER


# the package


def test_cover(book: Book) -> None:
    [cover] = book.package.xpath('//opf:item[@properties="cover-image"]/@href', namespaces=NS)
    assert Image.open(BytesIO(book.files[cover])).size == (1600, 2560)
    name, image = next(book.found('//h:img'))
    assert name == book.spine()[0]
    assert posixpath.join(posixpath.dirname(name), image.get('src')) == cover
    assert len(image.get('alt')) > 20


# the pages


def test_all_notes_are_there_once_in_chapters_of_their_own(book: Book, registry: Registry) -> None:
    chapters = '//h:section[@epub:type="endnotes"][@role="doc-endnotes"]'
    inside = [
        note.get('id') for _, note in book.found(f'{chapters}/h:aside[@epub:type="footnote"]')
    ]
    everywhere = [note.get('id') for _, note in book.found('//h:aside')]
    assert inside == everywhere
    assert sorted(inside) == sorted(note.id for note in registry.notes.values())


def test_style_leaves_the_page_to_the_reading_system(book: Book) -> None:
    style = re.sub(r'/\*.*?\*/', '', book.files['_static/epub.css'].decode(), flags=re.DOTALL)
    assert not re.search(r'\d(px|pt)\b|#[0-9a-f]{3,8}\b|\brgb|font-family|background|@font', style)


def test_what_is_claimed_is_so(book: Book) -> None:
    assert {*claimed(book)} == {*true_claims(book)}


# what others say of it


@pytest.mark.slow
def test_epubcheck(epub_file: Path) -> None:
    assert epubcheck(epub_file) == set()


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
    if not ENGINE.is_dir():
        missing('foliate-js, which `make audit` installs')
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
        browser = chromium(api)
        page = browser.new_page(viewport={'width': 400, 'height': 700})
        page.on('console', lambda m: m.type == 'error' and troubles.append(m.text))
        page.on('pageerror', lambda error: troubles.append(error.stack))
        page.on('requestfailed', lambda request: troubles.append(request.url))
        page.route('http://reader.test/**', answer)
        page.goto('http://reader.test/')
        page.wait_for_function('window.ready')
        yield page, troubles
        browser.close()


@pytest.mark.slow
@pytest.mark.browser
def test_reading_system(reader: tuple[object, list[str]], book: Book, registry: Registry) -> None:
    """Every page, every note and every entry: there, back again, and nothing missing."""
    page, troubles = reader
    assert page.evaluate('pages') == book.spine()
    followed = 0
    for name in book.spine():
        shown = page.evaluate('open_', name)
        assert shown['lost'] == []
        assert shown['styles'] > 0
        for n, href, classes in shown['links']:
            path, _, fragment = href.partition('#')
            target = posixpath.normpath(posixpath.join(posixpath.dirname(name), path))
            target = target if path else name
            arrived = page.evaluate('([page, n]) => follow(page, n)', [name, n])
            assert arrived[:2] == [target, target], f'{name}: {href}'
            assert not fragment or arrived[2] == fragment, f'{name}: {href}'
            if 'noteref' in classes.split():
                ident, text = page.evaluate('([page, n]) => popUp(page, n)', [name, n])
                assert ident == fragment
                assert re.match(r'[0-9a-z]+\. \S', text)
            followed += 1
    namings = [mark for mark in registry.marks(Mention) if mark.within]
    assert followed > len(namings)
    assert troubles == []
