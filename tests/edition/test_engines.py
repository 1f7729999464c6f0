"""The pages in three engines and five widths: how notes stand, and what a reader can take away."""

from __future__ import annotations

import subprocess
from typing import TYPE_CHECKING, Any

import pytest
from axe_playwright_python.base import AXE_SCRIPT

from tests.edition.conftest import EDITION
from tests.edition.engines import ENGINES, Engine, start
from tests.edition.expectations import EDITORS, NAMING, NOTE, OTHER, PEOPLE, TEXT
from tests.edition.test_browser import TAGS, pages, served
from tests.programs import needed

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

pytestmark = pytest.mark.browser

WIDTHS = 390, 768, 1000, 1366, 1600
# what stands wrong on a page, in words
FAULTS = """(() => {
  const faults = []
  const all = (css) => [...document.querySelectorAll(css)]
  const shown = (one) => one.checkVisibility({ visibilityProperty: true })
    && one.getClientRects().length > 0
  const wide = document.documentElement.scrollWidth - innerWidth
  if (wide > 0) faults.push(`scrolls sideways by ${wide}`)
  const notes = all('.beside').filter((one) => !one.hidden && shown(one))
  const boxes = notes.map((one) => [one.id, one.getBoundingClientRect()])
  boxes.sort((one, other) => one[1].top - other[1].top)
  boxes.slice(1).forEach(([id, box], n) => {
    if (box.top < boxes[n][1].bottom - 1) faults.push(`${id} lies on ${boxes[n][0]}`)
  })
  for (const note of notes) {
    const prose = note.querySelector('.prose')
    const cut = prose.scrollHeight > prose.clientHeight + 12 // less than a line
    if (cut && !note.querySelector('button')) faults.push(`${note.id} is cut without a sign`)
    const source = note.querySelector('.evidence')
    if (source && !shown(source)) faults.push(`${note.id} hides its sources`)
  }
  for (const link of all('.evidence a, .downloads a, .sic, .register .mentions a').filter(shown)) {
    const line = getComputedStyle(link).textDecorationLine
    if (!line.includes('underline')) faults.push(`no line under ${link.textContent}`)
  }
  return faults
})()"""
# what axe finds, each with the element
VIOLATIONS = f"""(() => {{
  {AXE_SCRIPT}
  const told = ({{ id, nodes }}) => nodes.map(({{ html }}) => `${{id}}: ${{html.slice(0, 120)}}`)
  return axe.run({{ runOnly: {TAGS} }}).then(({{ violations }}) => violations.flatMap(told))
}})()"""
# the words that a reader takes by selecting each block of the witness, and what is the witness
TAKEN = """(() => {
  const fold = (words) => words.replace(/\\s+/g, ' ').trim()
  return [...document.querySelectorAll('p.source')].map((block) => {
    const bare = block.cloneNode(true)
    for (const one of bare.querySelectorAll('.apparatus')) one.remove()
    getSelection().selectAllChildren(block)
    const said = fold(getSelection().toString())
    return [said, fold(bare.textContent)]
  })
})()"""


@pytest.fixture(scope='module')
def site(html: Path) -> Iterator[str]:
    with served(html) as address:
        yield address


@pytest.fixture(scope='module', params=ENGINES)
def engine(request: pytest.FixtureRequest) -> Iterator[Engine]:
    engine = start(request.param)
    yield engine
    engine.close()


def wait(engine: Engine, condition: str) -> bool:
    """Whether *condition* holds within two seconds."""
    return bool(
        engine.run(f"""(async () => {{
          for (let n = 0; n < 40; n++) {{
            if ({condition}) return true
            await new Promise((next) => setTimeout(next, 50))
          }}
          return false
        }})()""")
    )


@pytest.mark.slow
def test_nothing_stands_wrong_at_any_width(engine: Engine, site: str, html: Path) -> None:
    faults: list[tuple[Any, ...]] = []
    for name in pages(html):
        for width in WIDTHS:
            engine.open(site + name, width)
            assert engine.run('innerWidth') == width
            faults += [(name, width, fault) for fault in engine.run(FAULTS)]
    assert faults == []


@pytest.mark.slow
def test_every_page_is_accessible(engine: Engine, site: str, html: Path) -> None:
    faults: list[tuple[Any, ...]] = []
    for name in pages(html):
        for width in (390, 1366):
            engine.open(site + name, width)
            faults += [(name, width, fault) for fault in engine.run(VIOLATIONS)]
    assert faults == []


@pytest.mark.parametrize('width', [390, 1366])
def test_what_is_selected_is_the_witness(engine: Engine, site: str, width: int) -> None:
    for name in (TEXT, OTHER):
        engine.open(site + name, width)
        taken = engine.run(TAKEN)
        assert taken
        for said, witness in taken:
            assert said == witness


@pytest.mark.parametrize('width', WIDTHS)
def test_a_note_is_shown_at_its_mark(engine: Engine, site: str, width: int) -> None:
    """Nothing moves; selecting its words does not close it; Escape does, and leads back."""
    engine.open(site + TEXT, width)
    for key in (NOTE[1], EDITORS):
        mark, note = (
            f"document.getElementById('ref-{key}')",
            f"document.getElementById('note-{key}')",
        )
        engine.run(f"{mark}.scrollIntoView({{ block: 'center' }})")
        before = engine.run(f'[scrollY, {mark}.getBoundingClientRect().top]')
        engine.run(f'{mark}.click()')
        assert engine.run(f'[scrollY, {mark}.getBoundingClientRect().top]') == before
        assert engine.run(f'{mark}.ariaExpanded') == 'true'
        gap = engine.run(f"""(() => {{
          const [one, other] = [{mark}, {note}].map((it) => it.getBoundingClientRect())
          return Math.max(other.top - one.bottom, one.top - other.bottom)
        }})()""")
        assert -30 <= gap <= 30
        engine.run(f'getSelection().selectAllChildren({note})')
        engine.run('document.body.click()')
        assert engine.run(f'{mark}.ariaExpanded') == 'true'
        engine.run("document.dispatchEvent(new KeyboardEvent('keydown', { key: 'Escape' }))")
        assert engine.run(f'{mark}.ariaExpanded') == 'false'
        assert engine.run(f'document.activeElement === {mark}')


@pytest.mark.parametrize('width', [390, 1366])
def test_arriving_at_a_naming(engine: Engine, site: str, width: int) -> None:
    """No card pops up; the place is seen, and marked."""
    place = f'{NAMING[0]}-{NAMING[1]}'
    engine.open(f'{site}{TEXT}#{place}', width)
    found = f"document.getElementById('{place}')"
    assert wait(engine, f'{found}.getBoundingClientRect().top > 60')
    assert engine.run(f'{found}.getBoundingClientRect().bottom < innerHeight')
    assert engine.run(f'getComputedStyle({found}).outlineStyle') == 'solid'
    assert not engine.run("Boolean(document.querySelector('body > .card'))")


def words_of(pdf: bytes) -> str:
    return subprocess.run(
        [needed('pdftotext'), '-', '-'], input=pdf, capture_output=True, check=True
    ).stdout.decode()


@pytest.mark.parametrize('width', [390, 768, 1366])
def test_every_page_is_printed(engine: Engine, site: str, html: Path, width: int) -> None:
    for name in (TEXT, OTHER, PEOPLE):
        engine.open(site + name, width)
        words = words_of(engine.pdf())
        assert EDITION.title in ' '.join(words.split())
        assert name in ''.join(words.split())  # Firefox gives no code for old-style figures
