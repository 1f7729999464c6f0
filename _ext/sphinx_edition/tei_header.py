"""The headers: what a TEI file says of itself, of its witness and of its letters; and CMIF."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from . import dates
from .tei import EDITORS, datable, el, xml_name

if TYPE_CHECKING:
    import xml.etree.ElementTree as ET
    from collections.abc import Iterable, Iterator

    from .model import Edition, Entry, Page
    from .registry import Registry

# how the text is encoded (TEI Guidelines 2.3.3): element, its attributes, what it says
EDITORIAL: tuple[tuple[str, dict[str, str], str], ...] = (
    (
        'correction',
        {'method': 'markup'},
        'Slips of the witness stand in sic, what is meant in corr.',
    ),
    ('quotation', {'marks': 'all'}, 'Quotation marks and dashes are those of the witness.'),
    (
        'normalization',
        {'method': 'markup'},
        'Dates are normalised in attributes, names by pointers.',
    ),
    ('segmentation', {}, 'Paragraphs are numbered by the editors: p/@n.'),
    (
        'interpretation',
        {},
        'Everything that names a person, place, work, organisation or term is encoded as its name, '
        'paraphrases too; @ref points to the registers in standOff.',
    ),
)


class Imprint(NamedTuple):
    """What the header takes from elsewhere than the edition’s own data."""

    version: str
    base: str  # address of the edition on the web, or ''
    changes: str  # the text of CHANGELOG.md
    languages: Iterable[str]


def header(edition: Edition, registry: Registry, imprint: Imprint) -> ET.Element:
    """The `teiHeader` of the whole (TEI Guidelines 2)."""
    letters = [correspondence(page, registry) for page in registry.pages if is_letter(page)]
    written = [page.front['date'] for page in registry.pages if page.front.get('date')]
    span = f'{min(written)}/{max(written)}' if len(written) > 1 else ''.join(written)
    return el(
        'teiHeader',
        el(
            'fileDesc',
            el(
                'titleStmt',
                el('title', edition.title, type='main'),
                el('title', edition.subtitle, type='sub'),
                el('author', person(registry, edition.author)),
                *responsible(edition, registry),
            ),
            el('editionStmt', el('edition', f'Version {imprint.version}', n=imprint.version)),
            el(
                'publicationStmt',
                el('publisher', edition.editor),
                el('date', when=f'{dates.now():%Y-%m-%d}'),
                el('idno', edition.identifier, type='URN'),
                el('idno', imprint.base, type='URL') if imprint.base else None,
                el('availability', el('licence', edition.rights, target=edition.licence)),
            ),
            source_description(edition, registry),
        ),
        el(
            'encodingDesc',
            el('editorialDecl', *(el(tag, el('p', says), **has) for tag, has, says in EDITORIAL)),
            references(),
        ),
        el(
            'profileDesc',
            el('abstract', el('p', edition.description)),
            el('creation', el('date', dates.words(span), **datable(span))) if span else None,
            el('langUsage', *(el('language', ident=language) for language in imprint.languages)),
            el('textClass', el('keywords', *(el('term', term) for term in edition.subjects))),
            *letters,
        ),
        revisions(imprint.changes),
    )


def person(registry: Registry, key: str) -> ET.Element:
    """A person of the register, by name."""
    return el('persName', registry.entries['person', key].name, ref=f'#{xml_name(key)}')


def responsible(edition: Edition, registry: Registry) -> list[ET.Element]:
    """Who did what, after the author."""
    return [
        el('respStmt', el('resp', 'translation and notes'), person(registry, edition.translator)),
        el('respStmt', el('resp', 'transcription'), person(registry, edition.transcriber)),
        el('respStmt', el('resp', 'edition'), el('name', edition.editor), xml_id=EDITORS),
    ]


def source_description(edition: Edition, registry: Registry) -> ET.Element:
    """The magazine, and the transcript of it that is the witness."""
    printed = el(
        'biblStruct',
        el(
            'analytic',
            el('author', person(registry, edition.author)),
            el('editor', person(registry, edition.translator), role='translator'),
            el('title', edition.title, level='a', type='main'),
            el('title', edition.subtitle, level='a', type='sub'),
        ),
        el(
            'monogr',
            el('title', edition.journal, level='j'),
            el(
                'imprint',
                el('date', dates.words(edition.date), **datable(edition.date)),
                el('biblScope', edition.volume, unit='volume'),
                el('biblScope', edition.issue, unit='issue'),
                el('biblScope', edition.pages, unit='page'),
            ),
        ),
        el(
            'series',
            el('title', edition.series, level='s'),
            el('biblScope', edition.number, unit='part'),
        ),
        type='printed',
    )
    transcript = el(
        'bibl',
        el('respStmt', el('resp', 'transcription'), person(registry, edition.transcriber)),
        ', ',
        el('ref', edition.address, target=edition.address),
        type='transcript',
    )
    return el('sourceDesc', printed, transcript)


def references() -> ET.Element:
    """How a passage is cited: “diary 5” (TEI Guidelines 17.2.5, citeStructure)."""
    paragraph = el('citeStructure', unit='paragraph', match='p|quote|lg', use='@n', delim=' ')
    chapter = "/TEI/text/body/div[@type='entry' or @type='letter']"
    return el('refsDecl', el('citeStructure', paragraph, unit='text', match=chapter, use='@n'))


def revisions(changelog: str) -> ET.Element | None:
    """CHANGELOG.md as `revisionDesc`: ``## 1.0.0 – 2026-11-23`` and its list."""
    changes = []
    for section in re.split(r'^## ', changelog, flags=re.MULTILINE)[1:]:
        heading, _, body = section.partition('\n')
        version = re.search(r'\d+(\.\d+)+', heading)
        date = re.search(r'\d{4}-\d\d-\d\d', heading)
        lines = re.sub(r'^#.*', '', body, flags=re.MULTILINE)  # without headings
        items = [' '.join(i.split()) for i in re.split(r'^[-*] ', lines, flags=re.MULTILINE)[1:]]
        attributes = {
            'n': version[0] if version else heading.strip(),
            'when': date[0] if date else '',
        }
        if items:
            changes.append(el('change', el('list', *(el('item', i) for i in items)), **attributes))
    return el('revisionDesc', *changes) if changes else None


# letters


def is_letter(page: Page) -> bool:
    """Whether a document is a letter."""
    return page.front.get('kind') == 'letter'


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
    for kind, name in (('person', 'author'), ('place', 'place'), ('person', 'addressee')):
        yield registry.entries[kind, page.front[name]]


def cmif(edition: Edition, registry: Registry, imprint: Imprint) -> ET.Element | None:
    """The letters for correspSearch (Correspondence Metadata Interchange Format 1.1), if any.

    Names and places are identified by authority files only. Who is not identified bears the name
    that the letter gives, and no @ref.
    """
    letters = [page for page in registry.pages if is_letter(page)]
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
        for mention in registry.mentions['person', addressee.key]
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
