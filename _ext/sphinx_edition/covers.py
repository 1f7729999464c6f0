"""The edition's title as a picture: the cover of the e-book, the preview shown with links."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import typst

if TYPE_CHECKING:
    from .model import Edition
    from .registry import Registry

TEMPLATE = Path(__file__).parent / 'typst' / 'cover.typ'


def draw_cover(edition: Edition, registry: Registry, path: Path, width: int, height: int) -> None:
    """Write a PNG of *width* × *height* pixels, of the same design as the printed cover."""
    author, translator = (
        registry.entries['person', key].name for key in (edition.author, edition.translator)
    )
    words = {
        'title': edition.title,
        'author': author,
        'series': edition.subtitle,
        'translator': f'Translated by {translator}',
    }
    size = {'width': f'{width}', 'height': f'{height}'}
    path.parent.mkdir(exist_ok=True)
    typst.compile(
        TEMPLATE, path, format='png', ppi=72, ignore_system_fonts=True, sys_inputs=words | size
    )  # fmt: skip
