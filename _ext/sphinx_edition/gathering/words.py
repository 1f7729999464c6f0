"""Nodes that gathered pages are made of: words, links, tables."""

from __future__ import annotations

from string import Formatter
from typing import TYPE_CHECKING

from docutils import nodes

from ..data.text import emphasis, stressed
from ..domain import pending

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from docutils.nodes import Node
    from sphinx import addnodes

    from ..data.records import Entry, Mark
    from ..data.registry import Registry

    Cell = Sequence[Node]


def emphasised(text: str) -> list[Node]:
    """*text* of an entry, with emphasis between its asterisks."""
    return [nodes.emphasis('', piece) if em else nodes.Text(piece) for piece, em in emphasis(text)]


def joined(parts: Iterable[Node], separator: str = ', ') -> list[Node]:
    """*parts* with *separator* between them."""
    return [node for part in parts for node in (nodes.Text(separator), part)][1:]


def filled(form: str, **parts: str | Sequence[Node]) -> list[Node]:
    """The words of *form*, with its parts where “{part}” stands."""
    found: list[Node] = []
    for words, name, _, _ in Formatter().parse(form):
        found += [nodes.Text(words)] if words else []
        part = parts[name] if name else ()
        found += [nodes.Text(part)] if isinstance(part, str) else part
    return found


def quoted(mark: Mark) -> list[Node]:
    """“ … Visited **Natalia** this morning …”: a mark among the words around it."""
    before, text, after = mark.around
    return [
        nodes.Text(' … ' if before else ' '),
        *pieces(before.lstrip()),
        nodes.strong('', '', *pieces(text)),
        *pieces(after),
        nodes.Text(' …' if after else ''),
    ]


def pieces(snippet: str) -> list[Node]:
    """The words of a snippet, emphasised as they are where they stand."""
    return [
        nodes.emphasis('', piece) if em else nodes.Text(piece) for piece, em in stressed(snippet)
    ]


def linked(entry: Entry, registry: Registry) -> addnodes.pending_xref:
    """An entry's name, which leads to it."""
    style = nodes.emphasis if registry.kinds.registers[entry.kind].title else nodes.inline
    words = nodes.inline('', '', style('', entry.name))
    return pending(entry.kind, entry.key, words, refexplicit=True)


def link(target: str, words: str) -> addnodes.pending_xref:
    """A link to a place in the text."""
    return pending('mention', target, nodes.inline('', words), refexplicit=True)


def plain(*words: str) -> list[Cell]:
    """Cells of words alone."""
    return [[nodes.Text(word)] for word in words]


def table(
    name: str, head: Sequence[Cell], rows: Sequence[Sequence[Cell]], widths: Sequence[int]
) -> nodes.table:
    """A table whose first column holds the heads of its rows."""
    group = nodes.tgroup(cols=len(widths))
    columns = [nodes.colspec(colwidth=width) for width in widths]
    columns[0]['stub'] = 1
    group += columns
    group += nodes.thead('', row(head))
    group += nodes.tbody('', *map(row, rows))
    return nodes.table('', group, classes=[name])


def row(cells: Sequence[Cell]) -> nodes.row:
    """A row of a table."""
    return nodes.row('', *(nodes.entry('', *blocks(cell)) for cell in cells))


def blocks(cell: Cell) -> list[Node]:
    """The paragraphs of a cell; words alone become one."""
    if not cell or isinstance(cell[0], nodes.paragraph):
        return list(cell)
    return [nodes.paragraph('', '', *cell)]
