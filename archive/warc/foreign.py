"""Records of WARC files that others wrote, as they are; what is damaged is told and passed over."""

import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import IO

from archive.warc.http import text_of
from archive.warc.records import Record, matches_digest
from archive.warc.unpacked import GzipPieces, is_gzip, is_zstandard

# Foreign records are read whole; larger ones are no reports.
MAX_BLOCK_BYTES = 256 << 20
# What a file may unpack to, as a multiple of its size: web pages reach some thirty.
MAX_RATIO = 200
_MAX_LINE = 1 << 16
_MAX_FIELDS = 500
_STEP = 1 << 20
_VERSION = re.compile(rb"WARC/\d+\.\d+\s*$")
_DATE = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,9})?Z")


@dataclass(frozen=True, slots=True)
class Foreign:
    """A record of another writer: its fields in their order and, for lookups, as ours."""

    fields: tuple[tuple[str, str], ...]
    record: Record


@dataclass(frozen=True, slots=True)
class Refused:
    """A record or stretch that is not taken, and why."""

    reason: str


def read_foreign(stream: IO[bytes], size: int, start: int = 0) -> Iterator[Foreign | Refused]:
    """All records of a WARC file, packed or not, in file order.

    Damage costs the records it touches: reading goes on at the next that can be read.

    Args:
        stream: seekable.
        size: its size in bytes, by which the unpacked size is bounded.
        start: where to begin in a gzip file.
    """
    limit = MAX_BLOCK_BYTES + MAX_RATIO * size
    if is_zstandard(stream):
        yield Refused("packed with Zstandard: unpack it and import what comes out")
        return
    if not start and not is_gzip(stream):
        yield from _Reader(stream, limit).records()
        return
    at: int | None = start
    while at is not None:
        pieces = GzipPieces(stream, at)
        reader = _Reader(io.BufferedReader(pieces, _STEP), limit, pieces)
        yield from reader.records()
        limit -= reader.held
        at = pieces.next_member() if pieces.damage and limit > 0 else None


class _Reader:
    """Takes plain bytes apart. `held` counts them; `source` is what they are unpacked from."""

    def __init__(self, stream: IO[bytes], limit: int, source: GzipPieces | None = None) -> None:
        self.held = 0
        self._stream = stream
        self._limit = limit
        self._source = source
        self._end = 0

    def records(self) -> Iterator[Foreign | Refused]:
        """Records and what is wrong, until the end or until the limit is reached."""
        count = 0
        line = self._next_line()
        while line:
            count += 1
            found, line = self._record() if _VERSION.match(line) else self._stray(line)
            if self.held > self._limit:
                yield Refused(f"record {count}: the file unpacks to more than it may")
                return
            if line or not self._damage or self._came_whole(found):
                yield _placed(found, count)
        if self._damage:
            yield Refused(self._damage)

    @property
    def _damage(self) -> str:
        return self._source.damage if self._source else ""

    def _came_whole(self, found: Foreign | Refused) -> bool:
        """Whether the last record before damage is certainly not touched by it."""
        if isinstance(found, Refused) or self._source is None:
            return False
        return self._end <= self._source.sound or _is_proven(found)

    def _record(self) -> tuple[Foreign | Refused, bytes]:
        """The record whose first line was read, and the first line after it."""
        fields = self._fields()
        named: dict[str, str] = {}
        for name, value in fields:
            named.setdefault(name.lower(), value)
        length = named.get("content-length", "")
        if not (length.isascii() and length.isdigit()):
            return self._stray(b"")
        block = self._block(int(length))
        self._end = self.held
        line = self._next_line()
        if block is None:
            return Refused(f"{length} bytes are more than {MAX_BLOCK_BYTES}"), line
        if len(block) < int(length):
            return Refused("it is cut off"), line
        found = Foreign(tuple(fields), Record(named, block))
        if line and not _VERSION.match(line) and not _is_proven(found):
            return self._stray(line)  # its length may be wrong
        return _fault(found) or found, line

    def _fields(self) -> list[tuple[str, str]]:
        fields: list[tuple[str, str]] = []
        while len(fields) < _MAX_FIELDS and (line := self._line()).strip():
            if line[:1] in b" \t" and fields:
                name, value = fields.pop()
                fields.append((name, f"{value} {text_of(line).strip()}"))
                continue
            name, _, value = text_of(line).partition(":")
            fields.append((name.strip(), value.strip()))
        return fields

    def _block(self, length: int) -> bytes | None:
        """The block as far as it is there; nothing for one that is too large to be held."""
        pieces: list[bytes] = []
        left = length
        while left and self.held <= self._limit and (piece := self._stream.read(min(left, _STEP))):
            self.held += len(piece)
            left -= len(piece)
            if length <= MAX_BLOCK_BYTES:
                pieces.append(piece)
        return b"".join(pieces) if length <= MAX_BLOCK_BYTES else None

    def _stray(self, line: bytes) -> tuple[Refused, bytes]:
        """Passes over what is no record; returns the line at which the next one starts."""
        while not line.startswith(b"WARC/") or not _VERSION.match(line):
            line = self._line()
            if not line:
                break
        return Refused("it is cut off or no WARC record"), line

    def _next_line(self) -> bytes:
        """The next line that is not blank; empty at the end."""
        while (line := self._line()) in (b"\r\n", b"\n"):
            pass
        return line

    def _line(self) -> bytes:
        if self.held > self._limit:
            return b""
        line = self._stream.readline(_MAX_LINE)
        self.held += len(line)
        return line


def _placed(found: Foreign | Refused, count: int) -> Foreign | Refused:
    return found if isinstance(found, Foreign) else Refused(f"record {count}: {found.reason}")


def _is_proven(found: Foreign) -> bool:
    """Whether the record carries a digest of its block; `_fault` has compared it."""
    return bool(found.record.get("warc-block-digest"))


def _fault(found: Foreign) -> Refused | None:
    """Why a whole record is not taken."""
    record = found.record
    if not record.record_id:
        return Refused("it has no record id")
    if not _DATE.fullmatch(record.get("warc-date")):
        return Refused(f"its date cannot be read: {record.get('warc-date')[:40]!r}")
    if record.get("warc-segment-number"):
        return Refused("it is one of several segments of a record")
    if not matches_digest(record.get("warc-block-digest"), record.block):
        return Refused("its block is not the one that was recorded")
    return None
