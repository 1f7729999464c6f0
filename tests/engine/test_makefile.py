"""The Makefile on machines of many kinds: strange files, settings and Pythons stop no `make`.

A folder with the Makefile and a Python that only notes down what it is asked to do.
"""

from __future__ import annotations

import os
import shutil
import subprocess
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest

from tests.conftest import ROOT
from tests.programs import needed

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

# makes another of itself in .venv, or the stamps of the outputs it is asked for
PYTHON = """#!/bin/sh
[ "$1" = -c ] && exit
echo "$*" "date=$SOURCE_DATE_EPOCH locale=$LC_ALL utf8=$PYTHONUTF8 user=$PIP_USER \\
path=$PYTHONPATH" >>"$NOTED"
case "$*" in
  --version) echo 'Python 3.12.1' ;;
  *' venv '*) rm -rf .venv; mkdir -p .venv/bin; cp "$0" .venv/bin/python ;;
  *sphinx*) for out; do mkdir -p "_build/$out"; : >"_build/$out/.built"; done
            : >_build/html/index.html ;;
esac
"""
TOO_NEW = '#!/bin/sh\nexit 1\n'  # to the question whether it is one of those wanted
TOOLS = 'sh awk cp date echo find git head mkdir rm tail touch true'.split()


@dataclass
class Checkout:
    """An edition in a folder whose name has a space, installed."""

    folder: Path
    environment: dict[str, str]

    def write(self, name: str, text: str = '', mode: int = 0o644) -> Path:
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding='utf-8')
        path.chmod(mode)
        return path

    def make(self, *arguments: str, **environment: str) -> tuple[int, str, str]:
        """Status, what was printed, what Python was asked to do."""
        noted = self.folder.parent / 'noted'
        noted.write_text('')
        done = subprocess.run(
            [needed('make'), *arguments],
            cwd=self.folder,
            env=self.environment | {'NOTED': str(noted)} | environment,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            check=False,
        )
        return done.returncode, done.stdout + done.stderr, noted.read_text()


@pytest.fixture
def checkout(tmp_path: Path) -> Checkout:
    folder = tmp_path / 'Mes éditions'
    for name in ('chapters', 'notes', 'witness', '_ext', '_static'):
        (folder / name).mkdir(parents=True)
    shutil.copy(ROOT / 'Makefile', folder)
    tools = tmp_path / 'tools'
    tools.mkdir()
    for tool in TOOLS:
        if found := shutil.which(tool):
            (tools / tool).symlink_to(found)
    made = Checkout(folder, {'PATH': str(tools), 'HOME': str(tmp_path)})
    for name in ('conf.py', 'index.md', 'CHANGELOG.md', 'chapters/letter.md', 'requirements.txt'):
        made.write(name)
    made.write('.venv/bin/python', PYTHON, 0o755)
    made.write('.venv/installed')
    return made


def lock_of_emacs(checkout: Checkout) -> None:
    (checkout.folder / 'chapters' / '.#letter.md').symlink_to('me@host.1:2')


def leftovers_of_systems(checkout: Checkout) -> None:
    checkout.write('chapters/._letter.md')
    checkout.write('notes/.ipynb_checkpoints/people-checkpoint.md')


def names_of_any_kind(checkout: Checkout) -> None:
    for name in ('second thoughts', 'a:b', 'c$d', '50%', 'e#f', "it's", 'ночь', 'g\\h', '-i'):
        checkout.write(f'notes/{name}.md')


def nothing(_: Checkout) -> None:
    pass


@pytest.mark.parametrize(
    ('prepare', 'environment'),
    [
        (nothing, {}),
        (lock_of_emacs, {}),
        (leftovers_of_systems, {}),
        (names_of_any_kind, {}),
        (nothing, {'LC_CTYPE': 'UTF-8'}),  # what ssh from a Mac sets
        (nothing, {'LC_ALL': 'xx_XX.UTF-8', 'LANG': 'C', 'PYTHONUTF8': '0'}),
        (nothing, {'PYTHONPATH': '/elsewhere', 'PIP_USER': '1'}),
    ],
)
def test_it_builds_once_whatever_stands_there(
    prepare: Callable[[Checkout], None], environment: dict[str, str], checkout: Checkout
) -> None:
    prepare(checkout)
    status, said, noted = checkout.make('html', **environment)
    assert status == 0, said
    [asked] = noted.splitlines()
    assert asked.endswith(' date=1795392000 locale=C utf8=1 user=0 path=_ext'), (
        'settings of the machine'
    )
    again = checkout.make('html', **environment)
    assert again[2] == '', 'nothing has changed since'


