"""The headers: what a TEI file says of itself, of its witness and of its letters; and CMIF."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from ..data import dates
from ..data.date_formats import datable
from ..data.language import N_, _
from .letters import correspondence, is_letter
from .sources import reference, source_description
from .xml import EDITORS, MARK, el

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
        N_('Slips of the witness stand in sic, what is meant in corr.'),
    ),
    ('quotation', {'marks': 'all'}, N_('Quotation marks and dashes are those of the witness.')),
    (
        'normalization',
        {'method': 'markup'},
        N_('Dates are normalised in attributes, names by pointers.'),
    ),
    ('segmentation', {}, N_('Paragraphs and other blocks are numbered by the editors: @n.')),
    (
        'interpretation',
        {},
        N_(
            'Everything that names a person, place, work, organisation or term is encoded as its '
            'name, paraphrases too; @ref points to the registers in standOff.'
        ),
    ),
)


RAISED = 'vertical-align: super; font-size: smaller'  # what generic viewers make of a mark
ENGINE = '2.0'  # version of the engine
SUBJECTS = 'subjects'  # xml:id of the list that keywords are from
# code, within which nothing is a mark; emphasis, within a word by asterisks alone; a link
MARKDOWN = re.compile(
    r'(?P<ticks>`+) ?(?P<code>.+?) ?(?P=ticks)'
    r'|(?P<mark>\*\*?|(?<!\w)__?)(?P<words>\S(?:.*?\S)?)(?P=mark)(?!(?<=_)\w)'
    r'|\[(?P<link>[^]]+)\]\([^)]*\)'
)
# what a numbered passage may be
NUMBERED = ('p', 'quote', 'cit', 'lg', 'list', 'table')


class Imprint(NamedTuple):
    """What the header takes from elsewhere than the edition’s own data."""

    version: str
    date: str  # of this version
    base: str  # address of the edition on the web, or ''
    changes: str  # the text of CHANGELOG.md
    languages: Iterable[str]


def header(edition: Edition, registry: Registry, imprint: Imprint) -> ET.Element:
    """The `teiHeader` of the whole (TEI Guidelines 2)."""
    letters = [
        correspondence(page, registry) for page in registry.pages if is_letter(page, registry)
    ]
    span = created(registry)
    version = _('Version {version}').format(version=imprint.version)
    return el(
        'teiHeader',
        el(
            'fileDesc',
            el(
                'titleStmt',
                el('title', edition.title, type='main'),
                el('title', edition.subtitle, type='sub') if edition.subtitle else None,
                *(el('author', reference(person)) for person in registry.people(edition.author)),
                *responsible(edition, registry),
            ),
            el('editionStmt', el('edition', version, n=imprint.version)),
            el(
                'publicationStmt',
                el('publisher', edition.editor),
                el('date', when=imprint.date),
                el('idno', edition.identifier, type='URN'),
                el('idno', imprint.base, type='URL') if imprint.base else None,
                *availability(edition),
            ),
            source_description(edition, registry),
        ),
        el(
            'encodingDesc',
            el(
                'editorialDecl', *(el(tag, el('p', _(says)), **has) for tag, has, says in EDITORIAL)
            ),
            *references(registry),
            el('tagsDecl', el('rendition', RAISED, xml_id=MARK, scheme='css')),
            el(
                'classDecl',
                el('taxonomy', el('bibl', _('Subjects as the editors give them')), xml_id=SUBJECTS),
            )
            if edition.subjects
            else None,
            application(),
        ),
        el(
            'profileDesc',
            el('abstract', el('p', edition.description)),
            el('creation', el('date', dates.words(span), **datable(span))) if span else None,
            el('langUsage', *(el('language', ident=language) for language in imprint.languages)),
            el(
                'textClass',
                el(
                    'keywords',
                    *(el('term', term) for term in edition.subjects),
                    scheme=f'#{SUBJECTS}',
                ),
            )
            if edition.subjects
            else None,
            *letters,
        ),
        revisions(imprint.changes),
    )


def responsible(edition: Edition, registry: Registry) -> list[ET.Element]:
    """Who did what, after the author."""
    hands = {registry.kinds.hands[note.hand].maker for note in registry.notes.values()}
    translation = _('translation and notes') if 'translator' in hands else _('translation')
    several = [
        *((translation, person) for person in registry.people(translators(edition, registry))),
        *((_('transcription'), person) for person in registry.people(edition.transcriber)),
    ]
    return [
        *(el('respStmt', el('resp', did), reference(person)) for did, person in several),
        el('respStmt', el('resp', _('edition')), el('name', edition.editor), xml_id=EDITORS),
    ]


def translators(edition: Edition, registry: Registry) -> list[str]:
    """Those of the whole, then those of chapters."""
    keys = [*edition.translator, *(key for p in registry.pages for key in p.keys('translator'))]
    return list(dict.fromkeys(keys))


def created(registry: Registry) -> str:
    """EDTF from the first to the last day on which something was written, of those known."""
    written = [page.front['date'] for page in registry.pages if page.front.get('date')]
    if len(written) == 1:
        return written[0]
    days = [day for date in written for day in dates.parse(date).ends if day]
    if not days:
        return ''
    first = min(days, key=lambda day: day.bounds()[0])
    last = max(days, key=lambda day: day.bounds()[1])
    return f'{first.text}/{last.text}' if first != last else first.text


def availability(edition: Edition) -> list[ET.Element]:
    """What is licensed, and what is said of the rest: a harvester reads only the address."""
    return [
        el(
            'availability',
            el('licence', _('The editors’ words and data.'), target=edition.licence),
            status='free',
            n='edition',
        ),
        el('availability', el('p', edition.rights), status='unknown', n='text'),
    ]


def application() -> ET.Element:
    """The program that wrote the file (TEI Guidelines 2.3.11)."""
    label = el('label', _('sphinx_edition, an extension of Sphinx for digital editions'))
    return el('appInfo', el('application', label, ident='sphinx_edition', version=ENGINE))


def references(registry: Registry) -> list[ET.Element]:
    """How a passage is cited: “diary 5” (TEI Guidelines 17.2.5, citeStructure).

    A `refsDecl` a kind of place, of those there are: readers take a @delim for characters of which
    any one ends what comes before, so each is one character; and they join @match and @use as text.
    """
    chapters = [kind for page in registry.pages if (kind := registry.chapter(page))]
    types = ' or '.join(f"@type='{kind}'" for kind in dict.fromkeys(c.tei for c in chapters))
    chapter = f'/TEI/text/body/div[{types}]' if types else '/TEI/text/body/div'
    found = ' or '.join(f'self::{tag}' for tag in NUMBERED)
    passages = registry.passages.values()
    page, figure = (form.partition('{')[0] for form in (_('p. {page}'), _('fig. {number}')))
    units = (
        ('paragraph', True, f'descendant::*[{found}]', '', ' '),
        ('page', any(p.page for p in passages), 'descendant::pb', f' {page}', ','),
        (
            'figure',
            any(p.n[:4] == 'fig-' for p in passages),
            'descendant::figure',
            f' {figure}',
            ',',
        ),
        ('entry', any(p.date for p in passages), "descendant::div[@type='entry']", ' ', ','),
    )
    return [
        el(
            'refsDecl',
            el(
                'citeStructure',
                el('citeStructure', unit=unit, match=match, use=use(before), delim=delim),
                unit='text',
                match=chapter,
                use='@n',
            ),
            n=unit,
            default='true' if unit == 'paragraph' else '',
        )
        for unit, there, match, before, delim in units
        if there
    ]


def use(before: str) -> str:
    """The XPath of a number with words before it."""
    return f"concat('{before}', @n)" if before else '@n'


def revisions(changelog: str) -> ET.Element | None:
    """CHANGELOG.md as `revisionDesc`: ``## 1.0.0 – 2026-11-23`` and its list."""
    changes = []
    for section in re.split(r'^## ', changelog, flags=re.MULTILINE)[1:]:
        heading, _, body = section.partition('\n')
        version = re.search(r'\d+(\.\d+)+', heading)
        date = re.search(r'\d{4}-\d\d-\d\d', heading)
        lines = re.sub(r'^#.*', '', body, flags=re.MULTILINE)  # without headings
        items = [plain(i) for i in re.split(r'^[-*] ', lines, flags=re.MULTILINE)[1:]]
        attributes = {
            'n': version[0] if version else heading.strip(),
            'when': date[0] if date else '',
        }
        if items:
            changes.append(el('change', el('list', *(el('item', i) for i in items)), **attributes))
    return el('revisionDesc', *changes) if changes else None


def plain(markdown: str) -> str:
    """Words without the marks of Markdown: “after the transcript in witness/”."""
    text = ' '.join(markdown.split())
    return MARKDOWN.sub(lambda mark: mark['code'] or plain(mark['words'] or mark['link']), text)
