"""All files of a new edition that are its own, as text."""

from __future__ import annotations

import uuid
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from ..data.kinds import HANDS
from ..data.text import slug
from . import markdown, phrases
from .chapters import addressee, chapters, empty, greeted
from .documents import EDITOR, configuration, documents, filled
from .model import Chapter, Inline, Page, lines, mapped, renaming, words
from .people import UNKNOWN, People

if TYPE_CHECKING:
    from collections.abc import Sequence

    from .model import Note
    from .reporting import Report

LICENCE = 'https://creativecommons.org/licenses/by/4.0/'


@dataclass
class Wishes:
    """What was asked for; '' is left to the pages."""

    title: str = ''
    author: str = ''
    translator: str = ''
    date: str = ''
    kind: str = ''
    lang: str = ''
    split: str = 'none'


@dataclass
class Edition:
    """Makes the files of an edition of some pages."""

    pages: list[Page]
    wishes: Wishes
    report: Report
    people: People = field(default_factory=People)
    files: dict[str, str] = field(default_factory=dict)
    notes: dict[str, list[tuple[str, Note]]] = field(default_factory=dict)  # hand -> (key, note)

    def make(self) -> dict[str, str]:
        """Path -> text."""
        self.heed()
        if not self.pages:
            self.people.key(self.wishes.author or UNKNOWN, 'Author of the text')
        self.chapters = chapters(self.pages, self.wishes.kind, self.wishes.split, self.report)
        if not self.chapters:
            wishes = self.wishes
            self.chapters = [empty(wishes.kind, wishes.lang or 'en', wishes.author or UNKNOWN)]
        self.count_notes()
        for chapter in self.chapters:
            self.chapter(chapter)
        self.notes_of_witness()
        self.about()
        self.files['notes/people.md'] = self.people.page()
        self.files['notes/places.md'] = '# Places\n\nNo place has an entry yet.\n'
        self.index()
        self.facts()
        return self.files

    def heed(self) -> None:
        """What was asked for goes before what the pages say; everybody gets a key."""
        wishes = self.wishes
        for page in self.pages:
            page.lang = wishes.lang or page.lang
            page.authors = [wishes.author] if wishes.author else page.authors
            if not page.authors:
                page.authors = [UNKNOWN]
                self.report.warn(
                    f'{page.file}: no author found; say --author, or mend notes/people.md'
                )
            if wishes.translator:
                page.translators = [wishes.translator]
            for names, role in (
                (page.authors, 'Author of the text'),
                (page.translators, 'Translator of the text'),
                (page.transcribers, 'Who transcribed the text'),
            ):
                for name in names:
                    self.people.key(name, role)
        self.alone = len(self.pages) == 1
        first = self.pages[0] if self.pages else None
        found = (words(first.title) or first.supplied) if first else ''
        several = f'Texts by {first.authors[0]}' if first else ''
        self.title = wishes.title or (found if self.alone else several) or 'A New Edition'
        if first and not self.alone and not wishes.title:
            self.report.guess(f'the title of the book, “{self.title}”; else say --title')

    def count_notes(self) -> None:
        """Give the notes of each page keys that no other page has, and a hand."""
        for page in self.pages:
            prefix = (
                '' if self.alone else next(c.name for c in self.chapters if c.page is page) + '-'
            )
            for note in page.notes:
                hand = note.hand or ('translator' if page.translators else 'author')
                if hand == 'translator' and not page.translators:
                    hand = 'first-editor'
                if not note.hand:
                    self.report.guess(
                        f'{page.file}: the notes, of which no heading says whose they are, '
                        f'are the {hand}’s'
                    )
                self.notes.setdefault(hand, []).append((prefix + note.key, note))
            if prefix:
                rename = renaming(prefix)
                for chapter in self.chapters:
                    if chapter.page is page:
                        chapter.blocks = mapped(chapter.blocks, rename)
                page.head = [(part, rename(inlines)) for part, inlines in page.head]
                for note in page.notes:
                    note.blocks = mapped(note.blocks, rename)

    def tell(self, what: str) -> None:
        self.report.warn(what)

    def marked(self, text: str, page: Page) -> str:
        return self.people.mark(text, [*page.authors, *page.translators, *page.transcribers])

    def head(self, page: Page, parts: Sequence[tuple[str, list[Inline]]]) -> list[str]:
        """The parts around a title, as Markdown."""
        found: list[str] = []
        for name, inlines in parts:
            line = self.marked(phrases.line_of(inlines, self.tell), page)
            found += ['', *markdown.fenced(name, markdown.wrapped(line))]
        return found

    def heading(self, title: list[Inline], supplied: str) -> str:
        if title:
            return f'# {markdown.heading(phrases.line_of(title, self.tell))}'
        return f'# {phrases.role("supplied", phrases.escaped(supplied))}'

    def chapter(self, chapter: Chapter) -> None:
        """One chapter, and its witness."""
        page, blocks = chapter.page, chapter.blocks
        if chapter.kind == 'letter':
            blocks = greeted(blocks)
        front = {
            'kind': chapter.kind,
            'siglum': chapter.name,
            'date': chapter.date or (self.wishes.date if chapter.whole else ''),
            'author': ', '.join(self.people.keys[name] for name in page.authors),
            'lang': page.lang,
        }
        if len(page.authors) > 1:
            front['author'] = f'[{front["author"]}]'
        if chapter.kind == 'letter':
            front['addressee'] = self.people.key(
                addressee(page) or 'Unknown addressee', 'To whom the letter is'
            )
        if not self.alone and page.translators:
            front['translator'] = ', '.join(self.people.keys[name] for name in page.translators)
        first = next((c for c in self.chapters if c.page is page), None) is chapter
        around = [*page.head] if first and not self.alone else []
        before = page.before if around else 0
        if first and not self.alone and chapter.title is not page.title and page.title:
            around.insert(before, ('series', page.title))  # it has several chapters
        text = ['---', *(f'{name}: {value}' for name, value in front.items() if value), '---']
        text += self.head(page, around[:before])
        text += ['', self.heading(chapter.title, chapter.supplied)]
        text += self.head(page, around[before:])
        text += ['', *markdown.written(blocks, self.tell)]
        self.files[f'chapters/{chapter.name}.md'] = joined(text)
        said = [words(inlines) for _, inlines in around[:before]]
        said += [words(chapter.title)]
        said += [words(inlines) for _, inlines in around[before:]]
        self.witness(chapter.name, [*said, *lines(blocks)])

    def witness(self, name: str, said: list[str]) -> None:
        said = [line for line in said if line]
        if said:
            self.files[f'witness/{name}.txt'] = '\n\n'.join(said) + '\n'

    def notes_of_witness(self) -> None:
        """A page for each hand that wrote notes."""
        for hand, notes in self.notes.items():
            text = [f'# {HANDS[hand].word}s']
            said = []
            for key, note in notes:
                body = [f':label: {note.label}', *markdown.written(note.blocks, self.tell)]
                text += ['', *markdown.fenced(f'{hand}-note', body, key)]
                first, *rest = lines(note.blocks) or ['']
                said += [f'{note.label}. {first}'.rstrip(), *rest]
            self.files[f'notes/{hand}.md'] = joined(text)
            self.witness(hand, said)

    def index(self) -> None:
        """The title page: the page’s own where there is but one."""
        page = self.pages[0] if self.alone else None
        text = ['---', 'kind: title-page', 'siglum: title', f'lang: {self.lang}', '---']
        if page:
            before = page.head[: page.before]
            text += self.head(page, before)
            title = (
                [] if self.wishes.title and self.wishes.title != words(page.title) else page.title
            )
            text += ['', self.heading(title, self.title)]
            rest = page.head[page.before :]
            if page.title and not title:
                rest = [('series', page.title), *rest]
            text += self.head(page, rest)
            said = [words(inlines) for _, inlines in before] + [words(title)]
            self.witness('index', [*said, *(words(inlines) for _, inlines in rest)])
        else:
            text += ['', self.heading([], self.title)]
        notes = [f'notes/{hand}' for hand in self.notes]
        for caption, names in (
            ('The text', [f'chapters/{chapter.name}' for chapter in self.chapters]),
            ('Notes', notes),
            ('Registers', ['notes/people', 'notes/places']),
            ('This edition', ['notes/about']),
        ):
            if names:
                text += [
                    '',
                    '```{toctree}',
                    f':caption: {caption}',
                    ':maxdepth: 1',
                    '',
                    *names,
                    '```',
                ]
        self.files['index.md'] = joined(text)

    @property
    def lang(self) -> str:
        return self.pages[0].lang if self.pages else self.wishes.lang or 'en'

    def about(self) -> None:
        """What the witness is, in our words, and the last line of the page."""
        witness = [
            f'“{page.file}”, a file with the SHA-256 sum {page.digest[:16]} …'
            for page in self.pages
        ]
        said = [f'This edition has one witness: {witness[0]}'] if len(witness) == 1 else []
        said = said or ['This edition has these witnesses: ' + '; '.join(witness)] * bool(witness)
        colophon: list[str] = []
        for page in self.pages:
            for inlines in page.colophon:
                colophon += [
                    '',
                    *markdown.fenced(
                        'colophon', markdown.wrapped(phrases.line_of(inlines, self.tell))
                    ),
                ]
        self.witness('about', [words(inlines) for page in self.pages for inlines in page.colophon])
        text = (
            '\n'.join(markdown.wrapped(phrases.escaped(said[0] + '.')))
            if said
            else 'There is no witness yet.'
        )
        self.files['notes/about.md'] = filled(
            'about.md', witness=text, colophon='\n'.join([*colophon, ''])
        )

    def facts(self) -> None:
        """conf.py and what else says what the edition is."""
        page = self.pages[0] if self.pages else None
        digests = ' '.join(page.digest for page in self.pages) or self.title
        authors = [name for p in self.pages for name in p.authors]
        authors = list(dict.fromkeys(authors)) or [self.wishes.author or UNKNOWN]
        by = '' if authors == [UNKNOWN] else f', by {" and ".join(authors)}'
        description = f'{self.title}{by}: the text unchanged, with notes and registers.'
        facts: dict[str, object] = {
            'title': self.title,
            'author': tuple(self.people.key(name, 'Author of the text') for name in authors),
            'translator': self.keys_of('translators'),
            'transcriber': self.keys_of('transcribers'),
            'editor': EDITOR,
            'description': description,
            'date': self.wishes.date if page else '',
            'source': page.source if page and self.alone else {},
            'identifier': uuid.uuid5(uuid.NAMESPACE_OID, f'{self.title} {digests}').urn,
            'rights': (
                'The editors’ words and data: Creative Commons Attribution 4.0. '
                'For the text see “About this edition”, Rights.'
            ),
            'licence': LICENCE,
        }
        self.files['conf.py'] = configuration(facts, self.lang)
        self.files['notes/people.md'] = self.people.page()
        makers = [*authors, *(name for p in self.pages for name in p.translators)]
        self.files |= documents(self.title, description, authors, makers)

    def keys_of(self, field_: str) -> tuple[str, ...]:
        names = [name for page in self.pages for name in getattr(page, field_)]
        return tuple(dict.fromkeys(self.people.keys[name] for name in names))


def joined(text: list[str]) -> str:
    """Lines as a file."""
    return '\n'.join(line.rstrip() for line in text).strip('\n') + '\n'


def name_of(title: str) -> str:
    """The name of the project, as pyproject.toml wants it."""
    return slug(title)[:60].strip('-')
