"""Makes the spider's requests: each with its purpose, its priority and where its answer goes."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from scrapy import Request
from scrapy.http import Response

from archive.declarations.portals import Portal
from crawler.discovery import Trail
from crawler.recording.purpose import BROWSER, PORTAL_DELAY, PURPOSE, Purpose
from parsers.portals import Column, PageRequest
from parsers.records import Context, Link

# What is under way is finished before something new is begun. Columns have their score, up to 100.
# What is only for the eye comes last.
PART_PRIORITY, REPORT_PRIORITY, PAGER_PRIORITY, REQUISITE_PRIORITY = 400, 300, 200, -100
MAX_REQUISITE_BYTES = 5 << 20
# As browsers do: a query is written in the encoding of its page if that is one of bytes.
_NOT_IN_QUERIES = ("utf-16", "utf-32", "hz")
FORM_TYPE = "application/x-www-form-urlencoded"


@dataclass(frozen=True, slots=True)
class Callbacks:
    """The spider's callbacks, by what is asked for."""

    listing: Callable[..., Any]
    report: Callable[..., Any]
    part: Callable[..., Any]
    requisite: Callable[..., Any]
    failed: Callable[..., Any]


class RequestMaker:
    """Makes requests on behalf of the portals of a crawl.

    Every request passes Scrapy's own filter of duplicates: the spider keeps count itself, and a
    request that vanished without a word would leave a gap that nobody knows of.
    """

    def __init__(
        self, portals: Mapping[str, Portal], year: int | None, callbacks: Callbacks
    ) -> None:
        """`year` is the one that a person has declared, if any."""
        self._portals = portals
        self._year = year
        self._callbacks = callbacks

    def base(self, trail: Trail) -> Context:
        """What is known of anything found by this trail."""
        portal = self._portals[trail.portal]
        return Context(
            portal=portal.name,
            site_name=portal.title,
            column=trail.column,
            agency=portal.agency,
            region_code=portal.region if portal.agency else "",
            year=self._year,
        )

    def column(self, url: str, trail: Trail, priority: int) -> Request:
        """A page that may be a listing or lead to one."""
        known = replace(self.base(trail), url=url)
        return self._request(
            url, self._callbacks.listing, Purpose("listing", context=known), trail.portal,
            priority=priority, cb_kwargs={"trail": trail}, encoding=trail.charset,
        )  # fmt: skip

    def form(self, wanted: Column, trail: Trail, priority: int) -> Request:
        """A column that a form leads to."""
        if wanted.method == "GET":
            return self.column(wanted.url, trail, priority)
        known = replace(self.base(trail), url=wanted.url)
        return self._request(
            wanted.url, self._callbacks.listing, Purpose("listing", context=known), trail.portal,
            method=wanted.method, body=wanted.body, headers={"Content-Type": FORM_TYPE},
            priority=priority, cb_kwargs={"trail": trail}, encoding=trail.charset,
        )  # fmt: skip

    def pager(self, wanted: PageRequest, trail: Trail, came_from: Response) -> Request:
        """A further page of a listing."""
        known = replace(self.base(trail), url=wanted.url)
        return self._request(
            wanted.url, self._callbacks.listing, Purpose("listing", context=known), trail.portal,
            method=wanted.method, body=wanted.body,
            headers={"Referer": came_from.url, **wanted.headers},
            priority=PAGER_PRIORITY, cb_kwargs={"trail": trail, "state": wanted.state},
            encoding=trail.charset,
        )  # fmt: skip

    def report(self, url: str, context: Context, trail: Trail) -> Request:
        """A page that was taken for a report."""
        known = replace(context, url=url)
        return self._request(
            url, self._callbacks.report, Purpose("page", context=known), trail.portal,
            priority=REPORT_PRIORITY, cb_kwargs={"context": known, "trail": trail},
            encoding=trail.charset,
        )  # fmt: skip

    def part(self, link: Link, context: Context, page_id: str, depth: int) -> Request:
        """An attachment, picture, frame or further page of a report."""
        about = {"page_id": page_id, "context": context, "kind": link.kind, "depth": depth}
        return self._request(
            link.url, self._callbacks.part, Purpose("part", page_id, context), context.portal,
            headers={"Referer": context.page_url}, priority=PART_PRIORITY, cb_kwargs=about,
        )  # fmt: skip

    def requisite(
        self, url: str, came_from: Response, page_id: str, portal: str, depth: int
    ) -> Request:
        """A style sheet, picture or font that a report page is shown with."""
        about = {"page_id": page_id, "portal": portal, "depth": depth}
        return self._request(
            url, self._callbacks.requisite, Purpose("requisite", page_id), portal,
            headers={"Referer": came_from.url}, priority=REQUISITE_PRIORITY, cb_kwargs=about,
            meta={"download_maxsize": MAX_REQUISITE_BYTES, "max_retry_times": 0},
        )  # fmt: skip

    def _request(
        self, url: str, callback: Callable[..., Any], purpose: Purpose, portal: str, **more: Any
    ) -> Request:
        meta: dict[str, Any] = {PURPOSE: purpose, **more.pop("meta", {})}
        delay = self._portals[portal].delay_seconds
        if delay is not None:
            meta[PORTAL_DELAY] = delay
        if self._portals[portal].browser and purpose.role != "requisite":
            meta[BROWSER] = True
        errback = self._callbacks.failed
        if more.get("encoding", "").startswith(_NOT_IN_QUERIES):
            more["encoding"] = "utf-8"
        return Request(url, callback, errback=errback, meta=meta, dont_filter=True, **more)
