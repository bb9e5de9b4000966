"""The server: absolute-form requests make it a proxy, so that hosts need no name service."""

import threading
from collections import Counter
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from urllib.parse import parse_qsl, urlsplit

from tests.portals.zoo import families, interfaces, walls
from tests.portals.zoo.animals import ANIMALS, Request, Response, missing

__all__ = ["Zoo", "families", "interfaces", "walls"]


class Zoo:
    """All hosts behind one port; `seen` counts the requests for each address."""

    def __init__(self) -> None:
        self.seen: Counter[str] = Counter()
        self._lock = threading.Lock()
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(self))
        self._server.daemon_threads = True

    @property
    def proxy(self) -> str:
        return f"http://127.0.0.1:{self._server.server_address[1]}"

    def answer(self, request: Request) -> Response:
        animal = ANIMALS.get(request.host)
        return animal.answer(request) if animal else missing()

    def visit(self, key: str) -> int:
        with self._lock:
            self.seen[key] += 1
            return self.seen[key]

    def __enter__(self) -> "Zoo":
        threading.Thread(target=self._server.serve_forever, daemon=True).start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._server.shutdown()
        self._server.server_close()


def _handler(zoo: Zoo) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            self._serve()

        def do_POST(self) -> None:
            self._serve()

        def _serve(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
            parts = urlsplit(self.path)
            host = parts.hostname or (self.headers.get("Host") or "").partition(":")[0]
            form = dict(parse_qsl(body.decode("ascii"), keep_blank_values=True))
            query = dict(parse_qsl(parts.query, keep_blank_values=True))
            visit = zoo.visit(f"{self.command} {self.path} {body.decode('ascii')}")
            headers = {name.casefold(): value for name, value in self.headers.items()}
            self._send(
                zoo.answer(Request(self.command, host, parts.path, query, form, headers, visit))
            )

        def _send(self, response: Response) -> None:
            self.send_response(response.status)
            self.send_header("Content-Type", response.content_type)
            for name, value in response.headers.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(response.body)))
            self.end_headers()
            self.wfile.write(response.body)

        def log_message(self, *_: object) -> None:
            pass

    return Handler
