"""The engine’s half knows only small invented editions; what is not changed is built once."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.conftest import BASE, MINI, Build, run_sphinx

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


@pytest.fixture(scope='session')
def mini(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Path]:
    """Build the small edition as it is, once a builder, on doctrees they share."""
    out = tmp_path_factory.mktemp('mini')
    done: dict[str, Build] = {}

    def build(builder: str) -> Path:
        if builder not in done:
            done[builder] = run_sphinx(MINI, builder, out)
        built = done[builder]
        assert built.status == 0, '\n'.join(built.warnings)
        return built.outdir

    return build


def dressed(out: Path, *options: str) -> Path:
    """The small edition in the edition’s own theme."""
    built = run_sphinx(MINI, 'html', out, '-D', 'html_theme=edition', *options)
    assert built.status == 0, '\n'.join(built.warnings)
    return built.outdir


@pytest.fixture(scope='session')
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The web pages as they are when they have an address."""
    return dressed(tmp_path_factory.mktemp('site'), '-D', f'html_baseurl={BASE}')


@pytest.fixture(scope='session')
def disk(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The web pages as they lie on a disk."""
    return dressed(tmp_path_factory.mktemp('disk'))
