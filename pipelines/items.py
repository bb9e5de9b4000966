"""The Scrapy item pipeline: the one adapter between the crawl and the reading of bundles."""

import asyncio
from concurrent.futures import Executor
from concurrent.futures.process import BrokenProcessPool
from pathlib import Path
from typing import Protocol, TypeVar

from scrapy.crawler import Crawler
from scrapy.exceptions import NotConfigured

from pipelines.reading import store_page
from pipelines.workers import default_jobs, worker_pool


class ArchivedBundle(Protocol):
    """What the spider hands on: a page that is archived with all its parts."""

    @property
    def page_record_id(self) -> str:
        """The WARC record id of the page's capture."""


Item = TypeVar("Item", bound=ArchivedBundle)


class ReadingPipeline:
    """Has bundles read and stored by worker processes, beside the crawl's event loop.

    Workers are started as they are needed, up to one a core. One that dies costs nothing but the
    work under way: those bundles stay unread and are read when the run is settled. Rows have
    natural keys, so that it does not matter which bundle is stored first.
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

    def close_spider(self) -> None:
        """Ends the workers."""
        if self._pool is not None:
            self._pool.shutdown(cancel_futures=True)

    async def process_item(self, item: Item) -> Item:
        """Reads and stores the item's bundle."""
        pool = self._pool = self._pool or worker_pool(default_jobs())
        loop = asyncio.get_running_loop()
        try:
            await loop.run_in_executor(pool, store_page, self._directory, item.page_record_id)
        except BrokenProcessPool:
            # All that waited for it come here; the first to come makes room for another.
            if self._pool is pool:
                self._pool = None
                pool.shutdown(wait=False, cancel_futures=True)
        return item
