"""Builds shared by the tests: the real edition once an output, small roots as often as wanted."""

from __future__ import annotations

import io
import os
import shutil
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import settings
from sphinx.cmd import build as sphinx_build
from sphinx.util.console import strip_escape_sequences

if TYPE_CHECKING:
    from collections.abc import Callable

ROOT = Path(__file__).parents[1]
BASE = 'https://example.org/en/stable/'  # an address of the edition on the web
MINI = ROOT / 'tests' / 'roots' / 'test-mini'

pytest_plugins = ('sphinx.testing.fixtures',)
settings.register_profile('edition', database=None, deadline=None, derandomize=True)
settings.load_profile('edition')


@pytest.fixture(scope='session')
def rootdir() -> Path:
    """Where `@pytest.mark.sphinx(testroot='mini')` looks for `test-mini`."""
    return ROOT / 'tests' / 'roots'


@dataclass(frozen=True)
class Build:
    """What one run of sphinx-build gave."""

    outdir: Path
    status: int
    output: str  # all that was printed
    warnings: list[str]  # each line printed to stderr, paths relative to the source folder


def run_sphinx(source: Path, builder: str, out: Path, *options: str) -> Build:
    """Run sphinx-build as the Makefile does: warnings are errors, references are checked."""
    folder = out / builder
    printed, complaints = io.StringIO(), io.StringIO()
    arguments = ['-b', builder, '-d', str(out / 'doctrees'), '-W', '--keep-going', '-n']
    with redirect_stdout(printed), redirect_stderr(complaints):
        try:
            status = sphinx_build.main([*arguments, *options, str(source), str(folder)])
        except SystemExit as end:
            status = int(end.code or 0)
    text = strip_escape_sequences(complaints.getvalue())
    lines = [line.replace(f'{source}{os.sep}', '') for line in text.splitlines() if line.strip()]
    return Build(folder, status, strip_escape_sequences(printed.getvalue()) + text, lines)


@pytest.fixture(scope='session')
def edition(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Path]:
    """Build the real edition into a folder of its own, once a builder, on doctrees they share."""
    out = tmp_path_factory.mktemp('edition')
    done: dict[str, Build] = {}

    def build(builder: str) -> Path:
        if builder not in done:
            done[builder] = run_sphinx(ROOT, builder, out)
        built = done[builder]
        assert built.status == 0, f'{builder}:\n' + '\n'.join(built.warnings)
        return built.outdir

    return build


@pytest.fixture(scope='session')
def html(edition: Callable[[str], Path]) -> Path:
    """The folder of the web edition."""
    return edition('html')


@pytest.fixture(scope='session')
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the web edition as it is when it has an address."""
    built = run_sphinx(ROOT, 'html', tmp_path_factory.mktemp('site'), '-D', f'html_baseurl={BASE}')
    assert built.status == 0, '\n'.join(built.warnings)
    return built.outdir


@pytest.fixture(scope='session')
def epub_file(edition: Callable[[str], Path]) -> Path:
    """The e-book."""
    [file] = edition('epub').glob('*.epub')
    return file


@pytest.fixture(scope='session')
def pdf_file(edition: Callable[[str], Path]) -> Path:
    """The print edition."""
    [file] = edition('typst').glob('*.pdf')
    return file


@pytest.fixture(scope='session')
def tei_file(edition: Callable[[str], Path]) -> Path:
    """The edition as data."""
    folder = edition('tei')
    [file] = set(folder.glob('*.xml')) - {folder / 'cmif.xml'}
    return file


@dataclass
class Small:
    """A private copy of the small edition, to change and to build."""

    source: Path

    def read(self, name: str) -> str:
        return (self.source / name).read_text(encoding='utf-8')

    def write(self, name: str, text: str | bytes) -> None:
        path = self.source / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text if isinstance(text, bytes) else text.encode())

    def replace(self, name: str, old: str, new: str) -> None:
        """Put *new* for *old*, which must stand in the file."""
        text = self.read(name)
        assert old in text, f'{name} does not hold {old!r}'
        self.write(name, text.replace(old, new, 1))

    def build(self, builder: str = 'html', *options: str, out: Path | None = None) -> Build:
        return run_sphinx(self.source, builder, out or self.source.parent / 'out', *options)


@pytest.fixture
def small(tmp_path: Path) -> Small:
    """The small edition in a folder of its own."""
    return Small(Path(shutil.copytree(MINI, tmp_path / 'source')))
