"""Time and memory of builds of many sizes, ours and plain Sphinx's, as a table.

    python -m benchmarks

Seconds are those of the processor, all processes together: on a machine that is busy with other
things they say more than those of the clock, which stand beside them. Memory is that of the
largest process. All builds run as the Makefile runs them, with `-j auto`.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import NamedTuple
from zipfile import ZipFile

import pikepdf

from .generate import MAKERS, ROOT, dress, generate
from .stock import translate

SMALL, MIDDLE, LARGE = 340, 500, 3400  # chapters
FOLDERS = {'html': 'html', 'epub': 'epub', 'typst': 'pdf', 'tei': 'tei'}


class Cost(NamedTuple):
    """What a build took."""

    seconds: float  # of the processor
    clock: float
    memory: float  # MB

    def __str__(self) -> str:
        return f'{self.seconds:7.1f} s | {self.clock:7.1f} s | {self.memory:6.0f} MB'


def build(source: Path, builder: str = 'html') -> Cost:
    """Run sphinx-build and weigh it."""
    target = source.parent / f'{source.name}-{FOLDERS[builder]}'
    trees = source.parent / f'{source.name}-doctrees'
    command = [sys.executable, '-m', 'sphinx', '-q', '-j', 'auto', '-b', builder, '-d', trees]
    start = time.monotonic()
    process = subprocess.Popen([*command, source, target])
    _, status, usage = os.wait4(process.pid, 0)
    if status:
        raise SystemExit(f'{builder} of {source.name} failed')
    seconds = usage.ru_utime + usage.ru_stime
    return Cost(seconds, time.monotonic() - start, usage.ru_maxrss / 1024)


def show(name: str, value: object = '', remark: str = '') -> None:
    """A row of the table."""
    print(f'| {name:42} | {value or "        – |         – |         –"} | {remark} |', flush=True)


def ratio(what: float, limit: float) -> str:
    """A remark."""
    return f'{what:.2f} (wanted: at most {limit})'


def measure(folder: Path) -> None:
    """Print the table."""
    show('', 'processor | clock     | memory   ', '')
    print('|---|--:|--:|--:|---|')
    real(folder)
    costs = {}
    for chapters in (SMALL, MIDDLE):
        costs[chapters] = pages(folder, chapters)
    translate(folder / f'days-{MIDDLE}', folder / f'stock-{MIDDLE}')
    stock = build(folder / f'stock-{MIDDLE}')
    show(f'HTML, {MIDDLE} chapters, plain Sphinx', stock, '')
    faster = stock.seconds / costs[MIDDLE].seconds
    show('… plain Sphinx to ours, time', '', f'{faster:.1f} (wanted: at least 5)')
    show('… ours to plain Sphinx, memory', '', ratio(costs[MIDDLE].memory / stock.memory, 1.5))
    costs[LARGE] = pages(folder, LARGE)
    small = (costs[SMALL].seconds + pages(folder, SMALL).seconds) / 2
    growth = costs[LARGE].seconds / LARGE / (small / SMALL)
    show(f'… a chapter of {LARGE} to one of {SMALL}', '', ratio(growth, 1.3))
    rebuilds(folder / f'days-{LARGE}', costs[LARGE])
    others(folder)


def pages(folder: Path, chapters: int) -> Cost:
    """A generated edition for the web, read and written anew."""
    for old in ('', '-doctrees', '-html'):
        shutil.rmtree(folder / f'days-{chapters}{old}', ignore_errors=True)
    generate(folder / f'days-{chapters}', chapters)
    cost = build(folder / f'days-{chapters}')
    show(f'HTML, {chapters} chapters', cost, f'{1000 * cost.seconds / chapters:.0f} ms a chapter')
    return cost


def real(folder: Path) -> None:
    """The edition itself, and the same chapters and notes for plain Sphinx."""
    ours = folder / 'edition'
    for name in ('chapters', 'notes'):
        shutil.copytree(ROOT / name, ours / name)
    for name in ('index.md', 'CHANGELOG.md'):
        shutil.copy(ROOT / name, ours)
    dress(ours)
    translate(ours, folder / 'stock')
    cost, stock = build(ours), build(folder / 'stock')
    show('HTML, the edition itself', cost)
    show('HTML, the same text, plain Sphinx', stock)
    show('… ours to plain Sphinx, time', '', ratio(cost.seconds / stock.seconds, 1.2))


def rebuilds(source: Path, clean: Cost) -> None:
    """After one chapter was edited: a word of it, then a naming of the one most often named."""
    path = source / 'chapters' / 'day-1700.md'
    text = path.read_text(encoding='utf-8')
    path.write_text(re.sub(r'(?m)^(\w+ )(\w+ ){3}', r'\1', text, count=1), encoding='utf-8')
    cut = build(source)
    path.write_text(f'{text}\n{{person}}`The author <{MAKERS[0]}>`\n', encoding='utf-8')
    named = build(source)
    for edit, cost in (('three words cut', cut), ('one more naming', named)):
        shares = f'{cost.seconds / clean.seconds:.3f} and {cost.clock / clean.clock:.3f}'
        show(f'HTML, {LARGE} chapters, {edit}', cost, f'{shares} of the whole')
    show('', '', 'wanted: at most 0.05')


def others(folder: Path) -> None:
    """E-book, print and TEI; every chapter must be there."""
    for builder in ('epub', 'tei', 'typst'):
        costs = {}
        for chapters in (SMALL, LARGE):
            source = folder / f'days-{chapters}'
            costs[chapters] = build(source, builder)
            [file] = [
                file
                for file in folder.glob(f'{source.name}-{FOLDERS[builder]}/*')
                if file.suffix in ('.epub', '.pdf', '.xml') and file.stem != 'cmif'
            ]
            found, size = chapters_in(file), file.stat().st_size / 1e6
            remark = f'{found} chapters, {size:.1f} MB'
            show(f'{FOLDERS[builder].upper()}, {chapters} chapters', costs[chapters], remark)
            assert found == chapters, f'{file.name} is not complete'
        growth = costs[LARGE].seconds / LARGE / (costs[SMALL].seconds / SMALL)
        show(f'… a chapter of {LARGE} to one of {SMALL}', '', f'{growth:.2f}')


def chapters_in(file: Path) -> int:
    """How many chapters an e-book, a TEI document or a PDF holds."""
    match file.suffix:
        case '.epub':
            with ZipFile(file) as book:
                return sum('/day-' in name for name in book.namelist())
        case '.xml':
            return len(re.findall('<div type="(?:entry|letter)"', file.read_text(encoding='utf-8')))
        case _:
            with pikepdf.open(file) as pdf, pdf.open_outline() as outline:
                titles = [item.title for item in walk(outline.root)]
            return sum(title.startswith('Day ') for title in titles)


def walk(items: list[pikepdf.OutlineItem]) -> list[pikepdf.OutlineItem]:
    """All lines of an outline."""
    return [found for item in items for found in (item, *walk(item.children))]


if __name__ == '__main__':
    with tempfile.TemporaryDirectory() as name:
        measure(Path(name))
