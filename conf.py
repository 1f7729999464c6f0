"""The edition’s configuration: what it is, then one block an output."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent / '_ext'))

edition = {
    'title': 'Measuring Kravchenko’s Testimony',
    'subtitle': 'Concluding the Diary of Victor Serge – VII',
    'author': 'victor-serge',
    'translator': 'james-fenwick',
    'transcriber': 'einde-ocallaghan',
    'editor': 'The editors of this edition',
    'description': (
        'Victor Serge’s diary entry of 6 July 1946, on a visit to Natalia Sedova, and his letter '
        'of 15 November 1946 on Victor Kravchenko’s I Chose Freedom: the English text of 1950, '
        'word for word, with notes and registers.'
    ),
    'subjects': (
        'Serge, Victor, 1890-1947--Diaries',
        'Serge, Victor, 1890-1947--Correspondence',
        'Kravchenko, Victor, 1905-1966. I Chose Freedom',
        'Soviet Union--Politics and government--1936-1953',
        'Forced labor--Soviet Union',
    ),
    'source': {
        'kind': 'journal',
        'title': 'The New International',
        'volume': 'XVI',
        'issue': '6',
        'date': '1950-11/1950-12',
        'pages': '368–371',
        'series': 'The Diary of Victor Serge',
        'number': '7',
        'address': 'https://www.marxists.org/archive/serge/1946/xx/kravchenko.html',
    },
    'identifier': 'urn:uuid:5b0c9d1e-7a4f-5d36-9c58-1f2a6e0b8d47',
    'rights': (
        'Notes, registers and data: Creative Commons Attribution 4.0. '
        'For the text of 1950 see “About this edition”, Rights.'
    ),
    'licence': 'https://creativecommons.org/licenses/by/4.0/',
    'cover': '_static/shutter.typ',
    'cover_alt': (
        'Above the title a closed shutter, its dark slats thinner from row to row; the last is red.'
    ),
}
copyright = '2026, the editors of this edition'
language = 'en'
version = '1.0.0'
extensions = ['sphinx_edition']

# web
html_theme_options = {
    'preload': ['fonts/roman.woff2', 'fonts/italic.woff2'],
    'frame': ['frame.css'],
}
html_favicon = '_static/icon.svg'
html_static_path = ['_static']
html_css_files = ['edition.css']
html_js_files = [('light.js', {'priority': 100}), ('edition.js', {'defer': 'defer'})]

# e-book
epub_css_files = ['epub.css']
