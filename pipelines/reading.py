"""Brings a database up to its archive: reads what is to be read, stores it, and links."""

from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path

from archive import declarations
from archive.database import DatabaseWriter
from archive.indexing import catch_up
from archive.store import Archive
from archive.warc.conversions import collect
from pipelines.extractors import extractor_versions
from pipelines.outcomes import Outcome, read_task
from pipelines.tasks import Task, stored_tasks, unread
from pipelines.workers import read_all


def store_all(
    archive: Archive, database: DatabaseWriter, tasks: Iterable[Task], jobs: int
) -> Iterator[Outcome]:
    """Reads and stores bundles, one transaction each; yields each once it is stored."""
    for outcome in read_all(archive, tasks, jobs):
        database.replace_rows(outcome.page.record_id, outcome.rows)
        yield outcome


def store_page(directory: Path, page_record_id: str) -> None:
    """Reads and stores one bundle in a worker of whoever holds the archive's lock.

    Raises:
        GongkaiError: if its rows cannot be stored; it is then unread.
    """
    database = _kept_open(directory)
    for task in stored_tasks(database, page_record_id):
        database.replace_rows(page_record_id, read_task(directory, task).rows)


@cache
def _kept_open(directory: Path) -> DatabaseWriter:
    """The database of an archive, for as long as this process lives."""
    return DatabaseWriter(Archive(directory).database_path)


def settle(archive: Archive, jobs: int = 2) -> int:
    """Brings the live database up to the archive: reads what was not read, then links.

    To be called once no WARC writer is at work. What was already read is left alone, so that it may
    be called after every run and after every crash.

    Returns:
        How many bundles were read.
    """
    with archive.lock("settling the database"), DatabaseWriter(archive.database_path) as database:
        catch_up(archive, database)
        read = sum(1 for _ in store_all(archive, database, unread(database), jobs))
        keep_conversions(archive, database)
        database.finish(build_meta())
    return read


def keep_conversions(archive: Archive, database: DatabaseWriter) -> None:
    """Writes the costly extractions that workers made to a WARC file and enters that file."""
    if collect(archive):
        catch_up(archive, database)


def build_meta() -> dict[str, str]:
    """The entries of table `meta` that only this layer knows."""
    return {"declarations_sha256": declarations.load().digest, **extractor_versions()}
