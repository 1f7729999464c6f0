"""Sphinx's own builders get through the neutral tree, and lose no word of the text."""

from __future__ import annotations

import html
import json
import re
from typing import TYPE_CHECKING

import pytest
from sphinx_edition.domain import EditionDomain

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.conftest import Small

# all of text and notes, but for marks and corrections, which each builder sets in its own way
WORDS = [
    'Elspeth Marrow',
    'From The Amity Quarterly, May–June 1871, pp. 12–14.',
    'Translated by Anna Lindqvist.',
    'A small edition for trying things out. Start with log 1.',
    'Fever and Fog',
    'March 2, 1869. Fog again over Port Amity. Tobias',
    'has the fever; I gave him two grains & a page of Winds to read ... “Is it real?” he asked.',
    'T. paid $4 for No. 7 lint @ 2/6 – #1 quality, 100% <pure>, [sic], a_b, a*b, `tick`, \\, ~ and '
    '^. The mate sleeps',
    'I like god afften',
    '[good evening] as a word.',
    '[Letter to the mate]',
    'Port Amity, March 5, ’69',
    'Dear Quill,',
    'You are well, says the Halcyon Company. Keep to half watches, and read the Atlas.',
    'Do not answer in verse.',
    'Your friend,',
    'E. M.',
    'The ship’s mate, author of Sogns',
    'Ship fever, as the Company’s logbook shows (Quill 1869). He was well again by letter 1.',
    'A second paragraph.',
    'Surgeon of the Halcyon (Marrow 1870). She wrote to Quill.',
    'Nothing is known of her.',
    'On no chart.',
    'log 2: afften, read afton',
    'Last updated on 1 May 1872',
]

# the words of each format: what is not its own markup


def of_text(text: str) -> str:
    """Asterisks are emphasis, or underline a title."""
    return re.sub(r'(?<!\w)\*(?=\S)|(?<=\S)\*(?!\w)', '', text)


def of_pseudoxml(text: str) -> str:
    """A tag has a line of its own."""
    return re.sub(r'^ *<\w+( .*)?>$', '', text, flags=re.MULTILINE)


def of_xml(text: str) -> str:
    return html.unescape(re.sub(r'<[^<>]*>', '', text))


def of_json(text: str) -> str:
    page = json.loads(text)
    return of_xml(page.get('title', '') + page.get('body', ''))


TEX = {'endash': '–', 'less': '<', 'greater': '>', 'asciigrave': '`', 'backslash': '\\'}
TEX |= {'asciitilde': '~', 'asciicircum': '^'}


def of_latex(text: str) -> str:
    _, _, body = text.partition(r'\begin{document}')
    command = (
        r'\\text(\w+)\{\}|\\([&$#%_])|\{([\[\]])\}'  # characters, then markup
        r'|\\label\{\\detokenize\{[^}]*\}\}|\\hyperref\[[^]]*\]'
        r'|\\(?:begin|end|hyperlink|DUrole)\{[^}]*\}|\\[a-zA-Z]+|[{}]'
    )
    return re.sub(command, lambda m: TEX.get(m[1], '') or m[2] or m[3] or '', body)


ROFF = {r'\e': '\\', r'\(ga': '`', r'\-': '-'}


def of_man(text: str) -> str:
    body = re.sub(r'^\.(SH )?', '', text, flags=re.MULTILINE)
    mark = r'\\e|\\\(ga|\\-|\\%<[^>]*>|\\f[BIP]|\\[&: ]'
    return re.sub(mark, lambda m: ROFF.get(m[0], ''), body)


READERS: dict[str, tuple[str, Callable[[str], str]]] = {
    'text': ('*.txt', of_text),
    'xml': ('*.xml', of_xml),
    'pseudoxml': ('*.pseudoxml', of_pseudoxml),
    'latex': ('*.tex', of_latex),
    'man': ('*.1', of_man),
    'singlehtml': ('*.html', of_xml),
    'dirhtml': ('*.html', of_xml),
    'json': ('*.fjson', of_json),
}


def squeezed(text: str) -> str:
    """Lines end anywhere, and man pages shout their headings."""
    return re.sub(r'\s', '', text).casefold()


@pytest.mark.parametrize('builder', READERS)
def test_builder_loses_no_word(builder: str, mini: Callable[[str], Path]) -> None:
    pattern, words_of = READERS[builder]
    files = mini(builder).rglob(pattern)
    text = squeezed(' '.join(words_of(path.read_text('utf-8')) for path in files))
    assert [words for words in WORDS if squeezed(words) not in text] == []


def test_gettext(small: Small) -> None:
    built = small.build('gettext')
    assert built.status == 0, built.warnings
    catalogue = (built.outdir / 'chapters.pot').read_text(encoding='utf-8')
    assert 'chapters/log.md:12' in catalogue
    assert 'msgid "Do not answer in verse."' in catalogue


def lost(source: Small) -> list[str]:
    """Addresses that linkcheck collects within the edition, and that no page has."""
    source.write('conf.py', source.read('conf.py') + "linkcheck_ignore = ['https:']\n")
    pages = source.build('html').outdir.rglob('*.html')
    ids = {
        name for page in pages for name in re.findall(r'\bid="([^"]+)"', page.read_text('utf-8'))
    }
    checked = source.build('linkcheck')
    lines = (checked.outdir / 'output.json').read_text('utf-8').splitlines()
    addresses = [json.loads(line)['uri'] for line in lines]
    within = [address for address in addresses if not address.startswith('https:')]
    assert within
    return [address for address in within if address.removeprefix('#') not in ids]


def test_linkcheck_finds_no_broken_address_within(small: Small) -> None:
    assert lost(small) == []


def test_an_address_that_leads_nowhere_is_found(
    small: Small, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What the test above asks fails when every link is broken."""
    find = EditionDomain._find

    def lead_nowhere(self: EditionDomain, typ: str, target: str) -> tuple[str, str, str] | None:
        found = find(self, typ, target)
        return found and (found[0], 'nowhere-at-all', found[2])

    monkeypatch.setattr(EditionDomain, '_find', lead_nowhere)
    assert lost(small) == ['#nowhere-at-all']
