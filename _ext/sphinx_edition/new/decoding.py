"""Bytes become characters that an edition can hold."""

from __future__ import annotations

import codecs
import re
import unicodedata
from typing import TYPE_CHECKING

from .reporting import Refusal

if TYPE_CHECKING:
    from .reporting import Report

DECLARED = re.compile(
    rb'<(?:meta\b[^>]*?charset|\?xml\b[^>]*?encoding)\s*=\s*["\']?\s*([\w.:-]+)', re.I
)
# what browsers read for what pages declare (WHATWG Encoding)
BROWSERS = {
    'ascii': 'windows-1252',
    'us-ascii': 'windows-1252',
    'iso-8859-1': 'windows-1252',
    'latin1': 'windows-1252',
    'iso-8859-9': 'windows-1254',
    'gb2312': 'gb18030',
    'gbk': 'gb18030',
    'shift_jis': 'cp932',
    'euc-kr': 'cp949',
    'ks_c_5601-1987': 'cp949',
    'utf-16': 'utf-8',  # a page that declares it in ASCII is not in it
    'unicode': 'utf-8',
    'x-sjis': 'cp932',
    'x-mac-roman': 'mac-roman',
    'macintosh': 'mac-roman',
}
INVISIBLE = '\u00ad\u200b\u2060\ufeff'


def decode(data: bytes, name: str, report: Report) -> str:
    """The characters of a page, in the charset that it declares or is in."""
    for mark, charset in (
        (codecs.BOM_UTF8, 'utf-8'),
        (codecs.BOM_UTF16_LE, 'utf-16-le'),
        (codecs.BOM_UTF16_BE, 'utf-16-be'),
    ):
        if data.startswith(mark):
            return data[len(mark) :].decode(charset, 'replace')
    match = DECLARED.search(data[:4096])
    declared = match[1].decode('ascii').lower() if match else ''
    charset = BROWSERS.get(declared, declared) or 'utf-8'
    try:
        charset = codecs.lookup(charset).name
    except LookupError:
        report.guess(
            f'{name}: the charset “{declared}” is not known; read as UTF-8 or windows-1252'
        )
        charset = 'utf-8'
    single = charset.startswith(('cp125', 'iso8859', 'mac-roman'))
    if charset == 'utf-8' or single:
        try:
            text = data.decode('utf-8')
        except UnicodeDecodeError as error:
            if charset == 'utf-8':
                line = data.count(b'\n', 0, error.start) + 1
                report.guess(f'{name}:{line}: not UTF-8 throughout; read as windows-1252')
                charset = 'cp1252'
        else:
            if single and not data.isascii():
                report.guess(f'{name}: declared as {declared}, but in UTF-8; read as UTF-8')
            return text
    if charset == 'cp1252':
        return data.decode('latin-1').translate(WINDOWS)
    try:
        return data.decode(charset)
    except UnicodeDecodeError as error:
        line = data.count(b'\n', 0, error.start) + 1
        raise Refusal(
            f'{name}:{line}: is not in {declared}, as it says; save it as UTF-8 and say so in it'
        ) from None


def _windows() -> dict[int, str]:
    table = {}
    for code in range(0x80, 0xA0):
        try:
            table[code] = bytes([code]).decode('cp1252')
        except UnicodeDecodeError:
            continue
    return table


WINDOWS = _windows()  # also of references such as &#150;, which browsers read so


def clean(text: str, report: Report) -> str:
    """*text* with plain spaces, and without characters that no reader sees."""
    if text.isascii() and text.isprintable():
        return text
    found = []
    for char in text:
        if '\x80' <= char < '\xa0':
            char = WINDOWS.get(ord(char), char)
        if char in '\n\t\r\f\v\u2028\u2029':
            found.append('\n' if char in '\n\r' else ' ')
            continue
        category = unicodedata.category(char)
        if category == 'Zs' and char != ' ':
            report.otherwise[f'U+{ord(char):04X} {unicodedata.name(char).lower()}', 'space'] += 1
            char = ' '
        elif char in INVISIBLE or category in ('Cc', 'Cs') or ord(char) & 0xFFFE == 0xFFFE:
            name = unicodedata.name(char, 'control character').lower()
            report.otherwise[f'U+{ord(char):04X} {name}', 'nothing'] += 1
            continue
        found.append(char)
    return ''.join(found)
