"""An edition that was made by copying is told what is still the other’s."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

from sphinx_edition import leftovers

from tests.conftest import MINI, run_sphinx

if TYPE_CHECKING:
    from pathlib import Path

    import pytest

MODEL = {'title': 'The Log', 'identifier': 'urn:x:1', 'description': 'The log of Elspeth Marrow.'}
LICENCE = 'This is licensed by nobody but Elspeth Marrow herself.\n'


def test_what_is_still_the_models_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / 'LICENSE').write_text(LICENCE + 'And a line that any edition has in its license.\n')
    model = tmp_path / 'leftovers.txt'
    monkeypatch.setattr(leftovers, 'MODEL', model)
    model.write_text('\n'.join(leftovers.of_model(tmp_path, MODEL, ('Marrow',))))
    assert leftovers.leftovers(tmp_path, MODEL) == []
    assert leftovers.leftovers(tmp_path, {**MODEL, 'description': 'Another.'}) == []
    found = leftovers.leftovers(tmp_path, {**MODEL, 'title': 'Mine'})
    places = [place.split('“')[0] for place in found]
    assert places == ['conf.py:1: edition: '] * 2 + ['LICENSE:1: ']
    (tmp_path / 'LICENSE').unlink()
    assert leftovers.leftovers(tmp_path, {'title': 'Mine', 'identifier': 'urn:x:2'}) == []


def test_the_build_tells_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    source = tmp_path / 'source'
    shutil.copytree(MINI, source)
    (source / 'LICENSE').write_text(LICENCE)
    model = tmp_path / 'leftovers.txt'
    monkeypatch.setattr(leftovers, 'MODEL', model)
    model.write_text(leftovers.fingerprint(LICENCE))
    built = run_sphinx(source, 'html', tmp_path / 'out')
    assert built.warnings[:1] == [
        'LICENSE:1: WARNING: “This is licensed by nobody but Elspeth Marrow herself.” is still the '
        'model’s; write your own [edition.leftover]'
    ]
