"""The downloader middleware that puts what a browser shows in the place of a page's source."""

from scrapy import Request, signals
from scrapy.crawler import Crawler
from scrapy.http import HtmlResponse, Response

from archive.records import Capture
from archive.warc.reader import read_part
from crawler.browser.chromium import NoBrowserError
from crawler.browser.renderer import Renderer
from crawler.recording.purpose import BEFORE, BROWSER, CAPTURE, RENDERED, WALL, Rendered, purpose_of
from crawler.recording.session import session_of
from pipelines.sniff import media_type

_THERE = (200, 203)


class BrowserMiddleware:
    """Opens pages of portals that are declared to need a browser.

    The page itself has come by then like any other; a wall, a failure and what is no HTML are left
    as they are. What the browser shows is archived as a part of the page, under its address, with
    the fidelity `rendered`.
    """

    def __init__(self, crawler: Crawler) -> None:
        """Starts no browser yet."""
        self._session = session_of(crawler)
        self._renderer = Renderer(crawler)

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> "BrowserMiddleware":
        """The middleware of a crawl; its browser ends with the spider."""
        middleware = cls(crawler)
        crawler.signals.connect(middleware.close, signals.spider_closed)
        return middleware

    async def close(self) -> None:
        """Ends the browser."""
        await self._renderer.close()

    def process_request(self, request: Request) -> Response | None:
        """The answer to what a page in the browser has asked for already."""
        if not request.meta.get(BROWSER):
            return None
        known = self._renderer.fetching.had(request)
        if known is None or known.meta.get(WALL):
            return None
        request.meta[CAPTURE] = known.meta[CAPTURE]
        return known.replace(flags=["archived"], request=request)

    async def process_response(self, request: Request, response: Response) -> Response:
        """The answer as the browser shows it, where that is wanted.

        Raises:
            NoBrowserError: if there is no browser; the page is then recorded as blocked.
            RenderingError: if the browser fails at the page.
        """
        if not request.meta.get(BROWSER) or not _is_shown(request, response):
            return response
        page: Capture = request.meta[CAPTURE]
        if "archived" in response.flags:
            if (known := self._session.index.rendering_of(page)) is not None:
                request.meta[RENDERED] = Rendered(known, self._is_news(request, known))
                return _shown(response, read_part(self._session.past, known).payload)
            if self._session.offline:
                return response
        try:
            rendering = await self._renderer.render(request, response)
        except NoBrowserError:
            self._session.annotate(page.record_id, {"wall": "no_browser", "role": "other"})
            raise
        kept = await self._session.keep_rendered(
            rendering.html, page, purpose_of(request), rendering.facts
        )
        is_news = self._is_news(request, kept)
        request.meta[RENDERED] = Rendered(kept, is_news, rendering.lacking, rendering.refused)
        return _shown(response, rendering.html)

    def _is_news(self, request: Request, shown: Capture) -> bool:
        before: Capture | None = request.meta.get(BEFORE)
        known = self._session.index.rendering_of(before) if before is not None else None
        return known is None or known.payload_sha256 != shown.payload_sha256


def _is_shown(request: Request, response: Response) -> bool:
    wall = request.meta.get(WALL) if "archived" not in response.flags else ""
    there = response.status in _THERE and not wall and request.method == "GET"
    return there and media_type(response.body) == "html"


def _shown(response: Response, html: bytes) -> Response:
    headers = response.headers.copy()
    headers[b"Content-Type"] = b"text/html; charset=utf-8"
    return HtmlResponse(
        response.url, response.status, headers, html, list(response.flags), encoding="utf-8"
    )
