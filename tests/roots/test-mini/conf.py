"""A small edition of an invented text, in the markup of the real one; `_ext` is on the path."""

edition = {
    'title': 'Two Papers of a Ship’s Surgeon',
    'subtitle': 'From the Brig Halcyon',
    'author': 'elspeth-marrow',
    'translator': 'anna-lindqvist',
    'transcriber': 'anna-lindqvist',
    'editor': 'The Editors',
    'description': 'An invented log entry and an invented letter.',
    'subjects': ('Naval medicine – Fiction',),
    'source': {
        'kind': 'journal',
        'title': 'The Amity Quarterly',
        'volume': 'II',
        'issue': '3',
        'date': '1871-05/1871-06',
        'pages': '12–14',
        'address': 'https://example.org/halcyon.html',
        'series': 'Papers of the Halcyon',
        'number': '1',
    },
    'identifier': 'urn:uuid:00000000-0000-5000-8000-000000000001',
    'rights': 'Invented for tests; free for any use.',
    'licence': 'https://creativecommons.org/publicdomain/zero/1.0/',
}
copyright = '2026, The Editors'
language = 'en'
version = '1.0'
extensions = ['sphinx_edition']

# web: the plainest theme, for what does not depend on one
html_theme = 'basic'
# their own: the themes that `edition` inherits from write into the common defaults
html_theme_options, templates_path = {}, []
