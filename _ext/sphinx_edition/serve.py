"""Show the web edition while it is edited: `python -m sphinx_edition.serve`.

Sphinx is loaded once; each build is a fork of the process that has it. What an earlier build has
left is shown at once, and again when it is up to date.
"""

from __future__ import annotations

import asyncio
import os
import sys
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING

import uvicorn
import watchfiles
from sphinx.cmd.build import main as sphinx_build
from sphinx_autobuild.middleware import JavascriptInjectorMiddleware
from sphinx_autobuild.server import RebuildServer
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.routing import Mount, WebSocketRoute
from starlette.staticfiles import StaticFiles

if TYPE_CHECKING:
    from collections.abc import Iterable

HOST, PORT = '127.0.0.1', int(os.environ.get('PORT', '8000'))
FOLDER = Path('_build/serve')
OPTIONS = ('-q', '-n', '-j', 'auto', '-b', 'html', '.', str(FOLDER))

NOT_READ = ('_build', 'node_modules', '__pycache__', 'tests', 'benchmarks', 'audit')


class Server(RebuildServer):
    """Makes the pages, and again after each change; then all that show one load it anew."""

    async def watch(self) -> None:
        first = asyncio.create_task(self.build())  # while changes are already seen
        async for changes in watchfiles.awatch(
            Path.cwd(), watch_filter=lambda _, path: is_read(path)
        ):
            if engine_changed(path for _, path in changes):
                print('The engine has changed: starting anew')
                os.execv(sys.executable, [sys.executable, '-m', 'sphinx_edition.serve'])
            await first
            await self.build()

    async def build(self) -> None:
        with ProcessPoolExecutor(1) as pool:
            await asyncio.wrap_future(pool.submit(make))
        self.flag.set()


def make() -> None:
    """Bring the pages up to date."""
    print('Making the web edition …', flush=True)
    status = sphinx_build(OPTIONS)
    print('Not made: see above.' if status else f'Shown on http://{HOST}:{PORT}', flush=True)


def is_read(path: str) -> bool:
    """Whether a build reads the file."""
    parts = Path(path).relative_to(Path.cwd()).parts
    return not any(part in NOT_READ or part.startswith('.') for part in parts)


def engine_changed(paths: Iterable[str]) -> bool:
    """Whether one of them is a module that is loaded."""
    return any('_ext' in Path(path).parts and path.endswith('.py') for path in paths)


def main() -> None:
    """Serve until interrupted."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    server = Server([], lambda _: True, make)
    app = Starlette(
        routes=[
            WebSocketRoute('/websocket-reload', server),
            Mount('/', app=StaticFiles(directory=FOLDER, html=True)),
        ],
        middleware=[Middleware(JavascriptInjectorMiddleware, ws_url=f'{HOST}:{PORT}')],
        lifespan=server.lifespan,
    )
    uvicorn.run(app, host=HOST, port=PORT, log_level='warning')


if __name__ == '__main__':
    main()
