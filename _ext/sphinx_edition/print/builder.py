"""Print: the book as a PDF, made by Typst in this process, without network or system fonts."""

from __future__ import annotations

import json
import re
import unicodedata
from pathlib import Path
from shutil import copy
from typing import TYPE_CHECKING, Any, ClassVar, cast

import typst
from docutils import nodes
from sphinx.builders import Builder

from ..data import citing, dates
from ..data.language import _, spoken
from ..data.problems import Trouble
from ..data.records import PEOPLE, joined
from ..diagnostics import stop, warn
from ..domain import edition_domain
from ..gathering import cover
from ..order import bound, bound_parts, walk
from . import finish
from .index import index
from .source import array, call, italics, language, marked, string
from .words import words
from .writer import Writer

if TYPE_CHECKING:
    from collections.abc import Iterator, Set

    from docutils.nodes import Element

    from ..domain import EditionDomain

TEMPLATES = Path(__file__).parent / 'typst'
# a message of Typst, with file and line where it has them
DIAGNOSTIC = re.compile(r'(?:error|warning): (.+)(?:\n\s+┌─ (.+):(\d+):\d+)?')
PAPERS = {'a5': 'a5', 'a4': 'a4', 'letter': 'us-letter'}


class TypstBuilder(Builder):
    """Writes the whole edition as one PDF."""

    name = 'typst'
    format = 'typst'
    epilog = 'The book is in %(outdir)s.'
    allow_parallel = True
    supported_image_types: ClassVar[list[str]] = ['image/svg+xml', 'image/png', 'image/jpeg']

    @property
    def domain(self) -> EditionDomain:
        return edition_domain(self.env)

    def init(self) -> None:
        bleed = self.config.edition_bleed
        if bleed and not re.fullmatch(r'\d+(\.\d+)?(mm|pt|in)', bleed):
            stop(f'{self.confdir / "conf.py"}:1', f'edition_bleed is “{bleed}”; write it as 3mm')
        if self.config.edition_paper not in PAPERS:
            message = f'edition_paper is “{self.config.edition_paper}”; choose {", ".join(PAPERS)}'
            stop(f'{self.confdir / "conf.py"}:1', message)

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
        for docname in bound(self.env):
            trees[docname] = self.env.get_doctree(docname)
            self.env.apply_post_transforms(trees[docname], docname)
            for image in list(trees[docname].findall(nodes.image)):
                if image['uri'] not in self.env.images:  # Sphinx warned of it
                    image.parent.remove(image)
            self.post_process_images(trees[docname])
        folder = Path(self.doctreedir) / 'typst'
        cover.lay_out(self.domain, folder)
        for template in TEMPLATES.glob('*.typ'):
            copy(template, folder)
        (folder / 'words.typ').write_text(words(), encoding='utf-8')
        writer = Writer(registry, written_notes(trees), self.config.html_baseurl)
        source = folder / f'{edition.slug}.typ'
        source.write_text(self.book(writer, trees), encoding='utf-8')
        for picture in writer.pictures:
            (folder / picture).parent.mkdir(parents=True, exist_ok=True)
            copy(self.srcdir / picture, folder / picture)
        data, places = self.compile(source)
        parts = [
            (part.caption, [registry.documents[name].title for name in walk(self.env, part.pages)])
            for part in bound_parts(self.env)
        ]
        release, bleed = self.domain.release, self.config.edition_bleed
        xmp = finish.metadata(edition, registry, release)
        book = finish.finish(data, xmp, places, parts, bleed)
        (self.outdir / f'{edition.slug}.pdf').write_bytes(book)

    def book(self, writer: Writer, trees: dict[str, nodes.document]) -> str:
        """All documents in reading order, between cover and index.

        A chapter and the first document of a toctree open a page; the others run on.
        """
        registry = writer.registry
        lines = [
            '#import "book.typ": *',
            '#import "pictures.typ": *',
            f'#show: book.with({self.facts()})',
        ]
        openings = {part.pages[0]: part.caption for part in bound_parts(self.env)}
        in_text = False
        for docname, tree in trees.items():
            page = registry.documents[docname]
            if page.is_chapter and not in_text:
                in_text = True
                lines.append('#recto()')
            run_on = docname not in openings and not page.kind
            part = openings.get(docname, '')
            lines.append(writer.document(page, tree, run_on=run_on, part=part))
            if page.is_title_page:
                lines.append(call('imprint', self.facts()))
                lines.append(call('contents', str(len(trees) + len(openings))))
                lines.append('#show: main-matter')
        lines.append(call('index-of-names', *index(registry, trees)))
        book = '\n'.join(lines)
        for label, node in writer.links:
            if label not in writer.labels:
                warn(Trouble.PRINT, f'nothing in the book is called “{label}”', node)
                book = book.replace(writer.link_to(label), '#text()')
        return book

    def facts(self) -> str:
        """The arguments of the template's `book`."""
        edition, registry = self.domain.edition, self.domain.registry
        now = dates.now()
        texts = {name: getattr(edition, name) for name in ('title', 'subtitle', 'description')}
        texts |= {role: joined(registry.people(getattr(edition, role))) for role in PEOPLE}
        texts |= {
            'rights': edition.rights,
            'licence': edition.licence,
            'address': edition.source.address,
            'hands': ' '.join(sorted({note.hand for note in registry.notes.values()})),
            'version': self.domain.release.version,
            'whole': edition.full_title,
            'copyright': self.config.copyright,
            'paper': PAPERS[self.config.edition_paper],
        }
        given = {name: string(text) for name, text in texts.items() if isinstance(text, str)}
        given |= language(spoken().tag)
        source = citing.where(edition.source, italic=True)
        if edition.source.kind == 'manuscript':
            source = _('the manuscript: {source}').format(source=source)
        given['source'] = f'[{italics(source)}]'
        given['subjects'] = array(map(string, edition.subjects))
        given['today'] = string(dates.words(self.domain.release.date))
        given['bleed'] = self.config.edition_bleed or '0pt'
        given['built'] = f'datetime(year: {now.year}, month: {now.month}, day: {now.day})'
        return ', '.join(f'{name}: {text}' for name, text in given.items() if text)

    def compile(self, source: Path) -> tuple[bytes, finish.Places]:
        """The PDF as Typst makes it, and the places its links lead to, at no more cost: see `aim`.

        What Typst complains of is told where it was typed; an error ends the build.
        """
        complaints: list[Any]
        try:
            fonts = [source.parent / cover.FONTS]
            compiler = typst.Compiler(
                source, root=source.parent, ignore_system_fonts=True, font_paths=fonts
            )
            data, complaints = compiler.compile_with_warnings(
                pdf_standards=['ua-1', 'a-2a'],  # accessible, and archival
                timestamp=int(dates.now().timestamp()),
            )
            [places] = json.loads(compiler.query('label(":places")', field='value'))
        except typst.TypstError as error:
            complaints, data, places = [error], None, {}
        told = dict.fromkeys(
            found for complaint in complaints for found in located(complaint.diagnostic, source)
        )
        for message, place in told:
            warn(Trouble.PRINT, message, place or self.place_of(message) or (source.stem, 1))
        if not data:
            stop('', 'Typst cannot make the book; see the warnings above')
        return cast('bytes', data), places

    def place_of(self, message: str) -> tuple[str, int] | None:
        """Where the character that *message* is about is first typed, as in a running head."""
        lacking = re.search(r'“(?:\\u\{(.+)\}|(.))”', message)
        if not lacking:
            return None
        char = chr(int(lacking[1], 16)) if lacking[1] else lacking[2]
        for docname in bound(self.env):
            text = Path(self.env.doc2path(docname)).read_text(encoding='utf-8')
            before, found, _ = text.partition(char)
            if found:
                return docname, before.count('\n') + 1
        return None


