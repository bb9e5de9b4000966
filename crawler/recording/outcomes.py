"""Names for how an exchange ended, from Scrapy's and Twisted's exceptions."""

from collections.abc import Iterator
from dataclasses import dataclass

from OpenSSL.SSL import Error as TlsError
from scrapy.core.downloader.handlers.http11 import TunnelError
from scrapy.exceptions import (
    CannotResolveHostError,
    DownloadCancelledError,
    DownloadConnectionRefusedError,
    DownloadTimeoutError,
    ResponseDataLossError,
)
from twisted.internet.error import ConnectionClosed
from twisted.web._newclient import ParseError

from crawler.politeness.addresses import AddressRefusedError
from crawler.recording.codings import OversizeContentError


@dataclass(frozen=True, slots=True)
class Outcome:
    """`error` names the failure, `truncated` why bytes are missing; both empty when all went well.

    `truncated` is one of the WARC standard's reasons: `length`, `time`, `disconnect`.
    """

    error: str = ""
    truncated: str = ""


# The first matching type wins, so the narrower ones stand first.
_NAMES: tuple[tuple[type[BaseException], Outcome], ...] = (
    (AddressRefusedError, Outcome("private_address")),
    (DownloadTimeoutError, Outcome("timeout", "time")),
    (CannotResolveHostError, Outcome("dns")),
    (DownloadConnectionRefusedError, Outcome("refused")),
    (ResponseDataLossError, Outcome("data_loss", "disconnect")),
    (DownloadCancelledError, Outcome("oversize", "length")),
    (OversizeContentError, Outcome("oversize", "length")),
    (TunnelError, Outcome("proxy")),
    (TlsError, Outcome("tls")),
    (ParseError, Outcome("malformed", "disconnect")),
    (ConnectionClosed, Outcome("reset", "disconnect")),
)


def outcome_of(error: BaseException) -> Outcome:
    """How an exchange that raised `error` is recorded."""
    causes = tuple(_causes(error))
    for kind, outcome in _NAMES:
        if any(isinstance(cause, kind) for cause in causes):
            return outcome
    return Outcome(type(error).__name__, "disconnect")


def _causes(error: BaseException, depth: int = 0) -> Iterator[BaseException]:
    """The error, what it was raised from, and what Twisted packed into it."""
    if depth > 5:
        return
    yield error
    if error.__cause__ is not None:
        yield from _causes(error.__cause__, depth + 1)
    for reason in getattr(error, "reasons", None) or ():
        yield from _causes(reason.value, depth + 1)
