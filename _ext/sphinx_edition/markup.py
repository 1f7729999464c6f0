"""What an editor types: roles and directives, and the neutral doctree they become.

The text of that tree is the text of the witness: numbers, marks, corrections and normalised
dates are attributes of nodes, which each output shows in its own way.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, ClassVar, cast

from docutils import nodes
from docutils.parsers.rst import directives
from docutils.parsers.rst.directives import unchanged_required
from sphinx import addnodes
from sphinx.util import logging
from sphinx.util.docutils import SphinxDirective, SphinxRole
from sphinxcontrib.bibtex.roles import CiteRole

from . import dates
from .model import (
    AUTHORITIES,
    CERTAINTY,
    KEY,
    KINDS,
    PARTS,
    Entry,
    Note,
    Trouble,
    language,
    suggestion,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from docutils.nodes import Element, Node, system_message
    from sphinx.util.typing import OptionSpec, RoleFunction

    from .domain import EditionDomain
    from .model import Mark

logger = logging.getLogger(__name__)

TARGET = re.compile(r'(?P<text>.*?)\s*<(?P<target>[^<>]*)>', re.DOTALL)


def split_target(content: str) -> tuple[str, str]:
    """The two halves of a role's content: ``words <target>`` -> (words, target).

    Without a target both halves are the content. Only the last ``<…>`` counts, so the words
    may hold roles of their own.
    """
    match = TARGET.fullmatch(content)
    return (match['text'], match['target'].strip()) if match else (content, content)


class EditionRole(SphinxRole):
    """A role whose words may hold markup."""

    def inline(self, text: str, classes: str = '', **attributes: str) -> nodes.inline:
        """Parse *text* into an inline node with *classes* and *attributes*."""
        parent = cast('nodes.Element', getattr(self.inliner, 'parent', nodes.inline()))
        children, _ = self.inliner.parse(text, self.lineno, self.inliner, parent)  # type: ignore[arg-type]
        node = nodes.inline(self.rawtext, '', *children, classes=classes.split(), **attributes)
        self.set_source_info(node)
        return node

    def reject(self, advice: str) -> tuple[list[Node], list[system_message]]:
        """Warn about a role that cannot be understood; its words stay."""
        typed = f'{{{self.name.rpartition(":")[2]}}}`{self.text}`'
        warn(Trouble.MARKUP, f'{typed}: {advice}', self.get_location())
        return [nodes.Text(split_target(self.text)[0])], []


class Naming(EditionRole):
    """``{person}`words <key>``` -> pending_xref; without words the name is shown."""

    def run(self) -> tuple[list[Node], list[system_message]]:
        words, key = split_target(self.text)
        kind = self.name.rpartition(':')[2]
        if not key or not words.strip() or set('{`<') & set(key):
            return self.reject(
                f'write {{{kind}}}`words <key>`; around a role within, use one more backtick'
            )
        explicit = bool(TARGET.fullmatch(self.text))  # the words may be the very key
        xref = pending(kind, key, self.inline(words), refexplicit=explicit)
        xref['refdoc'] = self.env.current_document.docname
        self.set_source_info(xref)
        return [xref], []


class Link(EditionRole):
    """``{note}`key``` and ``{passage}`id``` -> pending_xref, whose words the domain supplies."""

    def run(self) -> tuple[list[Node], list[system_message]]:
        kind, target = self.name.rpartition(':')[2], self.text.strip()
        words = target.replace('-', ' ') if kind == 'passage' else ''  # for the words around a mark
        xref = pending(kind, target, nodes.inline('', words))
        xref['refdoc'] = self.env.current_document.docname
        self.set_source_info(xref)
        return [xref], []


class Annotated(EditionRole):
    """``{sic}`words <value>``` -> inline of that class, the value in an attribute."""

    def __init__(self, attribute: str, check: Callable[[str], str] = str) -> None:
        self.attribute = attribute
        self.check = check

    def run(self) -> tuple[list[Node], list[system_message]]:
        name = self.name.rpartition(':')[2]
        if not TARGET.fullmatch(self.text):
            return self.reject(f'write {{{name}}}`words <{self.attribute}>`')
        words, value = split_target(self.text)
        try:
            return [self.inline(words, name, **{self.attribute: self.check(value)})], []
        except ValueError as error:
            return self.reject(str(error))


class Gloss(EditionRole):
    """``{gloss}`words``` -> inline: the translator's explanation within the text."""

    def run(self) -> tuple[list[Node], list[system_message]]:
        return [self.inline(self.text, 'gloss')], []


