"""The web edition in a real Chromium: notes, cards, choices, search, budgets, accessibility."""

from __future__ import annotations

import gzip
import mimetypes
import threading
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import pairwise
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote, urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect, sync_playwright

from tests import programs
from tests.edition.expectations import (
    CITED,
    CORRECTION,
    EDITORS,
    FIRST,
    INNER,
    LAST,
    LONG,
    NAMING,
    NOTE,
    OTHER,
    OUTER,
    PEOPLE,
    TEXT,
)

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Browser, BrowserContext

pytestmark = pytest.mark.browser

WIDE, NARROW = {'width': 1280, 'height': 900}, {'width': 360, 'height': 740}
POLICY = "default-src 'self'"
BUDGET = 80_000, 9  # bytes and requests of a first visit
NEXT = 14_500  # bytes of the next page
TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """The address of *folder* on a server that compresses, caches and sends a strict policy."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = 'HTTP/1.1'

        def do_GET(self) -> None:
            path = folder / unquote(urlsplit(self.path).path).lstrip('/')
            status = 200 if path.is_file() else 404
            path = path if path.is_file() else folder / '404.html'
            body = path.read_bytes()
            self.send_response(status)
            if path.suffix not in ('.woff2', '.png'):
                body = gzip.compress(body)
                self.send_header('Content-Encoding', 'gzip')
            self.send_header('Content-Type', mimetypes.guess_type(path.name)[0] or 'font/woff2')
            self.send_header('Content-Length', str(len(body)))
            self.send_header('Cache-Control', 'max-age=600')
            self.send_header('Content-Security-Policy', POLICY)
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *args: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(('127.0.0.1', 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f'http://127.0.0.1:{server.server_port}/'
    server.shutdown()


@pytest.fixture(scope='module')
def site(html: Path) -> Iterator[str]:
    with served(html) as address:
        yield address


@pytest.fixture(scope='module')
def chromium() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = programs.chromium(playwright)
        yield browser
        browser.close()


@pytest.fixture
def messages() -> list[str]:
    """What a page says on the console, and the addresses elsewhere that it asks for."""
    return []


@pytest.fixture
def visit(chromium: Browser, site: str, messages: list[str]) -> Iterator[Any]:
    """Open a page in a fresh browser; at the end it must not have complained."""
    contexts: list[BrowserContext] = []

    def visit(address: str, **options: Any) -> Page:
        context = chromium.new_context(base_url=site, **({'viewport': WIDE} | options))
        contexts.append(context)
        page = context.new_page()
        page.on('console', lambda message: messages.append(message.text))
        page.on('pageerror', lambda error: messages.append(str(error)))
        page.on(
            'request',
            lambda request: request.url.startswith(site) or messages.append(request.url),
        )
        page.goto(address)
        return page

    yield visit
    for context in contexts:
        context.close()
    assert messages == []


def pages(html: Path) -> list[str]:
    return sorted(path.relative_to(html).as_posix() for path in html.rglob('*.html'))


# Notes


def test_a_note_opens_in_place_and_closes(visit: Any) -> None:
    page = visit(TEXT, viewport=NARROW)
    mark, note = page.locator(f'#ref-{NOTE[1]}'), page.locator(f'#note-{NOTE[1]}')
    expect(note).to_be_hidden()
    expect(mark).to_have_attribute('aria-expanded', 'false')
    mark.click()
    expect(note).to_be_visible()
    expect(mark).to_have_attribute('aria-expanded', 'true')
    page.keyboard.press('Escape')
    expect(note).to_be_hidden()
    expect(mark).to_be_focused()


def test_a_note_is_read_and_left_with_the_keyboard(visit: Any) -> None:
    page = visit(TEXT, viewport=NARROW)
    mark, note = page.locator(f'#ref-{NOTE[1]}'), page.locator(f'#note-{NOTE[1]}')
    mark.focus()
    page.keyboard.press('Enter')
    expect(note.locator('.backlink')).to_be_focused()
    page.keyboard.press('Enter')
    expect(note).to_be_hidden()
    expect(mark).to_be_focused()


def test_a_note_that_the_address_opened_closes(visit: Any) -> None:
    page = visit(f'{TEXT}#note-{NOTE[1]}', viewport=NARROW)
    expect(page.locator(f'#ref-{NOTE[1]}')).to_have_attribute('aria-expanded', 'true')
    page.locator(f'#ref-{NOTE[1]}').click()
    expect(page.locator(f'#note-{NOTE[1]}')).to_be_hidden()


def test_a_note_within_a_note_opens_after_it(visit: Any) -> None:
    page = visit(TEXT, viewport=NARROW)
    page.locator(f'#ref-{OUTER}').click()
    page.locator(f'#note-{OUTER} .noteref').first.click()
    expect(page.locator(f'#note-{OUTER}')).to_be_visible()
    expect(page.locator(f'#note-{INNER}')).to_be_visible()


def test_notes_stand_beside_their_line(visit: Any) -> None:
    """Or under the note before it, where that reaches further down than the line."""
    page = visit(TEXT)
    text = page.locator(f'#{NOTE[0]}').bounding_box()
    mark, note = (
        page.locator(f'#ref-{NOTE[1]}').bounding_box(),
        page.locator(f'#note-{NOTE[1]}').bounding_box(),
    )
    boxes = [box.bounding_box() for box in page.locator('.beside').all()]
    ends = [box['y'] + box['height'] for box in boxes[: boxes.index(note)]]
    assert note['x'] > text['x'] + text['width']
    assert abs(note['y'] - max([mark['y'], *ends])) < 30


def test_notes_never_overlap(visit: Any) -> None:
    page = visit(TEXT)
    boxes = [note.bounding_box() for note in page.locator('.beside').all()]
    for above, below in pairwise(boxes):
        assert above['y'] + above['height'] <= below['y'] + 1


def test_a_screen_reader_hears_whose_note_it_is(visit: Any) -> None:
    page = visit(TEXT)
    assert page.locator(f'#ref-{NOTE[1]}').aria_snapshot().count(NOTE[2])
    assert page.locator(f'#ref-{EDITORS}').get_attribute('aria-label').startswith('Editor’s note ')


# Cards


def test_pointing_at_a_name_shows_its_card(visit: Any) -> None:
    page = visit(TEXT)
    name = page.locator(f'#{NAMING[0]}-{NAMING[1]}')
    card = page.locator(f'#card-{NAMING[1]}')
    expect(card).to_be_hidden()
    name.hover()
    expect(card).to_be_visible()
    expect(card).to_contain_text(NAMING[2])
    card.hover()  # it can be pointed at,
    page.wait_for_timeout(500)
    expect(card).to_be_visible()  # stays as long as that,
    page.keyboard.press('Escape')
    expect(card).to_be_hidden()  # and goes when told to, or left
    name.hover()
    expect(card).to_be_visible()
    page.locator('h1').hover()
    expect(card).to_be_hidden()


def test_the_keyboard_shows_a_card_and_follows_its_link(visit: Any) -> None:
    page = visit(TEXT)
    page.locator(f'#{FIRST[0]} .number').focus()
    page.keyboard.press('Tab')
    expect(page.locator(f'#card-{FIRST[1]}')).to_be_visible()
    page.keyboard.press('Escape')
    expect(page.locator(f'#card-{FIRST[1]}')).to_be_hidden()
    expect(page.locator(f'#{FIRST[0]}-{FIRST[1]}')).to_be_focused()
    page.keyboard.press('Enter')
    page.wait_for_url(f'**/{PEOPLE}#{FIRST[1]}')


def test_a_touch_shows_a_card_whose_link_leads_on(visit: Any) -> None:
    page = visit(TEXT, viewport=NARROW, has_touch=True)
    page.locator(f'#{NAMING[0]}-{NAMING[1]}').tap()
    card = page.locator(f'#card-{NAMING[1]}')
    expect(card).to_be_visible()
    box = card.bounding_box()
    assert box['x'] >= 0
    assert box['x'] + box['width'] <= NARROW['width']
    card.locator('a').tap()
    page.wait_for_url(f'**/{PEOPLE}#{NAMING[1]}')


def test_names_are_plain_until_a_reader_asks(visit: Any) -> None:
    page = visit(TEXT)
    colour = '() => getComputedStyle(document.querySelector(".mention")).textDecorationColor'
    assert page.evaluate(colour).endswith(', 0)')
    page.get_by_role('button', name='Display').click()
    page.get_by_label('mark names').check()
    assert not page.evaluate(colour).endswith(', 0)')
    page.goto(OTHER)
    assert not page.evaluate(colour).endswith(', 0)')


# Light


@pytest.mark.parametrize(('scheme', 'other'), [('light', 'night'), ('dark', 'day')])
def test_the_choice_of_light_stays(visit: Any, scheme: str, other: str) -> None:
    page = visit('index.html', color_scheme=scheme)
    paper = '() => getComputedStyle(document.body).backgroundColor'
    device = page.evaluate(paper)
    page.get_by_role('button', name='Display').click()
    page.get_by_label(other).check()
    chosen = page.evaluate(paper)
    assert chosen != device
    page.goto(TEXT)
    assert page.evaluate(paper) == chosen
    page.get_by_role('button', name='Display').click()
    page.get_by_label('as the device').check()
    assert page.evaluate(paper) == device


# Addresses


def test_a_number_is_an_address_and_offers_a_reference(visit: Any, site: str) -> None:
    page = visit(OTHER, permissions=['clipboard-read', 'clipboard-write'])
    page.locator(f'#{CITED[0]} .number').click()
    assert page.url.endswith(f'#{CITED[0]}')
    page.get_by_role('button', name='Copy reference').click()
    expect(page.get_by_text('Copied.')).to_be_visible()
    copied = page.evaluate('navigator.clipboard.readText()')
    assert CITED[1] in copied
    assert f'{site}{OTHER}#{CITED[0]}' in copied
    page.keyboard.press('Escape')
    expect(page.locator('#cite')).to_be_hidden()
    expect(page.locator(f'#{CITED[0]} .number')).to_be_focused()


def test_from_the_card_of_a_number_the_keyboard_goes_on_in_the_text(visit: Any) -> None:
    page = visit(OTHER)
    number = page.locator(f'#{LONG} .number')
    number.focus()
    page.keyboard.press('Enter')
    buttons = page.locator('#cite button')
    expect(buttons.first).to_be_focused()
    page.keyboard.press('Shift+Tab')
    expect(number).to_be_focused()
    buttons.last.focus()
    page.keyboard.press('Tab')
    expect(page.locator(f'#{LONG} a').nth(1)).to_be_focused()


# Without scripts


def test_without_scripts_every_note_stands_after_its_paragraph(visit: Any) -> None:
    page = visit(TEXT, viewport=NARROW, java_script_enabled=False)
    expect(page.locator(f'#note-{EDITORS}')).to_be_visible()
    page.locator(f'#ref-{EDITORS}').click()
    assert page.url.endswith(f'#note-{EDITORS}')
    page.locator(f'#note-{EDITORS} .backlink').click()
    assert page.url.endswith(f'#ref-{EDITORS}')
    expect(page.get_by_role('button', name='Display')).to_be_hidden()


def test_without_scripts_names_contents_and_corrections_are_there(visit: Any) -> None:
    page = visit(TEXT, viewport=NARROW, java_script_enabled=False)
    expect(page.get_by_text(CORRECTION)).to_be_visible()
    page.get_by_role('button', name='Contents').click()
    expect(page.get_by_role('link', name=LAST)).to_be_visible()
    page.keyboard.press('Escape')
    page.locator(f'#{FIRST[0]}-{FIRST[1]}').click()
    assert page.url.endswith(f'{PEOPLE}#{FIRST[1]}')


# Every page


@pytest.mark.slow
@pytest.mark.parametrize('scheme', ['light', 'dark'])
def test_every_page_is_accessible(visit: Any, html: Path, scheme: str) -> None:
    faults = []
    page = visit('index.html', color_scheme=scheme)
    for name in pages(html):
        page.goto(name)
        for width in (360, 768, 1280):
            page.set_viewport_size({'width': width, 'height': 900})
            for fault in Axe().run(page, options={'runOnly': TAGS}).response['violations']:
                where = fault['nodes'][0]['html'][:120]
                faults.append(f'{name} at {width}: {fault["id"]} {where}')
    assert faults == []


def test_every_page_fits_a_small_window(visit: Any, html: Path) -> None:
    page = visit('index.html', viewport={'width': 320, 'height': 640})
    for name in pages(html):
        page.goto(name)
        assert page.evaluate('document.documentElement.scrollWidth') == 320, name


def test_every_page_opens_without_a_complaint(visit: Any, html: Path) -> None:
    page = visit('index.html')
    for name in pages(html):
        page.goto(name)


def test_lines_have_sixty_to_seventy_two_characters(visit: Any) -> None:
    for width in (768, 1024, 1280, 1440, 1920):
        page = visit(OTHER, viewport={'width': width, 'height': 900})
        lines = page.evaluate(
            """() => {
          const text = document.querySelector('#LONG').lastChild
          const range = document.createRange()
          const lines = {}
          for (let at = 0; at < text.length; at++) {
            range.setStart(text, at)
            range.setEnd(text, at + 1)
            const line = Math.round(range.getBoundingClientRect().bottom)
            lines[line] = (lines[line] ?? 0) + 1
          }
          return Object.values(lines).slice(1, -1)
        }""".replace('LONG', LONG)
        )
        assert all(56 <= count <= 74 for count in lines), (width, lines)
        assert 60 <= sum(lines) / len(lines) <= 72, (width, lines)


def test_nothing_moves_while_a_page_loads(visit: Any) -> None:
    page = visit(OTHER, viewport=NARROW)
    shifts = page.evaluate("""() => new Promise((resolve) => {
      let sum = 0
      const add = (list) => { for (const { value } of list.getEntries()) sum += value }
      new PerformanceObserver(add).observe({ type: 'layout-shift', buffered: true })
      setTimeout(() => resolve(sum), 300)
    })""")
    assert shifts == 0


@pytest.mark.parametrize('first', ['index.html', TEXT, OTHER, PEOPLE])
def test_weight(visit: Any, html: Path, first: str) -> None:
    page = visit('404.html')
    page.context.clear_cookies()
    client = page.context.new_cdp_session(page)
    client.send('Network.enable')
    client.send('Network.clearBrowserCache')
    loaded: list[float] = []
    client.on('Network.loadingFinished', lambda event: loaded.append(event['encodedDataLength']))

    def weigh(address: str) -> tuple[float, int]:
        loaded.clear()
        page.goto(address, wait_until='networkidle')
        return sum(loaded), len([size for size in loaded if size])

    size, requests = weigh(first)
    assert size <= BUDGET[0]
    assert requests <= BUDGET[1]
    for name in pages(html):
        if name not in (first, 'search.html'):  # search brings its index along
            assert weigh(name)[0] <= NEXT, name
