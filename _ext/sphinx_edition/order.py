"""The order of the book: what the table of contents of the first page says."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from sphinx import addnodes

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from sphinx.environment import BuildEnvironment


class Part(NamedTuple):
    """A part of the book: one toctree of the first page."""

    caption: str  # or ''
    pages: list[str]  # docnames; what they include follows each: see `walk`


def parts(env: BuildEnvironment) -> list[Part]:
    """The parts in their order; a toctree of addresses on the web is none."""
    toctrees = env.tocs[env.config.root_doc].findall(addnodes.toctree)
    found = (Part(tree.get('caption') or '', [*tree['includefiles']]) for tree in toctrees)
    return [part for part in found if part.pages]


def walk(env: BuildEnvironment, docnames: Iterable[str]) -> Iterator[str]:
    """These documents and what their toctrees include, each once."""
    seen: set[str] = set()
    stack = [*docnames][::-1]
    while stack:
        docname = stack.pop()
        if docname not in seen:
            seen.add(docname)
            yield docname
            stack += reversed(env.toctree_includes.get(docname, []))


def reading_order(env: BuildEnvironment) -> list[str]:
    """All documents in the order of the toctrees, then those in none, by name."""
    ordered = dict.fromkeys(walk(env, [env.config.root_doc]))
    return [*ordered, *sorted(env.found_docs - ordered.keys())]
