"""robots.txt by RFC 9309."""

import asyncio
import logging
from itertools import islice
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
from crawler.recording.outcomes import outcome_of
from crawler.recording.purpose import PORTAL_DELAY, PURPOSE, Purpose
from crawler.recording.session import ArchiveFailedError, session_of
from pipelines.decode import decode

log = logging.getLogger(__name__)

MAX_ROBOTS_BYTES = 500 * 1024  # RFC 9309, 2.5
MAX_SITE_MAPS = 10
MAX_CRAWL_DELAY_SECONDS = 60.0
_TOO_MANY_REQUESTS = 429


class RobotsUnavailableError(IgnoreRequest):
    """robots.txt could not be had, so nothing may be fetched. `why` names the failure."""

    def __init__(self, origin: str, why: str) -> None:
        super().__init__(f"robots.txt of {origin} cannot be had: {why}")
        self.why = why


class RobotsMiddleware(RobotsTxtMiddleware):
    """Obeys robots.txt: one fetch for each scheme and host, for which all its requests wait.

    Scrapy's own lets every request but the first through while robots.txt is under way, and takes
    a failing server for one without rules. By RFC 9309 (2.3.1) an answer 4xx means no rules; 5xx
    (and 429) or no answer mean that nothing may be fetched.
    """

    def __init__(self, crawler: Crawler) -> None:
        """Raises `NotConfigured` where robots.txt is not to be obeyed."""
        super().__init__(crawler)
        self._rules: dict[str, RobotParser | RobotsUnavailableError | None] = {}
        self._locks: dict[str, asyncio.Lock] = {}

    async def robot_parser(self, request: Request) -> RobotParser | None:
        """The rules for a request; none where the site has none.

        Raises:
            RobotsUnavailableError: if the site did not tell.
        """
        parts = urlsplit(request.url)
        origin = f"{parts.scheme}://{parts.netloc}"
        async with self._locks.setdefault(origin, asyncio.Lock()):
            if origin not in self._rules:
                self._rules[origin] = await self._read(origin)
        rules = self._rules[origin]
        if isinstance(rules, RobotsUnavailableError):
            raise rules
        if rules is not None:
            self._slow_down(request, rules)
        return rules

    def _slow_down(self, request: Request, rules: RobotParser) -> None:
        """Keeps to the delay that robots.txt asks for, within reason."""
        agent = self._robotstxt_useragent or self._default_useragent
        parsed = getattr(rules, "rp", None)
        asked = parsed.crawl_delay(str(agent)) if parsed is not None else None
        if asked is not None:
            usual = self.crawler.settings.getfloat("DOWNLOAD_DELAY")
            wanted = max(usual, float(request.meta.get(PORTAL_DELAY) or 0), float(asked))
            request.meta[PORTAL_DELAY] = min(wanted, MAX_CRAWL_DELAY_SECONDS)

    async def _read(self, origin: str) -> RobotParser | RobotsUnavailableError | None:
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
        except (AddressRefusedError, ArchiveFailedError):
            raise
        except IgnoreRequest as error:
            # It leads off the permitted hosts or to a page already had: there are no rules here.
            log.info("No robots.txt at %s: %s", origin, error)
            return None
        except Exception as error:
            return RobotsUnavailableError(origin, outcome_of(error).error)
        return self._rules_of(origin, response)

    def _rules_of(
        self, origin: str, response: Response
    ) -> RobotParser | RobotsUnavailableError | None:
        self._stats.inc_value(f"robotstxt/response_status_count/{response.status}")
        if response.status >= 500 or response.status == _TOO_MANY_REQUESTS:
            return RobotsUnavailableError(origin, f"http_{response.status}")
        if response.status >= 300:
            return None
        rules = self._parse(decode(response.body[:MAX_ROBOTS_BYTES]).text.encode())
        self._note_site_maps(origin, rules)
        return rules

    def _note_site_maps(self, origin: str, rules: RobotParser) -> None:
        named = getattr(getattr(rules, "rp", None), "sitemaps", ())
        found = tuple(islice((str(url) for url in named), MAX_SITE_MAPS))
        session_of(self.crawler).site_maps[f"{origin}/"] = found

    def _parse(self, text: bytes) -> RobotParser:
        parser: RobotParser = build_from_crawler(self._parserimpl, self.crawler, text)
        return parser
