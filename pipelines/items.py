"""The Scrapy item pipeline: the one adapter between the crawl and the reading of bundles."""

import asyncio
import logging
from concurrent.futures import Executor, Future
from concurrent.futures.process import BrokenProcessPool
from pathlib import Path
from typing import Protocol, TypeVar

from scrapy.crawler import Crawler
from scrapy.exceptions import NotConfigured

from pipelines.reading import store_page
from pipelines.workers import default_jobs, worker_pool

log = logging.getLogger(__name__)


class ArchivedBundle(Protocol):
    """What the spider hands on: a page that is archived with all its parts."""

    @property
    def page_record_id(self) -> str:
        """The WARC record id of the page's capture."""


Item = TypeVar("Item", bound=ArchivedBundle)


class ReadingPipeline:
    """Has bundles read and stored by worker processes, beside the crawl's event loop.

    The crawl does not wait for them: what waits to be read is the name of a record, and the answers
    themselves are let go of, so that a scan which takes minutes holds up no request. Workers are
    started as they are needed, up to one a core. One that dies costs nothing but the work under
    way: those bundles stay unread and are read when the run is settled. Rows have natural keys, so
    that it does not matter which bundle is stored first.
    """

    def __init__(self, directory: Path) -> None:
        """Starts nothing yet."""
        self._directory = directory
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

    def process_item(self, item: Item) -> Item:
        """Hands the item's bundle to the workers."""
        try:
            self._submit(item.page_record_id)
        except BrokenProcessPool:
            # A worker has died since: another pool is made for what comes now.
            self._pool = None
            self._submit(item.page_record_id)
        return item

    def _submit(self, page_record_id: str) -> None:
        pool = self._pool = self._pool or worker_pool(default_jobs())
        future = pool.submit(store_page, self._directory, page_record_id)
        future.add_done_callback(_tell)

    async def close_spider(self) -> None:
        """Waits until all is read that waits, and ends the workers."""
        if self._pool is not None:
            await asyncio.to_thread(self._pool.shutdown)


def _tell(reading: "Future[None]") -> None:
    """Tells of rows that could not be stored; what a dead worker left is read in the end."""
    error = None if reading.cancelled() else reading.exception()
    if error is not None and not isinstance(error, BrokenProcessPool):
        log.error("A bundle could not be stored: %s", error)
