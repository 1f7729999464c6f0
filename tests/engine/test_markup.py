"""What an editor types and the neutral doctree it becomes: the cases are in `fixtures/*.txt`."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from sphinx.testing.util import SphinxTestApp
from sphinx.util.console import strip_escape_sequences
from sphinx.util.docutils import docutils_namespace
from sphinx_edition.data.text import language
from sphinx_edition.reading.options import listed, paired
from sphinx_edition.reading.roles import split_target

from tests.conftest import Small

if TYPE_CHECKING:
    from collections.abc import Iterator

FIXTURES = Path(__file__).parent / 'fixtures'
CASE = re.compile(r'^(\S[^\n]*)\n\.\n(.*?)^\.\n(.*?)^\.$', re.MULTILINE | re.DOTALL)
CASES = {
    f'{file.stem}: {title}': (typed, expected)
    for file in sorted(FIXTURES.glob('*.txt'))
    for title, typed, expected in CASE.findall(file.read_text(encoding='utf-8'))
}
CONF = """
extensions = ['sphinx_edition']
include_patterns = ['*.md']
"""


@pytest.fixture(scope='module')
def trees(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, str]]:
    """Title of a case -> its tree once read, then the warnings of reading."""
    source = tmp_path_factory.mktemp('cases')
    root = Small(source)
    root.write('conf.py', CONF)
    names = {f'case-{n}': title for n, title in enumerate(CASES)}
    for docname, title in names.items():
        root.write(f'{docname}.md', CASES[title][0])
    root.write('index.md', '# Cases')
    with docutils_namespace():
        app = SphinxTestApp('dummy', srcdir=source, builddir=source / 'out')
        app.builder.read()
        said = strip_escape_sequences(app.warning.getvalue()).replace(f'{source}/', '').splitlines()
        yield {
            title: ''.join(node.pformat('  ') for node in app.env.get_doctree(docname).children)
            + ''.join(
                f'{line}\n'
                for line in said
                if line.startswith(f'{docname}.md') and 'edition.markup' in line
            )
            for docname, title in names.items()
        }
        app.cleanup()


@pytest.mark.parametrize('title', CASES)
def test_tree(title: str, trees: dict[str, str]) -> None:
    assert re.sub(r'case-\d+', 'case', trees[title]) == CASES[title][1]


@pytest.mark.parametrize(
    ('content', 'halves'),
    [
        ('N. <natalia>', ('N.', 'natalia')),
        ('natalia', ('natalia', 'natalia')),
        ('the book\n<a-book>', ('the book', 'a-book')),
        ('*{sic}`a <b>` c* <d>', ('*{sic}`a <b>` c*', 'd')),
        ('1 < 2 <key>', ('1 < 2', 'key')),
        ('<key>', ('', 'key')),
        ('words <>', ('words', '')),
        ('a <b> c', ('a <b> c', 'a <b> c')),
        ('', ('', '')),
    ],
)
def test_split_target(content: str, halves: tuple[str, str]) -> None:
    assert split_target(content) == halves


def test_options_that_hold_several_values() -> None:
    assert listed(';')(' one ;two\n  words; ') == ('one', 'two words')
    assert paired('wikidata Q1; viaf 2') == (('wikidata', 'Q1'), ('viaf', '2'))
    with pytest.raises(ValueError, match='“Q1” stands alone'):
        paired('Q1')


@pytest.mark.parametrize('tag', ['ru', 'ru-Latn', 'sr-Latn-RS', 'grc', 'pt-BR'])
def test_languages(tag: str) -> None:
    assert language(tag) == tag == language(tag.replace('-', '_'))


@pytest.mark.parametrize('tag', ['French', '', 'r', 'ru.Latn', 'ru-', 'ру'])
def test_languages_that_are_none(tag: str) -> None:
    with pytest.raises(ValueError, match='BCP 47'):
        language(tag)
