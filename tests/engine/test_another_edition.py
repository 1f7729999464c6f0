"""The edition's half of the tests holds for another edition, too."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from sphinx_edition.new.__main__ import main as make_new

from tests.conftest import MINI, ROOT

KEPT = ('_ext', '_static', '_templates', 'tests', 'benchmarks', 'audit', 'pyproject.toml')
KEPT += ('Makefile', '.readthedocs.yaml', 'requirements.txt', 'requirements-test.txt')
CONTENT = ('index.md', 'chapters', 'notes', 'witness', 'CHANGELOG.md', 'CITATION.cff')


def take(source: Path, target: Path) -> None:
    if source.is_dir():
        ignored = shutil.ignore_patterns('__pycache__', 'node_modules')
        shutil.copytree(source, target, ignore=ignored)
    elif source.exists():
        shutil.copy(source, target)


@pytest.fixture
def another(tmp_path: Path) -> Path:
    """This repository with the small edition in place of its own.

    Of conf.py the edition's facts are those of the small one; the blocks of the outputs stay.
    """
    folder = tmp_path / 'another'
    folder.mkdir()
    for name in KEPT:
        take(ROOT / name, folder / name)
    for name in CONTENT:
        take(MINI / name, folder / name)
    shutil.copy(MINI / 'expectations.py', folder / 'tests' / 'edition')
    ours, theirs = ((root / 'conf.py').read_text('utf-8') for root in (ROOT, MINI))
    head, _, _ = ours.partition('edition = {')
    facts = theirs[theirs.index('edition = {') : theirs.index('# web')]
    outputs = ours[ours.index('# web') :]
    (folder / 'conf.py').write_text(f'{head}{facts}{outputs}', encoding='utf-8')
    return folder


def passes(folder: Path, schema: Path) -> None:
    """Run the edition’s half of the tests in *folder*, but for the slow ones and the browser’s."""
    kept = folder / 'cache' / 'd' / 'tei'  # where pytest keeps things: nothing is fetched twice
    kept.mkdir(parents=True)
    shutil.copy(schema, kept)
    command = [sys.executable, '-m', 'pytest', '-q', '-m', 'not slow and not browser']
    ran = subprocess.run(
        [*command, '-o', 'cache_dir=cache', 'tests/edition'],
        cwd=folder,
        env={name: value for name, value in os.environ.items() if name != 'CI'},  # audit/ is bare
        capture_output=True,
        text=True,
        check=False,
    )
    assert ran.returncode == 0, ran.stdout[-20_000:]
    assert ' passed' in ran.stdout


@pytest.mark.slow
def test_the_small_edition_passes_in_place_of_the_real_one(another: Path, schema: Path) -> None:
    passes(another, schema)


@pytest.mark.slow
@pytest.mark.parametrize('pages', [['lighthouse.html', 'untidy.htm'], []], ids=['pages', 'empty'])
def test_a_new_edition_passes_what_it_keeps(pages: list[str], tmp_path: Path, schema: Path) -> None:
    """Also its pages look as this edition’s do: they bring the same styles and scripts."""
    sources = [str(Path(__file__).parent / 'pages' / name) for name in pages]
    folder = tmp_path / 'new'
    assert make_new([*sources, '--into', str(folder), '--yes']) == 0
    passes(folder, schema)
    ours, theirs = ((root / 'conf.py').read_text('utf-8') for root in (ROOT, folder))
    assert theirs.partition('# web')[2] == ours.partition('# web')[2]
