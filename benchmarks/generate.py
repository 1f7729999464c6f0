"""An edition of any size, in the proportions of a large diary, in the markup of the real one.

Pepys's diary sets the scale: 3,415 entries, 4,542 notes, 1.2 million words. How often a word or a
name occurs falls with its rank, as in any text: one person is named in every other entry, most
once. The words mean nothing, and the same size always gives the same text.
"""

from __future__ import annotations

import random
import runpy
import shutil
from datetime import date, timedelta
from itertools import accumulate
from pathlib import Path

ROOT = Path(__file__).parents[1]
EDITION = runpy.run_path(str(ROOT / 'conf.py'))['edition']
# keys of the people whom conf.py names
MAKERS = list(
    dict.fromkeys(
        EDITION[role] for role in ('author', 'translator', 'transcriber') if role in EDITION
    )
)

WORDS = 351  # an entry, on average; with the notes 1.2 million in all
NOTES = 4542 / 3415  # an entry
NAMINGS = 8  # an entry
# kind of entry -> how many a chapter, and its file
REGISTERS = {
    'person': (0.5, 'people'),
    'place': (0.2, 'places'),
    'work': (0.1, 'works'),
    'org': (0.05, 'organisations'),
    'term': (0.05, 'terms'),
}
PAGE = 100  # entries or notes of the editor on one page
LETTER = 50  # every fiftieth chapter is one
OVERVIEWS = {'lifelines': ':at: 1669-05-31\n', 'chronology': ''}
MONTH = 30  # chapters of which one page shows who is named where


