"""How sources are cited: by author and year, “Gordeev 2023”, the same words in the bibliography."""

from __future__ import annotations

from collections import Counter
from copy import copy
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from docutils import nodes
from pybtex.backends.plaintext import Backend as PlainText
from pybtex.plugin import register_plugin as register_formatting
from pybtex.richtext import Text
from pybtex.style import FormattedEntry, template
from pybtex.style.formatting.plain import Style
from pybtex.style.labels import BaseLabelStyle
from pybtex.style.sorting import BaseSortingStyle
from pybtex.style.template import Node
from pybtex_docutils import Backend
from sphinx import addnodes
from sphinxcontrib.bibtex.citation_target import parse_citation_targets
from sphinxcontrib.bibtex.plugin import register_plugin as register_referencing
from sphinxcontrib.bibtex.style.referencing import BracketStyle
from sphinxcontrib.bibtex.style.referencing.label import LabelReferenceStyle
from sphinxcontrib.bibtex.transforms import BibliographyTransform

from ..data.bibliography import plain, work
from ..data.collating import alphabetical
from ..data.language import N_, _, spoken, told
from ..data.problems import Trouble, suggestion
from ..data.text import letters
from ..diagnostics import warn

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from pybtex.database import Entry
    from sphinx.application import Sphinx

LANGUAGE = 'language '  # how a tag of pybtex begins that says in which its words are

# field `read` of a source -> what the bibliography says of it
READ = {
    'full': N_('Read in full.'),
    'part': N_('Read in part.'),
    'abstract': N_('Only an abstract was read.'),
    'unseen': N_('Not seen.'),
}


# what pybtex says between the fields of a source
WORDS = (
    *(N_('in'), N_('In'), N_('of'), N_('and'), N_(' and '), N_(', and '), N_('editor')),
    *(N_('editors'), N_('volume'), N_('number'), N_('chapter'), N_('edition'), N_('pages')),
    *(N_('Volume'), N_('Number'), N_('PhD thesis'), N_("Master's thesis"), N_('Technical Report')),
)


def in_language(form: object) -> Any:
    """A template of pybtex with its words in the language of the edition."""
    if isinstance(form, str):
        return _(form) if form in WORDS else form
    if not isinstance(form, Node):
        return form
    said = copy(form)
    said.children = [in_language(child) for child in form.children]
    said.kwargs = {name: in_language(value) for name, value in form.kwargs.items()}
    return said


class AuthorYear(BaseLabelStyle):
    """“Getty et al. 1993”; “Serge 1950a”, “Serge 1950b”; without a year “Memorial”.

    A field `shorthand`, as in biblatex, is the label: “Diary IV”.
    """

    def format_labels(self, sorted_entries: Iterable[Entry]) -> Iterator[str]:
        labels = [author_year(entry) for entry in sorted_entries]
        count = Counter(labels)
        seen: Counter[str] = Counter()
        for label in labels:
            yield label + (letters(seen[label]) if count[label] > 1 else '')
            seen[label] += 1


def author_year(entry: Entry) -> str:
    """Who and when, “Getty et al. 1993”; or the shorthand."""
    if shorthand := entry.fields.get('shorthand'):
        return plain(shorthand)
    people = entry.persons.get('author') or entry.persons.get('editor') or []
    names = [plain(' '.join(person.prelast_names + person.last_names)) for person in people]
    short = {0: '', 1: '{0}', 2: _('{0} and {1}')}.get(len(names), _('{0} et al.'))
    who = short.format(*names) or plain(entry.fields.get('title', entry.key))
    return f'{who} {plain(entry.fields.get("year", ""))}'.strip()


class ByLabel(BaseSortingStyle):
    """One alphabet for people and institutions: that of the edition’s language."""

    def sorting_key(self, entry: Entry) -> tuple[tuple[int, ...], str]:
        return alphabetical(author_year(entry)), plain(entry.fields.get('title', ''))


