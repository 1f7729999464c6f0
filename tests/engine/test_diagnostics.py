"""Bad input: each kind yields one message with file, line and remedy, and no traceback."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

import pytest
from sphinx_edition.data.text import KEY

if TYPE_CHECKING:
    from tests.conftest import Small

CONF, TITLE, LOG, LETTER = 'conf.py', 'index.md', 'chapters/log.md', 'chapters/letter.md'
TRANSLATOR, EDITOR = 'notes/translator.md', 'notes/editor.md'
PEOPLE, OTHERS, ABOUT, SOURCES = (
    'notes/people.md',
    'notes/others.md',
    'notes/about.md',
    'notes/sources.bib',
)


class Put(NamedTuple):
    """In *file* write *new* for *old*; without *old* at the end, or the whole file if bytes."""

    file: str
    new: str | bytes
    old: str = ''


def person(key: str = 'new-one', **options: str) -> Put:
    """A further person in the register, who is named below; an option of '' is left out."""
    given = {'name': 'New', 'certainty': 'low', 'sources': 'none', **options}
    lines = ''.join(f':{name}: {value}\n' for name, value in given.items() if value)
    naming = f'\nSo is {{person}}`one <{key}>`.\n' if KEY.fullmatch(key) else ''
    return Put(PEOPLE, f'\n:::{{person}} {key}\n{lines}\nProse.\n:::\n{naming}')


def note(key: str, hand: str = 'editor') -> Put:
    options = ':certainty: low\n:sources: none\n\n' if hand == 'editor' else ''
    file = EDITOR if hand == 'editor' else TRANSLATOR
    return Put(file, f'\n:::{{{hand}-note}} {key}\n{options}Prose.\n:::\n')


CASES: dict[str, tuple[str, list[Put]]] = {
    # keys
    'an unknown place': (
        r'chapters/log.md:12: .*no place has the key “port-amitx”; did you mean “port-amity”\?',
        [Put(LOG, '<port-amitx>', '<port-amity>')],
    ),
    'a key with capitals and a space': (
        r'chapters/log.md:12: .*no place has the key “Port Amity”; did you mean “port-amity”\?',
        [Put(LOG, '<Port Amity>', '<port-amity>')],
    ),
    'a key with letters that are not ASCII': (
        r'chapters/log.md:12: .*no place has the key “порт” \(new ones go into a register',
        [Put(LOG, '<порт>', '<port-amity>')],
    ),
    'an unknown person in a note': (
        r'notes/translator.md:6: .*no person has the key “quill”',
        [Put(TRANSLATOR, '<quill>', '<tobias-quill>')],
    ),
    'an unknown organisation in a register': (
        r'notes/people.md:25: .*no organisation has the key “company”; did you mean “halcyon-comp',
        [Put(PEOPLE, '{org}`company` mate.', 'First mate.')],
    ),
    'an empty register': (
        r'chapters/letter.md:21: .*the register has no term at all.*write :::{term} half-watch',
        [Put(OTHERS, '', ':::{term} half-watch\n:name: half watch\n:certainty: high\n'
             ':sources: logbook\n\nTwo hours on deck.\n:::\n')],
    ),
    'an empty register that front matter points into': (
        r'chapters/log.md:12: .*the register has no place at all.*write :::{place} port-amity',
        [Put(OTHERS, '', ':::{place} port-amity\n:name: Port Amity\n:who: a harbour\n'
             ':certainty: low\n:sources: amity\n\nOn no chart.\n:::\n')],
    ),
    'an unknown passage': (
        r'notes/editor.md:7: .*no passage is called “letter-9”; did you mean “letter-',
        [Put(EDITOR, '`letter-9`', '`letter-1`')],
    ),
    'an entry written twice': (
        r'notes/people.md:39: .*the entry “tobias-quill” is already defined at notes/people:16; gi',
        [person('tobias-quill')],
    ),
    'one key for two kinds': (
        r'notes/others.md:3: .*the entry “port-amity” is already defined at notes/people:39',
        [person('port-amity')],
    ),
    'the siglum of notes': (
        r'chapters/letter.md:1: .*the siglum “note” is reserved for notes; choose another',
        [Put(LETTER, 'siglum: note', 'siglum: letter'), Put(EDITOR, '`note-1`', '`letter-1`')],
    ),
    'a siglum used twice': (
        r'chapters/letter.md:14: .*the siglum “log” is already defined at chapters/log:10',
        [Put(LETTER, 'siglum: log', 'siglum: letter'), Put(EDITOR, '`log-2`', '`letter-1`')],
    ),
    'an entry whose key is the address of a passage': (
        r'notes/people.md:39: .*“log-1” is the address of a passage, note or naming in chapter',
        [person('log-1')],
    ),
    'an entry whose key is no slug': (
        r'notes/people.md:39: .*the key “New One” must be lower-case ASCII words joined by hyphens',
        [person('New One')],
    ),
    'an entry whose key is not ASCII': (
        r'notes/people.md:39: .*the key “ключ” must be lower-case ASCII words joined by hyphens',
        [person('ключ')],
    ),
    'an entry without a key': (
        r"notes/people.md:39: .*Directive 'person': 1 argument\(s\) required, 0 supplied",
        [person('')],
    ),
    'an entry that names itself': (
        r'notes/people.md:13: .*the entry “elspeth-marrow” names itself; write the words alone',
        [Put(PEOPLE, '{person}`Surgeon <elspeth-marrow>` of', 'Surgeon of')],
    ),
    # pages
    'a page where none are read': (
        r'index.md:25: .*“preface.md” lies where no pages are read; move it into chapters/ or ',
        [
            Put('preface.md', '# Preface\n\nWords.\n'),
            Put(TITLE, 'preface\nnotes/about\n', 'notes/about\n'),
        ],
    ),
    # options
    'no name': (r'notes/people.md:39: .*{person} new-one needs “:name:”', [person(name='')]),
    'no certainty': (r'notes/people.md:39: .*needs “:certainty:”', [person(certainty='')]),
    'no sources': (r'notes/people.md:39: .*needs “:sources:”', [person(sources='')]),
    'an empty option': (
        r"notes/people.md:4\d: .*'sources'.*argument required but none supplied",
        [person(sources=' ')],
    ),
    'a certainty that is none': (
        r'notes/people.md:41: .*"hihg" unknown; choose from "high", "medium", "low", or "unknown"',
        [person(certainty='hihg')],
    ),
    'an unknown option': (
        r"notes/people.md:43: .*Unknown option key: 'nmae' \(allowed: \[.*'name'",
        [person(nmae='New')],
    ),
    'dates that are none': (
        r'notes/people.md:43: .*“May 1838” is not a date in EDTF; write 1946-07-06',
        [person(dates='May 1838')],
    ),
    'dates that run backwards': (
        r'notes/people.md:43: .*“1902/1838” ends before it begins',
        [person(dates='1902/1838')],
    ),
    'an event without a date': (
        r'notes/people.md:43: .*“in” is not a date in EDTF',
        [person(events='1838 is born; in 1902 dies')],
    ),
    'an event without words': (
        r'notes/people.md:43: .*“1838” stands alone; write “word value; word value”',
        [person(events='1838')],
    ),
    'an unknown authority file': (
        r'notes/people.md:43: .*“wikidta” is none of .*; did you mean “wikidata”\?',
        [person(identifiers='wikidta Q1')],
    ),
    'an identifier that is markup': (
        r'notes/people.md:43: .*is no identifier of Wikidata',
        [person(identifiers='wikidata "><script>')],
    ),
    'sources without a comma': (
        r'notes/people.md:42: .*“logbook amity” does not name sources; write “key, key{page',
        [person(sources='logbook amity')],
    ),
    # notes
    'a note cited but not written': (
        r'chapters/letter.md:24: .*note “fevr” is cited but not written; did you mean “fever”\?',
        [Put(LETTER, 'verse{note}`fevr`', 'verse')],
    ),
    'a note never cited': (
        r'notes/editor.md:13: .*note “new” is never cited; put {note}`new` where it belongs',
        [note('new')],
    ),
    'a note cited twice': (
        r'chapters/letter.md:24: .*“fever” is already cited at chapters/log:16; an editor’s note h',
        [Put(LETTER, 'verse{note}`fever`', 'verse')],
    ),
    'a note that cites itself': (
        r'notes/editor.md:10: .*note “fever” is already cited at chapters/log:16',
        [Put(EDITOR, 'second{note}`fever`', 'second')],
    ),
    'two notes that cite each other': (
        r'notes/editor.md:17: .*note “fever” is already cited at chapters/log:16',
        [Put(EDITOR, 'second{note}`b`', 'second'), note('b'), Put(EDITOR, 'P{note}`fever`', 'Pr')],
    ),
    'notes out of order': (
        r'chapters/log.md:12: .*note 1 is cited after note 2; the witness’s notes follow their n',
        [note('2', 'translator'), Put(LOG, 'Fog{note}`2` again', 'Fog again')],
    ),
    'two notes with one number': (
        r'notes/translator.md:9: .*the note “1” is already defined at notes/translator:5',
        [note('1', 'translator')],
    ),
    'an editor’s note with a number': (
        r'notes/editor.md:13: .*an editors’ note has a word for a key',
        [note('9')],
    ),
    'a translator’s note with a word': (
        r'notes/translator.md:9: .*a note of the witness is its number there',
        [note('two', 'translator')],
    ),
    'a table in a note': (
        r'notes/editor.md:3: .*paragraphs, quotations, verse and lists; .* or put a table',
        [Put(EDITOR, '| one |\n|---|\n| two |', 'A second paragraph.')],
    ),
    'a note that is not closed': (
        r'notes/editor.md:3: .*{editor-note} is not closed; close it with “:::” after it',
        [
            Put(LETTER, 'verse{note}`new`', 'verse'),
            note('new'),
            Put(EDITOR, '\n\n:::{editor-note} new', '\n:::\n\n:::{editor-note} new'),
        ],
    ),
    'an entry never named': (
        r'notes/people.md:39: .*the person “new-one” is never named; mark a naming as {person}`wo',
        [person(), Put(PEOPLE, '', '\nSo is {person}`one <new-one>`.\n')],
    ),
    'an identifier of another form': (
        r'notes/people.md:43: .*“189950” is no identifier of Wikidata',
        [person(identifiers='wikidata 189950')],
    ),
    'an empty note': (
        r'notes/editor.md:13: .*verse and lists; this one is empty',
        [Put(LETTER, 'verse{note}`new`', 'verse'),
         Put(EDITOR, '\n:::{editor-note} new\n:certainty: low\n:sources: none\n:::\n')],
    ),
    'an editor’s note without sources': (
        r'notes/editor.md:3: .*{editor-note} fever needs “:sources:”',
        [Put(EDITOR, '', ':sources: logbook\n')],
    ),
    # roles
    'a date that is none': (
        r'chapters/log.md:12: .*{date}`.*`: “1869-13-02” is not a date in EDTF; write 1946-07-06',
        [Put(LOG, '<1869-13-02>', '<1869-03-02>')],
    ),
    'a date left out': (
        r'chapters/log.md:12: .*write {date}`words <when>`',
        [Put(LOG, '', ' <1869-03-02>')],
    ),
    'a slip without what is meant': (
        r'notes/translator.md:6: .*{sic}`Sogns`: write {sic}`words <meant>`',
        [Put(TRANSLATOR, '', ' <Songs>')],
    ),
    'a language that is none': (
        r'chapters/log.md:16: .*“Swedish” is not a language tag \(BCP 47\); write ru, ru-Latn',
        [Put(LOG, '<Swedish>', '<sv>')],
    ),
    'an empty key': (
        r'chapters/log.md:12: .*{place}`Port Amity <>`: write {place}`words <key>`',
        [Put(LOG, '<>', '<port-amity>')],
    ),
    'a key that is not closed': (
        r'chapters/log.md:12: .*write {place}`words <key>`',
        [Put(LOG, '<port-amity`', '<port-amity>`')],
    ),
    'roles within roles with too few backticks': (
        r'chapters/log.md:16: .*around a role within, use one more backtick',
        [Put(LOG, '{person}`{sic}`T. <U.>` <tobias-quill>`', '{person}`T. <tobias-quill>`')],
    ),
    'an unknown role': (
        r'chapters/log.md:12: .*there is no role {palce}; did you mean “place”\?; its words stay',
        [Put(LOG, '{palce}`Port', '{place}`Port')],
    ),
    'a role in a heading': (
        r'chapters/log.md:10: .*the role {place} stands in a heading.*write the words alone there',
        [Put(LOG, '# Fever and {place}`Fog <port-amity>`', '# Fever and Fog')],
    ),
    'a role in a link': (
        r'chapters/log.md:12: .*the role {place} stands in a link.*write the words alone there',
        [Put(LOG, '[{place}`Fog <port-amity>`](https://example.org) again', 'Fog again')],
    ),
    # directives
    'an unknown directive': (
        r'notes/people.md:39: .*there is no directive {persn}; did you mean “person”\?; its words',
        [Put(PEOPLE, '\n:::{persn} new\n:name: New\n:::\n')],
    ),
    'a part that is empty': (
        r'chapters/letter.md:26: .*Content block expected for the "edition:valediction" directive',
        [Put(LETTER, '', 'Your friend,')],
    ),
    'a part that is not closed': (
        r'chapters/letter.md:13: .*{dateline} is not closed; close it with “:::” after it',
        [Put(LETTER, '`\n\n:::{salutation}', '`\n:::\n\n:::{salutation}')],
    ),
    'a last part that is not closed': (
        r'chapters/letter.md:17: .*{salutation} is not closed; close it with “:::” after it',
        [Put(LETTER, '`,\n\nYou are', '`,\n:::\n\nYou are')],
    ),
    'a block of code in a chapter': (
        r'chapters/log.md:20: .*a chapter holds paragraphs.*put what is the editor’s into',
        [Put(LOG, '\n```\none\n```\n')],
    ),
    'lifelines without a day': (
        r'notes/about.md:21: .*lifelines need a day, such as “:at: 1946-07-06”',
        [Put(ABOUT, '\n:::{lifelines}\n:::\n')],
    ),
    # front matter
    'an unknown kind': (
        r'chapters/log.md:1: .*“kind: dairy-entry” is none of .*; did you mean “diary-entry”\?',
        [Put(LOG, 'dairy-entry', 'diary-entry')],
    ),
    'a chapter without author': (
        r'chapters/log.md:1: .*a diary-entry needs “author:”',
        [Put(LOG, '', 'author: elspeth-marrow\n')],
    ),
    'an empty author': (
        r'chapters/log.md:1: .*a diary-entry needs “author:”',
        [Put(LOG, 'author:', 'author: elspeth-marrow')],
    ),
    'a date that is not known': (
        r'chapters/log.md:1: .*front matter: date: “XXXX” is no date; leave the date out where',
        [Put(LOG, 'date: XXXX', 'date: 1869-03-02')],
    ),
    'a source of a kind that is none': (
        r'chapters/log.md:1: .*front matter: source: “kind: jurnal” is none of .*; did you mean',
        [Put(LOG, 'lang: en\nsource: {kind: jurnal, title: Fog}', 'lang: en')],
    ),
    'a source that is no list of fields': (
        r'chapters/log.md:1: .*front matter: source: write a source as “kind: book”, “ti',
        [Put(LOG, 'lang: en\nsource: The Amity Quarterly', 'lang: en')],
    ),
    'one of two authors in no register': (
        r'chapters/log.md:1: .*front matter: “author: anna-lindquist” is not .*did you mean “an',
        [Put(LOG, 'author: [elspeth-marrow, anna-lindquist]', 'author: elspeth-marrow')],
    ),
    'a date in words': (
        r'chapters/log.md:1: .*front matter: date: “2 March” is not a date in EDTF; write 1946-0',
        [Put(LOG, 'date: 2 March', 'date: 1869-03-02')],
    ),
    'an author in no register': (
        r'chapters/log.md:1: .*“author: elspet-marrow” is not.*; did you mean “elspeth-marrow”\?',
        [Put(LOG, 'elspet-marrow', 'elspeth-marrow')],
    ),
    'a place in no register': (
        r'chapters/log.md:1: .*“place: port” is not a key of the register; did you mean “port-am',
        [Put(LOG, 'place: port', 'place: port-amity')],
    ),
    'a letter to nobody': (
        r'chapters/letter.md:1: .*a letter needs “addressee:”',
        [Put(LETTER, '', 'addressee: tobias-quill\n')],
    ),
    'a siglum that is no slug': (
        r'index.md:1: .*the siglum “The Title” must be an ASCII slug such as “diary”',
        [Put(TITLE, 'siglum: The Title', 'siglum: title')],
    ),
    'front matter misspelt': (
        r'chapters/log.md:1: .*unknown field “lnag” in a diary-entry; did you mean “lang”\?',
        [Put(LOG, 'lnag:', 'lang:')],
    ),
    'front matter of a chapter on a page without kind': (
        r'notes/about.md:1: .*unknown field “place” in a page without kind',
        [Put(ABOUT, 'siglum: about\nplace: port-amity', 'siglum: about')],
    ),
    'a language of the chapter that is none': (
        r'chapters/log.md:1: .*lang: “English” is not a language tag',
        [Put(LOG, 'lang: English', 'lang: en')],
    ),
    'front matter that is no YAML': (
        r'notes/about.md:1: .*Malformed YAML',
        [Put(ABOUT, 'siglum: [about', 'siglum: about')],
    ),
    # files
    'a chapter in no toctree': (
        r'chapters/lost.md: .*document isn\'t included in any toctree',
        [Put('chapters/lost.md', '# Lost\n')],
    ),
    'a toctree that names no file': (
        r"index.md:25: .*toctree contains reference to nonexisting document 'chapters/lgo'",
        [Put(TITLE, 'chapters/log\nchapters/lgo\n', 'chapters/log\n')],
    ),
    'a file that is not UTF-8': (
        r'chapters/log.md:3: .*byte 0xe9 is not UTF-8; save the file as UTF-8',
        [Put(LOG, b'# Log\n\nD\xe9j\xe0 vu.\n')],
    ),
    'a control character of another encoding': (
        r"chapters/log.md:12: .*'\\x92' is a control character; delete it",
        [Put(LOG, 'Fog\x92s again', 'Fog again')],
    ),
    'a control character': (
        r"chapters/log.md:12: .*'\\x0b' is a control character; delete it",
        [Put(LOG, 'Fog\x0b again', 'Fog again')],
    ),
    'a link to no page': (
        r"notes/about.md:7: .*cross-reference target not found: 'nowhere.md'",
        [Put(ABOUT, '[Slips](nowhere.md)', 'Slips')],
    ),
    'an image that is not there': (
        r'notes/about.md:21: .*the picture “no.png” is not there; put the file beside',
        [Put(ABOUT, '\n![A brig](no.png)\n')],
    ),
    'an image from elsewhere': (
        r'notes/about.md:21: .*the picture “https://.*” is fetched from elsewhere; put it beside',
        [Put(ABOUT, '\n![A brig](https://example.org/brig.png)\n')],
    ),
    'who is named where, of a chapter that is not there': (
        r'notes/about.md:21: .*no chapter has the siglum “lgo”; did you mean “log”\?',
        [Put(ABOUT, '\n:::{named}\n:of: letter, lgo\n:::\n')],
    ),
    # sources
    'an unknown source': (
        r'notes/people.md:16: .*no source has the key “lgbook”; did you mean “logbook”\?',
        [Put(PEOPLE, ':sources: lgbook\n', ':sources: logbook\n')],
    ),
    'an unknown source cited in a note': (
        r'notes/editor.md:7: .*no source has the key “lgbook”; did you mean “logbook”\?',
        [Put(EDITOR, '{cite}`lgbook`', '{cite}`logbook`')],
    ),
    'a source written twice': (
        r'notes/sources.bib:20: .*the source “logbook” is already defined in line 1; give one',
        [Put(SOURCES, '\n@book{logbook, title = {Other}}\n')],
    ),
    'sources that are no BibTeX': (
        r'notes/sources.bib:\d+: .*not BibTeX: syntax error in line \d+: premature end of file',
        [Put(SOURCES, '\n@book{broken, title = {Open}\n')],
    ),
    'no file of sources': (
        r'conf.py:1: .*bibtex_bibfiles: there is no sorces.bib',
        [Put(CONF, "bibtex_bibfiles = ['notes/sorces.bib']\n")],
    ),
    'a heading without words': (
        r'chapters/log.md:\d+: .*a heading without words has no place in an edition; write its',
        [Put(LOG, '\n\n## \n\nMore.\n')],
    ),
    'a heading without words in a letter within the text': (
        r'chapters/letter.md:\d+: .*a heading without words has no place in an edition',
        [Put(LETTER, '\n\n::::{enclosure}\n#\n\nMore.\n::::\n')],
    ),
    'a naming within a naming': (
        r'chapters/log.md:\d+: .*the role {place} stands within {person}, and of the two only one',
        [Put(LOG, '\n\n{person}``{place}`Port <port-amity>` man <tobias-quill>`` came.\n')],
    ),
    'a note within a naming': (
        r'chapters/log.md:\d+: .*the role {note} stands within {person}, and of the two only one',
        [Put(LOG, '\n\n{person}``He{note}`fever` <tobias-quill>`` came.\n')],
    ),
    'a link within a naming': (
        r'chapters/log.md:\d+: .*a link stands within {person}, and of the two only one',
        [Put(LOG, '\n\n{person}`[He](https://example.org) <tobias-quill>` came.\n')],
    ),
    'a command of LaTeX that is not understood': (
        r'notes/sources.bib:1: .*“logbook” has the command \\emph, which only TeX knows; write ',
        [Put(SOURCES, r'\emph{Halcyon}', 'Halcyon')],
    ),
    'a source in a language that is none': (
        r'notes/sources.bib:1: .*langid of “logbook”: “frensh” is not a language tag .*; write ru',
        [Put(SOURCES, 'langid = {frensh}, year = {1869}', 'year = {1869}')],
    ),
    # the edition
    'an unknown field of the edition': (
        r'conf.py:1: .*edition has no field “subtilte”; did you mean “subtitle”\?',
        [Put(CONF, "'subtilte'", "'subtitle'")],
    ),
    'a field of the edition left out': (
        r'conf.py:1: .*edition needs editor',
        [Put(CONF, '', "    'editor': 'The Editors',\n")],
    ),
    'an author of the edition in no register': (
        r'conf.py:1: .*edition: no person has the key “elspet-marrow”; did you mean “elspeth-mar',
        [Put(CONF, 'elspet-marrow', 'elspeth-marrow')],
    ),
    'a date of the edition that is none': (
        r'conf.py:1: .*“May 1871” is not a date in EDTF',
        [Put(CONF, 'May 1871', '1871-05/1871-06')],
    ),
    # what could do harm
    'a script': (
        r"chapters/log.md:20: .*raw html '<script>.*' has no place in an edition; use Markdown",
        [Put(LOG, '\n<script>alert(1)</script>\n')],
    ),
    'an element of HTML in a line': (
        r"chapters/log.md:12: .*raw html '<b onclick=.*' has no place in an edition",
        [Put(LOG, '<b onclick="alert(1)">Fog</b> again', 'Fog again')],
    ),
    'the directive raw': (
        r"chapters/log.md:20: .*raw html '<script>.*' has no place in an edition",
        [Put(LOG, '\n```{raw} html\n<script>alert(1)</script>\n```\n')],
    ),
    'a link that runs a program': (
        r'chapters/log.md:12: .*“javascript:” is linked to nothing; links begin with https:',
        [Put(LOG, '[Fog](javascript:alert(1)) again', 'Fog again')],
    ),
    'such a link in reStructuredText': (
        r'notes/about.md:\d+: .*“javascript:alert\(1\)” is linked to nothing; links begin with h',
        [Put(ABOUT, '\n```{eval-rst}\n`Fog <javascript:alert(1)>`__\n```\n')],
    ),
    'a link to a file of this machine': (
        r'chapters/log.md:12: .*“file:” is linked to nothing; links begin with https:',
        [Put(LOG, '[Fog](file:///etc/passwd) again', 'Fog again')],
    ),
    'a source whose address runs a program': (
        r'notes/sources.bib:1: .*the url of “logbook” must begin with https:',
        [Put(SOURCES, 'year = {1869},\n  url = {javascript:alert(1)},', 'year = {1869},')],
    ),
}  # fmt: skip


def change(small: Small, puts: list[Put]) -> None:
    for file, new, old in puts:
        if isinstance(new, bytes):
            small.write(file, new)
        elif old:
            small.replace(file, old, new)
        else:
            before = small.read(file) if (small.source / file).exists() else ''
            small.write(file, before + new)


@pytest.mark.parametrize(('message', 'puts'), CASES.values(), ids=CASES)
def test_one_message_with_its_place_and_remedy(message: str, puts: list[Put], small: Small) -> None:
    change(small, puts)
    built = small.build()
    assert built.status != 0
    assert len(built.warnings) == 1, '\n'.join(built.warnings)
    assert re.match(message, built.warnings[0]), built.warnings[0]
    for page in built.outdir.rglob('*.html'):
        assert not re.search(
            r'alert\(1\)</script>|<b onclick|href="javascript|href="file',
            page.read_text(encoding='utf-8'),
        )


@pytest.mark.slow
@pytest.mark.parametrize('builder', ['html', 'epub', 'typst', 'tei', 'latex'])
def test_every_output_stands_all_faults_at_once(builder: str, small: Small) -> None:
    for name, (_, puts) in CASES.items():
        texts = [small.read(put.file) if (small.source / put.file).exists() else '' for put in puts]
        fatal = {CONF, SOURCES} & {put.file for put in puts} or 'UTF-8' in name
        if not fatal and all(put.old in text for put, text in zip(puts, texts, strict=True)):
            change(small, puts)
    built = small.build(builder)
    assert built.status == 1, '\n'.join(built.warnings)
    assert len(built.warnings) > 50
    assert 'Traceback' not in built.output


def test_the_second_output_says_it_again(small: Small) -> None:
    change(small, CASES['an unknown place'][1])
    first, second = small.build('html'), small.build('text')
    assert first.warnings == second.warnings != []


def test_a_megabyte_in_one_paragraph(small: Small) -> None:
    small.write('chapters/log.md', small.read('chapters/log.md') + '\n' + 'so on ' * 170_000 + '\n')
    built = small.build()
    assert built.status == 0, built.warnings
    assert (built.outdir / 'chapters' / 'log.html').stat().st_size > 1_000_000


MARKUP = r'#let x = $1$; \<p>&amp; \*a\* \_b\_ @key <key> {{ jinja }} %s \$ // /* ]]> <!-- " \''


@pytest.mark.parametrize('builder', ['html', 'epub', 'typst', 'tei', 'latex', 'text', 'xml'])
def test_markup_of_other_formats_is_only_text(builder: str, small: Small) -> None:
    text = re.sub(r'([\\`*_{}\[\]<>#+.!|&-])', r'\\\1', MARKUP)
    small.replace('chapters/letter.md', 'Do not answer in verse.', text)
    small.replace('notes/people.md', ':who: first mate', f':who: mate {MARKUP.replace("#", "")}')
    built = small.build(builder)
    assert built.status == 0, built.warnings
