"""Snippets: the words around a naming, as a reader sees them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from sphinx_edition.data.text import rounded, stressed

from tests.ebook import NS, opened

if TYPE_CHECKING:
    from tests.conftest import Small


@pytest.mark.parametrize(
    ('found', 'shown'),
    [
        (' this morning. The', ' this morning.'),
        (' for No. 7', ' for No. 7'),
        (' the war began; he', ' the war began'),
        (' was in New York of the', ' was in New York'),
        (' read it, he said', ' read it, he said'),
        (' of', ' of'),
        ('', ''),
    ],
)
def test_where_a_snippet_ends(found: str, shown: str) -> None:
    assert rounded(found) == shown


def test_words_are_emphasised_one_by_one_and_shown_as_one() -> None:
    assert stressed('by \x01The\x02 \x01Stone\x02, \x011913\x02') == [
        ('by ', False),
        ('The Stone', True),
        (', ', False),
        ('1913', True),
    ]
    assert stressed('') == []


def test_titles_keep_their_italics(small: Small) -> None:
    """In the words around a naming, and in those of the naming itself; of a title no half."""
    small.replace(
        'chapters/letter.md',
        'Do not answer in verse.',
        'I had *Fog* from {person}`Quill <tobias-quill>`, and there reads *Long Night of Fog*.',
    )
    build = small.build('epub')
    assert build.status == 0, build.output
    [file] = build.outdir.glob('*.epub')
    tree = opened(file).tree('notes/people.xhtml')
    snippets = [
        (''.join(item.itertext()), [''.join(em.itertext()) for em in item.iterfind('.//h:em', NS)])
        for item in tree.iterfind('.//h:li', NS)
    ]
    assert ('letter 2 … I had Fog from Quill, and there reads …', ['Fog']) in snippets
    winds = opened(file).tree('notes/others.xhtml')
    assert winds.findall('.//h:strong/h:em', NS), 'a title that is itself the naming'
