"""The edition’s other forms: one list of files, which `downloads` shows and page heads name."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from docutils import nodes

from ..data.language import _
from .words import filled, joined

if TYPE_CHECKING:
    from docutils.nodes import Element, Node

    from ..data.records import Page
    from ..domain import EditionDomain


class File(NamedTuple):
    """A file beside the web pages."""

    name: str
    format: str
    words: str  # what a reader finds in it
    media: str = ''  # its media type, if it holds the whole edition


# ending -> name of the format
REFERENCES = {'bib': 'BibTeX', 'ris': 'RIS', 'json': 'CSL-JSON'}


def files(slug: str) -> list[File]:
    """All but the references; the first four are made by builders of their own."""
    return [
        File(f'{slug}.pdf', 'PDF', _('the book, to print or to read'), 'application/pdf'),
        File(f'{slug}.epub', 'EPUB', _('the e-book'), 'application/epub+zip'),
        File(
            f'{slug}.xml', 'TEI', _('text, notes and registers, in TEI P5'), 'application/tei+xml'
        ),
        File('cmif.xml', 'CMIF', _('who wrote to whom, where and when, for correspSearch')),
        File(
            'registers.json', 'JSON-LD', _('all entries with identifiers and mentions, in JSON-LD')
        ),
        File('registers.csv', 'CSV', _('the same as a table')),
        File(
            'objects.inv', 'Sphinx', _('addresses of entries, notes and passages, for intersphinx')
        ),
    ]


def is_citable(page: Page) -> bool:
    """Whether references to *page* can be downloaded."""
    return bool(page.kind)


def downloads(domain: EditionDomain, overview: Element) -> list[Node]:
    """The list of files, each with a few words; an output that lies beside them makes links."""
    items = [
        filled(_('{file}: {words}'), file=[download(file.name)], words=file.words)
        for file in files(domain.edition.slug)
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
