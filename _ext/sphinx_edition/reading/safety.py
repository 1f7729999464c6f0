"""What is refused before it does harm: files that cannot be read, dangerous addresses."""

from __future__ import annotations

import re
from pathlib import Path
from posixpath import normpath
from typing import TYPE_CHECKING
from urllib.parse import unquote

from docutils import nodes
from pybtex.database.input.bibtex import Parser
from pybtex.exceptions import PybtexError
from sphinx.transforms.post_transforms import SphinxPostTransform
from sphinxcontrib.bibtex.bibfile import is_bibdata_outdated

from ..data.bibliography import unknown
from ..data.kinds import Kinds
from ..data.language import called, spoken
from ..data.problems import Trouble
from ..data.records import Edition
from ..diagnostics import stop, warn
from ..leftovers import leftovers

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.config import Config
    from sphinx.environment import BuildEnvironment

CONTROL = re.compile('[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufffe\uffff]')
# Markdown makes no link of these, and says nothing
NO_LINK = re.compile(
    r'(?:\]\(|<)\s*((?:javascript|vbscript|data|file):)(?![^<>]*>`)', re.IGNORECASE
)
HARMLESS = re.compile(r'(https?|mailto):|(?![a-z][a-z0-9+.-]*:)', re.IGNORECASE)
ADVICE = 'links begin with https:, http: or mailto:'
BIB_KEY = re.compile(r'^@\w+\s*\{\s*([^\s,]+)\s*,', re.MULTILINE)


def check_config(app: Sphinx, config: Config) -> None:
    """What conf.py says of the edition and its kinds (`config-inited`)."""
    try:
        Kinds.configured(config.edition_chapters, config.edition_registers, config.edition_hands)
        if config.edition:
            Edition.from_config(config.edition)
            for place in leftovers(Path(app.confdir), config.edition):
                location, _, what = place.partition(': ')
                warn(Trouble.LEFTOVER, f'{what} is still the model’s; write your own', location)
    except ValueError as error:
        stop(f'{app.confdir / "conf.py"}:1', str(error))


def check_sources(app: Sphinx) -> None:
    """The files of sources (`builder-inited`, before sphinxcontrib-bibtex reads them)."""
    files = [(app.confdir / name).resolve() for name in app.config.bibtex_bibfiles or ()]
    bibdata = app.env.domains['cite'].data['bibdata']
    if not is_bibdata_outdated(bibdata, files, app.config.bibtex_encoding):
        return
    for file in files:
        if not file.is_file():
            stop(f'{app.confdir / "conf.py"}:1', f'bibtex_bibfiles: there is no {file.name}')
        text = decoded(file)
        for match in CONTROL.finditer(text):
            line = text.count('\n', 0, match.start()) + 1
            stop(f'{file}:{line}', f'{match[0]!r} is a control character; delete it')
        seen: dict[str, int] = {}
        for match in BIB_KEY.finditer(text):
            line = text.count('\n', 0, match.start()) + 1
            first = seen.setdefault(match[1].lower(), line)
            if first != line:
                message = f'the source “{match[1]}” is already defined in line {first}; '
                stop(f'{file}:{line}', message + 'give one of the two another key')
        try:
            entries = Parser().parse_string(text).entries
        except PybtexError as error:
            stop(f'{file}:{getattr(error, "lineno", 1)}', f'not BibTeX: {error}')
        for key, entry in entries.items():
            for command in unknown(entry):
                place = f'{file}:{seen[key.lower()]}'
                message = f'the source “{key}” has the command {command}, which only TeX knows; '
                warn(Trouble.MARKUP, message + 'write the character, or the bare words', place)
            try:
                called(entry.fields.get('langid', spoken().tag))
            except ValueError as error:
                warn(Trouble.MARKUP, f'langid of “{key}”: {error}', f'{file}:{seen[key.lower()]}')
            if not HARMLESS.match(entry.fields.get('url', '')):
                stop(f'{file}:{seen[key.lower()]}', f'the url of “{key}” must begin with https:')


def check_encoding(app: Sphinx, env: BuildEnvironment, docnames: list[str]) -> None:
    """All files about to be read (`env-before-read-docs`)."""
    for docname in docnames:
        decoded(Path(env.doc2path(docname)))


def decoded(file: Path) -> str:
    """The text of *file*, which must be UTF-8."""
    data = file.read_bytes()
    try:
        return data.decode('utf-8-sig')
    except UnicodeDecodeError as error:
        line = data.count(b'\n', 0, error.start) + 1
        stop(f'{file}:{line}', f'byte {data[error.start]:#x} is not UTF-8; save the file as UTF-8')


def check_characters(app: Sphinx, docname: str, source: list[str]) -> None:
    """Each character of a file (`source-read`); one that no output can hold becomes �."""
    text = source[0]
    for match in CONTROL.finditer(text):
        place = docname, text.count('\n', 0, match.start()) + 1
        warn(Trouble.MARKUP, f'{match[0]!r} is a control character; delete it', place)
    for match in NO_LINK.finditer(text):
        place = docname, text.count('\n', 0, match.start()) + 1
        warn(Trouble.MARKUP, f'“{match[1]}” is linked to nothing; {ADVICE}', place)
    source[0] = CONTROL.sub('\ufffd', text)


def check_included(app: Sphinx, path: Path, docname: str, content: list[str]) -> None:
    """Each character of an included file (`include-read`)."""
    check_characters(app, docname, content)


def check_tree(app: Sphinx, doctree: nodes.document) -> None:
    """Addresses that lead out of web and edition become words, and so do pictures without a file.

    At `doctree-read`, before Sphinx collects pictures.
    """
    neutralise(doctree)
    docname = app.env.current_document.docname
    for image in list(doctree.findall(nodes.image)):
        at = docname, image.line or image.parent.line  # Sphinx takes the line of a picture away
        address = unquote(image['uri'])  # Markdown writes a space as %20
        if ':' in address or normpath(address).startswith(('..', '/')):
            fault = 'is fetched from elsewhere; put it beside the text'
        elif not Path(app.env.relfn2path(address, docname)[1]).is_file():
            fault = 'is not there; put the file beside the text, or mend its name'
        else:
            image['uri'] = address
            if not image.get('alt', '').strip():
                advice = 'write ![what it shows](file), or :alt: below the file'
                warn(Trouble.MARKUP, f'the picture “{address}” has no description; {advice}', at)
            continue
        warn(Trouble.MARKUP, f'the picture “{address}” {fault}', at)
        words = nodes.Text(image.get('alt', ''))
        inline = isinstance(image.parent, nodes.TextElement)
        place = image.parent.index(image)
        image.parent[place : place + 1] = [words if inline else nodes.paragraph('', '', words)]


def neutralise(doctree: nodes.document) -> None:
    """Make words of links that lead neither into the edition nor to the web.

    Before:  reference refuri=javascript:… (“Fog”)
    After:   “Fog”
    """
    for link in list(doctree.findall(nodes.reference)):
        if not HARMLESS.match(link.get('refuri', '')):
            warn(Trouble.MARKUP, f'“{link["refuri"]}” is linked to nothing; {ADVICE}', link)
            link.replace_self(link.children)


class NeutralLinks(SphinxPostTransform):
    """The same at the end of writing, since sources and contents bring links of their own."""

    default_priority = 990

    def run(self, **kwargs: object) -> None:
        neutralise(self.document)