@pytest.mark.parametrize('name', ['chapters/letter.md', 'notes/second thoughts.md', 'notes'])
def test_it_builds_again_after_a_change(name: str, checkout: Checkout) -> None:
    names_of_any_kind(checkout)
    checkout.make('html')
    os.utime(checkout.folder / name, (2_000_000_000, 2_000_000_000))
    assert checkout.make('html')[2] != ''


def test_outputs_are_dated_by_a_commit_even_if_git_tells_of_signatures(checkout: Checkout) -> None:
    git, keygen = needed('git'), needed('ssh-keygen')
    key = checkout.folder.parent / 'key'
    subprocess.run([keygen, '-q', '-t', 'ed25519', '-N', '', '-f', key], check=True)
    settings = {
        'user.name': 'A',
        'user.email': 'a@example.org',
        'gpg.format': 'ssh',
        'user.signingKey': f'{key}.pub',
        'log.showSignature': 'true',
    }
    for command in (
        ['init', '-q'],
        *(['config', name, value] for name, value in settings.items()),
        ['add', 'conf.py'],
        ['commit', '-q', '-S', '-m', 'signed', '--date', '1700000000 +0000'],
    ):
        environment = os.environ | {'GIT_COMMITTER_DATE': '1700000000 +0000'}
        subprocess.run([git, *command], cwd=checkout.folder, env=environment, check=True)
    status, said, noted = checkout.make('html')
    assert (status, 'date=1700000000 ' in noted) == (0, True), said + noted


def test_a_python_that_went_away_is_replaced(checkout: Checkout) -> None:
    (checkout.folder / '.venv' / 'bin' / 'python').unlink()
    (checkout.folder / '.venv' / 'bin' / 'python').symlink_to('/opt/gone/python3')
    other = checkout.write('My Python/python3', PYTHON, 0o755)
    status, said, noted = checkout.make('html', f'SYSTEM_PYTHON={other}')
    assert status == 0, said
    asked = [line.split(' date=')[0] for line in noted.splitlines()]
    assert '-m venv --clear .venv' in asked
    [installing] = [line for line in noted.splitlines() if ' install ' in line]
    assert '--require-hashes' in installing
    assert ' user=0 ' in installing


def test_a_python_too_new_is_told_before_anything_is_installed(checkout: Checkout) -> None:
    shutil.rmtree(checkout.folder / '.venv')
    python = checkout.folder.parent / 'tools' / 'python3'
    python.write_text(TOO_NEW)
    python.chmod(0o755)
    status, said, noted = checkout.make('html')
    assert status != 0
    assert 'needs Python 3.11 to 3.15' in said
    assert 'apt install python3' in said
    assert noted == ''


def test_what_cannot_be_made_is_told(checkout: Checkout) -> None:
    status, said, _ = checkout.make('pdf', 'PAPER=a3')
    assert status != 0
    assert 'PAPER=a3 is not known' in said


def test_a_checkout_has_the_line_ends_of_the_repository() -> None:
    listed = subprocess.run(
        [needed('git'), 'ls-files', '--eol'], cwd=ROOT, capture_output=True, text=True, check=False
    )
    if listed.returncode:
        pytest.skip('needs a repository')
    for line in listed.stdout.splitlines():
        kept, _, attribute = line.split('\t')[0].partition('attr/')
        assert kept.startswith('i/-text') == ('-text' in attribute), line
        assert attribute.strip() in ('text=auto eol=lf', '-text'), line
        assert not kept.startswith(('i/crlf', 'i/mixed')), line
