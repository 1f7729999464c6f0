"""The registers and sources in TEI: people, places, works, organisations, terms; bibliography."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..data import dates
from ..data.bibliography import inverted, work
from ..data.date_formats import datable
from ..data.language import _
from ..data.records import AUTHORITIES
from ..data.text import emphasis
from ..reading.sources import READ
from .xml import EDITORS, el

if TYPE_CHECKING:
    import xml.etree.ElementTree as ET

    from pybtex.database import Entry as Source

    from ..data.kinds import RegisterKind
    from ..data.records import Entry
    from .xml import Content


def entry_element(
    entry: Entry, kind: RegisterKind, xml_id: str, source: str, prose: Content
) -> ET.Element:
    """An entry: names, dates and events, identifiers, what the editor says of it.

    The order is the one that `place` and `org` want.
    """
    return el(
        kind.tei_entry,
        el(kind.tei_name, *name_parts(entry, kind)),
        *sort_form(entry, kind),
        *(el(kind.tei_name, *words(variant), type='variant') for variant in entry.variants),
        el('location', el('geo', ' '.join(entry.coordinates))) if entry.coordinates else None,
        *lifespan(entry, kind),
        *(happenings(entry) if kind.tei_events else []),
        *(
            el('idno', AUTHORITIES[scheme][1].format(value), type=AUTHORITIES[scheme][0])
            for scheme, value in entry.identifiers
        ),
        el('note', *words(entry.who), type='summary') if entry.who else None,
        el('note', *prose, type='commentary', resp=f'#{EDITORS}') if prose else None,
        xml_id=xml_id,
        cert=entry.certainty,
        source=source,
    )


def name_parts(entry: Entry, kind: RegisterKind) -> Content:
    """A name; of a person’s, its forename and surname where the form it is sorted by tells them."""
    family, _, given = entry.sort.partition(', ')
    if kind.tei_name == 'persName' and given and entry.name == f'{given} {family}':
        return [el('forename', given), ' ', el('surname', family)]
    return [entry.name]


def sort_form(entry: Entry, kind: RegisterKind) -> list[ET.Element]:
    """The form by which an entry is sorted, if it is another."""
    return [el(kind.tei_name, entry.sort, type='sort')] if entry.sort != entry.name else []


def words(text: str) -> Content:
    """*text* of an entry, its emphasis as `hi`."""
    return [el('hi', piece, rend='italic') if em else piece for piece, em in emphasis(text)]


def lifespan(entry: Entry, kind: RegisterKind) -> list[ET.Element]:
    """Both ends of its dates where TEI tells them apart; else one element."""
    if not entry.dates:
        return []
    ends = entry.dates.split('/')
    if all(kind.tei_ends) and len(ends) == 2:
        return [
            el(tag, dates.words(day), **datable(day))
            for tag, day in zip(kind.tei_ends, ends, strict=True)
            if day not in ('', '..')
        ]
    attributes = datable(entry.dates)
    if kind.tei_date == 'note':  # which is not dated itself
        return [el('note', el('date', entry.when, **attributes), type='dates')]
    return [el(kind.tei_date, entry.when, **attributes)]


def happenings(entry: Entry) -> list[ET.Element]:
    """Its dated facts."""
    return [el('event', el('desc', *words(what)), **datable(when)) for when, what in entry.events]


def source_element(source: Source, xml_id: str) -> ET.Element:
    """An entry of BibTeX as `biblStruct`; what stands in a journal or book has its `analytic`."""
    cited = work(source)
    fields, when = cited.fields, cited.published
    people = [
        *(el('author', inverted(name)) for name in cited.authors),
        *(el('editor', inverted(name)) for name in cited.editors),
    ]
    read = READ.get(fields.get('read', ''))
    title = fields.get('title', source.key)
    host = fields.get('journal') or fields.get('booktitle')
    own = [
        *people,
        el('title', title, level='a' if host else 'm', xml_lang=cited.language),
        el('idno', fields['doi'], type='DOI') if 'doi' in fields else None,
    ]
    imprint = el(
        'imprint',
        el('pubPlace', fields['address']) if 'address' in fields else None,
        *(el('publisher', fields[n]) for n in ('publisher', 'school') if n in fields),
        el(
            'date',
            ' '.join(fields[n] for n in ('month', 'year') if n in fields) or 'n.d.',
            **(datable(when) if when else {}),
        ),
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
        el('note', _(read), type='read') if read else None,
        xml_id=xml_id,
        type=source.type,
    )
