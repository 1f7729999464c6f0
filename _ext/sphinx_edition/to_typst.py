"""Print: the book as a PDF, made by Typst in this process, without network or system fonts."""

from __future__ import annotations

import json
import re
from dataclasses import asdict
from pathlib import Path
from shutil import copy
from typing import TYPE_CHECKING, ClassVar, cast

import typst
from docutils import nodes
from sphinx import addnodes
from sphinx.builders import Builder
from sphinx.errors import ConfigError, SphinxError

from . import dates, pdf
from .domain import reading_order
from .markup import warn
from .model import DOCUMENTS, Trouble
from .typst_text import Writer, array, call, string

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Set

    from docutils.nodes import Element

    from .domain import EditionDomain
    from .model import Entry
    from .registry import Registry

TEMPLATES = Path(__file__).parent / 'typst'
CHAPTERS = DOCUMENTS.keys() - {'title-page'}
PAPERS = {'a5': 'a5', 'a4': 'a4', 'letter': 'us-letter'}
IN_ORDER = re.compile(',|(vich|vna|ichna)$')  # names with a comma, or that end in a patronymic


class TypstBuilder(Builder):
    """Writes the whole edition as one PDF."""

    name = 'typst'
    format = 'typst'
    epilog = 'The book is in %(outdir)s.'
    allow_parallel = True
    supported_image_types: ClassVar[list[str]] = ['image/svg+xml', 'image/png', 'image/jpeg']

    @property
    def domain(self) -> EditionDomain:
        return cast('EditionDomain', self.env.domains['edition'])

    def init(self) -> None:
        if self.config.edition_paper not in PAPERS:
            raise ConfigError(
                f'edition_paper is “{self.config.edition_paper}”; choose {", ".join(PAPERS)}'
            )

    def get_outdated_docs(self) -> str:
        return 'the book'

    def get_target_uri(self, docname: str, typ: str | None = None) -> str:
        return docname

    def get_relative_uri(self, from_: str, to: str, typ: str | None = None) -> str:
        return to  # all is one file

    def write_documents(self, docnames: Set[str]) -> None:
        """Write the book, whatever has changed in it.

        The Typst source stays beside the doctrees, where an editor can look at it.
        """
        edition, registry = self.domain.edition, self.domain.registry
        trees = {}
        for docname in reading_order(self.env):
            trees[docname] = self.env.get_doctree(docname)
            self.env.apply_post_transforms(trees[docname], docname)
            for image in list(trees[docname].findall(nodes.image)):
                if image['uri'] not in self.env.images:  # Sphinx warned of it
                    image.parent.remove(image)
            self.post_process_images(trees[docname])
        folder = self.doctreedir / 'typst'
        folder.mkdir(parents=True, exist_ok=True)
        for template in TEMPLATES.glob('*.typ'):
            copy(template, folder)
        writer = Writer(registry, written_notes(trees), self.config.html_baseurl)
        source = folder / f'{edition.slug}.typ'
        source.write_text(self.book(writer, trees), encoding='utf-8')
        for picture in writer.pictures:
            (folder / picture).parent.mkdir(parents=True, exist_ok=True)
            copy(self.srcdir / picture, folder / picture)
        data, places = self.compile(source, trees)
        book = pdf.finish(data, pdf.metadata(edition, registry), places)
        (self.outdir / f'{edition.slug}.pdf').write_bytes(book)

    def book(self, writer: Writer, trees: dict[str, nodes.document]) -> str:
        """All documents in reading order, between cover and index.

        A chapter and the first document of a toctree open a page; the others run on.
        """
        registry = writer.registry
        pages = {page.docname: page for page in registry.pages}
        parts = [
            '#import "book.typ": *',
            '#import "pictures.typ": *',
            f'#show: book.with({self.facts()})',
        ]
        openings = {
            toctree['includefiles'][0]
            for toctree in trees[self.config.root_doc].findall(addnodes.toctree)
            if toctree['includefiles']
        }
        in_text = False
        for docname, tree in trees.items():
            page = pages[docname]
            kind = page.front.get('kind')
            if kind in CHAPTERS and not in_text:
                in_text = True
                parts.append('#recto()')
            run_on = docname not in openings and kind is None
            parts.append(writer.document(page, tree, run_on=run_on))
            if kind == 'title-page':
                parts.append(call('contents', str(len(trees))))
        parts.append(call('index-of-names', array(index(registry))))
        book = '\n'.join(parts)
        for label, node in writer.links:
            if label not in writer.labels:
                warn(Trouble.PRINT, f'nothing in the book is called “{label}”', node)
                book = book.replace(writer.link_to(label), '#text()')
        return book

    def facts(self) -> str:
        """The arguments of the template's `book`."""
        edition, registry = self.domain.edition, self.domain.registry
        now = dates.now()
        texts = asdict(edition) | {
            role: registry.entries['person', getattr(edition, role)].name
            for role in ('author', 'translator', 'transcriber')
        }
        texts |= {
            'date': dates.words(edition.date),
            'version': self.config.version,
            'copyright': self.config.copyright,
            'lang': self.config.language,
            'paper': PAPERS[self.config.edition_paper],
        }
        given = {name: string(text) for name, text in texts.items() if isinstance(text, str)}
        given['subjects'] = array(map(string, edition.subjects))
        given['built'] = f'datetime(year: {now.year}, month: {now.month}, day: {now.day})'
        return ', '.join(f'{name}: {text}' for name, text in given.items())

    def compile(self, source: Path, trees: dict[str, nodes.document]) -> tuple[bytes, pdf.Places]:
        """The PDF as Typst makes it, and the places its links lead to, at no more cost: see `aim`.

        What the fonts lack is known only then, and looked up here.
        """
        try:
            compiler = typst.Compiler(source, root=source.parent, ignore_system_fonts=True)
            data = compiler.compile(
                pdf_standards=['ua-1', 'a-2a'],  # accessible, and archival
                timestamp=int(dates.now().timestamp()),
            )
            [places] = json.loads(compiler.query('label(":places")', field='value'))
            return cast('bytes', data), places
        except typst.TypstError as error:
            for text in re.findall('the text `"(.+?)"` could not be displayed', error.diagnostic):
                for place in placed(text, trees):
                    warn(Trouble.PRINT, f'the book’s fonts have no character “{text}”', place)
            raise SphinxError(f'Typst cannot make the book:\n{error.diagnostic}') from None


