"""A new edition: whatever a saved page holds stands in the edition, and nothing else."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sphinx_edition.new import account, markdown, page, plain
from sphinx_edition.new.__main__ import main
from sphinx_edition.new.decoding import clean, decode
from sphinx_edition.new.edition import Edition, Wishes
from sphinx_edition.new.model import Page, Paragraph, Quotation, Run, Verse, lines
from sphinx_edition.new.reporting import Refusal, Report

from tests.contract import blocks_of_text
from tests.engine.page_words import left_over, words_of_page
from tests.programs import needed

PAGES = Path(__file__).parent / 'pages'
HTML = ('lighthouse.html', 'untidy.htm')
STYLES = ('em', 'strong', 'sup', 'sub', 'underline', 'small-caps', 'lang:fr')


def made(file: Path, *, split: str = 'none') -> tuple[dict[str, str], Report, Page]:
    """The files of an edition of one page."""
    report = Report()
    read = plain.read(file, report) if file.suffix == '.txt' else page.read(file, report)
    files = Edition([read], Wishes(split=split), report).make()
    return files, report, read


def witness(files: dict[str, str]) -> list[str]:
    return [
        line
        for name, text in files.items()
        if name.startswith('witness/')
        for line in text.split('\n')
        if line
    ]


def faults(file: Path, split: str = 'none') -> list[str]:
    files, report, read = made(file, split=split)
    said = account.account([read], report, [])
    return left_over(words_of_page(file), witness(files), said)


@pytest.mark.parametrize('name', HTML)
@pytest.mark.parametrize('split', ['none', 'h3', 'dates'])
def test_every_word_of_a_page_is_in_the_witness_or_the_report(name: str, split: str) -> None:
    assert faults(PAGES / name, split) == []


@pytest.mark.parametrize('split', ['none', 'h3', 'dates'])
def test_every_word_of_several_pages(split: str) -> None:
    report = Report()
    files = [PAGES / name for name in HTML]
    read = [page.read(file, report) for file in files]
    made = Edition(read, Wishes(split=split), report).make()
    said = account.account(read, report, [])
    assert left_over(''.join(map(words_of_page, files)), witness(made), said) == []
    assert '{note}`papers-from-lighthouse-1`' in ''.join(made.values()) or split != 'none'


def test_a_lost_word_would_be_seen() -> None:
    files, report, read = made(PAGES / 'lighthouse.html')
    said = account.account([read], report, [])
    lost = [line.replace('trunks', '') for line in witness(files)]
    assert left_over(words_of_page(PAGES / 'lighthouse.html'), lost, said)


@pytest.mark.skipif('EDITION_PAGES' not in os.environ, reason='EDITION_PAGES names no folder')
def test_every_word_of_many_pages() -> None:
    files = sorted(Path(os.environ['EDITION_PAGES']).rglob('*.htm*'))
    assert files
    found = {}
    for file in files:
        try:
            found[file.name] = faults(file)
        except Refusal as refusal:
            assert '\n' not in str(refusal)
    assert {name: some for name, some in found.items() if some} == {}


@pytest.mark.parametrize('name', [*HTML, 'gutenberg.txt'])
def test_the_markdown_says_what_the_witness_says(name: str) -> None:
    files, _, read = made(PAGES / name)
    text = files[next(name for name in files if name.startswith('chapters/'))]
    for line in lines([b for b in read.blocks if isinstance(b, Paragraph | Quotation)]):
        bare = re.sub(r' \[(?:\d\*?)\]', '', line)
        found = [re.sub(r' \[(?:\d\*?)\]', '', said) for _, said in blocks_of_text(text)]
        assert bare in found, line


def test_structure_is_taken_over() -> None:
    files, report, read = made(PAGES / 'lighthouse.html')
    text = files['chapters/article.md']
    for piece in (
        ':::{headnote}',
        '\n***\n',
        'with two trunks{note}`1` & a cat',
        'said{note}`2`:',
        '> “The light is yours now.\n>\n> “Do not let it out.”{note}`1`\n\n> Another.',
        '## The first *night*',
        ':::{verse}\nThe lamp is lit, the lamp is *lit*,',
        '3. oak,\n4. pine, which\n\n   - spits,',
        '| Month | Oil \\| gas |\n| --- | --- |',
        '> Madam,\n>\n> The oil is late{note}`2-star`.',
        '### Sub',
        '{hi}`Under <underline>`, {hi}`Small <small-caps>`, H{sub}`2`O, m{sup}`2`',
        '{foreign}`bon mot <fr>`',
        ':::{verse}\n  two in\none\n:::',
        ':::{dateline}\nDecember 1, 1936\n:::',
        ':::{signature}\nInes Calder\n:::',
    ):
        assert piece in text, piece
    notes = files['notes/translator.md']
    assert ':::{translator-note} 2-star\n:label: 2*\nWhale oil{note}`a`.\n:::' in notes
    assert ':::{translator-note} a\n:label: A\nOf a sperm' in notes
    assert ':label: 1\nAn *old* man.\n\nHe kept bees.' in files['notes/translator.md']
    assert '2. ... he did not.' in files['witness/translator.txt']
    assert read.translators == ['Hugo Brandt']
    assert read.source['pages'] == '368–374'
    assert ('navigation', 'Top of the page') in report.dropped
    assert report.classes == {'p.odd': 1}
    assert 'Last updated on 29 September 2018' in files['witness/about.txt']


def test_a_charset_is_found() -> None:
    files, _, _ = made(PAGES / 'untidy.htm')
    assert 'Café “quoted” – dash… — é' in '\n'.join(witness(files))
    report = Report()
    page_ = '<meta charset=iso-8859-1>Ä Ö'
    assert decode(page_.encode(), 'x', report) == page_
    assert report.guessed
    assert decode(page_.encode('cp1252'), 'x', Report()) == page_
    with pytest.raises(Refusal, match=r'^x:1: .*; save it as UTF-8'):
        decode(b'<meta charset=euc-jp>\xff\xff', 'x', Report())


def test_what_nobody_sees_is_told() -> None:
    report = Report()
    assert clean('a\u00a0b\u00adc\u2009d\x96', report) == 'a bc d–'
    assert report.otherwise['U+00A0 no-break space', 'space'] == 1
    assert report.otherwise['U+00AD soft hyphen', 'nothing'] == 1


def test_plain_text_and_the_wrapping_of_gutenberg() -> None:
    files, report, read = made(PAGES / 'gutenberg.txt')
    assert read.authors == ['Ines Calder']
    text = files['chapters/article.md']
    assert '## CHAPTER I' in text
    assert 'It was a *dark* night,{note}`1` and the wind was 5 \\* 6.' in text
    assert ':::{verse}\nThe lamp is lit,\n  the lamp is lit,' in text
    assert '\\# no heading - no list' in text
    assert files['witness/author.txt'] == '1. As all are.\n'
    assert any(isinstance(block, Verse) for block in read.blocks)
    assert [why.split()[0] for why, _ in report.dropped] == ['head', 'end']


# Markdown -----------------------------------------------------------------------------------

WORDS = st.text(
    st.characters(exclude_categories=('Cc', 'Cs', 'Zs', 'Zl', 'Zp', 'Cn'))
    | st.sampled_from(' *_`[]<>{}()#+-=|\\&;:!~%$."\'12'),
    min_size=1,
    max_size=40,
)
STYLED = st.builds(Run, WORDS, st.frozensets(st.sampled_from(STYLES), max_size=2))
RUNS = st.lists(STYLED, min_size=1, max_size=5)


@given(st.lists(RUNS, min_size=1, max_size=3), st.booleans())
def test_any_words_survive_markdown(paragraphs: list[list[Run]], quoted: bool) -> None:
    blocks = [Paragraph([*runs]) for runs in paragraphs]
    text = '\n'.join(markdown.written([Quotation([*blocks])] if quoted else blocks, lambda _: None))
    said = [said for _, said in blocks_of_text(text)]
    assert said == lines([*blocks])


@given(WORDS.map(lambda words: words.replace('*', '')))
def test_any_words_survive_a_role(words: str) -> None:
    text = markdown.line_of([Run(words, frozenset({'underline'}))])
    [said] = [said for _, said in blocks_of_text(f'x {text}')] or ['']
    assert said == lines([Paragraph([Run(f'x {words}')])])[0]


# The command --------------------------------------------------------------------------------


def files_in(folder: Path) -> dict[str, bytes]:
    return {
        file.relative_to(folder).as_posix(): file.read_bytes()
        for file in folder.rglob('*')
        if file.is_file() and '.git' not in file.parts
    }


WHOLE = (
    'conf.py index.md Makefile LICENSE CITATION.cff CHANGELOG.md README.md pyproject.toml '
    'import-report.md _ext/sphinx_edition/__init__.py witness/article.txt witness/unmarked.txt '
    'chapters/article.md chapters/fog.png notes/people.md notes/places.md notes/about.md .ci/run'
).split()


def test_a_whole_edition_is_written_and_only_once(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    one, other = tmp_path / 'one', tmp_path / 'other'
    source = str(PAGES / 'lighthouse.html')
    assert main([source, '--into', str(one), '--yes']) == 0
    assert main([source, '--into', str(other), '--yes']) == 0
    files = files_in(one)
    assert files == files_in(other)
    assert set(WHOLE) <= files.keys()
    assert not any('Kravchenko' in files[name].decode() for name in WHOLE if '/' not in name)
    git = [needed('git'), 'log', '--format=%B']
    log = subprocess.run(git, cwd=one, capture_output=True, text=True, check=True)
    assert 'lighthouse.html: SHA-256 ' in log.stdout
    capsys.readouterr()
    assert main([source, '--into', str(one), '--yes']) == 1
    assert capsys.readouterr().err == f'{one}: is not empty; name a new folder\n'


@pytest.mark.parametrize(
    ('name', 'said'),
    [
        ('frames.html', 'frames.html:1: is a frame around other pages; save the page inside it'),
        ('empty.html', 'empty.html:1: holds no text; is it a page of links? save that of the text'),
        ('none.html', 'none.html: there is no such file; save the page, and name it'),
        ('fog.png', 'fog.png: is neither HTML nor plain text; save it as “HTML only” or as .txt'),
    ],
)
def test_what_cannot_be_imported_is_one_line_and_no_folder(
    name: str, said: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([str(PAGES / name), '--into', str(tmp_path / 'new'), '--yes']) == 1
    err = capsys.readouterr().err
    assert err.endswith(f'{said}\n')
    assert err.count('\n') == 1
    assert list(tmp_path.iterdir()) == []


def test_the_module_runs(tmp_path: Path) -> None:
    ext = Path(__file__).parents[2] / '_ext'
    into = ['--into', str(tmp_path / 'new'), '--title', 'Mine', '--yes']
    done = subprocess.run(
        [sys.executable, '-m', 'sphinx_edition.new', *into],
        env={**os.environ, 'PYTHONPATH': str(ext), 'PYTHONIOENCODING': 'cp1252'},
        capture_output=True,
        text=True,
        check=True,
    )
    assert 'Mine' in done.stdout
    assert "'title': 'Mine'" in (tmp_path / 'new' / 'conf.py').read_text(encoding='utf-8')
