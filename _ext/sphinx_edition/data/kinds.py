"""One complete row a kind: chapters, registers, parts of a text, hands of notes.

A row says all that any output needs to know of its kind, so that a new kind is a new row and
nothing else. `edition_chapters`, `edition_registers` and `edition_hands` in conf.py add rows or
adapt them.
"""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

from .language import N_
from .problems import suggestion
from .text import KEY

if TYPE_CHECKING:
    from collections.abc import Mapping

TITLE_PAGE = 'title-page'  # the `kind:` of the page that stands for the whole
PERSON, PLACE = 'person', 'place'  # the registers to which front matter and conf.py refer
# front matter that names an entry -> its register
NAMED = {'author': PERSON, 'addressee': PERSON, 'translator': PERSON, 'place': PLACE}
SEVERAL = ('author', 'addressee', 'translator')  # of which there may be several
# front matter that any page may have; a page with a kind has a siglum
GENERAL = ('kind', 'siglum', 'lang')
CHAPTER = ('translator', 'source')  # that any chapter may have: what is otherwise than in conf.py
OF_EDITORS = ('only',)  # and what a page of the editors may: where alone it stands


@dataclass(frozen=True, kw_only=True)
class ChapterKind:
    """A kind of text: `kind:` in the front matter of a chapter."""

    word: str  # what a reader calls one, as it begins a sentence: “Letter”
    needs: tuple[str, ...]  # front matter that it must have, beside the siglum
    may: tuple[str, ...]  # and that it may have
    correspondence: bool  # from somebody to somebody: described as a letter in TEI and CMIF
    described: bool  # its title is a description (“Letter to …”), not its own, and not quoted
    tei: str  # @type of its division (TEI Guidelines 4.1.2)
    epub: str  # epub:type (EPUB 3 Structural Semantics; Z39.98 for what that lacks)
    schema: str  # type in schema.org
    csl: str  # type in CSL 1.0.2
    zotero: str  # type in Zotero’s vocabulary


@dataclass(frozen=True, kw_only=True)
class RegisterKind:
    """A kind of entry: the role and the directive of this name."""

    word: str  # what a reader calls one: “organisation”
    title: bool  # its names are titles, set in italics
    life: bool  # its dates are a birth and a death
    begins: str  # what its first date says of it: “is born”
    ends: str  # what its last date says: “dies”
    once: str  # what a single date says: “is published”
    rows: tuple[str, str]  # rows of the chronology in which its first and last date stand
    tei_list: str  # in `standOff` (TEI Guidelines 14.3)
    tei_entry: str  # in that list
    tei_name: str  # in the entry
    tei_naming: str  # in the text (3.6.1, 3.4.1, 14.2)
    tei_ends: tuple[str, str]  # of its first and last date, where TEI tells them apart; or ''
    tei_date: str  # of any other date
    tei_events: bool  # whether the entry may hold `event`
    schema: str  # type in schema.org
    schema_ends: tuple[str, str]  # terms of its first and last date, or ''


class Part(NamedTuple):
    """A named part of a text, which is not numbered: the directive of this name.

    In TEI a part has one element before the text and another after it; where it has none, and
    within the text, it is an `ab`. “opener/dateline” stands in the group of its neighbours.
    """

    word: str  # in “letter, dateline”
    title_page: tuple[str, str] = ('byline', '')  # element and type there (TEI Guidelines 4.6)
    before: str = ''  # element before the text (4.2.2)
    after: str = ''  # and after it
    epub: str = ''  # epub:type
    blocks: bool = False  # whether it holds blocks, such as verse; else only lines of its own


@dataclass(frozen=True, kw_only=True)
class Hand:
    """Who speaks in a note: the directive `HAND-note`."""

    word: str  # “Translator’s note”
    witness: bool  # the note stands in the witness, and keeps its label there
    maker: str  # who wrote it: a field of the edition, or a key of a person; '' if unknown


