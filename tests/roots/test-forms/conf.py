"""An edition that holds every form a text can have, once; `_ext` is on the path."""

edition = {
    'title': 'Papers from a Lighthouse',
    'subtitle': 'A Diary, a Letter and a Report',
    'author': 'ines-calder',
    'translator': 'hugo-brandt',
    'transcriber': 'hugo-brandt',
    'editor': 'The Editors',
    'description': 'An invented diary, an invented letter and an invented report.',
    'subjects': ('Lighthouses – Fiction',),
    'source': {
        'kind': 'journal',
        'title': 'The Coast Review',
        'volume': 'IV',
        'issue': '2',
        'date': '1938-05',
        'pages': '368–374',
        'address': 'https://example.org/lighthouse.html',
        'series': 'Papers of the Coast',
        'number': '3',
    },
    'identifier': 'urn:uuid:00000000-0000-5000-8000-000000000013',
    'rights': 'Invented for tests; free for any use.',
    'licence': 'https://creativecommons.org/publicdomain/zero/1.0/',
}
edition_chapters = {
    'report': {
        'word': 'Report', 'needs': ('author', 'lang'), 'may': ('date', 'place'),
        'correspondence': False, 'described': False, 'tei': 'report', 'epub': 'chapter',
        'schema': 'Report', 'csl': 'report', 'zotero': 'bookSection',
    },
}  # fmt: skip
edition_hands = {
    'reader': {'word': 'Note of an early reader', 'witness': True, 'maker': 'ada-finch'},
    'reviser': {'word': 'Reviser’s note', 'witness': False, 'maker': ''},
}
copyright = '2026, The Editors'
language = 'en'
version = '1.0'
extensions = ['sphinx_edition']
