"""What the Markdown of an edition names: entries, namings, words that are not marked."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from ..data.kinds import PARTS

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

UNMARKED = 'witness/unmarked.txt'
UNDECIDED = 'not yet decided'
KINDS = ('person', 'place', 'work', 'org', 'term')
UPPER = r'[^\W\d_a-zß-öø-ÿ]'
INITIALS = rf'(?:{UPPER}\.-?){{1,4}}(?![\w])'
WORD = rf'(?:{INITIALS}|(?:Mrs?|Dr|St)\.|{UPPER}[\w’\']*(?:-[^\W\d_][\w’\']*)*)'
BETWEEN = r'(?: |\n(?:> ?)*(?=\S)(?![>:#|*-]))'
RUN = re.compile(rf'\b{WORD}(?:{BETWEEN}(?:(?:de|da|di|la|le|von|van|der|du|of){BETWEEN})?{WORD})*')
LETTERS = re.compile(r'(?<![\w’])[^\W\d_][\w’]*')
ROLE = re.compile(
    r'\{(?P<name>[a-z:-]+)\}(?P<ticks>`+)(?!`)(?P<content>.*?)(?<!`)(?P=ticks)(?!`)', re.DOTALL
)
TARGET = re.compile(r'(?P<words>.*?)\s*<(?P<key>[^<>]*)>', re.DOTALL)
ENTRY = re.compile(
    rf'^:::+\{{(?P<kind>{"|".join(KINDS)})\}} (?P<key>\S+)\n(?P<options>(?::[a-z]+:.*\n)*)', re.M
)
HIDDEN = re.compile(
    r'\A---\n(?s:.*?)\n---\n|^`{3}\{toctree\}(?s:.*?)^`{3}|^[ >]*[:`]{3,}.*$|'
    r'^:[a-z-]+:.*$|^#.*$|^%.*$|'
    r'!\[.*?\]\(.*?\)',
    re.M,
)
EDITORIAL = re.compile(r'^(:{3,})\{editorial\}(?s:.*?)^\1$', re.M)
# what of the witness may stand on a page of the editors
WITNESS = re.compile(
    rf'^(:{{3,}})\{{(?:(?!editor-)[a-z-]+-note|{"|".join(PARTS)})\}}(?s:.*?)^\1$', re.M
)
# roles in words of the witness that mark no name
WORDED = frozenset('sic foreign gloss del add unclear hi sup sub'.split())
HOLE = '\x00'  # in the place of what is no word, or is marked
# an escaped character; marks of emphasis, where no word ends
MARKUP = re.compile(r'\\([^\w\s]|_)|[*_]+')
# where a sentence, a paragraph, an item or a cell begins
OPENING = re.compile(
    r'(?:[.!?…:][”’"\')\]]*|\A|\n\n|^\x00+\n|^[-*+>|] |\|)[ \n>]*[“‘"\'(\[*_\\\x00]*\Z', re.M
)


class Naming(NamedTuple):
    """A run of words that may name somebody, where it stands."""

    words: str
    file: str
    line: int
    start: int
    end: int
    within: bool  # stands in another role


@dataclass
class Known:
    """The entries of an edition, and the forms in which the text names them."""

    forms: dict[str, set[tuple[str, str]]] = field(default_factory=lambda: defaultdict(set))
    entries: set[tuple[str, str]] = field(default_factory=set)

    def likely(self, words: str) -> list[tuple[str, str]]:
        """Entries that *words* may name: by a form of theirs, else by their last word."""
        bare = re.sub(r'[’\']s?$', '', words)
        found = self.forms.get(words) or self.forms.get(bare)
        if not found:
            found = {
                entry
                for form, entries in self.forms.items()
                if len(bare) > 2 and form.split(' ')[-1:] == [bare]
                for entry in entries
            }
        return sorted(found)


def known(folder: Path) -> Known:
    """What the registers and the marked namings say."""
    found = Known()
    for file in sorted((folder / 'notes').glob('*.md')):
        for match in ENTRY.finditer(file.read_text(encoding='utf-8')):
            entry = match['kind'], match['key']
            found.entries.add(entry)
            options = dict(re.findall(r'^:([a-z]+): (.*)$', match['options'], re.M))
            for form in [options.get('name', ''), *options.get('variants', '').split(';')]:
                if form.strip():
                    found.forms[form.strip()].add(entry)
    for file in texts(folder):
        for match in roles(file.read_text(encoding='utf-8')):
            target = TARGET.fullmatch(match['content'])
            if match['name'] in KINDS and target and target['words'][:1].isupper():
                form = ' '.join(
                    re.sub(
                        r'\{[a-z:-]+\}`+(.*?)(?: <.*?>)?`+|[*\\]', r'\1', target['words']
                    ).split()
                )
                found.forms[form].add((match['name'], target['key']))
    return found


def texts(folder: Path) -> list[Path]:
    """The files that hold words of the witness: title page, chapters, its notes, its colophon."""
    notes = [
        file
        for file in sorted((folder / 'notes').glob('*.md'))
        if WITNESS.search(file.read_text(encoding='utf-8'))
    ]
    return [folder / 'index.md', *sorted((folder / 'chapters').rglob('*.md')), *notes]


def unmarked(folder: Path) -> tuple[set[str], set[str]]:
    """Words that name nobody; words that are not yet decided."""
    file = folder / UNMARKED
    decided: set[str] = set()
    undecided: set[str] = set()
    current = decided
    for line in file.read_text(encoding='utf-8').split('\n') if file.is_file() else ():
        if line.startswith('#'):
            current = undecided if UNDECIDED in line else decided
        else:
            current.update(line.split())
    return decided, undecided


def roles(text: str) -> Iterator[re.Match[str]]:
    """All roles of *text*, each before those within it."""
    for match in ROLE.finditer(text):
        yield match
        yield from roles(match['content'])


def blot(text: str) -> str:
    """As many holes; lines stay."""
    return re.sub(r'[^\n]', HOLE, text)


def worded(text: str) -> str:
    """*text* with holes for its roles, but for the words of those that mark no name."""

    def role(match: re.Match[str]) -> str:
        said, content = match[0], match['content']
        if match['name'] not in WORDED:
            return blot(said)
        target = TARGET.fullmatch(content)
        words = target['words'] if target else content
        start = match.start('content') - match.start()
        return blot(said[:start]) + worded(words) + blot(said[start + len(words) :])

    return ROLE.sub(role, text)


def visible(text: str, file: Path) -> str:
    """*text* of *file* with holes for what is no word of the witness, or is marked."""

    def hole(match: re.Match[str]) -> str:
        return blot(match[0])

    if file.parent.name == 'notes':  # where only some directives hold words of the witness
        ends = [0, *(place for held in WITNESS.finditer(text) for place in held.span()), len(text)]
        for start, end in zip(ends[::2], ends[1::2], strict=True):
            text = text[:start] + blot(text[start:end]) + text[end:]
    return HIDDEN.sub(hole, EDITORIAL.sub(hole, worded(text)))


def namings(folder: Path) -> Iterator[Naming]:
    """Runs of capitalised words that are not marked, in the order of the files."""
    decided, _ = unmarked(folder)
    inner = Counter[str]()
    found: list[tuple[Naming, bool]] = []
    written = {file: file.read_text(encoding='utf-8') for file in texts(folder)}
    read = {file: visible(text, file) for file, text in written.items()}
    common = {word for text in read.values() for word in re.findall(r'\b[^\W\d_A-Z][\w’]*', text)}
    for file, text in read.items():
        free = ROLE.sub(lambda role: blot(role[0]), written[file])
        for match in RUN.finditer(text):
            start, end = match.span()
            opens = bool(OPENING.search(text, max(0, start - 60), start))
            first = re.match(WORD, match[0])
            if (
                opens
                and first
                and first.end() < len(match[0])
                and (first[0] in decided or first[0].lower() in common)
            ):
                following = re.search(rf'(?<!\w){WORD}', match[0][first.end() :])
                if following is None:
                    continue
                start += first.end() + following.start()
                opens = False
            run = ' '.join(re.sub(r'\n(?:> ?)*', ' ', text[start:end]).split())
            bare = re.sub(r'[’\']s?$', '', run)
            said = [word for word in re.split(r'[ ’\']', bare) if word[:1].isupper()]
            if all(word.strip('.') in decided or word in decided for word in said):
                continue
            if len(said) == 1 and bare.lower() in common and opens:
                continue
            line = text.count('\n', 0, start) + 1
            place = file.relative_to(folder).as_posix()
            found.append(
                (
                    Naming(
                        bare,
                        place,
                        line,
                        start,
                        start + len(text[start:end]) - (len(run) - len(bare)),
                        free[start] == HOLE,
                    ),
                    opens,
                )
            )
            if not opens or ' ' in bare:
                inner.update(bare.split(' '))
    forms = known(folder).forms
    for naming, opens in found:
        if not opens or ' ' in naming.words or inner[naming.words] or naming.words in forms:
            yield naming


def capitalised(folder: Path) -> set[str]:
    """All capitalised words of the witness that are marked nowhere."""
    found: set[str] = set()
    for file in texts(folder):
        text = file.read_text(encoding='utf-8')
        own = [] if file.parent.name == 'notes' else re.findall(r'^#+ (.*)$', text, re.M)
        said = '\n'.join([visible(text, file), *(ROLE.sub('', heading) for heading in own)])
        said = MARKUP.sub(r'\1', said.replace(HOLE, ''))
        found |= {word.rstrip('’') for word in LETTERS.findall(said) if word[0].isupper()}
    return found
