"""What an edition made of another by copying still says in that one’s words.

`leftovers.txt` holds fingerprints of what the model edition alone can say: lines of its documents,
facts of its conf.py. An edition with the model’s title and identifier is the model.
"""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

FACTS = ('title', 'subtitle', 'identifier', 'description')
DOCUMENTS = ('CITATION.cff', 'LICENSE', 'CHANGELOG.md')
LONG = 30  # characters; a shorter line may be another edition’s by chance
MODEL = Path(__file__).with_name('leftovers.txt')


def fingerprint(text: str) -> str:
    """A short name of *text*."""
    return hashlib.sha256(' '.join(text.split()).encode()).hexdigest()[:16]


def said(folder: Path, edition: Mapping[str, object]) -> Iterator[tuple[str, str]]:
    """(place, words) of each fact in conf.py and each line of the documents of an edition."""
    for name in FACTS:
        if words := str(edition.get(name) or ''):
            yield f'conf.py:1: edition: “{name}”', words
    for document in DOCUMENTS:
        file = folder / document
        lines = file.read_text(encoding='utf-8').split('\n') if file.is_file() else []
        for n, line in enumerate(lines, start=1):
            if len(line.strip()) > LONG:
                yield f'{document}:{n}: “{line.strip()[:60]}”', line


def leftovers(folder: Path, edition: Mapping[str, object]) -> list[str]:
    """Places in *folder* where an edition still says what only the model can; [] for the model."""
    model = set(MODEL.read_text(encoding='ascii').split())
    same = {name: fingerprint(str(edition.get(name) or '')) in model for name in FACTS}
    if same['title'] and same['identifier']:
        return []
    # the title may be the same: another edition of that text
    return [
        place
        for place, words in said(folder, edition)
        if fingerprint(words) in model and words != edition.get('title')
    ]


def of_model(folder: Path, edition: Mapping[str, object], names: tuple[str, ...]) -> list[str]:
    """The fingerprints of the model in *folder*: its facts, and the lines that hold its *names*."""
    return sorted(
        {
            fingerprint(words)
            for place, words in said(folder, edition)
            if place.startswith('conf.py') or any(name in words for name in names)
        }
    )
