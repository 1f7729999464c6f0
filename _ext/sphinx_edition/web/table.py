"""The registers as a table, with a description of each column (Frictionless Data Package 1)."""

from __future__ import annotations

import csv
import json
from typing import TYPE_CHECKING

from ..data.language import N_, _
from ..data.records import AUTHORITIES, CERTAINTY
from ..data.text import unmarked

if TYPE_CHECKING:
    from pathlib import Path

    from ..data.records import Edition, Entry
    from ..data.registry import Registry
    from .linked_data import Address

TABLE, PACKAGE = 'registers.csv', 'datapackage.json'
DEGREES = ('latitude', 'longitude')
SEVERAL = N_('several, with “; ” between them')
AUTHORITY = N_('Its number in {authority}: {address}')
# column -> what it says; {several} is the words above
COLUMNS = {
    'kind': N_('The register it stands in'),
    'key': N_('Its key, which never changes; unique among those of its kind'),
    'name': N_('The name under which it is shown'),
    'sort': N_('The form by which it is sorted'),
    'variants': N_('Further forms of the name: {several}'),
    'dates': N_('Its dates as EDTF; of a person, of birth and death'),
    'who': N_('What it is, in a few words'),
    'certainty': N_('How sure the editors are that this is what the text names'),
    'sources': N_('Keys in the bibliography, where in the source in braces: {several}'),
    **dict.fromkeys(AUTHORITIES, AUTHORITY),
    **dict.fromkeys(DEGREES, N_('Where a place lies, in degrees north and east (WGS 84)')),
    'events': N_('What happened, each with its date as EDTF: {several}'),
    'address': N_('Where its entry stands'),
    'passages': N_('Where the text names it, as readers cite it: {several}'),
    'mentions': N_('The address of each naming: {several}'),
}
REQUIRED = ('kind', 'key', 'name', 'sort', 'certainty', 'address')


def write_table(registry: Registry, address: Address, path: Path) -> None:
    """The registers as CSV (RFC 4180), in UTF-8 without a mark at its beginning."""
    with path.open('w', encoding='utf-8', newline='') as file:
        table = csv.DictWriter(file, COLUMNS)
        table.writeheader()
        for page in registry.pages:
            table.writerows(row(entry, registry, address) for entry in page.entries)


def row(entry: Entry, registry: Registry, address: Address) -> dict[str, str]:
    """An entry, column by column."""
    mentions = registry.mentions[entry.kind, entry.key]
    several = {
        'variants': map(unmarked, entry.variants),
        'sources': (f'{key}{{{at}}}' if at else key for key, at in entry.sources),
        'events': (f'{when} {unmarked(what)}' for when, what in entry.events),
        'passages': dict.fromkeys(registry.locus(mention) for mention in mentions),
        'mentions': (address(mention.docname, mention.id) for mention in mentions),
    }
    return {
        'kind': entry.kind,
        'key': entry.key,
        'name': entry.name,
        'sort': entry.sort,
        'dates': entry.dates,
        'who': unmarked(entry.who),
        'certainty': entry.certainty,
        'address': address(entry.docname, entry.key),
        **dict(entry.identifiers),
        **dict(zip(DEGREES, entry.coordinates, strict=False)),
        **{column: '; '.join(values) for column, values in several.items()},
    }


def write_package(
    edition: Edition, registry: Registry, version: str, homepage: str, path: Path
) -> None:
    """What the table is, whose, and what each of its columns says."""
    licence = {'path': edition.licence, 'title': edition.rights}
    table = {
        'name': 'registers',
        'path': TABLE,
        'profile': 'tabular-data-resource',
        'format': 'csv',
        'mediatype': 'text/csv',
        'encoding': 'utf-8',
        'schema': {
            'fields': [field(column, registry) for column in COLUMNS],
            'primaryKey': ['kind', 'key'],
            'missingValues': [''],
        },
    }
    package = {
        'profile': 'tabular-data-package',
        'name': edition.slug,
        'id': edition.identifier,
        'title': _('{title}: registers').format(title=edition.title),
        'description': edition.description,
        'version': version,
        **({'homepage': homepage} if homepage else {}),
        'licenses': [licence],
        'contributors': [{'title': edition.editor, 'role': 'author'}],
        'resources': [table],
    }
    text = json.dumps(package, ensure_ascii=False, indent=2) + '\n'
    path.write_text(text, encoding='utf-8', newline='\n')


def field(column: str, registry: Registry) -> dict[str, object]:
    """One column (Frictionless Table Schema)."""
    authority, form, _pattern = AUTHORITIES.get(column, ('', '', ''))
    says = _(COLUMNS[column]).format(
        several=_(SEVERAL), authority=authority, address=form.format('…')
    )
    among = {'kind': list(registry.kinds.registers), 'certainty': list(CERTAINTY)}.get(column)
    limits = {'required': column in REQUIRED, 'enum': among}
    return {
        'name': column,
        'type': 'number' if column in DEGREES else 'string',
        'description': says,
        'constraints': {limit: value for limit, value in limits.items() if value},
    }
