"""The Scrapy item pipeline: the one adapter between the crawl and the reading of bundles."""

import asyncio
from concurrent.futures import Executor
from concurrent.futures.process import BrokenProcessPool
from pathlib import Path
from typing import Protocol, TypeVar

from scrapy.crawler import Crawler
from scrapy.exceptions import NotConfigured

from archive.database import DatabaseWriter
from archive.store import Archive
from pipelines.reading import Outcome, Task, read_task, stored_tasks, worker_pool


class ArchivedBundle(Protocol):
    """What the spider hands on: a page that is archived with all its parts."""

    @property
    def page_record_id(self) -> str:
        """The WARC record id of the page's capture."""


Item = TypeVar("Item", bound=ArchivedBundle)


class ReadingPipeline:
    """Reads each bundle in a worker process, outside the crawl's event loop, and stores its rows.

    A worker that dies costs nothing but its work: the bundle stays unread and is read when the
    run is settled.
    """

    def __init__(self, directory: Path) -> None:
        """Opens nothing yet."""
        self._archive = Archive(directory)
        self._pool: Executor | None = None

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> "ReadingPipeline":
        """Made for a crawl that archives.

        Raises:
            NotConfigured: without the setting `GONGKAI_ARCHIVE`.
        """
        directory = crawler.settings.get("GONGKAI_ARCHIVE")
        if not directory:
            raise NotConfigured("GONGKAI_ARCHIVE is not set")
        return cls(Path(directory))

    def open_spider(self) -> None:
        """Opens the database and starts the worker."""
        self._database = DatabaseWriter(self._archive.database_path)

    def close_spider(self) -> None:
        """Lets go of both."""
        self._stop_worker()
        self._database.close()

    async def process_item(self, item: Item) -> Item:
        """Reads and stores the item's bundle."""
        for task in stored_tasks(self._database, item.page_record_id):
            if (read := await self._read(task)) is not None:
                page = read.page.record_id
                await asyncio.to_thread(self._database.replace_rows, page, read.rows)
        return item

    async def _read(self, task: Task) -> Outcome | None:
        if self._pool is None:
            self._pool = worker_pool(1)
        loop = asyncio.get_running_loop()
        try:
            return await loop.run_in_executor(self._pool, read_task, self._archive.directory, task)
        except BrokenProcessPool:
            self._stop_worker()
            return None

    def _stop_worker(self) -> None:
        if self._pool is not None:
            self._pool.shutdown(cancel_futures=True)
            self._pool = None
