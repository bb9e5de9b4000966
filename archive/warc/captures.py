"""From WARC records to captures: the one place that says what a record means."""

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from archive.records import Capture, Kind
from archive.urls import without_password
from archive.warc import facts as fact
from archive.warc import http, records
from archive.warc.records import Record

# Response headers that later questions need without opening the record.
NOTED_HEADERS = ("etag", "last_modified", "location")


@dataclass(frozen=True, slots=True)
class Place:
    """Where a record lies: file name (as sealed), offset and length of its gzip member."""

    warc: str
    offset: int
    length: int


def capture_of(record: Record, place: Place) -> Capture | None:
    """The capture a record opens, without the facts noted apart from it; else nothing.

    Response, revisit and resource records open one, and a metadata record that stands for a
    failed exchange.
    """
    if record.type in ("response", "revisit"):
        return _exchanged(record, place)
    if record.type == "resource":
        return _capture(
            record,
            place,
            "resource",
            _digest_unless_given(record, record.block),
            payload_bytes=len(record.block),
            media_type_declared=record.get("content-type"),
        )
    if record.type == "metadata" and not described_by(record):
        facts = fact.decode(record.block)
        if facts.get("failure"):
            facts.pop("failure")
            return fact.merge(_capture(record, place, "failure"), facts)
    return None


def described_by(record: Record) -> str:
    """The id of the record that a metadata record describes; empty if it stands alone."""
    return record.get("warc-refers-to") or (
        "" if fact.decode(record.block).get("failure") else record.get("warc-concurrent-to")
    )


def payload_is_sound(record: Record) -> bool:
    """Whether the payload is the one that the record's digest is of.

    That of a revisit is in another record. Other writers take the digest over chunked bytes.
    """
    if record.type == "revisit":
        return True
    return any(
        records.matches_digest(record.get("warc-payload-digest"), payload)
        for payload in _payloads(record)
    )


def _payloads(record: Record) -> Iterator[bytes]:
    if record.type == "response":
        message = http.parse(record.block)
        yield message.payload
        yield message.body
    elif record.type == "request":
        yield record.block.partition(b"\r\n\r\n")[2]
    else:
        yield record.block


def _exchanged(record: Record, place: Place) -> Capture:
    message = http.parse(record.block)
    headers = message.headers
    kind: Kind = "revisit" if record.type == "revisit" else "response"
    noted = {name: headers.get(name.replace("_", "-"), "") for name in NOTED_HEADERS}
    payload = message.payload if kind == "response" else b""
    return _capture(
        record,
        place,
        kind,
        _digest_unless_given(record, payload) if kind == "response" else "",
        status=message.status,
        reason=message.reason,
        media_type_declared=headers.get("content-type", ""),
        payload_bytes=len(payload),
        notes=fact.dump({name: value for name, value in noted.items() if value}),
    )


def _capture(
    record: Record, place: Place, kind: Kind, payload_sha256: str = "", **more: Any
) -> Capture:
    """`payload_sha256` is used where the record has no SHA-256 digest of its own."""
    truncated = record.get("warc-truncated")
    if record.type == "revisit" and truncated == "length":
        truncated = ""  # a revisit leaves its payload out by design
    return Capture(
        record_id=record.record_id,
        kind=kind,
        url=without_password(record.get("warc-target-uri")),
        date=record.get("warc-date"),
        warc=place.warc,
        offset=place.offset,
        length=place.length,
        payload_sha256=_sha256(record.headers) or payload_sha256,
        refers_to=record.get("warc-refers-to") if record.type == "revisit" else "",
        ip=record.get("warc-ip-address"),
        truncated=truncated,
        **more,
    )


def _digest_unless_given(record: Record, payload: bytes) -> str:
    """Other writers give SHA-1, or nothing; ours is not worked out again."""
    return "" if _sha256(record.headers) else hashlib.sha256(payload).hexdigest()


def _sha256(headers: Mapping[str, str]) -> str:
    algorithm, _, value = headers.get("warc-payload-digest", "").partition(":")
    return value.lower() if algorithm.lower() == "sha256" and len(value) == 64 else ""