CHAPTERS = {
    'article': ChapterKind(
        word=N_('Article'),
        needs=('author', 'lang'),
        may=('date', 'place'),
        correspondence=False,
        described=False,
        tei='article',
        epub='chapter',
        schema='Article',
        csl='chapter',
        zotero='bookSection',
    ),
    'poem': ChapterKind(
        word=N_('Poem'),
        needs=('author', 'lang'),
        may=('date', 'place'),
        correspondence=False,
        described=False,
        tei='poem',
        epub='chapter z3998:poem',
        schema='CreativeWork',
        csl='chapter',
        zotero='bookSection',
    ),
    'diary-entry': ChapterKind(
        word=N_('Diary entry'),
        needs=('author', 'lang'),
        may=('date', 'place'),
        correspondence=False,
        described=False,
        tei='entry',
        epub='chapter z3998:diary-entry',
        schema='Article',
        csl='chapter',
        zotero='bookSection',
    ),
    'diary': ChapterKind(
        word=N_('Diary'),
        needs=('author', 'lang'),
        may=('date', 'place'),
        correspondence=False,
        described=False,
        tei='diary',
        epub='chapter z3998:diary',
        schema='Article',
        csl='chapter',
        zotero='bookSection',
    ),
    'letter': ChapterKind(
        word=N_('Letter'),
        needs=('author', 'addressee', 'lang'),
        may=('date', 'place'),
        correspondence=True,
        described=True,
        tei='letter',
        epub='chapter z3998:letter',
        schema='Message',
        csl='personal_communication',
        zotero='letter',
    ),
}

REGISTERS = {
    PERSON: RegisterKind(
        word=N_('person'),
        title=False,
        life=True,
        begins=N_('is born'),
        ends=N_('dies'),
        once=N_('is born'),
        rows=('born', 'died'),
        tei_list='listPerson',
        tei_entry='person',
        tei_name='persName',
        tei_naming='persName',
        tei_ends=('birth', 'death'),
        tei_date='floruit',
        tei_events=True,
        schema='Person',
        schema_ends=('birthDate', 'deathDate'),
    ),
    PLACE: RegisterKind(
        word=N_('place'),
        title=False,
        life=False,
        begins=N_('is founded'),
        ends=N_('ceases to exist'),
        once=N_('is founded'),
        rows=('event', 'event'),
        tei_list='listPlace',
        tei_entry='place',
        tei_name='placeName',
        tei_naming='placeName',
        tei_ends=('', ''),
        tei_date='note',
        tei_events=True,
        schema='Place',
        schema_ends=('', ''),
    ),
    'work': RegisterKind(
        word=N_('work'),
        title=True,
        life=False,
        begins=N_('begins to appear'),
        ends=N_('ceases to appear'),
        once=N_('is published'),
        rows=('work', 'event'),
        tei_list='listBibl',
        tei_entry='bibl',
        tei_name='title',
        tei_naming='title',
        tei_ends=('', ''),
        tei_date='date',
        tei_events=False,
        schema='CreativeWork',
        schema_ends=('datePublished', ''),
    ),
    'org': RegisterKind(
        word=N_('organisation'),
        title=False,
        life=False,
        begins=N_('is founded'),
        ends=N_('is dissolved'),
        once=N_('is founded'),
        rows=('event', 'event'),
        tei_list='listOrg',
        tei_entry='org',
        tei_name='orgName',
        tei_naming='orgName',
        tei_ends=('', ''),
        tei_date='note',
        tei_events=True,
        schema='Organization',
        schema_ends=('foundingDate', 'dissolutionDate'),
    ),
    'term': RegisterKind(
        word=N_('term'),
        title=False,
        life=False,
        begins=N_('begins'),
        ends=N_('ends'),
        once=N_('begins'),
        rows=('event', 'event'),
        tei_list='list',
        tei_entry='item',
        tei_name='term',
        tei_naming='term',
        tei_ends=('', ''),
        tei_date='note',
        tei_events=False,
        schema='DefinedTerm',
        schema_ends=('', ''),
    ),
}

