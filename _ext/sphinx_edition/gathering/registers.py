"""Registers filled: each entry shows the forms in which it is named, and every place."""

from __future__ import annotations

from typing import TYPE_CHECKING

from docutils import nodes
from sphinx.transforms.post_transforms import SphinxPostTransform

from ..data.kinds import PERSON
from ..data.language import _, ngettext
from ..domain import edition_domain, pending
from ..vocabulary import opening
from .notes import speaker
from .words import emphasised, filled, joined, quoted

if TYPE_CHECKING:
    from collections.abc import Iterator

    from docutils.nodes import Element

    from ..data.records import Mention
    from ..data.registry import Registry


def written_words(n: int) -> dict[str, str]:
    """What a person has to do with chapters -> what is said of *n* of them."""
    return {
        'from': ngettext('Letter from: {chapters}', 'Letters from: {chapters}', n),
        'to': ngettext('Letter to: {chapters}', 'Letters to: {chapters}', n),
        'by': _('Author of: {chapters}'),
    }


class FillRegisters(SphinxPostTransform):
    """Fill what the registers leave open until everything is read.

    Before:  bullet_list entry=(person, koka)
    After:   bullet_list (list_item (paragraph (pending_xref mention, “ … ”, strong, “ …”)))

    Priority 5: before the references are resolved (10).
    """

    default_priority = 5

    @property
    def registry(self) -> Registry:
        return edition_domain(self.env).registry

    def run(self, **kwargs: object) -> None:
        for mentions in self.document.findall(nodes.bullet_list):
            if 'entry' in mentions:
                mentions += [self.mention(m) for m in self.registry.mentions[mentions['entry']]]
        for note in self.document.findall(nodes.container):
            if 'note' in note:
                opening(note.children)[2:2] = speaker(self.registry, note['note'])
            if 'note' in note and (places := self.registry.further_marks[note['note']]):
                note += self.further(note['note'], len(places))
        for forms in list(self.document.findall(nodes.paragraph)):
            if 'entry' in forms:
                forms.parent.insert(forms.parent.index(forms) + 1, [*self.letters(*forms['entry'])])
                self.forms(forms)

    def mention(self, mention: Mention) -> nodes.list_item:
        """“diary 1  … Visited **Natalia** this morning …”, a link to the very place."""
        locus = nodes.inline('', self.registry.locus(mention))
        link = pending('mention', mention.id, locus, refexplicit=True)
        return nodes.list_item('', nodes.paragraph('', '', link, *quoted(mention)))

    def further(self, key: str, count: int) -> nodes.paragraph:
        """“also diary 7, diary 9”: the marks of a note after the first."""
        marks = [pending('cited', f'{key} {n}') for n in range(1, count + 1)]
        words = filled(_('also {places}'), places=joined(marks))
        return nodes.paragraph('', '', *words, classes=['apparatus', 'marks'])

    def letters(self, kind: str, key: str) -> Iterator[nodes.paragraph]:
        """“Letters to: letter, letter 2”: what this person wrote, or was written."""
        written = self.registry.written.get(key, {}) if kind == PERSON else {}
        for role in written_words(1):
            if pages := written.get(role):
                chapters = joined((pending('page', page.docname) for page in pages), _('; '))
                words = filled(written_words(len(pages))[role], chapters=chapters)
                yield nodes.paragraph('', '', *words, classes=['letters'])

    def forms(self, paragraph: Element) -> None:
        """“also Natalia Ivanovna Sedova; in the text *Natalia*, *N.*”"""
        kind, key = paragraph['entry']
        entry = self.registry.entries[kind, key]
        found = dict.fromkeys(mention.form for mention in self.registry.mentions[kind, key])
        found.pop(entry.name, None)
        found.pop('', None)  # a name that cannot be read
        if entry.variants:
            names = emphasised(_('; ').join(entry.variants))
            paragraph += filled(_('also {names}'), names=names)
        if found:
            paragraph += nodes.Text(_('; ') if entry.variants else '')
            forms = joined((nodes.emphasis('', form) for form in found), _('; '))
            paragraph += filled(_('in the text {forms}'), forms=forms)
        if not len(paragraph):
            paragraph.parent.remove(paragraph)
