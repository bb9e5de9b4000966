"""Single WARC 1.1 records: written through warcio's record layer, and read back."""

import base64
import hashlib
import re
import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from io import BytesIO

from warcio.recordloader import ArcWarcRecord
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from archive.clock import utc_now
from archive.warc import members

VERSION = "WARC/1.1"
HTTP_RESPONSE = "application/http; msgtype=response"
HTTP_REQUEST = "application/http; msgtype=request"
JSON = "application/json"
IDENTICAL = "http://netpreserve.org/warc/1.1/revisit/identical-payload-digest"
NOT_MODIFIED = "http://netpreserve.org/warc/1.1/revisit/server-not-modified"


_CONTROL = re.compile(r"[\x00-\x1f\x7f]")


class RecordError(Exception):
    """Bytes that are no WARC record."""


@dataclass(frozen=True, slots=True)
class Record:
    """A record: its header fields, names in lower case, and its block."""

    headers: Mapping[str, str]
    block: bytes

    def get(self, name: str) -> str:
        """A field's value, empty if absent; record ids without angle brackets."""
        return self.headers.get(name, "").removeprefix("<").removesuffix(">")

    @property
    def type(self) -> str:
        """`response`, `revisit`, `request`, `metadata`, `resource`, `warcinfo` or another."""
        return self.get("warc-type")

    @property
    def record_id(self) -> str:
        """The record id without angle brackets."""
        return self.get("warc-record-id")


def new_id() -> str:
    """A fresh record id."""
    return uuid.uuid4().urn


def utc(moment: str) -> str:
    """A time as WARC-Date: UTC with microseconds and `Z`.

    Raises:
        ValueError: if it is no ISO 8601 time.
    """
    parsed = datetime.fromisoformat(moment)
    if parsed.tzinfo is None:
        parsed = parsed.replace(tzinfo=UTC)
    return parsed.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def now() -> str:
    """The present, as WARC-Date."""
    return utc_now().strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def digest(data: bytes) -> str:
    """A digest as the header fields hold it."""
    return f"sha256:{hashlib.sha256(data).hexdigest()}"


def matches_digest(expected: str, data: bytes) -> bool:
    """True also where no digest is given, or one of a kind unknown here."""
    algorithm, _, value = expected.partition(":")
    if algorithm.lower() not in ("md5", "sha1", "sha256", "sha512"):
        return True
    found = hashlib.new(algorithm.lower(), data, usedforsecurity=False)
    base32 = base64.b32encode(found.digest()).decode()
    return value.lower() == found.hexdigest() or value.upper().rstrip("=") == base32.rstrip("=")


def serialise(
    record_type: str, fields: Mapping[str, str], block: bytes, content_type: str
) -> tuple[bytes, Record]:
    """A record as one gzip member, and as it will be read back. Empty fields are left out.

    The block goes out as it is: warcio is told of no HTTP headers, since it would refuse lines
    that servers do send. Nor is it told the real type, as it drops the block of a revisit and
    adds a SHA-1 payload digest to everything but warcinfo.
    """
    named = {
        "WARC-Type": record_type,
        **{name: _clean(value) for name, value in fields.items() if value},
        "WARC-Block-Digest": digest(block),
        "Content-Type": content_type,
    }
    headers = StatusAndHeaders("", list(named.items()), protocol=VERSION)
    raw = ArcWarcRecord("warc", "warcinfo", headers, BytesIO(block), None, content_type, len(block))
    plain = BytesIO()
    WARCWriter(plain, gzip=False, warc_version=VERSION).write_record(raw)
    lowered = {name.lower(): value for name, value in headers.headers}
    return members.compress(plain.getvalue()), Record(lowered, block)


def copied(fields: Iterable[tuple[str, str]], block: bytes) -> bytes:
    """A record of another writer as one gzip member: its own fields, in their order, and block."""
    kept = [(name, value) for name, value in fields if name.lower() != "content-length"]
    lines = [VERSION, *(f"{name}: {_clean(value)}" for name, value in kept)]
    head = "\r\n".join([*lines, f"Content-Length: {len(block)}"]).encode()
    return members.compress(head + b"\r\n\r\n" + block + b"\r\n\r\n")


def parse(data: bytes) -> Record:
    """Reads an unpacked record.

    Raises:
        RecordError: if it is none, or its block is not as long as it says.
    """
    end = data.find(b"\r\n\r\n")
    lines = data[: max(end, 0)].decode("utf-8", "replace").split("\r\n")
    if not lines[0].startswith("WARC/"):
        raise RecordError("no WARC record")
    headers: dict[str, str] = {}
    for line in lines[1:]:
        name, _, value = line.partition(":")
        headers.setdefault(name.strip().lower(), value.strip())
    length, start = headers.get("content-length", ""), end + 4
    if not length.isdigit() or len(data) < start + int(length):
        raise RecordError("the block is not as long as the record says")
    if data[start + int(length) :].strip(b"\r\n"):
        raise RecordError("bytes follow the block")
    return Record(headers, data[start : start + int(length)])


def _clean(value: str) -> str:
    return value if value.isprintable() else _CONTROL.sub("", value)
