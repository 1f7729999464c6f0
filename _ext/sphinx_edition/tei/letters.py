"""Letters: what the header says of them, and the file that correspSearch reads."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..data import dates
from ..data.dates import datable
from ..data.kinds import NAMED
from .xml import el, xml_name

if TYPE_CHECKING:
    import xml.etree.ElementTree as ET
    from collections.abc import Iterator

    from ..data.records import Edition, Entry, Page
    from ..data.registry import Registry
    from .header import Imprint


def is_letter(page: Page, registry: Registry) -> bool:
    """Whether a document is correspondence."""
    kind = registry.chapter(page)
    return kind is not None and kind.correspondence


def correspondence(page: Page, registry: Registry) -> ET.Element:
    """A letter as the edition knows it (TEI Guidelines 2.4.6)."""
    sender, place, addressee = parties(page, registry)
    return el(
        'correspDesc',
        el(
            'correspAction',
            el('persName', sender.name, ref=f'#{xml_name(sender.key)}'),
            el('placeName', place.name, ref=f'#{xml_name(place.key)}', cert=place.certainty),
            el('date', dates.words(page.front['date']), **datable(page.front['date'])),
            type='sent',
        ),
        el(
            'correspAction',
            el(
                'persName',
                addressee.name,
                ref=f'#{xml_name(addressee.key)}',
                cert=addressee.certainty,
            ),
            type='received',
        ),
        n=page.front['siglum'],
    )


def parties(page: Page, registry: Registry) -> Iterator[Entry]:
    """Sender, place, addressee."""
    for name in ('author', 'place', 'addressee'):
        yield registry.entries[NAMED[name], page.front[name]]


def cmif(edition: Edition, registry: Registry, imprint: Imprint) -> ET.Element | None:
    """The letters for correspSearch (Correspondence Metadata Interchange Format 1.1), if any.

    Names and places are identified by authority files only. Who is not identified bears the name
    that the letter gives, and no @ref.
    """
    letters = [page for page in registry.pages if is_letter(page, registry)]
    if not letters:
        return None
    address = f'{imprint.base}cmif.xml'
    file_description = el(
        'fileDesc',
        el('titleStmt', el('title', f'Letters in: {edition.title}'), el('editor', edition.editor)),
        el(
            'publicationStmt',
            el(
                'publisher',
                el('ref', edition.editor, target=imprint.base) if imprint.base else edition.editor,
            ),
            el('idno', address, type='url'),
            el('date', when=f'{dates.now():%Y-%m-%d}'),
            el('availability', el('licence', edition.licence, target=edition.licence)),
        ),
        el(
            'sourceDesc',
            el(
                'bibl',
                f'{edition.title}, version {imprint.version}. {edition.identifier}',
                type='online',
                xml_id='edition',
            ),
        ),
    )
    described = [interchange(page, registry, imprint.base) for page in letters]
    return el(
        'TEI',
        el('teiHeader', file_description, el('profileDesc', *described)),
        el('text', el('body', el('p'))),
    )


def interchange(page: Page, registry: Registry, base: str) -> ET.Element:
    """One letter in CMIF."""
    sender, place, addressee = parties(page, registry)
    [named, *_] = [
        mention.text
        for mention in registry.mentions[addressee.naming]
        if mention.docname == page.docname
    ] or [addressee.name]
    return el(
        'correspDesc',
        el(
            'correspAction',
            el('persName', sender.name, **identity(sender)),
            el('placeName', place.name, **identity(place)),
            el('date', **datable(page.front['date'])),
            type='sent',
        ),
        el(
            'correspAction',
            el('persName', named, **identity(addressee)),
            type='received',
        ),
        key=page.front['siglum'],
        ref=f'{base}{page.docname}.html',
        source='#edition',
    )


def identity(entry: Entry) -> dict[str, str]:
    """Who or what is meant: its first address in an authority file, and any doubt.

    CMIF 1.1 has one degree of doubt, “low”; TEI’s “unknown” says that nobody was identified.
    """
    doubt = {'high': '', 'unknown': 'unknown'}.get(entry.certainty, 'low')
    return {'ref': next(iter(entry.addresses), ''), 'cert': doubt}
