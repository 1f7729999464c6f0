"""What an import has to tell: the lines of `import-report.md`, and errors of one line."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field


class Refusal(Exception):  # noqa: N818
    """A source that cannot be imported: file, line, what and remedy, in one line."""


@dataclass
class Report:
    """What was kept, dropped, guessed and written otherwise, file by file."""

    blocks: Counter[str] = field(default_factory=Counter)  # kind -> how many
    dropped: list[tuple[str, str]] = field(default_factory=list)  # why, words
    otherwise: Counter[tuple[str, str]] = field(default_factory=Counter)  # on the page, here
    guessed: list[str] = field(default_factory=list)
    warned: list[str] = field(default_factory=list)
    classes: Counter[str] = field(default_factory=Counter)  # unknown: treated as plain words

    def drop(self, why: str, words: str) -> None:
        """Words of the page that are not taken over."""
        if said := ' '.join(words.split()):
            self.dropped.append((why, said))

    def guess(self, what: str) -> None:
        """What was not written on the page in so many words."""
        if what not in self.guessed:
            self.guessed.append(what)

    def warn(self, what: str) -> None:
        """What an editor should look at."""
        if what not in self.warned:
            self.warned.append(what)
