"""The edition’s half holds for whatever edition stands in the folder.

Ids, counts and names come from the edition itself: its sources, what a build of it knew, conf.py.
What nothing there tells stands in `expectations.py`.
"""

from __future__ import annotations

import pickle
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import yaml
from sphinx_edition.collation.readings import read_witness
from sphinx_edition.data.kinds import Kinds
from sphinx_edition.data.records import Edition
from sphinx_edition.data.registry import Registry
from sphinx_edition.order import reading_order

from tests.conftest import BASE, ROOT, Build, run_sphinx

if TYPE_CHECKING:
    from collections.abc import Callable


def configuration() -> dict[str, Any]:
    """What conf.py says."""
    file = ROOT / 'conf.py'
    names: dict[str, Any] = {'__file__': str(file)}
    exec(compile(file.read_text(encoding='utf-8'), file, 'exec'), names)
    return names


def front(page: str) -> dict[str, Any]:
    """The front matter of a page."""
    text = (ROOT / f'{page}.md').read_text(encoding='utf-8')
    return yaml.safe_load(text.split('---\n')[1]) if text.startswith('---\n') else {}


CONF = configuration()
EDITION = Edition.from_config(CONF['edition'])
WITNESS = ROOT / 'witness'
PAGES = [
    path.relative_to(ROOT).with_suffix('').as_posix()
    for pattern in ('index.md', 'chapters/**/*.md', 'notes/**/*.md')
    for path in sorted(ROOT.glob(pattern))
]
LISTED = re.findall(r'^\w+/\S+$', (ROOT / 'index.md').read_text('utf-8'), re.MULTILINE)
LINES = read_witness(WITNESS, ['index', *LISTED])  # its blocks, in the order of the book
CITABLE = [page for page in PAGES if front(page).get('kind')]  # the title page and the chapters
CHAPTERS = CITABLE[1:]


@pytest.fixture(scope='session')
def built(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Path]:
    """Build the edition into a folder of its own, once a builder, on doctrees they share."""
    out = tmp_path_factory.mktemp('edition')
    done: dict[str, Build] = {}

    def build(builder: str) -> Path:
        if builder not in done:
            done[builder] = run_sphinx(ROOT, builder, out)
        result = done[builder]
        assert result.status == 0, f'{builder}:\n' + '\n'.join(result.warnings)
        return result.outdir

    return build


@pytest.fixture(scope='session')
def html(built: Callable[[str], Path]) -> Path:
    """The folder of the web edition."""
    return built('html')


@pytest.fixture(scope='session')
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the web edition as it is when it has an address."""
    result = run_sphinx(ROOT, 'html', tmp_path_factory.mktemp('site'), '-D', f'html_baseurl={BASE}')
    assert result.status == 0, '\n'.join(result.warnings)
    return result.outdir


@pytest.fixture(scope='session')
def epub_file(built: Callable[[str], Path]) -> Path:
    """The e-book."""
    [file] = built('epub').glob('*.epub')
    return file


@pytest.fixture(scope='session')
def pdf_file(built: Callable[[str], Path]) -> Path:
    """The print edition."""
    [file] = built('typst').glob('*.pdf')
    return file


@pytest.fixture(scope='session')
def tei_file(built: Callable[[str], Path]) -> Path:
    """The edition as data."""
    folder = built('tei')
    [file] = set(folder.glob('*.xml')) - {folder / 'cmif.xml'}
    return file


@pytest.fixture(scope='session')
def registry(html: Path) -> Registry:
    """What a build of the edition knew."""
    with (html.parent / 'doctrees' / 'environment.pickle').open('rb') as file:
        env = pickle.load(file)
    pages = env.domaindata['edition']['pages']
    config = env.config
    kinds = Kinds.configured(
        config.edition_chapters, config.edition_registers, config.edition_hands
    )
    return Registry((pages[docname] for docname in reading_order(env)), kinds)
