"""Run as a program: what an hourly trigger and `gongkai crawl --due` do, under a simulated clock.

It may be killed at any moment and is started again: the clock is a file, all else is the archive's.
The process that is killed is a child, so that what is imported is imported once.
"""

import asyncio
import json
import logging
import os
import signal
import sys
from datetime import datetime, timedelta
from pathlib import Path
from time import monotonic
from typing import Any

from scrapy.crawler import AsyncCrawlerRunner
from scrapy.utils.reactor import install_reactor

from archive.clock import told_by
from archive.declarations.portals import Portal
from archive.declarations.schedule import Policy
from archive.store import Archive
from crawler.options import CrawlOptions
from crawler.run import settings_of
from crawler.schedule.plan import Plan, plan, policy_of
from crawler.settings import GONGKAI_RESUME_HOURS
from crawler.spiders.reports import ReportsSpider
from tests.schedule.simulated.world import tell, told

QUICK = (
    "GONGKAI_READING=0", "ITEM_PIPELINES={}", "GONGKAI_REQUISITES=0", "GONGKAI_BACKOFF=0.01",
    "RETRY_TIMES=0", "LOG_LEVEL=ERROR", "DOWNLOAD_DELAY_JITTER=0",
)  # fmt: skip
_MINUTE_OF_TRIGGER = 17


class Clock:
    """Simulated time: a base kept in a file, and the seconds that really passed since.

    A second start at one base counts ten minutes later, so that time never goes back.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._starts = json.loads(path.read_text())["starts"] + 1
        self.base = told(path)
        self.set(self.base, self._starts)

    def set(self, base: datetime, starts: int = 0) -> None:
        self.base, self._starts = base, starts
        self._since = monotonic()
        tell(self._path, base, starts)

    def now(self) -> datetime:
        passed = timedelta(minutes=10 * self._starts, seconds=monotonic() - self._since)
        return self.base + passed


async def simulate(job: dict[str, Any], clock: Clock) -> None:
    archive = Archive(Path(job["archive"]))
    until, off = datetime.fromisoformat(job["until"]), [*map(datetime.fromisoformat, job["off"])]
    portals = tuple(Portal(n, t, (url,)) for n, t, url in job["portals"])
    policy = policy_of(None)
    asked = CrawlOptions(
        archive.directory, portals, allow_hosts=("127.0.0.1:*",), delay_seconds=0, settings=QUICK
    )
    while clock.base < until:
        with archive.lock("crawl --due"):
            planned = plan(archive, portals, policy, GONGKAI_RESUME_HOURS)
            if planned.taken:
                await crawl(asked, planned, policy, archive)
        due = planned.first.due.at
        clock.set(_trigger(due if not planned.taken else clock.now(), off))


async def crawl(asked: CrawlOptions, planned: Plan, policy: Policy, archive: Archive) -> None:
    wanted = [entry.portal for entry in planned.taken]
    settings = settings_of(asked.of_due(wanted, planned.looks, policy, archive))
    runner = AsyncCrawlerRunner(settings)
    crawler = runner.create_crawler(ReportsSpider)
    await runner.crawl(crawler, portals=wanted)
    failed = crawler.spider.session.failed  # type: ignore[union-attr]
    assert failed is None, failed


def _trigger(after: datetime, off: list[datetime]) -> datetime:
    """The next hour at which the trigger calls; none while the machine is off."""
    at = after.replace(minute=_MINUTE_OF_TRIGGER, second=0, microsecond=0)
    at += timedelta(hours=at <= after)
    return off[1] if off[0] <= at < off[1] else at


def run(job: dict[str, Any]) -> None:
    install_reactor("twisted.internet.asyncioreactor.AsyncioSelectorReactor")
    from twisted.internet.defer import Deferred
    from twisted.internet.task import react

    clock = Clock(Path(job["clock"]))
    with told_by(clock.now):
        react(lambda _reactor: Deferred.fromFuture(asyncio.ensure_future(simulate(job, clock))))


def main() -> int:
    """Simulates in a child, and in another one for each that is killed; the last one's status."""
    job = json.loads(sys.argv[1])
    logging.basicConfig(level=logging.ERROR)
    while True:
        child = os.fork()
        if child == 0:
            run(job)
        Path(job["child"]).write_text(str(child))
        status = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
        if status != -signal.SIGKILL:
            return status


if __name__ == "__main__":
    sys.exit(main())
