"""What goes in: locked packages, and nothing from a network."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from tests.conftest import ROOT

if TYPE_CHECKING:
    from pathlib import Path

BUILDERS = ('html', 'epub', 'typst', 'tei')


@pytest.mark.parametrize('name', ['requirements.txt', 'requirements-test.txt'])
def test_every_package_is_locked(name: str) -> None:
    text = (ROOT / name).read_text(encoding='utf-8').replace('\\\n', ' ')
    lines = [line for line in text.splitlines() if line and not line.lstrip().startswith('#')]
    loose = [line for line in lines if not re.match(r'\S+==\S+.* --hash=sha256:[0-9a-f]{64}', line)]
    assert len(lines) > 30
    assert loose == []


def test_every_package_of_the_audit_is_locked() -> None:
    lock = json.loads((ROOT / 'audit' / 'package-lock.json').read_text(encoding='utf-8'))
    loose = [
        name for name, package in lock['packages'].items() if name and 'integrity' not in package
    ]
    assert loose == []


def test_packages_are_installed_by_their_hashes() -> None:
    makefile = (ROOT / 'Makefile').read_text(encoding='utf-8')
    installs = re.findall(r'.*pip .*install.*', makefile)
    assert installs
    assert all('--require-hashes' in line or 'npm' in line for line in installs)


OFFLINE = """
import socket, sys
from sphinx.cmd.build import main

def refuse(*arguments, **more):
    raise OSError('a build must not use the network')

socket.socket.connect = socket.getaddrinfo = refuse
sys.exit(main(sys.argv[1:]))
"""


@pytest.mark.slow
def test_no_output_needs_a_network(tmp_path: Path) -> None:
    """The edition itself, in a process without a network, or, where there is no such, sockets."""
    alone = ['unshare', '--map-root-user', '--net']
    works = shutil.which('unshare') and not subprocess.run([*alone, 'true'], check=False).returncode
    prefix = alone if works else []
    for builder in BUILDERS:
        options = ['-q', '-W', '-E', '-b', builder, '-d', tmp_path / 'trees']
        done = subprocess.run(
            [*prefix, sys.executable, '-c', OFFLINE, *options, ROOT, tmp_path / builder],
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, f'{builder}\n{done.stdout}\n{done.stderr}'


def test_the_pictures_of_the_readme_are_there_and_small() -> None:
    """An edition without any has none to weigh."""
    file = ROOT / 'README.md'
    readme = file.read_text('utf-8') if file.exists() else ''
    named = re.findall(r'pictures/\w+\.png', readme)
    there = sorted((ROOT / 'pictures').glob('*.png'))
    assert sorted(named) == [path.relative_to(ROOT).as_posix() for path in there]
    assert sum(path.stat().st_size for path in there) < 300_000
    assert readme.count(' alt="') + readme.count('![') == len(named)
