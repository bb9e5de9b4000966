"""Asks again for archived report pages that no listing of a run has named."""

from collections.abc import Iterator

from scrapy import Request

from archive.warc.facts import context_of
from crawler.account import RunAccount
from crawler.discovery import Trail
from crawler.requests import RequestMaker
from crawler.revisits import Revisits
from crawler.visited import Visited


class Again:
    """The requests for pages that are due and that the listings, now read, did not name."""

    def __init__(
        self, revisits: Revisits, make: RequestMaker, visited: Visited, account: RunAccount
    ) -> None:
        self._revisits = revisits
        self._make = make
        self._visited = visited
        self._account = account

    def requests(self) -> Iterator[Request]:
        """One for each page; each once."""
        for page in self._revisits.unnamed():
            if self._visited.add(page.url):
                self._account[page.portal].again += 1
                trail = Trail(page.portal, reason="archived before", again=True)
                yield self._make.report(page.url, context_of(page.context), trail)
