"""References: who, what and when in three formats, and forms as in two style books."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pikepdf
import pytest
from lxml import etree, html
from pybtex.database import parse_file
from sphinx_edition.data import citing

from tests.conftest import BASE, Small
from tests.ebook import LANG, opened

if TYPE_CHECKING:
    from pathlib import Path

PAGES = ('index', 'chapters/log', 'chapters/letter')
WHOLE = 'Two Papers of a Ship’s Surgeon: From the Brig Halcyon'


def record(site: Path, page: str) -> dict[str, object]:
    [item] = json.loads((site / f'{page}.json').read_text(encoding='utf-8'))
    return item


def test_dates_and_recipient(site: Path) -> None:
    letter, log = record(site, 'chapters/letter'), record(site, 'chapters/log')
    assert letter['issued'] == {'date-parts': [[1869, 3, 5]]}  # the day it was written
    assert letter['recipient'] == [{'family': 'Quill', 'given': 'Tobias'}]
    assert 'editor' not in letter, 'which Zotero would make a second author'
    assert log['issued'] == {'date-parts': [[1872, 5, 1]]}  # the day of this version
    assert log['original-date'] == {'date-parts': [[1871, 5], [1871, 6]]}
    assert log['medium'] == 'Diary entry, 2 March 1869'
    assert log['edition'] == 'digital edition, version 1.0'
    assert 'original-date' not in letter, 'it was not first published when it was written'
    assert 'recipient' not in log
    [(_, entry)] = parse_file(site / 'chapters/letter.bib', 'bibtex').entries.items()
    assert (entry.type, entry.fields['date']) == ('letter', '1869-03-05')
    assert entry.fields['type'] == 'Letter to Tobias Quill'
    assert entry.fields['howpublished'] == f'In {WHOLE}, edited by the Editors'
    ris = (site / 'chapters/letter.ris').read_text(encoding='utf-8')
    assert 'TY  - PCOMM\n' in ris
    assert 'A2  - Quill, Tobias\nA4  - Lindqvist, Anna\n' in ris
    assert 'DA  - 1869/03/05/\n' in ris
    assert f'DB  - {letter["archive"]}\n' in ris
    assert 'Printed in The Amity Quarterly 2, no. 3 (May–June 1871): 12–14\n' in ris


PRINTED = 'Printed in *The Amity Quarterly* 2, no. 3 (May–June 1871): 12–14.'
MADE = 'translated by Anna Lindqvist, edited by the Editors'
FORMS = {
    'chicago': {
        'index': f'Marrow, Elspeth. *{WHOLE}*. Translated by Anna Lindqvist. Edited by the '
        f'Editors. Digital edition, version 1.0, 1872. {PRINTED}',
        'chapters/log': 'Marrow, Elspeth. “Fever and Fog.” Diary entry, March 2, 1869. '
        f'In *{WHOLE}*, {MADE}. Digital edition, version 1.0, 1872. {PRINTED}',
        'chapters/letter': 'Marrow, Elspeth. [Letter to the mate], March 5, 1869. '
        f'In *{WHOLE}*, {MADE}. Digital edition, version 1.0, 1872. {PRINTED}',
    },
    'mla': {
        'index': f'Marrow, Elspeth. *{WHOLE}*. T{MADE[1:]}, digital edition, version 1.0, '
        f'1 May 1872{{}}. {PRINTED}',
        'chapters/log': f'Marrow, Elspeth. “Fever and Fog.” 2 Mar. 1869. *{WHOLE}*, {MADE}, '
        f'digital edition, version 1.0, 1 May 1872{{}}. {PRINTED}',
        'chapters/letter': 'Marrow, Elspeth. [Letter to the mate]. 5 Mar. 1869. '
        f'*{WHOLE}*, {MADE}, digital edition, version 1.0, 1 May 1872{{}}. {PRINTED}',
    },
}


def forms(site: Path, page: str) -> list[str]:
    """What “How to cite” says, its titles between asterisks."""
    [block] = html.parse(str(site / f'{page}.html')).xpath('//details[@class="citing"]')
    for title in block.iter('cite'):
        title.text = f'*{title.text}*'
    return [' '.join(line.text_content().split()) for line in block.iter('p')]


@pytest.mark.parametrize('page', PAGES)
def test_forms(page: str, site: Path) -> None:
    """The form of the style, then that this is a digital edition and where."""
    address = BASE + ('' if page == 'index' else f'{page}.html')
    chicago, mla, *_ = forms(site, page)
    assert chicago == f'Chicago: {FORMS["chicago"][page]} {address}.'
    assert mla == f'MLA: {FORMS["mla"][page].format(f", {address}")}'


def test_the_form_for_a_paragraph(site: Path) -> None:
    *_, paragraph, _ = forms(site, 'chapters/log')
    assert paragraph == (
        f'A paragraph: Elspeth Marrow, diary entry of 2 March 1869, par. 1, in *{WHOLE}*, trans. '
        f'Anna Lindqvist, ed. the Editors, digital edition, version 1.0, '
        f'{BASE}chapters/log.html#log-1.'
    )


@pytest.mark.parametrize(
    ('pages', 'chicago', 'mla'),
    [
        ('368–371', '368–71', '368–71'),
        ('12-14', '12–14', '12–14'),
        ('7', '7', '7'),
        ('98-102', '98–102', '98–102'),
        ('100-104', '100–104', '100–04'),
        ('107-108', '107–8', '107–08'),
        ('1103-1104', '1103–4', '1103–04'),
        ('1496-1504', '1496–504', '1496–504'),
        ('xiii-xvii', 'xiii–xvii', 'xiii–xvii'),
    ],
)
def test_ranges_of_pages(pages: str, chicago: str, mla: str) -> None:
    assert (citing.pages(pages), citing.pages(pages, mla=True)) == (chicago, mla)


def test_a_range_of_pages_is_as_each_style_has_it(small: Small) -> None:
    small.replace('conf.py', "'pages': '12–14'", "'pages': '107-108'")
    small.replace('conf.py', "html_theme = 'basic'", "html_theme = 'edition'")
    chicago, mla, *_ = forms(small.build().outdir, 'chapters/log')
    assert ': 107–8.' in chicago
    assert ': 107–08.' in mla


def test_accents_of_latex_are_letters_in_every_output(small: Small) -> None:
    small.replace('notes/sources.bib', 'Quill, Tobias', r'M{\"u}ller, Ren{\'e} and de la Croix, N.')
    small.replace('notes/sources.bib', 'Amity Press', r'Pr\'{e}cis \& Cie')
    page = small.build('html').outdir.joinpath('notes/about.html').read_text(encoding='utf-8')
    assert 'Müller and de la Croix 1869' in html.fromstring(page).text_content()
    [tei] = small.build('tei').outdir.glob('*surgeon.xml')
    data = tei.read_text(encoding='utf-8')
    for words in (
        'Müller and de la Croix 1869',
        '<author>Müller, René<',
        '<publisher>Précis &amp; Cie<',
    ):
        assert words in data


def test_a_title_is_in_its_language_in_every_output(small: Small) -> None:
    """By the name that biblatex has for it, or by a tag; the rest of the source is in English."""
    small.replace('notes/sources.bib', '{Logbook of', '{Journal de bord de')
    small.replace('notes/sources.bib', '  year = {1869}', '  langid = {french},\n  year = {1869}')
    small.replace('notes/sources.bib', '{Winds and', '{Vetry i')
    small.replace('notes/sources.bib', '  year = {1870}', '  langid = {ru-Latn},\n  year = {1870}')
    titles = {'fr': 'Journal de bord de the Brig Halcyon', 'ru-Latn': 'Vetry i Harbours'}
    site = small.build('html').outdir
    page = html.parse(site / 'notes' / 'about.html')
    assert {tag: words.text_content() for tag in titles for words in spoken(page, tag)} == titles
    [file] = small.build('epub').outdir.glob('*.epub')
    page = opened(file).tree('notes/about.xhtml')
    assert {tag: ''.join(w.itertext()) for tag in titles for w in spoken(page, tag)} == titles
    [file] = small.build('tei').outdir.glob('*surgeon.xml')
    found = etree.parse(file).xpath('//*[local-name() = "biblStruct"]//*[@xml:lang]')
    assert {title.get(LANG): title.text for title in found} == titles
    [file] = small.build('typst').outdir.glob('*.pdf')
    with pikepdf.open(file) as pdf:
        content = b''.join(page.Contents.read_bytes() for page in pdf.pages)
    assert b'/Lang(fr)' in content
    assert b'/Lang(ru)' in content
    items = json.loads((site / 'bibliography.json').read_text(encoding='utf-8'))
    assert {item['language']: item['title'] for item in items} == titles


def spoken(page: etree._ElementTree, tag: str) -> list[etree._Element]:
    return page.xpath(f'//*[@role="listitem"]//*[local-name() = "span"][@lang="{tag}"]')


@pytest.mark.parametrize(
    ('volume', 'arabic'),
    [('XVI', '16'), ('IV', '4'), ('XLIX', '49'), ('CXCII', '192'), ('16', '16'), ('IIX', 'IIX')],
)
def test_volumes_are_arabic(volume: str, arabic: str) -> None:
    assert citing.arabic(volume) == arabic
