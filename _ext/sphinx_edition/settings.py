"""Settings of Sphinx and its extensions that every edition shares; conf.py may say otherwise."""

from __future__ import annotations

import os
from copy import deepcopy
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from .data.identity import joined
from .data.language import _, speak
from .data.problems import Trouble
from .diagnostics import stop, warn

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.config import Config

SHARED: dict[str, object] = {
    'include_patterns': ['index.md', 'chapters/**', 'notes/**'],
    'primary_domain': 'edition',
    'nitpicky': True,
    'smartquotes': False,  # the witness's characters are typed, not guessed
    'myst_enable_extensions': ['colon_fence'],
    'myst_footnote_transition': False,
    'bibtex_reference_style': 'edition',
    'bibtex_default_style': 'edition',
    'bibtex_cite_id': 'source-{key}',
    'bibtex_tooltips': False,  # they serve the mouse alone, and each source would be set twice
    'html_theme': 'edition',
    'html_use_index': False,
    'html_copy_source': False,
    'html_permalinks': False,
    'html_last_updated_fmt': None,
    'epub_show_urls': 'no',
}
SOURCES = 'notes/sources.bib'
# not looked through for pages: what systems and programs leave behind, what was built or installed
NO_SOURCES = (
    '.*',
    '**/.*',
    '_build',
    '_ext',
    'node_modules',
    'audit',
    'tests',
    'benchmarks',
    'witness',
)


def settle_config(app: Sphinx, config: Config) -> None:
    """Fill in what conf.py leaves open (`config-inited`, before anyone reads it)."""
    try:
        language = speak(config.language, [app.confdir / name for name in config.locale_dirs])
    except ValueError as error:
        stop(f'{app.confdir / "conf.py"}:1', f'language: {error}')
    config.language = language.tag.replace('-', '_')  # as Sphinx names its catalogues
    if not language.known:
        message = (
            f'the engine’s own words are not known in “{language.tag}” and stay English; '
            f'translate them in {config.locale_dirs[0]}/{config.language}/LC_MESSAGES/edition.po'
        )
        warn(Trouble.LANGUAGE, message, f'{app.confdir / "conf.py"}:1')
    given = config._raw_config.keys() | config.overrides.keys()  # Sphinx has no public way

    def fill(values: dict[str, object]) -> None:
        for name in values.keys() - given:
            setattr(config, name, deepcopy(values[name]))  # extensions write into theirs

    fill(SHARED)
    fill(derived(app, config))
    config.html_baseurl = site(config)
    for name, file in config.edition_fonts.items():
        if not (app.srcdir / file).is_file():
            message = f'edition_fonts: “{name}”: there is no file “{file}”'
            stop(f'{app.confdir / "conf.py"}:1', message)
    config.exclude_patterns = [*config.exclude_patterns, *NO_SOURCES, *not_published(config)]


def derived(app: Sphinx, config: Config) -> dict[str, object]:
    """What follows from the rest of conf.py, and from where the edition is built."""
    title = config.edition.get('title') or config.project
    address = site(config)
    found = (Path(app.srcdir) / SOURCES).is_file()
    return {
        'project': title,
        'html_title': title,
        'version': config.release,
        'release': config.version,
        'notfound_context': {'title': _('No such page')},
        'notfound_template': '404.html' if config.html_theme == 'edition' else 'page.html',
        'bibtex_bibfiles': [SOURCES] if found else [],
        'notfound_urls_prefix': urlsplit(address).path or '/',  # a missing page may lie anywhere
    }


def site(config: Config) -> str:
    """The address of the edition on the web, with the “/” that all others are joined to; or ''."""
    address = config.html_baseurl or os.environ.get('READTHEDOCS_CANONICAL_URL', '')
    return joined(address, '')


def not_published(config: Config) -> list[str]:
    """Files beside the styles of the web edition that it has no use for."""
    styles = [file if isinstance(file, str) else file[0] for file in config.epub_css_files]
    cover = PurePosixPath(config.edition.get('cover') or '').name
    return [f'**/{name}' for name in [*styles, cover] if name]
