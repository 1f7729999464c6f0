"""What the search page looks through: what is in it, by what it is found, in how large parts."""

from __future__ import annotations

import doctest
from itertools import pairwise
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sphinx_edition.web import search

from tests.engine.test_incremental import differing, files, touch_later
from tests.searching import having, part, searched

if TYPE_CHECKING:
    from pathlib import Path

    from tests.conftest import Small


@pytest.fixture
def book(small: Small) -> Small:
    small.replace('conf.py', "html_theme = 'basic'", "html_theme = 'edition'")
    return small


def test_what_the_functions_say_of_themselves() -> None:
    assert doctest.testmod(search).failed == 0


@pytest.mark.parametrize(
    ('text', 'word'),
    [
        ('Jean d’Alembert', 'alembert'),
        ('Jean d’Alembert', 'dalembert'),
        ('L’Humanité', 'humanite'),
        ('Łódź', 'lodz'),
        ('Søren Kierkegaard', 'soren'),
        ('Đilas', 'dilas'),
        ('Strauß', 'strauss'),
        ('concentra\xadtion', 'concentration'),
        ('a step-child', 'stepchild'),
        ('a step-child', 'child'),
        ('L.T. said', 'lt'),
        ('Serge’s', 'serge'),
    ],
)
def test_a_word_is_found_without_its_accents_and_what_stands_within(text: str, word: str) -> None:
    assert word in search.words(text)


@pytest.mark.parametrize(
    'spellings',
    [
        'trotsky trotskii trotski trotzki троцкии',
        'rakovsky rakovski racovski rakowsky раковскии',
        'kravchenko kravtchenko krawchenko krawtschenko кравченко',
        'mandelstam mandelshtam mandelstamm мандельштам',
        'serge serge',
    ],
)
def test_spellings_of_a_name_share_a_skeleton(spellings: str) -> None:
    assert len({search.skeleton(word) for word in spellings.split()}) == 1


def test_other_names_have_other_skeletons() -> None:
    names = 'trotsky rakovsky kravchenko mandelstam serge stalin istrati aliger utkin'.split()
    assert len({search.skeleton(name) for name in names}) == len(names)


def test_an_entry_has_its_forms_and_each_place_once(site: Path) -> None:
    [quill] = [text for text in searched(site) if text.id == 'tobias-quill' and text.places]
    assert quill.group == 'names'
    assert {'Toby Quill', 'The mate', 'ship’s mate'} <= {*quill.words.split('; ')}
    assert quill.places[:2] == ['log 1', 'log 2']
    assert len(quill.places) == len(set(quill.places))


def test_everything_is_looked_through(book: Small) -> None:
    book.write('notes/about.md', book.read('notes/about.md') + '\n## Method\n\nA quodlibet.\n')
    out = book.build().outdir
    assert {text.group for text in searched(out)} == {'names', 'text', 'notes', 'pages', 'sources'}
    [place] = having(out, 'quodlibet')
    assert (place.group, place.address) == ('pages', 'notes/about.html#method')
    prose = [text for text in searched(out) if text.group == 'pages']
    assert 'notes/people.html#tobias-quill' in [text.address for text in prose]


def test_a_text_is_found_by_what_it_is_called(site: Path) -> None:
    assert [text.id for text in having(site, '#letter1')] == ['letter-1']
    assert [text.group for text in having(site, '#notea')] == ['notes']
    assert [text.id for text in having(site, '#tobyquill')] == ['tobias-quill']


def test_what_is_gone_is_found_no_more(book: Small, tmp_path: Path) -> None:
    long = ''.join(f'Word{n} of many. ' * 40 + '\n\n' for n in range(60))
    about = book.read('notes/about.md')
    book.write('notes/about.md', f'{about}\n## More\n\n{long}')
    out = book.build().outdir
    many = len(list((out / '_static' / 'search').iterdir()))
    touch_later(book)
    book.write('notes/about.md', about)
    after = files(book.build().outdir)
    assert len(list((out / '_static' / 'search').iterdir())) < many
    assert differing(after, files(book.build(out=tmp_path / 'clean').outdir)) == []


def test_parts_are_small_and_in_order(book: Small) -> None:
    """However much there is: no part of a long book is larger than that of a short one."""
    for n in range(40):
        words = ' '.join(f'quay{n}x{m}' for m in range(300))
        book.write(f'notes/more-{n:02}.md', f'# More {n}\n\n{words}\n')
    names = '\n'.join(f'notes/more-{n:02}' for n in range(40))
    index = book.read('index.md')
    book.write('index.md', f'{index}\n```{{toctree}}\n:caption: More\n\n{names}\n```\n')
    out = book.build().outdir
    starts = part(out, 'index')['words']
    assert starts == sorted(starts)
    assert len(starts) > 5
    for path in (out / '_static' / 'search').iterdir():
        assert path.stat().st_size < 30_000, path.name
    first = [next(iter(part(out, f'w-{n}'))) for n in range(len(starts))]
    assert first == starts
    assert [text.id for text in having(out, 'quay7x5')] == ['more-7']


@given(st.lists(st.integers(0, 10_000), min_size=1, unique=True))
def test_steps_lead_to_the_numbers(numbers: list[int]) -> None:
    numbers.sort()
    steps = [int(step, 36) for step in search.steps(numbers).split()]
    assert steps[0] == numbers[0]
    assert steps[1:] == [after - before for before, after in pairwise(numbers)]
