"""What pages show of each other: lists of mentions, copies of notes; which pages became stale."""

from __future__ import annotations

import json
import os
from abc import ABC, abstractmethod
from collections import deque
from functools import lru_cache
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, cast

from docutils import nodes
from sphinx import addnodes
from sphinx.transforms.post_transforms import SphinxPostTransform

from .checks import problems, sound
from .downloads import downloads
from .drawing import Drawing, drawn
from .markup import pending, quoted, warn
from .model import Emendation, suggestion
from .pictures import chronology, lifelines, named
from .reading import marks
from .safety import stop

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from docutils.nodes import Element, Node
    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment
    from sphinxcontrib.bibtex.domain import BibtexDomain

    from .domain import EditionDomain
    from .model import Mention, Note
    from .registry import Registry


SHOWN = 'shown.json'
MAKERS = ('author', 'translator', 'transcriber')  # fields of the edition that name people


def settle(app: Sphinx, env: BuildEnvironment) -> list[str]:
    """Once all is read (`env-updated`): report problems; return the pages to write again.

    Runs for every builder, also when nothing was read, so that no output is built on doctrees
    whose faults only an earlier build reported. What was written for a page that is no more goes.
    """
    domain = cast('EditionDomain', env.domains['edition'])
    domain.settle()
    written.cache_clear()
    found = list(problems(domain.registry))
    for problem in found:
        warn(problem.trouble, problem.message, (problem.docname, problem.line))
    if found:
        domain.registry = sound(domain.registry)
    registry = domain.registry
    makers = [app.config.edition[role] for role in MAKERS if app.config.edition]
    for key in makers:
        if ('person', key) not in registry.entries:
            known = [other for kind, other in registry.entries if kind == 'person']
            hint = suggestion(key, known)
            stop(f'{app.confdir / "conf.py"}:1', f'edition: no person has the key “{key}”{hint}')
    sources = cast('BibtexDomain', env.domains['cite']).citations
    everywhere = repr([
        [registry.entries['person', key] for key in makers],
        [(page.docname, page.title, page.front) for page in registry.pages],
        env.tocs[env.config.root_doc].pformat(),
        sorted(env.toctree_includes.items()),
        [(c.citation_id, c.formatted_entry.label, c.entry) for c in sources],
    ])  # fmt: skip
    texts = {'': everywhere, **{page.docname: registry.shown(page) for page in registry.pages}}
    shown = {name: sha256(text.encode()).hexdigest() for name, text in texts.items()}
    before = remembered(app).get(output(app), {})
    domain.shown = shown
    for docname in before.keys() - shown.keys():
        for file in app.outdir.glob(f'{docname}.*'):
            file.unlink()
    stale = [name for name, digest in shown.items() if before.get(name) != digest]
    return [page.docname for page in registry.pages] if '' in stale else stale


def remember(app: Sphinx, exception: Exception | None) -> None:
    """Keep what the pages written now show of others (`build-finished`).

    For each output folder, since one build must not hide from the next what has changed; and
    last, since a build that was broken off has not written them all.
    """
    if exception is None:
        domain = cast('EditionDomain', app.env.domains['edition'])
        text = json.dumps({**remembered(app), output(app): domain.shown}, sort_keys=True)
        (app.doctreedir / SHOWN).write_text(text, encoding='utf-8')


def remembered(app: Sphinx) -> dict[str, dict[str, str]]:
    """Output folder -> docname -> digest of what the page showed of others."""
    file = app.doctreedir / SHOWN
    return json.loads(file.read_text(encoding='utf-8')) if file.is_file() else {}


def output(app: Sphinx) -> str:
    """The output folder, as seen from the doctrees'."""
    return Path(os.path.relpath(app.outdir, app.doctreedir)).as_posix()


