"""The same sources give the same files: after any edit, in parallel, beside others, anywhere."""

from __future__ import annotations

import os
import random
import re
import time
from typing import TYPE_CHECKING

import pytest
from sphinx.builders import Builder
from sphinx_edition.web.builder import WebBuilder

from tests.conftest import MINI, Small

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

OUTPUTS = ('html', 'epub', 'typst', 'tei')


@pytest.fixture(autouse=True)
def epoch(monkeypatch: pytest.MonkeyPatch) -> None:
    """Outputs are dated by the sources, not by the clock."""
    monkeypatch.setenv('SOURCE_DATE_EPOCH', '1700000000')


def files(folder: Path) -> dict[str, bytes]:
    """What a reader gets: every file of an output, without what Sphinx keeps for itself."""
    found = {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob('*'))
        if path.is_file() and path.name not in {'.buildinfo', '.buildinfo.bak'}
    }
    if 'searchindex.js' in found:  # a word that stands nowhere any more keeps an empty list
        found['searchindex.js'] = re.sub(rb'"[^"]+":\[\],?', b'', found['searchindex.js'])
    return found


def differing(one: dict[str, bytes], other: dict[str, bytes]) -> list[str]:
    return sorted(name for name in one.keys() | other.keys() if one.get(name) != other.get(name))


# what an editor does to the small edition: each is undone by its opposite
def swap(file: str, one: str, other: str) -> Callable[[Small], None]:
    def edit(small: Small) -> None:
        text = small.read(file)
        old, new = (one, other) if one in text else (other, one)
        small.replace(file, old, new)

    return edit


def move_note(small: Small) -> None:
    """Cite the editor's note in the other chapter, if there is one."""
    if not (small.source / 'chapters' / 'letter.md').exists():
        return
    for file, place in (('chapters/log.md', 'sleeps'), ('chapters/letter.md', 'verse')):
        text = small.read(file)
        if f'{place}{{note}}`fever`' in text:
            small.write(file, text.replace('{note}`fever`', ''))
        else:
            small.replace(file, place, f'{place}{{note}}`fever`')


def remove_chapter(small: Small) -> None:
    """Take out the letter, or put it back."""
    page = small.source / 'chapters' / 'letter.md'
    if page.exists():
        if '{note}' in page.read_text(encoding='utf-8'):
            return
        page.rename(small.source / 'letter.txt')
        small.replace('index.md', 'chapters/letter\n', '')
        small.replace('notes/editor.md', 'letter-1', 'log-2')
    else:
        (small.source / 'letter.txt').rename(page)
        small.replace('index.md', 'chapters/log\n', 'chapters/log\nchapters/letter\n')
        small.replace('notes/editor.md', 'log-2', 'letter-1')


NOTE = (
    ':::{editor-note} more\n:certainty: low\n:sources: amity\n\n'
    'More of {work}`it <atlas-of-winds>`.\n:::\n'
)


def add_note(small: Small) -> None:
    """Cite a further note before the others, or take it away: letters shift."""
    text = small.read('notes/editor.md')
    if NOTE in text:
        small.write('notes/editor.md', text.replace(NOTE, ''))
        small.replace('chapters/log.md', '{note}`more`', '')
    else:
        small.write('notes/editor.md', text + NOTE)
        small.replace('chapters/log.md', 'two grains', 'two grains{note}`more`')


EDITS: dict[str, Callable[[Small], None]] = {
    'rename a person': swap('notes/people.md', ':name: Tobias Quill', ':name: Tobias A. Quill'),
    'other dates of a life': swap('notes/people.md', '1838-11-30/1902', '1838/1903?'),
    'other line of a card': swap('notes/people.md', 'first mate\n', 'second mate\n'),
    'other event': swap('notes/people.md', '1872 leaves', '1873 leaves'),
    'mention more': swap('chapters/log.md', 'Fog again', '{person}`Fog <anna-lindqvist>` again'),
    'words around a mention': swap('chapters/log.md', 'has the fever', 'has a fever'),
    'words of a note': swap('notes/editor.md', 'A second paragraph', 'Another paragraph'),
    'slip more': swap('chapters/log.md', 'of\n', '{sic}`of <off>`\n'),
    'paragraph before others': swap('chapters/log.md', '{date}`*M', 'First words.\n\n{date}`*M'),
    'title of a chapter': swap('chapters/log.md', '# Fever and Fog', '# Fog and Fever'),
    'date of a chapter': swap('chapters/log.md', 'date: 1869-03-02', 'date: 1869-03-03'),
    'page of a part less': swap('notes/part.md', 'orphan-1\norphan-2', 'orphan-1'),
    'no title page any more': swap(
        'index.md', 'kind: title-page\nsiglum: title', 'siglum: title'
    ),
    'siglum of a chapter': swap('chapters/log.md', 'siglum: log', 'siglum: logs'),
    'year of a source': swap('notes/sources.bib', '1869', '1868'),
    'author of a source': swap('notes/sources.bib', 'Marrow, Elspeth', 'Marrow, E.'),
    'order of the chapters': swap(
        'index.md', 'chapters/log\nchapters/letter\n', 'chapters/letter\nchapters/log\n'
    ),
    'move a note': move_note,
    'note more': add_note,
    'chapter less': remove_chapter,
}  # fmt: skip


