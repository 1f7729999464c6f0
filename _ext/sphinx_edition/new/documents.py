"""What says what an edition is: conf.py, references, terms of use, filled in from templates."""

from __future__ import annotations

import json
import re
from pathlib import Path
from string import Template

from .people import sorting

TEMPLATES = Path(__file__).parent / 'templates'
EDITOR = 'The editors of this edition'
WIDTH = 84  # characters of a string in conf.py


def filled(name: str, **given: str) -> str:
    """A template with what it says of this edition."""
    return Template((TEMPLATES / name).read_text(encoding='utf-8')).safe_substitute(given)


def configuration(facts: dict[str, object], lang: str) -> str:
    """conf.py."""
    lines_ = ['edition = {']
    for name, value in facts.items():
        if not value:
            continue
        if isinstance(value, dict):
            lines_.append(f"    '{name}': {{")
            lines_ += [
                f"        '{key}': {quoted(said, 8 + len(key))},"
                for key, said in value.items()
                if said
            ]
            lines_.append('    },')
        elif isinstance(value, tuple):
            said = quoted(value[0], 0) if len(value) == 1 else repr(value)
            lines_.append(f"    '{name}': {said},")
        else:
            lines_.append(f"    '{name}': {quoted(str(value), 4 + len(name))},")
    said = '\n'.join([*lines_, '}'])
    return filled('conf.txt', facts=said, editor=EDITOR[0].lower() + EDITOR[1:], lang=lang)


def quoted(text: str, before: int) -> str:
    """*text* as a string of Python, in several lines if it is long."""
    if len(text) + before < WIDTH:
        return repr(text)
    parts, line = [], ''
    for word in re.findall(r'\S+\s*', text):
        if line and len(line) + len(word) > WIDTH:
            parts.append(line)
            line = ''
        line += word
    return '(\n' + ''.join(f'        {part!r}\n' for part in [*parts, line]) + '    )'


def documents(
    title: str, description: str, authors: list[str], makers: list[str]
) -> dict[str, str]:
    """Path -> text; *makers* are those of the text, with its authors."""
    given = {
        'title': title,
        'description': description,
        'editor': EDITOR,
        'makers': ' and '.join(dict.fromkeys(makers)),
    }
    # in double quotation marks, as YAML and TOML read them
    given |= {
        f'quoted_{name}': json.dumps(text, ensure_ascii=False) for name, text in given.items()
    }
    given['authors'] = '\n'.join(map(cited, authors))
    files = {name: name for name in ('README.md', 'CITATION.cff', 'CHANGELOG.md', 'LICENSE')}
    files |= {'REUSE.toml': 'reuse.txt'}  # by its own name it would hold for the templates
    files |= {'LICENSES/LicenseRef-Witness.txt': 'LicenseRef-Witness.txt'}
    return {name: filled(template, **given) for name, template in files.items()}


def cited(author: str) -> str:
    """An author in CITATION.cff."""
    parts = [json.dumps(part, ensure_ascii=False) for part in sorting(author).split(', ', 1)]
    if len(parts) == 1:
        return f'      - name: {parts[0]}'
    return f'      - family-names: {parts[0]}\n        given-names: {parts[1]}'
