"""The e-book: what its package says and what readers find in it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from sphinx_edition.collation.readings import blocks_of_pages, book_pages
from sphinx_edition.epub.builder import sort_title

from tests.conftest import ROOT
from tests.ebook import LANG, NS, TYPE, Book, claimed, opened, true_claims, words

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from lxml import etree

    from tests.conftest import Small

# of namings, parts and kinds, which outside checks and readers’ own style sheets may ask for
CONTRACT = set(
    'source apparatus mention person place work org term gloss foreign date sic footnote '
    'translator locus passage cited witness name supplied credit register'.split()
)


@pytest.fixture(scope='session')
def book(mini: Callable[[str], Path]) -> Book:
    """The small edition as an e-book."""
    [file] = mini('epub').glob('*.epub')
    return opened(file)


def bound(small: Small, out: Path | None = None) -> Path:
    built = small.build('epub', out=out)
    assert built.status == 0, built.warnings
    [file] = built.outdir.glob('*.epub')
    return file


# the archive


def test_same_text_same_bytes(
    small: Small, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv('SOURCE_DATE_EPOCH', '1000000000')
    files = [bound(small, tmp_path / name).read_bytes() for name in ('one', 'two')]
    assert files[0] == files[1]
    package = opened(tmp_path / 'one' / 'epub' / 'two-papers-of-a-ships-surgeon.epub').package
    assert (
        package.xpath('string(//opf:meta[@property="dcterms:modified"])', namespaces=NS)
        == '2001-09-09T01:46:40Z'
    )


def test_a_page_taken_out_leaves_the_book(small: Small) -> None:
    small.write('notes/extra.md', '# Extra\n')
    small.replace('index.md', 'notes/about\n', 'notes/about\nnotes/extra\n')
    assert 'notes/extra.xhtml' in opened(bound(small)).files
    (small.source / 'notes' / 'extra.md').unlink()
    small.replace('index.md', 'notes/extra\n', '')
    assert 'notes/extra.xhtml' not in opened(bound(small)).files


# the package


def test_metadata(book: Book) -> None:
    metadata = book.package.find('opf:metadata', NS)
    roles = {
        (words(person), words(role), words(sort))
        for person in metadata.xpath('dc:creator | dc:contributor', namespaces=NS)
        for role in metadata.xpath(refines(person, 'role'), namespaces=NS)
        for sort in metadata.xpath(refines(person, 'file-as'), namespaces=NS)
    }
    assert roles == {
        ('Elspeth Marrow', 'aut', 'Marrow, Elspeth'),
        ('Anna Lindqvist', 'trl', 'Lindqvist, Anna'),
        ('Anna Lindqvist', 'ann', 'Lindqvist, Anna'),
        ('Anna Lindqvist', 'trc', 'Lindqvist, Anna'),
        ('The Editors', 'edt', 'Editors, The'),
        ('The Editors', 'ann', 'Editors, The'),
    }
    assert words(metadata.find('dc:publisher', NS)) == 'The Editors'
    titles = [words(title) for title in metadata.iterfind('dc:title', NS)]
    assert titles == ['Two Papers of a Ship’s Surgeon', 'From the Brig Halcyon']
    assert [words(source) for source in metadata.iterfind('dc:source', NS)] == [
        'The Amity Quarterly 2, no. 3 (May–June 1871): 12–14',
        'https://example.org/halcyon.html',
    ]
    [series] = metadata.xpath('opf:meta[@property="belongs-to-collection"]', namespaces=NS)
    [position] = metadata.xpath(refines(series, 'group-position'), namespaces=NS)
    assert (words(series), words(position)) == ('Papers of the Halcyon', '1')
    assert words(metadata.find('dc:identifier', NS)).startswith('urn:uuid:')
    stated = {meta.get('property') for meta in metadata.iterfind('opf:meta', NS)}
    assert {
        'schema:accessMode',
        'schema:accessModeSufficient',
        'schema:accessibilityFeature',
        'schema:accessibilityHazard',
        'schema:accessibilitySummary',
    } <= stated
    assert 'dcterms:conformsTo' not in stated, 'nobody has evaluated it'


def test_what_is_claimed_is_so(book: Book) -> None:
    assert {*claimed(book)} <= {*true_claims(book)}


def test_what_is_not_so_is_not_claimed(small: Small) -> None:
    """Registers for the web alone leave the book without an index."""
    for name in ('people', 'others'):
        small.write(f'notes/{name}.md', f'---\nonly: web\n---\n\n{small.read(f"notes/{name}.md")}')
    book = opened(bound(small))
    assert small.build('typst').status == 0
    assert 'index' not in true_claims(book)
    assert {*claimed(book)} <= {*true_claims(book)}


def refines(element: etree._Element, name: str) -> str:
    return f'opf:meta[@refines="#{element.get("id")}"][@property="{name}"]'


# the navigation


def test_contents_follow_the_book(book: Book) -> None:
    nav = book.tree('nav.xhtml')
    listed = nav.xpath('//h:nav[@epub:type="toc"]//h:a/@href', namespaces=NS)
    assert 'nav.xhtml' not in book.spine(), 'a second contents page, with what is hidden there'
    read = [name for name in book.spine() if name != 'cover.xhtml']
    assert listed == read
    older = book.tree('toc.ncx').xpath('//ncx:content/@src', namespaces=NS)
    assert list(dict.fromkeys(older)) == listed


def test_landmarks(small: Small) -> None:
    small.replace('notes/about.md', '```{bibliography}\n```\n', 'See the bibliography.\n')
    small.write('notes/bibliography.md', '# Sources\n\n```{bibliography}\n```\n')
    small.replace('index.md', 'notes/about\n', 'notes/bibliography\nnotes/about\n')
    book = opened(bound(small))
    nav = book.tree('nav.xhtml')
    marks = nav.xpath('//h:nav[@epub:type="landmarks"]//h:a', namespaces=NS)
    assert [(mark.get(TYPE), mark.get('href')) for mark in marks] == [
        ('cover', 'cover.xhtml'),
        ('titlepage', 'index.xhtml'),
        ('bodymatter', 'chapters/log.xhtml'),
        ('endnotes', 'notes/translator.xhtml'),
        ('endnotes', 'notes/editor.xhtml'),
        ('index', 'notes/people.xhtml'),
        ('index', 'notes/others.xhtml'),
        ('bibliography', 'notes/bibliography.xhtml'),
    ]
    guide = book.package.xpath('//opf:guide/opf:reference/@href', namespaces=NS)
    assert guide == [mark.get('href') for mark in marks]


# the pages


def test_each_mark_leads_to_its_note_and_back(book: Book) -> None:
    marks = list(book.found('//h:a[@epub:type="noteref"]'))
    assert [(name, mark.get('href'), words(mark)) for name, mark in marks] == [
        ('chapters/log.xhtml', '../notes/translator.xhtml#note-1', '1'),
        ('chapters/log.xhtml', '../notes/editor.xhtml#note-fever', 'a'),
    ]
    for name, mark in marks:
        assert mark.get('role') == 'doc-noteref'
        raised = mark.xpath('.//h:sup | ancestor::h:sup', namespaces=NS)
        assert [words(once) for once in raised] == [words(mark)], 'by the text, once'
        page, _, fragment = mark.get('href').removeprefix('../').partition('#')
        [note] = book.tree(page).xpath(f'//*[@id="{fragment}"]')
        assert note.tag == f'{{{NS["h"]}}}aside'
        assert (note.get(TYPE), note.get('role')) == ('footnote', 'doc-footnote')
        back = note[0][0]
        assert (note[0].text or '').strip() == ''
        assert back.get('href') == f'../{name}#{mark.get("id")}'
        assert words(back) == f'{words(mark)}.'


def test_each_note_is_read_once(small: Small) -> None:
    """In its notes chapter, where the witness’s follow its last page: also what notes cite."""
    small.replace('notes/translator.md', '`*.', '`*{note}`songs`.')
    small.replace('chapters/letter.md', 'in verse.', 'in verse.{note}`1`')
    text = small.read('notes/editor.md')
    small.write(
        'notes/editor.md',
        f'{text}\n:::{{editor-note}} songs\n:certainty: high\n:sources: none\n\nA slip.\n:::\n',
    )
    book = opened(bound(small))
    assert [(name, note.get('id')) for name, note in book.found('//h:aside')] == [
        ('notes/translator.xhtml', 'note-1'),
        ('notes/editor.xhtml', 'note-songs'),
        ('notes/editor.xhtml', 'note-fever'),
    ]
    for name, href in (
        ('chapters/letter.xhtml', '../notes/translator.xhtml#note-1'),
        ('notes/translator.xhtml', 'editor.xhtml#note-songs'),
    ):
        marks = book.tree(name).xpath('//h:a[@epub:type="noteref"]', namespaces=NS)
        assert [mark.get('href') for mark in marks] == [href]


def test_a_page_for_the_web_alone(small: Small) -> None:
    """It is not in the book, nor any link to it; elsewhere it stays."""
    small.write('notes/data.md', '---\nonly: web\n---\n\n# Data\n\nHere.\n')
    small.replace('index.md', 'notes/about\n', 'notes/about\nnotes/data\n')
    small.replace('notes/about.md', 'Slips of', 'Beside the [data](data.md), slips of')
    book = opened(bound(small))
    assert not [name for name in book.files if 'data' in name]
    about = book.tree('notes/about.xhtml')
    assert 'Beside the data, slips' in words(about)
    assert not about.xpath('//h:a[contains(@href, "data")]', namespaces=NS)
    assert (small.build('html').outdir / 'notes' / 'data.html').is_file()
    printed = small.build('typst')
    assert printed.status == 0, printed.output
    small.replace('notes/data.md', 'only: web', 'only: paper')
    refused = small.build('epub')
    assert 'the one there is is “web”' in refused.output


TABLE = """
| Month | Oil |
|:--|--:|
| January | 12 |
"""


def test_cells_hold_words_and_know_their_heads(small: Small) -> None:
    """Paragraphs in cells are printed on top of each other by some reading systems."""
    small.replace('notes/about.md', '## Sources', f'{TABLE}\n:::{{chronology}}\n:::\n\n## Sources')
    small.replace('chapters/letter.md', 'Do not answer', f'{TABLE}\nDo not answer')
    book = opened(file := bound(small))
    assert not list(book.found('//h:td//h:p | //h:th//h:p | //h:col | //*[@style]'))
    cells = [words(cell) for _, cell in book.found('//h:td')]
    assert 'Oil: 12' in cells
    blocks = [block.text for block in blocks_of_pages(book_pages(file))]
    assert '12' in blocks, 'the head is ours, the cell the witness’s'
    heads = {(words(head), head.get('scope')) for _, head in book.found('//h:th')}
    assert {('Oil', 'col'), ('Year', 'col'), ('1866', 'row')} <= heads
    [year] = [row for _, row in book.found('//h:tr') if words(row).startswith('1869')]
    assert len(year.findall('.//{*}br')) == 1, 'two things happen, a line each'


def test_drawings_scale_as_a_whole(small: Small) -> None:
    """Lengths in em beside lengths in per cent are cut where type is enlarged."""
    small.replace('notes/about.md', '## Sources', ':::{chronology}\n:::\n\n## Sources')
    [(_, svg)] = opened(bound(small)).found('//*[local-name()="svg"]')
    assert svg.get('role') == 'img'
    assert svg.get('aria-label')
    _, _, width, height = map(float, svg.get('viewBox').split())
    assert (float(svg.get('width')), float(svg.get('height'))) == (width, height)
    lengths = [
        value
        for part in svg.iter()
        for name, value in part.items()
        if name in 'x x1 x2 y y1 y2'.split()
    ]
    assert all(re.fullmatch(r'-?[\d.]+', length) for length in lengths)
    assert not svg.findall('.//{*}a'), 'whose words some reading systems do not draw'


def test_no_class_without_a_use(book: Book) -> None:
    """Each is in the style sheet of an edition, or is what outside checks rely on."""
    style = (ROOT / '_static' / 'epub.css').read_text('utf-8')
    known = {*re.findall(r'\.([a-z][\w-]*)', style)} | CONTRACT
    found = {name for _, tag in book.found('//*[@class]') for name in tag.get('class').split()}
    assert found - known == set()


def test_a_title_is_sorted_without_its_article() -> None:
    assert sort_title('The Stone') == 'Stone, The'
    assert sort_title('Theory of Fog') == 'Theory of Fog'


def test_what_each_page_is(book: Book) -> None:
    sections = {
        name: (section.getparent().get(TYPE), section.get(TYPE), section.get('role'))
        for name, section in book.found('/h:html/h:body/h:section[@epub:type]')
    }
    assert sections == {
        'index.xhtml': ('frontmatter', 'titlepage', None),
        'chapters/log.xhtml': ('bodymatter', 'chapter z3998:diary-entry', 'doc-chapter'),
        'chapters/letter.xhtml': ('bodymatter', 'chapter z3998:letter', 'doc-chapter'),
        'notes/translator.xhtml': ('backmatter', 'endnotes', 'doc-endnotes'),
        'notes/editor.xhtml': ('backmatter', 'endnotes', 'doc-endnotes'),
        'notes/people.xhtml': ('backmatter', 'index', 'doc-index'),
        'notes/others.xhtml': ('backmatter', 'index', 'doc-index'),
        'notes/about.xhtml': ('backmatter', 'appendix', 'doc-appendix'),
    }


def test_parts_of_a_letter(book: Book) -> None:
    letter = book.tree('chapters/letter.xhtml')
    parts = letter.xpath('//h:p[starts-with(@epub:type, "z3998:")]', namespaces=NS)
    assert [(part.get(TYPE), part.get('id')) for part in parts] == [
        ('z3998:salutation', 'letter-salutation'),
        ('z3998:valediction', 'letter-valediction'),
        ('z3998:signature', 'letter-signature'),
    ]
    [time] = letter.xpath('//h:p[@id="letter-dateline"]/h:time', namespaces=NS)
    assert time.get('datetime') == '1869-03-05'


def test_languages(book: Book) -> None:
    for name in book.spine():
        assert (book.tree(name).get('lang'), book.tree(name).get(LANG)) == ('en', 'en')
    [(_, foreign)] = book.found('//h:span[@lang]')
    assert (foreign.get('lang'), foreign.get(LANG)) == ('sv', 'sv')


def test_numbers_and_corrections_are_apparatus(book: Book) -> None:
    shown = [words(element) for _, element in book.found('//h:span[contains(@class, "apparatus")]')]
    assert shown == ['1', '2', '[read afton]', '1', '2', '[read Songs]']


# what others say of it
