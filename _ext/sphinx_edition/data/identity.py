"""What is cited when a page is: this edition – its editors, title, version, date, address – of a
text: its author, translator, and where it stood.

One record, from which every way to cite is written: `citing` for readers and CSL-JSON, and in the
outputs RIS, BibTeX, page heads, linked data, TEI and the e-book.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from . import dates
from .language import _
from .text import slug

if TYPE_CHECKING:
    from .hosts import Host
    from .kinds import ChapterKind
    from .records import Edition, Entry, Page
    from .registry import Registry


class Release(NamedTuple):
    """A state of the edition: its version, the day it was made, where it stands on the web."""

    version: str
    date: str  # EDTF, or ''
    base: str  # its address, which ends with “/”; or ''

    def address(self, docname: str, *, whole: bool = False) -> str:
        """Where a page is; the title page stands for the *whole*. '' without an address."""
        return joined(self.base, '' if whole else f'{docname}.html') if self.base else ''


def joined(base: str, path: str) -> str:
    """An address below *base*, which may end with a slash: the only place that joins them."""
    return f'{base.rstrip("/")}/{path}' if base else path


def released(changelog: str, version: str) -> str:
    """The day of *version* in a change log: ``## 1.0.0 – 2026-11-23``; else of this build."""
    heading = re.search(
        rf'^## \[?v?{re.escape(version)}\]?\s.*?(\d{{4}}-\d\d-\d\d)', changelog, re.MULTILINE
    )
    return heading[1] if heading else f'{dates.now():%Y-%m-%d}'


@dataclass(frozen=True)
class Identity:
    """A text in this edition; '' and () are not known, and are said nowhere."""

    key: str  # by which it is cited
    kind: ChapterKind | None  # None: the whole
    title: str
    whole: str  # title of the edition
    authors: tuple[Entry, ...]
    recipients: tuple[Entry, ...]
    translators: tuple[Entry, ...]
    written: str  # EDTF
    host: Host
    language: str
    editor: str
    release: Release
    address: str

    @property
    def digital(self) -> str:
        """“Digital edition, version 1.0.0”."""
        return _('Digital edition, version {version}').format(version=self.release.version)

    @property
    def described(self) -> bool:
        """Whether its title is a description, and not quoted."""
        return self.kind is not None and self.kind.described

    @property
    def origin(self) -> str:
        """What a chapter is and when it was written: “Diary entry, 6 July 1946”."""
        if not self.kind:
            return ''
        word = '' if self.kind.described else _(self.kind.word)
        return ', '.join(filter(None, (word, self.written and dates.words(self.written))))


def identity(edition: Edition, registry: Registry, page: Page, release: Release) -> Identity:
    """What is cited when *page* is; the title page stands for the whole."""
    kind = registry.chapter(page)
    authors = registry.people(page.keys('author') or edition.author)
    family = authors[0].sort.partition(',')[0] if authors else edition.title
    key = f'{slug(family).replace("-", "")}-{release.date[:4]}'
    return Identity(
        key=f'{key}-{page.front["siglum"]}' if kind else key,
        kind=kind,
        title=page.title if kind else edition.full_title,
        whole=edition.full_title,
        authors=tuple(authors),
        recipients=tuple(registry.people(page.keys('addressee'))),
        translators=tuple(registry.people(page.keys('translator') or edition.translator)),
        written=page.front.get('date', ''),
        host=registry.host(page),
        language=page.front.get('lang', ''),
        editor=edition.editor,
        release=release,
        address=release.address(page.docname, whole=kind is None),
    )
