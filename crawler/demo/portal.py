"""The demo portal: a loopback server."""

import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from urllib.parse import urlsplit

from archive.errors import SurroundingsError
from crawler.demo.site import Answer, build_site, gone

HOST = "127.0.0.1"


class DemoPortal:
    """A context manager that serves the demo's pages on loopback.

    Args:
        port: the port to listen on; 0 takes a free one.

    Raises:
        SurroundingsError: on entering, if the port is taken.
    """

    def __init__(self, port: int = 0) -> None:
        self.requests = 0
        self._site = build_site()
        self._wanted_port = port
        self._server: ThreadingHTTPServer | None = None
        self._counting = threading.Lock()

    @property
    def url(self) -> str:
        """The address of the home page."""
        if self._server is None:
            raise RuntimeError("the demo portal is not running")
        return f"http://{HOST}:{self._server.server_address[1]}/"

    def answer(self, path: str) -> Answer:
        """The answer for a path, counted."""
        with self._counting:
            self.requests += 1
        return self._site.get(urlsplit(path).path) or gone()

    def __enter__(self) -> "DemoPortal":
        try:
            self._server = ThreadingHTTPServer((HOST, self._wanted_port), _handler(self))
        except OSError as error:
            raise SurroundingsError(f"port {self._wanted_port} is taken: {error}") from error
        self._server.daemon_threads = True
        threading.Thread(target=self._server.serve_forever, daemon=True).start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._server is not None:
            self._server.shutdown()
            self._server.server_close()
            self._server = None


def _handler(portal: DemoPortal) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        server_version = "demo"

        def do_GET(self) -> None:
            self._send(portal.answer(self.path))

        def do_HEAD(self) -> None:
            self._send(portal.answer(self.path))

        def _send(self, answer: Answer) -> None:
            self.send_response(answer.status)
            self.send_header("Content-Type", answer.content_type)
            self.send_header("Content-Length", str(len(answer.payload)))
            self.end_headers()
            if self.command != "HEAD":
                self.wfile.write(answer.payload)

        def log_message(self, *_: object) -> None:
            """Says nothing: the demo tells its own story."""

    return Handler
