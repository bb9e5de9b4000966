"""Bundles read and stored by worker processes while a crawl goes on."""

import asyncio
from concurrent.futures import Executor, Future, ThreadPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from pathlib import Path
from threading import Event
from typing import Any

import pytest

from archive.database import DatabaseWriter, digest
from archive.errors import SurroundingsError
from archive.store import Archive
from pipelines import items
from pipelines.items import ReadingPipeline
from pipelines.reading import settle, store_page
from pipelines.tasks import unread
from pipelines.workers import worker_pool
from tests.pipelines.conftest import Shell


@dataclass(frozen=True)
class Item:
    page_record_id: str


class Broken(Executor):
    """A pool of which a worker dies over the first bundle."""

    def __init__(self) -> None:
        self.asked = 0

    def submit(self, *_asked: Any, **_named: Any) -> Future[Any]:
        self.asked += 1
        if self.asked > 1:
            raise BrokenProcessPool
        died: Future[Any] = Future()
        died.set_exception(BrokenProcessPool())
        return died


@pytest.fixture
def forgotten(shell: Shell, saved: Path) -> tuple[Archive, str, str]:
    """An archive whose one page is unread; the page, and the digest of the database as it was."""
    shell("import", saved)
    archive = Archive(shell.archive)
    whole = digest(archive.database_path)
    with DatabaseWriter(archive.database_path) as database, database.transaction():
        (capture,) = database.query("SELECT record_id FROM captures")
        database.forget(capture["record_id"])
    return archive, capture["record_id"], whole


def test_the_worker_that_reads_a_page_stores_it(forgotten: tuple[Archive, str, str]) -> None:
    archive, page, whole = forgotten
    # Another connection is at work, as that of the crawl is.
    with DatabaseWriter(archive.database_path) as database, worker_pool(1) as pool:
        assert len(unread(database)) == 1
        for _ in range(2):
            pool.submit(store_page, archive.directory, page).result()
        assert unread(database) == []
    assert settle(archive) == 0
    assert digest(archive.database_path) == whole


def test_a_worker_that_dies_makes_room_and_leaves_the_page_to_the_settling(
    forgotten: tuple[Archive, str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    archive, page, whole = forgotten
    pools: list[Executor] = []

    def opened(jobs: int) -> Executor:
        assert jobs > 1
        pools.append(Broken())
        return pools[-1]

    monkeypatch.setattr(items, "worker_pool", opened)
    pipeline = ReadingPipeline(archive.directory)
    for _ in range(2):
        assert pipeline.process_item(Item(page)) == Item(page)
    asyncio.run(pipeline.close_spider())
    assert len(pools) == 2
    assert settle(archive) == 1
    assert digest(archive.database_path) == whole


def test_a_slow_reading_holds_up_nothing(
    forgotten: tuple[Archive, str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    archive, page, whole = forgotten
    opened = Event()

    def slow(directory: Path, record_id: str) -> None:
        assert opened.wait(20)
        store_page(directory, record_id)

    monkeypatch.setattr(items, "store_page", slow)
    monkeypatch.setattr(items, "worker_pool", ThreadPoolExecutor)
    pipeline = ReadingPipeline(archive.directory)
    pipeline.process_item(Item(page))
    with DatabaseWriter(archive.database_path) as database:
        assert len(unread(database)) == 1
    opened.set()
    asyncio.run(pipeline.close_spider())
    assert settle(archive) == 0
    assert digest(archive.database_path) == whole


def test_rows_that_cannot_be_stored_are_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def failing(_directory: Path, _record_id: str) -> None:
        raise SurroundingsError("no space left")

    monkeypatch.setattr(items, "store_page", failing)
    monkeypatch.setattr(items, "worker_pool", ThreadPoolExecutor)
    pipeline = ReadingPipeline(tmp_path)
    pipeline.process_item(Item("urn:uuid:1"))
    asyncio.run(pipeline.close_spider())
    assert "no space left" in caplog.text
