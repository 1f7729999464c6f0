"""The evidence of the edition in this folder: every claim has sources, which were read.

It is read from the files themselves, by regular expressions and pybtex, without the extension. The
rules:

- An editor's note or an entry gives its certainty and its sources; only what is `unknown` may say
  `none`.
- Of every source the bibliography says in `read` what was read: `full`, `part`, `abstract` or
  `unseen`.
- In notes and entries a source is cited with a pinpoint, `key{p. 3}`. Sources with
  `nature = {whole}` need none: they have no pages, or are too short to be pointed into.
- Of a source of which the abstract was read, the abstract is the evidence: the pinpoint says so.
- A source that is `unseen` is evidence of nothing: it never stands under `:sources:`. The prose may
  cite it, to say that it exists.
"""

from __future__ import annotations

import csv
import re
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import pytest
from pybtex.database import Entry, parse_file

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).parents[2]
NOTES = {path.name: path.read_text('utf-8') for path in sorted((ROOT / 'notes').glob('*.md'))}
SOURCES = ROOT / 'notes' / 'sources.bib'  # an edition may have none yet
BIBLIOGRAPHY: dict[str, Entry] = (
    dict(parse_file(SOURCES, 'bibtex').entries) if SOURCES.is_file() else {}
)

KINDS = 'person|place|work|org|term|editor-note'
RECORD = re.compile(
    rf'^:::\{{(?P<kind>{KINDS})\}} (?P<key>\S+)\n(?P<options>(?::\w+:[^\n]*\n)*)(?P<body>.*?)^:::$',
    re.MULTILINE | re.DOTALL,
)
OPTION = re.compile(r'^:(?P<name>\w+):\s*(?P<value>.*)$', re.MULTILINE)
CITE = re.compile(r'\{cite(?::\w+)?\}`(?P<sources>[^`]+)`')
SOURCE = re.compile(r'\s*(?P<key>[^{},\s]+)(?:\{(?P<pinpoint>[^{}]*)\})?\s*(?:,|$)')
MARK = re.compile(r'\{note\}`(?P<key>[^`]+)`')

READ = ('full', 'part', 'abstract', 'unseen')


class Source(NamedTuple):
    """A source as it is cited: its key and where in it, which may be empty."""

    key: str
    pinpoint: str


def sources(listed: str) -> list[Source]:
    """What a list such as `a{p. 3}, b` cites. Raises ValueError if it is no such list."""
    found, position = [], 0
    while position < len(listed):
        match = SOURCE.match(listed, position)
        if match is None:
            raise ValueError(f'no list of sources: {listed}')
        found.append(Source(match['key'], match['pinpoint'] or ''))
        position = match.end()
    return found


class Record(NamedTuple):
    """A note or an entry: a name for messages, its options, its prose."""

    name: str
    options: dict[str, str]
    body: str

    @property
    def sources(self) -> list[Source]:
        return [source for source in sources(self.options['sources']) if source.key != 'none']

    @property
    def cited(self) -> list[Source]:
        return [
            source for match in CITE.finditer(self.body) for source in sources(match['sources'])
        ]


RECORDS = [
    Record(
        f'{page}: {match["key"]}',
        {option['name']: option['value'] for option in OPTION.finditer(match['options'])},
        match['body'],
    )
    for page, text in NOTES.items()
    for match in RECORD.finditer(text)
]
each_record = pytest.mark.parametrize('record', RECORDS, ids=lambda record: record.name)
each_source = pytest.mark.parametrize('key', BIBLIOGRAPHY)


def test_nothing_is_overlooked() -> None:
    opened = [
        line
        for text in NOTES.values()
        for line in text.splitlines()
        if re.match(rf':::\{{(?:{KINDS})\}}', line)
    ]
    assert len(RECORDS) == len(opened) > 0


@each_record
def test_every_note_and_entry_says_its_certainty_and_its_sources(record: Record) -> None:
    assert record.options['certainty'] in ('high', 'medium', 'low', 'unknown')
    assert record.sources or record.options['certainty'] == 'unknown'


@each_record
def test_sources_are_pointed_into(record: Record) -> None:
    bare = [
        source.key
        for source in (*record.sources, *record.cited)
        if not source.pinpoint
        and (entry := BIBLIOGRAPHY[source.key]).fields.get('nature') != 'whole'
        and entry.fields['read'] != 'unseen'
    ]
    assert not bare


