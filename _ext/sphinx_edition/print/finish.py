"""What Typst leaves open in a PDF: links, bookmarks, page boxes, the rest of the metadata."""

from __future__ import annotations

import re
from io import BytesIO
from typing import TYPE_CHECKING

import pikepdf
from pikepdf import Array, Name, ObjectStreamMode

from ..data import citing
from ..data.language import _
from .structure import Structure

if TYPE_CHECKING:
    from ..data.identity import Release
    from ..data.records import Edition
    from ..data.registry import Registry

Places = dict[str, tuple[int, float, float]]  # label -> page, from 1; points across and down
SCHEME = 'place:'
POINTS = {'mm': 72 / 25.4, 'in': 72, 'pt': 1}
# text in the margin: an artifact, see `in-margins` in ``page.typ``
MARGIN = re.compile(rb'(/Artifact\s*<<\s*/Type\s*/Page\s*>>\s*BDC)(.*?)\bEMC', re.DOTALL)


def metadata(edition: Edition, registry: Registry, release: Release) -> dict[str, str | list[str]]:
    """What XMP says beyond title, subject and keywords, which Typst writes.

    Of several authors Typst makes one.
    """
    said: dict[str, str | list[str]] = {
        'dc:creator': [person.name for person in registry.people(edition.author)],
        'dc:contributor': [
            *(
                _('{name} (translator)').format(name=person.name)
                for person in registry.people(edition.translator)
            ),
            *(
                _('{name} (transcriber)').format(name=person.name)
                for person in registry.people(edition.transcriber)
            ),
            _('{name} (editor)').format(name=edition.editor),
        ],
        'dc:source': '; '.join(
            filter(None, (citing.where(edition.source), edition.source.address))
        ),
        'dc:rights': edition.rights,
        'dc:identifier': edition.identifier,
        'dc:subject': list(edition.subjects),
        'xmpRights:WebStatement': edition.licence,
        'xmpMM:VersionID': release.version,
        'dc:date': [release.date],
    }
    return {name: value for name, value in said.items() if value}


def finish(
    data: bytes,
    xmp: dict[str, str | list[str]],
    places: Places,
    parts: list[tuple[str, list[str]]],
    bleed: str = '',
) -> bytes:
    """The finished book; the same *data* always gives the same bytes.

    *parts* are the parts of the book, with the titles of the pages in each.
    """
    with pikepdf.open(BytesIO(data)) as pdf:
        aim(pdf, places)
        Structure(pdf).tidy()
        silence(pdf)
        bookmark(pdf, parts)
        trim(pdf, bleed)
        pdf.Root.PageMode = Name.UseOutlines
        pdf.Root.PageLayout = Name.TwoPageRight
        with pdf.open_metadata(set_pikepdf_as_editor=False, update_docinfo=False) as record:
            record.update(xmp)
        result = BytesIO()
        pdf.save(result, deterministic_id=True, object_stream_mode=ObjectStreamMode.generate)
        return result.getvalue()


def aim(pdf: pikepdf.Pdf, places: Places) -> None:
    """Let the links within the book lead to their places: see `to` in ``page.typ``."""
    pages = list(pdf.pages)
    for page in pages:
        for link in page.get('/Annots', []):
            address = bytes(link.A.URI).decode() if '/A' in link else ''
            if address.startswith(SCHEME):
                folio, across, down = places[address.removeprefix(SCHEME)]
                target = pages[folio - 1]
                up = float(target.mediabox[3]) - down
                del link.A
                link.Dest = Array([target.obj, Name.XYZ, across, up, 0])
                link.Contents = _('page {page}').format(page=target.label)


def silence(pdf: pikepdf.Pdf) -> None:
    """Spell what stands in the margin as nothing, for readers that take words where they see them.

    They would else read a paragraph’s number, or a correction, into the line that it stands beside.
    """
    for page in pdf.pages:
        found = page.Contents.read_bytes()
        spelt, count = MARGIN.subn(rb'\1\n/Span<</ActualText<FEFF>>>BDC\2EMC\nEMC', found)
        if count:
            page.Contents = pdf.make_stream(spelt)


def bookmark(pdf: pikepdf.Pdf, parts: list[tuple[str, list[str]]]) -> None:
    """Put the bookmarks of pages below one of the part that they are in."""
    with pdf.open_outline() as outline:
        loose, outline.root[:] = [*outline.root], []
        for part, titles in parts:
            while loose and loose[0].title not in titles:
                outline.root.append(loose.pop(0))
            inner = []
            while loose and loose[0].title in titles:
                inner.append(loose.pop(0))
            if inner and part:
                item = pikepdf.OutlineItem(part, inner[0].destination)
                item.children[:] = inner
                inner = [item]
            outline.root.extend(inner)
        outline.root.extend(loose)


def trim(pdf: pikepdf.Pdf, bleed: str) -> None:
    """Say where a printer cuts; the cover is larger by the *bleed*, and so is each sheet then."""
    more = float(bleed[:-2]) * POINTS[bleed[-2:]] if bleed else 0.0
    for n, page in enumerate(pdf.pages):
        left, low, right, high = map(float, page.mediabox)
        if n == 0:
            box = Array([left + more, low + more, right - more, high - more])
        else:
            box = Array([left, low, right, high])
            page.mediabox = Array([left - more, low - more, right + more, high + more])
        page.trimbox = box
        page.bleedbox = page.mediabox
