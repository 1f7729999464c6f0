"""What the search page looks through, in parts of which a query loads a few.

Scripts and no data files, for they must open from a disk, too; nothing that a strict policy
forbids. (Pagefind, which also loads in parts, needs a server and WebAssembly.) All parts lie in
`_static/search/`:

index.js    where each part begins, and how many texts each group has
w-N.js      word -> numbers of the texts that have it, each as the distance from the one before
t-N.js      the texts themselves: [pages, [label, page, id, words], …]

Words are sorted, so that those that begin alike lie together. A word that begins with “#” is what
a reader calls a text as a whole: “#diary5”, “#leontrotsky”. One that begins with “~” is the
skeleton of a word in a name: what all its spellings share.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections import defaultdict
from itertools import pairwise
from typing import TYPE_CHECKING, Any, NamedTuple

from ..data.language import _
from ..data.text import closed, unmarked
from ..domain import edition_domain

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from sphinx.builders.html import StandaloneHTMLBuilder

    from ..data.records import Entry
    from ..data.registry import Registry

FOLDER = '_static/search'
GROUPS = ('names', 'text', 'notes', 'pages', 'sources')  # in the order of their numbers
WORDS, TEXTS = 16_000, 6_000  # characters of a part
PLACES = 12  # places of an entry that a result shows

# letters that have no plain one within them; `search.js` has the same table
PLAIN = str.maketrans(
    {'ł': 'l', 'ø': 'o', 'đ': 'd', 'ð': 'd', 'ħ': 'h', 'ı': 'i', 'ß': 'ss', 'æ': 'ae', 'œ': 'oe'}
    | {'þ': 'th', '\xad': None}
)
# a word with what may stand within it; `search.js` has the same
WORD = re.compile(r'[^\W_]+(?:[’\'ʼ.‐‑-][^\W_]+)*')
INNER = re.compile(r'[’\'ʼ.‐‑-]')
POSSESSIVE = re.compile(r'[’\'ʼ]s$')

# letters of a name that are written in many ways -> one of them; `search.js` has the same
CYRILLIC = str.maketrans(
    dict(
        pair.split('=')
        for pair in (
            'а=a б=b в=v г=g д=d е=e ж=zh з=z и=i к=k л=l м=m н=n о=o п=p р=r с=s т=t у=u ф=f х=kh '
            'ц=ts ч=ch ш=sh щ=shch ъ= ы=y ь= э=e ю=yu я=ya і=i ѣ=e'
        ).split()
    )
)
ALIKE = [
    (re.compile(sounds), letter)
    for sounds, letter in (
        ('shch|tsch|tch|ch|cz|ts|tz', 'C'),
        ('sch|sh|sz|zh|z', 's'),
        ('kh|ck|c|q', 'k'),
        ('ph', 'f'),
        ('w', 'v'),
        ('x', 'ks'),
        ('ou|oo', 'u'),
        ('[yj]', 'i'),
        (r'(.)\1+', r'\1'),
    )
]


class Text(NamedTuple):
    """What can be found: an entry, a passage, a note, a section of a page, a source."""

    group: str
    label: str
    docname: str
    id: str
    words: str
    names: tuple[str, ...] = ()  # what it is called as a whole
    facts: str = ''
    places: tuple[tuple[str, str, str], ...] = ()  # where an entry is named: label, docname, id
    namings: int = 0  # how many places there are


def folded(text: str) -> str:
    """*text* in small letters without accents."""
    apart = unicodedata.normalize('NFKD', text).lower().translate(PLAIN)
    return apart if apart.isascii() else ''.join(c for c in apart if not unicodedata.combining(c))


def keys(word: str) -> list[str]:
    """What a word is found by: as one, and its parts.

    >>> keys('o’callaghan'), keys('step-child'), keys('l.t'), keys('serge’s')
    (['ocallaghan', 'o', 'callaghan'], ['stepchild', 'step', 'child'], ['lt', 'l', 't'], ['serge'])
    """
    parts = INNER.split(POSSESSIVE.sub('', word))
    return [''.join(parts), *parts] if len(parts) > 1 else parts


def words(text: str) -> set[str]:
    """All that *text* is found by."""
    return {key for word in set(WORD.findall(folded(text))) for key in keys(word)}


def skeleton(word: str) -> str:
    """What the spellings of a name share.

    >>> skeleton('rakovsky') == skeleton('racovskii') == skeleton('раковскии')
    True
    """
    word = word.translate(CYRILLIC)
    for sounds, letter in ALIKE:
        word = sounds.sub(letter, word)
    return '~' + word


def called(name: str) -> str:
    """A name or label as one word: “#diary5”."""
    return '#' + ''.join(keys(word)[0] for word in WORD.findall(folded(name)))


# What there is ---------------------------------------------------------------------------------


def texts(builder: StandaloneHTMLBuilder) -> Iterator[Text]:
    """Everything that can be found, group by group, in reading order."""
    registry = edition_domain(builder.env).registry
    for page in registry.pages:
        yield from (named(entry, registry) for entry in page.entries)
    for passage in registry.passages.values():
        if passage.text:
            yield Text(
                *('text', passage.label, passage.docname, passage.id, passage.text),
                (passage.label,),
            )
    for key in registry.cited:
        note, label = registry.notes[key], registry.labels[key]
        body = note.text if registry.of_witness(key) else closed(note.text)
        name = registry.note_name(key)
        yield Text(
            'notes',
            name,
            note.docname,
            note.id,
            body,
            (name, _('note {label}').format(label=label)),
        )
    for page in registry.pages:
        names = {entry.key: entry.name for entry in page.entries}
        for name, heading, words in page.prose:
            told = names.get(name, heading)
            label = (
                _('{group}: {n}').format(group=page.title, n=told)
                if told not in ('', page.title)
                else page.title
            )
            yield Text('pages', label, page.docname, name, closed(words))
    for citation in builder.env.domains['cite'].citations:  # type: ignore[attr-defined]
        entry = citation.formatted_entry
        docname = citation.bibliography_key.docname
        body = unicodedata.normalize('NFC', entry.text.render_as('text'))
        yield Text('sources', entry.label, docname, citation.citation_id, body)


