"""A loopback server that answers with exact bytes, well-formed or not, and keeps what passed."""

import contextlib
import socket
import ssl
import struct
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Self


@dataclass(frozen=True)
class Reply:
    """Bytes to send. `then` is `keep`, `close`, `reset`, `drip` or `hang` until left."""

    sent: bytes
    then: str = "keep"
    wait_seconds: float = 0.0


@dataclass(frozen=True)
class Passed:
    """One exchange as the server saw it."""

    target: str
    request: bytes
    response: bytes


Answer = Reply | Callable[[bytes, int], Reply]


def page(
    body: str | bytes, status: str = "200 OK", headers: str = "", charset: str = "utf-8"
) -> Reply:
    payload = body if isinstance(body, bytes) else body.encode(charset)
    head = f"HTTP/1.1 {status}\r\nContent-Type: text/html\r\nContent-Length: {len(payload)}\r\n"
    return Reply(f"{head}{headers}\r\n".encode() + payload)


NOT_FOUND = page("<p>no such page</p>", "404 Not Found")


class Server:
    """Answers by address or path, with the query or for any query; keeps every exchange."""

    def __init__(self, routes: Mapping[str, Answer], tls: ssl.SSLContext | None = None) -> None:
        self.routes = dict(routes)
        self._tls = tls
        self.passed: list[Passed] = []
        self._socket = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._socket.getsockname()[1]
        self.url = f"{'https' if tls else 'http'}://127.0.0.1:{self.port}"
        self._guard = threading.Lock()

    def __enter__(self) -> Self:
        threading.Thread(target=self._accept, daemon=True).start()
        return self

    def __exit__(self, *_exception: object) -> None:
        self._socket.close()

    def times(self, path: str) -> int:
        """How often a path was asked for."""
        return sum(_path(each.target) == path for each in self.passed)

    def paths(self) -> list[str]:
        """The paths asked for, in order."""
        return [_path(each.target) for each in self.passed]

    def _accept(self) -> None:
        while True:
            try:
                connection, _ = self._socket.accept()
            except OSError:
                return
            threading.Thread(target=self._serve, args=(connection,), daemon=True).start()

    def _serve(self, connection: socket.socket) -> None:
        with contextlib.suppress(OSError):
            if self._tls is not None:
                connection = self._tls.wrap_socket(connection, server_side=True)
        with connection, contextlib.suppress(OSError):
            for request in exchanges(connection):
                if not self._converse(connection, request):
                    return

    def _converse(self, connection: socket.socket, request: bytes) -> bool:
        """Answers a request; whether the connection is kept for another."""
        target = request.split(b" ", 2)[1].decode("latin-1")
        reply = self._reply(target, request)
        with self._guard:
            self.passed.append(Passed(target, request, reply.sent))
        time.sleep(reply.wait_seconds)
        _send(connection, reply)
        if reply.then in ("keep", "drip"):
            return True
        _end(connection, reply.then)
        return False

    def _reply(self, target: str, request: bytes) -> Reply:
        keys = (target, _path(target), target.partition("?")[0], _path(target).partition("?")[0])
        answer = next((self.routes[key] for key in keys if key in self.routes), NOT_FOUND)
        return answer if isinstance(answer, Reply) else answer(request, self.times(_path(target)))


def _send(connection: socket.socket, reply: Reply) -> None:
    pieces = 12 if reply.then == "drip" else 1
    size = -(-len(reply.sent) // pieces) or 1
    for start in range(0, len(reply.sent), size):
        connection.sendall(reply.sent[start : start + size])
        time.sleep(0.02 if reply.then == "drip" else 0)


def _path(target: str) -> str:
    if target.startswith("http"):
        target = "/" + target.split("/", 3)[3]
    return target


def exchanges(connection: socket.socket) -> Iterator[bytes]:
    """The requests that come over a connection, one by one."""
    while request := _read(connection):
        yield request


def _read(connection: socket.socket) -> bytes:
    data = b""
    while b"\r\n\r\n" not in data:
        more = connection.recv(65536)
        if not more:
            return b""
        data += more
    head, _, body = data.partition(b"\r\n\r\n")
    for line in head.split(b"\r\n"):
        if line.lower().startswith(b"content-length:"):
            while len(body) < int(line.split(b":")[1]):
                body += connection.recv(65536)
    return head + b"\r\n\r\n" + body


def _end(connection: socket.socket, how: str) -> None:
    if how == "reset":
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    elif how == "hang":
        while connection.recv(65536):
            pass
