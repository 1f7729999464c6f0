"""Where a text stood, in TEI: `biblStruct` for print and the web, `msDesc` for a manuscript."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..data import dates
from ..data.citing import full
from ..data.date_formats import datable
from ..data.language import _
from .xml import el, xml_name

if TYPE_CHECKING:
    import xml.etree.ElementTree as ET
    from collections.abc import Iterable

    from ..data.hosts import Host, HostKind
    from ..data.records import Edition, Entry, Page
    from ..data.registry import Registry

WITNESS = 'source'  # xml:id of the source of the whole


def source_description(edition: Edition, registry: Registry) -> ET.Element:
    """The source of the whole, then those of chapters that have one of their own."""
    whole = edition.source
    found = []
    if whole.kind:
        title = (
            el('title', edition.title, level='a', type='main'),
            el('title', edition.subtitle, level='a', type='sub') if edition.subtitle else None,
        )
        makers = (registry.people(edition.author), registry.people(edition.translator))
        found.append(described(whole, title, *makers, WITNESS))
    for page in registry.pages:
        if own(page):
            authors = registry.people(page.keys('author') or edition.author)
            translators = registry.people(page.keys('translator') or edition.translator)
            title = (el('title', page.title, level='a'), None)
            found.append(described(registry.host(page), title, authors, translators, name(page)))
    transcribers = registry.people(edition.transcriber)
    if transcribers or whole.address:
        transcribed = [
            part
            for n, person in enumerate(transcribers)
            for part in ('' if n == 0 else ', ', reference(person))
        ]
        resp = (
            el('respStmt', el('resp', _('transcription')), *transcribed) if transcribers else None
        )
        address = el('ref', whole.address, target=whole.address) if whole.address else None
        found.append(
            el(
                'bibl',
                resp,
                ', ' if resp is not None and whole.address else '',
                address,
                type='transcript',
            )
        )
    return el('sourceDesc', *(found or [el('p', _('Nothing is said of where the text stood.'))]))


def own(page: Page) -> bool:
    """Whether a chapter has a source of its own."""
    return page.is_chapter and 'source' in page.front


def name(page: Page) -> str:
    """The xml:id of a chapter’s own source."""
    return xml_name(f'{WITNESS}-{page.front["siglum"]}')


def reference(person: Entry) -> ET.Element:
    """A person of the register, by name."""
    return el('persName', person.name, ref=f'#{xml_name(person.key)}')


def described(
    host: Host,
    title: Iterable[ET.Element | None],
    authors: Iterable[Entry],
    translators: Iterable[Entry],
    xml_id: str,
) -> ET.Element:
    """One source."""
    row = host.row
    assert row is not None, 'a source has a kind'
    if not row.level:
        return manuscript(host, [*title], authors, xml_id)
    analytic = el(
        'analytic',
        *(el('author', reference(person)) for person in authors),
        *(el('editor', reference(person), role='translator') for person in translators),
        *title,
    )
    series = el(
        'series',
        el('title', host.series, level='s'),
        el('biblScope', host.number, unit='part') if host.number else None,
    )
    return el(
        'biblStruct',
        analytic,
        monograph(host, row),
        series if host.series else None,
        type='printed' if row.level in 'jm' else 'online',
        xml_id=xml_id,
    )


def monograph(host: Host, row: HostKind) -> ET.Element:
    """What the text stood in."""
    scopes = (('volume', host.volume), ('issue', host.issue), ('page', host.pages))
    return el(
        'monogr',
        el('title', full(host), level=row.level),
        el('editor', host.editor) if host.editor else None,
        el('ptr', target=host.address) if host.address and row.level == 'u' else None,
        el(
            'imprint',
            el('pubPlace', host.place) if host.place else None,
            el('publisher', host.publisher) if host.publisher else None,
            dated(host.date),
            *(el('biblScope', scope, unit=unit) for unit, scope in scopes if scope),
        ),
    )


def manuscript(
    host: Host, title: Iterable[ET.Element | None], authors: Iterable[Entry], xml_id: str
) -> ET.Element:
    """A manuscript (TEI Guidelines 11)."""
    parts = (
        ('settlement', host.place),
        ('repository', host.repository),
        ('idno', host.shelfmark),
        ('msName', host.title),
    )
    known = [el(tag, said) for tag, said in parts if said]
    identifier = el('msIdentifier', *(known or [el('msName', _('manuscript'))]))
    return el(
        'msDesc',
        identifier,
        el(
            'msContents',
            el(
                'msItem',
                el('locus', host.pages) if host.pages else None,
                *(el('author', reference(person)) for person in authors),
                *(el('title', part.text or '') for part in title if part is not None),
            ),
        ),
        el('physDesc', el('objectDesc', el('p', host.copy))) if host.copy else None,
        el('history', el('origin', dated(host.date, 'origDate'))) if host.date else None,
        xml_id=xml_id,
    )


def dated(when: str, tag: str = 'date') -> ET.Element:
    """A date; that it is not known, if so."""
    return el(tag, dates.words(when), **datable(when)) if when else el(tag, _('not known'))
