"""Run as a program: fetches addresses with the project's settings, records them, tells outcomes.

Scrapy's reactor starts once in a process, so each test crawl has a process of its own.
"""

import json
import sys
from typing import Any

from scrapy import Request, Spider
from scrapy.crawler import AsyncCrawlerProcess
from scrapy.settings import Settings

from crawler import settings as project_settings
from crawler.recording.purpose import CAPTURE, PURPOSE, WALL, Purpose

QUICK: dict[str, Any] = {
    "DOWNLOAD_DELAY": 0,
    "DOWNLOAD_TIMEOUT": 1.0,
    "DOWNLOAD_MAXSIZE": 50_000,
    "RETRY_TIMES": 1,
    "GONGKAI_BACKOFF": 0.01,
    "GONGKAI_HOST_FAILURES": 1000,
    "GONGKAI_READING": False,
    "ITEM_PIPELINES": {},
    "LOG_LEVEL": "CRITICAL",
}


class Fetch(Spider):
    name = "fetch"

    def __init__(self, wanted: list[dict[str, Any]]) -> None:
        super().__init__()
        self.wanted = wanted

    async def start(self) -> Any:
        for each in self.wanted:
            yield Request(
                each["url"],
                method=each.get("method", "GET"),
                body=each.get("body", ""),
                callback=self.parse,
                errback=self.failed,
                dont_filter=True,
                meta={PURPOSE: Purpose("page"), "asked": each["url"], **each.get("meta", {})},
            )

    def parse(self, response: Any, **_: Any) -> None:
        self.tell(response.request, status=response.status, body=len(response.body),
                  flags=response.flags, url=response.url)  # fmt: skip

    def failed(self, failure: Any) -> None:
        self.tell(failure.request, error=type(failure.value).__name__, why=str(failure.value))

    def tell(self, request: Request, **facts: Any) -> None:
        capture = request.meta.get(CAPTURE)
        facts |= {"asked": request.meta["asked"], "wall": request.meta.get(WALL, "")}
        facts |= {"record_id": capture.record_id if capture else ""}
        sys.stdout.write(json.dumps(facts) + "\n")


def main() -> None:
    job = json.load(sys.stdin)
    settings = Settings()
    settings.setmodule(project_settings, priority="project")
    settings.setdict(QUICK | job["settings"], priority="cmdline")
    process = AsyncCrawlerProcess(settings)
    process.crawl(Fetch, wanted=job["wanted"])
    process.start()


if __name__ == "__main__":
    main()
