"""Plain Scrapy over the portal of `bench_pipeline`, and the meter that times it and our own crawl.

Apart from the benchmark itself, which each worker process imports as it starts: Scrapy is no part
of what a worker of `gongkai crawl` needs.
"""

import resource
import time
from typing import Any

from scrapy import Request, Spider, signals
from scrapy.crawler import Crawler

from benchmarks.rehearsal_site import ROWS_A_PAGE


class Bare(Spider):
    """Follows the listings and fetches the reports: the floor."""

    name = "bare"

    async def start(self) -> Any:
        column, reports = self.settings["BENCH_COLUMN"], self.settings.getint("BENCH_REPORTS")
        for page in range(-(-reports // ROWS_A_PAGE)):
            yield Request(column + (f"index_{page}.html" if page else ""), self.parse)

    def parse(self, response: Any) -> Any:
        for link in response.css("ul.list a::attr(href)").getall():
            yield response.follow(link, self.parse_report)

    def parse_report(self, response: Any) -> Any:
        yield {"url": response.url, "size": len(response.body)}


class Meter:
    """A Scrapy extension that takes the time and the memory of a crawl. One a process."""

    began = (0.0, 0.0)
    reports = 0
    half_mb = 0.0
    crawled_mb = 0.0

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> "Meter":
        meter = cls()
        crawler.signals.connect(meter.opened, signals.spider_opened)
        crawler.signals.connect(meter.had, signals.item_scraped)
        crawler.signals.connect(meter.closed, signals.spider_closed)
        meter.half = crawler.settings.getint("BENCH_REPORTS") // 2
        return meter

    half = 0

    def opened(self) -> None:
        Meter.began = (time.perf_counter(), processor_seconds())

    def had(self) -> None:
        Meter.reports += 1
        if Meter.reports == self.half:
            Meter.half_mb = peak_mb()

    def closed(self) -> None:
        Meter.crawled_mb = peak_mb()


def processor_seconds() -> float:
    """Of this process and of the children that have ended."""
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(one.ru_utime + one.ru_stime for one in used)


def peak_mb() -> float:
    """The most memory that this process has had so far."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