def prepare(small: Small) -> None:
    """Show all that one page can show of others; refer to no chapter whose siglum may change."""
    small.replace('conf.py', "html_theme = 'basic'", "html_theme = 'edition'")
    small.replace('index.md', 'Start with {passage}`log-1`.', 'Start.')
    overviews = ':::{chronology}\n:::\n\n:::{named}\n:::\n\n:::{lifelines}\n:at: 1869-03-02\n:::\n'
    for name, part in (
        ('part', '```{toctree}\norphan-1\norphan-2\n```\n'),
        ('orphan-1', ''),
        ('orphan-2', ''),
    ):
        small.write(f'notes/{name}.md', f'---\norphan: true\n---\n# The {name}\n\n{part}')
    small.replace('index.md', 'notes/about\n', 'notes/about\nnotes/part\n')
    small.write(
        'notes/about.md', small.read('notes/about.md') + f'\n{{term}}`half-watch`\n\n{overviews}'
    )


@pytest.mark.slow
@pytest.mark.parametrize('name', EDITS)
def test_after_one_edit_as_after_a_clean_build(name: str, small: Small, tmp_path: Path) -> None:
    prepare(small)
    assert small.build().status == 0
    EDITS[name](small)
    touch_later(small)
    after = small.build()
    clean = small.build(out=tmp_path / 'clean')
    assert after.status == clean.status == 0, after.warnings + clean.warnings
    assert differing(files(after.outdir), files(clean.outdir)) == []


@pytest.mark.slow
@pytest.mark.parametrize('seed', range(4))
def test_after_any_edits_as_after_a_clean_build(seed: int, small: Small, tmp_path: Path) -> None:
    dice = random.Random(seed)
    prepare(small)
    small.build()
    done = []
    for step in range(5):
        for name in dice.sample(sorted(EDITS), dice.randint(1, 3)):
            if name == 'order of the chapters' and 'chapter less' in done:
                continue
            if name == 'chapter less' and 'order of the chapters' in done:
                continue
            EDITS[name](small)
            done.append(name)
        touch_later(small)
        after = small.build()
        clean = small.build(out=tmp_path / f'clean-{step}')
        assert after.status == clean.status, after.warnings + clean.warnings
        assert differing(files(after.outdir), files(clean.outdir)) == [], done


def test_a_page_that_is_no_more_is_missed_where_it_was_listed(small: Small) -> None:
    prepare(small)
    assert small.build().status == 0
    (small.source / 'notes' / 'orphan-2.md').unlink()
    for _ in range(2):
        built = small.build()
        assert len(built.warnings) == 1, built.warnings
        assert re.match(
            "notes/part.md:6: .* nonexisting document 'notes/orphan-2'", built.warnings[0]
        )


