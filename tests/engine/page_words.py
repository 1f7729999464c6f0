"""The words of a saved page, read without the importer’s parser: what it must not lose."""

from __future__ import annotations

import codecs
import re
from html.parser import HTMLParser
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

SILENT = ('script', 'style', 'title')
SEPARATOR = '\x00'


class Words(HTMLParser):
    """All text that is no script, style or title."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.said: list[str] = []
        self.silent = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.silent += tag in SILENT

    def handle_endtag(self, tag: str) -> None:
        self.silent -= tag in SILENT and self.silent > 0

    def handle_data(self, data: str) -> None:
        if not self.silent:
            self.said.append(data)


def words_of_page(file: Path) -> str:
    """The characters of a page without white space and what nobody sees."""
    data = file.read_bytes()
    if data.startswith(codecs.BOM_UTF8):
        data = data[3:]
    try:
        text = data.decode('utf-8')
    except UnicodeDecodeError:
        # of the five bytes that windows-1252 does not have the browser’s reading is a control
        text = data.decode('cp1252', 'replace').replace('\ufffd', '')
    reader = Words()
    reader.feed(re.sub(r'<\?xml.*?\?>', '', text))
    reader.close()
    return bare(''.join(reader.said))


def bare(text: str) -> str:
    """*text* without white space, control characters and what has no width."""
    return re.sub(r'[\s\x00-\x1f\x7f-\x9f\u00ad\u200b\u2060\ufeff]+', '', text)


def left_over(page: str, witness: list[str], report: str) -> list[str]:
    """What of a page stands neither in the witness nor in the report, and the reverse."""
    faults = []
    rest = page
    told = re.findall(r'^- [^“\n]*: “(.*)”$', section(report, 'Dropped'), re.M)
    dropped = [bare(said) for said in told]
    lines = [(bare(line), 'in the witness alone') for line in witness]
    lines += [(said, 'dropped, but not on the page') for said in dropped]
    for line, fault in sorted(lines, key=lambda pair: -len(pair[0])):
        place, length = find(rest, line)
        if place < 0:
            faults.append(f'{fault}: {line[:80]}')
        else:
            rest = rest[:place] + SEPARATOR + rest[place + length :]
    signs = re.sub(r'[*∗⁎⁂•·\x00]', '', rest)  # asterisms
    pages = re.findall(r'^- (.*) → page break', section(report, 'Written otherwise'), re.M)
    for number in pages:
        signs = signs.replace(bare(number), '', 1)
    if signs:
        faults.append(f'on the page alone: {signs[:200]}')
    return faults


def find(text: str, line: str) -> tuple[int, int]:
    """Where *line* stands in *text*, and how long it is: labels of notes may be set otherwise."""
    if (place := text.find(line)) >= 0:
        return place, len(line)
    label = re.match(r'([^.\s]{1,6})\.', line)
    opened = rf'[\[({{]?{re.escape(label[1])}[\])}}.:]*' if label else ''
    marks = re.split(r'\[([^\[\]]{1,6})\]', line[label.end() :] if label else line)
    body = ''.join(
        rf'[\[({{]?{re.escape(part)}[\])}}.]*' if n % 2 else re.escape(part)
        for n, part in enumerate(marks)
    )
    start = re.escape(label[0]) if label else ''
    match = re.search(start + body, text) or re.search(opened + body, text)
    return (match.start(), len(match[0])) if match else (-1, 0)


def section(report: str, title: str) -> str:
    """The lines of a report below a title."""
    match = re.search(rf'^## {title}.*?\n(.*?)(?=^## |\Z)', report, re.S | re.M)
    return match[1] if match else ''
