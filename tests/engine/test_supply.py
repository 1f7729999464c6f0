"""What goes in and what comes out: locked packages, no network, nothing outside of the folder."""

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

    from tests.conftest import Small

BUILDERS = ('html', 'epub', 'typst', 'tei')
PICTURE = (  # the smallest PNG
    b'\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x01\0\0\0\x01\x08\6\0\0\0\x1f\x15\xc4\x89\0\0\0\rIDATx'
    b'\x9cc\xf8\xff\xff?\0\x05\xfe\x02\xfe\xa75\x81\x84\0\0\0\0IEND\xaeB`\x82'
)


OFFLINE = """
import socket, sys
from sphinx.cmd.build import main

def refuse(*arguments, **more):
    raise OSError('a build must not use the network')

socket.socket.connect = socket.getaddrinfo = refuse
sys.exit(main(sys.argv[1:]))
"""


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
