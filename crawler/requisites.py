"""Asks for what a report page needs to look as it did, within bounds."""

from collections import Counter
from collections.abc import Iterable

from scrapy import Request
from scrapy.http import Response

from crawler import answers
from crawler.politeness.addresses import HostPolicy
from crawler.requests import RequestMaker
from crawler.visited import Visited
from parsers.portals.requisites import page_requisites, style_requisites

MAX_DEPTH = 2
_STYLE = b"css"


class Requisites:
    """The requisites of a crawl: each address once, so many of each portal.

    Getting one or not has no bearing on the account: they are for the eye, and wait until all else
    is done.
    """

    def __init__(self, per_portal: int, make: RequestMaker, visited: Visited) -> None:
        self._per_portal = per_portal
        self._waiting: list[Request] = []
        self._asked: Counter[str] = Counter()
        self._make = make
        self._visited = visited

    def release(self) -> list[Request]:
        """What has been waiting."""
        released, self._waiting = self._waiting, []
        return released

    def of_page(self, response: Response, page_id: str, portal: str, policy: HostPolicy) -> None:
        """Puts down what a report page names."""
        if self._asked[portal] < self._per_portal and answers.is_page(response):
            text = answers.page_of(response).text
            named = page_requisites(text, response.url)
            self._want(named, response, page_id, portal, policy, 1)

    def of_style(
        self, response: Response, page_id: str, portal: str, policy: HostPolicy, depth: int
    ) -> None:
        """Puts down what a style sheet names; nothing for anything else."""
        kind = (response.headers.get(b"Content-Type") or b"").lower()
        if response.status == 200 and depth < MAX_DEPTH and _STYLE in kind:
            text = response.body.decode("utf-8", "replace")
            named = style_requisites(text, response.url)
            self._want(named, response, page_id, portal, policy, depth + 1)

    def _want(
        self, urls: Iterable[str], came_from: Response, page_id: str, portal: str,
        policy: HostPolicy, depth: int,
    ) -> None:  # fmt: skip
        for url in urls:
            if self._asked[portal] >= self._per_portal:
                return
            if policy.permits(url) and self._visited.add(url):
                self._asked[portal] += 1
                self._waiting.append(self._make.requisite(url, came_from, page_id, portal, depth))