def named(entry: Entry, registry: Registry) -> Text:
    """An entry with all its forms."""
    mentions = registry.mentions[entry.kind, entry.key]
    forms = dict.fromkeys([*map(unmarked, entry.variants), *(m.form for m in mentions)])
    places = {registry.locus(m): (m.docname, m.id) for m in reversed(mentions)}  # once each
    shown = [(locus, *place) for locus, place in reversed(places.items())]
    names = tuple(dict.fromkeys([entry.name, entry.sort, *forms]))
    facts = ' · '.join(filter(None, (entry.when, unmarked(entry.who))))
    body = '; '.join(form for form in forms if form and form != entry.name)
    return Text(
        *('names', entry.name, entry.docname, entry.key, body, names, facts),
        *(tuple(shown[:PLACES]), len(shown)),
    )


# How it is written -----------------------------------------------------------------------------


def write_index(builder: StandaloneHTMLBuilder) -> None:
    """Write all parts; of those that are there, only what has changed."""
    registry = edition_domain(builder.env).registry
    titles = {page.docname: page.title for page in registry.pages}
    found = list(texts(builder))
    places: dict[str, list[int]] = defaultdict(list)
    for n, text in enumerate(found):
        everything = ' '.join((text.label, text.facts, text.words))
        for word in words(everything).union(map(called, text.names)):
            places[word].append(n)
    places |= spellings(found, places)
    vocabulary = sorted(places)
    lines = [f'{compact(word)}:"{steps(places[word])}"' for word in vocabulary]
    word_parts = starts([len(line) for line in lines], WORDS)
    text_parts = starts([len(text.words) + 60 * len(text.places) for text in found], TEXTS)
    groups = [text.group for text in found]
    parts = {
        'index': compact(
            {
                'words': [vocabulary[start] for start in word_parts],
                'texts': text_parts,
                'groups': [groups.count(group) for group in GROUPS],
            }
        )
    }
    for n, (start, end) in enumerate(pairwise([*word_parts, len(lines)])):
        parts[f'w-{n}'] = '{' + ',\n'.join(lines[start:end]) + '}'
    for n, (start, end) in enumerate(pairwise([*text_parts, len(found)])):
        parts[f't-{n}'] = compact(table(found[start:end], titles, builder))
    write(parts, builder.outdir / FOLDER)


def spellings(found: list[Text], places: dict[str, list[int]]) -> dict[str, list[int]]:
    """Skeleton of each word of a name -> the texts that have it in any spelling."""
    names = {
        word
        for text in found
        if text.group == 'names'
        for name in text.names
        for word in words(name)
    }
    alike: dict[str, set[int]] = defaultdict(set)
    for word in names:
        if len(word) > 3:
            alike[skeleton(word)].update(places[word])
    return {bones: sorted(numbers) for bones, numbers in alike.items()}


def starts(sizes: Sequence[int], limit: int) -> list[int]:
    """Where the parts begin if each is to be no larger than *limit*, or a single thing."""
    found: list[int] = []
    length = 0
    for n, size in enumerate(sizes):
        if not found or length + size > limit:
            found.append(n)
            length = 0
        length += size
    return found


def steps(numbers: list[int]) -> str:
    """Rising numbers as distances, in base 36.

    >>> steps([3, 5, 45])
    '3 2 14'
    """
    return ' '.join(base36(n - before) for before, n in pairwise([0, *numbers]))


def base36(n: int) -> str:
    """As JavaScript’s `parseInt` reads it."""
    digits = '0123456789abcdefghijklmnopqrstuvwxyz'
    head, last = divmod(n, 36)
    return (base36(head) if head else '') + digits[last]


def table(
    some: list[Text], titles: dict[str, str], builder: StandaloneHTMLBuilder
) -> list[list[Any]]:
    """A part of the texts, after the pages on which they stand."""
    pages = dict.fromkeys(
        name for text in some for name in (text.docname, *(place[1] for place in text.places))
    )
    number = {name: n for n, name in enumerate(pages)}
    return [
        [[builder.get_target_uri(name), titles[name]] for name in pages],
        *(
            [
                *(text.label, number[text.docname], text.id, text.words),
                *(
                    (
                        text.facts,
                        [[locus, number[name], id] for locus, name, id in text.places],
                        text.namings,
                    )
                    if text.group == 'names'
                    else ()
                ),
            ]
            for text in some
        ),
    ]


def compact(data: object) -> str:
    """JSON, which is JavaScript as well."""
    return json.dumps(data, ensure_ascii=False, separators=(',', ':'))


def write(parts: dict[str, str], folder: Path) -> None:
    """A script for each part; what is there already is left alone, what is too many deleted."""
    folder.mkdir(parents=True, exist_ok=True)
    files = {f'{name}.js': f'searchPart("{name}",{data})\n' for name, data in parts.items()}
    for path in folder.iterdir():
        if path.name not in files:
            path.unlink()
    for name, script in files.items():
        path = folder / name
        if not path.exists() or path.read_text('utf-8') != script:
            path.write_text(script, encoding='utf-8', newline='\n')
