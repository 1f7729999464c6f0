"""`import-report.md`: what an editor should know of the import."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from .model import Page
    from .reporting import Report


def account(pages: Sequence[Page], report: Report, names: Sequence[str]) -> str:
    """The report in Markdown."""
    sections = {
        'Sources': [f'{page.file}: SHA-256 {page.digest}' for page in pages],
        'Look at these': report.warned,
        'Guessed': report.guessed,
        'Blocks of the text': [f'{kind}: {count}' for kind, count in sorted(report.blocks.items())],
        'Dropped: not in the witness': [f'{why}: “{said}”' for why, said in report.dropped],
        'Written otherwise: on the page → in the witness': [
            f'{there} → {here}{f" ({count} times)" if count > 1 else ""}'
            for (there, here), count in sorted(report.otherwise.items())
        ],
        'Unknown classes, taken as plain words': [
            f'{name} ({count})' for name, count in sorted(report.classes.items())
        ],
        'Names to mark: `make names` shows where': names,
    }
    text = ['# What the import did']
    for title, lines in sections.items():
        text += ['', f'## {title}', '', *(listed(lines) if lines else ['Nothing.'])]
    return '\n'.join(text) + '\n'


def listed(lines: Iterable[str]) -> list[str]:
    """*lines* as a list of Markdown."""
    return [f'- {line}' for line in lines]
