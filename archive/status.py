"""What an archive holds, in a few numbers."""

import contextlib
import shutil
import sqlite3
from dataclasses import dataclass, field
from typing import Any

from archive import texts
from archive.accounts import runs
from archive.clock import iso, utc_now
from archive.database import open_readonly
from archive.state import next_looks
from archive.store import Archive
from archive.warc import manifest
from archive.warc.files import OPEN_SUFFIX
from archive.withdrawals import withdrawn

_COUNTS = {
    "captures": "SELECT kind, count(*) FROM captures GROUP BY kind",
    "reports": "SELECT coalesce(year, 0), count(*) FROM reports WHERE preferred = 1 GROUP BY year",
    "tables": "SELECT tables, count(*) FROM reports WHERE preferred = 1 GROUP BY tables",
    "problems": "SELECT stage || ' ' || kind, count(*) FROM problems GROUP BY stage, kind",
    "checks": "SELECT verdict, count(*) FROM checks GROUP BY verdict",
}


@dataclass(slots=True)
class Status:
    """An archive in numbers. Sizes are bytes; `reports` counts preferred versions by year.

    `unread` counts candidate pages from which nothing was read yet; `database` is `present` or
    `missing`, `texts` as well, which are missing if damaged too, or `none` before the first linking
    pass. `timetable` tells how many portals are due and which comes next, as the timetable was last
    worked out; `alarms` are those of the newest finished run.
    """

    directory: str
    warc_files: int
    warc_bytes: int
    open_files: tuple[str, ...]
    withdrawn: int
    database: str
    texts: str = "none"
    database_bytes: int = 0
    texts_bytes: int = 0
    captures: dict[str, int] = field(default_factory=dict)
    reports: dict[str, int] = field(default_factory=dict)
    tables: dict[str, int] = field(default_factory=dict)
    problems: dict[str, int] = field(default_factory=dict)
    checks: dict[str, int] = field(default_factory=dict)
    runs: list[dict[str, str]] = field(default_factory=list)
    alarms: list[dict[str, str]] = field(default_factory=list)
    timetable: dict[str, Any] = field(default_factory=dict)
    free_bytes: int = 0
    unread: int = 0


_UNREAD = """SELECT count(*) FROM captures WHERE role = 'page'
  AND kind IN ('response', 'revisit', 'resource')
  AND record_id NOT IN (SELECT snapshot FROM documents)
  AND record_id NOT IN (SELECT record_id FROM withdrawals)
  AND refers_to NOT IN (SELECT record_id FROM withdrawals)"""
_RUNS_SHOWN = 10


def status(archive: Archive) -> Status:
    """Counts what is there.

    Raises:
        SurroundingsError: if there is no readable archive.
    """
    archive.require()
    entries = manifest.read(archive)
    found = Status(
        directory=str(archive.directory),
        warc_files=len(entries),
        warc_bytes=sum(entry.bytes for entry in entries),
        open_files=tuple(sorted(p.name for p in archive.warc_dir.glob(f"*{OPEN_SUFFIX}"))),
        withdrawn=len(withdrawn(archive)),
        database="present" if archive.database_path.is_file() else "missing",
        timetable=_timetable(archive),
        free_bytes=shutil.disk_usage(archive.directory).free,
    )
    if found.database == "present":
        _count(archive, found)
    return found


def _count(archive: Archive, found: Status) -> None:
    with contextlib.closing(open_readonly(archive.database_path)) as database:
        _measure(archive, database, found)
        for name, sql in _COUNTS.items():
            counted = sorted((str(key or "unknown"), n) for key, n in database.execute(sql))
            setattr(found, name, dict(counted))
        found.unread = database.execute(_UNREAD).fetchone()[0]
    newest = runs(archive, _RUNS_SHOWN)
    found.alarms = next((run.alarms for run in newest if run.finished_at), [])
    found.runs = [
        {"run_id": run.run_id, "kind": run.kind, "started_at": run.started_at}
        | {"finished_at": run.finished_at, "outcome": run.outcome}
        for run in newest
    ]


def _measure(archive: Archive, database: sqlite3.Connection, found: Status) -> None:
    found.database_bytes = archive.database_path.stat().st_size
    path = texts.file_of(database, archive.database_path)
    if path is not None:
        there = texts.missing(database, archive.database_path) is None
        found.texts, found.texts_bytes = (
            ("present", path.stat().st_size) if there else ("missing", 0)
        )


def _timetable(archive: Archive) -> dict[str, Any]:
    looks = next_looks(archive.state_path)
    if not looks:
        return {}
    now = iso(utc_now())
    return {
        "portals": len(looks),
        "due": sum(look["due_at"] <= now for look in looks),
        "next": looks[0],
    }
