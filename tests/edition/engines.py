"""The three engines of browsers behind one small interface: Chromium, Firefox, WebKit.

Firefox speaks WebDriver BiDi by itself, WebKit plain WebDriver with its own driver: what is needed
of either is a few lines, so neither geckodriver nor a library stands between.
"""

from __future__ import annotations

import base64
import json
import os
import re
import shutil
import signal
import socket
import subprocess
import tempfile
import time
import urllib.request
from abc import ABC, abstractmethod
from contextlib import ExitStack
from pathlib import Path
from typing import Any

from playwright.sync_api import sync_playwright
from websockets.sync.client import connect

from tests.programs import gobject, needed

# the programs that an engine needs
PROGRAMS = {
    'chromium': ('chromium',),
    'firefox': ('firefox-esr',),
    'webkit': ('WebKitWebDriver', 'xvfb-run', 'xauth'),
}


SCREEN = 'xvfb-run', '-a', '-s', '-screen 0 1800x1200x24'


class Engine(ABC):
    """A window of a browser: its width is set, pages are opened in it, expressions evaluated."""

    def open(self, address: str, width: int, height: int = 900) -> None:
        """Show a page in a window of that size, and wait until it and its letters are there."""
        self.show(address, width, height)
        self.run('document.fonts.ready.then(() => 1)')

    @abstractmethod
    def show(self, address: str, width: int, height: int) -> None:
        """Show a page in a window of that size, and wait until it is loaded."""

    @abstractmethod
    def run(self, expression: str) -> Any:
        """The value of *expression*, awaited if it is a promise."""

    @abstractmethod
    def picture(self) -> bytes:
        """What is seen, as PNG."""

    @abstractmethod
    def pdf(self) -> bytes:
        """The page as it would be printed."""

    @abstractmethod
    def close(self) -> None:
        """End the browser."""


class Chromium(Engine):
    """By Playwright."""

    def __init__(self) -> None:
        self.playwright = sync_playwright().start()
        self.browser = self.playwright.chromium.launch(
            executable_path=shutil.which('chromium'), args=['--no-sandbox', '--disable-gpu']
        )
        self.page = self.browser.new_page()

    def show(self, address: str, width: int, height: int) -> None:
        self.page.set_viewport_size({'width': width, 'height': height})
        self.page.goto('about:blank')
        self.page.goto(address)

    def run(self, expression: str) -> Any:
        return self.page.evaluate(expression)

    def picture(self) -> bytes:
        return self.page.screenshot()

    def pdf(self) -> bytes:
        return self.page.pdf()

    def close(self) -> None:
        self.browser.close()
        self.playwright.stop()


class Firefox(Engine):
    """By WebDriver BiDi (w3c.github.io/webdriver-bidi)."""

    def __init__(self) -> None:
        self.profile = tempfile.mkdtemp()
        self.process = subprocess.Popen(
            [
                'firefox-esr',
                '--headless',
                '--remote-debugging-port',
                '0',
                '--profile',
                self.profile,
            ],
            stderr=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            text=True,
            start_new_session=True,
            env=os.environ | {'HOME': self.profile},
        )
        assert self.process.stderr
        found = (re.search(r'BiDi listening on (\S+)', line) for line in self.process.stderr)
        address = next(filter(None, found))[1]
        self.rest = ExitStack()
        self.socket = self.rest.enter_context(connect(f'{address}/session', max_size=None))
        self.number = 0
        self.call('session.new', capabilities={})
        self.context = self.call('browsingContext.getTree')['contexts'][0]['context']

    def call(self, method: str, **params: Any) -> Any:
        self.number += 1
        self.socket.send(json.dumps({'id': self.number, 'method': method, 'params': params}))
        while (answer := json.loads(self.socket.recv(60))).get('id') != self.number:
            continue
        assert answer['type'] == 'success', answer
        return answer['result']

    def show(self, address: str, width: int, height: int) -> None:
        size = {'width': width, 'height': height}
        here: dict[str, Any] = {'context': self.context}
        self.call('browsingContext.setViewport', **here, viewport=size)
        self.call('browsingContext.navigate', **here, url='about:blank', wait='complete')
        self.call('browsingContext.navigate', **here, url=address, wait='complete')

    def run(self, expression: str) -> Any:
        found = self.call(
            'script.evaluate',
            expression=f'(async () => JSON.stringify(await ({expression})))()',
            target={'context': self.context},
            awaitPromise=True,
        )
        assert found['type'] == 'success', found
        return json.loads(found['result'].get('value', 'null'))

    def picture(self) -> bytes:
        return base64.b64decode(
            self.call('browsingContext.captureScreenshot', context=self.context)['data']
        )

    def pdf(self) -> bytes:
        return base64.b64decode(self.call('browsingContext.print', context=self.context)['data'])

    def close(self) -> None:
        self.rest.close()
        os.killpg(self.process.pid, signal.SIGTERM)
        self.process.wait(20)
        if self.process.stderr:
            self.process.stderr.close()
        shutil.rmtree(self.profile, ignore_errors=True)


