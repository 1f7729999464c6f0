"""Which pages became stale: each keeps a digest of what it shows of others."""

from __future__ import annotations

import json
import os
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Protocol, cast, runtime_checkable

from ..data.checks import problems, sound
from ..data.kinds import PERSON
from ..data.problems import suggestion
from ..data.records import PEOPLE
from ..diagnostics import stop, warn
from ..domain import edition_domain
from .notes import written
from .overviews import OVERVIEWS

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment
    from sphinxcontrib.bibtex.domain import BibtexDomain

    from ..data.records import Entry
    from ..data.registry import Registry


SHOWN = 'shown.json'


@runtime_checkable
class Framed(Protocol):
    """A builder that knows what its pages show of others around their own words."""

    def frames(self) -> dict[str, object]:
        """Docname -> that; nothing if it may be anything, as in a theme of others."""


def settle(app: Sphinx, env: BuildEnvironment) -> list[str]:
    """Once all is read (`env-updated`): report problems; return the pages to write again.

    Runs for every builder, also when nothing was read, so that no output is built on doctrees
    whose faults only an earlier build reported. What was written for a page that is no more goes.
    """
    domain = edition_domain(env)
    domain.settle()
    written.cache_clear()
    found = list(problems(domain.registry))
    for problem in found:
        warn(problem.trouble, problem.message, (problem.docname, problem.line))
    if found:
        domain.registry = sound(domain.registry)
    registry = domain.registry
    everywhere = shown_everywhere(app, registry)
    texts = {'': everywhere, **{page.docname: registry.shown(page) for page in registry.pages}}
    listed, frames = shown_in_lists(env, registry), frames_of(app)
    for page in registry.pages:
        framed = page.docname in frames and not page.lists
        texts[page.docname] += repr(frames[page.docname]) if framed else listed
    for view in [view for page in registry.pages for view in page.overviews]:
        texts[view.docname] += repr(OVERVIEWS[view.name].shows(registry, view.of))
    shown = {name: sha256(text.encode()).hexdigest() for name, text in texts.items()}
    before = remembered(app).get(output(app), {})
    domain.shown = shown
    for docname in before.keys() - shown.keys():
        for file in app.outdir.glob(f'{docname}.*'):
            file.unlink()
    stale = [name for name, digest in shown.items() if before.get(name) != digest]
    return [page.docname for page in registry.pages] if '' in stale else stale


def shown_everywhere(app: Sphinx, registry: Registry) -> str:
    """What every page may show, as text."""
    env = app.env
    sources = cast('BibtexDomain', env.domains['cite']).citations
    texts = [page for page in registry.pages if page.kind]
    numbered = [page for page in texts if any(p.n.isdecimal() for p in page.passages)]
    shown: list[object] = [
        makers(app, registry),
        [(page.docname, page.title, page.front) for page in registry.pages[:1]],
        # what “How to cite” takes its example from
        [(page.docname, page.title, page.front, page.passages) for page in numbered[:1]],
        sorted({note.hand for note in registry.notes.values()}),
        [(c.citation_id, c.formatted_entry.label, c.entry) for c in sources],
    ]
    return repr(shown)


def shown_in_lists(env: BuildEnvironment, registry: Registry) -> str:
    """What a page that lists others may show, as text."""
    pages = [(page.docname, page.title, page.front) for page in registry.pages]
    toctree = env.tocs[env.config.root_doc].pformat()
    return repr([pages, toctree, sorted(env.toctree_includes.items())])


def frames_of(app: Sphinx) -> dict[str, object]:
    """Docname -> what an output shows of other pages around it; empty if that may be any."""
    return app.builder.frames() if isinstance(app.builder, Framed) else {}


def makers(app: Sphinx, registry: Registry) -> list[Entry]:
    """The people whom conf.py names; the build ends where one of them has no entry."""
    found = []
    edition = edition_domain(app.env).edition if app.config.edition else None
    for key in [key for role in PEOPLE if edition for key in getattr(edition, role)]:
        if (PERSON, key) not in registry.entries:
            known = [other for kind, other in registry.entries if kind == PERSON]
            hint = suggestion(key, known)
            stop(f'{app.confdir / "conf.py"}:1', f'edition: no person has the key “{key}”{hint}')
        found.append(registry.entries[PERSON, key])
    return found


def remember(app: Sphinx, exception: Exception | None) -> None:
    """Keep what the pages written now show of others (`build-finished`).

    For each output folder, since one build must not hide from the next what has changed; and
    last, since a build that was broken off has not written them all.
    """
    if exception is None:
        shown = edition_domain(app.env).shown
        text = json.dumps({**remembered(app), output(app): shown}, sort_keys=True)
        (app.doctreedir / SHOWN).write_text(text, encoding='utf-8')


def remembered(app: Sphinx) -> dict[str, dict[str, str]]:
    """Output folder -> docname -> digest of what the page showed of others."""
    file = app.doctreedir / SHOWN
    return json.loads(file.read_text(encoding='utf-8')) if file.is_file() else {}


def output(app: Sphinx) -> str:
    """The output folder, as seen from the doctrees'."""
    return Path(os.path.relpath(app.outdir, app.doctreedir)).as_posix()
