"""Collation: every output against the witness, character by character.

    python -m sphinx_edition.collation witness _build

For each difference it prints output, block, file and line of the source, and both readings with
what differs in ⟦ ⟧; what looks alike there is named by its code points. Of the PDF it cannot know
which words are the editor’s: there a block that the witness lacks is seen if it is in a chapter,
resembles one that the witness has, and is nothing that the web edition shows as the editor’s.
"""

from __future__ import annotations

import pickle
import re
import sys
from collections import defaultdict
from difflib import SequenceMatcher
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple
from unicodedata import normalize

from lxml import etree  # type: ignore[import-untyped]

from ..order import reading_order
from .readings import (
    Block,
    blocks_of_pages,
    blocks_of_pdf,
    blocks_of_tei,
    book_pages,
    read_witness,
    web_pages,
    words_of_ours,
)

if TYPE_CHECKING:
    from collections.abc import Container, Iterator, Sequence

ALIKE = 0.5  # two blocks this similar are two readings of one
CONTEXT = 30  # characters shown before and after a difference


class Difference(NamedTuple):
    """What has become of a block; a reading that is '' is none at all."""

    what: str
    block: Block
    place: str
    expected: str
    found: str


# Comparing ----------------------------------------------------------------------------------


def collate(witness: Sequence[Block], blocks: Sequence[Block]) -> list[Difference]:
    """All differences, in the order of the text."""
    pairs = list(pair([block.text for block in witness], [block.text for block in blocks]))
    absent = {witness[n].text for n, m in pairs if n is not None and m is None}
    surplus = {blocks[m].text for n, m in pairs if n is None and m is not None}
    known = {block.text for block in witness}
    found = []
    place = ''
    for n, m in pairs:
        ours = None if n is None else witness[n]
        theirs = None if m is None else blocks[m]
        if ours:
            place = ours.place or place
        if ours and theirs and ours.text != theirs.text:
            what = 'differs'
            if alike(ours.text, theirs.text):
                what = 'differs in the form of Unicode alone (NFC, NFD)'
            found.append(Difference(what, ours, place, ours.text, theirs.text))
        elif ours and not theirs:
            what = 'stands elsewhere' if ours.text in surplus else 'is missing'
            found.append(Difference(what, ours, place, ours.text, ''))
        elif theirs and not ours:
            what = 'is not in the witness'
            if theirs.text in known:
                what = 'belongs elsewhere' if theirs.text in absent else 'stands twice'
            found.append(Difference(what, theirs, theirs.place or place, '', theirs.text))
    return found


Pair = tuple['int | None', 'int | None']


def pair(witness: Sequence[str], texts: Sequence[str]) -> Iterator[Pair]:
    """Place in the witness and place in an output of what belongs together."""
    for kind, i, i_end, j, j_end in SequenceMatcher(None, witness, texts, False).get_opcodes():
        if kind == 'equal':
            yield from zip(range(i, i_end), range(j, j_end), strict=True)
        else:
            yield from pair_alike(witness, texts, range(i, i_end), range(j, j_end))


def pair_alike(
    witness: Sequence[str], texts: Sequence[str], ours: range, theirs: range
) -> Iterator[Pair]:
    """The two most similar blocks, and so on before and after them; what is left stands alone."""
    alike = ((likeness(witness[n], texts[m]), n, m) for n in ours for m in theirs)
    ratio, n, m = max(alike, default=(0.0, 0, 0))
    if not ratio:
        yield from ((n, None) for n in ours)
        yield from ((None, m) for m in theirs)
        return
    yield from pair_alike(witness, texts, range(ours.start, n), range(theirs.start, m))
    yield n, m
    yield from pair_alike(witness, texts, range(n + 1, ours.stop), range(m + 1, theirs.stop))


def likeness(one: str, other: str) -> float:
    """How similar two readings are, from ALIKE to 1; 0 if they are less so."""
    matcher = SequenceMatcher(None, one, other, False)
    bound = min(matcher.real_quick_ratio(), matcher.quick_ratio())
    ratio = matcher.ratio() if bound >= ALIKE else 0.0
    return ratio if ratio >= ALIKE else 0.0


def marked(one: str, other: str) -> tuple[str, str]:
    """Both readings, what differs in ⟦ ⟧, with some words around it."""
    sides = ['', '']
    codes = SequenceMatcher(None, one, other, False).get_opcodes()
    for n, (kind, i, i_end, j, j_end) in enumerate(codes):
        parts = one[i:i_end], other[j:j_end]
        if kind == 'equal' and len(parts[0]) > 2 * CONTEXT:
            start = parts[0][:CONTEXT] if n else ''
            end = parts[0][-CONTEXT:] if n + 1 < len(codes) else ''
            parts = (f'{start} … {end}',) * 2
        show = spelt if alike(*parts) else visible
        for side, part in enumerate(parts):
            sides[side] += part if kind == 'equal' else f'⟦{show(part)}⟧'
    return sides[0], sides[1]


def alike(one: str, other: str) -> bool:
    """Whether two readings are one text in two forms of Unicode, such as NFC and NFD."""
    return normalize('NFC', one) == normalize('NFC', other)


def spelt(text: str) -> str:
    """The code points of *text*: “é” may be one or two."""
    return ' '.join(f'U+{ord(char):04X}' for char in text)


def visible(text: str) -> str:
    """*text* with a name for each character that cannot be seen."""
    hidden = r'[^\S ]|[\u00ad\u0300-\u036f\u200b-\u200f\ufeff]'
    return re.sub(hidden, lambda c: f'<U+{ord(c[0]):04X}>', text)


