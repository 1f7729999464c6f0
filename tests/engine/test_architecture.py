"""The layers of the engine: imports point one way, and outputs do not know each other."""

from __future__ import annotations

import ast
import re
from graphlib import TopologicalSorter
from pathlib import Path

import sphinx_edition

ENGINE = Path(sphinx_edition.__file__).parent
# from the ground up: a layer imports only what stands before it
LAYERS = (
    ('data',),
    ('diagnostics', 'leftovers', 'order', 'vocabulary', 'performance'),
    ('domain', 'settings'),
    ('reading',),
    ('gathering',),
    ('html',),
    ('markup', 'web', 'epub', 'print', 'tei'),
    ('collation',),
    ('names', 'catalogue'),
    ('new',),
    ('build', 'serve'),
    ('__init__',),
)
OUTPUTS = ('web', 'epub', 'print', 'tei')
DATA = (
    *('text', 'problems', 'language', 'collating', 'dates', 'date_formats', 'hosts'),
    *('kinds', 'records', 'registry', 'checks', 'facts', 'identity', 'citing'),
    'bibliography',
)


def imports(file: Path) -> set[str]:
    """Names of the engine's modules that *file* imports when it runs, as “data.kinds”."""
    package = ['sphinx_edition', *file.relative_to(ENGINE).with_suffix('').parts]
    found = set()

    def visit(node: ast.AST) -> None:
        if isinstance(node, ast.If) and 'TYPE_CHECKING' in ast.unparse(node.test):
            return
        if isinstance(node, ast.ImportFrom) and node.level:
            base = package[: len(package) - node.level]
            name = '.'.join([*base, *filter(None, [node.module])])
            for alias in node.names:
                inner = f'{name}.{alias.name}'
                path = ENGINE.parent / inner.replace('.', '/')
                is_module = path.with_suffix('.py').is_file() or path.is_dir()
                found.add((inner if is_module else name).removeprefix('sphinx_edition.'))
        for child in ast.iter_child_nodes(node):
            visit(child)

    visit(ast.parse(file.read_text(encoding='utf-8')))
    return found


def modules() -> dict[str, set[str]]:
    """Module -> the modules of the engine that it imports."""
    files = [file for file in ENGINE.rglob('*.py') if '__pycache__' not in file.parts]
    return {
        '.'.join(file.relative_to(ENGINE).with_suffix('').parts): imports(file) for file in files
    }


def test_no_circle() -> None:
    [*TopologicalSorter(modules()).static_order()]  # raises CycleError


def test_each_layer_stands_on_those_before_it() -> None:
    level = {name: n for n, layer in enumerate(LAYERS) for name in layer}
    for module, imported in modules().items():
        here = module.partition('.')[0]
        for name in imported:
            there = name.partition('.')[0]
            assert level[there] < level[here] or there == here, f'{module} imports {name}'


def test_data_is_plain_python() -> None:
    order = {f'data.{name}': n for n, name in enumerate(DATA)}
    for module, imported in modules().items():
        if module in order:
            assert all(order[name] < order[module] for name in imported), module
            text = (ENGINE / f'{module.replace(".", "/")}.py').read_text(encoding='utf-8')
            assert not re.search(r'(import|from) (sphinx|docutils)', text), module