class WebKit(Engine):
    """By WebDriver, on a screen that nobody sees.

    Its window is never narrower than its bar of buttons: a narrow page stands in a frame. Its
    driver has no command to print: see `webkit_print.py`.
    """

    NARROWEST = 500

    def __init__(self) -> None:
        with socket.socket() as free:
            free.bind(('127.0.0.1', 0))
            self.port = free.getsockname()[1]
        self.process = subprocess.Popen(
            [*SCREEN, 'WebKitWebDriver', f'--port={self.port}'],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        browser = next(Path('/usr/lib').glob('*/webkit2gtk-4.*/MiniBrowser'))
        options = {'binary': str(browser), 'args': ['--automation']}
        wanted = {'capabilities': {'alwaysMatch': {'webkitgtk:browserOptions': options}}}
        for _ in range(100):
            try:
                self.session = ''
                self.session = f'/{self.call("POST", "", wanted)["sessionId"]}'
                break
            except OSError:
                time.sleep(0.1)

    def call(self, method: str, path: str, body: Any = None) -> Any:
        request = urllib.request.Request(
            f'http://127.0.0.1:{self.port}/session{self.session}{path}',
            method=method,
            data=None if body is None else json.dumps(body).encode(),
            headers={'Content-Type': 'application/json'},
        )
        with urllib.request.urlopen(request, timeout=60) as answer:
            return json.load(answer)['value']

    def show(self, address: str, width: int, height: int) -> None:
        bar = 38
        wide = max(width, self.NARROWEST)
        self.call('POST', '/frame', {'id': None})
        self.shown = address, str(width), str(height)
        self.call('POST', '/window/rect', {'width': wide, 'height': height + bar})
        self.call('POST', '/url', {'url': 'about:blank'})
        self.call('POST', '/url', {'url': address})
        if width < self.NARROWEST:
            self.run(f"""new Promise((done) => {{
              document.body.innerHTML = ''
              const frame = document.createElement('iframe')
              frame.style = 'position: fixed; inset: 0 auto auto 0; border: 0;'
              frame.width = {width}
              frame.height = {height}
              frame.onload = () => done(1)
              frame.src = {json.dumps(address)}
              document.body.append(frame)
            }})""")
            self.call('POST', '/frame', {'id': 0})

    def run(self, expression: str) -> Any:
        script = f"""const done = arguments[0];
          (async () => ({expression}))().then(done, (error) => done(`failed: ${{error}}`))"""
        found = self.call('POST', '/execute/async', {'script': script, 'args': []})
        assert not str(found).startswith('failed: '), found
        return found

    def picture(self) -> bytes:
        return base64.b64decode(self.call('GET', '/screenshot'))

    def pdf(self) -> bytes:
        script = Path(__file__).with_name('webkit_print.py')
        with tempfile.TemporaryDirectory() as folder:
            printed = Path(folder) / 'page.pdf'
            subprocess.run(
                [*SCREEN, gobject(), script, printed, *self.shown],
                check=True,
                stderr=subprocess.DEVNULL,
            )
            return printed.read_bytes()

    def close(self) -> None:
        self.call('DELETE', '')
        os.killpg(self.process.pid, signal.SIGTERM)
        self.process.wait(20)


ENGINES = {'chromium': Chromium, 'firefox': Firefox, 'webkit': WebKit}


def start(name: str) -> Engine:
    """Start an engine, whose programs are `needed`."""
    for program in PROGRAMS[name]:
        needed(program)
    return ENGINES[name]()
