"""The files beside the web pages: data, map of the site, preview picture."""

from __future__ import annotations

import json
import xml.etree.ElementTree as ET
from pathlib import Path
from typing import TYPE_CHECKING

from ..data.bibliography import work
from ..data.identity import joined
from ..domain import edition_domain
from ..gathering.cover import draw_cover, draw_icon
from ..gathering.downloads import BEACON, is_known
from ..order import reading_order
from .bibliography import write_bibliography
from .head import PREVIEW, TOUCH_ICON, icon
from .linked_data import DATASET, registers
from .table import PACKAGE, TABLE, write_package, write_table

if TYPE_CHECKING:
    from sphinx.application import Sphinx

    from ..data.records import Edition
    from ..data.registry import Registry
    from .linked_data import Address


def write_data(app: Sphinx, exception: Exception | None) -> None:
    """Write them all (`build-finished`): they are small, and show what no single page does."""
    if exception or app.builder.name != 'html' or not app.config.edition:
        return
    domain = edition_domain(app.env)
    edition, registry = domain.edition, domain.registry
    base, outdir = app.config.html_baseurl, Path(app.outdir)
    pages = {name: app.builder.get_target_uri(name) for name in app.env.found_docs}

    def address(docname: str, name: str) -> str:
        there = joined(base, pages.get(docname, docname))  # a page, or a file beside it
        return f'{there}#{name}' if name else there

    citations = app.env.domains['cite'].citations  # type: ignore[attr-defined]
    sources = {
        address(citation.bibliography_key.docname, citation.citation_id): work(citation.entry)
        for citation in citations
    }
    data = registers(edition, registry, sources, domain.release, address)
    text = json.dumps(data, ensure_ascii=False) + '\n'
    (outdir / DATASET).write_text(text, encoding='utf-8', newline='\n')
    write_table(registry, address, outdir / TABLE)
    write_package(edition, registry, domain.release.version, base, outdir / PACKAGE)
    write_bibliography([*sources.values()], outdir)
    if base and is_known(registry):
        write_beacon(edition, registry, address, outdir / 'beacon.txt')
    draw_cover(domain, outdir / PREVIEW, 1200, 630)
    if drawn := icon(app.env):
        draw_icon(domain, drawn, outdir / TOUCH_ICON, 180)
    robots = 'User-agent: *\nAllow: /\n'
    if base:
        write_sitemap(
            [address(name, '') for name in reading_order(app.env)], outdir / 'sitemap.xml'
        )
        robots += f'Sitemap: {joined(base, "sitemap.xml")}\n'
    (outdir / 'robots.txt').write_text(robots, encoding='utf-8', newline='\n')


def write_beacon(edition: Edition, registry: Registry, address: Address, path: Path) -> None:
    """Numbers in the GND, each with what it names here (BEACON)."""
    lines = [
        '#FORMAT: BEACON',
        '#PREFIX: https://d-nb.info/gnd/',
        f'#NAME: {edition.title}',
        f'#DESCRIPTION: {edition.description}',
        f'#CREATOR: {edition.editor}',
        '',
        *(
            f'{number}|{entry.name}|{address(entry.docname, entry.key)}'
            for entry in registry.entries.values()
            if (number := dict(entry.identifiers).get(BEACON))
        ),
    ]
    path.write_text('\n'.join(lines) + '\n', encoding='utf-8', newline='\n')


def write_sitemap(addresses: list[str], path: Path) -> None:
    """All pages in reading order (sitemaps.org 0.9).

    Not sphinx-sitemap: it lists the pages written in this build, so a second build loses the rest.
    """
    root = ET.Element('urlset', xmlns='http://www.sitemaps.org/schemas/sitemap/0.9')
    for place in addresses:
        ET.SubElement(ET.SubElement(root, 'url'), 'loc').text = place
    ET.indent(root)
    ET.ElementTree(root).write(path, encoding='utf-8', xml_declaration=True)