class Supplied(EditionRole):
    """``{supplied}`words``` -> inline in square brackets: where the witness has no words."""

    def run(self) -> tuple[list[Node], list[system_message]]:
        return [self.inline(f'[{self.text}]', 'supplied')], []


class Part(SphinxDirective):
    """A named part of the witness, such as a dateline -> paragraph marked with its name."""

    has_content = True

    def run(self) -> list[Node]:
        self.assert_has_content()
        children = self.parse_content_to_nodes()
        name = self.name.rpartition(':')[2]
        if [type(child) for child in children] != [nodes.paragraph]:
            message = f'{{{name}}} holds one paragraph; close it with “:::” after that'
            warn(Trouble.MARKUP, message, self.get_location())
        for child in children[:1]:
            cast('Element', child)['part'] = name
        return children


class Editorial(SphinxDirective):
    """The editor's words among the witness's -> container."""

    has_content = True

    def run(self) -> list[Node]:
        self.assert_has_content()
        return [nodes.container('', *self.parse_content_to_nodes(), classes=['editorial'])]


def listed(separator: str) -> Callable[[str | None], tuple[str, ...]]:
    """An option that holds several values."""

    def split(argument: str | None) -> tuple[str, ...]:
        text = unchanged_required(cast('str', argument))  # which refuses None
        parts = (' '.join(part.split()) for part in text.split(separator))
        return tuple(part for part in parts if part)

    return split


def keys(argument: str | None) -> tuple[str, ...]:
    """An option that holds keys of sources."""
    for key in (found := listed(',')(argument)):
        if ' ' in key:
            raise ValueError(f'“{key}” is no key; write “key, key”')
    return found


def paired(argument: str | None) -> tuple[tuple[str, str], ...]:
    """An option that holds several values, each a word and what it says."""
    pairs = [part.partition(' ') for part in listed(';')(argument)]
    for first, _, rest in pairs:
        if not rest:
            raise ValueError(f'“{first}” stands alone; write “word value; word value”')
    return tuple((first, rest) for first, _, rest in pairs)


def identified(argument: str | None) -> tuple[tuple[str, str], ...]:
    """An option that holds identifiers: an authority file, a space, the number there."""
    pairs = paired(argument)
    for scheme, value in pairs:
        if scheme not in AUTHORITIES:
            known = ', '.join(AUTHORITIES)
            raise ValueError(f'“{scheme}” is none of {known}{suggestion(scheme, AUTHORITIES)}')
        name, _, form = AUTHORITIES[scheme]
        if not re.fullmatch(form, value):
            raise ValueError(f'“{value}” is no identifier of {name}')
    return pairs


def dated(argument: str | None) -> tuple[tuple[str, str], ...]:
    """An option that holds events: EDTF, a space, what happened."""
    events = paired(argument)
    for when, _ in events:
        dates.check(when)
    return events


def day(argument: str | None) -> str:
    """An option that holds one date, not an interval."""
    return dates.one(argument or '')


def certainty(argument: str | None) -> str:
    """An option that holds one of TEI's certainties."""
    return directives.choice(argument or '', tuple(CERTAINTY))


class Record(SphinxDirective):
    """What entries and notes share: a key, a certainty, sources."""

    has_content = True
    required_arguments = 1
    final_argument_whitespace = True
    option_spec: ClassVar[OptionSpec] = {
        'certainty': certainty,
        'sources': keys,
    }

    @property
    def domain(self) -> EditionDomain:
        return cast('EditionDomain', self.env.domains['edition'])

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
        line = nodes.paragraph(classes=['evidence'])
        if word := CERTAINTY.get(self.options.get('certainty', '')):
            line += nodes.emphasis('', word)
            line += nodes.Text('. ')
        sources = self.options.get('sources', ())
        if sources == ('none',):
            line += nodes.Text('No source found.')
        elif sources:
            line += nodes.Text('Source: ' if len(sources) == 1 else 'Sources: ')
            line += CiteRole()(
                'cite:label', '', ','.join(sources), self.lineno, self.state.inliner
            )[0]
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
    }

    def run(self) -> list[Node]:
        self.require('name', 'certainty', 'sources')
        name = self.options.setdefault('name', self.key)
        entry = Entry(
            kind=self.name.rpartition(':')[2],
            key=self.key,
            docname=self.env.current_document.docname,
            line=self.lineno,
            **{'sort': name, **self.options},
        )
        self.domain.note_entry(entry)
        term = nodes.term('', '', nodes.strong('', entry.name, classes=['name']), ids=[entry.key])
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
    line = nodes.paragraph(classes=['identifiers'])
    for scheme, value in entry.identifiers:
        name, address, _ = AUTHORITIES[scheme]
        if len(line):
            line += nodes.Text(' · ')
        line += nodes.reference('', f'{name} {value}', refuri=address.format(value))
    return [line]


