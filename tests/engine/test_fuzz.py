"""An editor at work: after any edits, messages with their places, or four outputs as they must be.

A state machine edits the small edition and builds it again and again on what was built before.
What builds is the same, byte for byte, as from nothing, and holds the words that are typed, as a
reader of the sources finds them that shares no code with the engine. What does not build is told
with file and line, and is put back.

`FUZZ=50 python -m pytest tests/engine/test_fuzz.py` takes some ten minutes, and other ways each
time.
"""

from __future__ import annotations

import os
import random
import re
import shutil
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, Phase, note, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from tests import contract
from tests.conftest import MINI, Small
from tests.engine.test_incremental import OUTPUTS, differing, files, prepare, touch_later

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.conftest import Build

Dice = random.Random
PLACED = re.compile(
    r'\S[^:]*\.(md|py|bib)(:\d+)?: (WARNING|ERROR|CRITICAL): |ERROR: Typst cannot make the book'
)
TOLD = re.compile(r'WARNING|ERROR|CRITICAL')

TEXT = st.text(max_size=12)  # any characters
WORDS = st.text('abc éŽß“”’–…жλ  .,;:!?()[]*_`~^$&<>#@%|+=\\\'"-/{}0123\u00a0\u0301\n', max_size=12)
ROLES = (
    '{person}{q}{w} <tobias-quill>{q}',
    '{place}{q}{w} <port-amity>{q}',
    '{work}{q}*{w}* <atlas-of-winds>{q}',
    '{term}{q}{w} <half-watch>{q}',
    '{org}{q}{w} <halcyon-company>{q}',
    '{sic}{q}{w} <right>{q}',
    '{date}{q}{w} <1869-03>{q}',
    '{foreign}{q}{w} <sv>{q}',
    '{gloss}{q}{w}{q}',
    '{unclear}{q}{w}{q}',
    '{del}{q}{w}{q}',
    '{add}{q}{w} <above>{q}',
    '{hi}{q}{w} <underline>{q}',
    '{sup}{q}{w}{q}',
    '*{w}*',
    '**{w}**',
    '“{w}”',
)
BLOCKS = (
    '{w}',
    '> {w}\n>\n> -- {w}',
    ':::{verse}\n{w}\n    {w}\n\n{w}\n:::',
    '1. {w}\n2. {w}',
    '- {w}\n\n  {w}',
    '| {w} | {w} |\n|:--|--:|\n| {w} | |',
    '***',
    '## Heading',
    ':::{postscript}\n{w}\n\n{w}\n:::',
    '::::{enclosure}\n:::{salutation}\nMadam,\n:::\n\n{w}\n::::',
    '{w}\\\n{w}',
    '% a comment',
    '```\n{w}\n```',
    '<p>{w}</p>',
)
CHAPTERS, PAGES = 'chapters', 'notes'


