"""`make serve`: each edit shows, also one that is made while the pages are being made."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from typing import TYPE_CHECKING

import pytest

from tests.conftest import ROOT

if TYPE_CHECKING:
    from tests.conftest import Small

PATIENCE = 60  # seconds


def wait_for(words: str, address: str) -> None:
    """Until the page at *address* has *words*."""
    end, page = time.monotonic() + PATIENCE, ''
    while words not in page:
        assert time.monotonic() < end, f'{words!r} does not show'
        time.sleep(0.05)
        try:
            with urllib.request.urlopen(address, timeout=PATIENCE) as answer:
                page = answer.read().decode()
        except urllib.error.URLError:
            continue


@pytest.mark.slow
def test_each_edit_shows(small: Small) -> None:
    with socket.socket() as free:
        free.bind(('127.0.0.1', 0))
        port = free.getsockname()[1]
    environment = os.environ | {'PORT': str(port), 'PYTHONPATH': str(ROOT / '_ext')}
    command = [sys.executable, '-m', 'sphinx_edition.serve']
    with subprocess.Popen(command, cwd=small.source, env=environment) as server:
        try:
            address = f'http://127.0.0.1:{port}/chapters/letter.html'
            wait_for('Do not answer in verse.', address)
            for old, new in (('verse', 'prose'), ('prose', 'rhyme')):
                small.replace('chapters/letter.md', old, new)
                wait_for(f'Do not answer in {new}.', address)
            wait_for('websocket-reload', address)
        finally:
            server.terminate()
    with subprocess.Popen(command, cwd=small.source, env=environment) as server:
        try:
            wait_for('rhyme', address)
            small.replace('chapters/letter.md', 'rhyme', 'metre')  # while all is made again
            wait_for('Do not answer in metre.', address)
        finally:
            server.terminate()
