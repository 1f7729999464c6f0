"""The problems of an edition: each check yields some, each with its place and its remedy."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING

from . import dates, hosts
from .kinds import CHAPTER, GENERAL, NAMED, OF_EDITORS, TITLE_PAGE, Kinds
from .problems import Problem, Trouble, suggestion
from .records import Citation, Entry, Mention, Note, Page
from .registry import Registry
from .text import KEY, language

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from .records import Passage


def problems(registry: Registry) -> Iterator[Problem]:
    """All of them."""
    yield from duplicates(registry)
    yield from unknown_keys(registry)
    yield from unnamed_entries(registry)
    yield from misplaced_notes(registry)
    yield from unknown_sigla(registry)
    yield from faulty_front_matter(registry)


def sound(registry: Registry) -> Registry:
    """The same without faulty front matter and unknown keys, so that outputs never meet them."""
    return Registry(
        (
            replace(
                page,
                front=page.front if is_sound(page.front, registry) else {},
                marks=[
                    mark
                    for mark in page.marks
                    if not isinstance(mark, Mention) or (mark.kind, mark.key) in registry.entries
                ],
            )
            for page in registry.pages
        ),
        registry.kinds,
        registry.source,
    )


def unknown_sigla(registry: Registry) -> Iterator[Problem]:
    """Overviews of chapters that are not there."""
    for view in [view for page in registry.pages for view in page.overviews]:
        for siglum in view.of:
            if siglum not in registry.sections:
                hint = suggestion(siglum, registry.sections)
                message = f'no chapter has the siglum “{siglum}”{hint}'
                yield Problem(Trouble.KEY, message, view.docname, view.line)


def is_sound(front: dict[str, str], registry: Registry) -> bool:
    """Whether front matter has no fault, and names nobody without an entry."""
    return not any((*front_matter_faults(front, registry), *unknown_names(front, registry)))


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
                    f'the {what} “{key}” is already defined at {first.docname}:{first.line}; '
                    'give one of the two another',
                    record.docname,
                    record.line,
                )


def unknown_keys(registry: Registry) -> Iterator[Problem]:
    """Namings, marks of notes and links to passages that lead nowhere."""
    words = registry.kinds.registers
    known: dict[str, set[str]] = defaultdict(set)
    for kind, key in registry.entries:
        known[kind].add(key)
    for mention in registry.marks(Mention):
        if mention.kind not in known:
            known[mention.kind] = set()  # said once
            yield Problem(
                Trouble.KEY,
                f'the register has no {words[mention.kind].word} at all, yet here one is named; '
                f'write :::{{{mention.kind}}} {mention.key} under notes/',
                mention.docname,
                mention.line,
            )
        elif known[mention.kind] and mention.key not in known[mention.kind]:
            yield Problem(
                Trouble.KEY,
                f'no {words[mention.kind].word} has the key “{mention.key}”'
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
        named |= {(kind, key) for name, kind in NAMED.items() for key in page.keys(name)}
    for (kind, key), entry in registry.entries.items():
        if (kind, key) not in named:
            word = registry.kinds.registers[kind].word
            yield Problem(
                Trouble.KEY,
                f'the {word} “{key}” is never named; mark a naming as '
                f'{{{kind}}}`words <{key}>`, or take the entry out',
                entry.docname,
                entry.line,
            )


def misplaced_notes(registry: Registry) -> Iterator[Problem]:
    """Notes that are never cited, cited twice or out of order."""
    for key, note in registry.notes.items():
        if key not in registry.citations:
            yield Problem(
                Trouble.NOTE,
                f'note “{key}” is never cited; put {{note}}`{key}` where it belongs',
                note.docname,
                note.line,
            )
    for key, citations in registry.further_marks.items():
        first = registry.citations[key]
        for citation in citations if key in registry.notes and not registry.of_witness(key) else ():
            yield Problem(
                Trouble.NOTE,
                f'note “{citation.key}” is already cited at {first.docname}:{first.line}; '
                'an editor’s note has one mark, so refer to the passage instead',
                citation.docname,
                citation.line,
            )
    numbered: dict[str, list[Citation]] = defaultdict(list)
    for key, citation in registry.citations.items():
        cited = registry.notes.get(key)
        # a label is as the witness has it: a chapter or a section may count from 1, or not in order
        if cited and not cited.label and registry.labels.get(key, '').isdecimal():
            numbered[cited.hand].append(citation)
    for citations in numbered.values():
        for before, after in pairwise(citations):
            one, other = registry.labels[before.key], registry.labels[after.key]
            if int(one) > int(other):
                yield Problem(
                    Trouble.NOTE,
                    f'note {other} is cited after note {one}; '
                    'the witness’s notes follow their numbers',
                    after.docname,
                    after.line,
                )


def faulty_front_matter(registry: Registry) -> Iterator[Problem]:
    """Front matter that no document of its kind has."""
    for page in registry.pages:
        for message in front_matter_faults(page.front, registry):
            yield Problem(Trouble.FRONT_MATTER, message, page.docname, 1)


def fields_of(kind: str, kinds: Kinds) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The front matter that a page of this kind must have, and what it may have."""
    if row := kinds.chapters.get(kind):
        return ('siglum', *row.needs), (*row.may, *CHAPTER, *GENERAL)
    if kind == TITLE_PAGE:
        return ('siglum',), GENERAL
    return (), (*GENERAL, *OF_EDITORS)


