"""Tees the bytes of each exchange off its connection.

Scrapy and Twisted offer no public hook that sees every exchange as sent and received. This module
is the only one that touches their private names; where they are missing it cannot be imported, and
exchanges are then reconstructed from Scrapy's objects and marked so.
"""

from collections.abc import Callable
from typing import Any

from scrapy.core.downloader.handlers.http11 import (
    _LenientHTTP11ClientFactory,
    _LenientHTTP11ClientProtocol,
)
from twisted.internet.defer import Deferred, fail
from twisted.web.client import HTTPConnectionPool

from crawler.recording.tape import Tape


class _TeeTransport:
    """A transport that shows what is written to whoever listens; all else passes through."""

    def __init__(self, transport: Any, listen: Callable[[bytes], None]) -> None:
        self._transport = transport
        self._listen = listen

    def write(self, data: bytes) -> None:
        self._listen(data)
        self._transport.write(data)

    def writeSequence(self, parts: Any) -> None:  # noqa: N802
        self.write(b"".join(parts))

    def __getattr__(self, name: str) -> Any:
        return getattr(self._transport, name)


class RecordingProtocol(_LenientHTTP11ClientProtocol):
    """An HTTP/1.1 connection that shows its bytes to the tape of the exchange in hand."""

    tape: Tape | None = None

    def makeConnection(self, transport: Any) -> None:  # noqa: N802
        """Puts the tee between this protocol and its transport."""
        super().makeConnection(_TeeTransport(transport, self._sent))  # type: ignore[no-untyped-call]

    def dataReceived(self, data: bytes) -> None:  # noqa: N802
        """Shows the bytes to the tape, then to the parser."""
        if self.tape is not None and self.tape.running:
            self.tape.hear(data, self.transport)
        super().dataReceived(data)  # type: ignore[no-untyped-call]

    def _sent(self, data: bytes) -> None:
        if self.tape is not None and self.tape.running:
            self.tape.sent += data


class RecordingFactory(_LenientHTTP11ClientFactory):
    """Builds recording connections."""

    noisy = False

    def buildProtocol(self, addr: Any) -> RecordingProtocol:  # noqa: N802
        """A connection that can be recorded."""
        return RecordingProtocol(self._quiescentCallback)  # type: ignore[no-untyped-call]


class RecordingPool(HTTPConnectionPool):
    """A connection pool that hands each connection the tape of the exchange it was asked for.

    `next_tape` is set just before Scrapy asks for a connection, which it does without a break in
    between. `check_peer` may refuse an address once connected, before anything is sent.
    """

    def __init__(self, reactor: Any, check_peer: Callable[[Any, str], None], limit: int) -> None:
        super().__init__(reactor, persistent=True)  # type: ignore[no-untyped-call]
        self.next_tape: Tape | None = None
        self.maxPersistentPerHost = limit
        # Twisted would repeat a request on its own; every exchange shall be one that Scrapy knows.
        self.retryAutomatically = False
        self._factory = RecordingFactory
        self._check_peer = check_peer

    def getConnection(self, key: Any, endpoint: Any) -> "Deferred[Any]":  # noqa: N802
        """A connection with the waiting tape put in."""
        tape, self.next_tape = self.next_tape, None
        connection: Deferred[Any] = super().getConnection(key, endpoint)
        return connection.addCallback(self._begin, key, tape)

    def _begin(self, protocol: Any, key: Any, tape: Tape | None) -> Any:
        protocol.tape = tape
        peer = getattr(protocol.transport.getPeer(), "host", "")
        try:
            self._check_peer(key, peer)
        except Exception:
            protocol.transport.abortConnection()
            return fail()
        if tape is not None:
            tape.ip = peer
        return protocol
