"""Directives that write records: entries of registers, and notes."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, ClassVar

from docutils import nodes
from docutils.parsers.rst.directives import unchanged_required
from sphinx.util.docutils import SphinxDirective
from sphinxcontrib.bibtex.roles import CiteRole

from ..data import dates
from ..data.language import _, ngettext
from ..data.problems import Trouble
from ..data.records import AUTHORITIES, CERTAINTY, Entry, Note, Source
from ..data.text import KEY
from ..diagnostics import warn
from ..domain import edition_domain
from ..vocabulary import verse
from .options import certainty, cited, dated, identified, listed, located

if TYPE_CHECKING:
    from docutils.nodes import Node
    from sphinx.util.typing import OptionSpec

    from ..domain import EditionDomain


class Record(SphinxDirective):
    """What entries and notes share: a key, a certainty, sources."""

    has_content = True
    required_arguments = 1
    final_argument_whitespace = True
    literal_options = True  # taken as typed, where YAML would see comments and quotations
    option_spec: ClassVar[OptionSpec] = {
        'certainty': certainty,
        'sources': cited,
    }

    @property
    def domain(self) -> EditionDomain:
        return edition_domain(self.env)

    @property
    def key(self) -> str:
        """The argument, which must be an ASCII slug. Raises a directive error."""
        key = self.arguments[0]
        if not KEY.fullmatch(key):
            raise self.error(f'the key “{key}” must be lower-case ASCII words joined by hyphens')
        return key

    def require(self, *options: str) -> None:
        """Warn of each option that is left out; a malformed one was reported when it was read."""
        for option in options:
            if not re.search(rf'^:{option}:', self.block_text, re.MULTILINE):
                directive = self.name.rpartition(':')[2]
                message = f'{{{directive}}} {self.arguments[0]} needs “:{option}:”'
                warn(Trouble.MARKUP, message, self.get_location())

    def evidence(self) -> nodes.paragraph:
        """The line that every claim of the editor ends with: its certainty and its sources."""
        line = nodes.paragraph(classes=['evidence'], translatable=False)
        if word := CERTAINTY.get(self.options.get('certainty', '')):
            line += nodes.emphasis('', _(word))
            line += nodes.Text('. ')
        sources = self.options.get('sources', ())
        if sources == (Source('none'),):
            line += nodes.Text(_('No source found.'))
        elif sources:
            line += nodes.Text(ngettext('Source: ', 'Sources: ', len(sources)))
            typed = ', '.join(f'{key}{{{at}}}' if at else key for key, at in sources)
            line += CiteRole()('cite:alp', '', typed, self.lineno, self.state.inliner)[0]
            line += nodes.Text('.')
        return line


class EntryDirective(Record):
    """An entry of a register -> definition list item, to be filled with its mentions."""

    option_spec: ClassVar[OptionSpec] = {
        **Record.option_spec,
        'name': unchanged_required,
        'sort': unchanged_required,
        'variants': listed(';'),
        'dates': lambda argument: dates.check(argument or ''),
        'who': unchanged_required,
        'identifiers': identified,
        'events': dated,
        'coordinates': located,
    }

    def run(self) -> list[Node]:
        self.require('name', 'certainty', 'sources')
        name = self.options.setdefault('name', self.key)
        kind, life = self.name.rpartition(':')[2], self.options.get('dates', '')
        row = self.domain.kinds.registers[kind]
        if 'coordinates' in self.options and row.tei_entry != 'place':
            raise self.error(f'a {row.word} has no “:coordinates:”; only places have')
        entry = Entry(
            kind=kind,
            key=self.key,
            when=dates.words(life, life=row.life) if life else '',
            docname=self.env.current_document.docname,
            line=self.lineno,
            **{'sort': name, **self.options},
        )
        self.domain.note_entry(entry)
        shown = nodes.strong('', entry.name, classes=['name'])
        term = nodes.term('', '', shown, ids=[entry.key], translatable=False)
        if entry.dates:
            term += nodes.Text(' ')
            term += nodes.inline('', entry.when, classes=['dates'])
        forms = nodes.paragraph(classes=['forms'], entry=(entry.kind, entry.key))
        mentions = nodes.bullet_list(classes=['mentions'], entry=(entry.kind, entry.key))
        content = [
            forms,
            *self.parse_content_to_nodes(),
            self.evidence(),
            *identifiers(entry),
            mentions,
        ]
        item = nodes.definition_list_item('', term, nodes.definition('', *content))
        item['entry'] = (entry.kind, entry.key)
        register = nodes.definition_list('', item, classes=['register', entry.kind])
        self.set_source_info(register)
        return [register]


def identifiers(entry: Entry) -> list[nodes.paragraph]:
    """The line of links to authority files, if there are any."""
    if not entry.identifiers:
        return []
    line = nodes.paragraph(classes=['identifiers'], translatable=False)
    for scheme, value in entry.identifiers:
        name, address, _ = AUTHORITIES[scheme]
        if len(line):
            line += nodes.Text(' · ')
        line += nodes.reference('', f'{name} {value}', refuri=address.format(value))
    return [line]


# what a note may hold
NOTE = (
    *(nodes.paragraph, nodes.block_quote, verse),
    *(nodes.bullet_list, nodes.enumerated_list),
)


class NoteDirective(Record):
    """A note -> container; `recording.label_notes` opens its first line."""

    option_spec: ClassVar[OptionSpec] = {**Record.option_spec, 'label': unchanged_required}

    def run(self) -> list[Node]:
        hand, key = self.name.rpartition(':')[2].removesuffix('-note'), self.key
        witness, label = self.domain.kinds.hands[hand].witness, self.options.get('label')
        if not witness and (label or key.isdecimal()):
            raise self.error('an editors’ note has a word for a key, and gets a letter by itself')
        if witness and not label and not key.isdecimal():
            raise self.error(
                'the key of a note of the witness is its number there; else write “:label:”, '
                'followed by its mark there'
            )
        if not witness:
            self.require('certainty', 'sources')
        note = Note(
            key=key,
            hand=hand,
            docname=self.env.current_document.docname,
            line=self.lineno,
            body='\n'.join(self.content),
            **self.options,
        )
        self.domain.note_note(note)
        content = self.parse_content_to_nodes()
        body = [child for child in content if isinstance(child, NOTE)]
        others = [child for child in content if not isinstance(child, NOTE)]
        if not body or others:
            advice = 'this one is empty'
            if others:
                advice = 'close it with “:::”, or put a table or picture on a page of its own'
            message = f'a note holds paragraphs, quotations, verse and lists; {advice}'
            warn(Trouble.MARKUP, message, self.get_location())
        body = body or [nodes.paragraph()]
        if not witness:
            body.append(self.evidence())
        classes = ['annotation', hand] + ['source'] * witness
        container = nodes.container('', *body, classes=classes, ids=[note.id], note=key)
        self.set_source_info(container)
        return [container, *others]
