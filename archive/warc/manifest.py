"""The manifest: one JSON line for each sealed WARC file, each chained to the one before by hash.

`chain` is the SHA-256 of the line's other fields as canonical JSON, `previous` among them, so that
no sealed file can be changed, renamed, reordered or taken from the middle unnoticed.
"""

import hashlib
import json
import os
from collections.abc import Iterator
from dataclasses import asdict, dataclass, replace
from pathlib import Path

from archive.store import Archive, reported

MANIFEST_VERSION = 1


@dataclass(frozen=True, slots=True)
class Entry:
    """A sealed file: size in bytes, SHA-256, number of records, first and last record date."""

    name: str
    bytes: int
    sha256: str
    records: int
    first_date: str
    last_date: str
    run_id: str = ""
    previous: str = ""
    chain: str = ""
    version: int = MANIFEST_VERSION

    def sealed_after(self, previous: str) -> "Entry":
        """The entry chained to the one before it."""
        linked = replace(self, previous=previous, chain="")
        return replace(linked, chain=linked.digest())

    def digest(self) -> str:
        """What `chain` must be."""
        fields = {name: value for name, value in asdict(self).items() if name != "chain"}
        return hashlib.sha256(_dump(fields).encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class BadLine:
    """A line of the manifest that cannot be read. `torn` for a last one without its end."""

    number: int
    torn: bool


def read(archive: Archive) -> tuple[Entry, ...]:
    """The entries that can be read, in order; `verify` reports the others."""
    return tuple(line for line in lines(archive) if isinstance(line, Entry))


def lines(archive: Archive) -> Iterator[Entry | BadLine]:
    """Every line of the manifest."""
    if not archive.manifest_path.exists():
        return
    with reported(archive.manifest_path):
        content = archive.manifest_path.read_bytes()
    for number, line in enumerate(content.splitlines(keepends=True), 1):
        yield _parse(line) or BadLine(number, torn=not line.endswith(b"\n"))


def append(archive: Archive, entry: Entry) -> Entry:
    """Adds a sealed file and syncs. A torn last line, left by a crash, is cut off first."""
    _cut_torn_line(archive.manifest_path)
    entries = read(archive)
    chained = entry.sealed_after(entries[-1].chain if entries else "")
    flags = os.O_WRONLY | os.O_CREAT | os.O_APPEND
    descriptor = os.open(archive.manifest_path, flags, 0o644)
    try:
        os.write(descriptor, _dump(asdict(chained)).encode() + b"\n")
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
    return chained


def _cut_torn_line(path: Path) -> None:
    if not path.exists():
        return
    content = path.read_bytes()
    if content and not content.endswith(b"\n"):
        os.truncate(path, content.rfind(b"\n") + 1)


def _parse(line: bytes) -> Entry | None:
    try:
        return Entry(**json.loads(line)) if line.endswith(b"\n") else None
    except (ValueError, TypeError):
        return None


def _dump(fields: dict[str, object]) -> str:
    return json.dumps(fields, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
