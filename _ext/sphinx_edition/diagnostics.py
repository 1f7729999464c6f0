"""How an editor is told: one warning with its place, or the end of the build."""

from __future__ import annotations

from typing import TYPE_CHECKING, NoReturn

from sphinx.util import logging

if TYPE_CHECKING:
    from docutils.nodes import Node

    from .data.problems import Trouble

logger = logging.getLogger(__name__)


def warn(trouble: Trouble, message: str, location: str | tuple[str, int | None] | Node) -> None:
    """One warning, with its place."""
    logger.warning(message, location=location, type='edition', subtype=trouble.value)


def stop(location: str, message: str) -> NoReturn:
    """End the build with one message: Sphinx would print a traceback with any exception."""
    logger.error(message, location=location)
    raise SystemExit(2)
