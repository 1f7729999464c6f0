"""Directives around blocks of the text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from docutils import nodes
from sphinx.util.docutils import SphinxDirective

from ..data.problems import Trouble
from ..diagnostics import warn

if TYPE_CHECKING:
    from docutils.nodes import Node


class Part(SphinxDirective):
    """A named part of the witness, such as a dateline -> paragraph marked with its name."""

    has_content = True

    def run(self) -> list[Node]:
        self.assert_has_content()
        children = self.parse_content_to_nodes()
        name = self.name.rpartition(':')[2]
        if [type(child) for child in children] != [nodes.paragraph]:
            message = f'{{{name}}} holds one paragraph; close it with “:::” after that'
            warn(Trouble.MARKUP, message, self.get_location())
        for child in children[:1]:
            if isinstance(child, nodes.paragraph):
                child['part'] = name
        return children


class Editorial(SphinxDirective):
    """The editor's words among the witness's -> container."""

    has_content = True

    def run(self) -> list[Node]:
        self.assert_has_content()
        return [nodes.container('', *self.parse_content_to_nodes(), classes=['editorial'])]
