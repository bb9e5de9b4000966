"""The database anew from the WARC files alone, without the network."""

import contextlib
import filecmp
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TypeAlias

from archive import texts
from archive.database import DatabaseWriter, digest, open_readonly, switch_in
from archive.errors import BusyError, GongkaiError, UsageError
from archive.indexing import load
from archive.store import Archive, reported
from archive.versions import versions
from archive.warc.reader import Damage
from archive.warc.recovery import recover
from pipelines.differences import Difference, differences
from pipelines.outcomes import Shown, failures, plain
from pipelines.reading import build_meta, keep_conversions, store_all
from pipelines.tasks import StoredTasks, Task, stored_tasks


@dataclass(frozen=True, slots=True)
class Built:
    """What a build gave: how many bundles were read, what failed, which stretches are damaged."""

    bundles: int
    reports: int
    observations: int
    failed: tuple[str, ...]
    damage: tuple[Damage, ...] = ()


# Fills an empty database with all that an archive's sealed files say, links apart.
Filling: TypeAlias = Callable[[Archive, DatabaseWriter], Built]


def build(
    archive: Archive,
    target: Path,
    jobs: int,
    show: Shown = plain,
    *,
    keep: bool = False,
    fill: Filling | None = None,
) -> Built:
    """Writes the database of the archive's sealed files to `target`, compacted.

    Equal archives, declarations and versions give equal bytes, whatever `jobs` is.

    Args:
        archive: where from; its WARC files are only read, unless `keep`.
        target: an absent file.
        jobs: number of worker processes.
        show: wraps the readings as they come, for a progress bar; gets their number too.
        keep: write new costly extractions to a WARC file, unless another process is writing.
        fill: does the reading otherwise than `jobs` processes of this machine.
    """
    scratch = target.with_name(target.name + ".scratch")
    for left in (scratch, target):  # by a rebuild that was killed
        _remove(left)
    try:
        with DatabaseWriter(scratch, scratch=True) as database:
            built = fill(archive, database) if fill else _fill(archive, database, jobs, show)
            if keep:
                with contextlib.suppress(BusyError):
                    keep_conversions(archive, database)
            database.finish(build_meta())
            database.compact_into(target)
    finally:
        _remove(scratch)
    return built


def _remove(database: Path) -> None:
    """Removes a database with all that belongs to it."""
    for suffix in ("", "-wal", "-shm"):
        database.with_name(database.name + suffix).unlink(missing_ok=True)
    texts.tidy(database)


def _fill(archive: Archive, database: DatabaseWriter, jobs: int, show: Shown) -> Built:
    damage = load(archive, database)
    with database.transaction():  # one for all: a scratch file that is left half is thrown away
        return _read(archive, database, StoredTasks(database), jobs, show, damage)


def _read(
    archive: Archive,
    database: DatabaseWriter,
    tasks: Sequence[Task] | StoredTasks,
    jobs: int,
    show: Shown,
    damage: Sequence[Damage] = (),
) -> Built:
    failed: list[str] = []
    reports = observations = 0
    for outcome in show(store_all(archive, database, tasks, jobs), len(tasks)):
        reports += outcome.reports
        observations += outcome.observations
        failed.extend(failures(outcome))
    return Built(len(tasks), reports, observations, tuple(failed), tuple(damage))