PARTS = {
    'author': Part(N_('author'), ('docAuthor', ''), before='byline'),
    'series': Part(N_('series'), ('titlePart', 'series'), before='head'),
    'imprint': Part(N_('imprint'), ('docImprint', '')),
    'credit': Part(N_('credit')),
    'colophon': Part(N_('colophon')),
    'headnote': Part(
        N_('headnote'), ('note', 'headnote'), before='note', after='note', blocks=True
    ),
    'epigraph': Part(
        N_('epigraph'), ('epigraph', ''), 'epigraph', 'epigraph', epub='epigraph', blocks=True
    ),
    'dedication': Part(N_('dedication'), before='head', epub='dedication'),
    'dateline': Part(N_('dateline'), before='opener/dateline', after='closer/dateline'),
    'address': Part(N_('address'), before='opener/address', after='closer/address'),
    'salutation': Part(N_('salutation'), before='opener/salute', epub='z3998:salutation'),
    'valediction': Part(N_('valediction'), after='closer/salute', epub='z3998:valediction'),
    'signature': Part(N_('signature'), after='closer/signed', epub='z3998:signature'),
    'postscript': Part(N_('postscript'), after='postscript', epub='z3998:postscript', blocks=True),
}

HANDS = {
    'author': Hand(word=N_('Author’s note'), witness=True, maker='author'),
    'translator': Hand(word=N_('Translator’s note'), witness=True, maker='translator'),
    'first-editor': Hand(word=N_('First editor’s note'), witness=True, maker=''),
    'editor': Hand(word=N_('Editor’s note'), witness=False, maker='editor'),
}

Row = TypeVar('Row', ChapterKind, RegisterKind, Hand)


class Kinds(NamedTuple):
    """The kinds of one edition."""

    chapters: dict[str, ChapterKind] = CHAPTERS
    registers: dict[str, RegisterKind] = REGISTERS
    hands: dict[str, Hand] = HANDS

    @classmethod
    def configured(
        cls,
        chapters: Mapping[str, Any],
        registers: Mapping[str, Any],
        hands: Mapping[str, Any],
    ) -> Kinds:
        """The engine’s own rows with those of conf.py. Raises ValueError with the remedy."""
        return cls(
            {**CHAPTERS, **adapted('edition_chapters', ChapterKind, CHAPTERS, chapters)},
            {**REGISTERS, **adapted('edition_registers', RegisterKind, REGISTERS, registers)},
            {**HANDS, **adapted('edition_hands', Hand, HANDS, hands)},
        )


def adapted(
    setting: str, row: type[Row], own: Mapping[str, Row], given: Mapping[str, Any]
) -> dict[str, Row]:
    """The rows that *given* adds to the engine’s *own*, or adapts. Raises ValueError."""
    known = {field.name: field.type for field in fields(row)}
    rows = {}
    for name, values in given.items():
        where = f'{setting}: “{name}”'
        if not KEY.fullmatch(name) or name == TITLE_PAGE:
            raise ValueError(f'{where} must be an ASCII slug of its own, such as “poem”')
        if not isinstance(values, dict):
            raise ValueError(f'{where} must be a dict with {", ".join(known)}')
        for field, value in values.items():
            if field not in known:
                raise ValueError(f'{where} has no field “{field}”{suggestion(field, known)}')
            if not fits(value, known[field]):
                raise ValueError(f'{where}: “{field}” must be {known[field]}, not {value!r}')
        if name not in own and (missing := known.keys() - values.keys()):
            raise ValueError(f'{where} needs {", ".join(sorted(missing))}')
        rows[name] = replace(own[name], **values) if name in own else row(**values)
    return rows


def fits(value: Any, annotation: Any) -> bool:
    """Whether *value* is of the type that a field of a row is annotated with."""
    if annotation in ('bool', 'str'):
        return type(value).__name__ == str(annotation)
    words = isinstance(value, tuple) and all(isinstance(word, str) for word in value)
    return words and not (annotation == 'tuple[str, str]' and len(tuple(value)) != 2)
