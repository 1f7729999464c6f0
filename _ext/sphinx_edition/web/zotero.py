"""What the head of a page tells Zotero of what is cited there.

Where Zotero’s translator “Embedded Metadata” finds `citation_author`, it ignores translators and
recipients; so all is told in its own vocabulary, as the references to download tell it, and in
Dublin Core for others. Where it knows both, its own terms win.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..data import date_formats
from ..data.citing import editor, inverted, is_letter, record, remarks

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from ..data.identity import Identity
    from ..data.kinds import ChapterKind
    from ..data.records import Entry

FIELDS = {'z:edition': 'edition', 'z:format': 'medium', 'z:archive': 'archive'}  # of CSL-JSON


def text(cited: Identity, kind: ChapterKind | None) -> Iterator[tuple[str, str]]:
    """Name and content of each tag on a page of the text."""
    letter, said = is_letter(cited), record(cited)
    issued = cited.written if letter else cited.release.date
    pairs = [
        ('z:itemType', kind.zotero if kind else 'book'),
        ('DC.title', cited.title),
        *(('DC.creator', inverted(person)) for person in cited.authors),
        *people('bib:authors', cited.authors),
        *people('z:recipients', cited.recipients),
        *people('z:translators', cited.translators),
        ('bib:editors', '' if letter else undivided(editor(cited))),
        ('citation_book_title', cited.whole if kind and not letter else ''),
        ('DC.date', date_formats.zotero(issued) if issued else ''),
        ('z:originalDate', date_formats.zotero(cited.host.date) if 'original-date' in said else ''),
        *((name, str(said.get(field, ''))) for name, field in FIELDS.items()),
        ('DC.language', cited.language),
        ('DC.identifier', cited.address),
        ('z:url', cited.address),
        ('z:extra', remarks(cited)),
    ]
    yield from ((name, value) for name, value in pairs if value)


def editors(cited: Identity) -> Iterator[tuple[str, str]]:
    """Whose a page of the editors’ is, and of when."""
    yield 'author', cited.editor
    yield 'bib:authors', undivided(cited.editor)
    yield 'DC.date', cited.release.date


def people(name: str, entries: Iterable[Entry]) -> Iterator[tuple[str, str]]:
    """A tag for each."""
    return ((name, undivided(inverted(person))) for person in entries)


def undivided(name: str) -> str:
    """A name that Zotero does not divide before its last word, as it does where no comma is."""
    return name if ', ' in name else f'{name},'
