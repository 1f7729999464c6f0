"""The sources of the editors as plain words, from BibTeX; and as items of CSL-JSON."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pybtex.richtext import Text

from . import date_formats, dates
from .language import called

if TYPE_CHECKING:
    from pybtex.database import Entry as Read
    from pybtex.database import Person

    from .citing import Name, Record

COMMAND = re.compile(r'\\[A-Za-z]+')
ADDRESSES = ('url', 'doi')  # in which nothing is TeX
# type in BibTeX -> in CSL 1.0.2 and in RIS
KINDS = {
    'article': ('article-journal', 'JOUR'),
    'book': ('book', 'BOOK'),
    'booklet': ('pamphlet', 'PAMP'),
    'inbook': ('chapter', 'CHAP'),
    'incollection': ('chapter', 'CHAP'),
    'inproceedings': ('paper-conference', 'CPAPER'),
    'mastersthesis': ('thesis', 'THES'),
    'phdthesis': ('thesis', 'THES'),
    'proceedings': ('book', 'CONF'),
    'techreport': ('report', 'RPRT'),
    'unpublished': ('manuscript', 'UNPB'),
}
ONLINE, OTHER = ('webpage', 'ELEC'), ('document', 'GEN')
SEASONS = ('Spring', 'Summer', ('Autumn', 'Fall'), 'Winter')


def plain(tex: str) -> str:
    r"""TeX as words: ``M{\"u}ller`` → Müller. A command without a character of its own stays."""
    return (
        str(Text.from_latex(tex)).replace('\xa0', ' ') if re.search(r'[\\{}~$%]|--', tex) else tex
    )


@dataclass(frozen=True)
class Work:
    """A source in plain words; '' and () are not known."""

    key: str
    type: str  # in BibTeX
    fields: dict[str, str]
    authors: tuple[Name, ...] = ()
    editors: tuple[Name, ...] = ()

    def get(self, *names: str) -> str:
        """The first of these fields that says something."""
        return next((self.fields[name] for name in names if self.fields.get(name)), '')

    @property
    def kinds(self) -> tuple[str, str]:
        """What it is in CSL and in RIS."""
        return KINDS.get(self.type, ONLINE if self.get('url') else OTHER)

    @property
    def language(self) -> str:
        """That of its title, as BCP 47 writes it; '' where it is not said, or is none."""
        try:
            return called(self.get('langid')) if self.get('langid') else ''
        except ValueError:  # of which `reading/safety.py` told
            return ''

    @property
    def whole(self) -> str:
        """What it stands in."""
        return self.get('journal', 'booktitle')

    @property
    def remarks(self) -> str:
        """What other formats have no field for."""
        return '. '.join(filter(None, (self.get('howpublished'), self.get('note'))))

    @property
    def published(self) -> str:
        """When, as EDTF: “November–December”, 1950 → 1950-11/1950-12; '' if that is no date."""
        year, month = self.get('year'), self.get('month')
        if not re.fullmatch(r'\d{4}', year):
            return ''
        found = [number(word) for word in re.split('[–-]', month)]
        if not month or not all(found):
            return year
        return '/'.join(f'{year}-{part}' for part in found)


def number(words: str) -> str:
    """“9 March” → “03-09”, “Fall” → “23”; '' for other words."""
    day, month = re.fullmatch(r'(?:(\d{1,2}) )?(.*)', words.strip(), re.DOTALL).groups()  # type: ignore[union-attr]
    for n, name in enumerate(dates.MONTHS, 1):
        if month.lower() in (name.lower(), name[:3].lower(), str(n)):
            return f'{n:02}-{int(day):02}' if day else f'{n:02}'
    for n, season in enumerate(SEASONS, 21):
        if month in season if isinstance(season, tuple) else month == season:
            return str(n) if not day else ''
    return ''


def work(source: Read) -> Work:
    """A source as it is in its file."""
    fields = {
        name.lower(): value if name.lower() in ADDRESSES else plain(value)
        for name, value in source.fields.items()
    }
    people = {
        role: tuple(map(named, source.persons.get(role, ()))) for role in ('author', 'editor')
    }
    return Work(source.key, source.type, fields, people['author'], people['editor'])


def named(person: Person) -> Name:
    """A name in parts, as CSL has it; an institution is one."""
    first = ' '.join(map(plain, [*person.first_names, *person.middle_names]))
    last = ' '.join(map(plain, person.last_names))
    if not first and not person.prelast_names:
        return {'literal': last}
    parts = {
        'family': last,
        'given': first,
        'non-dropping-particle': ' '.join(map(plain, person.prelast_names)),
        'suffix': ' '.join(map(plain, person.lineage_names)),
    }
    return {part: words for part, words in parts.items() if words}


def inverted(name: Name) -> str:
    """“Müller, René”, “de la Croix, Noël”; an institution as it is."""
    if 'literal' in name:
        return name['literal']
    family = ' '.join(filter(None, (name.get('non-dropping-particle'), name['family'])))
    return ', '.join(filter(None, (family, name.get('suffix'), name.get('given'))))


def csl(source: Work) -> Record:
    """A source as an item of CSL-JSON."""
    item: Record = {
        'id': source.key,
        'type': source.kinds[0],
        'title': source.get('title'),
        'language': source.language,
        'author': list(source.authors),
        'editor': list(source.editors),
        'container-title': source.whole,
        'publisher': source.get('publisher', 'school', 'institution'),
        'publisher-place': source.get('address'),
        'volume': source.get('volume'),
        'issue': source.get('number'),
        'page': source.get('pages').replace('–', '-'),
        'issued': date_formats.csl(source.published) if source.published else literal(source),
        'edition': source.get('edition'),
        'note': source.remarks,
        'URL': source.get('url'),
        'DOI': source.get('doi'),
    }
    return {field: value for field, value in item.items() if value}


def literal(source: Work) -> object:
    """What is said of its date, if that is none."""
    year = source.get('year')
    return {'literal': year} if year else None


def unknown(source: Read) -> list[str]:
    """Commands of TeX in a source that are no character, and would be shown as they are."""
    values = [value for name, value in source.fields.items() if name.lower() not in ADDRESSES]
    values += [str(person) for people in source.persons.values() for person in people]
    return [command for value in values for command in COMMAND.findall(plain(value))]
