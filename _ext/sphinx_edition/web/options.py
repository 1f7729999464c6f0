"""What an editor may set in `html_theme_options`: what keeps its meaning, and what is refused.

The theme `edition` inherits the options of sphinx-book-theme. What those do for the reader, it does
as well; what they do to parts that it has not is told with a reason, and what is none of them is a
mistake.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple
from urllib.parse import quote, urlsplit

from ..data.language import _
from ..data.problems import Trouble, suggestion
from ..diagnostics import warn

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.config import Config

THEME = 'edition'

SLOTS = (
    *('article_header_start', 'article_header_end', 'article_footer_items'),
    *('footer_content_items', 'primary_sidebar_end', 'secondary_sidebar_items'),
)
BUTTONS = (
    *('use_repository_button', 'use_source_button'),
    *('use_edit_page_button', 'use_issues_button'),
)
KEPT = {
    *SLOTS,
    *BUTTONS,
    *('repository_url', 'repository_branch', 'repository_provider', 'path_to_docs'),
    *('announcement', 'logo', 'logo_link', 'extra_footer', 'toc_title'),
    *('show_prev_next', 'home_page_in_toc', 'preload', 'frame'),
}
# why an option of the theme means nothing here -> those of which this is true
REFUSED = {
    'the source of a page is not offered for download; the foot of each page names the forms of '
    'the whole edition': ('use_download_button',),
    'the pages have no such part; the one line at their head holds title, contents, search and '
    'display': (
        *('navbar_start', 'navbar_center', 'navbar_end', 'navbar_persistent', 'navbar_align'),
        *('header_links_before_dropdown', 'header_dropdown_text', 'search_bar_text'),
        *('external_links', 'icon_links', 'icon_links_label', 'footer_start', 'footer_center'),
        *('footer_end', 'content_footer_items', 'sticky_banners'),
    ),
    'an address is said in words: name it in “extra_footer”, or set “repository_url”': (
        *('github_url', 'gitlab_url', 'bitbucket_url', 'twitter_url'),
    ),
    'nothing is loaded from elsewhere, and nobody is counted': ('analytics', 'launch_buttons'),
    'no script of the theme runs on the pages': (
        *('use_fullscreen_button', 'navigation_with_keys', 'search_as_you_type', 'disable_search'),
        *('switcher', 'check_switcher', 'show_version_warning_banner', 'back_to_top_button'),
    ),
    'the contents show the parts of the book and the pages around, however long it is': (
        *('show_navbar_depth', 'max_navbar_depth', 'collapse_navbar', 'expand_toc_sections'),
        *('show_nav_level', 'show_toc_level', 'navigation_depth', 'collapse_navigation'),
        *('sidebar_includehidden', 'globaltoc_collapse', 'globaltoc_includehidden'),
        *('globaltoc_maxdepth',),
    ),
    'notes stand beside their lines in any case': ('use_sidenotes',),
    'colours and widths are those of the style sheet: set them in a file of “html_css_files”': (
        *('pygments_light_style', 'pygments_dark_style', 'pygment_light_style'),
        *('pygment_dark_style', 'nosidebar', 'sidebarwidth', 'body_min_width', 'body_max_width'),
    ),
    'links are shown as they are written': ('shorten_urls',),
    'it tells Sphinx’s own search, of which there is none here': ('enable_search_shortcuts',),
    'what the theme complains of is not heard here': ('surface_warnings',),
}
REASONS = {name: reason for reason, names in REFUSED.items() for name in names}


def check_options(app: Sphinx, config: Config) -> None:
    """Tell of each option that means nothing, and leave it out (`config-inited`)."""
    if config.html_theme != THEME:
        return
    options: dict[str, Any] = dict(config.html_theme_options)
    place = f'{app.confdir}/conf.py:1'
    for name, value in list(options.items()):
        if message := fault(name, value, options):
            warn(Trouble.OPTION, f'html_theme_options: “{name}”: {message}', place)
            del options[name]
    config.html_theme_options = options


def fault(name: str, value: object, options: dict[str, Any]) -> str:
    """Why this option cannot be obeyed, or ''."""
    if name in REASONS:
        return f'{REASONS[name]}; take it out'
    if name not in KEPT:
        return f'no option has this name{suggestion(name, KEPT | REASONS.keys())}'
    if name in BUTTONS and yes(value) and not options.get('repository_url'):
        return 'it needs “repository_url”, the address of the repository'
    if name == 'repository_url' and not Repository.known(options):
        return (
            f'it is not known how {value} forms its addresses; set “repository_provider” to '
            '“github”, “gitlab” or “bitbucket”'
        )
    if name == 'announcement' and str(value).startswith('http'):
        return 'nothing is loaded from elsewhere; write the words themselves'
    if name == 'logo' and not isinstance(value, dict):
        return 'write a dictionary, such as {"image_light": "logo.png", "alt_text": "Press"}'
    if name == 'logo' and (wrong := value.keys() - LOGO):  # type: ignore[attr-defined]
        return f'it has no {", ".join(sorted(wrong))}, only {", ".join(LOGO)}'
    return ''


LOGO = ('image_light', 'image_dark', 'text', 'alt_text', 'link')


def yes(value: object) -> bool:
    """Whether an option is on; as in a theme’s own file, it may be a word."""
    return str(value).lower() == 'true'


# provider -> how its addresses are formed: to edit a file, to see it, to open an issue
FORMS = {
    'github': (
        '{url}/edit/{branch}/{path}',
        '{url}/blob/{branch}/{path}?plain=1',
        '{url}/issues/new?title=',
    ),
    'gitlab': (
        '{url}/-/edit/{branch}/{path}',
        '{url}/-/blob/{branch}/{path}?plain=1',
        '{url}/-/issues/new?issue[title]=',
    ),
    'bitbucket': (
        '{url}/src/{branch}/{path}?mode=edit',
        '{url}/src/{branch}/{path}',
        '{url}/issues/new?title=',
    ),
}


class Repository(NamedTuple):
    """Where the sources are kept, and how that host forms its addresses."""

    url: str
    provider: str
    branch: str
    folder: str

    @classmethod
    def known(cls, options: dict[str, Any]) -> Repository | None:
        """The repository of these options; None if there is none, or its host is not known."""
        url = str(options.get('repository_url') or '').rstrip('/')
        host = urlsplit(url).hostname or ''
        provider = str(options.get('repository_provider') or '').lower()
        provider = provider or next((name for name in FORMS if name in host), '')
        if not host or provider not in FORMS:
            return None
        branch = str(options.get('repository_branch') or 'main')
        folder = str(options.get('path_to_docs') or '').strip('/')
        return cls(url, provider, branch, f'{folder}/' if folder else '')

    def links(self, options: dict[str, Any], file: str, title: str) -> list[tuple[str, str, str]]:
        """(words, address, class) of each that is asked for, on the page made of *file*."""
        place = {'url': self.url, 'branch': self.branch, 'path': quote(f'{self.folder}{file}')}
        edit, source, issue = (form.format(**place) for form in FORMS[self.provider])
        found = {
            'use_repository_button': (_('Repository'), self.url, ''),
            'use_source_button': (_('Source of this page'), source, ''),
            'use_edit_page_button': (_('Edit this page'), edit, ''),
            'use_issues_button': (_('Suggest a correction'), f'{issue}{quote(title)}', 'suggest'),
        }
        of_page = [found[name] for name in BUTTONS if yes(options.get(name))]
        return of_page if file else [link for link in of_page if link[1] == self.url]
