"""MyST Markdown as an edition reads it: where MyST would lose words, it does not."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, cast

from docutils import nodes
from docutils.parsers.rst import directives, roles
from mdit_py_plugins.myst_blocks.index import line_comment
from myst_parser.config.main import (
    TopmatterReadError,
    merge_file_level,
    read_topmatter,
)
from myst_parser.mdit_to_docutils.base import token_line
from myst_parser.mdit_to_docutils.sphinx_ import SphinxRenderer
from myst_parser.parsers.mdit import create_md_parser
from myst_parser.parsers.sphinx_ import MystParser
from myst_parser.warnings_ import MystWarnings, create_warning

from ..data.kinds import PARTS
from ..data.problems import Trouble, suggestion
from ..diagnostics import warn
from ..domain import edition_domain
from ..vocabulary import asterism, line_break
from .blocks import attribute
from .roles import split_target

if TYPE_CHECKING:
    from collections.abc import Container

    from docutils.nodes import Element, document
    from markdown_it.tree import SyntaxTreeNode

ROLE = re.compile(r'\{[a-z:-]+\}(`+)(.+?)\1')
OPTION = re.compile(r':([a-z-]+):(?:\s+(.*))?')


class EditionParser(MystParser):
    """MyST’s parser with the renderer below; a comment does not break into a paragraph."""

    def parse(self, inputstring: str, document: document) -> None:
        """Add what *inputstring* says to *document*."""
        config = document.settings.env.myst_config
        try:
            topmatter = read_topmatter(inputstring)
        except TopmatterReadError:
            topmatter = None  # the renderer reports it
        if topmatter:

            def tell(kind: MystWarnings, message: str) -> None:
                create_warning(document, message, kind, line=1, append_to=document)

            config = merge_file_level(config, topmatter, tell)
        parser = create_md_parser(config, EditionRenderer)
        parser.block.ruler.at('myst_line_comment', line_comment)  # no longer amid a paragraph
        parser.options['document'] = document
        parser.render(inputstring)
        locate(document)


def locate(document: document) -> None:
    """Give each node without a line that of what it holds or stands in, for messages.

    Docutils gives a table the line where it ends; nothing begins after what it holds.
    """
    elements = [*document.findall(nodes.Element)]
    for node in reversed(elements):
        children = (child.line for child in node.children if isinstance(child, nodes.Element))
        node.line = min(filter(None, (node.line, *children)), default=None)
    for node in elements:
        if node.parent is not None:
            node.line = node.line or node.parent.line
            node.source = node.source or node.parent.source


class EditionRenderer(SphinxRenderer):
    """Markdown’s tokens as nodes; no word is dropped, whatever markup surrounds it."""

    def render_hardbreak(self, token: SyntaxTreeNode) -> None:
        """Two spaces or a backslash at a line’s end: a line break, not raw HTML."""
        self.current_node.append(line_break())

    def render_hr(self, token: SyntaxTreeNode) -> None:
        """“***” is an asterism; another line across the page is refused."""
        super().render_hr(token)
        if token.markup.startswith('*'):
            [rule] = self.current_node[-1:]
            stars = asterism()
            stars.source, stars.line = rule.source, rule.line
            self.current_node[-1] = stars

    def render_blockquote(self, token: SyntaxTreeNode) -> None:
        super().render_blockquote(token)
        quote = cast('Element', self.current_node[-1])
        blocks = [*quote.children]
        attribute(blocks)
        quote[:] = blocks
        if blocks and '\n-- ' in (said := blocks[-1].astext()):
            line = (blocks[-1].line or token_line(token)) + said[: said.index('\n-- ')].count('\n')
            self.tell(
                'before whose words they are (“-- …”) leave a line that holds “>” alone', line
            )

    def render_colon_fence(self, token: SyntaxTreeNode) -> None:
        """A directive; colons that begin none are told, and what they surround stays."""
        info, start = token.info.strip(), token_line(token)
        if info.startswith('{'):
            rest = self.not_closed(token, info[1:].partition('}')[0])
            super().render_colon_fence(token)
            if rest:
                self.nested_render_text(rest, start + token.content.count('\n'))
            return
        self.tell(
            f'“{token.markup}{" " * bool(info)}{info}” opens nothing; write “:::{{name}}”, and '
            'where one block holds another, one more colon before and after the outer one',
            start,
        )
        self.nested_render_text(f'{info}\n\n{token.content}', start - 1)

    def not_closed(self, token: SyntaxTreeNode, name: str) -> str:
        """What a block has swallowed that is not closed, taken out of it; the block is told."""
        lines, (first, end) = token.content.splitlines(), token.map or (0, 0)
        closes = end - first == len(lines) + 2
        fences = [n for n, line in enumerate(lines) if line.startswith(token.markup + '{')]
        if closes and not fences:
            return ''
        mark = token.markup
        self.tell(f'{{{name}}} is not closed; close it with “{mark}” after it', token_line(token))
        ends = [n for n, line in enumerate(lines) if n and not line.strip()]
        of_lines = name in PARTS and not PARTS[name].blocks
        cut = min([*fences, *(ends if of_lines else []), len(lines)])
        assert token.token is not None  # it is a block
        token.token = token.token.copy(content=''.join(f'{line}\n' for line in lines[:cut]))
        return '\n'.join([*lines[cut:], *([mark] if closes else [])])

    def nested_render_text(
        self,
        text: str,
        lineno: int,
        inline: bool = False,
        temp_root_node: Element | None = None,
        heading_offset: int = 0,
    ) -> None:
        """Headings within a directive that may have them stand in it, not in the page."""
        levels = self._level_to_section
        if temp_root_node is not None:
            self._level_to_section = dict.fromkeys(levels, cast('nodes.section', temp_root_node))
        super().nested_render_text(text, lineno, inline, temp_root_node, heading_offset)
        self._level_to_section = levels if temp_root_node is not None else self._level_to_section

    def render_paragraph(self, token: SyntaxTreeNode) -> None:
        lines = token.children[0].content.split('\n')
        if all(line.startswith('| ') for line in lines):
            self.tell(
                'lines behind bars are no verse; write :::{verse}, one line a line, without bars '
                '(a table has |---| below its head)',
                token_line(token),
            )
        for n, line in enumerate(lines[1:], start=1):
            if line.startswith('%'):
                self.tell(
                    f'“{line[:30]}” within a paragraph is taken as its words; '
                    'join it to the line before, or leave a blank line before a comment',
                    token_line(token) + n,
                )
        super().render_paragraph(token)

    def render_image(self, token: SyntaxTreeNode) -> None:
        """A picture; of roles in its description the words count."""
        super().render_image(token)
        words = ROLE.sub(lambda match: split_target(match[2])[0], token.content)
        cast('Element', self.current_node[-1])['alt'] = words

    def render_myst_role(self, token: SyntaxTreeNode) -> None:
        name, line = token.meta['name'], token_line(token, 0)
        if (
            self.has_domain(name)
            and roles.role(name, self.language_module_rst, line, self.reporter)[0]
        ):
            super().render_myst_role(token)
            return
        known = edition_domain(self.sphinx_env).roles
        self.tell(f'there is no role {{{name}}}{suggestion(name, known)}; its words stay', line)
        words, _ = split_target(token.content)
        self.nested_render_text(words, line, inline=True)

    def run_directive(
        self,
        name: str,
        first_line: str,
        content: str,
        position: int,
        additional_options: dict[str, str] | None = None,
        *,
        block_text: str | None = None,
    ) -> list[Element]:
        found: Any = (
            self.has_domain(name)
            and directives.directive(name, self.language_module_rst, self.document)[0]
        )
        if not found:
            known = edition_domain(self.sphinx_env).directives
            self.tell(
                f'there is no directive {{{name}}}{suggestion(name, known)}; its words stay',
                position,
            )
            holder = nodes.container()
            with self.current_node_context(holder):
                self.nested_render_text(f'{first_line}\n\n{content}', position)
            return cast('list[Element]', holder.children)
        if getattr(found, 'literal_options', False):
            block_text = content if block_text is None else block_text
            content = literal_options(content, found.option_spec)
        made: list[Element] = super().run_directive(
            name, first_line, content, position, additional_options, block_text=block_text
        )
        if content.strip() and made and all(is_empty_message(node) for node in made):
            made.append(nodes.literal_block(content, content))
        return made

    def has_domain(self, name: str) -> bool:
        """Whether the domain of “domain:name” is there, if one is named.

        “external” is intersphinx’s, which tells itself what it does not find.
        """
        first, colon, _ = name.partition(':')
        return not colon or first in self.sphinx_env.domains or first.startswith('external')

    def tell(self, message: str, line: int) -> None:
        """A warning at *line* of the file that is read."""
        warn(Trouble.MARKUP, message, (self.sphinx_env.current_document.docname, line))


def is_empty_message(node: nodes.Node) -> bool:
    """Whether *node* tells of a mistake and has lost the words it is about."""
    return isinstance(node, nodes.system_message) and not node.next_node(nodes.literal_block)


def literal_options(content: str, known: Container[str]) -> str:
    """*content* of a directive, its options so written that YAML reads them as typed.

    Blank lines among the options move behind them; the number of lines stays.

    >>> literal_options(':who: prisoner #7\\n\\n:name: “A”\\n\\nProse.', {'who', 'name'})
    ":who: 'prisoner #7'\\n:name: '“A”'\\n\\n\\nProse."
    """
    lines = content.split('\n')
    options: list[list[str]] = []  # name, then the lines of its value
    end = 0  # of what belongs to the options
    for n, line in enumerate(lines):
        match = OPTION.fullmatch(line.rstrip())
        if match and (n == end or match[1] in known):
            options.append([match[1], match[2] or ''])
        elif options and n == end and line[:1].isspace() and line.strip():
            options[-1].append(line.strip())
        elif line.strip():
            break
        else:
            continue
        end = n + 1
    written = []
    for name, *values in options:
        value = ' '.join(filter(None, values)).replace("'", "''")
        written.append(f":{name}: '{value}'" if value else f':{name}:')
    return '\n'.join([*written, *[''] * (end - len(written)), *lines[end:]])
