"""An edition in four scripts beside the Latin one; `_ext` is on the path."""

from pathlib import Path

edition = {
    'title': 'Letters from the Four Winds',
    'author': 'ada-finch',
    'editor': 'The Editors',
    'description': 'An invented article and an invented letter, in many scripts.',
    'subjects': ('Scripts – Fiction',),
    'identifier': 'urn:uuid:00000000-0000-5000-8000-000000000014',
    'rights': 'Invented for tests; free for any use.',
    'licence': 'https://creativecommons.org/publicdomain/zero/1.0/',
}
# as Debian installs them
DEBIAN = {
    'DejaVu Sans': '/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf',
    'Droid Sans Fallback': '/usr/share/fonts-droid-fallback/truetype/DroidSansFallback.ttf',
}
edition_fonts = {name: file for name, file in DEBIAN.items() if Path(file).is_file()}
copyright = '2026, The Editors'
language = 'en-GB'
version = '1.0'
extensions = ['sphinx_edition']
