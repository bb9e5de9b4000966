"""Withdrawn records: tombstones beside the WARC files, which themselves stay untouched.

A withdrawn record is not shown, exported or read again, nor is any revisit of it. The tombstone
says why; deleting its line brings the record back at the next rebuild.
"""

import json
import os
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

from archive.errors import SurroundingsError
from archive.store import Archive, reported

_cache: dict[Path, tuple[tuple[int, int], dict[str, "Withdrawal"]]] = {}


@dataclass(frozen=True, slots=True)
class Withdrawal:
    """A tombstone: which record, when (ISO 8601 UTC) and why."""

    record_id: str
    date: str
    reason: str


def withdrawn(archive: Archive) -> dict[str, Withdrawal]:
    """All tombstones by record id; read again only when the file has changed.

    Raises:
        SurroundingsError: if the file cannot be read: then nothing may be shown.
    """
    path = archive.withdrawn_path
    try:
        status = path.stat()
    except FileNotFoundError:
        return {}
    stamp = (status.st_mtime_ns, status.st_size)
    if (known := _cache.get(path)) is None or known[0] != stamp:
        known = (stamp, {one.record_id: one for one in _read(path)})
        _cache[path] = known
    return known[1]


def withdraw(archive: Archive, record_id: str, reason: str, date: str) -> Withdrawal:
    """Writes a tombstone and syncs; to be called under the archive's lock."""
    tombstone = Withdrawal(record_id, date, reason)
    line = json.dumps(asdict(tombstone), ensure_ascii=False, sort_keys=True)
    path = archive.withdrawn_path
    with reported(path), path.open("a", encoding="utf-8") as stream:
        stream.write(line + "\n")
        stream.flush()
        os.fsync(stream.fileno())
    return tombstone


def _read(path: Path) -> Iterator[Withdrawal]:
    with reported(path):
        lines = path.read_text(encoding="utf-8").splitlines()
    for number, line in enumerate(lines, 1):
        try:
            yield Withdrawal(**json.loads(line))
        except (ValueError, TypeError) as error:
            raise SurroundingsError(f"{path}, line {number}: no tombstone: {error}") from error
