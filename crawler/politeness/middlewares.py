"""Downloader middlewares that keep the crawl on permitted hosts and at a polite pace."""

import logging
from typing import Any
from urllib.parse import urlsplit

from scrapy import Request, Spider
from scrapy.crawler import Crawler
from scrapy.downloadermiddlewares.retry import RetryMiddleware
from scrapy.exceptions import IgnoreRequest
from scrapy.http import Response

from crawler.politeness.addresses import OffHostError, resolve
from crawler.politeness.pauses import BURST
from crawler.recording.purpose import PORTAL_DELAY, WALL
from crawler.recording.session import RecordingSession, session_of

log = logging.getLogger(__name__)


FOLLOWED = "redirect_followed"


class AlreadyFetchedError(IgnoreRequest):
    """A redirect leads to a page that the run has already fetched."""

    def __init__(self, asked: str, target: str) -> None:
        super().__init__(f"{asked} redirects to {target}, had before")
        self.asked = asked
        self.target = target


class HostMiddleware:
    """Stops requests to hosts that are neither official nor allowed, or that are left alone."""

    def __init__(self, session: RecordingSession) -> None:
        self._session = session

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> "HostMiddleware":
        """The middleware of a crawl."""
        return cls(session_of(crawler))

    def process_request(self, request: Request) -> None:
        """Lets a request pass, whether it came from a link or a redirect.

        Raises:
            OffHostError: if its host is not permitted.
            HostPausedError: if its host has put up a wall.
        """
        if not self._session.policy.permits(request.url):
            came_from = (request.meta.get("redirect_urls") or [""])[-1]
            by = f" (to which {came_from} redirects)" if came_from else ""
            raise OffHostError(f"{request.url}{by} is on no permitted host: see --allow-host")
        self._session.pauses.check(request)
        self._check_redirect(request)

    def _check_redirect(self, request: Request) -> None:
        """A redirect to a page that this run has had need not be followed.

        Some sites redirect an address to itself to set a cookie: that is followed.
        """
        came_by = request.meta.get("redirect_urls")
        if not came_by or request.meta.get(FOLLOWED) == request.url:
            return
        request.meta[FOLLOWED] = request.url
        if request.url not in came_by and not self._session.visited.add_request(request):
            raise AlreadyFetchedError(came_by[0], request.url)


class AddressSlotMiddleware:
    """One download slot for each network address: many sites share one machine."""

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> "AddressSlotMiddleware":
        """The middleware of a crawl."""
        return cls(crawler)

    async def process_request(self, request: Request) -> None:
        """Puts the request into the slot of its address, with the delay set for its portal."""
        if not request.meta.get("proxy"):
            address = await resolve(urlsplit(request.url).hostname or "")
            if address:
                request.meta["download_slot"] = address
        self._slow_down(request)

    def _slow_down(self, request: Request) -> None:
        delay = request.meta.get(PORTAL_DELAY)
        slot = request.meta.get("download_slot")
        if delay is None or slot is None or self._crawler.engine is None:
            return
        downloader: Any = self._crawler.engine.downloader
        if slot in downloader.slots:
            downloader.slots[slot].delay = max(downloader.slots[slot].delay, float(delay))
        else:
            downloader.per_slot_settings.setdefault(slot, {"concurrency": 1, "delay": delay})


class PoliteRetryMiddleware(RetryMiddleware):
    """Retries, but not where the server asks for more time than a run has.

    The time between is kept by `Pauses`: the whole host waits, not the one request alone.
    """

    crawler: Crawler

    def process_response(
        self, request: Request, response: Response, spider: Spider | None = None
    ) -> Request | Response:
        """A retry for a busy server, whatever its status; the response once there were enough."""
        pauses = session_of(self.crawler).pauses
        asked = pauses.asked(response)
        if asked is not None and pauses.too_long(asked):
            log.warning("%s asks to come back in %.0f s: given up", request.url, asked)
            return response
        if request.meta.get(WALL) == BURST and "archived" not in response.flags:
            return self._retry(request, BURST) or response
        return super().process_response(request, response)
