"""Take the pictures of README.md from what was built: a page, the same on a phone, the book.

python -m pictures
"""

from __future__ import annotations

import functools
import shutil
import threading
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

import pymupdf
from bs4 import BeautifulSoup
from PIL import Image
from playwright.sync_api import sync_playwright

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).parents[1]
HTML, PDF = ROOT / '_build' / 'html', ROOT / '_build' / 'pdf'
FOLDER = ROOT / 'pictures'
COLOURS = 32  # paper, ink, the editors’ colour, and what lies between them
WINDOWS = {'page': (1300, 800, 1), 'phone': (390, 780, 1.5)}  # width, height, points a pixel


class Quiet(SimpleHTTPRequestHandler):
    """Serves what was built."""

    def log_message(self, *args: object) -> None:
        """Say nothing."""


def chapter() -> Path:
    """The first page of the text."""
    return sorted(HTML.glob('chapters/*.html'))[0]


def pages() -> Iterator[tuple[str, Image.Image]]:
    """The windows of a browser."""
    server = ThreadingHTTPServer(('127.0.0.1', 0), functools.partial(Quiet, directory=HTML))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    chromium = next(filter(None, map(shutil.which, ('chromium', 'google-chrome'))), None)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=['--no-sandbox'])
        for name, (width, height, density) in WINDOWS.items():
            page = browser.new_page(
                viewport={'width': width, 'height': height},
                device_scale_factor=density,
                color_scheme='dark' if name == 'phone' else 'light',
            )
            page.goto(f'http://127.0.0.1:{server.server_port}/chapters/{chapter().name}')
            page.evaluate('document.fonts.ready')
            yield name, Image.open(BytesIO(page.screenshot()))
        browser.close()
    server.shutdown()


def book() -> Image.Image:
    """Two pages of the book that lie open, near where the text begins."""
    [file] = PDF.glob('*.pdf')
    title = BeautifulSoup(chapter().read_text('utf-8'), 'lxml').h1.get_text()
    with pymupdf.open(file) as document:
        first = next(page for _, name, page in document.get_toc() if name == title)
        even = first + first % 2  # pages at the left have even numbers
        left, right = (
            Image.open(BytesIO(document[n - 1].get_pixmap(dpi=96).tobytes('png')))
            for n in (even, even + 1)
        )
    spread = Image.new('RGB', (left.width + right.width + 1, left.height), '#b3a997')
    spread.paste(left, (0, 0))
    spread.paste(right, (left.width + 1, 0))
    return spread


def main() -> None:
    FOLDER.mkdir(exist_ok=True)
    for name, picture in [*pages(), ('book', book())]:
        path = FOLDER / f'{name}.png'
        picture.convert('RGB').quantize(COLOURS, Image.Quantize.MAXCOVERAGE).save(
            path, optimize=True
        )
        print(f'{path.relative_to(ROOT)}: {path.stat().st_size / 1000:.0f} kB')


if __name__ == '__main__':
    main()
