"""Which earlier capture an exchange repeats: what becomes a revisit, and of what."""

from typing import TYPE_CHECKING

from archive.records import Capture
from archive.warc.groups import Past, Prepared, body_digest

if TYPE_CHECKING:
    from archive.index import CaptureIndex


class Originals:
    """The captures that hold payloads: those in the index, and those written but not yet there."""

    def __init__(self) -> None:
        """None is written yet."""
        self._recent: dict[str, Capture] = {}

    def add(self, capture: Capture) -> None:
        """Notes a capture that is written; one that holds no whole payload does not count."""
        if capture.kind == "response" and not capture.truncated:
            self._recent.setdefault(capture.payload_sha256, capture)

    def clear(self) -> None:
        """Forgets what was noted: the index has it."""
        self._recent.clear()

    def of(self, prepared: Prepared, index: "CaptureIndex") -> Past:
        """What an exchange repeats; for an answer 304, the last answer to the same request."""
        exchange = prepared.exchange
        if prepared.message is not None and prepared.message.status == 304:
            _, _, body = exchange.request.partition(b"\r\n\r\n")
            found = index.latest(exchange.url, exchange.method, body_digest(body))
            return Past(unmodified=_holding(found, index))
        if not prepared.may_repeat:
            return Past()
        sha256 = prepared.payload_sha256
        return Past(same_payload=self._recent.get(sha256) or index.by_payload(sha256))


def _holding(capture: Capture | None, index: "CaptureIndex") -> Capture | None:
    """The capture that holds the payload: a revisit never refers to another revisit."""
    if capture is None or not capture.refers_to:
        return capture
    return index.by_id(capture.refers_to)
