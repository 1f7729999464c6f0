"""Words as readers and files need them."""

from __future__ import annotations

import re
import unicodedata
from urllib.parse import unquote_to_bytes, urlsplit

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


def language(name: str) -> str:
    """A language as BCP 47 writes it: “pt_BR” → pt-BR. Raises ValueError if it is none."""
    if not re.fullmatch(r'[a-z]{2,3}([-_][A-Za-z0-9]{2,8})*', name):
        raise ValueError(f'“{name}” is not a language tag (BCP 47); write ru, ru-Latn, fr …')
    first, *rest = re.split('[-_]', name)
    forms = {2: str.upper, 4: str.title}
    return '-'.join([first, *(forms.get(len(part), str.lower)(part) for part in rest)])


def emphasis(text: str) -> list[tuple[str, bool]]:
    """*text* in pieces, each with whether it stood between asterisks.

    >>> emphasis('poem *Zoya*, 1942')
    [('poem ', False), ('Zoya', True), (', 1942', False)]
    """
    pieces = re.split(r'\*([^*]+)\*', text)
    return [(piece, n % 2 == 1) for n, piece in enumerate(pieces) if piece]


START, END = '\x01', '\x02'  # of a word, or a part of one, that is emphasised in a snippet


def stressed(text: str) -> list[tuple[str, bool]]:
    """A snippet in pieces, each with whether it is emphasised.

    Words are marked one by one, so that a snippet may be cut between any two.

    >>> stressed('author of \x01The\x02 \x01Stone\x02 (1913)')
    [('author of ', False), ('The Stone', True), (' (1913)', False)]
    """
    pieces = re.split(f'{START}([^{END}]*){END}', re.sub(f'{END}( ){START}', r'\1', text))
    return [(piece, n % 2 == 1) for n, piece in enumerate(pieces) if piece]


def rounded(text: str) -> str:
    """The end of a snippet without the words that would leave a reader hanging.

    What is left of a new sentence goes, if it is but a word or two; then short words, which
    join what comes. A word with a figure stays.

    >>> rounded(' this morning. The')
    ' this morning.'
    >>> rounded(' the war began; he')
    ' the war began'
    """
    words = text.split(' ')
    for n in range(max(len(words) - 2, 1), len(words)):
        if re.search(f'[.!?][”’)]*{END}?$', words[n - 1]) and len(words[n - 1]) > 3:
            return ' '.join(words[:n])
    while len(words) > 2 and re.fullmatch(r'\W*[^\W\d]{1,3}\W*', words[-1]):
        words.pop()
    return re.sub(r'[;:,–-]+$', '', ' '.join(words))


def unmarked(text: str) -> str:
    """*text* without the asterisks of its emphasis, where there is none to show."""
    return ''.join(piece for piece, _ in emphasis(text))


def closed(text: str) -> str:
    """*text* without the gap that a reference has left before a stop."""
    return re.sub(r' +(?=[.,;:])', '', text)


def readable(address: str) -> str:
    """An address as a reader knows and types it: in the letters of its language, without https.

    https://ru.wikipedia.org/wiki/%D0%94%D0%B5%D0%BB%D0%BE → ru.wikipedia.org/wiki/Дело
    """

    def letters(escapes: re.Match[str]) -> str:
        raw = unquote_to_bytes(escapes[0])
        text = raw.decode('utf-8', 'replace')
        return text if text.isprintable() and '\ufffd' not in text else escapes[0]

    parts = urlsplit(address)
    if not (host := parts.netloc):
        return address
    if 'xn--' in host:
        host = host.encode('ascii').decode('idna')
    rest = re.sub('(%[89A-Fa-f][0-9A-Fa-f])+', letters, address.partition(parts.netloc)[2])
    scheme = '' if parts.scheme == 'https' else f'{parts.scheme}://'
    return f'{scheme}{host}{rest}'.rstrip('/')
