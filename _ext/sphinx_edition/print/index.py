"""The index of names: under which words each entry is looked for."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

from ..data.collating import by_surname, initial
from ..data.kinds import PERSON
from ..data.text import unmarked
from .source import array, string

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Iterator

    from ..data.records import Entry
    from ..data.registry import Registry


def index(registry: Registry, bound: Container[str]) -> tuple[str, str]:
    """The entries of the index as Typst dictionaries; and each form, with its place and letter.

    They lead to the registers, so these must be among the *bound* documents.
    """
    found = [line for entry, line in entries(registry) if entry.docname in bound]
    forms = {form for _, some in found for form in some}
    order = ', '.join(
        f'{string(form)}: ({n}, {string(initial(form))})'
        for n, form in enumerate(sorted(forms, key=lambda form: (by_surname(form), form)))
    )
    return array(entry for entry, _ in found), f'({order or ":"})'


def entries(registry: Registry) -> Iterator[tuple[Entry, tuple[str, list[str]]]]:
    """Each entry that is named, its dictionary, and the forms under which it stands."""
    kinds = registry.kinds.registers
    for entry in registry.entries.values():
        mentions = registry.mentions[entry.naming]
        if mentions or (entry.kind == PERSON and entry.key in registry.written):
            forms = dict.fromkeys(mention.text for mention in mentions if mention.text.strip())
            see = also_known(entry, forms, has_surname=kinds[entry.kind].life)
            title = str(kinds[entry.kind].title).lower()
            line = (
                f'(kind: {string(entry.kind)}, key: {string(entry.key)}, '
                f'id: {string(f"{entry.docname}:{entry.key}")}, title: {title}, '
                f'name: {string(inverted(entry))}, sort: {string(entry.sort)}, '
                f'see: {array(map(string, see))})'
            )
            yield entry, (line, [entry.sort, *see])


def inverted(entry: Entry) -> str:
    """The name as the register has it, its words in the order by which it is sorted.

    “Natalia Sedova”, sorted as “Sedova, Natalia” → “Sedova, Natalia”; “Coyoacán”, sorted as
    “Coyoacan” → “Coyoacán”.
    """
    last, comma, given = entry.sort.partition(', ')
    if comma and len(entry.name.split()) == len([*given.split(), *last.split()]):
        names = entry.name.split()
        first = len(given.split())
        return f'{" ".join(names[first:])}, {" ".join(names[:first])}'
    return entry.name


def also_known(entry: Entry, forms: Iterable[str], *, has_surname: bool) -> list[str]:
    """The names under which a reader may look for *entry* in vain: for *see* references.

    Other spellings in the script of the entry: who reads another looks in the register. Of the
    forms in the text only initials and proper names; of people what does not begin with the surname
    anyway, the last name first: “Natalia Trotsky” → “Trotsky, Natalia”; and the given name, where
    the text has it alone: “Natalia”. A last name that stands within another of the names is no
    surname: “Lev Davidovich”, for “Lev Davidovich Bronstein” is known.
    """
    names = [entry.name, *map(unmarked, entry.variants)]
    known = {*words(entry.name), *words(entry.sort)}
    within = {word for name in names for word in name.split()[:-1]}
    own = alphabet(entry.sort)
    found = dict.fromkeys(name for name in names[1:] if alphabet(name) == own)
    for form in forms:
        initials = re.fullmatch(r'([A-Z]\.)+', form)
        proper = all(word[0].isupper() for word in words(form))
        known_alone = has_surname and form in known
        if initials or (proper and (not has_surname or ' ' in form or known_alone)):
            found[form] = None
    shown = []
    for form in found:
        given, _, last = form.rpartition(' ')
        inverted = has_surname and given and last not in within and ',' not in form
        alone = has_surname and form in forms and len(words(form)) == 1
        if alone or not known.issuperset(words(form)):
            shown.append(f'{last}, {given}' if inverted else form)
    head = words(entry.sort)[0]
    return [form for form in dict.fromkeys(shown) if words(form)[0] != head]


def alphabet(name: str) -> str:
    """The script of a name, by its first letter: “LATIN”, “CYRILLIC”."""
    letter = next((c for c in name if c.isalpha()), ' ')
    return unicodedata.name(letter, '').partition(' ')[0]


def words(name: str) -> list[str]:
    """“Koka (Elena Codreanu)” → Koka, Elena, Codreanu."""
    return re.findall(r'[\w’]+\.?', name) or [name]
