"""From WARC files to the database: captures, runs and files; also after a crash.

Files are taken in one at a time, in parts, so that memory does not grow with the archive.
"""

from collections.abc import Callable, Collection, Iterable, Mapping
from pathlib import Path
from typing import Any, TypeAlias

from archive import corrections
from archive.database import DatabaseWriter
from archive.records import Capture
from archive.store import Archive
from archive.warc import manifest
from archive.warc.manifest import Entry
from archive.warc.reader import Damage, Scan, scan, scan_in_parts, warc_files
from archive.withdrawals import withdrawn

Note: TypeAlias = tuple[str, Mapping[str, Any]]


def load(
    archive: Archive, database: DatabaseWriter, seen: Callable[[Path], object] | None = None
) -> tuple[Damage, ...]:
    """Fills an empty database with all that the sealed files say, readings apart.

    Args:
        archive: which.
        database: an empty one.
        seen: called with each file once it is read, for progress.

    Returns:
        The stretches that are no whole records.
    """
    scans = (part for path in warc_files(archive) for part in scan_in_parts(path, seen))
    return load_scans(archive, database, scans)


def load_scans(
    archive: Archive, database: DatabaseWriter, scans: Iterable[Scan]
) -> tuple[Damage, ...]:
    """As `load`, from the scans of the sealed files, in the order of the manifest."""
    return _store(archive, database, scans, manifest.read(archive))


def catch_up(archive: Archive, database: DatabaseWriter) -> tuple[Entry, ...]:
    """Adds what the database lacks of sealed files, as after a crash, and of what people said.

    Returns:
        The files that were added.
    """
    known = {row["name"] for row in database.query("SELECT name FROM warc_files")}
    lacking = tuple(entry for entry in manifest.read(archive) if entry.name not in known)
    files = (archive.warc_dir / entry.name for entry in lacking)
    scans = (part for path in files for part in scan_in_parts(path))
    _store(archive, database, scans, lacking)
    return lacking


Adding: TypeAlias = Callable[
    [Iterable[Capture], Iterable[Note], Iterable[Note], Iterable[Entry]], object
]


def catch_up_with(archive: Archive, known: Collection[str], add: Adding) -> tuple[Entry, ...]:
    """Adds the sealed files whose names are not `known` to another kind of index.

    Args:
        archive: whose files.
        known: the names of those that the index has.
        add: takes captures, notes, accounts and the file, all of it or nothing.

    Returns:
        The files that were added.
    """
    lacking = tuple(entry for entry in manifest.read(archive) if entry.name not in known)
    for entry in lacking:
        found = scan([archive.warc_dir / entry.name])
        accounts = [(account.run_id, account.facts) for account in found.accounts]
        add(found.captures, found.notes, accounts, [entry])
    return lacking


def _store(
    archive: Archive,
    database: DatabaseWriter,
    scans: Iterable[Scan],
    entries: Iterable[Entry],
) -> tuple[Damage, ...]:
    damage: list[Damage] = []
    early: list[Note] = []
    with database.transaction():
        for found in scans:
            damage += found.damage
            early += _store_part(database, found)
        for record_id, facts in early:
            database.merge_facts(record_id, facts)
        for entry in entries:
            database.insert_file(entry)
        _store_said(archive, database)
    return tuple(damage)


def _store_part(database: DatabaseWriter, found: Scan) -> list[Note]:
    """Adds what was scanned; gives the notes on captures that nothing so far has brought."""
    database.insert_captures(found.captures)
    for account in found.accounts:
        database.insert_run(account.run_id, account.facts)
    return [note for note in found.notes if not database.merge_facts(*note)]


def _store_said(archive: Archive, database: DatabaseWriter) -> None:
    """Adds what people said of records and figures: withdrawals and corrections."""
    for one in withdrawn(archive).values():
        database.insert_withdrawal(one)
    database.execute("DELETE FROM corrections")
    for correction in corrections.read(archive):
        database.insert_correction(correction)
