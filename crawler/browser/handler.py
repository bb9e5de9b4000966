"""scrapy-playwright's handler, with the crawl's answers in the place of the network.

The only module that touches its private names. Where a later version calls them otherwise, the
browser asks for itself, and gets nothing: it is started without a network.
"""

import logging
from collections.abc import Mapping
from typing import Any

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy_playwright.handler import ScrapyPlaywrightDownloadHandler
from scrapy_playwright.page import PageMethod

from crawler.browser.visit import Visit

_NAVIGATION_SECONDS = 30.0

# What it warns of with a traceback is told of in the account of the run.
logging.getLogger("scrapy-playwright").setLevel(logging.ERROR)


class VisitHandler(ScrapyPlaywrightDownloadHandler):  # type: ignore[misc]
    """Opens pages, each in a context of its own that is closed with it."""

    def __init__(self, crawler: Crawler, options: Mapping[str, Any]) -> None:
        """`options` are those of Playwright's `launch`."""
        super().__init__(crawler)
        self.config.launch_options = dict(options)
        self.config.navigation_timeout_ms = _NAVIGATION_SECONDS * 1000
        self.config.target_closed_max_retries = 0
        self._user_agent = str(crawler.settings.get("USER_AGENT"))
        self._visits: dict[str, Visit] = {}

    async def start(self) -> str:
        """Starts the browser and tells its version."""
        await self._launch()
        await self._maybe_launch_browser()
        return f"Chromium {self.browser.version}"

    async def open(self, visit: Visit) -> None:
        """Opens the page of a visit and stays until it is at rest."""
        name = f"{id(visit)}"
        self._visits[name] = visit
        meta = {
            "playwright": True,
            "playwright_context": name,
            "playwright_context_kwargs": self._context(),
            "playwright_page_goto_kwargs": {"wait_until": "commit"},
            "playwright_page_init_callback": visit.begin,
            "playwright_page_methods": [PageMethod(visit.settle)],
        }
        try:
            await self.download_request(Request(visit.page.url, meta=meta))
        finally:
            del self._visits[name]
            if (opened := self.context_wrappers.get(name)) is not None:
                await opened.context.close()

    def _context(self) -> dict[str, Any]:
        return {
            "user_agent": self._user_agent,
            "locale": "zh-CN",
            "timezone_id": "Asia/Shanghai",
            "service_workers": "block",
            "accept_downloads": False,
        }

    def _make_request_handler(self, *, context_name: str, **_about: Any) -> Any:
        return self._visits[context_name].answer
