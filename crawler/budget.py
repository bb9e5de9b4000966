"""How many columns of a portal may be looked into, and what is left for the end."""

from collections import defaultdict
from collections.abc import Iterable, Iterator

from scrapy import Request

from crawler.account import RunAccount
from crawler.visited import Visited

_USED_UP = "the page budget is used up: not all columns were seen"


class ColumnBudget:
    """The columns that each portal has left, and the last resorts where it gives no report."""

    def __init__(self, pages: int, visited: Visited, account: RunAccount) -> None:
        """`pages` is the number of columns of each portal."""
        self._left: defaultdict[str, int] = defaultdict(lambda: pages)
        self._last_resorts: defaultdict[str, list[Request]] = defaultdict(list)
        self._visited = visited
        self._account = account

    def spend(self, request: Request, portal: str) -> bool:
        """Whether a column may be asked for; it then counts, and is not asked for again."""
        if self._visited.knows(request.url, request.method, request.body):
            return False
        if self._left[portal] <= 0:
            self._account[portal].note(_USED_UP)
            return False
        self._left[portal] -= 1
        return self._visited.add_request(request)

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
