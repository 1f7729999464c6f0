"""The data of an edition and the questions asked of it, without Sphinx."""

from __future__ import annotations

import pickle
from dataclasses import replace

import pytest
from sphinx_edition.data.checks import problems
from sphinx_edition.data.problems import suggestion
from sphinx_edition.data.records import (
    Citation,
    Edition,
    Emendation,
    Entry,
    Mention,
    Note,
    Page,
    Passage,
    Reference,
)
from sphinx_edition.data.registry import Registry
from sphinx_edition.data.text import letters


def entry(key: str = 'ann', kind: str = 'person', docname: str = 'people') -> Entry:
    return Entry(kind, key, key.title(), key.title(), docname, 3)


def passage(n: str, docname: str = 'log', siglum: str = 'log') -> Passage:
    return Passage(f'{siglum}-{n}', siglum, n, docname, 9, 'text')


def mention(
    key: str = 'ann', within: str = 'log-1', docname: str = 'log', kind: str = 'person'
) -> Mention:
    return Mention(f'{within}-{key}', docname, 9, within, key, kind=kind, key=key)


def cited(key: str, within: str = 'log-1', docname: str = 'log') -> Citation:
    return Citation(f'ref-{key}', docname, 9, within, '', key=key)


def note(key: str, hand: str = 'editor') -> Note:
    return Note(key, hand, 'notes', 5)


def registry(**records: list) -> Registry:
    """A text, its notes and its people, in that order."""
    return Registry(
        [
            Page('log', passages=[passage('1'), passage('2')], marks=records.get('marks', [])),
            Page('notes', notes=records.get('notes', [])),
            Page('people', entries=records.get('entries', [entry()])),
        ]
    )


def complaints(book: Registry) -> list[str]:
    return [f'{p.docname}:{p.line}: {p.message}' for p in problems(book)]


def test_mentions_stand_in_reading_order_and_leave_out_the_editors_prose() -> None:
    first, second, prose = mention(), mention(within='log-2'), mention(within='')
    book = registry(marks=[first, prose, second])
    assert book.mentions['person', 'ann'] == [first, second]
    assert book.mentions['person', 'bob'] == []


def test_two_kinds_may_share_a_key() -> None:
    place = entry(kind='place')
    book = registry(entries=[entry(), place], marks=[mention(kind='place')])
    assert book.entries['place', 'ann'] is place
    assert not book.mentions['person', 'ann']


def test_labels_are_the_witness_numbers_and_letters_in_the_order_of_citing() -> None:
    notes = [note('uncited'), note('b'), note('7', 'translator'), note('a')]
    book = registry(notes=notes, marks=[cited('a'), cited('7'), cited('b'), cited('ghost')])
    assert book.labels == {'7': '7', 'a': 'a', 'b': 'b'}


@pytest.mark.parametrize(
    ('n', 'label'), [(0, 'a'), (25, 'z'), (26, 'aa'), (51, 'az'), (52, 'ba'), (701, 'zz')]
)
def test_letters(n: int, label: str) -> None:
    assert letters(n) == label


def test_letters_never_repeat() -> None:
    assert len({letters(n) for n in range(5000)}) == 5000


def test_loci_read_as_a_reader_cites_them() -> None:
    book = registry(notes=[note('x')], marks=[cited('x')])
    assert book.locus(mention()) == 'log 1'
    assert book.locus(mention(within='note-x')) == 'note a'
    assert passage('dateline').label == 'log, dateline'
    assert passage('1', siglum='log-two').label == 'log two 1'


def test_places_know_the_document_of_every_id() -> None:
    book = registry(
        notes=[note('x')], marks=[mention(), cited('x'), Emendation('', 'log', 9, '', '')]
    )
    assert book.places == {
        'log-1': 'log',
        'log-2': 'log',
        'log-1-ann': 'log',
        'ref-x': 'log',
        'note-x': 'notes',
    }


def test_a_sound_edition_has_no_problems() -> None:
    assert complaints(registry(notes=[note('x')], marks=[mention(), cited('x')])) == []


