"""What Typst leaves open in a PDF: where notes are read, loose words, the rest of the metadata."""

from __future__ import annotations

import sys
from io import BytesIO
from itertools import groupby
from typing import TYPE_CHECKING

import pikepdf
from pikepdf import Array, Dictionary, Name, NumberTree, ObjectStreamMode

from . import dates

if TYPE_CHECKING:
    from .model import Edition, Registry


NOWHERE = (sys.maxsize, 0)  # the place of an element without words


def metadata(edition: Edition, registry: Registry) -> dict[str, str | list[str]]:
    """What XMP says beyond title, author, subject and keywords, which Typst writes."""
    people = registry.entries
    return {
        'dc:contributor': [
            f'{people["person", edition.translator].name} (translator)',
            f'{people["person", edition.transcriber].name} (transcriber)',
            f'{edition.editor} (editor)',
        ],
        'dc:source': (
            f'{edition.journal} {edition.volume}/{edition.issue} ({dates.words(edition.date)}), '
            f'{edition.pages}; {edition.address}'
        ),
        'dc:rights': edition.rights,
        'xmpRights:WebStatement': edition.licence,
    }


def finish(data: bytes, xmp: dict[str, str | list[str]]) -> bytes:
    """The finished book; the same *data* always gives the same bytes."""
    with pikepdf.open(BytesIO(data)) as pdf:
        Structure(pdf).tidy()
        with pdf.open_metadata(set_pikepdf_as_editor=False, update_docinfo=False) as record:
            record.update(xmp)
        result = BytesIO()
        pdf.save(result, deterministic_id=True, object_stream_mode=ObjectStreamMode.generate)
        return result.getvalue()


class Structure:
    """The structure tree: what a screen reader reads, in its order (PDF 1.7, 14.7)."""

    def __init__(self, pdf: pikepdf.Pdf) -> None:
        self.pdf = pdf
        self.root = pdf.Root.StructTreeRoot
        self.parents = NumberTree(self.root.ParentTree)
        self.folios = {page.objgen: n for n, page in enumerate(pdf.pages)}
        self.notes: list[Dictionary] = []

    def tidy(self) -> None:
        """Typst sets a note within the sentence that cites it; read aloud, it would break it up.

        Before:  Document (P (“… ”, Link, Note (Lbl, “…”), “ …”), P …)
        After:   Document (P (Span “… ”, Link, Span “ …”), Note (Lbl, “…”), P …)

        Each note follows the last block that begins on its page.
        """
        [document] = children(self.root)
        self.visit(document, None)
        blocks = children(document)
        starts = [self.place(block, None) for block in blocks]
        notes = sorted(self.notes, key=lambda note: self.place(note, None))
        ordered = []
        for n, block in enumerate(blocks):
            ordered.append(block)
            following = (start[0] for start in starts[n + 1 :] if start < NOWHERE)
            end = min(following, default=len(self.pdf.pages))
            while notes and self.place(notes[0], None)[0] < end:
                note = notes.pop(0)
                note.P = document
                ordered.append(note)
        document.K = Array(ordered)

    def visit(self, element: Dictionary, page: Dictionary | None) -> None:
        """Take the notes out; put words that stand beside elements into elements of their own."""
        page = element.get('/Pg', page)
        kids = children(element)
        mixed = any(is_element(kid) and Name.Note != kid.S for kid in kids)
        kept = []
        for is_loose, group in groupby(
            kids, lambda kid: not is_element(kid) and not is_object(kid)
        ):
            if is_loose and mixed:
                kept.append(self.span(list(group), element, page))
                continue
            for kid in group:
                if is_element(kid):
                    self.visit(kid, page)
                if is_element(kid) and kid.S == Name.Note:
                    self.notes.append(kid)
                else:
                    kept.append(kid)
        element.K = Array(kept)

    def span(self, words: list, parent: Dictionary, page: Dictionary) -> Dictionary:
        """Marked content, wrapped; the pages' lists of owners must then name the wrapper."""
        span = self.pdf.make_indirect(
            Dictionary(Type=Name.StructElem, S=Name.Span, P=parent, Pg=page, K=Array(words))
        )
        for kid in words:
            owner = kid.get('/Pg', page) if isinstance(kid, Dictionary) else page
            number = int(kid.MCID if isinstance(kid, Dictionary) else kid)
            self.parents[int(owner.StructParents)][number] = span
        return span

    def place(self, element: Dictionary, page: Dictionary | None) -> tuple[int, int]:
        """Where *element* begins: its page, from 0, and the number of its content there."""
        page = element.get('/Pg', page)
        for kid in children(element):
            if is_element(kid):
                if (found := self.place(kid, page)) < NOWHERE:
                    return found
            elif not is_object(kid):
                holder = kid.get('/Pg', page) if isinstance(kid, Dictionary) else page
                number = kid.MCID if isinstance(kid, Dictionary) else kid
                return self.folios[holder.objgen], int(number)
        return NOWHERE


def children(element: Dictionary) -> list:
    """Its elements, its marked content (numbers, or dictionaries if elsewhere), its objects."""
    kids = element.get('/K', Array())
    return list(kids) if isinstance(kids, Array) else [kids]


def is_element(kid: object) -> bool:
    """Whether *kid* is an element, not content."""
    return isinstance(kid, Dictionary) and '/S' in kid


def is_object(kid: object) -> bool:
    """Whether *kid* is an annotation, such as the place of a link, and has no words."""
    return isinstance(kid, Dictionary) and kid.get('/Type') == Name.OBJR