class Author:
    """Invents words, sentences and names."""

    def __init__(self, chapters: int) -> None:
        self.random = random.Random(chapters)
        syllables = 'ba den fil gor hus ka lem mor nat pel qui ras sed tol ven wist yr zan'.split()
        made = {''.join(self.random.choices(syllables, k=1 + n % 4)): None for n in range(12_000)}
        self.words = list(made)
        self.keys = {
            kind: self.named(kind, max(4, round(chapters * share)))
            for kind, (share, _) in REGISTERS.items()
        }
        self.unnamed = [(kind, key) for kind, keys in self.keys.items() for key in keys]
        self.shares = {
            name: list(accumulate(1 / rank for rank in range(1, len(some) + 1)))
            for name, some in {'words': self.words, **self.keys}.items()
        }

    def named(self, kind: str, count: int) -> list[str]:
        """The keys of a register; those whom conf.py names are among the people."""
        made = [f'{self.random.choice(self.words)}-{kind}-{n}' for n in range(count)]
        if kind == 'person':
            made[: len(MAKERS)] = MAKERS
        return made

    def some(self, count: int) -> list[str]:
        return self.random.choices(self.words, cum_weights=self.shares['words'], k=count)

    def sentences(self, count: int) -> list[str]:
        """*count* words, more or less, in sentences."""
        found = []
        while count > 0:
            length = self.random.randint(6, 30)
            words = self.some(length)
            words[length // 2] += ','
            found.append(' '.join(words).capitalize() + '.')
            count -= length
        return found

    def naming(self) -> str:
        """Of anybody or anything; everyone in a register is named at least once."""
        [kind] = self.random.choices(list(REGISTERS), weights=(10, 5, 2, 1, 1))
        [key] = self.random.choices(self.keys[kind], cum_weights=self.shares[kind])
        if self.unnamed and self.random.random() < 0.3:
            kind, key = self.unnamed.pop()
        words = self.random.choice((f'{key.split("-")[0]} the {kind}', key.split('-')[0]))
        return f'{{{kind}}}`{words.capitalize()} <{key}>`'

    def text(self, notes: list[str]) -> str:
        """The paragraphs of a chapter, with namings and marks of notes."""
        sentences = self.sentences(round(WORDS * self.random.uniform(0.3, 1.5)))
        for _ in range(self.random.randint(NAMINGS // 2, NAMINGS * 3 // 2)):
            n = self.random.randrange(len(sentences))
            sentences[n] = f'{sentences[n][:-1]} {self.naming()}.'
        for n, key in enumerate(notes):  # notes are cited in the order in which they are written
            n = n * len(sentences) // len(notes)
            sentences[n] = f'{sentences[n][:-1]}{{note}}`{key}`.'
        size = self.random.randint(4, 9)
        paragraphs = [sentences[n : n + size] for n in range(0, len(sentences), size)]
        return '\n\n'.join('\n'.join(paragraph) for paragraph in paragraphs)


def generate(folder: Path, chapters: int) -> None:
    """Write an edition of *chapters* into *folder*, built like the real one."""
    author = Author(chapters)
    files = {}
    notes: list[str] = []
    for n in range(chapters):
        cited = [f'n{m}' for m in range(len(notes), round((n + 1) * NOTES))]
        notes += cited
        files[f'chapters/day-{n}.md'] = chapter(author, n, cited)
    for kind, (_, name) in REGISTERS.items():
        files |= pages(name, register(author, kind))
    files |= pages(
        'notes',
        [
            f':::{{editor-note}} {key}\n:certainty: high\n:sources: witness\n\n'
            f'{" ".join(author.sentences(20))} {author.naming()}.\n:::\n'
            for key in notes
        ],
    )
    for name, options in OVERVIEWS.items():
        files[f'notes/{name}.md'] = f'# {name.capitalize()}\n\n:::{{{name}}}\n{options}:::\n'
    for n in range(0, chapters, MONTH):
        sigla = ', '.join(f'day-{m}' for m in range(n, min(n + MONTH, chapters)))
        name = f'named-{n // MONTH + 1}'
        files[f'notes/{name}.md'] = f'# {name.capitalize()}\n\n:::{{named}}\n:of: {sigla}\n:::\n'
    files['notes/bibliography.md'] = '# Bibliography\n\n```{bibliography}\n```\n'
    files['notes/sources.bib'] = (
        '@book{witness, author = {Nemo, A.}, title = {Days}, publisher = {Nobody}, year = 1669}\n'
    )
    files['index.md'] = index([name for name in files if name.endswith('.md')])
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding='utf-8')
    dress(folder)


def chapter(author: Author, n: int, notes: list[str]) -> str:
    """A day, or a letter."""
    day = date(1660, 1, 1) + timedelta(days=n)
    letter = n % LETTER == LETTER - 1
    front = {
        'kind': 'letter' if letter else 'diary-entry',
        'siglum': f'day-{n}',
        'date': day.isoformat(),
        'place': author.keys['place'][0],
        'author': MAKERS[0],
        **({'addressee': author.keys['person'][3]} if letter else {}),
        'lang': 'en',
    }
    head = ''.join(f'{name}: {value}\n' for name, value in front.items())
    body = author.text(notes)
    opening = f':::{{salutation}}\nMy dear {author.naming()},\n:::\n\n' if letter else ''
    spelt = f'{day:%B} {day.day}, {day.year}.'
    return f'---\n{head}---\n\n# Day {n + 1}\n\n{opening}{{date}}`{spelt} <{day}>` {body}\n'


def register(author: Author, kind: str) -> list[str]:
    """All entries of a kind, by name."""
    entries = []
    for n, key in enumerate(sorted(author.keys[kind])):
        born = 1560 + n % 90
        entries.append(
            f':::{{{kind}}} {key}\n:name: {key.replace("-", " ").title()}\n'
            f':dates: {born}/{born + 20 + n % 60}\n:certainty: high\n:sources: witness\n'
            f':identifiers: wikidata Q{n + 1}\n\n{" ".join(author.sentences(30))}\n:::\n'
        )
    return entries


def pages(name: str, items: list[str]) -> dict[str, str]:
    """Files that hold *items*, as many to a page as a reader can bear."""
    return {
        f'notes/{name}-{n // PAGE + 1}.md': '\n'.join(
            [f'# {name.capitalize()} {n // PAGE + 1}\n', *items[n : n + PAGE]]
        )
        for n in range(0, len(items), PAGE)
    }


def index(names: list[str]) -> str:
    """The title page; the parts of the book in the order of the real one."""
    texts = [name for name in names if name.startswith('chapters/')]
    rest = [name for name in names if name not in texts]
    trees = [
        f'```{{toctree}}\n:caption: {caption}\n:maxdepth: 1\n\n'
        + ''.join(f'{name.removesuffix(".md")}\n' for name in part)
        + '```\n'
        for caption, part in (('The text', texts), ('Notes and registers', rest))
    ]
    front = '---\nkind: title-page\nsiglum: title\nlang: en\n---\n'
    return '\n'.join([front, '# Days\n', *trees])


def dress(folder: Path) -> None:
    """Take configuration, extension and looks from the real edition."""
    shutil.copy(ROOT / 'conf.py', folder)
    for name in ('_ext', '_static', '_templates'):
        if (ROOT / name).is_dir():
            ignored = shutil.ignore_patterns('__pycache__')
            shutil.copytree(ROOT / name, folder / name, ignore=ignored)
