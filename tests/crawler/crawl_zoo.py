"""Run as a program: crawls the given portals, through a proxy where the environment names one."""

import json
import sys

from scrapy.crawler import AsyncCrawlerProcess
from scrapy.settings import Settings

from archive.declarations.portals import Portal
from crawler import settings as project_settings
from crawler.spiders.reports import ReportsSpider
from tests.crawler.fetch import QUICK


def main() -> None:
    job = json.load(sys.stdin)
    portals = [
        Portal(host, host, (url,), browser=host in job.get("browser", ()))
        for host, url in job["portals"].items()
    ]
    settings = Settings()
    settings.setmodule(project_settings, priority="project")
    more = {"GONGKAI_ARCHIVE": job["archive"], "DOWNLOAD_TIMEOUT": 20, "LOG_LEVEL": "ERROR"}
    settings.setdict(QUICK | more | job.get("settings", {}), priority="cmdline")
    process = AsyncCrawlerProcess(settings)
    process.crawl(ReportsSpider, portals=portals)
    process.start()


if __name__ == "__main__":
    main()