def rebuild(archive: Archive, jobs: int, show: Shown = plain, fill: Filling | None = None) -> Built:
    """Builds the database and puts it in the place of the present one.

    `fill` does the reading otherwise than `jobs` processes of this machine.

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
        built = build(archive, fresh, jobs, show, keep=True, fill=fill)
        switch_in(archive, fresh)
    finally:
        _remove(fresh)
    return built


def reread(archive: Archive, only: str, jobs: int, show: Shown = plain) -> Built:
    """Reads some pages again and stores them in the present database.

    The other pages keep what an earlier version of the code may have read. What can be told apart
    is never mixed: a database made under other versions or declarations is left alone.

    Args:
        archive: which.
        only: addresses with `*` and `?`, a WARC record id, or an agency's name or id.
        jobs: number of worker processes.
        show: as for `build`.

    Raises:
        UsageError: nothing is meant by `only`.
        GongkaiError: the present database was made under other versions or declarations.
        BusyError: another process writes.
    """
    present = archive.require_database()
    with archive.lock("rebuild --only"):
        if why := incomparable(present):
            raise GongkaiError(f"the database was made under others ({why}): rebuild the whole")
        with DatabaseWriter(present) as database:
            built = _read(archive, database, chosen(database, only), jobs, show)
            database.finish(build_meta())
    return built


def compare(
    archive: Archive, only: str, jobs: int, show: Shown = plain
) -> tuple[Built, list[Difference]]:
    """Builds aside and tells which figures differ from the present database's; changes nothing.

    Args:
        archive: which; it is only read.
        only: as for `reread`; empty for all pages.
        jobs: number of worker processes.
        show: as for `build`.

    Raises:
        UsageError: nothing is meant by `only`.
        SurroundingsError: there is no database to compare with.
    """
    present = archive.require_database()
    with _folder(archive, "diff-") as folder:
        fresh = folder / "fresh.db"
        if only:
            _copy(present, fresh)
            with DatabaseWriter(fresh, scratch=True) as database:
                built = _read(archive, database, chosen(database, only), jobs, show)
        else:
            built = build(archive, fresh, jobs, show)
        return built, differences(present, fresh)


@contextlib.contextmanager
def _folder(archive: Archive, prefix: str) -> Iterator[Path]:
    """A folder for a while, on the archive's own disk."""
    with (
        reported(archive.directory),
        TemporaryDirectory(dir=archive.directory, prefix=prefix) as name,
    ):
        yield Path(name)


def _copy(source: Path, target: Path) -> None:
    with (
        contextlib.closing(open_readonly(source)) as old,
        contextlib.closing(sqlite3.connect(target)) as new,
    ):
        old.backup(new)


_CHOSEN = """
SELECT DISTINCT CASE role WHEN 'page' THEN record_id ELSE part_of END AS page FROM captures
WHERE role IN ('page', 'part') AND (
  url GLOB ?1 OR record_id IN (?1, 'urn:uuid:' || ?1) OR record_id IN (
    SELECT page_snapshot FROM reports WHERE ?1 IN (agency, agency_printed, agency_id)
  )
) ORDER BY 1
"""


def chosen(database: DatabaseWriter, only: str) -> list[Task]:
    """The bundles meant by addresses with `*` and `?`, a record id, or an agency's name or id.

    Raises:
        UsageError: there are none.
    """
    pages = [row["page"] for row in database.query(_CHOSEN, [only])]
    tasks = [task for page in pages for task in stored_tasks(database, page)]
    if not tasks:
        hint = "an address with * and ?, a WARC record id, or an agency's name or id"
        raise UsageError(f"no archived page is meant by {only!r}: give {hint}")
    return tasks


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
    builds must have the same bytes, figures and texts.
    """
    present = archive.require_database()
    if why := incomparable(present):
        return Verified(False, False, False, why)
    with _folder(archive, "verify-") as folder:
        first, second = folder / "first.db", folder / "second.db"
        build(archive, first, jobs, show)
        build(archive, second, 1 if jobs > 1 else 2, show)
        pairs = zip(_files(first), _files(second), strict=True)
        same_bytes = all(filecmp.cmp(*pair, shallow=False) for pair in pairs)
        return Verified(True, digest(present) == digest(first), same_bytes)


def _files(database: Path) -> tuple[Path, Path]:
    """A finished database and its file of texts."""
    with contextlib.closing(open_readonly(database)) as connection:
        beside = texts.file_of(connection, database)
    assert beside is not None
    return database, beside


def incomparable(present: Path) -> str:
    """Names the versions and declarations a database was made under that are not today's."""
    with contextlib.closing(open_readonly(present)) as connection:
        made = {row["key"]: row["value"] for row in connection.execute("SELECT * FROM meta")}
    now = {**versions(), **build_meta()}
    differ = [f"{key} {made.get(key)} -> {now[key]}" for key in now if made.get(key) != now[key]]
    return "; ".join(differ)
