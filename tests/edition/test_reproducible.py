"""The same sources give the same files, in another folder, at another time."""

from __future__ import annotations

import os
import shutil
from typing import TYPE_CHECKING

import pytest

from tests.conftest import ROOT, run_sphinx
from tests.engine.test_incremental import OUTPUTS, differing, files

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.slow
@pytest.mark.parametrize('builder', OUTPUTS)
def test_the_edition_is_reproducible(
    builder: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """From files of another age; outputs are dated by the sources, not by the clock."""
    monkeypatch.setenv('SOURCE_DATE_EPOCH', '1700000000')
    built = []
    for name in ('here', 'there-in-a-longer-path'):
        source = tmp_path / name
        source.mkdir()
        for path in ('_ext', '_static', '_templates', 'chapters', 'notes', 'witness'):
            if (ROOT / path).exists():
                shutil.copytree(ROOT / path, source / path, ignore=shutil.ignore_patterns('*.pyc'))
        for path in ('conf.py', 'index.md', 'CHANGELOG.md'):
            if (ROOT / path).exists():
                shutil.copy(ROOT / path, source)
        result = run_sphinx(source, builder, tmp_path / f'out-{name}')
        assert result.status == 0, result.warnings
        built.append(files(result.outdir))
        for path in source.rglob('*'):
            os.utime(path, (1_600_000_000, 1_600_000_000))
    assert differing(*built) == []
