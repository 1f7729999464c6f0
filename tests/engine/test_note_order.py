"""The editors' notes stand by their letters, in whatever order they were written."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pikepdf
import pytest
from lxml import etree, html
from sphinx_edition.collation.tagged import Tagged

from tests.ebook import opened, words

if TYPE_CHECKING:
    from pathlib import Path

    from tests.conftest import Small

SONGS = ':::{editor-note} songs\n:certainty: high\n:sources: none\n\nA slip.\n:::\n'
ASLEEP = ':::{editor-note} asleep\n:certainty: high\n:sources: none\n\nAt last.\n:::\n'


@pytest.fixture
def written_backwards(small: Small) -> Small:
    """`songs` is cited within the translator's note 1, the first: it is “a”, and stands last."""
    small.replace('notes/translator.md', '`*.', '`*{note}`songs`.')
    small.replace('chapters/log.md', 'as a word', 'as a word{note}`asleep`')
    editor = small.read('notes/editor.md').replace('# Editor’s notes\n', '')
    small.write('notes/editor.md', f'# Editor’s notes\n\n{ASLEEP}{editor}\n{SONGS}')
    return small


def built(small: Small, builder: str) -> Path:
    build = small.build(builder)
    assert build.status == 0, build.output
    return build.outdir


def test_on_the_web(written_backwards: Small) -> None:
    folder = built(written_backwards, 'html')
    page = html.parse(folder / 'notes' / 'editor.html')
    listed = page.xpath('//div[starts-with(@id, "note-")]//a[contains(@class, "backlink")]')
    assert [words(link) for link in listed] == ['a.', 'b.', 'c.']


def test_in_the_e_book(written_backwards: Small) -> None:
    [file] = built(written_backwards, 'epub').glob('*.epub')
    book = opened(file)
    links = book.tree('notes/editor.xhtml').xpath('//*[@role="doc-backlink"]')
    assert [words(link) for link in links] == ['a.', 'b.', 'c.']


def test_in_print(written_backwards: Small) -> None:
    [file] = built(written_backwards, 'typst').glob('*.pdf')
    with pikepdf.open(file) as pdf:
        root = Tagged(pdf).root
    assert [note.find('Lbl')[0].text() for note in root.find('Note')] == ['1.', 'a', 'b', 'c']
    assert any('(a, b, c)' in block.text() for block in root.children)


def test_in_tei(written_backwards: Small) -> None:
    [file] = built(written_backwards, 'tei').glob('two-*.xml')
    notes = etree.parse(file).findall('.//{*}note[@type="editor"]')
    assert [note.get('n') for note in notes] == ['a', 'b', 'c']
