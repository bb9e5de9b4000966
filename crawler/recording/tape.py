"""The tape of one exchange: its bytes in both directions, as they pass."""

import hashlib
import time
from contextlib import suppress
from typing import Any

from archive.warc.records import now


class Tape:
    """The bytes of one exchange, in both directions, and what is known of its connection."""

    def __init__(self) -> None:
        self.date = now()
        self.sent = bytearray()
        self.received = bytearray()
        self.ip = ""
        self.tls_sha256 = ""
        self._started = time.monotonic()
        self._stopped: float | None = None

    @property
    def seconds(self) -> float:
        """How long the exchange took, from asking for a connection to `stop`."""
        return (self._stopped or time.monotonic()) - self._started

    @property
    def running(self) -> bool:
        """Whether bytes still belong to this exchange."""
        return self._stopped is None

    def stop(self) -> None:
        """Ends the exchange: bytes that come later are not its own."""
        if self._stopped is None:
            self._stopped = time.monotonic()

    def hear(self, data: bytes, transport: Any) -> None:
        """Takes in received bytes; the certificate is readable once the first have come."""
        if not self.received:
            self.tls_sha256 = _certificate_sha256(transport)
        self.received += data


def _certificate_sha256(transport: Any) -> str:
    with suppress(Exception):
        from OpenSSL.crypto import FILETYPE_ASN1, dump_certificate

        certificate = transport.getPeerCertificate()
        if certificate is not None:
            return hashlib.sha256(dump_certificate(FILETYPE_ASN1, certificate)).hexdigest()
    return ""
