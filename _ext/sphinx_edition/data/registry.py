"""The questions asked of an edition: who is named where, which letter a note bears."""

from __future__ import annotations

from collections import defaultdict
from functools import cached_property
from itertools import count
from typing import TYPE_CHECKING, TypeVar

from .hosts import Host, of_chapter
from .kinds import NAMED, PERSON, Kinds
from .language import _, spoken, told
from .records import Citation, Mark, Mention
from .text import letters

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from .kinds import ChapterKind
    from .records import Entry, Note, Page, Passage

M = TypeVar('M', bound=Mark)


class Registry:
    """All pages, in reading order."""

    def __init__(
        self, pages: Iterable[Page], kinds: Kinds | None = None, source: Host | None = None
    ) -> None:
        self.pages = list(pages)
        self.kinds = kinds or Kinds()
        self.source = source or Host()  # of the whole

    def chapter(self, page: Page) -> ChapterKind | None:
        """What kind of text *page* is; None for the title page and pages of the editors."""
        return self.kinds.chapters.get(page.kind)

    def host(self, page: Page) -> Host:
        """Where the text of *page* stood."""
        return of_chapter(page.front.get('source', ''), self.source)

    def people(self, keys: Iterable[str]) -> list[Entry]:
        """The entries of people; those without one, which was reported, are left out."""
        found = (self.entries.get((PERSON, key)) for key in keys)
        return [entry for entry in found if entry]

    @cached_property
    def written(self) -> dict[str, dict[str, list[Page]]]:
        """Key of a person -> “from”, “to”, “by” -> letters from or to, other chapters by them."""
        found: dict[str, dict[str, list[Page]]] = defaultdict(lambda: defaultdict(list))
        for page in self.pages:
            if kind := self.chapter(page):
                for key in page.keys('author'):
                    found[key]['from' if kind.correspondence else 'by'].append(page)
                for key in page.keys('addressee'):
                    found[key]['to'].append(page)
        return found

    @cached_property
    def documents(self) -> dict[str, Page]:
        """Docname -> page."""
        return {page.docname: page for page in self.pages}

    @cached_property
    def entries(self) -> dict[tuple[str, str], Entry]:
        """(kind, key) -> entry; of two with one key, the first."""
        return {(e.kind, e.key): e for page in reversed(self.pages) for e in reversed(page.entries)}

    @cached_property
    def notes(self) -> dict[str, Note]:
        """Key -> note."""
        return {note.key: note for page in reversed(self.pages) for note in reversed(page.notes)}

    @cached_property
    def passages(self) -> dict[str, Passage]:
        """Id -> passage, in reading order."""
        return {p.id: p for page in self.pages for p in page.passages}

    @cached_property
    def sections(self) -> dict[str, list[Passage]]:
        """Siglum -> the passages that are cited by it."""
        found: dict[str, list[Passage]] = defaultdict(list)
        for passage in self.passages.values():
            found[passage.siglum].append(passage)
        return found

    def marks(self, kind: type[M]) -> Iterator[M]:
        """All marks of one class, in reading order."""
        return (mark for page in self.pages for mark in page.marks if isinstance(mark, kind))

    @cached_property
    def citations(self) -> dict[str, Citation]:
        """Key of a note -> the first place where it is cited."""
        places: dict[str, Citation] = {}
        for citation in self.marks(Citation):
            places.setdefault(citation.key, citation)
        return places

    @cached_property
    def cited(self) -> list[str]:
        """Keys of the notes that are cited, in reading order; those cited in a note follow it."""
        inner: dict[str, list[str]] = defaultdict(list)  # id of a note -> keys cited there
        outer: list[str] = []
        for key, citation in self.citations.items():
            if key in self.notes:
                within_note = citation.within.startswith('note-')
                (inner[citation.within] if within_note else outer).append(key)
        order: dict[str, None] = {}
        todo = [key for keys in (outer, *inner.values()) for key in keys][::-1]
        while todo:
            if (key := todo.pop()) not in order:
                order[key] = None
                todo += reversed(inner[self.notes[key].id])
        return list(order)

    @cached_property
    def labels(self) -> dict[str, str]:
        """Key of a note -> its mark: that of the witness, or a letter in the order of citing.

        No letter is one that the witness has: a mark tells who speaks.
        """
        labels = {
            note.key: note.label or note.key
            for note in self.notes.values()
            if self.of_witness(note.key)
        }
        free = (letter for n in count() if (letter := letters(n)) not in labels.values())
        editors = [key for key in self.cited if not self.of_witness(key)]
        return {**labels, **dict(zip(editors, free, strict=False))}

    def of_witness(self, key: str) -> bool:
        """Whether the note *key* stands in the witness."""
        return self.kinds.hands[self.notes[key].hand].witness

    def note_name(self, key: str) -> str:
        """“Editor’s note b”."""
        return f'{_(self.kinds.hands[self.notes[key].hand].word)} {self.labels[key]}'

    def languages(self, key: str, docname: str) -> dict[str, str]:
        """What a note, shown on the page *docname*, says of its language and direction, if it must.

        An author writes notes in the language of the text; all others, in that of the edition.
        """
        whole, cited = spoken().tag, self.citations.get(key)
        there = self.documents[docname].front.get('lang', whole)
        own = whole
        if cited and self.kinds.hands[self.notes[key].hand].maker == 'author':
            own = self.documents[cited.docname].front.get('lang', whole)
        return told(own, there)

    def speaker(self, key: str) -> str:
        """“Author’s note”, where the form of its label is that of other hands, too; else ''."""
        note = self.notes[key]
        hands = {other.hand for other in self.notes.values()}
        alike = {hand for hand in hands if self.kinds.hands[hand].witness == self.of_witness(key)}
        return _(self.kinds.hands[note.hand].word) if len(alike) > 1 else ''

    @cached_property
    def further_marks(self) -> dict[str, list[Citation]]:
        """Key of a note -> the places where it is cited again."""
        places = defaultdict(list)
        for citation in self.marks(Citation):
            if citation is not self.citations[citation.key]:
                places[citation.key].append(citation)
        return places

    @cached_property
    def mentions(self) -> dict[tuple[str, str], list[Mention]]:
        """(kind, key) -> its namings in text and notes, in reading order."""
        found = defaultdict(list)
        for mention in self.marks(Mention):
            if mention.within:
                found[mention.kind, mention.key].append(mention)
        return found

    @cached_property
    def kinds_named(self) -> set[str]:
        """The registers that namings in text and notes point into."""
        return {mention.kind for mention in self.marks(Mention)}

    @cached_property
    def places(self) -> dict[str, str]:
        """Id of anything that can be linked to by id -> the document it stands in."""
        return {
            **{mark.id: mark.docname for mark in reversed([*self.marks(Mark)]) if mark.id},
            **{passage.id: passage.docname for passage in self.passages.values()},
            **{note.id: note.docname for note in self.notes.values()},
        }

    def locus(self, mark: Mark) -> str:
        """Where a mark stands, as a reader cites it: “diary 5”, “note 6”, “note b”."""
        key = mark.within.removeprefix('note-')
        label = self.labels.get(key, key)
        return self.loci.get(mark.within) or _('note {label}').format(label=label)

    @cached_property
    def loci(self) -> dict[str, str]:
        """Id of a passage -> how a reader cites it."""
        return {passage.id: passage.label for passage in self.passages.values()}

    @cached_property
    def within(self) -> dict[str, list[Mark]]:
        """Id of a passage or note -> the marks in it."""
        found = defaultdict(list)
        for mark in self.marks(Mark):
            found[mark.within].append(mark)
        return found

    def beside(self, page: Page) -> list[Mark]:
        """The marks of *page*, then those of the notes that are set beside them."""
        marks, placed = list(page.marks), set()
        for mark in marks:  # which grows: a note may cite another
            if isinstance(mark, Citation) and mark.key in self.notes and mark.key not in placed:
                placed.add(mark.key)
                note = self.notes[mark.key]
                marks += self.within[note.id] if note.docname != page.docname else []
        return marks

    @cached_property
    def _told(self) -> dict[tuple[str, str], str]:
        """(kind, key) -> the entry as text: many pages show it."""
        return {naming: repr(entry) for naming, entry in self.entries.items()}

    def shown(self, page: Page) -> str:
        """What *page* shows of other pages but for overviews, as text.

        When it changes, the page is stale.
        """
        marks = self.beside(page)
        namings = {(m.kind, m.key) for m in marks if isinstance(m, Mention)}
        namings |= {(register, page.front.get(name, '')) for name, register in NAMED.items()}
        cited = [m.key for m in marks if isinstance(m, Citation)]
        places = [(note.key, self.citations.get(note.key)) for note in page.notes]
        hosts = [place for key in cited if (place := self.citations.get(key))]
        hosts += [place for _, place in places if place]
        written = [self.written[e.key] for e in page.entries if e.key in self.written]
        return repr(
            [
                [self._told.get(naming) for naming in sorted(namings)],
                [(self.labels.get(key), self.notes.get(key)) for key in cited],
                [(self.labels.get(key), place and place.docname) for key, place in places],
                [(m.docname, self.locus(m)) for key, _ in places for m in self.further_marks[key]],
                [[(m, self.locus(m)) for m in self.mentions[e.kind, e.key]] for e in page.entries],
                [self.passages.get(reference.target) for reference in page.references],
                [self.documents[place.docname].front.get('lang') for place in hosts],
                [
                    (how, [(letter.docname, letter.title, letter.front) for letter in letters])
                    for found in written
                    for how, letters in found.items()
                ],
            ]
        )
