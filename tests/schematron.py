"""The rules that TEI’s schema holds beside its grammar (ISO Schematron), run by Saxon."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from lxml import etree
from saxonche import PySaxonProcessor

if TYPE_CHECKING:
    from pathlib import Path

SCH = '{http://purl.oclc.org/dsdl/schematron}'
XSL = '{http://www.w3.org/1999/XSL/Transform}'


@cache
def sheet(schema: Path) -> tuple[str, int]:
    """A style sheet that says which rule is broken where, as ISO 19757-3 lays it down; rules.

    A mode a pattern, in which the first rule that fits a node is the only one.
    """
    grammar = etree.parse(schema)
    names = {ns.get('prefix'): ns.get('uri') for ns in grammar.iter(f'{SCH}ns')}
    root = etree.Element(f'{XSL}stylesheet', version='3.0', nsmap={'xsl': XSL[1:-1], **names})
    etree.SubElement(root, f'{XSL}output', method='text')
    start = etree.SubElement(root, f'{XSL}template', match='/')
    count = 0
    for n, pattern in enumerate(grammar.iter(f'{SCH}pattern')):
        mode = f'm{n}'
        etree.SubElement(root, f'{XSL}mode', {'name': mode, 'on-no-match': 'shallow-skip'})
        etree.SubElement(start, f'{XSL}apply-templates', select='//*', mode=mode)
        etree.SubElement(root, f'{XSL}template', match='node()|@*', mode=mode, priority='-9')
        rules = list(pattern.iter(f'{SCH}rule'))
        for place, rule in enumerate(rules):
            count += 1
            template = etree.SubElement(
                root,
                f'{XSL}template',
                match=rule.get('context'),
                mode=mode,
                priority=str(len(rules) - place),
            )
            for part in rule:
                write(part, template)
    return etree.tostring(root, encoding='unicode'), count


def write(part: etree._Element, template: etree._Element) -> None:
    """A variable, or what is said where a test fails (`assert`) or holds (`report`)."""
    if part.tag == f'{SCH}let':
        select = {'name': part.get('name'), 'select': part.get('value')}
        etree.SubElement(template, f'{XSL}variable', select)
    elif part.tag in (f'{SCH}assert', f'{SCH}report'):
        test = part.get('test')
        wrong = f'not({test})' if part.tag == f'{SCH}assert' else f'boolean({test})'
        broken = etree.SubElement(template, f'{XSL}if', test=wrong)
        words = ' '.join(''.join(part.itertext()).split())
        etree.SubElement(broken, f'{XSL}value-of', select="path(.) || ': '")
        etree.SubElement(broken, f'{XSL}text').text = f'{words}\n'


def broken(schema: Path, file: Path) -> str:
    """Which rules *file* breaks, a line each: nothing, if none."""
    with PySaxonProcessor(license=False) as saxon:
        xslt = saxon.new_xslt30_processor()
        run = xslt.compile_stylesheet(stylesheet_text=sheet(schema)[0])
        return run.transform_to_string(source_file=str(file)) or ''
