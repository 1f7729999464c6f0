"""What is cited, as each format says it: one reader a format, all with the same fields.

A format that has no place for a field leaves it out; FIELDS says which it must have, so that
nothing is lost unseen.
"""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

import pikepdf
import rispy
import yaml
from lxml import etree
from pybtex.database import parse_file

from tests.data import find
from tests.ebook import NS, opened
from tests.pages import data, metas

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

    from sphinx_edition.data.records import Edition, Page
    from sphinx_edition.data.registry import Registry

    Face = dict[str, Any]

VERSION = re.compile(r'digital edition, version (\S+?)$')
PEOPLE = ('authors', 'translators', 'recipients')
MAIN = ('title', 'authors', 'translators', 'date', 'version', 'language', 'address')
# format -> fields that it has, of the whole
FIELDS = {
    'csl': MAIN,
    'bibtex': MAIN,
    'ris': MAIN,
    'head': (*MAIN, 'rights'),
    'json-ld': (*MAIN, 'rights'),
    'tei': (*MAIN, 'rights', 'licence'),
    'epub': (*MAIN[:-1], 'rights'),
    'pdf': (*MAIN[:-1], 'rights', 'licence'),
    'cff': ('title', 'authors', 'version', 'date'),
}
# of a letter; its date is when it was written
LETTER = {
    'csl': (*MAIN, 'recipients'),
    'bibtex': (*MAIN, 'recipients'),
    'ris': (*MAIN, 'recipients'),
    'head': (*MAIN, 'recipients', 'rights'),
    'json-ld': (*MAIN, 'recipients', 'rights'),
    'tei': ('authors', 'recipients', 'date'),
    'cmif': ('authors', 'recipients', 'date', 'address'),
}


def name(words: str) -> str:
    """“Serge, Victor” as “Victor Serge”; without marks of quotation."""
    family, comma, given = words.strip('{}“”,').partition(', ')
    return f'{given} {family}' if comma else family


def names(people: Iterable[str]) -> list[str]:
    return [name(person) for person in people]


def version(words: str) -> str:
    """Of what is said to be a digital edition."""
    found = VERSION.search(words)
    return found[1] if found else ''


def expected(edition: Edition, registry: Registry, page: Page, release: dict[str, str]) -> Face:
    """What all must say: *release* has version, date and the address of the edition."""
    letter = page.is_chapter and bool(page.keys('addressee'))
    base = release['address']
    return {
        'title': page.title if page.is_chapter else edition.full_title,
        'authors': names(p.name for p in registry.people(page.keys('author') or edition.author)),
        'translators': names(p.name for p in registry.people(edition.translator)),
        'recipients': names(p.name for p in registry.people(page.keys('addressee'))),
        'date': page.front['date'] if letter else release['date'],
        'version': release['version'],
        'language': page.front.get('lang'),
        'address': f'{base}{page.docname}.html' if page.is_chapter else base,
        'rights': edition.rights,
        'licence': edition.licence,
    }


def csl(site: Path, page: str) -> Face:
    [item] = json.loads((site / f'{page}.json').read_text('utf-8'))

    def people(role: str) -> list[str]:
        return names(p.get('literal') or f'{p["family"]}, {p["given"]}' for p in item.get(role, ()))

    [day] = item['issued']['date-parts']
    return {
        'title': item['title'],
        'authors': people('author'),
        'translators': people('translator'),
        'recipients': people('recipient'),
        'date': '-'.join(f'{part:02}' for part in day),
        'version': version(item.get('edition') or item['archive']),
        'language': item.get('language'),
        'address': item.get('URL'),
    }


def bibtex(site: Path, page: str) -> Face:
    [entry] = parse_file(site / f'{page}.bib', 'bibtex').entries.values()
    fields = entry.fields
    to = re.match('Letter to (.*)', fields.get('type', ''))
    return {
        'title': fields['title'].strip('{}'),
        'authors': names(str(person) for person in entry.persons['author']),
        'translators': names(filter(None, fields.get('translator', '').split(' and '))),
        'recipients': names([to[1]] if to else []),
        'date': fields['date'],
        'version': version(fields['edition']),
        'language': fields.get('language'),
        'address': fields.get('url'),
    }


def ris(site: Path, page: str) -> Face:
    [item] = rispy.loads((site / f'{page}.ris').read_text('utf-8'))
    return {
        'title': item['title'],
        'authors': names(item['authors']),
        'translators': names(item.get('subsidiary_authors', ())),
        'recipients': names(item.get('secondary_authors', ())),
        'date': item['date'].rstrip('/').replace('/', '-'),
        'version': version(item.get('edition') or item['name_of_database']),
        'language': item.get('language'),
        'address': item.get('urls', [None])[0],
    }


def head(site: Path, page: str) -> Face:
    said = metas(site, page)

    def one(term: str) -> str | None:
        return said[term][0] if term in said else None

    return {
        'title': one('DC.title'),
        'authors': names(said['bib:authors']),
        'translators': names(said.get('z:translators', ())),
        'recipients': names(said.get('z:recipients', ())),
        'date': one('DC.date'),
        'version': version(one('z:edition') or one('z:archive') or ''),
        'language': one('DC.language'),
        'address': one('DC.identifier'),
        'rights': one('DC.rights'),
    }


