"""What an editor must mend: each check yields problems, each with its place and its remedy."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import TYPE_CHECKING

from . import dates
from .model import (
    DOCUMENTS,
    GENERAL,
    KEY,
    KINDS,
    NAMED,
    Citation,
    Entry,
    Mention,
    Note,
    Trouble,
    language,
    suggestion,
)
from .registry import Registry

if TYPE_CHECKING:
    from collections.abc import Iterator

    from .model import Passage


@dataclass(frozen=True)
class Problem:
    """Something an editor must mend, where, and how."""

    trouble: Trouble
    message: str
    docname: str
    line: int


def problems(registry: Registry) -> Iterator[Problem]:
    """All of them."""
    yield from duplicates(registry)
    yield from unknown_keys(registry)
    yield from unnamed_entries(registry)
    yield from unruly_notes(registry)
    yield from faulty_front_matter(registry)


def sound(registry: Registry) -> Registry:
    """The same without faulty front matter and unknown keys, which outputs need not fear."""
    return Registry(
        replace(
            page,
            front={} if any(front_matter_faults(page.front, registry.entries)) else page.front,
            marks=[
                mark
                for mark in page.marks
                if not isinstance(mark, Mention) or (mark.kind, mark.key) in registry.entries
            ],
        )
        for page in registry.pages
    )


def duplicates(registry: Registry) -> Iterator[Problem]:
    """Keys and sigla that stand twice; keys that are the address of something else."""
    seen: dict[tuple[str, str], Entry | Note | Passage] = {}
    for page in registry.pages:
        sigla = {passage.siglum: passage for passage in reversed(page.passages)}
        records: list[Entry | Note | Passage] = [*page.entries, *page.notes, *sigla.values()]
        for record in records:
            if isinstance(record, Entry):
                what, key = 'entry', record.key
                if key in registry.places:
                    yield Problem(
                        Trouble.KEY,
                        f'“{key}” is the address of a passage, note or naming in '
                        f'{registry.places[key]}; give the entry another key',
                        record.docname,
                        record.line,
                    )
            elif isinstance(record, Note):
                what, key = 'note', record.key
            else:
                what, key = 'siglum', record.siglum
            first = seen.setdefault((what, key), record)
            if first is not record:
                yield Problem(
                    Trouble.KEY,
                    f'the {what} “{key}” stands already at {first.docname}:{first.line}; '
                    'give one of the two another',
                    record.docname,
                    record.line,
                )


def unknown_keys(registry: Registry) -> Iterator[Problem]:
    """Namings, marks of notes and links to passages that lead nowhere."""
    known: dict[str, set[str]] = defaultdict(set)
    for kind, key in registry.entries:
        known[kind].add(key)
    for mention in registry.marks(Mention):
        if mention.kind not in known:
            known[mention.kind] = set()  # said once
            yield Problem(
                Trouble.KEY,
                f'the register has no {KINDS[mention.kind]} at all, yet here one is named; '
                f'write :::{{{mention.kind}}} {mention.key} under notes/',
                mention.docname,
                mention.line,
            )
        elif known[mention.kind] and mention.key not in known[mention.kind]:
            yield Problem(
                Trouble.KEY,
                f'no {KINDS[mention.kind]} has the key “{mention.key}”'
                f'{suggestion(mention.key, sorted(known[mention.kind]))} '
                '(new ones go into a register under notes/)',
                mention.docname,
                mention.line,
            )
    for citation in registry.marks(Citation):
        if citation.key not in registry.notes:
            yield Problem(
                Trouble.KEY,
                f'note “{citation.key}” is cited but not written'
                f'{suggestion(citation.key, registry.notes)} (notes are written under notes/)',
                citation.docname,
                citation.line,
            )
    for page in registry.pages:
        for reference in page.references:
            if reference.target not in registry.passages:
                yield Problem(
                    Trouble.KEY,
                    f'no passage is called “{reference.target}”'
                    f'{suggestion(reference.target, registry.passages)}',
                    reference.docname,
                    reference.line,
                )


def unnamed_entries(registry: Registry) -> Iterator[Problem]:
    """Entries that no word of text, notes or front matter leads to."""
    named = {(mention.kind, mention.key) for mention in registry.marks(Mention)}
    for page in registry.pages:
        named |= {(kind, page.front.get(name, '')) for name, kind in NAMED.items()}
    for (kind, key), entry in registry.entries.items():
        if (kind, key) not in named:
            yield Problem(
                Trouble.KEY,
                f'the {KINDS[kind]} “{key}” is never named; mark a naming as '
                f'{{{kind}}}`words <{key}>`, or take the entry out',
                entry.docname,
                entry.line,
            )


def unruly_notes(registry: Registry) -> Iterator[Problem]:
    """Notes that are never cited, cited twice or out of order."""
    for key, note in registry.notes.items():
        if key not in registry.citations:
            yield Problem(
                Trouble.NOTE,
                f'note “{key}” is never cited; put {{note}}`{key}` where it belongs',
                note.docname,
                note.line,
            )
    for citation in registry.marks(Citation):
        first = registry.citations[citation.key]
        if citation is not first:
            yield Problem(
                Trouble.NOTE,
                f'note “{citation.key}” is cited already at {first.docname}:{first.line}; '
                'a note has one mark, so refer to the passage instead',
                citation.docname,
                citation.line,
            )
    numbered = [
        c for c in registry.citations.values() if c.key.isdecimal() and c.key in registry.notes
    ]
    for before, after in pairwise(numbered):
        if int(before.key) > int(after.key):
            yield Problem(
                Trouble.NOTE,
                f'note {after.key} is cited after note {before.key}; '
                'the witness’s notes follow their numbers',
                after.docname,
                after.line,
            )


def faulty_front_matter(registry: Registry) -> Iterator[Problem]:
    """Front matter that no document of its kind has."""
    for page in registry.pages:
        for message in front_matter_faults(page.front, registry.entries):
            yield Problem(Trouble.FRONT_MATTER, message, page.docname, 1)


def front_matter_faults(
    front: dict[str, str], entries: dict[tuple[str, str], Entry]
) -> Iterator[str]:
    """What is wrong with the front matter of one document."""
    kind = front.get('kind')
    if kind and kind not in DOCUMENTS:
        yield (
            f'front matter: “kind: {kind}” is none of {", ".join(DOCUMENTS)}'
            f'{suggestion(kind, DOCUMENTS)}'
        )
        return
    needed = DOCUMENTS[kind] if kind else ()
    missing = [name for name in needed if not front.get(name)]
    for name in front:
        if name in needed or name in GENERAL or re.search('[.:]', name):  # the last, a theme's
            continue
        hint = suggestion(name, missing) or suggestion(name, [*needed, *GENERAL])
        missing = [other for other in missing if f'“{other}”' not in hint]
        yield f'front matter: “{name}:” means nothing in {kind or "a page without kind"}{hint}'
    for name in missing:
        yield f'front matter: a {kind} needs “{name}:”'
    if not KEY.fullmatch(front.get('siglum', 'x')):
        yield f'front matter: the siglum “{front["siglum"]}” must be an ASCII slug such as “diary”'
    if front.get('siglum') in ('note', 'ref'):
        yield f'front matter: the siglum “{front["siglum"]}” is that of notes; take another'
    if 'date' in front:
        try:
            dates.one(front['date'])
        except ValueError as error:
            yield f'front matter: date: {error}'
    if 'lang' in front:
        try:
            language(front['lang'])
        except ValueError as error:
            yield f'front matter: lang: {error}'
    for name, register in NAMED.items():
        key = front.get(name)
        if not key or (register, key) in entries:
            continue
        if known := [other for kind_, other in entries if kind_ == register]:
            yield (
                f'front matter: “{name}: {key}” is not a key of the register'
                f'{suggestion(key, known)}'
            )
