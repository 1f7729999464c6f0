"""The edition as linked data, in the terms of schema.org (JSON-LD 1.1)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..data.citing import arabic
from ..data.date_formats import whole
from ..data.dates import OPEN
from ..data.kinds import PLACE
from ..data.language import _
from ..data.records import Mention
from ..data.text import unmarked

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from ..data.bibliography import Work
    from ..data.hosts import Host
    from ..data.identity import Identity, Release
    from ..data.records import Edition, Entry, Page
    from ..data.registry import Registry

    Data = dict[str, object]
    Address = Callable[[str, str], str]  # (docname, id) -> where it is


def present(**terms: object) -> Data:
    """Only the terms that say something; ``at_id`` is ``@id``."""
    return {term.replace('at_', '@'): value for term, value in terms.items() if value}


def named(entry: Entry, registry: Registry, address: Address) -> Data:
    """An entry by its name; what more there is to say of it, its register says."""
    return present(
        at_type=registry.kinds.registers[entry.kind].schema,
        at_id=address(entry.docname, entry.key),
        name=entry.name,
    )


def entity(entry: Entry, registry: Registry, address: Address) -> Data:
    """An entry, with its addresses in authority files."""
    kind = registry.kinds.registers[entry.kind]
    start, slash, end = entry.dates.partition('/')
    days = (day(start), day(end)) if slash or not kind.life else ('', '')
    known = dict(zip(kind.schema_ends, days, strict=True))
    known.pop('', None)
    place = dict(zip(('latitude', 'longitude'), entry.coordinates, strict=False))
    return {
        **named(entry, registry, address),
        **present(sameAs=entry.addresses),
        **present(geo=present(at_type='GeoCoordinates', **place) if place else None, **known),
    }


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
    if page.entries:  # it is about these; whom their prose names besides is told in their places
        namings = set()
    common = present(
        at_context='https://schema.org',
        at_id=address(page.docname, ''),
        name=edition.title if page.is_title_page else page.title,
        description=description,
        inLanguage=page.front.get('lang'),
        mentions=[
            named(registry.entries[naming], registry, address)
            for naming in sorted(namings & registry.entries.keys())
        ],
    )
    editor = {'@type': 'Organization', 'name': edition.editor}
    if not page.kind:
        offered = any(view.name == DOWNLOADS for view in page.overviews)
        return {
            **common,
            **present(
                at_type='WebPage',
                isPartOf={'@id': whole},
                mainEntity=dataset(edition, cited.release, address, whole) if offered else None,
                about=[entity(entry, registry, address) for entry in page.entries],
                author=editor,
                datePublished=cited.release.date,
                license=edition.licence,
            ),
        }

    def somebody(people: Iterable[Entry]) -> list[Data]:
        return [entity(person, registry, address) for person in people]

    written, authors = page.front.get('date', ''), somebody(cited.authors)
    original = present(
        at_type='CreativeWork',
        author=[{'@id': author['@id']} for author in authors],
        dateCreated=day(written),
    )
    shared = {
        **common,
        **present(
            author=authors,
            translator=somebody(cited.translators),
            translationOfWork=original if cited.translators else None,
            editor=editor,
            datePublished=cited.release.date,
            version=cited.release.version,
            url=cited.address,
            copyrightNotice=edition.rights,
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
                hasPart=[
                    *({'@id': address(p.docname, '')} for p in registry.pages if p.is_chapter),
                    {'@type': 'Dataset', '@id': address(DATASET, '')},
                ],
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


DATASET = 'registers.json'
DOWNLOADS = 'downloads'  # the overview of all files
# what in that file is an address, and what schema.org has no term for
CONTEXT = {
    '@vocab': 'https://schema.org/',
    **{term: {'@type': '@id'} for term in ('sameAs', 'license', 'isPartOf', 'contentUrl')},
    'certainty': 'https://www.tei-c.org/release/doc/tei-p5-doc/en/html/ref-att.global'
    '.responsibility.html#tei_att.cert',
    'sources': {'@id': 'http://purl.org/dc/terms/isReferencedBy', '@type': '@id'},
}


def dataset(edition: Edition, release: Release, address: Address, whole: str) -> Data:
    """What the registers are: whose, of which version, under which licence, in which files."""
    files = {DATASET: 'application/ld+json', 'registers.csv': 'text/csv'}
    return present(
        at_type='Dataset',
        at_id=address(DATASET, ''),
        name=_('{title}: registers').format(title=edition.title),
        description=_(
            'The people, places, works and organisations named in “{title}”, each with its '
            'identifiers and with every place where it is named.'
        ).format(title=edition.full_title),
        creator={'@type': 'Organization', 'name': edition.editor},
        version=release.version,
        datePublished=release.date,
        license=edition.licence,
        isPartOf=whole,
        keywords=list(edition.subjects),
        distribution=[
            {'@type': 'DataDownload', 'contentUrl': address(name, ''), 'encodingFormat': media}
            for name, media in files.items()
        ],
    )


def registers(
    edition: Edition,
    registry: Registry,
    sources: Mapping[str, Work],
    release: Release,
    address: Address,
) -> Data:
    """All entries with all their mentions; *sources* by their addresses."""
    places = {source.key: there for there, source in sources.items()}
    return {
        '@context': CONTEXT,
        **dataset(edition, release, address, address(registry.pages[0].docname, '')),
        'citation': [
            present(
                at_type='CreativeWork',
                at_id=there,
                name=source.get('title'),
                author=[
                    {'@type': 'Person', 'name': ' '.join(filter(None, (name.get('given'), family)))}
                    if (family := name.get('family'))
                    else {'@type': 'Organization', 'name': name['literal']}
                    for name in source.authors
                ],
                url=source.get('url'),
            )
            for there, source in sources.items()
        ],
        'about': [
            row(entry, registry, places, address)
            for page in registry.pages
            for entry in page.entries
        ],
    }


def row(entry: Entry, registry: Registry, places: Mapping[str, str], address: Address) -> Data:
    """An entry in full; *places*: key of a source -> its address."""
    return {
        **entity(entry, registry, address),
        **present(
            identifier=entry.key,
            alternateName=[unmarked(variant) for variant in entry.variants],
            description=unmarked(entry.who),
            certainty=entry.certainty,
            sources=[places[source.key] for source in entry.sources if source.key in places],
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
