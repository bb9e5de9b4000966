"""robots.txt by RFC 9309."""

import asyncio
import logging
from typing import Any
from urllib.parse import urlsplit

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.downloadermiddlewares.robotstxt import RobotsTxtMiddleware
from scrapy.exceptions import IgnoreRequest
from scrapy.http import Response
from scrapy.http.request import NO_CALLBACK
from scrapy.robotstxt import RobotParser
from scrapy.utils.misc import build_from_crawler

from crawler.politeness.addresses import AddressRefusedError
from crawler.recording.purpose import PURPOSE, Purpose

log = logging.getLogger(__name__)

MAX_ROBOTS_BYTES = 500 * 1024  # RFC 9309, 2.5
_DISALLOW_ALL = b"User-agent: *\nDisallow: /\n"
_TOO_MANY_REQUESTS = 429


class RobotsMiddleware(RobotsTxtMiddleware):
    """Obeys robots.txt: one fetch for each scheme and host, for which all its requests wait.

    Scrapy's own lets every request but the first through while robots.txt is under way, and takes
    a failing server for one without rules. By RFC 9309 (2.3.1) an answer 4xx means no rules; 5xx
    (and 429) or no answer mean that nothing may be fetched.
    """

    def __init__(self, crawler: Crawler) -> None:
        """Raises `NotConfigured` where robots.txt is not to be obeyed."""
        super().__init__(crawler)
        self._rules: dict[str, RobotParser | None] = {}
        self._locks: dict[str, asyncio.Lock] = {}

    async def robot_parser(self, request: Request) -> RobotParser | None:
        """The rules for a request; none where the site has none."""
        parts = urlsplit(request.url)
        origin = f"{parts.scheme}://{parts.netloc}"
        async with self._locks.setdefault(origin, asyncio.Lock()):
            if origin not in self._rules:
                self._rules[origin] = await self._read(origin)
        return self._rules[origin]

    async def _read(self, origin: str) -> RobotParser | None:
        request = Request(
            f"{origin}/robots.txt",
            priority=self.DOWNLOAD_PRIORITY,
            meta={"dont_obey_robotstxt": True, PURPOSE: Purpose(role="robots")},
            callback=NO_CALLBACK,
        )
        engine: Any = self.crawler.engine
        self._stats.inc_value("robotstxt/request_count")
        try:
            response: Response = await engine.download_async(request)
        except AddressRefusedError:
            raise
        except IgnoreRequest as error:
            # It leads off the permitted hosts or to a page already had: there are no rules here.
            log.info("No robots.txt at %s: %s", origin, error)
            return None
        except Exception as error:
            log.warning(
                "robots.txt of %s cannot be had (%r): the site is not fetched", origin, error
            )
            return self._parse(_DISALLOW_ALL)
        return self._rules_of(response)

    def _rules_of(self, response: Response) -> RobotParser | None:
        self._stats.inc_value(f"robotstxt/response_status_count/{response.status}")
        if response.status >= 500 or response.status == _TOO_MANY_REQUESTS:
            return self._parse(_DISALLOW_ALL)
        if response.status >= 300:
            return None
        return self._parse(response.body[:MAX_ROBOTS_BYTES])

    def _parse(self, text: bytes) -> RobotParser:
        parser: RobotParser = build_from_crawler(self._parserimpl, self.crawler, text)
        return parser
