"""The headers: what a TEI file says of itself, of its witness and of its letters; and CMIF."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from ..data import dates
from ..data.dates import datable
from ..data.kinds import PERSON
from .letters import correspondence, is_letter
from .xml import EDITORS, el, xml_name

if TYPE_CHECKING:
    import xml.etree.ElementTree as ET
    from collections.abc import Iterable

    from ..data.records import Edition
    from ..data.registry import Registry

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
    ('segmentation', {}, 'Paragraphs and other blocks are numbered by the editors: @n.'),
    (
        'interpretation',
        {},
        'Everything that names a person, place, work, organisation or term is encoded as its name, '
        'paraphrases too; @ref points to the registers in standOff.',
    ),
)


# what a numbered passage may be
NUMBERED = ('p', 'quote', 'cit', 'lg', 'list', 'table')


class Imprint(NamedTuple):
    """What the header takes from elsewhere than the edition’s own data."""

    version: str
    base: str  # address of the edition on the web, or ''
    changes: str  # the text of CHANGELOG.md
    languages: Iterable[str]


def header(edition: Edition, registry: Registry, imprint: Imprint) -> ET.Element:
    """The `teiHeader` of the whole (TEI Guidelines 2)."""
    letters = [
        correspondence(page, registry) for page in registry.pages if is_letter(page, registry)
    ]
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
            references(registry),
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
    return el('persName', registry.entries[PERSON, key].name, ref=f'#{xml_name(key)}')


def responsible(edition: Edition, registry: Registry) -> list[ET.Element]:
    """Who did what, after the author."""
    hands = {registry.kinds.hands[note.hand].maker for note in registry.notes.values()}
    translation = 'translation and notes' if 'translator' in hands else 'translation'
    return [
        el('respStmt', el('resp', translation), person(registry, edition.translator)),
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


def references(registry: Registry) -> ET.Element:
    """How a passage is cited: “diary 5” (TEI Guidelines 17.2.5, citeStructure)."""
    chapters = [kind for page in registry.pages if (kind := registry.chapter(page))]
    types = ' or '.join(f"@type='{kind}'" for kind in dict.fromkeys(c.tei for c in chapters))
    found = ' or '.join(f'self::{tag}' for tag in NUMBERED)
    places = (  # a reader of these joins @match and @use as text
        ('paragraph', f'descendant::*[{found}]', '@n', ' '),
        ('page', 'descendant::pb', '@n', ', p. '),
        ('figure', 'descendant::figure', '@n', ', fig. '),
        ('entry', "descendant::div[@type='entry']", '@n', ', '),
    )
    cited = [el('citeStructure', unit=u, match=m, use=use, delim=d) for u, m, use, d in places]
    chapter = f'/TEI/text/body/div[{types}]' if types else '/TEI/text/body/div'
    return el('refsDecl', el('citeStructure', *cited, unit='text', match=chapter, use='@n'))


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
