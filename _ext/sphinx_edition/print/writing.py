"""What the writer of the book is made of."""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from docutils.nodes import Element, Node

    from ..data.registry import Registry


class Writing(ABC):
    """What the parts of the writer know of the whole."""

    registry: Registry
    docname: str
    level: int
    opening: str

    @abstractmethod
    def write(self, node: Node) -> str: ...

    @abstractmethod
    def inside(self, node: Node | Iterable[Node]) -> str: ...

    @abstractmethod
    def block(
        self, function: str, *arguments: str, body: str | None = None, **named: str
    ) -> str: ...

    @abstractmethod
    def label(self, node_id: str = '') -> str: ...

    @abstractmethod
    def anchors(self, node: Element) -> str: ...

    @abstractmethod
    def link(self, label: str, body: str, node: Node) -> str: ...
