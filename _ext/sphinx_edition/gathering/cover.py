"""The title as a picture: cover of the e-book, preview shown with links; the icon as pixels."""

from __future__ import annotations

import json
from pathlib import Path
from shutil import copyfile
from typing import TYPE_CHECKING

import typst

from ..data.language import _
from ..data.records import joined

if TYPE_CHECKING:
    from ..domain import EditionDomain

DESIGN = Path(__file__).parent
TEXT = 'Libertinus Serif'  # which Typst brings
FONTS = 'fonts'  # folder of those that conf.py names


def lay_out(domain: EditionDomain, folder: Path) -> Path:
    """Put the design, the edition’s motif and its fonts into *folder*, and return that.

    Typst reads one folder, and the motif is the edition’s own.
    """
    folder.mkdir(parents=True, exist_ok=True)
    named: dict[str, str] = domain.env.config.edition_fonts
    (folder / FONTS).mkdir(exist_ok=True)
    for file in named.values():
        copyfile(Path(domain.env.srcdir) / file, folder / FONTS / Path(file).name)
    families = ''.join(json.dumps(name, ensure_ascii=False) + ', ' for name in [TEXT, *named])
    (folder / 'fonts.typ').write_text(f'#let fonts = ({families})\n', encoding='utf-8')
    for name in ('cover.typ', 'cover-image.typ', 'motif.typ'):
        copyfile(DESIGN / name, folder / name)
    if domain.edition.cover:
        copyfile(Path(domain.env.srcdir) / domain.edition.cover, folder / 'motif.typ')
    return folder


def words(domain: EditionDomain) -> dict[str, str]:
    """What stands on a cover."""
    edition, registry = domain.edition, domain.registry
    translators = joined(registry.people(edition.translator))
    return {
        'title': edition.title,
        'author': joined(registry.people(edition.author)),
        'series': edition.subtitle,
        'translator': _('Translated by {name}').format(name=translators) if translators else '',
    }


def draw_cover(domain: EditionDomain, path: Path, width: int, height: int) -> None:
    """Write a PNG of *width* × *height* pixels, of the same design as the printed cover."""
    folder = lay_out(domain, Path(domain.env.doctreedir) / 'cover')
    size = {'width': f'{width}', 'height': f'{height}'}
    path.parent.mkdir(exist_ok=True)
    typst.compile(
        folder / 'cover-image.typ',
        path,
        format='png',
        ppi=72,
        ignore_system_fonts=True,
        font_paths=[folder / FONTS],
        sys_inputs=words(domain) | size,
    )


def draw_icon(domain: EditionDomain, icon: Path, path: Path, size: int) -> None:
    """Write *icon*, a drawing in SVG, as a PNG of *size* pixels, for devices that read no SVG."""
    folder = Path(domain.env.doctreedir) / 'cover'
    copyfile(icon, folder / 'icon.svg')
    source = folder / 'icon.typ'
    source.write_text(
        f'#set page(width: {size}pt, height: {size}pt, margin: 0pt)\n#image("icon.svg")\n',
        encoding='utf-8',
    )
    typst.compile(source, path, format='png', ppi=72)