class Bibliography(Style):
    """Sorted and labelled by author and year; an author who is the whole label is not repeated."""

    default_label_style = AuthorYear
    default_sorting_style = ByLabel

    def format_names(self, role: str, as_sentence: bool = True) -> Node:
        """Nothing for a sole author without a year: the label has said the name."""

        def names(_children: object, context: dict[str, Entry]) -> Text:
            entry = context['entry']
            label = author_year(entry)
            if [plain(str(person)) for person in entry.persons.get(role, ())] == [label]:
                return Text()
            return in_language(Style.format_names(self, role, as_sentence)).format_data(context)

        return Node('names', names)

    def format_title(self, entry: Entry, name: str, as_sentence: bool = True) -> Any:
        """A title in its language: see `InTree`. Of English ones alone capitals are lowered."""
        language = work(entry).language if name == 'title' else ''
        title = super().format_title(entry, name, as_sentence=False)
        if language:
            inner = title if language.partition('-')[0] == 'en' else template.field(name)
            title = template.tag(LANGUAGE + language)[inner]
        return template.sentence[title] if as_sentence else title

    def format_btitle(self, entry: Entry, name: str, as_sentence: bool = True) -> Any:
        """The title of a book, in its language."""
        language = work(entry).language if name == 'title' else ''
        title = super().format_btitle(entry, name, as_sentence=False)
        if language:
            title = template.tag(LANGUAGE + language)[title]
        return template.sentence[title] if as_sentence else title

    def format_entry(self, label: str, entry: Entry, bib_data: object = None) -> FormattedEntry:
        """The entry in the language of the edition, and how much of the source was read."""
        form = getattr(self, f'get_{entry.type}_template')(entry)
        context = {'entry': entry, 'style': self, 'bib_data': bib_data}
        text = in_language(form).format_data(context)
        formatted = FormattedEntry(entry.key, text, label)
        if remark := READ.get(entry.fields.get('read', '')):
            formatted.text = Text(formatted.text, ' ', _(remark))
        return formatted


class InTree(Backend):
    """Sources as nodes: what is tagged with a language becomes an inline node in it."""

    def format_tag(self, tag_name: str, text: list[nodes.Node]) -> list[nodes.Node]:
        own = tag_name.removeprefix(LANGUAGE)
        if own == tag_name:
            return super().format_tag(tag_name, text)
        return [nodes.inline('', '', *text, **told(own, spoken().tag))]


@dataclass
class Parenthesis(LabelReferenceStyle):
    """References in parentheses, “(Gordeev 2023, 12; Fagan 2004)”; `cite:alp` leaves these out."""

    bracket_parenthetical: BracketStyle = field(
        default_factory=lambda: BracketStyle('(', ')', '; ')
    )


def check_keys(app: Sphinx, doctree: nodes.document) -> None:
    """Warn of keys that no source has, and leave them as words (`doctree-read`)."""
    known = app.env.domains['cite'].data['bibdata'].data.entries
    for xref in list(doctree.findall(addnodes.pending_xref)):
        if xref['refdomain'] == 'cite':
            keys = [target.key for target in parse_citation_targets(xref['reftarget'])]
            for key in keys:
                if key not in known:
                    hint = suggestion(key, known)
                    message = (
                        f'no source has the key “{key}”{hint} (new ones go into the .bib file)'
                    )
                    warn(Trouble.KEY, message, xref)
            if not all(key in known for key in keys):
                xref.parent.replace(xref, nodes.Text(xref['reftarget']))


def register() -> None:
    """Make the two styles known to pybtex under the name “edition”, and sources nodes by `InTree`.

    The plain text is its own: registered, it is not looked for among all installed packages at
    each reference, which would take longer than all else about it.
    """
    register_formatting('pybtex.backends', 'plaintext', PlainText, force=True)
    register_formatting('pybtex.style.formatting', 'edition', Bibliography)
    register_referencing('sphinxcontrib.bibtex.style.referencing', 'edition', Parenthesis)
    BibliographyTransform.backend = InTree()  # chosen when its module is loaded
