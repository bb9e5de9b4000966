"""How many requests of one run a portal may cost."""

from collections import Counter

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.exceptions import IgnoreRequest

from crawler.recording.purpose import purpose_of

# What is begun is finished: only these open something new.
_NEW = ("listing", "page")


class QuotaSpentError(IgnoreRequest):
    """The portal has had its requests: what is left waits for the next look."""


class QuotaMiddleware:
    """Counts the requests of each portal, and refuses new pages beyond the quota.

    Parts of pages that are begun may pass, and count; answers out of the archive do not.
    """

    def __init__(self, per_portal: int) -> None:
        """`per_portal` is the number of requests, 0 for any number."""
        self._per_portal = per_portal
        self._made: Counter[str] = Counter()

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> "QuotaMiddleware":
        """The middleware of a crawl."""
        return cls(crawler.settings.getint("GONGKAI_REQUESTS_PER_PORTAL"))

    def process_request(self, request: Request) -> None:
        """Counts a request that goes over the network.

        Raises:
            QuotaSpentError: if it opens a new page and the portal has had its requests.
        """
        purpose = purpose_of(request)
        portal = purpose.context.portal
        if not (self._per_portal and portal):
            return
        if self._made[portal] >= self._per_portal and purpose.role in _NEW:
            raise QuotaSpentError(f"{portal} has had {self._per_portal} requests")
        self._made[portal] += 1
