"""A new edition of saved pages or plain text, or an empty one.

    python -m sphinx_edition.new SOURCE… --into FOLDER [--title … --author …] [--yes]

SOURCE is a page of HTML as saved from a browser, or plain text in UTF-8 with blank lines between
paragraphs; each becomes a chapter, or several. FOLDER must be empty, or not exist.
"""

from __future__ import annotations

import argparse
import shutil
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import unquote

from ..data import dates
from ..data.kinds import CHAPTERS
from ..names.__main__ import listed, settle
from . import account, page, plain, project
from .chapters import SPLITS
from .edition import Edition, Wishes, name_of
from .model import Paragraph, Part, Picture, Run
from .reporting import Refusal, Report

if TYPE_CHECKING:
    from collections.abc import Sequence

    from .model import Block, Page

PLAIN = ('.txt', '.text', '.asc')
HTML = ('.htm', '.html', '.xhtml', '.shtml', '.php', '.asp')
PICTURES = ('.png', '.jpg', '.jpeg', '.gif', '.svg', '.webp')


def read(path: Path, report: Report) -> Page:
    """The page in *path*. Raises Refusal."""
    if not path.is_file():
        raise Refusal(f'{path}: there is no such file; save the page, and name it')
    if path.stat().st_size > 20_000_000:
        raise Refusal(f'{path}: is larger than 20 MB; divide it')
    start = path.read_bytes()[:2000].lstrip().lower()
    markup = b'<html' in start or b'<!doctype' in start or b'<body' in start or b'<p' in start
    if path.suffix.lower() in PLAIN and not markup:
        return plain.read(path, report)
    if path.suffix.lower() in HTML or markup:
        return page.read(path, report)
    raise Refusal(f'{path}: is neither HTML nor plain text; save it as “HTML only” or as .txt')


def sources(given: Sequence[Path]) -> list[Path]:
    """The files that are named, or lie in a folder that is named."""
    found: list[Path] = []
    for path in given:
        inside = sorted(path.iterdir()) if path.is_dir() else [path]
        found += [file for file in inside if file == path or file.suffix.lower() in PLAIN + HTML]
    if given and not found:
        raise Refusal(f'{given[0]}: holds no page; name files that end in .html or .txt')
    return found


def build(folder: Path, pages: list[tuple[Path, Page]], wishes: Wishes, report: Report) -> str:
    """Write the edition into *folder*; return its title."""
    project.copy_engine(folder)
    for path, read_ in pages:
        read_.blocks = pictures(read_.blocks, path.parent, folder / 'chapters', report)
    edition = Edition([read_ for _, read_ in pages], wishes, report)
    files = edition.make()
    files['conf.py'] += f'\n{project.outputs()}\n'
    files['pyproject.toml'] = project.named_project(
        name_of(edition.title), f'{edition.title}: a digital edition for web, e-book and print'
    )
    files['LICENSE'] = project.licence(files['LICENSE'])
    for name, text in files.items():
        file = folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding='utf-8', newline='\n')
    settle(folder)
    report_file = folder / 'import-report.md'
    text = account.account(edition.pages, report, listed(folder))
    report_file.write_text(text, encoding='utf-8', newline='\n')
    return edition.title


def pictures(blocks: list[Block], here: Path, there: Path, report: Report) -> list[Block]:
    """*blocks* with the pictures that lie beside the page; a word for those that do not."""
    found: list[Block] = []
    for block in blocks:
        if isinstance(block, Picture):
            name = unquote(block.address.partition('?')[0])
            file = here / name
            inside = (
                name and '://' not in name and file.suffix.lower() in PICTURES and file.is_file()
            )
            if inside:
                there.mkdir(parents=True, exist_ok=True)
                target = ''.join(c if c.isalnum() or c in '.-_' else '-' for c in file.name)
                shutil.copyfile(file, there / target)
                if not block.description:
                    report.warn(
                        f'the picture {name} has no description; say in the chapter what it shows'
                    )
                found.append(Picture(target, block.description or f'Picture {file.stem}'))
            else:
                said = f'Picture: {block.description}' if block.description else 'A picture'
                report.warn(
                    f'the picture {block.address} is not beside the page; a word stands for it'
                )
                found.append(
                    Part('editorial', [Paragraph([Run(f'[{said}; not saved with the page.]')])])
                )
            continue
        found.append(block)
    return found