# Reporting ----------------------------------------------------------------------------------


def sources(doctrees: Path) -> dict[str, str]:
    """Id of a block -> file and line where it is written, as the last build noted them."""
    with (doctrees / 'environment.pickle').open('rb') as file:
        env = pickle.load(file)
    pages = env.domaindata['edition']['pages'].values()
    return {
        record.id: f'{env.project.doc2path(record.docname, absolute=False)}:{record.line}'
        for page in pages
        for record in (*page.passages, *page.notes)
    }


def pages_of(doctrees: Path) -> list[str]:
    """The pages in the order of the book, as the last build read it."""
    with (doctrees / 'environment.pickle').open('rb') as file:
        return reading_order(pickle.load(file))


def placed(lines: Sequence[str], web: Sequence[Block]) -> list[Block]:
    """The witness with the ids and places that its blocks have on the web."""
    found = dict(pair(lines, [block.text for block in web]))
    blocks = []
    for n, line in enumerate(lines):
        block = web[m] if (m := found.get(n)) is not None else Block('')
        blocks.append(block._replace(text=line))
    return blocks


def of_witness(
    witness: Sequence[Block], blocks: Sequence[Block], ours: Container[str]
) -> list[Block]:
    """Those blocks of the PDF that are readings of the witness’s, or pretend to be; not *ours*."""
    texts = [block.text for block in witness]
    pairs = list(pair(texts, [block.text for block in blocks]))
    ids = {block.id for block in witness}
    numbered = {
        file_of(block)
        for block in witness
        if (match := re.fullmatch(r'(.+)-\d+', block.id)) and match[1] not in ids
    }
    places = defaultdict(list)  # chapter -> where its blocks stand among the pairs
    for k, (n, _) in enumerate(pairs):
        if n is not None and file_of(witness[n]) in numbered:
            places[file_of(witness[n])].append(k)
    chapters = {k for found in places.values() for k in range(found[0] - 1, found[-1] + 2)}
    return [
        blocks[m]
        for k, (n, m) in enumerate(pairs)
        if m is not None
        and (
            n is not None
            or (
                k in chapters
                and blocks[m].text not in ours
                and any(likeness(blocks[m].text, text) for text in texts)
            )
        )
    ]


def file_of(block: Block) -> str:
    """The file of its source."""
    return block.place.partition(':')[0]


def collate_pdf(
    witness: Sequence[Block], blocks: Sequence[Block], ours: Container[str] = ()
) -> list[Difference]:
    """Notes apart from the text, for they stand at the foot of pages, between paragraphs.

    *ours* are blocks of the editor’s.
    """

    def split(blocks: Sequence[Block]) -> tuple[list[Block], list[Block]]:
        notes = [block for block in blocks if block.id.startswith('note-')]
        return notes, [block for block in blocks if block not in notes]

    notes, text = split(witness)
    their_notes, their_text = split(blocks)
    # notes follow their marks, also those in other notes: the page has its own order
    order: dict[str, list[int]] = defaultdict(list)
    for n, block in enumerate(notes):
        order[block.text].append(n)
    place, ranked = 0, []
    for block in their_notes:
        place = order[block.text].pop(0) if order[block.text] else place
        ranked.append((place, block))
    their_notes = [block for _, block in sorted(ranked, key=lambda pair: pair[0])]
    return collate(text, of_witness(text, their_text, ours)) + collate(notes, their_notes)


def differences(folder: Path, lines: Sequence[str]) -> Iterator[tuple[str, Difference]]:
    """(output, difference) for everything that was built under *folder*."""
    places = sources(folder / 'doctrees')
    pages = web_pages(folder / 'html')
    web = [block._replace(place=places.get(block.id, '')) for block in blocks_of_pages(pages)]
    witness = placed(lines, web)
    found = {
        'html': collate(witness, web),
        'epub': collate(witness, blocks_of_pages(book_pages(the(folder, 'epub/*.epub')))),
        'pdf': collate_pdf(witness, blocks_of_pdf(the(folder, 'pdf/*.pdf')), words_of_ours(pages)),
        'tei': collate(witness, blocks_of_tei(etree.parse(the(folder, 'tei/*.xml')).getroot())),
    }
    for output, some in found.items():
        yield from ((output, difference) for difference in some)


def the(folder: Path, pattern: str) -> Path:
    """The one file that *pattern* describes."""
    files = [file for file in folder.glob(pattern) if file.name != 'cmif.xml']
    if len(files) != 1:
        raise SystemExit(f'{folder}: there should be one {pattern}, not {len(files)}')
    return files[0]


def main(arguments: Sequence[str]) -> int:
    """Print all differences; 1 if there are any."""
    witness, folder = map(Path, arguments)
    lines = read_witness(witness, pages_of(folder / 'doctrees'))
    count = 0
    for output, (what, block, place, expected, found) in differences(folder, lines):
        count += 1
        expected, found = marked(expected, found) if expected and found else (expected, found)
        name = block.id or f'“{block.text[:CONTEXT]} …”'
        print(f'{place}: {output}: {name} {what}')
        print(f'  witness: {expected or "–"}\n  there:   {found or "–"}\n')
    print(f'{len(lines)} blocks: {count or "no"} difference{"" if count == 1 else "s"}')
    return min(count, 1)


def console() -> None:
    """Print what the console's encoding lacks as its escape."""
    sys.stdout.reconfigure(errors='backslashreplace')  # type: ignore[union-attr]


if __name__ == '__main__':
    console()
    sys.exit(main(sys.argv[1:]))