def front_matter_faults(front: dict[str, str], registry: Registry) -> Iterator[str]:
    """What is wrong with the front matter of one document."""
    kind, kinds = front.get('kind', ''), registry.kinds
    if kind and kind not in (known := (TITLE_PAGE, *kinds.chapters)):
        yield (
            f'front matter: “kind: {kind}” is none of {", ".join(known)}{suggestion(kind, known)}'
        )
        return
    needed, allowed = fields_of(kind, kinds)
    missing = [name for name in needed if not front.get(name)]
    for name in front:
        if name in needed or name in allowed:
            continue
        hint = suggestion(name, missing) or suggestion(name, [*needed, *allowed])
        missing = [other for other in missing if f'“{other}”' not in hint]
        yield f'front matter: unknown field “{name}” in {a(kind) or "a page without kind"}{hint}'
    for name in missing:
        yield f'front matter: {a(kind)} needs “{name}:”'
    yield from malformed(front, registry.source)
    for name, register, key in unknown_names(front, registry):
        known_keys = [other for kind_, other in registry.entries if kind_ == register]
        if known_keys or register not in registry.kinds_named:  # else `unknown_keys` says it
            yield (
                f'front matter: “{name}: {key}” is not a key of the register'
                f'{suggestion(key, known_keys)}'
            )


def unknown_names(front: dict[str, str], registry: Registry) -> Iterator[tuple[str, str, str]]:
    """(field, register, key) of those that are named without having an entry."""
    for name, register in NAMED.items():
        for key in Page('', front).keys(name):
            if (register, key) not in registry.entries:
                yield name, register, key


def malformed(front: dict[str, str], whole: hosts.Host) -> Iterator[str]:
    """Values of front matter that are not of their form."""
    siglum = front.get('siglum', 'x')
    if not KEY.fullmatch(siglum):
        yield f'front matter: the siglum “{siglum}” must be an ASCII slug such as “diary”'
    if siglum in ('note', 'ref'):
        yield f'front matter: the siglum “{siglum}” is reserved for notes; choose another'
    if front.get('only', 'web') != 'web':
        yield f'front matter: only: “{front["only"]}” is not known; the one there is is “web”'
    checked: tuple[tuple[str, Callable[[str], object]], ...] = (
        ('date', dates.check),
        ('lang', language),
        ('source', lambda text: hosts.of_chapter(text, whole)),
    )
    for name, check in checked:
        if name in front:
            try:
                check(front[name])
            except ValueError as error:
                yield f'front matter: {name}: {error}'


def a(kind: str) -> str:
    """“a letter”, “an article”; nothing for nothing."""
    return f'a{"n" if kind[0] in "aeiou" else ""} {kind}' if kind else ''
