"""What becomes of requests that failed, and of answers that are not what was asked for."""

from collections.abc import Iterator, Mapping

from scrapy import Request
from twisted.python.failure import Failure

from crawler import answers, discovery
from crawler.account import RunAccount
from crawler.answers import Trouble
from crawler.bundles import Bundles, Step
from crawler.discovery import Trail
from crawler.politeness.quota import QuotaSpentError
from crawler.recording.purpose import purpose_of
from crawler.recording.session import StoppedError
from crawler.visited import Visited
from parsers.records import Context


class Losses:
    """Enters into the account what could not be had."""

    def __init__(self, account: RunAccount, visited: Visited, bundles: Bundles) -> None:
        """`bundles` are told of the parts that are lost."""
        self._account = account
        self._visited = visited
        self._bundles = bundles

    def failed(self, failure: Failure) -> Iterator[Step]:
        """A request that got no answer: tried by the other scheme, or accounted for."""
        request: Request = failure.request  # type: ignore[attr-defined]
        error: BaseException = failure.value  # type: ignore[assignment]
        if isinstance(error, StoppedError) or purpose_of(request).role == "requisite":
            return
        if isinstance(error, QuotaSpentError):
            self._account[request.cb_kwargs["trail"].portal].postponed += 1
            return
        again = answers.other_scheme(request, error)
        if again is not None and self._visited.add_request(again):
            yield again
            return
        yield from self._lost(request, answers.trouble_of(error))

    def _lost(self, request: Request, trouble: Trouble) -> Iterator[Step]:
        about = request.cb_kwargs
        if "page_id" in about:
            yield from self._bundles.lost(about["page_id"], request.url, trouble.why)
        elif "context" in about:
            self.page(trouble, about["context"], about["trail"])
        else:
            self.column(trouble, about["trail"], request.url, about.get("state") or {})

    def page(self, trouble: Trouble, context: Context, trail: Trail) -> None:
        """A report page, under the address that was asked for and not where a redirect led."""
        account = self._account[trail.portal]
        if trail.again:
            account.miss_again(context.url, trouble.why)
        else:
            account.miss(trouble.what, context.url, trouble.why)

    def column(self, trouble: Trouble, trail: Trail, url: str, state: Mapping[str, str]) -> None:
        """A column that cannot be had is a gap if it was to hold reports, else a thing to know.

        Some portals answer 404 beyond a listing's last page; what was a mere probe is no news. A
        page that the pager showed is no guess.
        """
        if trouble.is_absence and (held := state.get("held")):
            self._account[trail.portal].cut(trail.column_url or url, held)
            return
        if trouble.is_absence and "probe" in state:
            return
        shown = trail.further and discovery.is_awaited(state)
        beyond = trail.further and trouble.is_absence and not shown
        # A known listing that is no more may have moved: what takes its place is looked for.
        optional = beyond or not trail.essential or (trail.known and not trail.further)
        missing = "failed" if shown and trouble.what == "skipped" else trouble.what
        self._account[trail.portal].miss("skipped" if optional else missing, url, trouble.why)