def test_problems_name_both_places_and_the_nearest_key() -> None:
    book = Registry(
        [
            Page('one', passages=[passage('1', 'one')], entries=[entry(docname='one')]),
            Page(
                'two',
                passages=[passage('1', 'two')],
                entries=[entry(docname='two')],
                marks=[mention(docname='two'), replace(mention('anm'), docname='two')],
                references=[Reference('log-2', 'two', 4)],
            ),
        ]
    )
    assert complaints(book) == [
        'two:3: the entry “ann” is already defined at one:3; give one of the two another',
        'two:9: the siglum “log” is already defined at one:9; give one of the two another',
        'two:9: no person has the key “anm”; did you mean “ann”?'
        ' (new ones go into a register under notes/)',
        'two:4: no passage is called “log-2”; did you mean “log-1”?',
    ]


def test_notes_are_cited_once_and_in_order() -> None:
    notes = [note('1', 'translator'), note('2', 'translator'), note('x'), note('never')]
    marks = [mention(), cited('2'), cited('1'), cited('x'), cited('x', 'log-2')]
    found = complaints(registry(notes=notes, marks=marks))
    assert [text.partition(';')[0] for text in found] == [
        'notes:5: note “never” is never cited',
        'log:9: note “x” is already cited at log:9',
        'log:9: note 1 is cited after note 2',
    ]


def test_a_note_cited_in_a_note_is_lettered_after_it() -> None:
    notes = [note(key) for key in ('x', 'y', 'z')]
    marks = [cited('x'), cited('y', 'log-2'), cited('z', 'note-x', 'notes')]
    assert registry(notes=notes, marks=marks).labels == {'x': 'a', 'z': 'b', 'y': 'c'}


def test_suggestion() -> None:
    assert suggestion('koko', ['koka', 'becker']) == '; did you mean “koka”?'
    assert suggestion('zzzz', ['koka']) == ''


STALE = {
    'a person renamed': ('log', {'entries': [replace(entry(), name='Anna')]}),
    'a mention more': ('people', {'marks': [mention(), mention(within='log-2'), cited('x')]}),
    'other words around it': ('people', {'marks': [replace(mention(), before='so '), cited('x')]}),
    'a note changed': ('log', {'notes': [replace(note('x'), body='other')]}),
    'a note no longer cited': ('notes', {'marks': [mention()]}),
}


@pytest.mark.parametrize(('docname', 'change'), STALE.values(), ids=STALE)
def test_what_a_page_shows_of_others_changes_with_them(docname: str, change: dict) -> None:
    records = {'entries': [entry()], 'notes': [note('x')], 'marks': [mention(), cited('x')]}
    before, after = registry(**records), registry(**{**records, **change})
    [old] = [before.shown(page) for page in before.pages if page.docname == docname]
    [new] = [after.shown(page) for page in after.pages if page.docname == docname]
    assert old != new


def test_records_can_be_pickled() -> None:
    page = Page('log', passages=[passage('1')], marks=[mention(), cited('x')], entries=[entry()])
    assert pickle.loads(pickle.dumps(page)) == page


EDITION = dict.fromkeys(
    ('title', 'author', 'editor', 'description', 'identifier', 'rights', 'licence'), 'x'
)


def test_the_edition_is_checked() -> None:
    edition = Edition.from_config(EDITION)
    assert (edition.title, edition.author, edition.translator) == ('x', ('x',), ())
    assert edition.source.row is None
    assert Edition.from_config(EDITION | {'author': ('x', 'y')}).author == ('x', 'y')
    with pytest.raises(ValueError, match='no field “tittle”; did you mean “title”'):
        Edition.from_config(EDITION | {'tittle': 'x'})
    with pytest.raises(ValueError, match='edition needs rights, title'):
        Edition.from_config({k: v for k, v in EDITION.items() if k not in {'title', 'rights'}})
    with pytest.raises(ValueError, match='EDTF'):
        Edition.from_config(EDITION | {'source': {'kind': 'book', 'title': 'x', 'date': 'spring'}})
    with pytest.raises(ValueError, match='“rights” must be words in quotes, not 12'):
        Edition.from_config(EDITION | {'rights': 12})
    with pytest.raises(ValueError, match='no field “journal”; say it in “source”'):
        Edition.from_config(EDITION | {'journal': 'x'})
    with pytest.raises(ValueError, match='source: a journal has no “publisher”'):
        Edition.from_config(
            EDITION | {'source': {'kind': 'journal', 'title': 'x', 'publisher': 'y'}}
        )
    with pytest.raises(ValueError, match=r'“kind: boook” is none of .*; did you mean “book”'):
        Edition.from_config(EDITION | {'source': {'kind': 'boook'}})
