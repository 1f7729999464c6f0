"""What the head of a web page tells machines: description, references, previews, linked data.

Addresses are absolute if `html_baseurl` is set, as crawlers and previews want them; else relative
or left out, and the pages work from a disk.
"""

from __future__ import annotations

import json
from html import escape
from pathlib import Path
from textwrap import shorten
from typing import TYPE_CHECKING, Any, NamedTuple

from docutils import nodes
from sphinx.util.osutil import relative_uri

from ..data import citing, date_formats
from ..data.identity import joined
from ..data.language import N_, _
from ..data.records import joined as people
from ..data.text import closed
from ..domain import edition_domain
from ..gathering.downloads import BIBLIOGRAPHY, REFERENCES, files, is_citable
from .linked_data import DATASET, DOWNLOADS, page_data
from .references import write_references
from .zotero import editors, text

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment

    from ..data.identity import Identity
    from ..data.kinds import ChapterKind
    from ..data.records import Edition, Page, Passage
    from ..data.registry import Registry

PREVIEW = '_static/preview.png'  # 1200 × 630 pixels
TOUCH_ICON = '_static/icon.png'  # 180 pixels, for home screens and what reads no SVG
MEDIA = {  # ending of a reference -> its media type
    'bib': 'application/x-bibtex',
    'ris': 'application/x-research-info-systems',
    'json': 'application/vnd.citationstyles.csl+json',
}
LENGTH = 160  # characters of a description that search engines show


class Head(NamedTuple):
    """What the tags of one page are made of."""

    edition: Edition
    page: Page
    kind: ChapterKind | None  # of the page
    description: str
    cited: Identity  # what is cited on this page
    base: str  # absolute address of the edition, or ''
    uri: str  # the page’s address below it
    pathto: Callable[[str, int], str]  # a file’s address from here
    lists_sources: bool  # whether it is the bibliography


def describe_page(
    app: Sphinx,
    pagename: str,
    templatename: str,
    context: dict[str, Any],
    doctree: nodes.document | None,
) -> None:
    """Add tags to `metatags`, which the theme prints, and how to cite; write that as files, too."""
    if app.builder.name != 'html' or doctree is None or not app.config.edition:
        return  # not a page of an edition
    domain = edition_domain(app.env)
    edition, registry = domain.edition, domain.registry
    page = registry.documents[pagename]
    cited = page if is_citable(page) else registry.documents[app.config.root_doc]
    if not is_citable(cited):
        return
    identity = domain.cited(cited)
    base = identity.release.base
    if cited is page:
        write_references(identity, page, Path(app.outdir))
    uri = app.builder.get_target_uri(pagename)
    words = description(page, edition, registry, identity)
    kind = registry.chapter(page)
    citations = app.env.domains['cite'].citations  # type: ignore[attr-defined]
    listed = any(citation.bibliography_key.docname == pagename for citation in citations)
    head = Head(edition, page, kind, words, identity, base, uri, context['pathto'], listed)

    def address(docname: str, name: str) -> str:
        there = docname if docname == DATASET else app.builder.get_target_uri(docname)
        path = joined(base, there) if base else relative_uri(uri, there)
        return f'{path}#{name}' if name else path

    data = page_data(edition, registry, page, identity, words, address)
    context['metatags'] += '\n'.join([*tags(head), script(data), ''])
    numbered = (
        passage
        for part in (page, *registry.pages)
        if part.kind
        for passage in part.passages
        if passage.n.isdecimal()
    )
    example = next(numbered, None)
    here = example if example and example.docname == pagename else None

    def form(of: Passage, number: str, name: str) -> str:
        part = registry.documents[of.docname]
        what = citing.described(part, registry)
        return citing.html(citing.passage(domain.cited(part), what, number, name))

    def own(titles: tuple[str, ...], name: str = '') -> str:
        there = base and joined(base, uri) + (f'#{name}' if name else '')
        return citing.html(citing.editorial(identity, titles, there))

    examples = [] if page.kind else owned(page, registry)
    context['citation'] = {
        'own': [(_(word), own(titles, name)) for word, titles, name in examples],
        'chicago': citing.html(citing.chicago(identity)),
        'mla': citing.html(citing.mla(identity)),
        'passage': form(example, example.n, example.id) if example else '',
        'files': [
            (name, context['pathto'](f'{cited.docname}.{ending}', 1))
            for ending, name in REFERENCES.items()
        ],
    }
    if here:  # a script fills in the number of the paragraph and the end of its address
        empty = {'{}': '<span class="label"></span>', '#[]': '<span class="address"></span>'}
        context['reference'] = form(here, '{}', '[]')
        for gap, span in empty.items():
            context['reference'] = context['reference'].replace(gap, span)


def owned(page: Page, registry: Registry) -> Iterator[tuple[str, tuple[str, ...], str]]:
    """What can be cited on a page of the editors’, an example of each: word, titles, id."""
    yield N_('This page'), (page.title,), ''
    for entry in page.entries[:1]:
        yield N_('An entry'), (entry.name, page.title), entry.key
    for note in page.notes[:1]:
        if note.key in registry.labels:
            yield N_('A note'), (registry.note_name(note.key),), note.id


def icon(env: BuildEnvironment) -> Path | None:
    """The edition’s icon, if it is a drawing of which pixels can be made."""
    path = Path(env.srcdir) / (env.config.html_favicon or '')
    return path if path.suffix == '.svg' and path.is_file() else None


