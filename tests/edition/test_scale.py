"""Large editions, on a small scale: complete, and no page grows with the number of the others."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from tests.conftest import ROOT, run_sphinx

from benchmarks.__main__ import chapters_in
from benchmarks.generate import generate
from benchmarks.stock import translate

if TYPE_CHECKING:
    from pathlib import Path

FEW, MANY = 20, 80


def size(folder: Path) -> float:
    """Bytes of a chapter, on average."""
    pages = [page.stat().st_size for page in folder.glob('chapters/*.html')]
    return sum(pages) / len(pages)


@pytest.mark.slow
def test_pages_do_not_grow_with_the_edition(tmp_path: Path) -> None:
    sizes = {}
    for chapters in (FEW, MANY):
        source = tmp_path / str(chapters)
        generate(source / 'edition', chapters)
        built = run_sphinx(source / 'edition', 'html', source)
        assert built.status == 0, built.warnings
        sizes[chapters] = size(built.outdir)
    assert sizes[MANY] < 1.1 * sizes[FEW]


@pytest.mark.slow
@pytest.mark.parametrize(
    ('builder', 'suffix'), [('epub', 'epub'), ('tei', 'xml'), ('typst', 'pdf')]
)
def test_outputs_hold_every_chapter(tmp_path: Path, builder: str, suffix: str) -> None:
    generate(tmp_path / 'edition', FEW)
    built = run_sphinx(tmp_path / 'edition', builder, tmp_path)
    assert built.status == 0, built.warnings
    files = [*built.outdir.glob(f'*.{suffix}')]
    [file] = [file for file in files if file.name != 'cmif.xml']
    assert chapters_in(file) == FEW


def test_the_same_words_go_to_plain_sphinx(tmp_path: Path) -> None:
    """What is measured against has the same text."""
    translate(ROOT, tmp_path)
    letter = (tmp_path / 'chapters' / 'letter.md').read_text(encoding='utf-8')
    assert 'My dear [Herbert](#herbert)' in letter
    assert '[^transmission]: ' in letter
    assert '{' not in letter
