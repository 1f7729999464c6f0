"""All formats say the same of what is cited: one table, a row a format, a column a field."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from sphinx_edition.data import dates

from tests import faces
from tests.conftest import BASE, ROOT, run_sphinx
from tests.edition.conftest import CHAPTERS, CONF, EDITION, front

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from sphinx_edition.data.registry import Registry

CHANGES = (ROOT / 'CHANGELOG.md').read_text(encoding='utf-8')
DAY = re.search(rf'^## {re.escape(CONF["version"])} .*(\d{{4}}-\d\d-\d\d)$', CHANGES, re.MULTILINE)
RELEASE = {
    'version': CONF['version'],
    'date': DAY[1] if DAY else f'{dates.now():%Y-%m-%d}',  # not yet released: when it is built
    'address': BASE,
}
LETTERS = [page for page in CHAPTERS if front(page).get('addressee')]


@pytest.fixture(scope='module')
def made(site: Path, tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Path]:
    """The outputs of the edition when it has an address."""
    out = tmp_path_factory.mktemp('made')
    done = {'html': site}

    def build(builder: str) -> Path:
        if builder not in done:
            built = run_sphinx(ROOT, builder, out, '-D', f'html_baseurl={BASE}')
            assert built.status == 0, built.warnings
            done[builder] = built.outdir
        return done[builder]

    return build


@pytest.mark.parametrize('form', faces.FIELDS)
def test_the_whole(form: str, made: Callable[[str], Path], registry: Registry) -> None:
    said = faces.whole(form, made, ROOT, 'index')
    page = registry.documents['index']
    wanted = faces.expected(EDITION, registry, page, RELEASE)
    if form == 'cff' and not DAY:
        wanted['date'] = ''
    assert said == {field: wanted[field] for field in faces.FIELDS[form]}


@pytest.mark.parametrize('form', faces.LETTER)
@pytest.mark.parametrize('page', LETTERS)
def test_a_letter(page: str, form: str, made: Callable[[str], Path], registry: Registry) -> None:
    said = faces.letter(form, made, page, front(page)['siglum'])
    wanted = faces.expected(EDITION, registry, registry.documents[page], RELEASE)
    assert said == {field: wanted[field] for field in faces.LETTER[form]}


@pytest.mark.parametrize('form', ['csl', 'bibtex', 'ris', 'head', 'json-ld'])
@pytest.mark.parametrize('page', [page for page in CHAPTERS if page not in LETTERS])
def test_a_chapter(page: str, form: str, made: Callable[[str], Path], registry: Registry) -> None:
    said = faces.of_page(form, made('html'), page)
    wanted = faces.expected(EDITION, registry, registry.documents[page], RELEASE)
    fields = [field for field in faces.FIELDS[form] if field != 'licence']
    assert {field: said[field] for field in fields} == {field: wanted[field] for field in fields}
