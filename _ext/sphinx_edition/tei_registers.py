"""The registers and sources in TEI: people, places, works, organisations, terms; bibliography."""

from __future__ import annotations

from typing import TYPE_CHECKING

from . import dates
from .tei import EDITORS, datable, el

if TYPE_CHECKING:
    import xml.etree.ElementTree as ET

    from pybtex.database import Entry as Source

    from .model import Entry
    from .tei import Content

# kind of entry -> its element, the element of its name, and the list in `standOff`
# (TEI Guidelines 14.3 people, places, organisations; 3.12 works; terms are a plain list)
LISTS = {
    'person': ('person', 'persName', 'listPerson'),
    'place': ('place', 'placeName', 'listPlace'),
    'work': ('bibl', 'title', 'listBibl'),
    'org': ('org', 'orgName', 'listOrg'),
    'term': ('item', 'term', 'list'),
}


def entry_element(entry: Entry, xml_id: str, source: str, prose: Content) -> ET.Element:
    """An entry: names, dates and events, identifiers, what the editor says of it."""
    tag, name, _ = LISTS[entry.kind]
    identifiers = [el('idno', value, type=scheme) for scheme, value in entry.identifiers]
    # the order in which `place` and `org` want their parts
    return el(
        tag,
        el(name, entry.name),
        *(el(name, variant, type='variant') for variant in entry.variants),
        *lifespan(entry),
        *([] if entry.kind in ('work', 'term') else happenings(entry)),
        *(identifiers if entry.kind == 'person' else []),
        el('note', entry.who, type='summary') if entry.who else None,
        el('note', *prose, type='commentary', resp=f'#{EDITORS}') if prose else None,
        *([] if entry.kind == 'person' else identifiers),
        xml_id=xml_id,
        cert=entry.certainty,
        source=source,
    )


def lifespan(entry: Entry) -> list[ET.Element]:
    """Birth and death of a person, or the one date known; of anything else its dates."""
    if not entry.dates:
        return []
    start, _, end = entry.dates.partition('/')
    if entry.kind == 'person' and '/' in entry.dates:
        ends = (('birth', start), ('death', end))
        return [
            el(tag, dates.words(day), **datable(day)) for tag, day in ends if day not in ('', '..')
        ]
    words, attributes = entry.when, datable(entry.dates)
    if entry.kind == 'person':
        return [el('floruit', words, **attributes)]
    if entry.kind == 'work':
        return [el('date', words, **attributes)]
    return [el('note', el('date', words, **attributes), type='dates')]


def happenings(entry: Entry) -> list[ET.Element]:
    """Its dated facts."""
    return [el('event', el('desc', words), **datable(when)) for when, words in entry.events]


def source_element(source: Source, xml_id: str) -> ET.Element:
    """An entry of BibTeX as `biblStruct`; what stands in a journal or book has its `analytic`."""
    fields = {
        name: value.replace('{', '').replace('}', '') for name, value in source.fields.items()
    }
    people = [
        el(role, str(person).replace('{', '').replace('}', ''))
        for role in ('author', 'editor')
        for person in source.persons.get(role, [])
    ]
    host = fields.get('journal') or fields.get('booktitle')
    own = [
        *people,
        el('title', fields.get('title', source.key), level='a' if host else 'm'),
        el('idno', fields['doi'], type='DOI') if 'doi' in fields else None,
    ]
    imprint = el(
        'imprint',
        el('pubPlace', fields['address']) if 'address' in fields else None,
        *(el('publisher', fields[n]) for n in ('publisher', 'school') if n in fields),
        el('date', ' '.join(fields[n] for n in ('month', 'year') if n in fields) or 'n.d.'),
        *(
            el('biblScope', fields[name], unit=unit)
            for name, unit in (('volume', 'volume'), ('number', 'issue'), ('pages', 'page'))
            if name in fields
        ),
    )
    whole = [el('title', host, level='j' if 'journal' in fields else 'm')] if host else own
    return el(
        'biblStruct',
        el('analytic', *own) if host else None,
        el('monogr', *whole, imprint),
        el('ref', target=fields['url']) if 'url' in fields else None,
        el('note', fields['note']) if 'note' in fields else None,
        xml_id=xml_id,
        type=source.type,
    )
