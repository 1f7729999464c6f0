"""Where a text stood before this edition: one complete row a kind of host.

`source` in conf.py says it of the whole edition, `source:` in the front matter of a chapter what
is otherwise there. Only what is said is asserted anywhere.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, fields
from typing import TYPE_CHECKING, Any

from . import dates
from .problems import suggestion

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True, kw_only=True)
class HostKind:
    """A kind of host: `kind` of a source."""

    says: tuple[str, ...]  # what it may say, beside title, date and address
    level: str  # @level of its title in TEI (Guidelines 3.12.2.2); '' for a manuscript
    schema: str  # type in schema.org


HOSTS = {
    'journal': HostKind(
        says=('volume', 'issue', 'pages', 'series', 'number'),
        level='j',
        schema='Periodical',
    ),
    'newspaper': HostKind(
        says=('volume', 'issue', 'pages', 'place', 'series', 'number'),
        level='j',
        schema='Newspaper',
    ),
    'book': HostKind(
        says=('subtitle', 'editor', 'volume', 'pages', 'place', 'publisher', 'series', 'number'),
        level='m',
        schema='Book',
    ),
    'web': HostKind(
        says=('publisher',),
        level='u',
        schema='WebSite',
    ),
    'manuscript': HostKind(
        says=('place', 'repository', 'shelfmark', 'pages', 'copy'),
        level='',
        schema='Manuscript',
    ),
}


@dataclass(frozen=True)
class Host:
    """What is said of one host; '' is not known, and is said nowhere."""

    kind: str = ''
    title: str = ''
    subtitle: str = ''
    editor: str = ''  # a name
    volume: str = ''
    issue: str = ''
    date: str = ''  # EDTF: when it appeared, or was written
    pages: str = ''
    place: str = ''  # of publication; of a repository, its town
    publisher: str = ''
    series: str = ''
    number: str = ''  # in the series
    repository: str = ''
    shelfmark: str = ''
    copy: str = ''  # “autograph”, “typescript, carbon copy”
    address: str = ''  # where it, or a transcript of it, can be read

    @property
    def row(self) -> HostKind | None:
        """Its kind; None if nothing is known of where the text stood."""
        return HOSTS.get(self.kind)


OF_SOURCE = (
    'journal',
    *(f.name for f in fields(Host) if f.name not in ('title', 'subtitle', 'editor')),
)


def read(values: Any) -> Host:
    """Check what a source says. Raises ValueError with the remedy."""
    if not isinstance(values, dict):
        raise ValueError('write a source as “kind: book”, “title: …”, one below the other')
    kind = values.get('kind')
    if kind not in HOSTS:
        said = f'“kind: {kind}” is none of' if kind else 'it needs a kind, one of'
        raise ValueError(f'{said} {", ".join(HOSTS)}{suggestion(str(kind or ""), HOSTS)}')
    known = ('kind', 'title', 'date', 'address', *HOSTS[kind].says)
    for name, value in values.items():
        if name not in known:
            raise ValueError(f'a {kind} has no “{name}”{suggestion(str(name), known)}')
        if not isinstance(value, str):
            raise ValueError(f'“{name}” must be words in quotes, not {value!r}')
    if not values.get('title') and kind != 'manuscript':
        raise ValueError(f'a {kind} needs a title')
    if values.get('date'):
        dates.check(values['date'])
    return Host(**values)


def of_chapter(text: str, whole: Host) -> Host:
    """The source of a chapter: *text* is its front matter, as JSON, or ''.

    With a kind it stands by itself; without, it says what differs from the source of the *whole*.
    Raises ValueError with the remedy.
    """
    if not text:
        return whole
    try:
        values = json.loads(text)
    except ValueError:
        values = None
    if isinstance(values, dict):
        values = {name: plain(value) for name, value in values.items()}
        if 'kind' not in values and whole.kind:
            values = {**said(whole), **values}
    return read(values)


def plain(value: Any) -> Any:
    """A number that YAML saw is the editor’s word: ``volume: 16``."""
    return str(value) if isinstance(value, int) and not isinstance(value, bool) else value


def said(host: Host) -> Mapping[str, str]:
    """What a source says."""
    return {f.name: value for f in fields(host) if (value := getattr(host, f.name))}
