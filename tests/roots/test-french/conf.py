"""Une édition française, non traduite; `_ext` is on the path."""

edition = {
    'title': 'Lettres d’un été',
    'subtitle': 'Correspondance et journal',
    'author': 'jeanne-evrard',
    'editor': 'Les éditeurs',
    'description': 'Des lettres inventées et un journal inventé, en français.',
    'subjects': ('Lettres – Fiction',),
    'source': {
        'kind': 'manuscript',
        'title': 'Papiers Évrard',
        'place': 'Charleville',
        'repository': 'Bibliothèque de la Côte',
        'shelfmark': 'Ms. 14',
        'copy': 'autographe',
        'date': '1873',
    },
    'identifier': 'urn:uuid:00000000-0000-5000-8000-000000000015',
    'rights': 'Inventé pour des essais.',
    'licence': 'https://creativecommons.org/publicdomain/zero/1.0/',
}
copyright = '2026, Les éditeurs'
language = 'fr'
version = '1.0'
extensions = ['sphinx_edition']