def test_a_build_broken_off_leaves_no_page_behind(
    small: Small, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    prepare(small)
    assert small.build().status == 0
    EDITS['rename a person'](small)
    touch_later(small)
    with monkeypatch.context() as patch:
        patch.setattr(Builder, 'write', broken_off)
        assert small.build().status != 0
    after, clean = small.build(), small.build(out=tmp_path / 'clean')
    assert differing(files(after.outdir), files(clean.outdir)) == []


def broken_off(*_: object, **__: object) -> None:
    raise RuntimeError('broken off')


def touch_later(small: Small) -> None:
    """Let a changed file look newer: two builds may fall into one tick of the clock."""
    later = time.time() + 2
    for path in small.source.rglob('*'):
        if path.stat().st_mtime > later - 10:
            os.utime(path, (later, later))


def test_what_was_not_changed_is_not_written_again(small: Small) -> None:
    prepare(small)
    small.build()
    again = small.build()
    assert 'no targets are out of date' in again.output or '0 added, 0 changed' in again.output
    assert not re.search(r'writing output\.\.\. \[', again.output)


@pytest.mark.slow
def test_parallel_as_serial(small: Small, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(WebBuilder, 'BATCH', 5)
    many(small)
    serial = small.build('html', '-j', '1', out=tmp_path / 'serial')
    parallel = small.build('html', '-j', '2', out=tmp_path / 'parallel')
    assert serial.status == parallel.status == 0, parallel.warnings
    assert differing(files(serial.outdir), files(parallel.outdir)) == []


def many(small: Small) -> None:
    """Give the small edition enough chapters to be read in parallel."""
    names = [f'chapters/more-{n}' for n in range(12)]
    for n, name in enumerate(names):
        front = (
            f'kind: diary-entry\nsiglum: more-{n}\ndate: 1869-04-{n + 1:02}\nplace: port-amity\n'
        )
        front += 'author: elspeth-marrow\nlang: en\n'
        text = f'{{person}}`Tobias <tobias-quill>` again{{note}}`n{n}`.'
        small.write(f'{name}.md', f'---\n{front}---\n\n# Day {n}\n\n{text}\n')
    notes = ''.join(
        f'\n:::{{editor-note}} n{n}\n:certainty: low\n:sources: none\n\nNote {n}.\n:::\n'
        for n in range(12)
    )
    small.write('notes/editor.md', small.read('notes/editor.md') + notes)
    listed = '\n'.join(names)
    small.replace('index.md', 'chapters/letter\n', f'chapters/letter\n{listed}\n')


def rename(small: Small) -> None:
    small.replace('chapters/more-5.md', '# Day 5', '# The fifth day')


def add(small: Small) -> None:
    text = small.read('chapters/more-5.md').replace('{note}`n5`', '')
    small.write('chapters/other.md', text.replace('siglum: more-5', 'siglum: other'))
    small.replace('index.md', 'chapters/more-5\n', 'chapters/more-5\nchapters/other\n')


@pytest.mark.slow
@pytest.mark.parametrize('edit', [rename, add])
def test_a_long_book_is_not_written_again_for_one_chapter(
    edit: Callable[[Small], None], small: Small, tmp_path: Path
) -> None:
    prepare(small)
    many(small)
    small.write('notes/orphan-1.md', small.read('notes/orphan-1.md') + '\n[](../chapters/more-5)\n')
    for path in small.source.rglob('*'):
        os.utime(path, (time.time() - 60,) * 2)
    built = small.build()
    assert built.status == 0, built.warnings
    before = {page: page.stat().st_mtime_ns for page in built.outdir.rglob('*.html')}
    edit(small)
    touch_later(small)
    after, clean = small.build(), small.build(out=tmp_path / 'clean')
    assert after.status == clean.status == 0, after.warnings + clean.warnings
    assert differing(files(after.outdir), files(clean.outdir)) == []
    same = {page.stem for page, when in before.items() if page.stat().st_mtime_ns == when}
    assert {'more-0', 'more-1', 'more-9', 'more-10', 'more-11', 'editor'} <= same
    assert not same & {'index', 'more-3', 'more-5', 'more-8'}


@pytest.mark.slow
def test_outputs_do_not_disturb_each_other(small: Small, tmp_path: Path) -> None:
    prepare(small)
    for builder in OUTPUTS:
        together = small.build(builder, out=tmp_path / 'together')
        alone = small.build(builder, out=tmp_path / f'alone-{builder}')
        assert together.status == alone.status == 0, together.warnings
        assert differing(files(together.outdir), files(alone.outdir)) == [], builder


@pytest.mark.slow
def test_every_output_notices_an_edit(small: Small, tmp_path: Path) -> None:
    prepare(small)
    for builder in OUTPUTS:
        small.build(builder)
    EDITS['rename a person'](small)
    touch_later(small)
    for builder in OUTPUTS:
        after = small.build(builder)
        clean = small.build(builder, out=tmp_path / f'clean-{builder}')
        assert differing(files(after.outdir), files(clean.outdir)) == [], builder


def test_the_small_edition_stays_small() -> None:
    assert sum(path.stat().st_size for path in MINI.rglob('*') if path.is_file()) < 10_000
