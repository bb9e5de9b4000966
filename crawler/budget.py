"""How many columns of a portal may be looked into, and what is left for the end."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator

from scrapy import Request

from crawler.account import RunAccount
from crawler.visited import Visited

_USED_UP = "the page budget of {} columns is used up: to go on with the run looks into as many more"


class ColumnBudget:
    """The columns that each portal has left, and the last resorts where it gives no report."""

    def __init__(
        self,
        pages: int,
        visited: Visited,
        account: RunAccount,
        has: Callable[[Request], bool] = lambda _request: False,
    ) -> None:
        """`pages` is the number of columns of each portal that may be asked for in one go.

        `has` tells that the run has a column already: one that is gone on with pays for it once.
        """
        self._pages = pages
        self._has = has
        self._unseen = Visited()
        self._deep: list[tuple[str, Request, str]] = []
        self._left: defaultdict[str, int] = defaultdict(lambda: pages)
        self._last_resorts: defaultdict[str, list[Request]] = defaultdict(list)
        self._visited = visited
        self._account = account

    def spend(self, request: Request, portal: str) -> bool:
        """Whether a column may be asked for; it then counts, and is not asked for again."""
        if self._visited.knows(request.url, request.method, request.body):
            return False
        cost = 0 if self._has(request) else 1
        if self._left[portal] < cost:
            if self._unseen.add_request(request):
                self._account[portal].leave(request.url, _USED_UP.format(self._pages))
            return False
        self._left[portal] -= cost
        return self._visited.add_request(request)

    def set_aside(self, request: Request, portal: str, why: str) -> None:
        """Leaves a column to be told of in the end, unless it is come to by another way."""
        self._deep.append((portal, request, why))

    def tell_left(self) -> None:
        """Tells of the columns that were set aside and that nothing else led to."""
        for portal, request, why in self._deep:
            known = self._visited.knows(request.url, request.method, request.body)
            if not known and self._unseen.add_request(request):
                self._account[portal].leave(request.url, why)

    def put_off(self, requests: Iterable[Request], portal: str) -> None:
        """Keeps columns for the case that nothing else gives a report."""
        fresh = (r for r in requests if not self._visited.knows(r.url, r.method, r.body))
        self._last_resorts[portal].extend(fresh)

    def last_resorts(self) -> Iterator[Request]:
        """The best of the columns put off, of portals that gave no report; each once."""
        for portal, requests in self._last_resorts.items():
            if self._account[portal].found:
                requests.clear()
            best = max((request.priority for request in requests), default=0)
            wanted = [request for request in requests if request.priority == best]
            requests[:] = [request for request in requests if request.priority != best]
            yield from (request for request in wanted if self.spend(request, portal))