def located(diagnostic: str, source: Path) -> Iterator[tuple[str, tuple[str, int] | None]]:
    """Each message in what Typst printed, with the document and line that it is about, if known.

    Of a script that the fonts lack only the first place is told.
    """
    text = source.read_text(encoding='utf-8').split('\n')
    lacking = set()
    for match in re.finditer(DIAGNOSTIC, diagnostic):
        message, file, line = match.groups()
        place = marked(text, int(line)) if file and file.endswith(source.name) else None
        if glyph := re.search('the text `"(.+?)"` could not be displayed', message):
            letter = next((c for c in glyph[1] if not c.isspace()), ' ')
            script = unicodedata.name(letter, 'unnamed').split(' ')[0].split('-')[0]
            if script in lacking:
                continue
            lacking.add(script)
            message = (
                f'the book’s fonts have no character “{glyph[1]}” (Unicode: {script}); in conf.py '
                'name one that has: edition_fonts = {“name of the font”: “its file”}'
            )
        yield f'print: {message}', place


def written_notes(trees: dict[str, nodes.document]) -> dict[str, tuple[str, Element]]:
    """Key of a note -> the document it is written in, and its container."""
    return {
        container['note']: (docname, container)
        for docname, tree in trees.items()
        for container in tree.findall(nodes.container)
        if 'note' in container
    }
