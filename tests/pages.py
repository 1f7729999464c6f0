"""What both halves read from the head of a web page."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import rdflib
from lxml import html

if TYPE_CHECKING:
    from pathlib import Path

    from lxml import etree

SCHEMA = 'https://schema.org/'


def head(folder: Path, page: str) -> etree._Element:
    [element] = html.parse(str(folder / f'{page}.html')).xpath('/html/head')
    return element


def metas(folder: Path, page: str, kind: str = 'name') -> dict[str, list[str]]:
    """Name -> contents."""
    found: dict[str, list[str]] = {}
    for tag in head(folder, page).xpath(f'meta[@{kind}]'):
        found.setdefault(tag.get(kind), []).append(tag.get('content'))
    return found


def data(folder: Path, page: str) -> dict[str, Any]:
    """The linked data of a page."""
    [script] = head(folder, page).xpath('script[@type="application/ld+json"]')
    return json.loads(script.text)


def graph(folder: Path, page: str) -> rdflib.Graph:
    """The same, as a program reads it."""
    linked = data(folder, page)
    assert linked['@context'] == 'https://schema.org'
    linked['@context'] = {  # what schema.org’s own context says, without fetching it
        '@vocab': SCHEMA,
        **{term: {'@type': '@id'} for term in ('sameAs', 'isBasedOn', 'license')},
    }
    return rdflib.Graph().parse(data=json.dumps(linked), format='json-ld')
