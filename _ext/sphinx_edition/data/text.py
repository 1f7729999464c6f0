"""Words as readers and files need them."""

from __future__ import annotations

import re
import unicodedata

KEY = re.compile(r'[a-z0-9]+(-[a-z0-9]+)*')  # a key, a siglum: an ASCII slug


def fold(text: str) -> str:
    """Make one space of each run of spaces, tabs and line ends; a no-break space stays."""
    return re.sub('[ \n\t]+', ' ', text)


def slug(title: str) -> str:
    """A title as a file name without ending: “Two Men’s Papers” → two-mens-papers."""
    plain = unicodedata.normalize('NFKD', title).encode('ascii', 'ignore').decode()
    return '-'.join(re.findall(r'[a-z0-9]+', plain.lower().replace("'", ''))) or 'edition'


def letters(n: int) -> str:
    """The n-th letter label, from 0: a … z, aa, ab …"""
    text = ''
    n += 1
    while n:
        n, rest = divmod(n - 1, 26)
        text = chr(ord('a') + rest) + text
    return text


def language(tag: str) -> str:
    """Return *tag* if it has the form of a BCP 47 language tag; else raise ValueError."""
    if not re.fullmatch(r'[a-z]{2,3}(-[A-Za-z0-9]{2,8})*', tag):
        raise ValueError(f'“{tag}” is not a language tag (BCP 47); write ru, ru-Latn, fr …')
    return tag


def emphasis(text: str) -> list[tuple[str, bool]]:
    """*text* in pieces, each with whether it stood between asterisks.

    >>> emphasis('poem *Zoya*, 1942')
    [('poem ', False), ('Zoya', True), (', 1942', False)]
    """
    pieces = re.split(r'\*([^*]+)\*', text)
    return [(piece, n % 2 == 1) for n, piece in enumerate(pieces) if piece]


def unmarked(text: str) -> str:
    """*text* without the asterisks of its emphasis, where there is none to show."""
    return ''.join(piece for piece, _ in emphasis(text))


def closed(text: str) -> str:
    """*text* without the gap that a reference has left before a stop."""
    return re.sub(r' +(?=[.,;:])', '', text)
