"""What stands within a line, in print."""

from __future__ import annotations

from abc import abstractmethod
from typing import TYPE_CHECKING

from docutils import nodes

from ..data.text import readable
from .source import call, language, string
from .writing import Writing

if TYPE_CHECKING:
    from ..vocabulary import page_break

# what a scribe did, or how words are set off -> the function of Typst
TYPST = {
    'del': 'strike',
    'add': 'added',
    'unclear': 'unclear',
    'underline': 'underline',
    'small-caps': 'smallcaps',
    'letter-spaced': 'letter-spaced',
    'bold': 'bold',
}


class Inlines(Writing):
    """The part of the writer for what stands within a line."""

    site: str

    def write_Text(self, node: nodes.Text) -> str:  # noqa: N802 (named as the node)
        return f'#{string(node.astext())}'

    def write_emphasis(self, node: nodes.emphasis) -> str:
        return call('emph', body=self.inside(node))

    write_title_reference = write_emphasis

    def write_strong(self, node: nodes.strong) -> str:
        return call('strong', body=self.inside(node))

    def write_superscript(self, node: nodes.superscript) -> str:
        return call('raised', body=call('super', body=self.inside(node)))  # also within a note

    def write_subscript(self, node: nodes.subscript) -> str:
        return call('sub', body=self.inside(node))

    def write_literal(self, node: nodes.literal) -> str:
        return call('raw', string(node.astext()))

    def write_line_break(self, node: nodes.inline) -> str:
        return '#" "#linebreak()'  # the space is for those who copy

    def write_page_break(self, node: page_break) -> str:
        return call('page-break', self.label(node['ids'][0]), string(node['page']))

    def write_inline(self, node: nodes.inline) -> str:
        body = self.anchors(node) + self.inside(node)
        if 'extent' in node:
            return call('gap', string(node['extent']))
        for name in ('del', 'add', 'unclear'):
            if name in node['classes']:
                return call(TYPST[name], body=body)
        if 'rend' in node:
            return call(TYPST[node['rend']], body=body)
        if 'meant' in node:
            return call('sic', string(node['meant']), body=body)
        if 'file' in node and self.site:
            return call('link', string(self.site + node['file']), body=body)
        if 'lang' in node:
            return call('text', body=body, **language(node['lang']))
        return body

    def write_reference(self, node: nodes.reference) -> str:
        kind, key = node.get('edition', ('', ''))
        if kind == 'note':
            return self.note(key, node)
        if kind in self.registry.kinds.registers:
            entry = self.registry.entries[kind, key]
            body = self.link(f'{entry.docname}:{entry.key}', self.inside(node), node)
            for node_id in node['ids']:
                body = call('mention', string(kind), string(key), self.label(node_id), body=body)
            return body
        body = self.anchors(node) + self.inside(node)
        if 'refid' in node:
            return self.link(f'{self.docname}:{node["refid"]}', body, node)
        if node.get('internal'):
            docname, _, node_id = node['refuri'].partition('#')
            return self.link(
                f'{docname or self.docname}{":" if node_id else ""}{node_id}', body, node
            )
        if node.astext() == node['refuri']:
            return call('address', string(node['refuri']), string(readable(node['refuri'])))
        return call('link', string(node['refuri']), body=body)

    @abstractmethod
    def note(self, key: str, mark: nodes.reference) -> str: ...
