"""What Typst leaves open in a PDF: where notes are read, loose words, the rest of the metadata."""

from __future__ import annotations

import sys
from io import BytesIO
from itertools import accumulate, groupby
from typing import TYPE_CHECKING, Any

import pikepdf
from pikepdf import Array, Dictionary, Name, NumberTree, ObjectStreamMode

from ..data import citing

if TYPE_CHECKING:
    from ..data.records import Edition
    from ..data.registry import Registry

Places = dict[str, tuple[int, float, float]]  # label -> page, from 1; points across and down
SCHEME = 'place:'
NOWHERE = (sys.maxsize, 0)  # the place of an element without words


def metadata(edition: Edition, registry: Registry) -> dict[str, str | list[str]]:
    """What XMP says beyond title, author, subject and keywords, which Typst writes."""
    said: dict[str, str | list[str]] = {
        'dc:contributor': [
            *(f'{person.name} (translator)' for person in registry.people(edition.translator)),
            *(f'{person.name} (transcriber)' for person in registry.people(edition.transcriber)),
            f'{edition.editor} (editor)',
        ],
        'dc:source': '; '.join(
            filter(None, (citing.where(edition.source), edition.source.address))
        ),
        'dc:rights': edition.rights,
        'xmpRights:WebStatement': edition.licence,
    }
    return {name: value for name, value in said.items() if value}


def finish(data: bytes, xmp: dict[str, str | list[str]], places: Places) -> bytes:
    """The finished book; the same *data* always gives the same bytes."""
    with pikepdf.open(BytesIO(data)) as pdf:
        aim(pdf, places)
        Structure(pdf).tidy()
        with pdf.open_metadata(set_pikepdf_as_editor=False, update_docinfo=False) as record:
            record.update(xmp)
        result = BytesIO()
        pdf.save(result, deterministic_id=True, object_stream_mode=ObjectStreamMode.generate)
        return result.getvalue()


def aim(pdf: pikepdf.Pdf, places: Places) -> None:
    """Let the links within the book lead to their places: see `to` in ``book.typ``."""
    pages = list(pdf.pages)
    for page in pages:
        for link in page.get('/Annots', []):
            address = bytes(link.A.URI).decode() if '/A' in link else ''
            if address.startswith(SCHEME):
                folio, across, down = places[address.removeprefix(SCHEME)]
                target = pages[folio - 1]
                up = float(target.mediabox[3]) - down
                del link.A
                link.Dest = Array([target.obj, Name.XYZ, across, up, 0])
                link.Contents = f'page {folio}'


class Structure:
    """The structure tree: what a screen reader reads, in its order (PDF 1.7, 14.7)."""

    def __init__(self, pdf: pikepdf.Pdf) -> None:
        self.pdf = pdf
        self.root = pdf.Root.StructTreeRoot
        self.parents = NumberTree(self.root.ParentTree)
        self.folios = {page.objgen: n for n, page in enumerate(pdf.pages)}
        self.notes: list[Any] = []

    def tidy(self) -> None:
        """Typst sets a note within the sentence that cites it; read aloud, it would break it up.

        Before:  Document (P (“… ”, Link, Note (Lbl, “…”), “ …”), P …)
        After:   Document (P (Span “… ”, Link, Span “ …”), Note (Lbl, “…”), P …)

        Each note follows the last block that begins on its page.
        """
        [document] = children(self.root)
        self.visit(document, None)
        blocks = children(document)
        starts = [*(self.place(block, None) for block in blocks), NOWHERE]
        ends = [*accumulate(reversed(starts), min)][-2::-1]  # where something later begins
        notes = [(self.place(note, None), note) for note in self.notes]
        notes.sort(key=lambda placed: placed[0], reverse=True)
        ordered = []
        for block, end in zip(blocks, ends, strict=True):
            ordered.append(block)
            while notes and notes[-1][0][0] < end[0]:
                _, note = notes.pop()
                note.P = document
                ordered.append(note)
        document.K = Array(ordered)

    def visit(self, element: Any, page: Any) -> None:
        """Take the notes out; put words that stand beside elements into elements of their own."""
        page = element.get('/Pg', page)
        if Name.TFoot == element.S:  # the last rows of a table: only kept together as a footer
            element.S = Name.TBody
        kids = children(element)
        mixed = any(kind(kid) == 'element' for kid in kids)
        kept: list[Any] = []
        for what, group in groupby(kids, kind):
            if what == 'content' and mixed:
                kept.append(self.span(list(group), element, page))
                continue
            for kid in group:
                if what in ('element', 'note'):
                    self.visit(kid, page)
                (self.notes if what == 'note' else kept).append(kid)
        element.K = Array(kept)

    def span(self, words: list[Any], parent: Any, page: Any) -> Any:
        """Marked content, wrapped; the pages' lists of owners must then name the wrapper."""
        span = self.pdf.make_indirect(
            Dictionary(Type=Name.StructElem, S=Name.Span, P=parent, Pg=page, K=Array(words))
        )
        for kid in words:
            owner, number = content(kid, page)
            self.parents[int(owner.StructParents)][number] = span
        return span

    def place(self, element: Any, page: Any) -> tuple[int, int]:
        """Where *element* begins: its page, from 0, and the number of its content there."""
        page = element.get('/Pg', page)
        for kid in children(element):
            found = NOWHERE
            if kind(kid) == 'content':
                owner, number = content(kid, page)
                found = self.folios[owner.objgen], number
            elif kind(kid) != 'object':
                found = self.place(kid, page)
            if found != NOWHERE:
                return found
        return NOWHERE


def children(element: Any) -> list[Any]:
    """What stands in an element: see `kind`."""
    kids = element.get('/K', Array())
    return list(kids) if isinstance(kids, Array) else [kids]


def kind(kid: Any) -> str:
    """`element`, `note`, marked `content`, or `object`: the place of a link."""
    if not isinstance(kid, Dictionary):
        return 'content'
    if '/S' in kid:
        return 'note' if kid['/S'] == Name.Note else 'element'
    return 'content' if kid['/Type'] == Name.MCR else 'object'


def content(kid: Any, page: Any) -> tuple[Any, int]:
    """Page and number of marked content: a number, or a dictionary where the page is another."""
    if isinstance(kid, Dictionary):
        return kid.get('/Pg', page), int(kid.MCID)
    return page, int(kid)
