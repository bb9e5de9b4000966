"""Runs a crawl in this process, shows how it goes, and gives the account."""

import os
import re
import tempfile
from contextlib import ExitStack
from glob import escape
from typing import Any
from urllib.parse import urlsplit

from scrapy.crawler import AsyncCrawlerProcess, Crawler
from scrapy.settings import Settings

from archive.errors import GongkaiError, SurroundingsError, UsageError
from archive.store import Archive
from crawler import settings as project_settings
from crawler.logs import as_json, logging_as_asked
from crawler.options import CrawlOptions
from crawler.politeness.addresses import HostPolicy
from crawler.progress import showing
from crawler.spiders.reports import ReportsSpider

_NUMBER = re.compile(r"\s*-?\d+(?:\.\d+)?\s*")


def run_crawl(options: CrawlOptions) -> int:
    """Crawls and returns the exit status: 0 if the account is complete and without alarm, else 1.

    Raises:
        GongkaiError: if the crawl could not begin or the archive failed.
    """
    settings = settings_of(options)
    check_hosts(options, settings)
    if options.resume:
        _check_run(options)
    with ExitStack() as stack:
        if options.writes_nothing:
            folder = stack.enter_context(tempfile.TemporaryDirectory(prefix="gongkai-"))
            settings.set("GONGKAI_ARCHIVE", folder, priority="cmdline")
            settings.set("GONGKAI_READING", False, priority="cmdline")
            settings.set("ITEM_PIPELINES", {}, priority="cmdline")
        crawler = crawled(settings, options)
    return _conclude(spider_of(crawler), dry_run=options.dry_run)


def settings_of(options: CrawlOptions) -> Settings:
    """The project's settings with those of the command line over them.

    Raises:
        UsageError: for a setting that is not NAME=VALUE, or no number where one is wanted.
    """
    settings = Settings()
    settings.setmodule(project_settings, priority="project")
    _check_numbers(options, settings)
    settings.setdict(options.scrapy_settings(), priority="cmdline")
    return settings


def _check_numbers(options: CrawlOptions, usual: Settings) -> None:
    for setting in options.settings:
        name, _, value = setting.partition("=")
        if type(usual.get(name)) in (int, float) and not _NUMBER.fullmatch(value):
            raise UsageError(f"-s {setting}: {name} is a number")


def check_hosts(options: CrawlOptions, settings: Settings) -> None:
    """Tells a person at once, not by an empty result, of a host that will not be asked.

    Of several portals the others are crawled, and the account tells of the host.

    Raises:
        UsageError: naming the host, where only one portal is asked for.
    """
    for portal in options.portals if len(options.portals) == 1 else ():
        allowed = [*settings.getlist("GONGKAI_ALLOW_HOSTS"), *portal.hosts]
        policy = HostPolicy.of(settings.getlist("GONGKAI_OFFICIAL_HOSTS"), allowed)
        for url in portal.start:
            if not policy.permits(url):
                host = urlsplit(url).netloc
                raise UsageError(f"{host} is no official host: add --allow-host '{host}'")


def _check_run(options: CrawlOptions) -> None:
    files = Archive(options.archive_dir).warc_dir.glob(f"gongkai-{escape(options.resume)}-*")
    if not any(files):
        raise UsageError(f"the archive knows no run {options.resume!r} to resume")


def crawled(settings: Settings, options: CrawlOptions) -> Crawler:
    """Crawls to the end, showing how it goes.

    Raises:
        GongkaiError: if the crawl could not begin.
    """
    os.environ.setdefault("SCRAPY_SETTINGS_MODULE", "crawler.settings")
    settings.set("LOG_INSTALL_ROOT_HANDLER", not as_json(settings), priority="cmdline")
    process = AsyncCrawlerProcess(settings)
    crawler = process.create_crawler(ReportsSpider)
    year = str(options.year) if options.year else ""
    with showing(crawler), logging_as_asked(crawler):
        task: Any = process.crawl(crawler, portals=options.portals, year=year)
        process.start()
    error = task.exception() if task.done() and not task.cancelled() else None
    if isinstance(error, GongkaiError):
        raise error
    if error is not None:
        raise SurroundingsError(f"the crawl broke off: {error!r}") from error
    return crawler


def spider_of(crawler: Crawler) -> ReportsSpider:
    """The spider of a crawl that has ended.

    Raises:
        SurroundingsError: if it did not begin, or the archive failed.
    """
    spider = crawler.spider
    if not isinstance(spider, ReportsSpider):
        raise SurroundingsError("the crawl did not begin")
    if spider.session.failed is not None:
        raise SurroundingsError(str(spider.session.failed))
    return spider


def _conclude(spider: ReportsSpider, *, dry_run: bool) -> int:
    if dry_run:
        return 0 if spider.account.found else 1
    return 0 if spider.account.complete and not spider.account.alarmed else 1