def remove_references(app: Sphinx, env: BuildEnvironment) -> None:
    """Delete reference files that are out of date (`env-updated`): of pages no longer citable.

    Before the editor's own files are copied, which may have such names.
    """
    registry = edition_domain(env).registry
    for page in registry.pages if app.builder.name == 'html' else ():
        for ending in () if is_citable(page) else REFERENCES:
            (Path(app.outdir) / f'{page.docname}.{ending}').unlink(missing_ok=True)


def cited_words(cited: Identity, what: str) -> str:
    """“Victor Serge’s letter of …, as translated by James M. Fenwick for The New International”."""
    authors = people(cited.authors)
    words = what[0].upper() + what[1:]
    if authors:
        words = _('{author}’s {what}').format(author=authors, what=what)
    translators, host = people(cited.translators), cited.host
    if translators:
        words += _(', as translated by {name}').format(name=translators)
    if host.title:
        ordered = translators and host.row and host.row.level == 'j'
        form = _(' for {host}') if ordered else _(' from {host}')
        words += form.format(host=host.title)
        year = date_formats.year(host.date) if host.date else ''
        words += _(' in {year}').format(year=year) if year else ''
    elif host.repository:
        form = _(', from the {copy} in {repository}')
        copy = host.copy or _('manuscript')
        words += form.format(copy=copy, repository=host.repository)
    return words


def description(page: Page, edition: Edition, registry: Registry, cited: Identity) -> str:
    """What a page of the text is, or a register holds; of another page its first words."""
    if page.is_title_page:
        return edition.description
    if page.is_chapter:
        words = cited_words(cited, citing.described(page, registry))
        words = _('{text}; with notes.').format(text=words)
    elif page.entries:
        names = ', '.join(entry.name for entry in page.entries)
        form = _('{page} named in “{title}”, with every place: {names}')
        words = form.format(page=page.title, title=edition.title, names=names)
    else:
        told = closed(next((part.text for part in page.prose), ''))
        words = (
            told if len(told) > LENGTH // 2 else f'{page.title} – {edition.title}. {told}'.strip()
        )
    return shorten(words, LENGTH, placeholder=' …')


def tags(head: Head) -> Iterator[str]:
    """All tags but linked data."""
    yield meta('name', 'description', head.description)
    for file in files(head.edition.slug):
        if file.media:
            href = escape(head.pathto(file.name, 1))
            yield f'<link rel="alternate" type="{file.media}" href="{href}" title="{file.format}">'
    said = text(head.cited, head.kind) if is_citable(head.page) else editors(head.cited)
    for name, value in said:
        yield meta('name', name, value)
    if is_citable(head.page):
        yield meta('name', 'DC.rights', head.edition.rights)
        if head.base and not head.kind:
            yield meta('name', 'citation_pdf_url', joined(head.base, f'{head.edition.slug}.pdf'))
    yield from signposts(head)
    yield from preview(head)


def meta(kind: str, name: str, content: object) -> str:
    """``<meta name="…" content="…">``."""
    return f'<meta {kind}="{name}" content="{escape(str(content))}">'


def signposts(head: Head) -> Iterator[str]:
    """Signposting (signposting.org): how a page is cited, what describes it, its licence."""
    if is_citable(head.page):
        if head.cited.address:
            yield f'<link rel="cite-as" href="{escape(head.cited.address)}">'
        for ending, media in MEDIA.items():
            href = escape(head.pathto(f'{head.page.docname}.{ending}', 1))
            title = escape(_('Reference: {format}').format(format=REFERENCES[ending]))
            said = f'type="{media}" href="{href}" title="{title}"'
            yield f'<link rel="alternate describedby" {said}>'
    else:  # the text is not licensed here
        for name, media in described_by(head):
            yield f'<link rel="describedby" type="{media}" href="{escape(head.pathto(name, 1))}">'
        yield f'<link rel="license" href="{escape(head.edition.licence)}">'


def described_by(head: Head) -> Iterator[tuple[str, str]]:
    """Files that say of what stands on a page of the editors’ more than it does; media types."""
    if head.page.entries or any(view.name == DOWNLOADS for view in head.page.overviews):
        yield DATASET, 'application/ld+json'
    if head.lists_sources:
        yield from zip(BIBLIOGRAPHY, MEDIA.values(), strict=True)


def preview(head: Head) -> Iterator[str]:
    """Open Graph (ogp.me): the card shown where a link is shared."""
    yield meta('property', 'og:type', 'article')  # “website” would make a web page of it in Zotero
    title = head.page.title
    if not head.page.kind:
        title += f' – {head.edition.title}'  # “People” alone says little where a link is shared
    yield meta('property', 'og:title', title)
    yield meta('property', 'og:description', head.description)
    yield meta('property', 'og:site_name', head.edition.title)
    if head.base:
        yield meta('property', 'og:url', joined(head.base, head.uri))
        yield meta('property', 'og:image', joined(head.base, PREVIEW))
        yield meta('property', 'og:image:width', 1200)
        yield meta('property', 'og:image:height', 630)
        yield meta('property', 'og:image:alt', head.edition.full_title)
        yield meta('name', 'twitter:card', 'summary_large_image')


def script(data: object) -> str:
    """Linked data as a data block, in which nothing can end the element."""
    text = json.dumps(data, ensure_ascii=False, separators=(',', ':')).replace('<', '\\u003c')
    return f'<script type="application/ld+json">{text}</script>'
