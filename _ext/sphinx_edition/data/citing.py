"""How the edition or a chapter of it is cited: CSL-JSON, and three forms for readers.

The record is an item of CSL-JSON (Citation Style Language 1.0.2, csl-data.json). The forms are
written here, not by citeproc-py, which makes initials of first names and puts a full stop after
the quotation mark; a test compares them with those of other programs.
"""

from __future__ import annotations

import re
from html import escape
from typing import TYPE_CHECKING

from roman_numerals import InvalidRomanNumeralError, RomanNumeral

from . import date_formats, dates
from .language import _, within
from .records import joined

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from .hosts import Host
    from .identity import Identity
    from .records import Entry, Page
    from .registry import Registry

    Record = dict[str, object]
    Name = dict[str, str]

# as the MLA Handbook shortens them
SHORT_MONTHS = 'Jan. Feb. Mar. Apr. May June July Aug. Sept. Oct. Nov. Dec.'.split()


def record(cited: Identity) -> Record:
    """What is cited as an item of CSL-JSON.

    CSL knows the recipient of letters only, which have no container, edition or first publication:
    all is said in `archive`, which styles print. What a chapter is stands in `medium`, for of
    `genre` they make “… to”.
    """
    kind, host = cited.kind, cited.host
    printed = host.kind != 'manuscript' and not is_letter(cited)
    item: Record = {
        'id': cited.key,
        'type': kind.csl if kind else 'book',
        'title': cited.title,
        'author': [name(person) for person in cited.authors],
        'recipient': [name(person) for person in cited.recipients],
        'translator': [name(person) for person in cited.translators],
        'editor': [] if is_letter(cited) else [{'literal': editor(cited)}],
        'container-title': cited.whole if kind and not is_letter(cited) else '',
        'issued': date_formats.csl(cited.release.date),
        'original-date': date_formats.csl(host.date) if host.date and printed else None,
        'language': cited.language,
        'edition': within(cited.digital),
        'medium': cited.origin,
        'URL': cited.address,
        'note': '. '.join(stood(cited)),
    }
    if is_letter(cited):
        item |= {'edition': '', 'medium': '', 'archive': stands_in(cited)}
        item['issued'] = date_formats.csl(cited.written) if cited.written else None
    return {field: value for field, value in item.items() if value}


def is_letter(cited: Identity) -> bool:
    """Whether it is cited as a letter from somebody to somebody."""
    return bool(cited.kind and cited.kind.correspondence)


def name(entry: Entry) -> Name:
    """A name in parts, from the form by which it is sorted: “Serge, Victor”, “Vigny, Alfred de”."""
    family, comma, given = entry.sort.partition(', ')
    if not comma:
        return {'literal': entry.name.strip('“”')}
    particle = re.search(r'(?<=.)(?: [^\W\d_A-Z]\S*)+$', given)
    if not particle or not particle[0].lstrip()[0].islower():
        return {'family': family, 'given': given}
    first = given[: particle.start()]
    return {'family': family, 'given': first, 'dropping-particle': particle[0].lstrip()}


def inverted(entry: Entry) -> str:
    """“Serge, Victor”; a name that is not sorted otherwise, as it is."""
    return entry.sort if ', ' in entry.sort else entry.name.strip('“”')


def arabic(volume: str) -> str:
    """“16” for “XVI”, as references have it; other words as they are."""
    try:
        return str(int(RomanNumeral.from_string(volume)))
    except InvalidRomanNumeralError:
        return volume


def editor(cited: Identity) -> str:
    """The editors, as they stand after authors: “the editors of this edition”."""
    return lower(cited.editor) if cited.authors else cited.editor


def remarks(cited: Identity) -> str:
    """What a format may have no field for: what a chapter is, and where the text stood."""
    what = '' if is_letter(cited) else cited.origin
    return '. '.join(filter(None, [what, *stood(cited)]))


def stood(cited: Identity) -> list[str]:
    """Where the text stood, if that is known."""
    place = where(cited.host)
    return [from_(cited.host).format(host=place)] if place else []


def stands_in(cited: Identity) -> str:
    """“Two Papers, edited by the Editors, digital edition, version 1.0”: where a letter is."""
    return f'{edited(cited)}, {within(cited.digital)}'


def edited(cited: Identity) -> str:
    """“Two Papers, edited by the Editors”."""
    return ', '.join([cited.whole, _('edited by {name}').format(name=editor(cited))])


