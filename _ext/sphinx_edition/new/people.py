"""Entries for those whom a page names as its makers."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from ..data.text import slug

UNKNOWN = 'Unknown author'


@dataclass
class People:
    """Names and the keys they get."""

    roles: dict[str, str] = field(default_factory=dict)  # name -> what the page says of it
    keys: dict[str, str] = field(default_factory=dict)

    def key(self, name: str, role: str) -> str:
        """The key of *name*, who gets an entry."""
        if name not in self.keys:
            key = slug(name)
            if key == 'edition' or not re.search('[a-z]', key):
                key = f'person-{len(self.keys) + 1}'
            while key in self.keys.values():
                key += '-too'
            self.keys[name], self.roles[name] = key, role
        return self.keys[name]

    def mark(self, text: str, names: list[str]) -> str:
        """*text* with the first naming of each of *names* marked."""
        for name in names:
            if name in self.keys:
                pattern = re.compile(rf'(?<![\w`]){re.escape(name)}(?![\w`])')
                text = pattern.sub(f'{{person}}`{name} <{self.keys[name]}>`', text, count=1)
        return text

    def page(self) -> str:
        """The register of people."""
        entries = ['# People']
        for name, key in sorted(self.keys.items(), key=lambda item: sorting(item[0]).casefold()):
            entries.append(
                f':::{{person}} {key}\n:name: {name}\n:sort: {sorting(name)}\n'
                f':who: {self.roles[name]}\n:certainty: unknown\n:sources: none\n\n'
                'Not yet described.\n:::'
            )
        return '\n\n'.join(entries) + '\n'


def sorting(name: str) -> str:
    """“Victor Serge” as “Serge, Victor”."""
    first, _, last = name.rpartition(' ')
    return f'{last}, {first}' if first and name != UNKNOWN else name
