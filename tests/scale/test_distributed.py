"""A rebuild on many machines gives the very bytes of a local one, whatever happens to workers."""

import hashlib
import os
import signal
import sqlite3
import threading
import time
from contextlib import closing
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from archive.errors import GongkaiError
from archive.packing import TableRows
from archive.storage import moving
from archive.storage.objects import Storage
from archive.store import Archive
from archive.warc import manifest
from pipelines.distributed import build, work
from pipelines.distributed.tables import Partition, read_partition, write_tables
from pipelines.distributed.work import Place
from pipelines.rebuild import build as build_local
from pipelines.rebuild import rebuild
from pipelines.tasks import Task
from tests.pipelines.rebuild.archives import many_kinds
from tests.scale.stand_in import StandIn


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Archive:
    """Documents of many kinds and exchanges with parts, in several WARC files, built locally."""
    folder = tmp_path_factory.mktemp("distributed")
    made = many_kinds(folder / "archive", folder / "files")
    rebuild(made, 1)
    return made


def digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def distributed(archive: Archive, client: Any, parts: Storage, target: Path) -> str:
    build_local(
        archive, target, 1, fill=lambda of, database: build.fill(of, database, client, parts)
    )
    return digest(target)


@pytest.fixture(scope="module")
def client(object_store: StandIn) -> Any:
    """Two workers; what names the store is in their environment."""
    with build.workers(build.LOCAL, 2) as started:
        yield started


def test_a_killed_worker_costs_time_only(
    archive: Archive, client: Any, bucket: Storage, tmp_path: Path
) -> None:
    assert len(manifest.read(archive)) > 1
    before = set(client.run(os.getpid).values())
    killing = threading.Thread(target=_kill_when_reading, args=(bucket, min(before)))
    killing.start()
    made = distributed(archive, client, bucket / "parts", tmp_path / "far.db")
    killing.join()
    assert made == digest(archive.database_path)
    assert min(before) not in set(client.run(os.getpid).values())


def _kill_when_reading(bucket: Storage, process: int) -> None:
    """Kills a worker once the reading has been handed out."""
    deadline = time.monotonic() + 60
    while not (bucket / "parts/bundles").names(".json") and time.monotonic() < deadline:
        time.sleep(0.01)
    os.kill(process, signal.SIGKILL)


def test_a_worker_elsewhere_reads_from_the_store(
    archive: Archive, bucket: Storage, tmp_path: Path
) -> None:
    moving.push(archive, bucket / "warc")
    place = replace(
        Place.of(archive), directory=str(tmp_path / "elsewhere"), storage=f"{bucket.url}/warc"
    )
    first = manifest.read(archive)[0].name
    work.scan_file(place, first, bucket.url)
    captures = work.scanned(bucket, first).captures
    page = next(capture for capture in captures if capture.role == "page")
    work.store_bundles(bucket, "one", iter([Task(page)]))
    summary = work.read_file(place, "one", bucket.url)
    assert (summary.bundles, summary.reports, summary.failed) == (1, 1, ())
    (rows,) = read_partition(bucket / work.READ, "observations", "one")
    with closing(sqlite3.connect(archive.database_path)) as connection:
        sql = "SELECT observation_id FROM observations WHERE snapshot = ? ORDER BY n"
        expected = [row[0] for row in connection.execute(sql, [page.record_id])]
    assert [row[rows.names.index("observation_id")] for row in rows.values] == expected
    nowhere = replace(place, storage="")
    with pytest.raises(GongkaiError, match="names no storage"):
        work.scan_file(nowhere, first, bucket.url)
    with pytest.raises(GongkaiError, match="other versions: schema_version"):
        work.scan_file(replace(place, versions={"schema_version": "0"}), first, bucket.url)


NUMBERS = [None, 0, 1, -7, 0.5, 2**51 - 1, 2**51, 2**53 + 1, 2**62 + 1, -(2**60), 1e300,
           float(Decimal("12345.678"))]  # fmt: skip


def test_numbers_are_exact_in_parquet(tmp_path: Path) -> None:
    storage = Storage(tmp_path.as_uri())
    rows = TableRows("observations", ("observation_id", "value_std"),
                     tuple((str(n), number) for n, number in enumerate(NUMBERS)))  # fmt: skip
    with Partition(storage, "a") as partition:
        partition.add(rows)
    with closing(sqlite3.connect(":memory:")) as connection:
        connection.execute("CREATE TABLE t (given NUMERIC, kept NUMERIC)")
        (kept,) = read_partition(storage, "observations", "a")
        pairs = [(given, row[1]) for given, row in zip(NUMBERS, kept.values, strict=True)]
        connection.executemany("INSERT INTO t VALUES (?, ?)", pairs)
        sql = "SELECT count(*) FROM t WHERE given IS kept AND typeof(given) = typeof(kept)"
        assert connection.execute(sql).fetchone()[0] == len(NUMBERS)


def test_a_partition_is_whole_or_absent(tmp_path: Path) -> None:
    storage = Storage(tmp_path.as_uri())
    rows = TableRows("problems", ("report_id",), (("a",),))
    partition = Partition(storage, "a")
    partition.add(rows)
    partition.__exit__(ZeroDivisionError, ZeroDivisionError(), None)
    assert list(read_partition(storage, "problems", "a")) == []


def test_tables_are_written_in_files_of_so_many_rows(archive: Archive, tmp_path: Path) -> None:
    storage = Storage(tmp_path.as_uri())
    write_tables(archive.database_path, ["observations"], storage, 300)
    with closing(sqlite3.connect(archive.database_path)) as connection:
        stored = connection.execute("SELECT * FROM observations").fetchall()
    names = (storage / "observations").names(".parquet")
    assert len(names) == -(-len(stored) // 300) > 1
    read = [
        row
        for name in names
        for rows in read_partition(storage, "observations", name.removesuffix(".parquet"))
        for row in rows.values
    ]
    assert [row[:9] for row in read] == [row[:9] for row in stored]