def written_notes(trees: dict[str, nodes.document]) -> dict[str, tuple[str, Element]]:
    """Key of a note -> the document it is written in, and its container."""
    return {
        container['note']: (docname, container)
        for docname, tree in trees.items()
        for container in tree.findall(nodes.container)
        if 'note' in container
    }


def placed(text: str, trees: dict[str, nodes.document]) -> Iterator[tuple[str, int | None]]:
    """Document and line of every block that holds *text*."""
    for docname, tree in trees.items():
        for node in tree.findall(nodes.Text):
            if text in node:
                block = node.parent
                while block.line is None and block.parent is not None:
                    block = block.parent
                yield docname, block.line


def index(registry: Registry) -> Iterator[str]:
    """The entries of the index as Typst dictionaries."""
    for (kind, key), entry in registry.entries.items():
        if mentions := registry.mentions[kind, key]:
            see = also_known(entry, dict.fromkeys(mention.text for mention in mentions))
            label = string(f'{entry.docname}:{key}')
            yield (
                f'(kind: {string(kind)}, key: {string(key)}, id: {label}, '
                f'sort: {string(entry.sort)}, see: {array(map(string, see))})'
            )


def also_known(entry: Entry, forms: Iterable[str]) -> list[str]:
    """The names under which a reader may look for *entry* in vain: for *see* references.

    Of the forms in the text only initials and proper names; of people what does not begin with the
    surname anyway, the last name first: “Natalia Trotsky” → “Trotsky, Natalia”. A form stays as it
    is typed where the last name is a patronymic, or where a comma says what comes first.
    """
    known = {*words(entry.name), *words(entry.sort)}
    found = dict.fromkeys(entry.variants)
    for form in forms:
        initials = re.fullmatch(r'([A-Z]\.)+', form)
        proper = all(word[0].isupper() for word in words(form))
        if initials or (proper and (entry.kind != 'person' or ' ' in form)):
            found[form] = None
    result = dict.fromkeys(
        ', '.join(form.rsplit(' ', 1)[::-1])
        if entry.kind == 'person' and ' ' in form and not IN_ORDER.search(form)
        else form
        for form in found
        if not known.issuperset(words(form))
    )
    head = words(entry.sort)[0]
    return [form for form in result if words(form)[0] != head]


def words(name: str) -> list[str]:
    """“Koka (Elena Codreanu)” → Koka, Elena, Codreanu."""
    return re.findall(r'[\w’]+\.?', name) or [name]