class FillBacklinks(SphinxPostTransform):
    """Fill what the registers and lists leave open until everything is read.

    Before:  bullet_list entry=(person, koka)
    After:   bullet_list (list_item (paragraph (pending_xref mention, “ … ”, strong, “ …”)))

    Priority 5: before the references are resolved (10).
    """

    default_priority = 5

    @property
    def registry(self) -> Registry:
        return cast('EditionDomain', self.env.domains['edition']).registry

    def run(self, **kwargs: object) -> None:
        for mentions in self.document.findall(nodes.bullet_list):
            if 'entry' in mentions:
                mentions += [self.mention(m) for m in self.registry.mentions[mentions['entry']]]
        for forms in list(self.document.findall(nodes.paragraph)):
            if 'entry' in forms:
                self.forms(forms)
        for overview in self.document.findall(nodes.container):
            if 'overview' in overview:
                for part in OVERVIEWS[overview['overview']](self.registry, overview):
                    overview += self.drawn(part) if isinstance(part, Drawing) else part

    def drawn(self, drawing: Drawing) -> list[nodes.raw]:
        """A drawing as this output draws, if it does."""
        # Sphinx has no public way from here to the builder; its own resolver goes this one.
        return drawn(drawing, self.env._app.builder, self.env.current_document.docname)

    def mention(self, mention: Mention) -> nodes.list_item:
        """“diary 1  … Visited **Natalia** this morning …”, a link to the very place."""
        locus = nodes.inline('', self.registry.locus(mention))
        link = pending('mention', mention.id, locus, refexplicit=True)
        return nodes.list_item('', nodes.paragraph('', '', link, *quoted(mention)))

    def forms(self, paragraph: Element) -> None:
        """“also Natalia Ivanovna Sedova; in the text *Natalia*, *N.*”"""
        kind, key = paragraph['entry']
        entry = self.registry.entries[kind, key]
        found = dict.fromkeys(mention.form for mention in self.registry.mentions[kind, key])
        found.pop(entry.name, None)
        if entry.variants:
            paragraph += nodes.Text(f'also {"; ".join(entry.variants)}')
        if found:
            paragraph += nodes.Text('; in the text ' if entry.variants else 'in the text ')
            for n, form in enumerate(found):
                paragraph += [nodes.Text('; ' if n else ''), nodes.emphasis('', form)]
        if not len(paragraph):
            paragraph.parent.remove(paragraph)


class PlaceNotes(SphinxPostTransform, ABC):
    """Bring each note to the place where it is cited; an output says how, in `place`.

    Notes cited within a note that was brought here follow it. A note is brought once to a page,
    and never to the one it is written on. Priority 5: the copies hold references still to be
    resolved (10).
    """

    default_priority = 5

    def run(self, **kwargs: object) -> None:
        domain = cast('EditionDomain', self.env.domains['edition'])
        placed = {note['note'] for note in self.document.findall(nodes.container) if 'note' in note}
        todo = deque(note_marks(self.document))
        while todo:
            xref = todo.popleft()
            note = domain.registry.notes.get(xref['reftarget'])
            if note is None or note.key in placed:
                continue
            placed.add(note.key)
            body = self.body(note)
            nested = [mark for block in body for mark in note_marks(block)]
            todo.extendleft(reversed(nested))
            self.place(xref, note, domain.registry.labels[note.key], body)

    @abstractmethod
    def place(
        self, xref: addnodes.pending_xref, note: Note, label: str, body: list[nodes.paragraph]
    ) -> None:
        """Put *body* where this output wants it; *xref* is the mark, shown as *label*."""

    def body(self, note: Note) -> list[nodes.paragraph]:
        """Fresh copies of the note's paragraphs, without ids and without the link back."""
        docname = self.env.current_document.docname
        blocks = [paragraph.deepcopy() for paragraph in written(self.env, note.docname)[note.key]]
        for block in blocks:
            for node in block.findall(nodes.Element):
                node['ids'] = []
                if isinstance(node, addnodes.pending_xref):
                    node['refdoc'] = docname
        del blocks[0][:2]
        return blocks


def note_marks(tree: Element) -> list[addnodes.pending_xref]:
    """The places in *tree* where notes are cited."""
    return [mark for mark in marks(tree) if mark['reftype'] == 'note']


@lru_cache(maxsize=8)
def written(env: BuildEnvironment, docname: str) -> dict[str, list[nodes.paragraph]]:
    """Key -> paragraphs of every note written in *docname*. One document holds many notes."""
    containers = env.get_doctree(docname).findall(nodes.container)
    return {
        node['note']: cast('list[nodes.paragraph]', node.children)
        for node in containers
        if 'note' in node
    }


def emendations(registry: Registry, overview: Element) -> list[Node]:
    """The list of slips: where, what stands there, what is meant."""
    slips = nodes.bullet_list()
    for slip in registry.marks(Emendation):
        locus = pending(
            'mention', slip.within, nodes.inline('', registry.locus(slip)), refexplicit=True
        )
        slips += nodes.list_item(
            '',
            nodes.paragraph(
                '', '', locus, nodes.Text(f': {slip.text}, read '), nodes.emphasis('', slip.meant)
            ),
        )
    return [slips]


# name of an overview directive -> what fills it
OVERVIEWS: dict[str, Callable[[Registry, Element], Sequence[Node | Drawing]]] = {
    'emendations': emendations,
    'lifelines': lifelines,
    'chronology': chronology,
    'named': named,
    'downloads': downloads,
}