@each_record
def test_an_abstract_is_called_one(record: Record) -> None:
    for source in (*record.sources, *record.cited):
        if BIBLIOGRAPHY[source.key].fields['read'] == 'abstract':
            assert source.pinpoint.startswith('abstract'), source.key


@each_record
def test_what_was_not_seen_is_no_evidence(record: Record) -> None:
    unseen = [
        source.key
        for source in record.sources
        if BIBLIOGRAPHY[source.key].fields['read'] == 'unseen'
    ]
    assert not unseen


@pytest.mark.parametrize('page', NOTES)
def test_the_bibliography_has_every_source_that_is_cited(page: str) -> None:
    cited = {
        source.key for match in CITE.finditer(NOTES[page]) for source in sources(match['sources'])
    }
    assert cited <= set(BIBLIOGRAPHY)


@each_source
def test_every_source_says_what_was_read(key: str) -> None:
    fields = BIBLIOGRAPHY[key].fields
    assert fields.get('read') in READ
    assert fields.get('nature', 'whole') == 'whole'


def test_every_source_is_cited() -> None:
    cited = {
        source.key
        for text in NOTES.values()
        for match in CITE.finditer(text)
        for source in sources(match['sources'])
    } | {source.key for record in RECORDS for source in record.sources}
    for table in (ROOT / 'notes').glob('*.csv'):  # of numbers, each with its source
        cited |= {row['source'] for row in csv.DictReader(table.read_text('utf-8').splitlines())}
    assert set(BIBLIOGRAPHY) - cited == set()


@each_source
def test_the_bibliography_has_one_style(key: str) -> None:
    entry = BIBLIOGRAPHY[key]
    fields = entry.fields
    words = ' '.join(value for name, value in fields.items() if name not in ('url', 'doi'))
    assert not re.search('["“”\']', words), 'typographical quotation marks, single ones'
    assert not re.search(r'\d-\d', fields.get('pages', '')), 'a dash between pages'
    assert re.fullmatch(r'https?://\S+', fields.get('url', 'https://-')), 'a whole address'
    assert not fields.get('note', '').endswith('.'), 'the full point is the style’s'
    if entry.type == 'book':
        assert {'publisher', 'address', 'year'} <= set(fields), 'place, publisher and year'
    else:
        assert 'publisher' not in fields, 'what has a publisher is a book, with place and year'


@each_source
def test_no_source_is_named_twice(key: str) -> None:
    entry = BIBLIOGRAPHY[key]
    names = {str(person).strip('{}') for person in entry.persons.get('author', ())}
    title = entry.fields.get('title', '').strip('{}')
    assert names, 'without an author the label is the title, which is then said twice'
    assert title not in names
    assert not any(title and f'‘{title}’' in name for name in names)


# the editor's notes


def chapters() -> list[str]:
    """The texts of the chapters, in the order of the table of contents."""
    order = re.findall(r'^chapters/\S+$', (ROOT / 'index.md').read_text('utf-8'), re.MULTILINE)
    return [(ROOT / f'{name}.md').read_text('utf-8') for name in order]


def called_for() -> list[str]:
    """The keys of the editor's notes as readers meet them.

    Those within a note of the witness come with its mark.
    """
    witness = {
        match['key']: match['body']
        for text in NOTES.values()
        for match in re.finditer(
            r'^:::\{(?!editor-)[a-z-]+-note\} (?P<key>\S+)\n(?P<body>.*?)^:::$',
            text,
            re.MULTILINE | re.DOTALL,
        )
    }

    def within(text: str) -> Iterator[str]:
        for mark in MARK.finditer(text):
            if mark['key'] in witness:
                yield from within(witness[mark['key']])
            else:
                yield mark['key']

    return list(dict.fromkeys(key for text in chapters() for key in within(text)))


def test_the_editors_notes_stand_in_the_order_in_which_they_are_called_for() -> None:
    defined = [
        match['key']
        for text in NOTES.values()
        for match in RECORD.finditer(text)
        if match['kind'] == 'editor-note'
    ]
    assert defined == called_for()
