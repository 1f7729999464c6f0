"""Rehearse `make` and the tests on machines that lack something: `make rehearse`.

Each machine is a clone in a folder whose name has a space, with a PATH of links to the programs
that are left, a home of its own and the packages that are installed here. All must be green, or
leave tests out in a line that says what they need.

Without names it rehearses every machine, which takes half an hour; `.ci/run` takes two.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass, field
from fnmatch import fnmatch
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

ROOT = Path(__file__).parents[1]
NOBODY = '65534'
BROWSERS = ('*chrom*', '*firefox*', '*WebKit*', 'MiniBrowser', 'geckodriver', 'epiphany*')
BROWSER = 'env LC_ALL=C .venv/bin/python -m pytest -n auto -m browser'  # as the Makefile has it
COMMANDS = 'make', 'make collate', 'make test-quick'
STAMPS = ('installed', 'installed-test')


@dataclass
class Machine:
    """What is not there, and how else it differs."""

    without: tuple[str, ...] = ()  # programs, as patterns
    environment: dict[str, str] = field(default_factory=dict)
    network: bool = True
    root: bool = True
    installed: bool = True  # else `make` installs, from wheels in a folder
    pages: bool = False  # whether that may change what the browsers’ tests do


MACHINES = {
    'no browser': Machine(BROWSERS, {'PLAYWRIGHT_BROWSERS_PATH': '/nowhere'}, pages=True),
    'no Java': Machine(('java', 'javac')),
    'no Node.js': Machine(('node', 'nodejs', 'npm', 'npx', 'corepack')),
    'no Poppler': Machine(('pdf*',), pages=True),
    'no qpdf': Machine(('qpdf', 'zlib-flate', 'fix-qdf')),
    'no git': Machine(('git', 'git-*')),
    'no network': Machine(network=False),
    'no UTF-8': Machine(environment={'LANG': 'C', 'LC_CTYPE': 'POSIX', 'PYTHONCOERCECLOCALE': '0'}),
    'unknown locale': Machine(environment={'LC_ALL': 'de_DE.ISO-8859-1', 'LC_CTYPE': 'UTF-8'}),
    'user': Machine(root=False, pages=True),
}
MACHINES['bare'] = Machine(
    tuple(pattern for machine in MACHINES.values() for pattern in machine.without),
    {k: v for machine in MACHINES.values() for k, v in machine.environment.items()},
    network=False,
    root=False,
    pages=True,
)
MACHINES['new'] = Machine(
    (*MACHINES['bare'].without, 'python*'), network=False, root=False, installed=False
)


def rehearse(machine: Machine, folder: Path) -> dict[str, str]:
    """Command -> how it ended on *machine*, whose files go into *folder*."""
    clone, home, programs = folder / 'an edition', folder / 'home', folder / 'programs'
    for made in (home, programs):
        made.mkdir()
    checkout(clone)
    if 'git' in machine.without:
        shutil.rmtree(clone / '.git')
    link_programs(programs, machine.without)
    base = linked_python(folder / 'python')
    environment = {'PATH': str(programs), 'HOME': str(home), 'TMPDIR': str(home)}
    environment |= {'LD_LIBRARY_PATH': str(base.parents[1] / 'lib'), **machine.environment}
    if not machine.installed:
        environment |= {'SYSTEM_PYTHON': str(base), **wheelhouse(folder / 'wheels')}
    prefix: list[str] = []
    if not machine.root and os.geteuid() == 0:
        prefix += ['setpriv', f'--reuid={NOBODY}', f'--regid={NOBODY}', '--clear-groups']
        for made in (clone, home):
            subprocess.run(['chown', '-R', f'{NOBODY}:{NOBODY}', made], check=True)
    if not machine.network:
        prefix += ['unshare', '--map-root-user', '--net']
    if machine.installed:
        install(clone / '.venv', base)
    commands = [*(COMMANDS if machine.installed else COMMANDS[:2]), *[BROWSER] * machine.pages]
    return {command: run(prefix, command, clone, environment) for command in commands}


def linked_python(there: Path) -> Path:
    """A copy of this Python, in links: its own folder may be closed to others."""
    name = f'python{sys.version_info.major}.{sys.version_info.minor}'
    lib, program = Path('lib', name), Path('bin', name)
    ignored = shutil.ignore_patterns('site-packages', 'test', 'idlelib', '__pycache__')
    linked(Path(sys.base_prefix) / lib, there / lib, ignored)
    for library in Path(sys.base_prefix).glob('lib/libpython*'):
        os.link(library, there / 'lib' / library.name)
    (there / 'bin').mkdir()
    shutil.copy(Path(sys.base_prefix) / program, there / program)
    return there / program


def linked(source: Path, there: Path, ignored: Callable[..., set[str]] | None = None) -> None:
    """All files of a folder once more, without a second copy of what they hold."""
    shutil.copytree(source, there, copy_function=os.link, ignore=ignored, dirs_exist_ok=True)


def wheelhouse(folder: Path) -> dict[str, str]:
    """What makes pip install from a folder of wheels, into which it puts the locked ones."""
    pip = [sys.executable, '-m', 'pip', 'download', '-qqq', '--dest', str(folder)]
    subprocess.run([*pip, '-r', str(ROOT / 'requirements.txt')], check=True)
    return {'PIP_NO_INDEX': '1', 'PIP_FIND_LINKS': str(folder)}


def checkout(clone: Path) -> None:
    """A clone with what is not yet committed."""
    subprocess.run(['git', 'clone', '--quiet', str(ROOT), str(clone)], check=True)
    command = ['git', 'ls-files', '-z', '--cached', '--others', '--exclude-standard']
    listed = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    for name in filter(None, listed.stdout.split('\0')):
        (clone / name).parent.mkdir(parents=True, exist_ok=True)
        if (ROOT / name).is_file():
            shutil.copy(ROOT / name, clone / name)


def link_programs(folder: Path, without: tuple[str, ...]) -> None:
    """Links to all programs of this machine but these; of two, the one that is found first."""
    for place in map(Path, os.environ['PATH'].split(os.pathsep)):
        for program in place.iterdir() if place.is_dir() else ():
            away = any(fnmatch(program.name, pattern) for pattern in without)
            if not away and not (folder / program.name).is_symlink():
                (folder / program.name).symlink_to(program)


def install(there: Path, base: Path) -> None:
    """An environment of *base* with the packages of this one, as links."""
    subprocess.run([base, '-m', 'venv', '--without-pip', there], check=True)
    [packages] = there.glob('lib/python*/site-packages')
    linked(Path(sys.prefix) / packages.relative_to(there), packages)
    for stamp in STAMPS:
        (there / stamp).touch()


def run(prefix: list[str], command: str, clone: Path, environment: dict[str, str]) -> str:
    """How *command* ended: “ok 12 s”, with what was left out; or its last lines."""
    start = time.monotonic()
    done = subprocess.run(
        [*prefix, *command.split()],
        cwd=clone,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        errors='replace',
        check=False,
    )
    if done.returncode:
        return 'FAILED\n' + '\n'.join(done.stdout.splitlines()[-40:])
    left_out = sorted(set(re.findall(r'^SKIPPED .*?: (needs .*)', done.stdout, re.MULTILINE)))
    return f'ok {time.monotonic() - start:.0f} s' + ''.join(f'; {reason}' for reason in left_out)


def main(names: list[str]) -> int:
    """Print a row a command; 1 if one of them failed."""
    failed = False
    for name in names or MACHINES:
        with tempfile.TemporaryDirectory(prefix='rehearsal-') as folder:
            Path(folder).chmod(0o755)
            for command, result in rehearse(MACHINES[name], Path(folder)).items():
                failed |= result.startswith('FAILED')
                print(f'| {name} | {command} | {result} |', flush=True)
    return int(failed)


if __name__ == '__main__':
    sys.exit(main(sys.argv[1:]))
