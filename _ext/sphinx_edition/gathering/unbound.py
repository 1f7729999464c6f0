"""Pages for the web alone: in the books what leads to them is words."""

from __future__ import annotations

from docutils import nodes
from sphinx.transforms.post_transforms import SphinxPostTransform
from sphinx.util.osutil import relative_uri

from ..order import is_bound


class UnboundPages(SphinxPostTransform):
    """Take away the links to pages that the books do not have.

    Before:  reference refuri=notes/data.xhtml (“the data”)
    After:   “the data”; a naming, which other pages lead to, keeps its id

    Priority 11: when references have been resolved (10).
    """

    default_priority = 11
    builders = ('epub', 'typst')

    def run(self, **kwargs: object) -> None:
        here = self.env.current_document.docname
        unbound = [name for name in self.env.found_docs if not is_bound(self.env, name)]
        missing = {*unbound, *(relative_uri(f'{here}.xhtml', f'{name}.xhtml') for name in unbound)}
        for link in list(self.document.findall(nodes.reference)) if missing else ():
            if link.get('internal') and link.get('refuri', '').partition('#')[0] in missing:
                ids, classes = link['ids'], link['classes']
                naming = nodes.inline('', '', *link.children, ids=ids, classes=classes)
                link.parent.replace(link, naming if ids else link.children)
