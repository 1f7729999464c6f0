"""The head of a letter or diary entry: who wrote, to whom, where and when, as its text does not."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from docutils import nodes
from sphinx.transforms.post_transforms import SphinxPostTransform

from ..data import date_formats, dates
from ..data.kinds import PLACE
from ..data.language import _, spoken, told
from ..data.records import Dated, Mention
from ..domain import edition_domain
from .words import filled, joined, linked

if TYPE_CHECKING:
    from docutils.nodes import Node

    from ..data.records import Entry, Page
    from ..data.registry import Registry


class HeadLines(SphinxPostTransform):
    """Say what front matter knows and the first lines of the text leave open.

    Before:  section (title, paragraph …)
    After:   section (title, paragraph day-head (inline supplied “[Ann to Bob, Paris, 1 May 1880]”),
                      paragraph …)

    Priority 5: before the references are resolved (10).
    """

    default_priority = 5

    def run(self, **kwargs: object) -> None:
        domain = edition_domain(self.env)
        page = domain.registry.documents.get(self.env.current_document.docname)
        title = self.document.next_node(nodes.title)
        if page is None or not page.is_chapter or title is None:
            return
        if said := unsaid(page, domain.registry, domain.edition.author):
            words = [nodes.Text('['), *said, nodes.Text(']')]
            line = nodes.paragraph('', '', nodes.inline('', '', *words, classes=['supplied']))
            line['classes'].append('day-head')
            whole = spoken().tag
            line.attributes |= told(whole, page.front.get('lang', whole))
            title.parent.insert(title.parent.index(title) + 1, line)


def unsaid(page: Page, registry: Registry, author: tuple[str, ...]) -> list[Node]:
    """Author, addressee, place and date, commas between them, but for what the text says itself."""
    authors = page.keys('author')
    parts: list[list[Node]] = []
    addressees = registry.people(page.keys('addressee'))
    if authors and (addressees or authors != author):
        parts.append(names(registry.people(authors), registry))
    if addressees:
        form = _('{authors} to {addressees}') if parts else _('to {addressees}')
        to = names(addressees, registry)
        parts = [filled(form, authors=parts[0] if parts else (), addressees=to)]
    place = registry.entries.get((PLACE, page.front.get('place', '')))
    opening = first_passages(page)
    marks = [mark for mark in page.marks if mark.within in opening]
    words = ' '.join(p.text for p in page.passages if p.id in opening)
    named = {mark.key for mark in marks if isinstance(mark, Mention) and mark.kind == PLACE}
    if place and place.key not in named and place.name not in words:
        parts.append([linked(place, registry)])
    date = page.front.get('date', '')
    dated = any(mark.when == date for mark in marks if isinstance(mark, Dated))
    if date and not dated and not says(words, date):
        parts.append([nodes.Text(dates.words(date))])
    return [node for part in parts for node in (nodes.Text(', '), *part)][1:]


def first_passages(page: Page) -> set[str]:
    """Ids of the datelines, the title, and the first paragraph."""
    named = {p.id for p in page.passages if p.n == 'title' or p.n.startswith('dateline')}
    first = next((p.id for p in page.passages if p.n.isdecimal()), '')
    return {*named, first}


def says(words: str, date: str) -> bool:
    """Whether *words* hold the year of a date without doubt, and its day."""
    numbers = re.findall(r'\d+', words)
    known = date_formats.whole(date)
    year, *rest = known.split('-') if known == date else ['']
    day = rest[1].lstrip('0') if len(rest) > 1 else year
    return bool(year) and year in numbers and day in numbers


def names(people: list[Entry], registry: Registry) -> list[Node]:
    """“Ann Arden and Bob Byrne”, each a link."""
    found = joined(linked(person, registry) for person in people)
    if len(people) > 1:
        found[-2] = nodes.Text(_(' and '))
    return found
