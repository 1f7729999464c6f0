"""Every name in the text is marked, or known to name nobody."""

from __future__ import annotations

import re
from copy import deepcopy
from typing import TYPE_CHECKING

from sphinx_edition.collation.readings import is_a, web_pages, words

from tests.edition.conftest import WITNESS

if TYPE_CHECKING:
    from pathlib import Path


def unmarked() -> set[str]:
    """The words of `witness/unmarked.txt`; “#” begins a reason."""
    lines = (WITNESS / 'unmarked.txt').read_text(encoding='utf-8').split('\n')
    return {word for line in lines if not line.startswith('#') for word in line.split()}


def test_every_name_is_marked(html: Path) -> None:
    found = set()
    for page in web_pages(html).values():
        for element in page.iter():
            if not is_a('source', element):
                continue
            block = deepcopy(element)
            names = 'mention', 'date', 'noteref', 'backlink'
            for marked in [e for e in block.iter() if any(is_a(name, e) for name in names)]:
                marked.text = ''
                for inner in [*marked]:
                    marked.remove(inner)
            said = re.findall(r'(?<![\w’])[^\W\d_][\w’]*', words(block))
            found |= {word.rstrip('’') for word in said if word[0].isupper()}
    assert found == unmarked()