def from_(host: Host) -> str:
    """“Printed in {host}”, “Manuscript: {host}”: how what a host says is introduced."""
    forms = {'manuscript': _('Manuscript: {host}'), 'web': _('From {host}')}
    return forms.get(host.kind, _('Printed in {host}'))


# forms for readers, with *italics*


def chicago(cited: Identity) -> str:
    """Chicago Manual of Style, 17th edition: an entry of a bibliography."""
    return styled(cited, dates.american)


def mla(cited: Identity) -> str:
    """MLA Handbook, 9th edition: an entry of a list of works cited."""
    item = [title(cited)]
    if cited.kind and cited.written:
        item.append(short(cited.written))
    container = [f'*{cited.whole}*'] if cited.kind else []
    container += by(_('translated by {name}'), cited.translators)
    container.append(_('edited by {name}').format(name=lower(cited.editor)))
    container.append(within(cited.digital))
    container += filter(None, (short(cited.release.date), cited.address))
    said = ', '.join(container)
    if not cited.kind:
        said = said[0].upper() + said[1:]
    return ended(listed(cited.authors), *item, said, *remark(cited, mla=True))


def styled(cited: Identity, day: Callable[[str], str]) -> str:
    """The parts of an entry of a bibliography, dates as the style has them."""
    parts = []
    if cited.kind:
        origin = day(cited.origin)
        parts.append(f'{cited.title}, {origin}' if cited.described and origin else title(cited))
        if origin and not cited.described:
            parts.append(origin)
        whole = _('In {whole}').format(whole=f'*{cited.whole}*')
        editor = _('edited by {name}').format(name=lower(cited.editor))
        translator = by(_('translated by {name}'), cited.translators)
        parts.append(', '.join([whole, *translator, editor]))
    else:
        parts.append(f'*{cited.title}*')
        parts += by(_('Translated by {name}'), cited.translators)
        parts.append(_('Edited by {name}').format(name=lower(cited.editor)))
    parts.append(', '.join(filter(None, (cited.digital, cited.release.date[:4]))))
    return ended(listed(cited.authors), *parts, *remark(cited), cited.address)


def title(cited: Identity) -> str:
    """A title of its own in quotation marks, that of the whole in italics."""
    if cited.described:
        return cited.title
    return _('“{title}”').format(title=cited.title) if cited.kind else f'*{cited.title}*'


def remark(cited: Identity, *, mla: bool = False) -> list[str]:
    """Where the text stood, with italics."""
    stood = where(cited.host, italic=True, mla=mla)
    return [from_(cited.host).format(host=stood)] if stood else []


def where(host: Host, *, italic: bool = False, mla: bool = False) -> str:
    """“The New International 16, no. 6 (November–December 1950): 368–71”."""
    row = host.row
    if row is None:
        return ''
    at = pages(host.pages, mla=mla)
    name = f'*{host.title}*' if italic and host.title and row.level else host.title
    when = dates.words(host.date) if host.date else ''
    if row.level == 'j':
        issue = _('no. {issue}').format(issue=host.issue) if host.issue else ''
        head = ' '.join(filter(None, (name, arabic(host.volume))))
        head = ', '.join(filter(None, (head, issue)))
        said = (
            f'{head} ({when})' if when and head != name else ', '.join(filter(None, (head, when)))
        )
        return _('{volume}: {pages}').format(volume=said, pages=at) if at else said
    if row.level == 'm':
        name = f'*{full(host)}*' if italic else full(host)
        editor = _('edited by {name}').format(name=host.editor) if host.editor else ''
        volume = _('vol. {volume}').format(volume=host.volume) if host.volume else ''
        imprint = ': '.join(filter(None, (host.place, host.publisher)))
        imprint = ', '.join(filter(None, (imprint, when)))
        head = ', '.join(filter(None, (name, editor, volume)))
        said = f'{head} ({imprint})' if imprint else head
        return f'{said}, {at}' if at else said
    parts = (host.title and name, host.copy, host.repository, host.place, host.shelfmark)
    held = (
        ', '.join(filter(None, parts))
        if not row.level
        else ', '.join(filter(None, (name, host.publisher, when)))
    )
    return f'{held}, {at}' if at else held


def full(host: Host) -> str:
    """Title and subtitle."""
    whole = _('{title}: {subtitle}').format(title=host.title, subtitle=host.subtitle)
    return whole if host.subtitle else host.title


