"""The spider that finds annual reports: listings, report pages and their parts."""

from collections.abc import Iterable, Iterator
from typing import Any

import click
from scrapy import Request, signals
from scrapy.crawler import Crawler
from scrapy.exceptions import DontCloseSpider
from scrapy.http import Response
from scrapy.settings import BaseSettings
from scrapy.spiders import Spider
from twisted.python.failure import Failure

from archive.declarations.portals import Portal
from archive.records import Capture
from crawler import answers, discovery
from crawler.account import RunAccount
from crawler.bundles import Bundles
from crawler.discovery import Trail, Verdict
from crawler.items import BundleItem
from crawler.portals import user_agent, wanted_portals
from crawler.recording.purpose import CAPTURE, PURPOSE, Purpose
from crawler.recording.session import session_of
from crawler.recording.tape import now
from crawler.visited import Visited
from parsers.portals import Article, Page, PageRequest, find_columns, read_article, read_listing
from parsers.records import Context

Step = Request | BundleItem
# What is under way is finished before something new is begun.
PART_PRIORITY, REPORT_PRIORITY, PAGER_PRIORITY = 400, 300, 200
MAX_PARTS = 80
MAX_PART_DEPTH = 2


class ReportsSpider(Spider):
    """Looks for annual reports on declared portals, or from one address.

    Arguments (`-a name=value`): `portal` (names, separated by commas; all by default), or `url`
    with optional `agency`, `region` and `year`.
    """

    name = "reports"

    def __init__(
        self, portals: Iterable[Portal] | None = None, year: str = "", **given: str
    ) -> None:
        """`portals` comes from the command; the other arguments are those of the class."""
        super().__init__()
        self.portals = {portal.name: portal for portal in portals or wanted_portals(**given)}
        self.year = int(year) if year else None

    @classmethod
    def update_settings(cls, settings: BaseSettings) -> None:
        """Says in the user agent whom to write to."""
        super().update_settings(settings)
        agent = user_agent(settings.get("GONGKAI_CONTACT"))
        settings.set("USER_AGENT", agent, priority="spider")

    @classmethod
    def from_crawler(cls, crawler: Crawler, *args: Any, **kwargs: Any) -> "ReportsSpider":
        """The spider. The session is an extension and those come later, so it begins on opening."""
        spider = super().from_crawler(crawler, *args, **kwargs)
        crawler.signals.connect(spider._begin, signals.spider_opened)
        return spider

    def _begin(self) -> None:
        crawler = self.crawler
        self.session = session_of(crawler)
        self.account = RunAccount(self.session.run_id, self.portals)
        self.visited: Visited = self.session.visited
        self._bundles = Bundles()
        self._rows = Visited()
        self._last_resorts: dict[str, list[Request]] = {}
        self._columns_left = dict.fromkeys(
            self.portals, crawler.settings.getint("GONGKAI_PAGE_BUDGET")
        )
        self._dry_run = crawler.settings.getbool("GONGKAI_DRY_RUN")
        self.session.declare(host for portal in self.portals.values() for host in portal.hosts)
        crawler.signals.connect(self._idle, signals.spider_idle)

    async def start(self) -> Any:
        """The first pages of each portal."""
        for portal in self.portals.values():
            self._last_resorts[portal.name] = [
                self._column(url, Trail(portal.name, reason="fallback"), 0)
                for url in portal.fallback
            ]
            for url in portal.start:
                if self.visited.add(url):
                    yield self._column(url, Trail(portal.name, column_url=url), 100)

    def closed(self, reason: str) -> None:
        """Writes the run's account into the archive."""
        facts = self.account.facts(reason)
        facts |= {"started_at": self.session.started_at, "finished_at": now()}
        self.session.account(facts)

    # Listings -----------------------------------------------------------------------------------

    def parse(self, response: Response, **kwargs: Any) -> Iterator[Step]:
        """A page that was reached as a column, or a further page of its listing."""
        trail: Trail = kwargs["trail"]
        account = self.account[trail.portal]
        account.pages += 1
        if trouble := answers.trouble(response):
            self._trouble(trouble, trail, response.url)
            return
        try:
            yield from self._read_listing(response, trail, kwargs.get("state") or {})
        except Exception as error:
            self.logger.exception("%s cannot be read", response.url)
            account.miss("failed", response.url, f"cannot be read: {error!r}")

    def _read_listing(
        self, response: Response, trail: Trail, state: dict[str, str]
    ) -> Iterator[Step]:
        if not answers.is_page(response):
            yield from self._read_report(response, self._base(trail), trail.portal)
            return
        page = answers.page_of(response, self._pinned(trail, state))
        article, listing = read_article(page), read_listing(page)
        verdicts = discovery.judge_rows(listing, trail)
        taken = [verdict for verdict in verdicts if verdict.taken]
        self.account[trail.portal].families[listing.family] += 1
        facts = discovery.listing_facts(listing, verdicts, trail)
        if not state and len(taken) < 2 and discovery.is_report_page(page, article):
            facts |= {"role": "page", "why_page": "its own title names a report"}
            self.account[trail.portal].found += 1
            yield from self._read_report(response, self._base(trail), trail.portal)
        self._annotate(response, facts)
        yield from self._take(verdicts, trail)
        yield from self._onward(response, listing.next, verdicts, trail)
        if not state:
            yield from self._into_columns(page, trail, bool(taken))

    def _take(self, verdicts: Iterable[Verdict], trail: Trail) -> Iterator[Request]:
        account = self.account[trail.portal]
        for verdict in verdicts:
            if not self._rows.add(verdict.row.url):
                continue
            if self._dry_run:
                click.echo(discovery.row_line(verdict))
            if not verdict.taken:
                account.passed_over += 1
            elif self.visited.add(verdict.row.url):
                account.found += 1
                context = discovery.row_context(self._base(trail), verdict, trail)
                if not self._dry_run:
                    yield self._report(verdict.row.url, context, trail.portal)

    def _onward(
        self,
        response: Response,
        pages: Iterable[PageRequest],
        verdicts: tuple[Verdict, ...],
        trail: Trail,
    ) -> Iterator[Request]:
        """The next pages of a listing, as long as it brings rows that this column had not."""
        fresh = [v for v in verdicts if self.visited.add(v.row.url, f"ROW {trail.column_url}")]
        if verdicts and not fresh:
            return
        for wanted in pages:
            if self.visited.add(wanted.url, wanted.method, wanted.body):
                yield Request(
                    wanted.url,
                    method=wanted.method,
                    body=wanted.body,
                    headers={"Referer": response.url, **wanted.headers},
                    priority=PAGER_PRIORITY,
                    cb_kwargs={"trail": trail, "state": dict(wanted.state) or {"page": "next"}},
                    **self._common(Purpose("listing", context=self._base(trail)), trail.portal),
                )

    def _into_columns(self, page: Page, trail: Trail, found: bool) -> Iterator[Request]:
        for column in discovery.worth_a_visit(find_columns(page), trail, found):
            if not self.session.policy.permits(column.url) or self.visited.knows(column.url):
                continue
            request = self._column(column.url, trail.into(column), column.score)
            if column.score <= discovery.LAST_RESORT_SCORE:
                self._last_resorts.setdefault(trail.portal, []).append(request)
            elif self._within_budget(request, trail.portal):
                yield request

    def _within_budget(self, request: Request, portal: str) -> bool:
        if self._columns_left[portal] <= 0:
            self.account[portal].note("the page budget is used up: not all columns were seen")
            return False
        self._columns_left[portal] -= 1
        return self.visited.add_request(request)

    def _idle(self) -> None:
        """Nothing is left to do: where no report was found, last resorts are tried."""
        engine: Any = self.crawler.engine
        for portal, requests in self._last_resorts.items():
            if self.account[portal].found or not requests:
                continue
            for request in requests:
                if self._within_budget(request, portal):
                    engine.crawl(request)
            requests.clear()
            raise DontCloseSpider

    # Reports and their parts --------------------------------------------------------------------

    def parse_report(self, response: Response, context: Context, portal: str) -> Iterator[Step]:
        """A page that a listing row led to."""
        account = self.account[portal]
        account.pages += 1
        if trouble := answers.trouble(response):
            account.miss(trouble.what, response.url, trouble.why)
            return
        try:
            yield from self._read_report(response, context, portal)
        except Exception as error:
            self.logger.exception("%s cannot be read", response.url)
            account.miss("failed", response.url, f"cannot be read: {error!r}")

    def _read_report(self, response: Response, context: Context, portal: str) -> Iterator[Step]:
        capture: Capture = response.meta[CAPTURE]
        article = (
            read_article(answers.page_of(response)) if answers.is_page(response) else Article()
        )
        if article.deleted or article.redirect:
            yield from self._moved(response, article, context, portal)
            return
        self.account[portal].archive(answers.novelty(response))
        self._bundles.open(capture.record_id, portal)
        yield from self._parts(response, article, context, capture.record_id, 0)
        yield from self._close(capture.record_id)

    def _moved(
        self, response: Response, article: Article, context: Context, portal: str
    ) -> Iterator[Request]:
        """A page that only leads on, or says that it was taken down."""
        self._annotate(
            response, {"role": "other", "leads_to": article.redirect, "deleted": article.deleted}
        )
        if article.redirect and self.visited.add(article.redirect):
            yield self._report(article.redirect, context, portal)
        else:
            why = "deleted" if article.deleted else f"leads to {article.redirect}, had before"
            self.account[portal].miss("failed" if article.deleted else "skipped", response.url, why)

    def _parts(
        self, response: Response, article: Article, context: Context, page_id: str, depth: int
    ) -> Iterator[Request]:
        links = [link for link in discovery.parts_of(article) if self.visited.add(link.url)]
        self._bundles.expect(page_id, len(links[:MAX_PARTS]))
        for link in links[:MAX_PARTS]:
            known = discovery.part_context(context, article, link.url, link.text)
            yield Request(
                link.url,
                self.parse_part,
                headers={"Referer": response.url},
                priority=PART_PRIORITY,
                cb_kwargs={"page_id": page_id, "context": known, "kind": link.kind, "depth": depth},
                **self._common(Purpose("part", page_id, known), context.portal),
            )

    def parse_part(
        self, response: Response, page_id: str, context: Context, kind: str, depth: int
    ) -> Iterator[Step]:
        """An attachment, picture, frame or further page of a report."""
        if trouble := answers.trouble(response):
            self._bundles.lost(page_id, response.url, trouble.why)
        else:
            nested = kind in ("frame", "next_page") and depth < MAX_PART_DEPTH
            if nested and answers.is_page(response):
                article = read_article(answers.page_of(response))
                yield from self._parts(response, article, context, page_id, depth + 1)
            self._bundles.arrived(page_id, response.meta[CAPTURE].record_id)
        yield from self._close(page_id)

    def _close(self, page_id: str) -> Iterator[BundleItem]:
        for bundle in self._bundles.close(page_id):
            if bundle.missing:
                self.account[bundle.portal].lose_parts(bundle.missing)
                self.session.annotate(page_id, {"parts_missing": bundle.missing})
            yield bundle.item()

    # Requests -----------------------------------------------------------------------------------

    def failed(self, failure: Failure) -> Iterator[Step]:
        """A request that got no answer: tried by the other scheme, or accounted for."""
        request: Request = failure.request  # type: ignore[attr-defined]
        error: BaseException = failure.value  # type: ignore[assignment]
        again = answers.other_scheme(request, error)
        if again is not None and self.visited.add_request(again):
            yield again
            return
        trouble = answers.trouble_of(error)
        if "page_id" in request.cb_kwargs:
            page_id = request.cb_kwargs["page_id"]
            self._bundles.lost(page_id, request.url, trouble.why)
            yield from self._close(page_id)
        elif "trail" in request.cb_kwargs:
            self._trouble(trouble, request.cb_kwargs["trail"], request.url)
        else:
            self.account[request.cb_kwargs["portal"]].miss(trouble.what, request.url, trouble.why)

    def _trouble(self, trouble: answers.Trouble, trail: Trail, url: str) -> None:
        """A column that cannot be had is a gap if it was to hold reports, else a thing to know."""
        what = trouble.what if trail.essential else "skipped"
        self.account[trail.portal].miss(what, url, trouble.why)

    def _column(self, url: str, trail: Trail, score: int) -> Request:
        purpose = Purpose("listing", context=self._base(trail))
        common = self._common(purpose, trail.portal)
        return Request(url, self.parse, priority=score, cb_kwargs={"trail": trail}, **common)

    def _report(self, url: str, context: Context, portal: str) -> Request:
        return Request(
            url,
            self.parse_report,
            priority=REPORT_PRIORITY,
            cb_kwargs={"context": context, "portal": portal},
            **self._common(Purpose("page", context=context), portal),
        )

    def _common(self, purpose: Purpose, portal: str) -> dict[str, Any]:
        meta: dict[str, Any] = {PURPOSE: purpose}
        declared = self.portals.get(portal)
        if declared is not None and declared.delay_seconds is not None:
            meta["portal_delay"] = declared.delay_seconds
        return {"meta": meta, "errback": self.failed, "dont_filter": True}

    def _base(self, trail: Trail) -> Context:
        portal = self.portals[trail.portal]
        return Context(
            portal=portal.name,
            site_name=portal.title,
            column=trail.column,
            agency=portal.agency,
            region_code=portal.region if portal.agency else "",
            year=self.year,
        )

    def _pinned(self, trail: Trail, state: dict[str, str]) -> dict[str, str]:
        family = self.portals[trail.portal].family
        return {**({"family": family} if family else {}), **state}

    def _annotate(self, response: Response, facts: dict[str, Any]) -> None:
        if "archived" not in response.flags:
            self.session.annotate(response.meta[CAPTURE].record_id, facts)
