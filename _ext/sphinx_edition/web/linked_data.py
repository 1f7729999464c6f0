"""The edition as linked data, in the terms of schema.org (JSON-LD 1.1)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..data.citing import arabic
from ..data.dates import datable
from ..data.kinds import PERSON, PLACE
from ..data.records import Mention
from ..data.text import unmarked

if TYPE_CHECKING:
    from collections.abc import Callable

    from ..data.records import Edition, Entry, Page
    from ..data.registry import Registry

    Data = dict[str, object]
    Address = Callable[[str, str], str]  # (docname, id) -> where it is


def present(**terms: object) -> Data:
    """Only the terms that say something; ``at_id`` is ``@id``."""
    return {term.replace('at_', '@'): value for term, value in terms.items() if value}


def entity(entry: Entry, registry: Registry, address: Address) -> Data:
    """An entry, with its addresses in authority files."""
    kind = registry.kinds.registers[entry.kind]
    start, slash, end = entry.dates.partition('/')
    days = (day(start), day(end)) if slash or not kind.life else ('', '')
    known = dict(zip(kind.schema_ends, days, strict=True))
    known.pop('', None)
    return present(
        at_type=kind.schema,
        at_id=address(entry.docname, entry.key),
        name=entry.name,
        sameAs=entry.addresses,
        **known,
    )


def day(edtf: str) -> str:
    """A date that schema.org knows, or ''."""
    return datable(edtf).get('when', '')


def page_data(
    edition: Edition,
    registry: Registry,
    page: Page,
    description: str,
    version: str,
    address: Address,
) -> Data:
    """What a page is: the edition, a diary entry, a letter, or a page of the editors’."""
    whole = address(registry.pages[0].docname, '')
    kind = registry.chapter(page)
    namings = {(m.kind, m.key) for m in page.marks if isinstance(m, Mention)}
    common = present(
        at_context='https://schema.org',
        at_id=address(page.docname, ''),
        name=page.title,
        description=description,
        inLanguage=page.front.get('lang'),
        mentions=[
            entity(registry.entries[naming], registry, address)
            for naming in sorted(namings & registry.entries.keys())
        ],
    )
    if not page.kind:
        return {**common, '@type': 'WebPage', 'isPartOf': {'@id': whole}}

    def somebody(key: str) -> Data:
        return entity(registry.entries[PERSON, key], registry, address)

    author, place = somebody(page.front.get('author', edition.author)), page.front.get('place')
    written = page.front.get('date', '')
    shared = {
        **common,
        'author': author,
        'translator': somebody(edition.translator),
        'translationOfWork': present(
            at_type='CreativeWork', author=author, dateCreated=day(written)
        ),
    }
    if kind is None:
        return {
            **shared,
            '@type': 'Article',
            'headline': edition.title,
            'alternativeHeadline': edition.subtitle,
            'identifier': edition.identifier,
            'version': version,
            'editor': {'@type': 'Organization', 'name': edition.editor},
            'license': edition.licence,
            'isBasedOn': edition.address,
            'datePublished': day(edition.date.partition('/')[0]),
            'pagination': edition.pages,
            'keywords': list(edition.subjects),
            'hasPart': [{'@id': address(p.docname, '')} for p in registry.pages if p.is_chapter],
            'isPartOf': printed(edition),
        }
    shared |= {'isPartOf': {'@id': whole}}
    if kind.correspondence:
        return {
            **shared,
            '@type': kind.schema,
            'sender': author,
            'recipient': somebody(page.front['addressee']),
            'dateSent': day(written),
        }
    where = entity(registry.entries[PLACE, place], registry, address) if place else None
    return {
        **shared,
        **present(
            at_type=kind.schema,
            headline=page.title,
            dateCreated=day(written),
            locationCreated=where,
            datePublished=day(edition.date.partition('/')[0]),
        ),
    }


def printed(edition: Edition) -> Data:
    """The number of the magazine."""
    magazine = {'@type': 'Periodical', 'name': edition.journal}
    volume = {
        '@type': 'PublicationVolume',
        'volumeNumber': arabic(edition.volume),
        'isPartOf': magazine,
    }
    return {
        '@type': 'PublicationIssue',
        'issueNumber': edition.issue,
        'datePublished': edition.date,
        'isPartOf': volume,
    }


# what in registers.json is an address, and what a plain string
CONTEXT = {
    '@vocab': 'https://schema.org/',
    **{term: {'@type': '@id'} for term in ('sameAs', 'citation', 'license', 'isPartOf')},
}


def registers(
    edition: Edition, registry: Registry, sources: dict[str, str], address: Address
) -> Data:
    """All entries with all their mentions; *sources* gives the addresses of what is cited."""
    whole = address(registry.pages[0].docname, '')
    return {
        '@context': CONTEXT,
        '@id': 'registers.json',
        '@type': 'Dataset',
        'name': f'{edition.title}: registers',
        'license': edition.licence,
        'isPartOf': whole,
        'hasPart': [
            row(entry, registry, sources, address)
            for page in registry.pages
            for entry in page.entries
        ],
    }


def row(entry: Entry, registry: Registry, sources: dict[str, str], address: Address) -> Data:
    """An entry in full."""
    return {
        **entity(entry, registry, address),
        **present(
            identifier=entry.key,
            alternateName=[unmarked(variant) for variant in entry.variants],
            description=unmarked(entry.who),
            citation=[sources[source.key] for source in entry.sources if source.key in sources],
            additionalProperty={
                '@type': 'PropertyValue',
                'name': 'certainty',
                'value': entry.certainty,
            },
            subjectOf=[
                {
                    '@type': 'CreativeWork',
                    '@id': address(mention.docname, mention.id),
                    'name': registry.locus(mention),
                    'text': mention.text,
                }
                for mention in registry.mentions[entry.kind, entry.key]
            ],
        ),
    }
