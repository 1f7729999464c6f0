"""Roles: markup within a line becomes neutral inline nodes."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, cast

from docutils import nodes
from sphinx.util.docutils import SphinxRole

from ..data import dates
from ..data.problems import Trouble, suggestion
from ..data.text import language
from ..diagnostics import warn
from ..domain import pending
from ..vocabulary import page_break

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from docutils.nodes import Node, system_message
    from sphinx.util.typing import RoleFunction


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

    def __init__(
        self, attribute: str, check: Callable[[str], str] = str, *, needed: bool = True
    ) -> None:
        self.attribute = attribute
        self.check = check
        self.needed = needed

    def run(self) -> tuple[list[Node], list[system_message]]:
        name = self.name.rpartition(':')[2]
        if not TARGET.fullmatch(self.text):
            if not self.needed:
                return [self.inline(self.text, name)], []
            return self.reject(f'write {{{name}}}`words <{self.attribute}>`')
        words, value = split_target(self.text)
        try:
            return [self.inline(words, name, **{self.attribute: self.check(value)})], []
        except ValueError as error:
            return self.reject(str(error))


class Marked(EditionRole):
    """``{gloss}`words``` -> inline of that class."""

    def run(self) -> tuple[list[Node], list[system_message]]:
        return [self.inline(self.text, self.name.rpartition(':')[2])], []


class Gap(EditionRole):
    """``{gap}`3 words``` -> inline without words: what cannot be read, and how much."""

    def run(self) -> tuple[list[Node], list[system_message]]:
        return [self.inline('', 'gap', extent=' '.join(self.text.split()))], []


class PageBreak(EditionRole):
    """``{pb}`369``` -> page_break."""

    def run(self) -> tuple[list[Node], list[system_message]]:
        number = self.text.strip()
        if not re.fullmatch('[0-9A-Za-z]+([.-][0-9A-Za-z]+)*', number):
            return self.reject('a page has a number such as 369, xii or 2r')
        node = page_break('', page=number, classes=['apparatus', 'pagebreak'])
        self.set_source_info(node)
        return [node], []


class Supplied(EditionRole):
    """``{supplied}`words``` -> inline in square brackets: where the witness has no words."""

    def run(self) -> tuple[list[Node], list[system_message]]:
        return [self.inline(f'[{self.text}]', 'supplied')], []


# where something was added (TEI Guidelines, att.placement); how something is set off
PLACES = ('above', 'below', 'inline', 'margin', 'end', 'opposite', 'overleaf')
RENDITIONS = ('underline', 'small-caps', 'letter-spaced', 'bold')


def one_of(values: Sequence[str]) -> Callable[[str], str]:
    """A check that a value is one of these."""

    def check(value: str) -> str:
        if value not in values:
            known = ', '.join(values)
            raise ValueError(f'“{value}” is none of {known}{suggestion(value, values)}')
        return value

    return check


ROLES: dict[str, RoleFunction] = {
    'note': Link(),
    'passage': Link(),
    'sic': Annotated('meant'),
    'date': Annotated('when', dates.check),
    'foreign': Annotated('lang', language),
    'gloss': Marked(),
    'supplied': Supplied(),
    'pb': PageBreak(),
    'del': Marked(),
    'add': Annotated('place', one_of(PLACES), needed=False),
    'unclear': Marked(),
    'gap': Gap(),
    'hi': Annotated('rend', one_of(RENDITIONS)),
}