class NoteDirective(Record):
    """A note -> container, its first paragraph opening with the link back to the text."""

    def run(self) -> list[Node]:
        hand = self.name.rpartition(':')[2].removesuffix('-note')
        key = self.key
        if (hand == 'editor') == key.isdecimal():
            raise self.error(
                'an editor’s note has a word for a key, a note of the witness its number there'
            )
        if hand == 'editor':
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
        body = [child for child in content if isinstance(child, nodes.paragraph)]
        others = [child for child in content if not isinstance(child, nodes.paragraph)]
        if not body or others:
            advice = 'this one is empty'
            if others:
                advice = 'close it with “:::”, or put a table or list on a page of its own'
            message = f'a note holds one or more paragraphs and nothing else; {advice}'
            warn(Trouble.MARKUP, message, self.get_location())
        body = body or [nodes.paragraph()]
        body[0].insert(0, [pending('cited', key), nodes.Text(' ')])
        if hand == 'editor':
            body.append(self.evidence())
        classes = ['annotation', hand] + ['source'] * (hand != 'editor')
        container = nodes.container('', *body, classes=classes, ids=[note.id], note=key)
        self.set_source_info(container)
        return [container, *others]


class Overview(SphinxDirective):
    """A list or picture drawn from the whole edition -> container, filled when all is read."""

    def run(self) -> list[Node]:
        name = self.name.rpartition(':')[2]
        container = nodes.container(classes=['overview', name], overview=name, **self.options)
        self.set_source_info(container)
        return [container]


class Lifelines(Overview):
    """The overview that needs a day, on which it looks at all lives."""

    option_spec: ClassVar[OptionSpec] = {'at': day}

    def run(self) -> list[Node]:
        if 'at' not in self.options:
            raise self.error('lifelines need a day, such as “:at: 1946-07-06”')
        return super().run()


class Downloads(Overview):
    """The overview of the edition’s files, which bear its name."""

    def run(self) -> list[Node]:
        [container] = super().run()
        cast('Element', container)['slug'] = cast(
            'EditionDomain', self.env.domains['edition']
        ).edition.slug
        return [container]


def pending(
    kind: str, target: str, words: Element | None = None, **attributes: object
) -> addnodes.pending_xref:
    """A reference that the domain resolves once everything is read."""
    xref = addnodes.pending_xref(
        '',
        words or nodes.inline(),
        refdomain='edition',
        reftype=kind,
        reftarget=target,
        **attributes,
    )
    xref.setdefault('refexplicit', False)
    return xref


def quoted(mark: Mark) -> list[Node]:
    """“ … Visited **Natalia** this morning …”: a mark among the words around it."""
    before, after = mark.before.lstrip(), mark.after.rstrip()
    return [
        nodes.Text(f' … {before}' if before else ' '),
        nodes.strong('', mark.text),
        nodes.Text(f'{after} …' if after else ''),
    ]


def warn(trouble: Trouble, message: str, location: str | tuple[str, int | None] | Node) -> None:
    """One warning, with its place."""
    logger.warning(message, location=location, type='edition', subtype=trouble.value)


ROLES: dict[str, RoleFunction] = {
    **{kind: Naming() for kind in KINDS},
    'note': Link(),
    'passage': Link(),
    'sic': Annotated('meant'),
    'date': Annotated('when', dates.check),
    'foreign': Annotated('lang', language),
    'gloss': Gloss(),
    'supplied': Supplied(),
}
DIRECTIVES: dict[str, type[SphinxDirective]] = {
    **dict.fromkeys(KINDS, EntryDirective),
    **dict.fromkeys(PARTS, Part),
    'translator-note': NoteDirective,
    'editor-note': NoteDirective,
    'editorial': Editorial,
    **dict.fromkeys(('emendations', 'chronology', 'named'), Overview),
    'lifelines': Lifelines,
    'downloads': Downloads,
}
