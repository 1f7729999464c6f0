"""All formats say the same of what is cited: one table, a row a format, a column a field."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests import faces
from tests.conftest import BASE, MINI

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


WHOLE = {
    'title': 'Two Papers of a Ship’s Surgeon: From the Brig Halcyon',
    'authors': ['Elspeth Marrow'],
    'translators': ['Anna Lindqvist'],
    'date': '1872-05-01',
    'version': '1.0',
    'language': 'en',
    'address': BASE,
    'rights': 'Invented for tests; free for any use.',
    'licence': 'https://creativecommons.org/publicdomain/zero/1.0/',
}
LETTER = {
    **WHOLE,
    'title': '[Letter to the mate]',
    'recipients': ['Tobias Quill'],
    'date': '1869-03-05',
    'address': f'{BASE}chapters/letter.html',
}


@pytest.fixture(scope='module')
def made(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Path]:
    """The outputs of the small edition when it has an address."""
    from tests.conftest import run_sphinx

    out = tmp_path_factory.mktemp('made')
    done: dict[str, Path] = {}

    def build(builder: str) -> Path:
        if builder not in done:
            dress = ('-D', 'html_theme=edition') if builder == 'html' else ()
            built = run_sphinx(MINI, builder, out, '-D', f'html_baseurl={BASE}', *dress)
            assert built.status == 0, built.warnings
            done[builder] = built.outdir
        return done[builder]

    return build


@pytest.mark.parametrize('form', faces.FIELDS)
def test_the_whole(form: str, made: Callable[[str], Path]) -> None:
    said = faces.whole(form, made, MINI, 'index')
    assert said == {field: WHOLE[field] for field in faces.FIELDS[form]}


@pytest.mark.parametrize('form', faces.LETTER)
def test_a_letter(form: str, made: Callable[[str], Path]) -> None:
    said = faces.letter(form, made, 'chapters/letter', 'letter')
    assert said == {field: LETTER[field] for field in faces.LETTER[form]}
