"""Every name in the text is marked, or known to name nobody."""

from __future__ import annotations

import re
from copy import deepcopy
from typing import TYPE_CHECKING

from sphinx_edition.collation.readings import is_a, web_pages, words

from tests.edition.conftest import WITNESS

if TYPE_CHECKING:
    from pathlib import Path

    from lxml import etree


def unmarked() -> set[str]:
    """The words of `witness/unmarked.txt`; “#” begins a reason."""
    lines = (WITNESS / 'unmarked.txt').read_text(encoding='utf-8').split('\n')
    return {word for line in lines if not line.startswith('#') for word in line.split()}


def is_a_name(element: etree._Element) -> bool:
    """Whether it is marked as one, or is the label of a note."""
    return any(is_a(name, element) for name in ('mention', 'date', 'noteref', 'backlink'))


def test_every_name_is_marked(html: Path) -> None:
    found = set()
    for page in web_pages(html).values():
        for element in page.iter():
            if not is_a('source', element):
                continue
            block = deepcopy(element)
            for marked in [e for e in block.iter() if is_a_name(e)]:
                marked.text = ''
                for inner in [*marked]:
                    marked.remove(inner)
            said = re.findall(r'(?<![\w’])[^\W\d_][\w’]*', words(block))
            found |= {word.rstrip('’') for word in said if word[0].isupper()}
    assert found == unmarked()
