"""A loopback proxy that opens tunnels (CONNECT) and answers inside of them over TLS."""

import socket
import ssl
from collections.abc import Mapping

from tests.crawler.server import Answer, Passed, Server, exchanges


class TunnelProxy(Server):
    """Answers by whole address (`https://host/path`); `opened` are the hosts and ports asked for.

    A host in `refused` gets no tunnel. Plain requests are answered as any proxy's are.
    """

    def __init__(
        self, routes: Mapping[str, Answer], inside: ssl.SSLContext, refused: tuple[str, ...] = ()
    ) -> None:
        super().__init__(routes)
        self._inside = inside
        self._refused = refused
        self.opened: list[str] = []

    def _converse(self, connection: socket.socket, request: bytes) -> bool:
        if not request.startswith(b"CONNECT "):
            return super()._converse(connection, request)
        target = request.split(b" ", 2)[1].decode()
        self.opened.append(target)
        host = target.partition(":")[0]
        if host in self._refused:
            connection.sendall(b"HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\n\r\n")
            return False
        connection.sendall(b"HTTP/1.1 200 Connection established\r\n\r\n")
        with self._inside.wrap_socket(connection, server_side=True) as secure:
            for asked in exchanges(secure):
                address = f"https://{host}{asked.split(b' ', 2)[1].decode('latin-1')}"
                reply = self._reply(address, asked)
                self.passed.append(Passed(address, asked, reply.sent))
                secure.sendall(reply.sent)
        return False
