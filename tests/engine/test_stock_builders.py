"""Sphinx's own builders get through the neutral tree, and lose no word of the text."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.conftest import Small

WORDS = [
    'March 2, 1869. Fog again over Port Amity. Tobias',
    'has the fever; I gave him two grains',
    'I like god afften [good evening] as a word.',
    '[Letter to the mate]',
    'Port Amity, March 5, ’69',
    'Do not answer in verse.',
    'Last updated on 1 May 1872',
]
EMPHASIS = re.compile(r'\*|\\emph|\\sphinx\w+\{\}|[{}]|</?[a-z][^>]*>')


@pytest.mark.parametrize(
    'builder', ['text', 'xml', 'pseudoxml', 'latex', 'man', 'singlehtml', 'dirhtml', 'json']
)
def test_builder(builder: str, small: Small) -> None:
    built = small.build(builder)
    assert built.status == 0, built.warnings
    files = [path for path in built.outdir.rglob('*') if path.suffix not in {'.sty', '.cls', '.js'}]
    text = ''.join(path.read_text('utf-8', 'replace') for path in files if path.is_file())
    if builder in {'text', 'pseudoxml'}:
        text = ' '.join(EMPHASIS.sub('', text).split())
        if builder == 'text':
            for words in WORDS:
                assert words in text
    assert 'Do not answer in verse.' in text


def test_gettext(small: Small) -> None:
    built = small.build('gettext')
    assert built.status == 0, built.warnings
    catalogue = (built.outdir / 'chapters.pot').read_text(encoding='utf-8')
    assert 'chapters/log.md:12' in catalogue
    assert 'msgid "Do not answer in verse."' in catalogue


def test_linkcheck_finds_no_broken_address_within(small: Small) -> None:
    small.replace('notes/people.md', ':identifiers: wikidata Q1; viaf 2\n', '')
    assert small.build('linkcheck').status == 0
