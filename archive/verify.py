"""Fixity: whether all that was archived is still there and still the same.

Checked are the chain of the manifest, the digest of each file, each gzip member, the block and the
de-chunked payload of each record, what revisits refer to, that the database's rows are those of the
records, and that its file of texts is the one it names. Stock tools check part of it, and misjudge
the payloads of chunked responses.
"""

import contextlib
import hashlib
import random
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, BinaryIO

from archive import texts
from archive.database import open_readonly
from archive.errors import SurroundingsError
from archive.records import Capture
from archive.rows import Row, capture_row
from archive.storage.opening import is_there, open_warc
from archive.store import Archive, reported
from archive.warc import manifest, records
from archive.warc.captures import Place, payload_is_sound
from archive.warc.files import OPEN_SUFFIX
from archive.warc.manifest import BadLine, Entry
from archive.warc.reader import Damage, Scan, iter_records
from archive.warc.records import Record

# What a row must share with its record even where later annotations were not read.
_FIXED = ("kind", "url", "date", "warc", "offset", "length", "payload_sha256", "refers_to")


@dataclass(frozen=True, slots=True)
class Finding:
    """One kind of damage at one place. `kind` is a short stable code."""

    kind: str
    detail: str
    warc: str = ""
    offset: int | None = None
    record_id: str = ""


@dataclass(slots=True)
class Verification:
    """What was checked and found wrong; `open_files` are being written or await mending."""

    files: int = 0
    records: int = 0
    rows: int | None = None
    findings: list[Finding] = field(default_factory=list)
    open_files: tuple[str, ...] = ()


@dataclass(slots=True)
class _Scan(Scan):
    """`made_from`: the place and id of each conversion, and the capture it was made from."""

    made_from: list[tuple[Place, str, str]] = field(default_factory=list)


def verify(
    archive: Archive, share: float = 1.0, seen: Callable[[Path], object] | None = None
) -> Verification:
    """Checks an archive.

    Args:
        archive: which.
        share: the part of the files to read, drawn at random; at least one. The manifest is
            always checked whole.
        seen: called with each file once it is read.

    Raises:
        SurroundingsError: if there is no readable archive.
    """
    archive.require()
    result = Verification()
    result.open_files = tuple(sorted(p.name for p in archive.warc_dir.glob(f"*{OPEN_SUFFIX}")))
    result.findings += _manifest_findings(archive)
    entries = manifest.read(archive)
    drawn = _drawn(entries, share)
    whole = len(drawn) == len(entries)
    scan = _Scan()
    for entry in drawn:
        result.findings += _file_findings(archive, entry)
        result.records += _read(archive.warc_dir / entry.name, entry, scan, result.findings)
        if seen is not None:
            seen(archive.warc_dir / entry.name)
    result.files = len(drawn)
    _compare_with_database(archive, scan, drawn, whole, result)
    return result


def _drawn(entries: tuple[Entry, ...], share: float) -> tuple[Entry, ...]:
    if share >= 1 or not entries:
        return entries
    chosen = random.sample(range(len(entries)), max(1, round(share * len(entries))))
    return tuple(entries[n] for n in sorted(chosen))


def _manifest_findings(archive: Archive) -> Iterator[Finding]:
    previous = ""
    listed = set()
    for number, line in enumerate(manifest.lines(archive), 1):
        if isinstance(line, BadLine):
            yield Finding("manifest_line", f"line {number} of the manifest cannot be read")
            continue
        if line.digest() != line.chain:
            yield Finding("manifest_edited", f"line {number} was changed", line.name)
        if line.previous != previous:
            yield Finding(
                "manifest_chain", f"line {number} does not follow the one before", line.name
            )
        if line.name in listed:
            yield Finding("manifest_chain", f"line {number} names a file again", line.name)
        previous = line.chain
        listed.add(line.name)
    for path in sorted(archive.warc_dir.glob("*.warc.gz")):
        if path.name not in listed:
            yield Finding("file_unlisted", "the manifest does not name this file", path.name)


def _file_findings(archive: Archive, entry: Entry) -> Iterator[Finding]:
    path = archive.warc_dir / entry.name
    try:
        stream = open_warc(path)
    except FileNotFoundError:
        yield Finding("file_missing", "the file is gone", entry.name)
        return
    with reported(path), stream:
        size, sha256 = _measured(stream)
    if size != entry.bytes:
        yield Finding("file_size", f"{size} bytes, not {entry.bytes}", entry.name)
    if sha256 != entry.sha256:
        yield Finding("file_digest", f"SHA-256 is {sha256}, not {entry.sha256}", entry.name)


def _measured(stream: BinaryIO) -> tuple[int, str]:
    """The size in bytes and the SHA-256 of a file."""
    size, total = 0, hashlib.sha256()
    while chunk := stream.read(1 << 20):
        size += len(chunk)
        total.update(chunk)
    return size, total.hexdigest()


