"""The edition as linked data, in the terms of schema.org (JSON-LD 1.1)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..data.citing import arabic
from ..data.dates import OPEN, whole
from ..data.kinds import PLACE
from ..data.language import _
from ..data.records import Mention
from ..data.text import unmarked

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from ..data.hosts import Host
    from ..data.identity import Identity
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
    return whole(edtf) if edtf not in OPEN else ''


def page_data(
    edition: Edition,
    registry: Registry,
    page: Page,
    cited: Identity,
    description: str,
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
    editor = {'@type': 'Organization', 'name': edition.editor}
    if not page.kind:
        return {
            **common,
            **present(
                at_type='WebPage',
                isPartOf={'@id': whole},
                author=editor,
                datePublished=cited.release.date,
                license=edition.licence,
            ),
        }

    def somebody(people: Iterable[Entry]) -> list[Data]:
        return [entity(person, registry, address) for person in people]

    written, authors = page.front.get('date', ''), somebody(cited.authors)
    original = present(at_type='CreativeWork', author=authors, dateCreated=day(written))
    shared = {
        **common,
        **present(
            author=authors,
            translator=somebody(cited.translators),
            translationOfWork=original if cited.translators else None,
            editor=editor,
            datePublished=cited.release.date,
            version=cited.release.version,
        ),
    }
    if kind is None:
        return {
            **shared,
            **present(
                at_type='Book',
                headline=edition.title,
                alternativeHeadline=edition.subtitle,
                identifier=edition.identifier,
                isBasedOn=stood(cited.host),
                keywords=list(edition.subjects),
                hasPart=[{'@id': address(p.docname, '')} for p in registry.pages if p.is_chapter],
            ),
        }
    shared |= present(isPartOf={'@id': whole}, isBasedOn=stood(cited.host))
    if kind.correspondence:
        return {
            **shared,
            **present(
                at_type=kind.schema,
                sender=authors,
                recipient=somebody(cited.recipients),
                dateSent=day(written),
            ),
        }
    place = registry.entries.get((PLACE, page.front.get('place', '')))
    return {
        **shared,
        **present(
            at_type=kind.schema,
            headline=page.title,
            dateCreated=day(written),
            locationCreated=entity(place, registry, address) if place else None,
        ),
    }


def stood(host: Host) -> Data | None:
    """Where the text stood: pages of a number of a magazine, a book, a manuscript."""
    row = host.row
    if row is None:
        return None
    published = day(host.date) if host.date else ''
    if row.level == 'j':
        whole = present(at_type=row.schema, name=host.title)
        volume = present(
            at_type='PublicationVolume', volumeNumber=arabic(host.volume), isPartOf=whole
        )
        issue = present(
            at_type='PublicationIssue',
            issueNumber=host.issue,
            datePublished=published,
            isPartOf=volume if host.volume else whole,
        )
        return present(at_type='Article', pagination=host.pages, url=host.address, isPartOf=issue)
    held = present(at_type='ArchiveOrganization', name=host.repository, address=host.place)
    return present(
        at_type=row.schema,
        name=host.title,
        alternativeHeadline=host.subtitle,
        datePublished=published if row.level else '',
        publisher=present(at_type='Organization', name=host.publisher) if host.publisher else None,
        identifier=host.shelfmark,
        holdingArchive=held if host.repository else None,
        pagination=host.pages,
        url=host.address,
    )


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
        'name': _('{title}: registers').format(title=edition.title),
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