def asked(wishes: Wishes, pages: Sequence[Page]) -> None:
    """Ask for what is guessed, at a terminal."""
    guess = pages[0] if pages else None
    for name, value in (
        ('title', wishes.title),
        ('author', wishes.author or (guess.authors[0] if guess and guess.authors else '')),
        ('kind', wishes.kind),
    ):
        hint = f' [{value}]' if value else ' [as found]' if guess else ''
        if answer := input(f'{name.capitalize()}{hint}: ').strip():
            setattr(wishes, name, answer)


def parser() -> argparse.ArgumentParser:
    """The command line."""
    made = argparse.ArgumentParser(
        prog='python -m sphinx_edition.new',
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    made.add_argument('sources', nargs='*', type=Path, metavar='SOURCE')
    made.add_argument('--into', type=Path, required=True, metavar='FOLDER')
    made.add_argument('--title', default='', help='of the book; else as the page has it')
    made.add_argument('--author', default='', help='a name; else as the page has it')
    made.add_argument('--translator', default='', help='a name; else as the page has it')
    made.add_argument('--date', default='', help='of the text, in EDTF: 1946-11-15')
    made.add_argument('--kind', default='', help=f'one of {", ".join(CHAPTERS)}')
    made.add_argument('--lang', default='', help='language of the text: en, fr …')
    made.add_argument(
        '--split', default='none', choices=SPLITS, help='what begins a chapter within a page'
    )
    made.add_argument('--yes', action='store_true', help='ask nothing')
    return made


def main(arguments: Sequence[str]) -> int:
    """Make the edition; 1, and one line, if it cannot be made."""
    given = parser().parse_args(arguments)
    wishes = Wishes(
        given.title, given.author, given.translator, given.date, given.kind, given.lang, given.split
    )
    report = Report()
    try:
        check(given.into, wishes)
        pages = [(path, read(path, report)) for path in sources(given.sources)]
        if not given.yes and sys.stdin.isatty():
            asked(wishes, [read_ for _, read_ in pages])
            check(given.into, wishes)
        given.into.resolve().parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=given.into.resolve().parent, prefix='.new-') as made:
            folder = Path(made) / 'edition'
            folder.mkdir()
            title = build(folder, pages, wishes, report)
            if given.into.exists():
                given.into.rmdir()  # which is empty
            folder.replace(given.into)
    except Refusal as refusal:
        print(refusal, file=sys.stderr)
        return 1
    except OSError as error:
        print(f'{error.filename or given.into}: {error.strerror}', file=sys.stderr)
        return 1
    digests = '\n'.join(f'{read_.file}: SHA-256 {read_.digest}' for _, read_ in pages)
    trouble = project.commit(given.into, f'text: import “{title}”\n\n{digests}'.strip())
    if trouble:
        print(trouble, file=sys.stderr)
    print(f'{title}: {given.into}')
    print(f'Read {given.into / "import-report.md"}; then run make there.')
    return 0


def check(into: Path, wishes: Wishes) -> None:
    """Whether what is asked for can be done. Raises Refusal."""
    if into.exists() and (not into.is_dir() or any(into.iterdir())):
        raise Refusal(f'{into}: is not empty; name a new folder')
    if wishes.kind and wishes.kind not in CHAPTERS:
        raise Refusal(f'--kind {wishes.kind}: is none of {", ".join(CHAPTERS)}')
    if wishes.date:
        try:
            dates.check(wishes.date)
        except ValueError as error:
            raise Refusal(f'--date: {error}') from None


if __name__ == '__main__':
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(errors='backslashreplace')  # type: ignore[union-attr]
    sys.exit(main(sys.argv[1:]))
