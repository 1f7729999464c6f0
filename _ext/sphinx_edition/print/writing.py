"""What the writer of the book is made of."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from docutils.nodes import Element, Node

    from ..data.registry import Registry


class Writing:
    """What the parts of the writer know of the whole."""

    registry: Registry
    docname: str
    level: int
    opening: str

    def write(self, node: Node) -> str:
        raise NotImplementedError

    def inside(self, node: Node | Iterable[Node]) -> str:
        raise NotImplementedError

    def block(self, function: str, *arguments: str, body: str | None = None, **named: str) -> str:
        raise NotImplementedError

    def label(self, node_id: str = '') -> str:
        raise NotImplementedError

    def anchors(self, node: Element) -> str:
        raise NotImplementedError

    def link(self, label: str, body: str, node: Node) -> str:
        raise NotImplementedError
