"""Large editions: what Sphinx and Python do again and again, done once."""

from __future__ import annotations

import gc
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment

MAX_SERIAL_PAGES = 10


def stay_alone(app: Sphinx, env: BuildEnvironment, docnames: list[str]) -> None:
    """Read and write in one process if few pages changed: a fork sends back all that it knows."""
    if len(docnames) < MAX_SERIAL_PAGES:
        app.parallel = 1


def keep(*_: object) -> None:
    """Let the garbage collector pass over what was read, in this process and its forks.

    A large edition is hundreds of thousands of records; without this a quarter of the time goes
    into looking through them again and again.
    """
    gc.freeze()


def release(*_: object) -> None:
    """Once all is written."""
    gc.unfreeze()
