"""Large editions, on a small scale: complete, and no page grows with the number of the others."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from sphinx_edition.data.records import Citation, Mention

from benchmarks.__main__ import chapters_in
from benchmarks.generate import generate
from benchmarks.stock import translate
from tests.conftest import ROOT, run_sphinx
from tests.edition.conftest import CHAPTERS

if TYPE_CHECKING:
    from pathlib import Path

    from sphinx_edition.data.registry import Registry

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


def test_the_same_words_go_to_plain_sphinx(tmp_path: Path, registry: Registry) -> None:
    """What is measured against has the same text."""
    translate(ROOT, tmp_path)
    for chapter in CHAPTERS:
        text = (tmp_path / f'{chapter}.md').read_text(encoding='utf-8')
        page = registry.documents[chapter]
        named = {mark.key for mark in page.marks if isinstance(mark, Mention)}
        cited = {mark.key for mark in page.marks if isinstance(mark, Citation)}
        assert {*re.findall(r'\]\(#([\w-]+)\)', text)} >= named
        assert {*re.findall(r'\[\^([\w-]+)\]: ', text)} >= cited
        assert not re.search(r'(?<!\\)\{', text)
