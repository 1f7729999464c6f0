"""A correspondence by several hands, never translated; `_ext` is on the path."""

edition = {
    'title': 'Lettres de la lampe',
    'author': ('armand-vasseur', 'lucie-morel'),
    'editor': 'The Editors',
    'description': 'Invented letters, as their manuscripts have them.',
    'source': {
        'kind': 'manuscript',
        'place': 'Port-Lune',
        'repository': 'Archives du phare',
        'copy': 'autograph',
    },
    'identifier': 'urn:uuid:00000000-0000-5000-8000-000000000014',
    'rights': 'Invented for tests; free for any use.',
    'licence': 'https://creativecommons.org/publicdomain/zero/1.0/',
}
copyright = '2026, The Editors'
language = 'fr'
version = '1.0'
extensions = ['sphinx_edition']

# web: the plainest theme, for what does not depend on one
html_theme = 'basic'
# their own: the themes that `edition` inherits from write into the common defaults
html_theme_options, templates_path = {}, []
