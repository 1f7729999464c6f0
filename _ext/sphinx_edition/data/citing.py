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

from . import dates
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

    CSL knows the recipient of letters only, which have no container and no first publication: both
    are said in `note`. What a chapter is stands in `medium`, for of `genre` styles make “… to”.
    """
    kind, host = cited.kind, cited.host
    printed = host.kind != 'manuscript' and not is_letter(cited)
    what = [cited.origin] if cited.origin and not is_letter(cited) else []
    item: Record = {
        'id': cited.key,
        'type': kind.csl if kind else 'book',
        'title': cited.title,
        'author': [name(person) for person in cited.authors],
        'recipient': [name(person) for person in cited.recipients],
        'translator': [name(person) for person in cited.translators],
        'editor': [] if is_letter(cited) else [{'literal': cited.editor}],
        'container-title': cited.whole if kind and not is_letter(cited) else '',
        'issued': dates.csl(cited.release.date),
        'original-date': dates.csl(host.date) if host.date and printed else None,
        'language': cited.language,
        'medium': '; '.join([*what, lower(cited.digital) if what else cited.digital]),
        'URL': cited.address,
        'note': '. '.join(remarks(cited)),
    }
    if is_letter(cited):
        item['issued'] = dates.csl(cited.written) if cited.written else None
    return {field: value for field, value in item.items() if value}


def is_letter(cited: Identity) -> bool:
    """Whether it is cited as a letter from somebody to somebody."""
    return bool(cited.kind and cited.kind.correspondence)


def name(entry: Entry) -> Name:
    """A name in parts, from the form by which it is sorted: “Serge, Victor”."""
    family, comma, given = entry.sort.partition(', ')
    return {'family': family, 'given': given} if comma else {'literal': entry.name.strip('“”')}


def inverted(entry: Entry) -> str:
    """“Serge, Victor”; a name that is not sorted otherwise, as it is."""
    return ', '.join(name(entry).values())


def arabic(volume: str) -> str:
    """“16” for “XVI”, as references have it; other words as they are."""
    try:
        return str(int(RomanNumeral.from_string(volume)))
    except InvalidRomanNumeralError:
        return volume


def remarks(cited: Identity) -> list[str]:
    """What a format may have no field for: where the text stood, and what letters stand in."""
    stood = where(cited.host)
    known = [f'In {cited.whole}, edited by {cited.editor}. {cited.digital}'] * is_letter(cited)
    return known + ([f'{from_(cited.host)} {stood}'] if stood else [])


def from_(host: Host) -> str:
    """“Printed in”, “Manuscript:”: how what a host says is introduced."""
    return {'manuscript': 'Manuscript:', 'web': 'From'}.get(host.kind, 'Printed in')


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
    container += by('translated by', cited.translators)
    container.append(f'edited by {lower(cited.editor)}')
    container.append(lower(cited.digital))
    container += filter(None, (short(cited.release.date), cited.address))
    said = ', '.join(container)
    if not cited.kind:
        said = said[0].upper() + said[1:]
    return ended(listed(cited.authors), *item, said, *remark(cited))


def styled(cited: Identity, day: Callable[[str], str]) -> str:
    """The parts of an entry of a bibliography, dates as the style has them."""
    parts = []
    if cited.kind:
        origin = day(cited.origin)
        parts.append(f'{cited.title}, {origin}' if cited.described and origin else title(cited))
        if origin and not cited.described:
            parts.append(origin)
        within = [f'In *{cited.whole}*', *by('translated by', cited.translators)]
        parts.append(', '.join([*within, f'edited by {lower(cited.editor)}']))
    else:
        parts.append(f'*{cited.title}*')
        parts += by('Translated by', cited.translators)
        parts.append(f'Edited by {lower(cited.editor)}')
    parts.append(', '.join(filter(None, (cited.digital, cited.release.date[:4]))))
    return ended(listed(cited.authors), *parts, *remark(cited), cited.address)


def title(cited: Identity) -> str:
    """A title of its own in quotation marks, that of the whole in italics."""
    if cited.described:
        return cited.title
    return f'“{cited.title}”' if cited.kind else f'*{cited.title}*'


def remark(cited: Identity) -> list[str]:
    """Where the text stood, with italics."""
    stood = where(cited.host, italic=True)
    return [f'{from_(cited.host)} {stood}'] if stood else []


def where(host: Host, *, italic: bool = False) -> str:
    """“The New International 16, no. 6 (November–December 1950): 368–71”."""
    row = host.row
    if row is None:
        return ''
    name = f'*{host.title}*' if italic and host.title and row.level else host.title
    when = dates.words(host.date) if host.date else ''
    if row.level == 'j':
        issue = f'no. {host.issue}' if host.issue else ''
        head = ' '.join(filter(None, (name, arabic(host.volume))))
        head = ', '.join(filter(None, (head, issue)))
        said = (
            f'{head} ({when})' if when and head != name else ', '.join(filter(None, (head, when)))
        )
        return f'{said}: {pages(host.pages)}' if host.pages else said
    if row.level == 'm':
        name = f'*{full(host)}*' if italic else full(host)
        editor = f'edited by {host.editor}' if host.editor else ''
        volume = f'vol. {host.volume}' if host.volume else ''
        imprint = ': '.join(filter(None, (host.place, host.publisher)))
        imprint = ', '.join(filter(None, (imprint, when)))
        head = ', '.join(filter(None, (name, editor, volume)))
        said = f'{head} ({imprint})' if imprint else head
        return f'{said}, {pages(host.pages)}' if host.pages else said
    parts = (host.title and name, host.copy, host.repository, host.place, host.shelfmark)
    held = (
        ', '.join(filter(None, parts))
        if not row.level
        else ', '.join(filter(None, (name, host.publisher, when)))
    )
    return f'{held}, {pages(host.pages)}' if host.pages else held


def full(host: Host) -> str:
    """Title and subtitle."""
    return f'{host.title}: {host.subtitle}' if host.subtitle else host.title


def passage(cited: Identity, what: str, number: str, anchor: str) -> str:
    """Chicago Manual of Style, 17th edition: a note on paragraph *number* of *what*.

    With the address of the paragraph, whose id is *anchor*, if the edition has one.
    """
    there = f'{cited.address}#{anchor}' if cited.address else ''
    within = [f'in *{cited.whole}*', *by('trans.', cited.translators), f'ed. {lower(cited.editor)}']
    parts = [joined(cited.authors), what, f'par. {number}', *within, lower(cited.digital), there]
    return ', '.join(filter(None, parts)) + '.'


def editorial(cited: Identity, what: str, address: str) -> str:
    """What the editors have written, a page, an entry, a note; *cited* is the whole.

    After the Chicago Manual of Style, 17th edition, a part of a work with an editor of its own.
    """
    within = f'“{what},” in {joined(cited.authors)}, *{cited.whole}*'
    parts = [within, *by('trans.', cited.translators), f'ed. {lower(cited.editor)}']
    return ', '.join(filter(None, (*parts, lower(cited.digital), address))) + '.'


def described(page: Page, registry: Registry) -> str:
    """What readers call a chapter: “letter of 15 November 1946 to “Herbert””."""
    kind = registry.chapter(page)
    words = [kind.word.lower() if kind else page.title]
    if 'date' in page.front:
        words.append(f'of {dates.words(page.front["date"])}')
    if addressees := joined(registry.people(page.keys('addressee'))):
        words.append(f'to {addressees}')
    return ' '.join(words)


def by(words: str, people: Iterable[Entry]) -> list[str]:
    """“translated by James M. Fenwick”; nothing of nobody."""
    names = joined(people)
    return [f'{words} {names}'] if names else []


def listed(people: tuple[Entry, ...]) -> str:
    """Authors as a list begins with them: the first inverted."""
    if not people:
        return ''
    first, *rest = people
    if not rest:
        return inverted(first)
    *most, last = [inverted(first), *(person.name for person in rest)]
    return f'{", ".join(most)}, and {last}'


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
    """“15 Nov. 1946”: months as MLA shortens them."""
    words = dates.words(edtf)
    for month, abbreviated in zip(dates.MONTHS, SHORT_MONTHS, strict=True):
        words = re.sub(rf'\b{month}\b', abbreviated, words)
    return words


def pages(said: str) -> str:
    """“368–71”: of the second number what differs, at least two digits."""
    first, _, last = said.replace('-', '–').partition('–')
    if len(first) == len(last) > 2 and first[:-2] == last[:-2]:
        last = last[-2:]
    return '–'.join(filter(None, (first, last)))


def lower(words: str) -> str:
    """*words* within a sentence: “the editors of this edition”; a name stays as it is."""
    known = ('The ', 'Digital ')
    return words[0].lower() + words[1:] if words.startswith(known) else words


def html(form: str) -> str:
    """A form as HTML."""
    return re.sub(r'\*(.+?)\*', r'<cite>\1</cite>', escape(form))
