"""The engine beside which an edition stands: copied, named, put under version control."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

ROOT = Path(__file__).parents[3]
# what belongs to any edition
KEPT = (
    '_ext', '_static', '_templates', '.ci', '.github', 'audit', 'benchmarks', 'tests', 'Makefile',
    '.gitignore', '.gitattributes', '.readthedocs.yaml', 'requirements.txt',
    'requirements-test.txt', 'CONTRIBUTING.md', 'LICENSES',
)  # fmt: skip
# tests that want to be told of the text: what it says, what they lend to each other
OF_MODEL = r'\b(expectations|test_browser)\b'
LEFT = shutil.ignore_patterns(
    '__pycache__',
    '.*_cache',
    '.hypothesis',
    'node_modules',
    '_build',
    '.venv',
    '.DS_Store',
    '*.pyc',
)


def copy_engine(folder: Path) -> None:
    """Copy what is no edition’s own into *folder*, without the motif of the model’s cover."""
    for name in KEPT:
        source = ROOT / name
        if source.is_dir():
            shutil.copytree(source, folder / name, ignore=LEFT, copy_function=shutil.copyfile)
        elif source.is_file():
            shutil.copyfile(source, folder / name)
    cover = re.search(r"'cover': '([^']+)'", (ROOT / 'conf.py').read_text(encoding='utf-8'))
    if cover:
        (folder / cover[1]).unlink(missing_ok=True)
    for test in (folder / 'tests').rglob('test_*.py'):
        if re.search(OF_MODEL, test.read_text(encoding='utf-8')):
            test.unlink()
    (folder / 'tests' / 'edition' / 'expectations.py').unlink(missing_ok=True)
    for script in folder.glob('.ci/*'):
        script.chmod(0o755)


def named_project(name: str, description: str) -> str:
    """pyproject.toml with the name of the new edition."""
    text = (ROOT / 'pyproject.toml').read_text(encoding='utf-8')
    for key, value in (('name', name), ('version', '0.1.0'), ('description', description)):
        said = value.replace('\\', '').replace('"', '”')
        text = re.sub(rf'^{key} = ".*"$', lambda _: f'{key} = "{said}"', text, count=1, flags=re.M)  # noqa: B023
    return text


def outputs() -> str:
    """The blocks of conf.py on the outputs: they name the styles and scripts that are copied."""
    text = (ROOT / 'conf.py').read_text(encoding='utf-8')
    return text[text.index('# web\n') :].strip()


def licence(head: str) -> str:
    """LICENSE: what is said of this edition, then the license of the software."""
    text = (ROOT / 'LICENSE').read_text(encoding='utf-8')
    return head + text[text.index('-' * 40) :]


def commit(folder: Path, message: str) -> str:
    """Put all under version control; why not, or ''."""

    def git(*arguments: str) -> None:
        subprocess.run(['git', *arguments], cwd=folder, check=True, capture_output=True)

    try:
        git('init', '--quiet', '--initial-branch=main')
        git('add', '--all')
        author: Sequence[str] = ()
        if subprocess.run(
            ['git', 'config', 'user.email'], cwd=folder, capture_output=True
        ).returncode:
            author = ('-c', 'user.name=The editors', '-c', 'user.email=editors@localhost')
        git(*author, '-c', 'commit.gpgsign=false', 'commit', '--quiet', '--message', message)
    except FileNotFoundError:
        return 'git is not installed; the folder is not under version control'
    except subprocess.CalledProcessError as error:
        return f'git: {error.stderr.decode(errors="replace").strip()}'
    return ''
