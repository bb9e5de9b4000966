"""From WARC files to the database: captures, runs and files; also after a crash."""

from collections.abc import Callable
from pathlib import Path

from archive import corrections
from archive.database import DatabaseWriter
from archive.store import Archive
from archive.warc import manifest
from archive.warc.manifest import Entry
from archive.warc.reader import Scan, scan, warc_files
from archive.withdrawals import withdrawn


def load(
    archive: Archive, database: DatabaseWriter, seen: Callable[[Path], object] | None = None
) -> Scan:
    """Fills an empty database with all that the sealed files say, readings apart.

    Returns:
        What was found, damage included.
    """
    found = scan(warc_files(archive), seen)
    _store(archive, database, found, manifest.read(archive))
    return found


def catch_up(archive: Archive, database: DatabaseWriter) -> tuple[Entry, ...]:
    """Adds what the database lacks of sealed files, as after a crash, and of what people said.

    Returns:
        The files that were added.
    """
    known = {row["name"] for row in database.query("SELECT name FROM warc_files")}
    lacking = tuple(entry for entry in manifest.read(archive) if entry.name not in known)
    found = scan(archive.warc_dir / entry.name for entry in lacking)
    _store(archive, database, found, lacking)
    return lacking


def _store(
    archive: Archive, database: DatabaseWriter, found: Scan, entries: tuple[Entry, ...]
) -> None:
    with database.transaction():
        database.insert_captures(found.captures)
        for record_id, facts in found.notes:
            database.merge_facts(record_id, facts)
        for account in found.accounts:
            database.insert_run(account.run_id, account.facts)
        for entry in entries:
            database.insert_file(entry)
        for one in withdrawn(archive).values():
            database.insert_withdrawal(one)
        database.execute("DELETE FROM corrections")
        for correction in corrections.read(archive):
            database.insert_correction(correction)
