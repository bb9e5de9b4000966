"""Serving the site: Datasette over the one database, Host checked, limits set."""

import asyncio
import errno
import socket
import sqlite3
import threading
from collections.abc import Callable, Collection
from pathlib import Path
from typing import Any

import uvicorn
from datasette.app import Datasette
from datasette.database import Database
from datasette.plugins import pm

from archive import texts
from archive.dbfile import pinned
from archive.errors import SurroundingsError
from archive.totals import LISTED
from archive.totals import TABLE as TOTALS
from query.corpus import DATABASE_NAME, opened
from query.web.routes import Site
from query.withdrawn import HIDDEN

LOCAL_NAMES = ("127.0.0.1", "localhost", "[::1]")
SETTINGS = {
    "sql_time_limit_ms": 2_000,
    "max_returned_rows": 1_000,
    "facet_time_limit_ms": 200,
    "suggest_facets": False,
    "allow_download": False,
    "allow_csv_stream": True,
    "num_sql_threads": 2,
}
PLUGIN_NAME = "gongkai"
POLICY_HEADER = b"content-security-policy"
LICENCE_HEADER = (b"link", b'</downloads#licence>; rel="license"')
DATASETTE_POLICY = (
    b"default-src 'self'; script-src 'self' 'unsafe-inline'; style-src 'self' 'unsafe-inline';"
    b" img-src 'self' data:; base-uri 'none'; frame-ancestors 'none'; form-action 'self'"
)


class CheckedHost:
    """Refuses requests for another host: a page elsewhere cannot rebind its name to us."""

    def __init__(self, app: Any, names: Collection[str]) -> None:
        """`names` are the hosts answered for, without port."""
        self.app = app
        self.names = frozenset(names)

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        """Passes the request on, or answers 421."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        if self._host(scope) in self.names:
            await self.app(scope, receive, _with_headers(send))
            return
        head = {"type": "http.response.start", "status": 421}
        await send(head | {"headers": [(b"content-type", b"text/plain; charset=utf-8")]})
        await send({"type": "http.response.body", "body": b"unknown host\n"})

    @staticmethod
    def _host(scope: Any) -> str:
        host: str = dict(scope["headers"]).get(b"host", b"").decode("latin-1").lower()
        name, colon, port = host.rpartition(":")
        return name if colon and port.isdigit() else host


def _with_headers(send: Any) -> Any:
    """Names the terms of use with every answer; Datasette's own pages are given a policy as well.

    Those run their own script. Data in CSV and JSON have no place for the terms in themselves.
    """

    async def sent(message: Any) -> None:
        if message["type"] == "http.response.start":
            headers = [*message.get("headers", []), LICENCE_HEADER]
            if not any(name.lower() == POLICY_HEADER for name, _ in headers):
                headers.append((POLICY_HEADER, DATASETTE_POLICY))
            message = {**message, "headers": headers}
        await send(message)

    return sent


def application(directory: Path, names: Collection[str] = LOCAL_NAMES) -> Any:
    """The site as an ASGI application.

    Raises:
        SurroundingsError: the archive has no readable database.
    """
    with opened(directory):
        pass
    if (former := pm.get_plugin(PLUGIN_NAME)) is not None:
        pm.unregister(former)
    plugin = Site(directory)
    plugin.warm_up()
    pm.register(plugin, PLUGIN_NAME)
    site = Datasette(
        settings=SETTINGS,
        template_dir=str(Path(__file__).parent / "datasette"),
        metadata={"title": "Gongkai 公开", "databases": {"gongkai": {"tables": _shown()}}},
    )
    site.add_database(WithTexts(site, directory / DATABASE_NAME), "gongkai")
    return CheckedHost(site.app(), names)


class WithTexts(Database):  # type: ignore[misc]
    """The database together with the file of texts that it names, as both are at each question."""

    def __init__(self, site: Datasette, path: Path) -> None:
        """`path` is the database's."""
        super().__init__(site, str(path))
        self._kept = threading.local()

    async def execute_fn(self, fn: Callable[[Any], Any]) -> Any:
        """Asks in one of Datasette's threads."""

        def asked() -> Any:
            connection = self._at_this_moment(Path(self.path))
            try:
                return fn(connection)
            finally:
                connection.execute("COMMIT")

        return await asyncio.get_running_loop().run_in_executor(self.ds.executor, asked)

    def _at_this_moment(self, path: Path) -> sqlite3.Connection:
        """The thread's connection; a new one if a rebuild or a run has replaced either file."""
        found = path.stat()
        file = found.st_dev, found.st_ino
        kept: sqlite3.Connection | None = getattr(self._kept, "connection", None)
        if kept is not None and self._kept.file == file and not kept.in_transaction:
            kept.execute("BEGIN")
            if not texts.missing(kept, path):
                return kept
        fresh = pinned(path)
        self.ds._prepare_connection(fresh, self.name)
        if kept is not None:
            kept.close()
        self._kept.connection, self._kept.file = fresh, file
        return fresh


def _shown() -> dict[str, Any]:
    hidden = (TOTALS, *LISTED, texts.NAMED, *map(texts.home, texts.TABLES))
    tables: dict[str, Any] = {name: {"hidden": True} for name in hidden}
    return tables | {name: {"allow": False} for name in HIDDEN}


def bind(host: str, port: int) -> socket.socket:
    """A listening socket.

    Raises:
        SurroundingsError: the port is taken or may not be used.
    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listening = socket.socket(family)
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listening.bind((host, port))
    except OSError as error:
        listening.close()
        taken = "is taken" if error.errno == errno.EADDRINUSE else f"cannot be used: {error}"
        raise SurroundingsError(f"port {port} on {host} {taken}: choose another --port") from error
    return listening


def serve(directory: Path, host: str, port: int, names: Collection[str]) -> None:
    """Serves until interrupted."""
    site = application(directory, {*LOCAL_NAMES, host.lower(), *names})
    listening = bind(host, port)
    config = uvicorn.Config(site, log_level="warning", lifespan="on", server_header=False)
    uvicorn.Server(config).run(sockets=[listening])