def passage(cited: Identity, what: str, number: str, anchor: str) -> str:
    """Chicago Manual of Style, 17th edition: a note on paragraph *number* of *what*.

    With the address of the paragraph, whose id is *anchor*, if the edition has one.
    """
    there = f'{cited.address}#{anchor}' if cited.address else ''
    place = _('in {whole}').format(whole=f'*{cited.whole}*')
    editor = _('ed. {name}').format(name=lower(cited.editor))
    volume = [place, *by(_('trans. {name}'), cited.translators), editor]
    paragraph = _('par. {number}').format(number=number)
    parts = [joined(cited.authors), what, paragraph, *volume, within(cited.digital), there]
    return ', '.join(filter(None, parts)) + '.'


def editorial(cited: Identity, titles: tuple[str, ...], address: str) -> str:
    """What the editors have written: a page, an entry, a note; *titles* from the inner outwards.

    After the Chicago Manual of Style, 17th edition, a part of a work with an editor of its own.
    """
    editor = _('ed. {name}').format(name=lower(cited.editor))
    translators = by(_('trans. {name}'), cited.translators)
    parts = [joined(cited.authors), f'*{cited.whole}*', *translators, editor]
    said = ', '.join(filter(None, [*parts, within(cited.digital), address]))
    for title in reversed(titles):
        said = _('“{title},” in {whole}').format(title=title, whole=said)
    return f'{said}.'


def described(page: Page, registry: Registry) -> str:
    """What readers call a chapter: “letter of 15 November 1946 to “Herbert””."""
    kind = registry.chapter(page)
    what = within(_(kind.word)) if kind else page.title
    date = dates.words(page.front['date']) if 'date' in page.front else ''
    addressees = joined(registry.people(page.keys('addressee')))
    forms = {
        (True, True): _('{what} of {date} to {name}'),
        (True, False): _('{what} of {date}'),
        (False, True): _('{what} to {name}'),
    }
    form = forms.get((bool(date), bool(addressees)), '{what}')
    return form.format(what=what, date=date, name=addressees)


def by(form: str, people: Iterable[Entry]) -> list[str]:
    """“translated by James M. Fenwick”; nothing of nobody."""
    names = joined(people)
    return [form.format(name=names)] if names else []


def listed(people: tuple[Entry, ...]) -> str:
    """Authors as a list begins with them: the first inverted."""
    if not people:
        return ''
    first, *rest = people
    if not rest:
        return inverted(first)
    *most, last = [inverted(first), *(person.name for person in rest)]
    return _('{first}, and {last}').format(first=', '.join(most), last=last)


def ended(*parts: str) -> str:
    """Parts, each with a full stop, which stands before a closing quotation mark."""
    said = []
    for part in filter(None, parts):
        bare = part.rstrip('*”')
        if bare.endswith(('.', '?', '!')):
            said.append(part)
        else:
            said.append(f'{part[:-1]}.”' if part.endswith('”') else f'{part}.')
    return ' '.join(said)


def short(edtf: str) -> str:
    """“15 Nov. 1946”: months as MLA shortens them in English."""
    words = dates.words(edtf)
    for month, abbreviated in zip(dates.MONTHS, SHORT_MONTHS, strict=True):
        words = re.sub(rf'\b{month}\b', abbreviated, words)
    return words


def pages(said: str, *, mla: bool = False) -> str:
    """“368–71”: of the second number what differs, at least two digits.

    Chicago writes “107–8”, and all of it after a hundred: “100–104”; MLA “107–08” and “100–04”.
    """
    first, _, last = said.replace('-', '–').partition('–')
    if first.isdecimal() and len(first) == len(last) > 2 and (mla or not first.endswith('00')):
        least = 1 if first[-2] == '0' and not mla else 2
        same = next((n for n in range(len(last)) if first[n] != last[n]), len(last))
        last = last[min(same, len(last) - least) :]
    return '–'.join(filter(None, (first, last)))


def lower(words: str) -> str:
    """*words* within a sentence: “the editors of this edition”; a name stays as it is."""
    return words[0].lower() + words[1:] if words.startswith('The ') else words


def html(form: str) -> str:
    """A form as HTML."""
    return re.sub(r'\*(.+?)\*', r'<cite>\1</cite>', escape(form))
