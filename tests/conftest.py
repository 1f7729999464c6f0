"""What both halves of the tests build with; each half has fixtures of its own."""

from __future__ import annotations

import hashlib
import io
import os
import shutil
import urllib.request
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass
from pathlib import Path

import pytest
from hypothesis import settings
from sphinx.cmd import build as sphinx_build
from sphinx.locale import translators
from sphinx.util.console import strip_escape_sequences

from tests.programs import missing

ROOT = Path(__file__).parents[1]
BASE = 'https://example.org/en/stable/'  # an address of the edition on the web
MINI = ROOT / 'tests' / 'roots' / 'test-mini'
# the schema tei_all
VAULT = 'https://tei-c.org/Vault/P5/4.12.0/xml/tei/custom/schema/relaxng/tei_all.rng'
SHA256 = 'b0f115095ead2ccc6933aa3365c6f4a82cba3b2ec7eee7f76bb616d7a63b7e48'

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
    translators.clear()  # Sphinx keeps those of earlier builds in this process
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


@pytest.fixture(scope='session')
def schema(pytestconfig: pytest.Config) -> Path:
    """The schema tei_all 4.12.0: a copy beside the project, or the TEI Consortium’s."""
    beside = ROOT.parent / 'shared' / 'schema' / 'tei_all.rng'
    kept = pytestconfig.cache.mkdir('tei') / 'tei_all.rng'
    found = next((path for path in (beside, kept) if path.exists()), kept)
    if not found.exists():
        try:
            with urllib.request.urlopen(VAULT, timeout=60) as answer:
                found.write_bytes(answer.read())
        except OSError as error:
            missing(f'a network: {VAULT} cannot be reached: {error}')
    assert hashlib.sha256(found.read_bytes()).hexdigest() == SHA256, f'{found} is another schema'
    return found
