"""The structure tree of a PDF: what a screen reader reads, in its order (PDF 1.7, 14.7)."""

from __future__ import annotations

import sys
from itertools import accumulate, groupby
from typing import TYPE_CHECKING, Any

from pikepdf import Array, Dictionary, Name, NumberTree, String

if TYPE_CHECKING:
    from collections.abc import Iterator

    import pikepdf

NOWHERE = (sys.maxsize, 0)  # the place of an element without words


class Structure:
    """The tree of one book, which Typst leaves open in some places: see `tidy`."""

    def __init__(self, pdf: pikepdf.Pdf) -> None:
        self.pdf = pdf
        self.root = pdf.Root.StructTreeRoot
        self.parents = NumberTree(self.root.ParentTree)
        self.folios = {page.objgen: n for n, page in enumerate(pdf.pages)}
        self.notes: list[Any] = []
        self.items: set[tuple[int, int]] = set()
        self.heads = 0
        self.holders: dict[tuple[int, int], Any] = {}  # what items stand in

    def tidy(self) -> None:
        """Typst sets a note within the sentence that cites it; read aloud, it would break it up.

        Before:  Document (P (“… ”, Link, Note (Lbl, “…”), “ …”), P …)
        After:   Document (P (Span “… ”, Link, Span “ …”), Note (Lbl, “…”), P …)

        Each note follows the last block that begins on its page. What `hint` in ``page.typ`` says
        is done: see `take` and `listed`.
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
        for holder in self.holders.values():
            holder.K = Array([*self.listed(holder)])

    def visit(self, element: Any, page: Any) -> None:
        """Take the notes out; put words that stand beside elements into elements of their own."""
        page = element.get('/Pg', page)
        self.take(element)
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

    def take(self, element: Any) -> None:
        """Do what an image says that is a hint.

        Before:  P (“Pobeida”, Figure Alt=“said: [read Pobeda]”), TD (Figure Alt=“row:”, “1946”)
        After:   P (“Pobeida”, Span ActualText=“ [read Pobeda]”), TH Scope=Row (Span, “1946”)
        """
        kind, colon, words = str(element.get('/Alt', '')).partition(':')
        if not colon or kind not in ('said', 'row', 'item'):
            return
        element.S = Name.Span
        element.ActualText = String(words)
        for name in ('/Alt', '/A'):
            if name in element:
                del element[name]
        holder = element.P
        if kind == 'row':
            while holder.S != Name.TD:
                holder = holder.P
            self.heads += 1
            holder.S, holder.ID = Name.TH, String(f'row-{self.heads}')
            holder.A = Dictionary(O=Name.Table, Scope=Name.Row)
            for cell in children(holder.P):
                for facts in cell.A if isinstance(cell.A, Array) else ():
                    if '/Headers' in facts:
                        facts.Headers.append(holder.ID)
        elif kind == 'item':
            self.items.add(holder.objgen)
            self.holders[holder.P.objgen] = holder.P

    def listed(self, holder: Any) -> Iterator[Any]:
        """Make lists of the paragraphs that are items of one.

        Before:  P, P
        After:   L (LI (LBody), LI (LBody))
        """
        for is_item, group in groupby(children(holder), lambda kid: kid.objgen in self.items):
            if not is_item:
                yield from group
                continue
            whole = self.pdf.make_indirect(
                Dictionary(Type=Name.StructElem, S=Name.L, P=holder, K=Array())
            )
            whole.A = Dictionary(O=Name.List, ListNumbering=Name('/None'))
            for body in group:
                item = self.pdf.make_indirect(
                    Dictionary(Type=Name.StructElem, S=Name.LI, P=whole, K=Array([body]))
                )
                body.S, body.P = Name.LBody, item
                whole.K.append(item)
            yield whole

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
