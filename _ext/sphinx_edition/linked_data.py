"""The edition as linked data, in the terms of schema.org (JSON-LD 1.1)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .citations import arabic
from .model import Mention
from .tei import datable

if TYPE_CHECKING:
    from collections.abc import Callable

    from .model import Edition, Entry, Page
    from .registry import Registry

    Data = dict[str, object]
    Address = Callable[[str, str], str]  # (docname, id) -> where it is

# kind of entry -> its type and the terms for the ends of its dates
TYPES = {
    'person': ('Person', 'birthDate', 'deathDate'),
    'place': ('Place', '', ''),
    'work': ('CreativeWork', 'datePublished', ''),
    'org': ('Organization', 'foundingDate', 'dissolutionDate'),
    'term': ('DefinedTerm', '', ''),
}


def present(**terms: object) -> Data:
    """Only the terms that say something; ``at_id`` is ``@id``."""
    return {term.replace('at_', '@'): value for term, value in terms.items() if value}


def entity(entry: Entry, address: Address) -> Data:
    """An entry, with its addresses in authority files."""
    kind, first, last = TYPES[entry.kind]
    start, slash, end = entry.dates.partition('/')
    known = {first: day(start), last: day(end)} if slash or entry.kind != 'person' else {}
    known.pop('', None)
    return present(
        at_type=kind,
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
    kind = page.front.get('kind')
    namings = {(m.kind, m.key) for m in page.marks if isinstance(m, Mention)}
    common = present(
        at_context='https://schema.org',
        at_id=address(page.docname, ''),
        name=page.title,
        description=description,
        inLanguage=page.front.get('lang'),
        mentions=[
            entity(registry.entries[naming], address)
            for naming in sorted(namings & registry.entries.keys())
        ],
    )
    if kind is None:
        return {**common, '@type': 'WebPage', 'isPartOf': {'@id': whole}}

    def somebody(key: str) -> Data:
        return entity(registry.entries['person', key], address)

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
    if kind == 'title-page':
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
            'hasPart': [
                {'@id': address(p.docname, '')} for p in registry.pages if p.front.get('date')
            ],
            'isPartOf': printed(edition),
        }
    shared |= {'isPartOf': {'@id': whole}}
    if kind == 'letter':
        return {
            **shared,
            '@type': 'Message',
            'sender': author,
            'recipient': somebody(page.front['addressee']),
            'dateSent': day(written),
        }
    where = entity(registry.entries['place', place], address) if place else None
    return {
        **shared,
        **present(
            at_type='Article',
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
        **entity(entry, address),
        **present(
            identifier=entry.key,
            alternateName=list(entry.variants),
            description=entry.who,
            citation=[sources[key] for key in entry.sources if key in sources],
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
