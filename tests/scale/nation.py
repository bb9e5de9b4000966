"""The rehearsal's hosts, served from within a test; keeps when each was asked for what."""

import threading
import time
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType

from archive.declarations.portals import Portal
from benchmarks.rehearsal_site import COLUMN, Nation, address, host_at, page
from crawler.fleet.batches import batches


@dataclass(frozen=True)
class Asked:
    """A request: its host, path, and when it began and ended (monotonic seconds)."""

    host: int
    path: str
    began: float
    ended: float


@dataclass
class Served:
    """A context manager that serves a nation on the loopback, `slow_seconds` an answer.

    The port decides into which shards its hosts fall: one is taken that gives work for `jobs`.
    """

    nation: Nation
    slow_seconds: float = 0.0
    jobs: int = 1
    asked: list[Asked] = field(default_factory=list)

    def __enter__(self) -> "Served":
        self._listen()
        while len(batches(self.portals(), self.jobs)) < self.jobs:
            self._server.server_close()
            self._listen()
        threading.Thread(target=self._server.serve_forever, daemon=True).start()
        return self

    def _listen(self) -> None:
        self._server = ThreadingHTTPServer(("0.0.0.0", 0), _handler(self))
        self._server.daemon_threads = True
        self.port = self._server.server_address[1]

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._server.shutdown()
        self._server.server_close()

    def portals(self) -> list[Portal]:
        """A portal for each host."""
        return [
            Portal(
                f"host-{n}", f"主机{n}", (f"http://{address(n)}:{self.port}{COLUMN}",),
                hosts=(f"{address(n)}:{self.port}",),
            )
            for n in range(self.nation.hosts)
        ]  # fmt: skip

    def reports_asked(self) -> list[tuple[int, str]]:
        """The host and path of each request for a report, in order."""
        return [(one.host, one.path) for one in self.asked if "/t20" in one.path]


def _handler(served: Served) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            began = time.monotonic()
            time.sleep(served.slow_seconds)
            host = host_at(self.connection.getsockname()[0])
            body = page(served.nation, host, self.path)
            served.asked.append(Asked(host, self.path, began, time.monotonic()))
            self.send_response(200 if body is not None else 404)
            kind = "text/plain" if self.path == "/robots.txt" else "text/html; charset=utf-8"
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(body or b"")))
            self.end_headers()
            self.wfile.write(body or b"")

        def log_message(self, *_: object) -> None:
            """Says nothing."""

    return Handler
