"""Renders pages, a few at a time and one of each host, with a browser that starts when needed."""

import asyncio
import logging
from collections import defaultdict
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.http import Response
from scrapy.http.request import NO_CALLBACK

from crawler.browser.chromium import NoBrowserError, find_chromium, launch_options, missing_modules
from crawler.browser.fetching import Fetching
from crawler.browser.visit import Patience, Visit
from crawler.politeness.pauses import host_of_request
from crawler.recording.purpose import CAPTURE, PORTAL_DELAY, PURPOSE, Purpose, purpose_of
from crawler.recording.session import session_of
from parsers.records import Context

if TYPE_CHECKING:
    from crawler.browser.handler import VisitHandler

log = logging.getLogger(__name__)

_CLOSING_SECONDS = 10.0


class RenderingError(Exception):
    """The browser could not show a page."""


@dataclass(frozen=True, slots=True)
class Rendering:
    """What a browser made of a page: its HTML as UTF-8; the rest as in `Rendered`."""

    html: bytes
    lacking: tuple[dict[str, str], ...]
    refused: tuple[str, ...]
    facts: dict[str, Any]


class Renderer:
    """The browser of a crawl."""

    def __init__(self, crawler: Crawler) -> None:
        """Starts nothing yet."""
        settings = crawler.settings
        self._crawler = crawler
        self._session = session_of(crawler)
        self.fetching = Fetching(crawler)
        self._patience = Patience(
            settings.getfloat("GONGKAI_BROWSER_QUIET"),
            settings.getfloat("GONGKAI_BROWSER_SECONDS"),
            settings.getint("GONGKAI_BROWSER_REQUESTS"),
        )
        self._room = asyncio.Semaphore(settings.getint("GONGKAI_BROWSER_PAGES"))
        self._turns: defaultdict[str, asyncio.Lock] = defaultdict(asyncio.Lock)
        self._starting = asyncio.Lock()
        self._handler: VisitHandler | None = None
        self._version = ""
        self._absent = ""

    async def render(self, request: Request, page: Response) -> Rendering:
        """Shows a page that was fetched, and takes down what became of it.

        Raises:
            NoBrowserError: if there is no browser to be had.
            RenderingError: if the browser fails at it.
        """
        async with self._turns[host_of_request(request)], self._room:
            handler = await self._started()
            visit = self._visit(request, page)
            try:
                await handler.open(visit)
            except Exception as error:
                await self._give_up(visit)
                if not visit.html:
                    raise RenderingError(f"the browser cannot show it: {_told(error)}") from error
        return self._rendering(visit)

    def _visit(self, request: Request, page: Response) -> Visit:
        purpose = purpose_of(request)
        owner = purpose.part_of or request.meta[CAPTURE].record_id
        known = Context(portal=purpose.context.portal)
        meta = {
            PURPOSE: Purpose("requisite", owner, known),
            PORTAL_DELAY: request.meta.get(PORTAL_DELAY),
        }
        make = partial(Request, callback=NO_CALLBACK, meta=meta, dont_filter=True)
        session = self._session
        return Visit(page, make, self.fetching, session.policy, session.visited, self._patience)

    def _rendering(self, visit: Visit) -> Rendering:
        lacking, refused = visit.lacking(), tuple(sorted(visit.refused))
        facts = {
            "browser": self._version,
            "requests": visit.requests,
            "lacking": lacking,
            "refused": refused,
        }
        return Rendering(visit.html.encode("utf-8", "replace"), lacking, refused, facts)

    async def _started(self) -> "VisitHandler":
        """The browser, started once.

        Raises:
            NoBrowserError: if it cannot be; a run tries once.
        """
        async with self._starting:
            if self._handler is None and not self._absent:
                try:
                    self._handler = await self._start()
                except NoBrowserError as error:
                    self._absent = str(error)
            if self._handler is None:
                raise NoBrowserError(self._absent)
            return self._handler

    async def _start(self) -> "VisitHandler":
        if why := missing_modules():
            raise NoBrowserError(f"the extra browser is {why}")
        settings = self._crawler.settings
        path = find_chromium(settings.get("GONGKAI_BROWSER") or "")
        # Costly, and not there without the extra.
        from crawler.browser.handler import VisitHandler

        options = launch_options(path, str(settings.get("GONGKAI_BROWSER_SANDBOX") or ""))
        handler = VisitHandler(self._crawler, options)
        try:
            self._version = await handler.start()
        except Exception as error:
            await _closed(handler.close())
            raise NoBrowserError(f"{path} does not start: {_told(error)}") from error
        return handler

    async def _give_up(self, visit: Visit) -> None:
        """Lets go of a page that failed; a browser that does not let go of it is ended."""
        if visit.opened is None or await _closed(visit.opened.context.close()):
            return
        handler, self._handler = self._handler, None
        if handler is not None:
            await _closed(handler.close())

    async def close(self) -> None:
        """Ends the browser, if there is one."""
        if self._handler is not None:
            await _closed(self._handler.close())


async def _closed(closing: Any) -> bool:
    """Whether something closed within its time."""
    with suppress(Exception):
        await asyncio.wait_for(closing, _CLOSING_SECONDS)
        return True
    return False


def _told(error: Exception) -> str:
    """What an error of Playwright says, without the log that follows."""
    return str(error).strip().partition("\n")[0] or type(error).__name__
