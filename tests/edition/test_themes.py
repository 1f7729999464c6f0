"""The edition under themes that are not its own: whole, undamaged, and as wide as they make it."""

from __future__ import annotations

import importlib.util
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from tests.conftest import ROOT
from tests.edition.engines import Engine, start
from tests.edition.expectations import EDITORS, LONG, OTHER, TEXT
from tests.edition.test_browser import served

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

pytestmark = [pytest.mark.browser, pytest.mark.slow]

# theme -> the module that brings it, and the characters that its own lines may have
THEMES = {
    'sphinx_book_theme': ('sphinx_book_theme', 110),
    'furo': ('furo', 110),
    'alabaster': ('alabaster', 100),
}


@pytest.fixture(scope='module')
def chromium() -> Iterator[Engine]:
    engine = start('chromium')
    yield engine
    engine.close()


@pytest.mark.parametrize('theme', THEMES)
def test_the_text_is_whole_under_another_theme(
    chromium: Engine, theme: str, tmp_path: Path
) -> None:
    module, most = THEMES[theme]
    assert importlib.util.find_spec(module), theme
    # by itself: what themes of others still have to mend is no error here
    command = [sys.executable, '-m', 'sphinx', '-q', '-D', f'html_theme={theme}', ROOT, tmp_path]
    built = subprocess.run(command, capture_output=True, text=True, check=True)
    told = built.stderr.splitlines()
    assert [line for line in told if 'unsupported theme option' not in line] == []
    with served(tmp_path) as address:
        for width in (390, 1366):
            chromium.open(address + OTHER, width)
            assert chromium.run('document.documentElement.scrollWidth') == width
            line, letter = chromium.run(f"""(() => {{
              const block = document.getElementById('{LONG}')
              const {{ fontSize, lineHeight }} = getComputedStyle(block)
              const lines = block.offsetHeight / parseFloat(lineHeight)
              return [block.textContent.length / lines, parseFloat(fontSize)]
            }})()""")
            assert (20 if width == 390 else 60) <= line <= most, (width, line)
            assert letter >= 15
            chromium.open(address + TEXT, width)
            mark = f"document.getElementById('ref-{EDITORS}')"
            chromium.run(f'{mark}.scrollIntoView({{ block: "center" }})')
            chromium.run(f'{mark}.click()')
            left, right, shown = chromium.run(f"""(() => {{
              const note = document.getElementById('note-{EDITORS}')
              const box = note.getBoundingClientRect()
              return [box.left, box.right, note.checkVisibility()]
            }})()""")
            assert shown
            assert left >= 0
            assert right <= width
