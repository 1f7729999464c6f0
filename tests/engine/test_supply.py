"""What comes out: nothing outside of the folder."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pathlib import Path

    from tests.conftest import Small

BUILDERS = ('html', 'epub', 'typst', 'tei')
PICTURE = (  # the smallest PNG
    b'\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x01\0\0\0\x01\x08\6\0\0\0\x1f\x15\xc4\x89\0\0\0\rIDATx'
    b'\x9cc\xf8\xff\xff?\0\x05\xfe\x02\xfe\xa75\x81\x84\0\0\0\0IEND\xaeB`\x82'
)


def files(folder: Path) -> set[Path]:
    return {path for path in folder.rglob('*') if path.is_file()}


@pytest.mark.slow
@pytest.mark.parametrize(
    ('old', 'new'),
    [
        ('siglum: letter', 'siglum: ../../letter'),
        ('siglum: letter', 'siglum: /letter'),
        ('# ', '# ![a picture](../../outside.png) '),
        ('# ', '![a picture](../../outside.png)\n\n# '),
        ('# ', '![a picture](/../outside.png)\n\n# '),
    ],
)
def test_nothing_is_written_elsewhere(small: Small, old: str, new: str) -> None:
    """The parent of the sources holds a picture, and `out` for all that is built."""
    parent = small.source.parent
    (parent / 'outside.png').write_bytes(PICTURE)
    small.replace('chapters/letter.md', old, new)
    before = files(parent)
    for builder in BUILDERS:
        built = small.build(builder)
        assert 'Traceback' not in built.output, builder + built.output
    outside = {path for path in files(parent) - before if parent / 'out' not in path.parents}
    assert outside == set()
    strays = {path.relative_to(parent / 'out').parts[0] for path in files(parent / 'out')} - {
        *BUILDERS,
        'doctrees',
    }
    assert strays == set()
