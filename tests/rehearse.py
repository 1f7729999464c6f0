"""Rehearse `make` and the tests on machines that lack something: `python -m tests.rehearse`.

Each machine is a clone in a folder whose name has a space, with a PATH of links to the programs
that are left, a home of its own and the packages that are installed here. All must be green, or
leave tests out in a line that says what they need.

    python -m tests.rehearse              every machine: a table, after half an hour
    python -m tests.rehearse bare         one of them, as `.ci/run` does
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

ROOT = Path(__file__).parents[1]
NOBODY = '65534'
BROWSERS = ('*chrom*', '*firefox*', '*WebKit*', 'MiniBrowser', 'geckodriver', 'epiphany*')
COMMANDS = ('make', 'make collate', 'make test-quick', 'make test-browser')
STAMPS = ('installed', 'installed-test')


@dataclass
class Machine:
    """What is not there, and how else it differs."""

    without: tuple[str, ...] = ()  # programs, as patterns
    environment: dict[str, str] = field(default_factory=dict)
    network: bool = True
    root: bool = True


MACHINES = {
    'no browser': Machine(BROWSERS, {'PLAYWRIGHT_BROWSERS_PATH': '/nowhere'}),
    'no Java': Machine(('java', 'javac')),
    'no Node.js': Machine(('node', 'nodejs', 'npm', 'npx', 'corepack')),
    'no Poppler': Machine(('pdf*',)),
    'no qpdf': Machine(('qpdf', 'zlib-flate', 'fix-qdf')),
    'no git': Machine(('git', 'git-*')),
    'no network': Machine(network=False),
    'no UTF-8': Machine(environment={'LANG': 'C', 'LC_CTYPE': 'POSIX', 'PYTHONCOERCECLOCALE': '0'}),
    'unknown locale': Machine(environment={'LC_ALL': 'de_DE.ISO-8859-1', 'LC_CTYPE': 'UTF-8'}),
    'user': Machine(root=False),
}
MACHINES['bare'] = Machine(
    tuple(pattern for machine in MACHINES.values() for pattern in machine.without),
    {k: v for machine in MACHINES.values() for k, v in machine.environment.items()},
    network=False,
    root=False,
)


def rehearse(machine: Machine, folder: Path) -> dict[str, str]:
    """Command -> how it ended on *machine*, whose files go into *folder*."""
    clone, home, programs = folder / 'an edition', folder / 'home', folder / 'programs'
    for made in (home, programs):
        made.mkdir()
    checkout(clone)
    shutil.rmtree(clone / '.git') if 'git' in machine.without else None
    link_programs(programs, machine.without)
    prefix: list[str] = []
    base = Path(sys.executable).resolve()
    if not machine.root and os.geteuid() == 0:
        setpriv = shutil.which('setpriv') or sys.exit('needs setpriv (Debian: util-linux)')
        prefix += [setpriv, f'--reuid={NOBODY}', f'--regid={NOBODY}', '--clear-groups']
        base = Path('/usr/bin/python3')  # that of root may lie where others cannot look
        subprocess.run(['chown', '-R', f'{NOBODY}:{NOBODY}', str(folder)], check=True)
    if not machine.network:
        prefix += ['unshare', '--map-root-user', '--net']
    install(clone / '.venv', base)
    environment = {
        'PATH': str(programs),
        'HOME': str(home),
        'TMPDIR': str(home),
        **machine.environment,
    }
    return {command: run(prefix, command, clone, environment) for command in COMMANDS}


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
    ours = Path(sys.prefix) / packages.relative_to(there)
    if not ours.is_dir():
        sys.exit(f'{base} is another Python than {sys.executable}')
    shutil.copytree(ours, packages, copy_function=os.link, dirs_exist_ok=True)
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
    (clone.parent / f'{command}.log').write_text(done.stdout, encoding='utf-8')
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
