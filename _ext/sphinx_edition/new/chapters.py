"""The chapters of a book: which there are, of which kind, what each is called."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ..data.text import slug
from .blocks import dividing
from .credits import DATE, edtf
from .model import (
    Asterism,
    Block,
    Chapter,
    Day,
    Heading,
    Inline,
    Page,
    Paragraph,
    Part,
    Run,
    words,
)

if TYPE_CHECKING:
    from .reporting import Report

SPLITS = ('none', 'h2', 'h3', 'h4', 'h5', 'dates')
DIARY = re.compile(r'\b(diary|diaries|notebooks?|journal intime|tagebuch|carnets?)\b', re.I)
LETTER = re.compile(r'(?:.*\b[Ll]etter )?[Tt]o (?P<name>(?:[^\W\d_a-z][\w’.-]*[ ,]*)+)$')
SALUTATION = re.compile(
    r'(?:my )?(?:very )?dear\b.{0,60}|(?:cher|chère|lieber?|estimado|comrades?)\b.{0,60}', re.I
)
RESERVED = frozenset(
    'index about author translator first-editor editor people places title'.split()
)
MONTH_DATE = re.compile(r'[“"‘]?(?:(?:end|beginning|middle|early|mid|late|about) (?:of )?)?', re.I)


def chapters(pages: list[Page], kind: str, split: str, report: Report) -> list[Chapter]:
    """The chapters of *pages*, in their order."""
    found: list[Chapter] = []
    taken = set(RESERVED)
    for page in pages:
        is_diary = bool(
            DIARY.search(' '.join(map(words, [page.title, *(w for _, w in page.head)])))
        )
        pieces = divided(page.blocks, split)
        for title, blocks in pieces:
            chapter_kind = kind or guessed(page, title, is_diary, len(pieces) > 1, report)
            said = words(title) or page.supplied or words(page.title)
            name = named(said if len(pieces) + len(pages) > 2 else chapter_kind, taken)
            date = dated(blocks) if chapter_kind == 'diary-entry' else ''
            whole = len(pages) == 1 and len(pieces) == 1
            if chapter_kind == 'diary':
                blocks = with_days(blocks)
            own = title or (page.title if len(pages) > 1 and len(pieces) == 1 else [])
            found.append(
                Chapter(
                    name,
                    chapter_kind,
                    own,
                    supplied(page, blocks, len(pieces)),
                    blocks,
                    page,
                    whole,
                    date,
                )
            )
    return found


def divided(blocks: list[Block], split: str) -> list[tuple[list[Inline], list[Block]]]:
    """Titles, and the blocks below each."""
    if split == 'none':
        return [([], blocks)]
    found: list[tuple[list[Inline], list[Block]]] = [([], [])]
    for block in blocks:
        if isinstance(block, Heading) and block.tag == split:
            found.append((block.words, []))
        elif split == 'dates' and starts_entry(block):
            before = found[-1][1]
            heading = before.pop() if before and isinstance(before[-1], Heading) else None
            found.append((heading.words if isinstance(heading, Heading) else [], [block]))
        else:
            found[-1][1].append(block)
    first = found[0][1]
    if len(found) > 1 and all(is_headnote(block) or isinstance(block, Asterism) for block in first):
        notes = [block for block in first if is_headnote(block)]
        found[1] = (found[1][0], [*notes, *found[1][1]])
        found.pop(0)
    return [(title, dividing(body)) for title, body in found if title or body]


def is_headnote(block: Block) -> bool:
    """Whether *block* stands before the whole."""
    return isinstance(block, Part) and block.name == 'headnote'


def starts_entry(block: Block) -> bool:
    """Whether a paragraph or dateline begins with a date: “July 10, 1945. A certain …”."""
    if isinstance(block, Part) and block.name == 'dateline':
        return True
    return isinstance(block, Paragraph) and bool(opening_date(words(block.words)))


def opening_date(text: str) -> str:
    """The date with which *text* begins, as EDTF, or ''."""
    start = MONTH_DATE.match(text)
    place = start.end() if start else 0
    match = DATE.match(text, place) or DATE.match(re.sub(r'^[\w ]{2,20}, ', '', text[:60]))
    return edtf(match[0]) if match else ''


def dated(blocks: list[Block]) -> str:
    """The date of an entry: of its dateline, or of its first paragraph."""
    for block in blocks:
        if isinstance(block, Part) and block.name == 'dateline':
            return edtf(' '.join(words(b.words) for b in block.blocks if isinstance(b, Paragraph)))
        if isinstance(block, Paragraph):
            return opening_date(words(block.words))
    return ''


def with_days(blocks: list[Block]) -> list[Block]:
    """*blocks* of a diary, those of an entry with a date in a day of their own."""
    found: list[Block] = []
    day: Day | None = None
    for n, block in enumerate(blocks):
        following = blocks[n + 1] if n + 1 < len(blocks) else None
        opens = isinstance(block, Heading) and following is not None and starts_entry(following)
        begins = starts_entry(block) and not (n and isinstance(blocks[n - 1], Heading))
        date = dated([following] if opens and following else [block]) if opens or begins else ''
        if date:
            day = Day(date, [])
            found.append(day)
        elif isinstance(block, Heading) and not opens:
            day = None
        (found if day is None else day.blocks).append(block)
    for block in found:
        if isinstance(block, Day):
            block.blocks = dividing(block.blocks)
    return found


def supplied(page: Page, blocks: list[Block], pieces: int) -> str:
    """A title of ours for a chapter that has none."""
    if pieces > 1 and (date := dated(blocks)):
        from ..data import dates

        return dates.words(date)
    return page.supplied or words(page.title)


def guessed(page: Page, title: list[Inline], is_diary: bool, several: bool, report: Report) -> str:
    """The kind of a chapter, from titles."""
    if is_diary:
        kind = 'diary-entry' if several else 'diary'
    elif LETTER.match(words(title) or words(page.title)):
        kind = 'letter'
    else:
        return 'article'
    report.guess(f'{page.file}: {kind}, from its title; else say --kind')
    return kind


def empty(kind: str, lang: str, author: str) -> Chapter:
    """The chapter of an edition that has no text yet."""
    text = Part('editorial', [Paragraph([Run('The text is still to come.')])])
    page = Page('', '', lang=lang, authors=[author])
    return Chapter('text', kind or 'article', [], 'The Text', [text], page, whole=True)


def greeted(blocks: list[Block]) -> list[Block]:
    """*blocks* of a letter, its first line a salutation if it greets."""
    for n, block in enumerate(blocks[:3]):
        if isinstance(block, Paragraph) and SALUTATION.fullmatch(words(block.words)):
            return [*blocks[:n], Part('salutation', [block]), *blocks[n + 1 :]]
    return blocks


def addressee(page: Page) -> str:
    """To whom a letter is, from its title."""
    match = LETTER.match(words(page.title))
    return match['name'].strip(' .') if match else ''


def named(title: str, taken: set[str]) -> str:
    """A short name for *title*, which no other chapter has."""
    parts = slug(title).split('-')
    parts = [
        part for part in parts if part not in ('the', 'a', 'an', 'of', 'and', 'on', 'in', 'to')
    ] or parts
    while parts and parts[-1].isdigit():
        parts.pop()
    name = ''
    for part in parts[:4]:
        if name and len(name) + len(part) > 24:
            break
        name = f'{name}-{part}' if name else part[:30]
    name = name if name and not name[0].isdigit() else f'text-{name}'.rstrip('-')
    name = re.sub(r'(-\d+)+$', '', name)
    base, n = name, 0
    while name in taken:
        n += 1
        name = f'{base}-{"abcdefghijklmnopqrstuvwxyz"[n % 26] * (n // 26 + 1)}'
    taken.add(name)
    return name
