"""The files beside the web pages: registers, map of the site, preview picture."""

from __future__ import annotations

import csv
import json
import xml.etree.ElementTree as ET
from pathlib import Path
from typing import TYPE_CHECKING

from ..data.text import unmarked
from ..domain import edition_domain
from ..gathering.cover import draw_cover, draw_icon
from ..order import reading_order
from .head import PREVIEW, TOUCH_ICON, icon
from .linked_data import registers

if TYPE_CHECKING:
    from sphinx.application import Sphinx

    from ..data.registry import Registry
    from .linked_data import Address


def write_data(app: Sphinx, exception: Exception | None) -> None:
    """Write them all (`build-finished`): they are small, and show what no single page does."""
    if exception or app.builder.name != 'html' or not app.config.edition:
        return
    domain = edition_domain(app.env)
    edition, registry = domain.edition, domain.registry
    base, outdir = app.config.html_baseurl, Path(app.outdir)
    pages = {name: base + app.builder.get_target_uri(name) for name in app.env.found_docs}

    def address(docname: str, name: str) -> str:
        return f'{pages[docname]}#{name}' if name else pages[docname]

    sources = {
        citation.key: address(citation.bibliography_key.docname, citation.citation_id)
        for citation in app.env.domains['cite'].citations  # type: ignore[attr-defined]
    }
    data = registers(edition, registry, sources, address)
    text = json.dumps(data, ensure_ascii=False) + '\n'
    (outdir / 'registers.json').write_text(text, encoding='utf-8', newline='\n')
    write_table(registry, address, outdir / 'registers.csv')
    draw_cover(domain, outdir / PREVIEW, 1200, 630)
    if drawn := icon(app.env):
        draw_icon(domain, drawn, outdir / TOUCH_ICON, 180)
    robots = 'User-agent: *\nAllow: /\n'
    if base:
        write_sitemap(
            [address(name, '') for name in reading_order(app.env)], outdir / 'sitemap.xml'
        )
        robots += f'Sitemap: {base}sitemap.xml\n'
    (outdir / 'robots.txt').write_text(robots, encoding='utf-8', newline='\n')


def write_table(registry: Registry, address: Address, path: Path) -> None:
    """The registers as CSV (RFC 4180), several values in a cell with semicolons between them."""
    with path.open('w', encoding='utf-8', newline='') as file:
        table = csv.writer(file)
        table.writerow(
            'kind key name sort variants dates who certainty sources identifiers events '
            'address passages mentions'.split()
        )
        for entry in (entry for page in registry.pages for entry in page.entries):
            mentions = registry.mentions[entry.kind, entry.key]
            cells = {
                'variants': map(unmarked, entry.variants),
                'sources': (f'{key}{{{at}}}' if at else key for key, at in entry.sources),
                'identifiers': (f'{scheme} {value}' for scheme, value in entry.identifiers),
                'events': (f'{when} {unmarked(what)}' for when, what in entry.events),
                'passages': dict.fromkeys(registry.locus(mention) for mention in mentions),
                'mentions': (address(mention.docname, mention.id) for mention in mentions),
            }
            joined = {column: '; '.join(values) for column, values in cells.items()}
            table.writerow(
                [
                    *(entry.kind, entry.key, entry.name, entry.sort, joined['variants']),
                    *(entry.dates, unmarked(entry.who), entry.certainty, joined['sources']),
                    *(joined['identifiers'], joined['events']),
                    *(address(entry.docname, entry.key), joined['passages'], joined['mentions']),
                ]
            )


def write_sitemap(addresses: list[str], path: Path) -> None:
    """All pages in reading order (sitemaps.org 0.9).

    Not sphinx-sitemap: it lists the pages written in this build, so a second build loses the rest.
    """
    root = ET.Element('urlset', xmlns='http://www.sitemaps.org/schemas/sitemap/0.9')
    for place in addresses:
        ET.SubElement(ET.SubElement(root, 'url'), 'loc').text = place
    ET.indent(root)
    ET.ElementTree(root).write(path, encoding='utf-8', xml_declaration=True)