def json_ld(site: Path, page: str) -> Face:
    said = data(site, page)

    def people(role: str) -> list[str]:
        return names(person['name'] for person in said.get(role, ()))

    titles = said['headline'] if 'alternativeHeadline' in said else said['name']
    if below := said.get('alternativeHeadline'):
        titles = f'{titles}: {below}'
    return {
        'title': titles,
        'authors': people('author'),
        'translators': people('translator'),
        'recipients': people('recipient'),
        'date': said.get('dateSent') or said['datePublished'],
        'version': said['version'],
        'language': said.get('inLanguage'),
        'address': said.get('url'),
        'rights': said['copyrightNotice'],
    }


def tei(file: Path) -> Face:
    root = etree.parse(file).getroot()

    def one(path: str) -> str:
        return find(root, path)[0]

    description = '//t:fileDesc/t:titleStmt'
    translated = f'{description}/t:respStmt[starts-with(t:resp, "translation")]'
    available = '//t:publicationStmt/t:availability'
    return {
        'title': ': '.join(find(root, f'{description}/t:title/text()')),
        'authors': names(find(root, f'{description}/t:author/t:persName/text()')),
        'translators': names(find(root, f'{translated}/t:persName/text()')),
        'date': one('//t:publicationStmt/t:date/@when'),
        'version': one('//t:edition/@n'),
        'language': one('//t:text/@xml:lang'),
        'address': (find(root, '//t:publicationStmt/t:idno[@type="URL"]/text()') or [None])[0],
        'rights': one(f'{available}[@n="text"]/t:p/text()'),
        'licence': one(f'{available}[@n="edition"]/t:licence/@target'),
    }


def letters(file: Path) -> dict[str, Face]:
    """Key of a letter -> what `correspDesc` says: in TEI and in CMIF."""
    faces = {}
    for letter in find(etree.parse(file).getroot(), '//t:correspDesc'):
        faces[letter.get('key') or letter.get('n')] = {
            'authors': names(find(letter, './t:correspAction[@type="sent"]/t:persName/text()')),
            'recipients': names(
                find(letter, './t:correspAction[@type="received"]/t:persName/text()')
            ),
            'date': find(letter, './t:correspAction[@type="sent"]/t:date/@when')[0],
            'address': letter.get('ref'),
        }
    return faces


def epub(file: Path) -> Face:
    package = opened(file).package

    def said(tag: str) -> list[str]:
        return [element.text for element in package.iterfind(f'.//dc:{tag}', NS)]

    def people(role: str) -> list[str]:
        ids = package.xpath(
            f'//opf:meta[@property="role" and text()="{role}"]/@refines', namespaces=NS
        )
        return [package.xpath(f'//*[@id="{one[1:]}"]/text()')[0] for one in ids]

    [number] = package.xpath('//opf:meta[@property="dcterms:hasVersion"]/text()', namespaces=NS)
    return {
        'title': ': '.join(said('title')),
        'authors': names(people('aut')),
        'translators': names(people('trl')),
        'date': said('date')[0],
        'version': number,
        'language': said('language')[0],
        'rights': said('rights')[0],
    }


def pdf(file: Path) -> Face:
    with pikepdf.open(file) as book, book.open_metadata() as said:
        role = re.compile(r'(.*) \(translator\)')
        found = [match[1] for who in said['dc:contributor'] if (match := role.fullmatch(who))]
        return {
            'title': said['dc:title'],
            'authors': names(said['dc:creator']),
            'translators': names(sorted(found)),
            'date': said['dc:date'][0],
            'version': said['xmpMM:VersionID'],
            'language': next(iter(said['dc:language'])),
            'rights': said['dc:rights'],
            'licence': said['xmpRights:WebStatement'],
        }


def cff(file: Path) -> Face:
    """CITATION.cff: the edition is the editors’, the text stands under `references`."""
    said = yaml.safe_load(file.read_text('utf-8'))
    [text] = [part for part in said['references'] if part['type'] != 'software']
    people = text['authors']
    return {
        'title': text['title'],
        'authors': [p.get('name') or f'{p["given-names"]} {p["family-names"]}' for p in people],
        'version': str(said['version']),
        'date': str(said.get('date-released', '')),  # which is not known before
    }


def of_page(form: str, site: Path, page: str) -> Face:
    """What a page, or a reference beside it, says."""
    readers = {'csl': csl, 'bibtex': bibtex, 'ris': ris, 'head': head, 'json-ld': json_ld}
    return readers[form](site, page)


def whole(form: str, made: Callable[[str], Path], source: Path, page: str) -> Face:
    """What *form* says of the whole, as far as FIELDS has it."""
    if form == 'tei':
        said = tei(only(made('tei'), 'xml'))
    elif form == 'epub':
        said = epub(only(made('epub'), 'epub'))
    elif form == 'pdf':
        said = pdf(only(made('typst'), 'pdf'))
    elif form == 'cff':
        said = cff(source / 'CITATION.cff')
    else:
        said = of_page(form, made('html'), page)
    return {field: said[field] for field in FIELDS[form]}


def letter(form: str, made: Callable[[str], Path], page: str, siglum: str) -> Face:
    """What *form* says of a letter, as far as LETTER has it."""
    if form in ('tei', 'cmif'):
        folder = made('tei')
        file = folder / 'cmif.xml' if form == 'cmif' else only(folder, 'xml')
        said = letters(file)[siglum]
    else:
        said = of_page(form, made('html'), page)
    return {field: said[field] for field in LETTER[form]}


def only(folder: Path, ending: str) -> Path:
    """The one file with this ending, CMIF apart."""
    [file] = set(folder.glob(f'*.{ending}')) - {folder / 'cmif.xml'}
    return file