def _read(path: Path, entry: Entry, scan: "_Scan", findings: list[Finding]) -> int:
    """Checks each record of a file; returns how many it holds."""
    if not is_there(path):
        return 0
    count = 0
    for item in iter_records(path):
        if isinstance(item, Damage):
            findings.append(Finding("record_damaged", item.reason, item.warc, item.offset))
            continue
        place, record = item
        count += 1
        scan.add(place, record)
        if record.type == "conversion":
            scan.made_from.append((place, record.record_id, record.get("warc-refers-to")))
        for kind, detail in _record_findings(record):
            findings.append(Finding(kind, detail, place.warc, place.offset, record.record_id))
    if count != entry.records:
        said = f"{count} whole records, not {entry.records}"
        findings.append(Finding("record_count", said, entry.name))
    return count


def _record_findings(record: Record) -> Iterator[tuple[str, str]]:
    if not records.matches_digest(record.get("warc-block-digest"), record.block):
        yield "block_digest", "the block is not the one that was recorded"
    if not payload_is_sound(record):
        yield "payload_digest", "the payload is not the one that was recorded"


def _compare_with_database(
    archive: Archive, scan: _Scan, drawn: Iterable[Entry], whole: bool, result: Verification
) -> None:
    known = {capture.record_id: capture.payload_sha256 for capture in scan.captures}
    if whole:
        result.findings += _conversion_findings(scan, known)
    if not archive.database_path.exists():
        result.findings += _revisit_findings(scan.captures, known) if whole else ()
        return
    try:
        with contextlib.closing(open_readonly(archive.database_path)) as database:
            rows = _rows(database, {entry.name for entry in drawn})
            known |= _payloads_in(database, scan.captures, known)
            result.findings += _entry_findings(database, drawn)
            result.findings += _text_findings(archive, database)
    except (sqlite3.DatabaseError, SurroundingsError) as error:
        result.findings.append(Finding("database_unreadable", str(error)))
        rows = None
    result.findings += _revisit_findings(scan.captures, known)
    if rows is not None:
        result.rows = len(rows)
        result.findings += _row_findings(scan, rows, whole)


def _rows(database: sqlite3.Connection, names: set[str]) -> dict[str, Row]:
    found = database.execute("SELECT * FROM captures")
    return {row["record_id"]: dict(row) for row in found if row["warc"] in names}


def _payloads_in(
    database: sqlite3.Connection, captures: Iterable[Capture], known: Mapping[str, str]
) -> dict[str, str]:
    """Of captures in files not read, the payload digests that revisits refer to."""
    sql = "SELECT payload_sha256 FROM captures WHERE record_id = ?"
    wanted = {c.refers_to for c in captures if c.refers_to and c.refers_to not in known}
    found = {name: database.execute(sql, [name]).fetchone() for name in sorted(wanted)}
    return {name: row[0] for name, row in found.items() if row}


def _revisit_findings(captures: Iterable[Capture], known: Mapping[str, str]) -> Iterator[Finding]:
    for capture in captures:
        if not capture.refers_to:
            continue
        place = (capture.warc, capture.offset, capture.record_id)
        target = known.get(capture.refers_to)
        if target is None:
            yield Finding("revisit_target", f"{capture.refers_to} is not archived", *place)
        elif capture.payload_sha256 and target != capture.payload_sha256:
            yield Finding("revisit_target", f"{capture.refers_to} holds another payload", *place)


def _conversion_findings(scan: _Scan, known: Mapping[str, str]) -> Iterator[Finding]:
    for place, record_id, source in scan.made_from:
        if source and source not in known:
            said = f"{source}, which this was made from, is not archived"
            yield Finding("conversion_source", said, place.warc, place.offset, record_id)


def _entry_findings(database: sqlite3.Connection, drawn: Iterable[Entry]) -> Iterator[Finding]:
    rows = {row["name"]: row["chain"] for row in database.execute("SELECT * FROM warc_files")}
    for entry in drawn:
        if rows.get(entry.name) != entry.chain:
            yield Finding("row_of_file", "the database has not this manifest line", entry.name)


def _text_findings(archive: Archive, database: sqlite3.Connection) -> Iterator[Finding]:
    path = texts.file_of(database, archive.database_path)
    if path is not None and not path.is_file():
        yield Finding("texts_missing", f"{path.name}, which the database names, is gone")
    elif not texts.is_sound(database, archive.database_path):
        yield Finding("texts_differ", f"{path and path.name} is not the file that was written")


def _row_findings(scan: Scan, rows: Mapping[str, Row], whole: bool) -> Iterator[Finding]:
    recorded = {capture.record_id: capture_row(capture) for capture in scan.captures}
    for record_id in sorted(recorded.keys() | rows.keys()):
        record, row = recorded.get(record_id), rows.get(record_id)
        if record is None or row is None:
            kind = "row_missing" if row is None else "row_without_record"
            place: Mapping[str, Any] = record or row or {}
            said = "the database lacks this record" if row is None else "no such record is archived"
            yield Finding(kind, said, place["warc"], place["offset"], record_id)
            continue
        compared = tuple(record) if whole else _FIXED
        if differing := [name for name in compared if record[name] != row[name]]:
            said = f"row and record differ in {', '.join(differing)}"
            yield Finding("row_differs", said, record["warc"], record["offset"], record_id)
