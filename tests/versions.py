"""What newer packages would change: `make test-versions`.

For each Python that is here, the newest Sphinx, MyST, theme, Typst and the rest that go together
are installed in a folder of their own, and build all outputs: how many files differ from what the
locked ones make?
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tempfile
import tomllib
from pathlib import Path

ROOT = Path(__file__).parents[1]
OUTPUTS = {'html': 'html', 'epub': 'epub', 'pdf': 'typst', 'tei': 'tei'}
SHOWN = ('sphinx', 'myst-parser', 'sphinx-book-theme', 'typst')
FIRST, LAST = 11, 15  # of Python 3


def pythons() -> dict[str, str]:
    """Version -> where it is."""
    found = {}
    for minor in range(FIRST, LAST + 1):
        for name in (f'python3.{minor}', 'python3'):
            command = [name, '-c', 'import ensurepip, sys; print(*sys.version_info[:2], sep=".")']
            if path := shutil.which(name):
                done = subprocess.run([path, *command[1:]], capture_output=True, text=True)
                if done.stdout.strip() == f'3.{minor}':
                    found.setdefault(f'3.{minor}', path)
    return found


def newest() -> list[str]:
    """What the edition needs, whatever the version."""
    project = tomllib.loads((ROOT / 'pyproject.toml').read_text(encoding='utf-8'))['project']
    return [re.split('[=<>~]', needed)[0] for needed in project['dependencies']]


def build(python: str, folder: Path) -> dict[str, str]:
    """Make each output in *folder*: output -> what Sphinx complained of."""
    said = {}
    for name, builder in OUTPUTS.items():
        command = [python, '-m', 'sphinx', '-q', '-W', '--keep-going', '-n', '-b', builder]
        done = subprocess.run(
            [*command, '-d', str(folder / 'doctrees'), '.', str(folder / name)],
            cwd=ROOT,
            env=os.environ | {'SOURCE_DATE_EPOCH': '1795392000', 'LC_ALL': 'C', 'PYTHONUTF8': '1'},
            capture_output=True,
            text=True,
            encoding='utf-8',
        )
        lines = (done.stdout + done.stderr).strip().splitlines()
        said[name] = lines[0] if done.returncode and lines else ''
    return said


def files(folder: Path) -> dict[Path, bytes]:
    return {
        path.relative_to(folder): path.read_bytes()
        for path in folder.rglob('*')
        if path.is_file() and path.name != '.buildinfo'
    }


def row(version: str, path: str, folder: Path, locked: Path) -> str:
    """How one Python fares."""
    subprocess.run([path, '-m', 'venv', folder / 'env'], check=True)
    python = str(folder / 'env' / 'bin' / 'python')
    pip = [python, '-m', 'pip', '--disable-pip-version-check', 'install', '-qq', '--upgrade']
    if (done := subprocess.run([*pip, *newest()], capture_output=True, text=True)).returncode:
        return f'| {version} | {done.stderr.strip().splitlines()[-1]} | | | | |'
    code = f'from importlib.metadata import version as v; print(*map(v, {SHOWN}), sep=", ")'
    versions = subprocess.run([python, '-c', code], capture_output=True, text=True, check=True)
    said = build(python, folder)
    cells = []
    for name in OUTPUTS:
        ours, theirs = files(locked / name), files(folder / name)
        differ = sum(ours.get(file) != theirs.get(file) for file in ours.keys() | theirs.keys())
        cells.append(said[name] or f'{differ} of {len(ours)} files')
    return f'| {version} | {versions.stdout.strip()} | {" | ".join(cells)} |'


def main() -> None:
    """Print the table."""
    print(f'| Python | {", ".join(SHOWN)} | {" | ".join(OUTPUTS)} |')
    print('|---' * (len(OUTPUTS) + 2) + '|')
    with tempfile.TemporaryDirectory() as name:
        locked = Path(name, 'locked')
        build(sys.executable, locked)
        for version, path in pythons().items():
            folder = Path(name, version)
            folder.mkdir()
            print(row(version, path, folder, locked), flush=True)


if __name__ == '__main__':
    main()
