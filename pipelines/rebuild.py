"""The database anew from the WARC files alone, without the network."""

import contextlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from archive.database import DatabaseWriter, digest, switch_in
from archive.errors import BusyError
from archive.indexing import load
from archive.records import Reading
from archive.store import Archive
from archive.warc.reader import Damage
from archive.warc.recovery import recover
from pipelines.reading import Shown, build_meta, plain, store_all, tasks_of


@dataclass(frozen=True, slots=True)
class Built:
    """What a build gave: how many bundles were read, what failed, which stretches are damaged."""

    bundles: int
    reports: int
    observations: int
    failed: tuple[str, ...]
    damage: tuple[Damage, ...]


def build(archive: Archive, target: Path, jobs: int, show: Shown = plain) -> Built:
    """Writes the database of the archive's sealed files to `target`, compacted.

    Equal archives, declarations and versions give equal bytes, whatever `jobs` is.

    Args:
        archive: where from; it is only read.
        target: an absent file.
        jobs: number of worker processes.
        show: wraps the readings as they come, for a progress bar; gets their number too.
    """
    scratch = target.with_name(target.name + ".scratch")
    try:
        with DatabaseWriter(scratch, scratch=True) as database:
            built = _fill(archive, database, jobs, show)
            database.finish(build_meta())
            database.compact_into(target)
    finally:
        for suffix in ("", "-wal", "-shm"):
            scratch.with_name(scratch.name + suffix).unlink(missing_ok=True)
    return built


def _fill(archive: Archive, database: DatabaseWriter, jobs: int, show: Shown) -> Built:
    found = load(archive, database)
    tasks = tasks_of(found.captures)
    failed: list[str] = []
    reports = observations = 0
    for reading in show(store_all(archive, database, tasks, jobs), len(tasks)):
        read = [report for source in reading.sources for report in source.reports]
        reports += len(read)
        observations += sum(len(report.observations) for report in read)
        failed.extend(_failures(reading))
    return Built(len(tasks), reports, observations, tuple(failed), tuple(found.damage))


_FAULTS = frozenset({"reader_fault", "reader_died", "unreadable_payload"})


def _failures(reading: Reading) -> Iterator[str]:
    """What our own code failed at: listed by the rebuild, never passed over."""
    for source in reading.sources:
        for problem in source.problems:
            if problem.kind in _FAULTS:
                yield f"{source.capture.url} ({source.capture.record_id}): {problem.detail}"


def rebuild(archive: Archive, jobs: int, show: Shown = plain) -> Built:
    """Builds the database and puts it in the place of the present one.

    A torn end left by a crash is mended first, unless another process is writing: then only sealed
    files are read.

    Raises:
        SurroundingsError: no archive, or the disk is full.
        BusyError: another process writes just when the new database is to be switched in.
    """
    archive.require()
    with contextlib.suppress(BusyError), archive.lock("rebuild: mending"):
        recover(archive)
    fresh = archive.directory / "gongkai.db.fresh"
    try:
        built = build(archive, fresh, jobs, show)
        switch_in(archive, fresh)
    finally:
        fresh.unlink(missing_ok=True)
    return built


@dataclass(frozen=True, slots=True)
class Verified:
    """Whether the present database is what the WARC files say."""

    comparable: bool
    same_rows: bool
    same_bytes: bool
    why: str = ""


def verify(archive: Archive, jobs: int, show: Shown = plain) -> Verified:
    """Builds twice aside and compares, once in this process and once with workers.

    The present database must have the same rows (it may be a crawl's, never compacted); the two
    builds must have the same bytes.
    """
    present = archive.require_database()
    with TemporaryDirectory(dir=archive.directory, prefix="verify-") as folder:
        first, second = Path(folder, "first.db"), Path(folder, "second.db")
        build(archive, first, jobs, show)
        build(archive, second, 1 if jobs > 1 else 2, show)
        if (why := _incomparable(present, first)) is not None:
            return Verified(False, False, False, why)
        same_bytes = first.read_bytes() == second.read_bytes()
        return Verified(True, digest(present) == digest(first), same_bytes)


def _incomparable(present: Path, fresh: Path) -> str | None:
    """Names the versions that differ, if any: then nothing can be said."""
    made, now = _meta(present), _meta(fresh)
    differ = [f"{key} {made.get(key)} -> {now[key]}" for key in now if made.get(key) != now[key]]
    return "; ".join(differ) or None


def _meta(path: Path) -> dict[str, str]:
    from archive.database import open_readonly

    with contextlib.closing(open_readonly(path)) as connection:
        return {row["key"]: row["value"] for row in connection.execute("SELECT * FROM meta")}