class Editor(RuleBasedStateMachine):
    """Each rule is an edit; after one or two of them the edition is built."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp(prefix='fuzz-'))
        self.small = Small(Path(shutil.copytree(MINI, self.folder / 'source')))
        prepare(self.small)
        self.kept = self.texts()  # as it was last built
        self.held: dict[Path, dict[str, bytes]] = {}  # the files of each output
        assert [built.status for built in self.build(self.folder / 'out')] == [0] * 4
        self.keys = self.edits = 0

    def teardown(self) -> None:
        shutil.rmtree(self.folder)

    # what stands there

    def texts(self) -> dict[str, str]:
        source = self.small.source
        return {
            path.relative_to(source).as_posix(): path.read_text(encoding='utf-8')
            for path in sorted(source.rglob('*'))
            if path.is_file() and '__pycache__' not in path.parts
        }

    def pages(self, *folders: str) -> list[str]:
        return [
            name
            for name in self.texts()
            if name.endswith('.md') and name.partition('/')[0] in folders
        ]

    def edit(self, name: str, change: Callable[[str], str]) -> None:
        self.small.write(name, change(self.small.read(name)))
        note(f'--- {name}\n{self.small.read(name)}')

    # edits of the words

    @rule(dice=st.randoms(use_true_random=False), text=WORDS | TEXT)
    def type_words(self, dice: Dice, text: str) -> None:
        """Anywhere in a page, also amid markup."""

        def change(old: str) -> str:
            place = dice.randrange(len(old) + 1)
            return old[:place] + text + old[place:]

        self.edit(dice.choice(self.pages(CHAPTERS, PAGES)), change)

    @rule(dice=st.randoms(use_true_random=False), text=WORDS)
    def mark(self, dice: Dice, text: str) -> None:
        """Put words, with roles in roles, behind a word of a chapter."""

        def change(old: str) -> str:
            places = [match.end() for match in re.finditer(r'\w(?=[ .,\n])', old)]
            place = dice.choice(places) if places else len(old)
            return f'{old[:place]} {nested(dice, text.strip() or "fog", 3)}{old[place:]}'

        self.edit(dice.choice(self.pages(CHAPTERS)), change)

    @rule(dice=st.randoms(use_true_random=False))
    def cut(self, dice: Dice) -> None:
        """A few characters."""

        def change(old: str) -> str:
            place = dice.randrange(len(old) + 1)
            return old[:place] + old[place + dice.randint(1, 8) :]

        self.edit(dice.choice(self.pages(CHAPTERS, PAGES)), change)

    # edits of blocks

    @rule(dice=st.randoms(use_true_random=False), text=WORDS)
    def add_block(self, dice: Dice, text: str) -> None:
        block = dice.choice(BLOCKS)
        words = text.replace('\n', ' ').strip() or 'fog'

        def change(old: str) -> str:
            head, *rest = old.split('\n\n')
            place = dice.randint(0, len(rest))
            rest.insert(place, block.replace('{w}', words))
            return '\n\n'.join([head, *rest])

        self.edit(dice.choice(self.pages(CHAPTERS)), change)

    @rule(dice=st.randoms(use_true_random=False))
    def move_block(self, dice: Dice) -> None:
        """Cut a block out, and put it elsewhere, or nowhere."""
        taken: list[str] = []

        def take(old: str) -> str:
            head, *rest = old.split('\n\n')
            if rest:
                taken.append(rest.pop(dice.randrange(len(rest))))
            return '\n\n'.join([head, *rest])

        def put(old: str) -> str:
            head, *rest = old.split('\n\n')
            rest[dice.randint(0, len(rest)) :][:0] = taken
            return '\n\n'.join([head, *rest, *taken])

        self.edit(dice.choice(self.pages(CHAPTERS, PAGES)), take)
        if dice.random() < 0.7:
            self.edit(dice.choice(self.pages(CHAPTERS, PAGES)), put)

    @rule(dice=st.randoms(use_true_random=False), text=WORDS)
    def add_note(self, dice: Dice, text: str) -> None:
        self.keys += 1
        key, words = f'n{self.keys}', text.strip() or 'fog'
        options = ':certainty: low\n:sources: none\n\n'
        written = f'\n:::{{editor-note}} {key}\n{options}{nested(dice, words, 2)}\n:::\n'
        self.edit('notes/editor.md', lambda old: old + written)
        file = dice.choice(self.pages(CHAPTERS))
        self.edit(file, lambda old: f'{old.rstrip()}\n\nMore{{note}}`{key}`.\n')

    @rule(dice=st.randoms(use_true_random=False), text=TEXT | WORDS)
    def change_option(self, dice: Dice, text: str) -> None:
        """Of an entry, or of a page: any words."""

        def change(old: str) -> str:
            options = [*re.finditer(r'^:?\w+: (.*)$', old, re.MULTILINE)]
            if not options:
                return old
            option = dice.choice(options)
            return old[: option.start(1)] + text + old[option.end(1) :]

        self.edit(dice.choice(self.pages(CHAPTERS, PAGES)), change)

    @rule(dice=st.randoms(use_true_random=False))
    def change_date(self, dice: Dice) -> None:
        dates = (
            '1869 1869-XX 186X 1868~ 1869-03-02? ../1870 -0012 1869-13 1870/1868 1869-21'.split()
        )

        def change(old: str) -> str:
            found = [*re.finditer(r'(?<=date: )\S+|(?<=<)\d{4}(-\d\d)*(?=>)', old)]
            if not found:
                return old
            place = dice.choice(found)
            return old[: place.start()] + dice.choice(dates) + old[place.end() :]

        self.edit(dice.choice(self.pages(CHAPTERS)), change)

    # edits of files

    @rule(dice=st.randoms(use_true_random=False))
    def new_chapter(self, dice: Dice) -> None:
        self.keys += 1
        name = dice.choice(('day {}', 'day-{}', '{}', 'Tag·{}', 'a/{}')).format(self.keys)
        old = self.small.read(dice.choice(self.pages(CHAPTERS)))
        text = re.sub('(?<=siglum: ).*', f'day{self.keys}', re.sub(r'\{note\}`\w+`', '', old))
        self.small.write(f'chapters/{name}.md', text)
        place = dice.choice(['chapters/log\n', 'notes/translator\n'])
        self.edit('index.md', lambda old: old.replace(place, f'chapters/{name}\n{place}'))

    @rule(dice=st.randoms(use_true_random=False))
    def rename(self, dice: Dice) -> None:
        self.keys += 1
        page = dice.choice(self.pages(CHAPTERS, PAGES))
        name = f'{page.partition("/")[0]}/{dice.choice(("r{}", "q/r{}", "r {}"))}'
        name = name.format(self.keys)
        path = self.small.source / f'{name}.md'
        path.parent.mkdir(exist_ok=True)
        (self.small.source / page).rename(path)
        page = page.removesuffix('.md')
        self.edit('index.md', lambda old: old.replace(f'\n{page}\n', f'\n{name}\n'))

    @rule(dice=st.randoms(use_true_random=False))
    def remove(self, dice: Dice) -> None:
        page = dice.choice(self.pages(CHAPTERS, PAGES))
        (self.small.source / page).unlink()
        name = page.removesuffix('.md')
        self.edit('index.md', lambda old: old.replace(f'\n{name}\n', '\n'))

    @rule(dice=st.randoms(use_true_random=False))
    def shuffle(self, dice: Dice) -> None:
        def change(old: str) -> str:
            head, fence, tree = old.partition('```{toctree}\n:maxdepth: 1\n\n')
            names, end, rest = tree.partition('```')
            lines = names.splitlines()
            dice.shuffle(lines)
            return f'{head}{fence}' + '\n'.join([*lines, end]) + rest

        self.edit('index.md', change)

    # and then

    @invariant()
    def make(self) -> None:
        self.edits += 1
        if (now := self.texts()) == self.kept or self.edits % 3 == 0:
            return
        touch_later(self.small)
        after = self.build(self.folder / 'out')
        clean = self.build(self.folder / 'clean')
        shutil.rmtree(self.folder / 'clean')
        assert len(after) == len(clean)
        for one, other in zip(after, clean, strict=True):
            assert 'Traceback' not in one.output + other.output, one.output + other.output
            told = [line for line in one.warnings if TOLD.search(line)]
            assert bool(told) == bool(one.status), one.output
            assert one.status == other.status, other.output
            assert all(PLACED.match(line) for line in told), '\n'.join(told)
        if after[-1].status:
            self.put_back()
            return
        for one, other in zip(after, clean, strict=True):
            assert differing(self.held[one.outdir], self.held[other.outdir]) == [], other.outdir
        folders = {built.outdir.name: built.outdir for built in after}
        assert contract.differences(self.small.source, folders.__getitem__) == []
        self.kept = now

    def build(self, out: Path) -> list[Build]:
        """The outputs one after the other, until one fails, as `make` does."""
        found: list[Build] = []
        for output in OUTPUTS:
            built = self.small.build(output, out=out)
            found.append(built)
            if built.status:
                break
            self.held[built.outdir] = files(built.outdir)
        return found

    def put_back(self) -> None:
        """As it was before these edits."""
        for name in self.texts().keys() - self.kept.keys():
            (self.small.source / name).unlink()
        for name, text in self.kept.items():
            if self.texts().get(name) != text:
                self.small.write(name, text)
        touch_later(self.small)


def nested(dice: Dice, words: str, depth: int) -> str:
    """*words* in roles within roles; an outer one has a backtick more."""
    form = dice.choice(ROLES)
    inner = words if depth == 1 or dice.random() < 0.5 else nested(dice, words, depth - 1)
    ticks = max([0, *map(len, re.findall('`+', inner))]) + 1
    return form.replace('{q}', '`' * ticks).replace('{w}', inner)


@pytest.mark.slow
def test_an_editor_at_work(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv('SOURCE_DATE_EPOCH', '1700000000')
    many = os.environ.get('FUZZ')
    run_state_machine_as_test(
        Editor,
        settings=settings(
            max_examples=int(many or 4),
            stateful_step_count=16,
            derandomize=not many,
            phases=[Phase.generate],
            suppress_health_check=[*HealthCheck],
        ),
    )
