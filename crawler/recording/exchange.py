"""Makes the record of an exchange from its tape, or from Scrapy's objects where there is none."""

from collections.abc import Iterator, Mapping
from urllib.parse import urlsplit

from scrapy import Request
from scrapy.http import Headers, Response

from archive.records import Exchange, Role
from archive.warc.http import ContentError, Message, decode_content, parse
from crawler.recording.outcomes import Outcome
from crawler.recording.purpose import purpose_of
from crawler.recording.tape import Tape
from parsers.portals.walls import recognise_wall

# A wall's page is small; nothing beyond this is looked at.
_WALL_BYTES = 1 << 20
_HEAD_BYTES = 1 << 16
_ANSWERED = (200, 203, 304)


def exchange_of(
    request: Request, tape: Tape, outcome: Outcome, response: Response | None = None
) -> Exchange:
    """The exchange on `tape`. `response` is only needed where the wire could not be heard."""
    purpose = purpose_of(request)
    taped = bool(tape.sent) or response is None
    received = bytes(tape.received) if taped else rebuilt_response(response)
    sent = bytes(tape.sent) if tape.sent else b"" if taped else rebuilt_request(request)
    message = parse(received[: _WALL_BYTES + _HEAD_BYTES])
    wall = "" if purpose.role == "robots" else wall_of(message)
    via_proxy = bool(request.meta.get("proxy"))
    return Exchange(
        url=request.url,
        method=request.method,
        date=tape.date,
        request=sent,
        response=received,
        ip="" if via_proxy else tape.ip,
        tls_sha256=tape.tls_sha256,
        seconds=round(tape.seconds, 6),
        error=outcome.error,
        truncated=outcome.truncated if received else "",
        wall=wall,
        fidelity="wire" if taped else "reconstructed",
        via_proxy=via_proxy,
        role=_role(purpose.role, outcome, wall, message.status),
        part_of=purpose.part_of,
        context=purpose.context,
    )


def wall_of(message: Message) -> str:
    """The wall that a raw response is, empty if none."""
    if message.status is None:
        return ""
    try:
        body = decode_content(message.payload, message.headers, limit=8 * _WALL_BYTES)
    except ContentError:
        body = message.payload
    return recognise_wall(message.status, message.headers, body[:_WALL_BYTES])


def _role(role: Role, outcome: Outcome, wall: str, status: int | None) -> Role:
    """The role asked for, if this exchange is the answer.

    A redirect or failure on the way to it opens no bundle and is no part of one.
    """
    if role in ("listing", "robots"):
        return role
    whole = not outcome.error and not outcome.truncated
    return role if whole and not wall and status in _ANSWERED else "other"


def rebuilt_request(request: Request) -> bytes:
    """A request as it was most likely sent."""
    parts = urlsplit(request.url)
    target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    first = f"{request.method} {target} HTTP/1.1\r\nHost: {parts.netloc.rpartition('@')[2]}\r\n"
    return first.encode() + b"".join(_lines(request.headers)) + b"\r\n" + request.body


def rebuilt_response(response: Response | None) -> bytes:
    """A response as it may have been: status, headers as Scrapy kept them, body de-chunked."""
    if response is None:
        return b""
    headers = Headers(response.headers)
    headers.pop(b"Transfer-Encoding", None)
    headers[b"Content-Length"] = str(len(response.body))
    first = f"HTTP/1.1 {response.status}\r\n".encode()
    return first + b"".join(_lines(headers)) + b"\r\n" + response.body


def _lines(headers: Mapping[bytes, list[bytes]]) -> Iterator[bytes]:
    for name, values in headers.items():
        for value in values:
            yield name + b": " + value + b"\r\n"
