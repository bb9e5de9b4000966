"""Downloader middlewares that keep the crawl on permitted hosts and at a polite pace."""

import logging
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Any
from urllib.parse import urlsplit

from scrapy import Request, Spider
from scrapy.crawler import Crawler
from scrapy.downloadermiddlewares.retry import RetryMiddleware
from scrapy.exceptions import IgnoreRequest
from scrapy.http import Response

from crawler.politeness.addresses import OffHostError, resolve
from crawler.recording.purpose import PORTAL_DELAY, WALL
from crawler.recording.session import RecordingSession, session_of

log = logging.getLogger(__name__)

RETRY_AFTER_STATUSES = frozenset({429, 503})


FOLLOWED = "redirect_followed"


class AlreadyFetchedError(IgnoreRequest):
    """A redirect leads to a page that the run has already fetched."""


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
            by = f", to which {came_from} redirects" if came_from else ""
            raise OffHostError(f"{request.url} is on no permitted host{by}")
        self._session.pauses.check(urlsplit(request.url).hostname or "")
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
            raise AlreadyFetchedError(f"{came_by[-1]} redirects to {request.url}, had before")

    def process_response(self, request: Request, response: Response) -> Response:
        """Notes walls."""
        if wall := request.meta.get(WALL):
            self._session.pauses.met(request, wall)
        return response


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
    """Retries after the time that the server asks for, else after ever longer ones.

    The whole slot waits, not the one request alone.
    """

    crawler: Crawler

    def process_response(
        self, request: Request, response: Response, spider: Spider | None = None
    ) -> Request | Response:
        """A retry for a busy server; the response itself once there have been enough."""
        asked = retry_after(response) if response.status in RETRY_AFTER_STATUSES else None
        if asked is not None and asked > self._longest():
            log.warning("%s asks to come back in %.0f s: given up", request.url, asked)
            return response
        result = super().process_response(request, response)
        if isinstance(result, Request):
            self._hold(request, asked)
        return result

    def process_exception(
        self, request: Request, exception: Exception, spider: Spider | None = None
    ) -> Request | Response | None:
        """A retry after a failed exchange."""
        result = super().process_exception(request, exception)
        if isinstance(result, Request):
            self._hold(request, None)
        return result

    def _hold(self, request: Request, asked: float | None) -> None:
        times = int(request.meta.get("retry_times", 0))
        backoff = self.crawler.settings.getfloat("GONGKAI_BACKOFF") * 3**times
        session_of(self.crawler).pauses.hold(request, min(asked or backoff, self._longest()))

    def _longest(self) -> float:
        return self.crawler.settings.getfloat("GONGKAI_LONGEST_WAIT")


def retry_after(response: Response) -> float | None:
    """The seconds that `Retry-After` asks for (as a number or a date); nothing if it does not."""
    value = (response.headers.get(b"Retry-After") or b"").decode("latin-1").strip()
    if value.isdigit():
        return float(value)
    try:
        return max(0.0, (parsedate_to_datetime(value) - datetime.now(UTC)).total_seconds())
    except (ValueError, TypeError):
        return None
