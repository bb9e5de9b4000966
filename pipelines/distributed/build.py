"""The coordinator of a rebuild on many machines: hands out files, loads what comes, links.

Where a worker dies, dask.distributed gives its tasks to another: that costs time only. A document
that kills its reader costs that document, as in a local rebuild, for it is read in a process that
the worker starts for it.
"""

from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from typing import Any

from archive.database import DatabaseWriter
from archive.dbfile import open_readonly, tables
from archive.errors import GongkaiError, SurroundingsError, UsageError
from archive.indexing import load_scans
from archive.packing import COLUMNS
from archive.storage.objects import Storage
from archive.store import Archive
from archive.warc import manifest
from pipelines.distributed import work
from pipelines.distributed.tables import read_partition, write_tables
from pipelines.distributed.work import Place, Summary
from pipelines.rebuild import Built, rebuild
from pipelines.tasks import Task, index_captures, stored_tasks

TABLES = tuple(COLUMNS)
LOCAL = "local"
ROWS_A_FILE = 200_000
# Workers that may die over one task before it is given up.
_ALLOWED_DEATHS = 10
_BY_FILE = (
    "DROP TABLE IF EXISTS temp.pages_by_file",
    "CREATE TEMP TABLE pages_by_file (warc TEXT, date TEXT, record_id TEXT,"
    " PRIMARY KEY (warc, date, record_id)) WITHOUT ROWID",
    "INSERT INTO pages_by_file SELECT warc, date, record_id FROM captures"
    " WHERE role = 'page' AND kind IN ('response', 'revisit', 'resource')",
)


@contextmanager
def workers(address: str, jobs: int) -> Iterator[Any]:
    """A client of the scheduler at that address, or of `jobs` worker processes started here.

    Raises:
        SurroundingsError: if dask.distributed is not installed or the scheduler does not answer.
    """
    try:
        import dask
        from distributed import Client, LocalCluster
    except ImportError as error:
        told = "a distributed rebuild needs dask: pip install 'gongkai[scale]'"
        raise SurroundingsError(told) from error
    # Workers start a process for the documents, which daemons may not.
    chosen = {"distributed.worker.daemon": False,
              "distributed.scheduler.allowed-failures": _ALLOWED_DEATHS}  # fmt: skip
    with dask.config.set(chosen):
        if address != LOCAL:
            try:
                client = Client(address, timeout=30)  # type: ignore[no-untyped-call]
            except (OSError, ValueError) as error:
                raise SurroundingsError(f"no dask scheduler at {address}: {error}") from error
            with client:
                yield client
            return
        with (
            LocalCluster(  # type: ignore[no-untyped-call]
                n_workers=jobs, threads_per_worker=1, host="127.0.0.1", dashboard_address=":0"
            ) as cluster,
            Client(cluster) as client,  # type: ignore[no-untyped-call]
        ):
            yield client


def far_rebuild(archive: Archive, address: str, parts: str, jobs: int) -> Built:
    """The database anew, read by the workers of a scheduler; see `workers` and `fill`.

    Raises:
        UsageError: if there is something at `parts` already.
        SurroundingsError: if scheduler or storage cannot be reached.
    """
    storage = Storage(parts)
    if storage.names():
        raise UsageError(f"{storage.url} is not empty: parts of one rebuild only may lie there")
    with workers(address, jobs) as client:
        return rebuild(archive, jobs, fill=lambda of, database: fill(of, database, client, storage))


def write_all_tables(archive: Archive, url: str) -> None:
    """Writes the tables of the archive's database as Parquet, in files of `ROWS_A_FILE` rows."""
    path = archive.require_database()
    with closing(open_readonly(path)) as connection:
        names = tables(connection)
    write_tables(path, names, Storage(url), ROWS_A_FILE)


def fill(archive: Archive, database: DatabaseWriter, client: Any, parts: Storage) -> Built:
    """Fills an empty database with all that the sealed files say, links apart.

    Args:
        archive: whose; workers share its folder, or read its files from its storage.
        database: an empty one.
        client: of dask.distributed.
        parts: where workers leave what they make; an empty folder that all reach.

    Raises:
        GongkaiError: if a file could not be read by any worker.
    """
    place, url = Place.of(archive), parts.url
    names = [entry.name for entry in manifest.read(archive)]
    _done(client, work.scan_file, names, place, url)
    scans = (work.scanned(parts, name) for name in names)
    damage = load_scans(archive, database, scans)
    with_pages = _store_bundles(database, parts)
    summaries = _done(client, work.read_file, with_pages, place, url)
    _load(database, parts, with_pages)
    work.take_over(archive, parts)
    return _total(summaries, damage)


def _store_bundles(database: DatabaseWriter, parts: Storage) -> list[str]:
    """Stores what is to be read of each file; gives the files that have any."""
    for statement in _BY_FILE:
        database.execute(statement)
    index_captures(database)
    names = [row[0] for row in database.query("SELECT DISTINCT warc FROM pages_by_file")]
    for name in names:
        work.store_bundles(parts, name, _tasks(database, name))
    return names


def _tasks(database: DatabaseWriter, name: str) -> Iterator[Task]:
    sql = "SELECT record_id FROM pages_by_file WHERE warc = ? ORDER BY date, record_id"
    for row in database.query(sql, [name]):
        yield from stored_tasks(database, row["record_id"])


def _done(client: Any, task: Any, names: Sequence[str], place: Place, parts: str) -> list[Any]:
    """Has a task done for each file; the results in the order of the files."""
    futures = [client.submit(task, place, name, parts, pure=False) for name in names]
    try:
        return list(client.gather(futures))
    except GongkaiError:
        raise
    except Exception as error:  # of dask, or of a store that a worker could not reach
        raise GongkaiError(f"the workers failed: {error}") from error
    finally:
        client.cancel(futures)


def _load(database: DatabaseWriter, parts: Storage, names: Sequence[str]) -> None:
    for name in names:
        with database.transaction():
            for table in TABLES:
                database.insert_packed(read_partition(parts / work.READ, table, name))


def _total(summaries: Sequence[Summary], damage: Sequence[Any]) -> Built:
    return Built(
        bundles=sum(each.bundles for each in summaries),
        reports=sum(each.reports for each in summaries),
        observations=sum(each.observations for each in summaries),
        failed=tuple(line for each in summaries for line in each.failed),
        damage=tuple(damage),
    )
