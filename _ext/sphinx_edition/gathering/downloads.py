"""The edition’s other forms: one list of files, which `downloads` shows and page heads name."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from docutils import nodes

from ..data.language import _
from .words import filled, joined

if TYPE_CHECKING:
    from docutils.nodes import Element, Node

    from ..data.records import Page
    from ..data.registry import Registry
    from ..domain import EditionDomain


class File(NamedTuple):
    """A file beside the web pages."""

    name: str
    format: str
    words: str  # what a reader finds in it
    media: str = ''  # its media type, if it holds the whole edition
    of: str = ''  # what the edition must have for it: see `made`


# ending -> name of the format
REFERENCES = {'bib': 'BibTeX', 'ris': 'RIS', 'json': 'CSL-JSON'}
# file with the sources -> name of the format
BIBLIOGRAPHY = {f'bibliography.{ending}': name for ending, name in REFERENCES.items()}
BEACON = 'gnd'  # the authority by whose numbers others find the edition


def files(slug: str) -> list[File]:
    """All that there may be but the references; builders of their own make the first four."""
    return [
        File(f'{slug}.pdf', 'PDF', _('the book, to print or to read'), 'application/pdf'),
        File(f'{slug}.epub', 'EPUB', _('the e-book'), 'application/epub+zip'),
        File(
            f'{slug}.xml', 'TEI', _('text, notes and registers, in TEI P5'), 'application/tei+xml'
        ),
        File(
            'cmif.xml',
            'CMIF',
            _('who wrote to whom, where and when, for correspSearch'),
            of='letters',
        ),
        File(
            'registers.json', 'JSON-LD', _('all entries with identifiers and mentions, in JSON-LD')
        ),
        File('registers.csv', 'CSV', _('the same as a table')),
        File('datapackage.json', 'Data Package', _('what each column of that table says')),
        *(
            File(name, form, _('the bibliography for a citation manager'), of='sources')
            for name, form in BIBLIOGRAPHY.items()
        ),
        File(
            'beacon.txt', 'BEACON', _('who is named here, by their numbers in the GND'), of=BEACON
        ),
        File(
            'objects.inv', 'Sphinx', _('addresses of entries, notes and passages, for intersphinx')
        ),
    ]


def made(domain: EditionDomain) -> list[File]:
    """Those that this edition has: no letters, no CMIF."""
    registry, config = domain.registry, domain.env.config
    kinds = [kind for page in registry.pages if (kind := registry.chapter(page))]
    has = {
        '': True,
        'letters': any(kind.correspondence for kind in kinds),
        'sources': bool(domain.env.domains['cite'].citations),  # type: ignore[attr-defined]
        BEACON: bool(config.html_baseurl) and is_known(registry),
    }
    return [file for file in files(domain.edition.slug) if has[file.of]]


def is_known(registry: Registry) -> bool:
    """Whether somebody or something has a number in the GND."""
    return any(BEACON in dict(entry.identifiers) for entry in registry.entries.values())


def is_citable(page: Page) -> bool:
    """Whether references to *page* can be downloaded."""
    return bool(page.kind)


def downloads(domain: EditionDomain, overview: Element) -> list[Node]:
    """The list of files, each with a few words; an output that lies beside them makes links."""
    items = [
        filled(_('{file}: {words}'), file=[download(file.name)], words=file.words)
        for file in made(domain)
    ]
    for page in filter(is_citable, domain.registry.pages):
        links = [download(f'{page.docname}.{ending}', REFERENCES[ending]) for ending in REFERENCES]
        what = _('the edition') if page.is_title_page else _('“{title}”').format(title=page.title)
        form = _('References to {what}: {files}')
        items.append(filled(form, what=what, files=joined(links)))
    lines = (nodes.paragraph('', '', *item) for item in items)
    return [nodes.bullet_list('', *(nodes.list_item('', line) for line in lines))]


def download(name: str, words: str = '') -> nodes.inline:
    """The neutral form of a link to a file: its name."""
    return nodes.inline('', words or name, classes=['download'], file=name)
