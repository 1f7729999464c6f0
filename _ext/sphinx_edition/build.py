"""Make what readers get, in one process: `python -m sphinx_edition.build html epub pdf tei`.

What Sphinx reads for the first output serves them all, and Python loads its modules once.
"""

from __future__ import annotations

import argparse
import shutil
import sys
from pathlib import Path
from typing import NamedTuple

from sphinx.cmd.build import main as sphinx_build

BUILD = Path('_build')
DOCTREES = BUILD / 'doctrees'
OPTIONS = ('-q', '-W', '--keep-going', '-n', '-j', 'auto', '-d', str(DOCTREES))


class Output(NamedTuple):
    """What one builder makes."""

    builder: str
    words: str  # what it is called
    stamp: str  # the file in its folder that is as old as the whole; see the Makefile
    files: str = ''  # those of its folder that the web pages link to


OUTPUTS = {
    'html': Output('html', 'the web edition', 'index.html'),
    'epub': Output('epub', 'the e-book', '.built', '*.epub'),
    'pdf': Output('typst', 'the book', '.built', '*.pdf'),
    'tei': Output('tei', 'the data', '.built', '*.xml'),
}


def build(name: str, paper: str = '', bleed: str = '') -> int:
    """Make one output; on another *paper*, or with *bleed*, in a folder of its own.

    The status of Sphinx.
    """
    output = OUTPUTS[name]
    folder = BUILD / '-'.join(filter(None, (name, paper, bleed and 'bleed')))
    if name != 'html':  # an e-book takes in whatever lies in its folder
        shutil.rmtree(folder, ignore_errors=True)
    print(f'Making {output.words} …', flush=True)
    given = {'edition_paper': paper, 'edition_bleed': bleed}
    options = [*OPTIONS, *(f'-D{key}={value}' for key, value in given.items() if value)]
    status = sphinx_build([*options, '-b', output.builder, '.', str(folder)])
    if status:  # Sphinx tells of a page only when it reads it: next time all is read anew
        shutil.rmtree(DOCTREES, ignore_errors=True)
    else:
        (folder / output.stamp).touch()
    return status


def lay_beside() -> None:
    """Copy what the web pages link to beside them."""
    web = BUILD / 'html'
    for name, output in OUTPUTS.items():
        for file in (BUILD / name).glob(output.files) if web.is_dir() and output.files else ():
            shutil.copy2(file, web)


def known(name: str) -> str:
    """The name of an output. Raises ArgumentTypeError for another."""
    if name not in OUTPUTS:
        raise argparse.ArgumentTypeError(f'“{name}” is none of {", ".join(OUTPUTS)}')
    return name


def main(arguments: list[str]) -> int:
    """Make each that is asked for, until one fails."""
    parser = argparse.ArgumentParser(prog='python -m sphinx_edition.build')
    words = f'{", ".join(OUTPUTS)}; all, if none is named'
    parser.add_argument('outputs', nargs='*', type=known, metavar='output', help=words)
    parser.add_argument('--paper', choices=['a5', 'a4', 'letter'], default='', help='of the PDF')
    parser.add_argument('--bleed', default='', help='of the PDF: 3mm')
    asked = parser.parse_args(arguments)
    for name in asked.outputs or OUTPUTS:
        if status := build(name, *((asked.paper, asked.bleed) if name == 'pdf' else ())):
            return status
    lay_beside()
    return 0


if __name__ == '__main__':
    sys.exit(main(sys.argv[1:]))
