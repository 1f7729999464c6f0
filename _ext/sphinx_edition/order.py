"""The order of the book: what the table of contents of the first page says."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from sphinx import addnodes

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from sphinx.application import Sphinx
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


def bound_parts(env: BuildEnvironment) -> list[Part]:
    """The parts of the books."""
    found = (
        part._replace(pages=[name for name in part.pages if is_bound(env, name)])
        for part in parts(env)
    )
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


def is_bound(env: BuildEnvironment, docname: str) -> bool:
    """Whether a page stands in the books, too: not, if its front matter says `only: web`."""
    return env.metadata[docname].get('only') != 'web'


def bound(env: BuildEnvironment) -> list[str]:
    """The documents that stand in the books, in their order."""
    return [docname for docname in reading_order(env) if is_bound(env, docname)]


def reading_order(env: BuildEnvironment) -> list[str]:
    """All documents in the order of the toctrees, then those in none, by name."""
    ordered = dict.fromkeys(walk(env, [env.config.root_doc]))
    return [*ordered, *sorted(env.found_docs - ordered.keys())]


def bereft(
    app: Sphinx, env: BuildEnvironment, added: set[str], changed: set[str], removed: set[str]
) -> list[str]:
    """Pages that list one that is no more; Sphinx would not read them (`env-get-outdated`)."""
    listing = env.toctree_includes.items()
    return [name for name, pages in listing if removed & {*pages} and name not in removed]
