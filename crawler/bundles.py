"""Fetches what belongs to a report page, and knows when all of it has come."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from scrapy import Request
from scrapy.http import Response

from archive.records import Capture
from crawler import answers, discovery
from crawler.account import RunAccount
from crawler.items import BundleItem
from crawler.recording.purpose import CAPTURE
from crawler.requests import RequestMaker
from crawler.visited import Visited
from parsers.portals import Article, read_article
from parsers.records import Context

Step = Request | BundleItem
MAX_PARTS = 80
MAX_PART_DEPTH = 2


@dataclass(slots=True)
class _OpenBundle:
    """A page in the archive, and what is still to come of its parts."""

    record_id: str
    portal: str
    asked: int = 0
    waiting: int = 0
    parts: list[str] = field(default_factory=list)
    missing: list[dict[str, str]] = field(default_factory=list)
    elsewhere: set[str] = field(default_factory=set)
    shared: set[str] = field(default_factory=set)

    def item(self) -> BundleItem:
        return BundleItem(self.record_id, tuple(self.parts), self.portal)


class Bundles:
    """The pages of a crawl that still wait for parts."""

    def __init__(
        self,
        make: RequestMaker,
        visited: Visited,
        account: RunAccount,
        annotate: Callable[[str, Mapping[str, Any]], None],
    ) -> None:
        """`annotate` notes facts with a capture, by its record id."""
        self._make = make
        self._visited = visited
        self._account = account
        self._annotate = annotate
        self._open: dict[str, _OpenBundle] = {}

    def begin(
        self,
        response: Response,
        article: Article,
        context: Context,
        missing: Iterable[dict[str, str]] = (),
    ) -> Iterator[Step]:
        """Opens the bundle of a report page and asks for its parts; `missing` is lost already."""
        capture: Capture = response.meta[CAPTURE]
        opened = _OpenBundle(capture.record_id, context.portal, missing=list(missing))
        opened.parts.extend(_rendered(response))
        self._open[capture.record_id] = opened
        yield from self._parts(response, article, context, capture.record_id, 0)
        yield from self._close(capture.record_id)

    def came(
        self, response: Response, page_id: str, context: Context, kind: str, depth: int
    ) -> Iterator[Step]:
        """A part came. Frames and further pages may have parts of their own."""
        if trouble := answers.report_trouble(response):
            yield from self.lost(page_id, response.url, trouble.why)
            return
        nested = kind in ("frame", "next_page") and depth < MAX_PART_DEPTH
        if nested and answers.is_page(response):
            article = read_article(answers.page_of(response))
            # A further page is as deep as the one before: only the number of parts ends a chain.
            deeper = depth + (kind == "frame")
            yield from self._parts(response, article, context, page_id, deeper)
        self._open[page_id].missing.extend(answers.damage(response))
        self._open[page_id].waiting -= 1
        self._open[page_id].parts.append(response.meta[CAPTURE].record_id)
        self._open[page_id].parts.extend(_rendered(response))
        yield from self._close(page_id)

    def lost(self, page_id: str, url: str, why: str) -> Iterator[BundleItem]:
        """A part cannot be had."""
        self._open[page_id].waiting -= 1
        self._open[page_id].missing.append({"url": url, "why": why})
        yield from self._close(page_id)

    def _parts(
        self, response: Response, article: Article, context: Context, page_id: str, depth: int
    ) -> Iterator[Request]:
        wanted = list(discovery.parts_of(article))
        links = [link for link in wanted if self._visited.add(link.url)]
        # Another page has the others already: the archive keeps each once, and says so here.
        here = {link.url for link in links}
        had = [link for link in wanted if link.url not in here]
        self._open[page_id].elsewhere |= {link.url for link in had}
        self._open[page_id].shared |= {link.url for link in had if link.kind != "image"}
        room = MAX_PARTS - self._open[page_id].asked
        self._open[page_id].waiting += len(links[:room])
        over = [{"url": link.url, "why": "too many parts"} for link in links[room:]]
        self._open[page_id].missing.extend(over)
        for link in links[:room]:
            self._open[page_id].asked += 1
            number = self._open[page_id].asked
            known = discovery.part_context(context, article, link, response.url, number)
            yield self._make.part(link, known, page_id, depth)

    def _close(self, page_id: str) -> Iterator[BundleItem]:
        if self._open[page_id].waiting > 0:
            return
        bundle = self._open.pop(page_id)
        if bundle.missing:
            self._account[bundle.portal].lose_parts(bundle.missing)
            self._annotate(page_id, {"parts_missing": bundle.missing})
        if bundle.elsewhere:
            facts = {"parts_elsewhere": bundle.elsewhere, "reads_with": bundle.shared}
            self._annotate(page_id, {name: sorted(urls) for name, urls in facts.items() if urls})
        # What a page shares may still be under way: it is read when the run is settled.
        if not bundle.shared:
            yield bundle.item()


def _rendered(response: Response) -> Iterator[str]:
    """The record id of what a browser showed of an answer, if it did."""
    if (shown := answers.rendered(response)) is not None:
        yield shown.capture.record_id
