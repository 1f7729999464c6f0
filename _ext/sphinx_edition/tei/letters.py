"""Letters: what the header says of them, and the file that correspSearch reads."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..data import date_formats, dates
from ..data.date_formats import datable
from ..data.identity import joined
from ..data.kinds import PLACE
from ..data.language import _
from .xml import el, xml_name

if TYPE_CHECKING:
    import xml.etree.ElementTree as ET
    from collections.abc import Callable

    from ..data.records import Edition, Entry, Page
    from ..data.registry import Registry
    from .header import Imprint


def is_letter(page: Page, registry: Registry) -> bool:
    """Whether a document is correspondence."""
    kind = registry.chapter(page)
    return kind is not None and kind.correspondence


def correspondence(page: Page, registry: Registry) -> ET.Element:
    """A letter as the edition knows it (TEI Guidelines 2.4.6)."""

    def named(entry: Entry, tag: str) -> ET.Element:
        ref, doubt = f'#{xml_name(entry.key)}', entry.certainty
        return el(tag, entry.name, ref=ref, cert='' if doubt == 'high' else doubt)

    return el('correspDesc', *actions(page, registry, named, datable), n=page.front['siglum'])


def actions(
    page: Page,
    registry: Registry,
    named: Callable[[Entry, str], ET.Element],
    dated: Callable[[str], dict[str, str]],
) -> list[ET.Element]:
    """Sent by whom, where and when; received by whom. Nothing is said of what is not known."""
    place = registry.entries.get((PLACE, page.front.get('place', '')))
    when = page.front.get('date', '')
    attributes = dated(when) if when else {}
    words = dates.words(when) if when else ''
    sent = [
        *(named(person, 'persName') for person in registry.people(page.keys('author'))),
        named(place, 'placeName') if place else None,
        el('date', words if dated is datable else '', **attributes) if attributes else None,
    ]
    received = [named(person, 'persName') for person in registry.people(page.keys('addressee'))]
    return [
        el('correspAction', *sent, type='sent'),
        el('correspAction', *received, type='received'),
    ]


def cmif(edition: Edition, registry: Registry, imprint: Imprint) -> ET.Element | None:
    """The letters for correspSearch (Correspondence Metadata Interchange Format 1.1), if any.

    Names and places are those of the registers, and identified by authority files only.
    """
    letters = [page for page in registry.pages if is_letter(page, registry)]
    if not letters:
        return None
    address = joined(imprint.base, 'cmif.xml')
    # the schema wants a UUID, which does not change; an xml:id begins with a letter
    source = f'uuid-{edition.identifier.rpartition(":")[2]}'
    title = _('Letters in: {title}').format(title=edition.title)
    file_description = el(
        'fileDesc',
        el(
            'titleStmt',
            el('title', title),
            el('editor', edition.editor),
        ),
        el(
            'publicationStmt',
            el(
                'publisher',
                el('ref', edition.editor, target=imprint.base) if imprint.base else edition.editor,
            ),
            el('idno', address, type='url'),
            el('date', when=imprint.date),
            el('availability', el('licence', edition.licence, target=edition.licence)),
        ),
        el(
            'sourceDesc',
            el(
                'bibl',
                _('{title}, version {version}. {identifier}').format(
                    title=edition.title, version=imprint.version, identifier=edition.identifier
                ),
                type='online',
                xml_id=source,
            ),
        ),
    )
    described = [interchange(page, registry, imprint.base, source) for page in letters]
    return el(
        'TEI',
        el('teiHeader', file_description, el('profileDesc', *described)),
        el('text', el('body', el('p'))),
    )


def interchange(page: Page, registry: Registry, base: str, source: str) -> ET.Element:
    """One letter in CMIF."""

    def named(entry: Entry, tag: str) -> ET.Element:
        return el(tag, entry.name, **identity(entry))

    return el(
        'correspDesc',
        *actions(page, registry, named, date_formats.cmif),
        key=page.front['siglum'],
        ref=joined(base, f'{page.docname}.html'),
        source=f'#{source}',
    )


def identity(entry: Entry) -> dict[str, str]:
    """Who or what is meant: its first address in an authority file, and any doubt.

    CMIF 1.1 has one degree of doubt, “low”, which is said of whom the register doubts; that nobody
    was identified is told by the want of @ref.
    """
    doubt = '' if entry.certainty in ('high', 'unknown') else 'low'
    return {'ref': next(iter(entry.addresses), ''), 'cert': doubt}
