"""The spider that finds annual reports: listings, report pages and their parts."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from functools import partial
from typing import Any
from urllib.parse import urljoin

import click
from scrapy import Request, signals
from scrapy.crawler import Crawler
from scrapy.exceptions import DontCloseSpider
from scrapy.http import Response
from scrapy.settings import BaseSettings
from scrapy.spiders import Spider
from twisted.python.failure import Failure

from archive.console import default_archive, note
from archive.declarations import data_dir, keeping
from archive.declarations.portals import Portal
from archive.warc.records import now
from crawler import answers, discovery
from crawler.account import RunAccount
from crawler.again import Again
from crawler.budget import ColumnBudget
from crawler.bundles import Bundles, Step
from crawler.discovery import Trail, Verdict
from crawler.findings import Findings, NoFindings
from crawler.instead import Listings
from crawler.known_first import DECLARED_PRIORITY, KnownFirst
from crawler.looks import Looks
from crawler.losses import Losses
from crawler.portals import user_agent, wanted_portals
from crawler.recording.past import is_answered
from crawler.recording.session import session_of
from crawler.report_pages import ReportPages
from crawler.requests import Callbacks, RequestMaker
from crawler.requisites import Requisites
from crawler.revisits import revisits_of
from crawler.spans import Spans
from crawler.visited import Visited
from parsers.portals import Listing, Page, find_columns, read_article, read_listing
from parsers.records import Context


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
        """Says in the user agent whom to write to, and names the archive to all parts."""
        super().update_settings(settings)
        if not settings.get("GONGKAI_ARCHIVE"):
            settings.set("GONGKAI_ARCHIVE", str(default_archive()), priority="spider")
        agent = user_agent(settings.get("GONGKAI_CONTACT"))
        settings.set("USER_AGENT", agent, priority="spider")

    @classmethod
    def from_crawler(cls, crawler: Crawler, *args: Any, **kwargs: Any) -> "ReportsSpider":
        """The spider. The session is an extension and those come later, so it begins on opening."""
        spider = super().from_crawler(crawler, *args, **kwargs)
        crawler.signals.connect(spider._begin, signals.spider_opened)
        crawler.signals.connect(spider._idle, signals.spider_idle)
        return spider

    def _begin(self) -> None:
        settings = self.crawler.settings
        self.session = session_of(self.crawler)
        self.session.declare(self.portals.values())
        self.account = RunAccount(self.session.run_id, self.portals)
        callbacks = Callbacks(
            self.parse, self.parse_report, self.parse_part, self.parse_requisite, self.failed
        )
        self._make = RequestMaker(self.portals, self.year, callbacks)
        self._visited: Visited = self.session.visited
        self._rows, self._chosen = Visited(), Visited()
        self._bundles = Bundles(self._make, self._visited, self.account, self.session.annotate)
        self._losses = Losses(self.account, self._visited, self._bundles)
        budget = settings.getint("GONGKAI_PAGE_BUDGET")
        has = partial(is_answered, self.session)
        self._budget = ColumnBudget(budget, self._visited, self.account, has)
        self._listings = Listings()
        self.findings = Findings() if settings.getbool("GONGKAI_FINDINGS") else NoFindings()
        self.spans = Spans()
        self._requisites = Requisites(
            settings.getint("GONGKAI_REQUISITES"), self._make, self._visited
        )
        self._pages = ReportPages(self, self._make, self._bundles, self._requisites, self._listings)
        self._dry_run = settings.getbool("GONGKAI_DRY_RUN")
        for name in self.portals:
            self.account[name].kept = not self._dry_run
        self._tells_rows = settings.getbool("GONGKAI_TELL_ROWS")
        looks: Looks = settings.get("GONGKAI_LOOKS") or Looks()
        self._revisits = revisits_of(self.session, self.portals, looks)
        self._again = Again(self._revisits, self._make, self._visited, self.account)
        self._known_first = KnownFirst(self.session, self._make, self.account)
        self._known_first.plan(self.portals, looks)

    async def start(self) -> Any:
        """The first pages of each portal."""
        for portal in self.portals.values():
            trails = (Trail(portal.name, column_url=u, reason="fallback") for u in portal.fallback)
            put_off = (self._make.column(t.column_url, t, DECLARED_PRIORITY) for t in trails)
            self._budget.put_off(put_off, portal.name)
            for request in self._known_first.requests(portal):
                yield request

    def closed(self, reason: str) -> None:
        """Writes the run's account into the archive and for the person at the terminal."""
        self._budget.tell_left()
        self.spans.tell(self.account)
        self.account.conclude(reason, self.session.index, keeping.load(data_dir()))
        facts = self.account.facts()
        facts |= {"started_at": self.session.started_at, "finished_at": now()}
        self.session.account(facts)
        kept = not (self._dry_run or self.session.offline)
        for line in self.account.lines(resumable=kept):
            note(line)

    # Listings -----------------------------------------------------------------------------------

    def parse(self, response: Response, **kwargs: Any) -> Iterator[Step]:
        """A page that was reached as a column, or a further page of its listing."""
        trail: Trail = kwargs["trail"]
        self.account[trail.portal].pages += 1
        state: Mapping[str, str] = kwargs.get("state") or {}
        if trouble := answers.trouble(response):
            if state.get("of") and trouble.is_absence:
                # A number is left out of a series: the next one may well be there.
                page = replace(answers.page_of(response, state), status=404)
                yield from self._onward(read_listing(page), trail, response)
            else:
                self._losses.column(trouble, trail, response.url, state)
        else:
            yield from self._read(self.read_listing(response, trail, state), response, trail)

    def _read(self, steps: Iterator[Step], response: Response, trail: Trail) -> Iterator[Step]:
        """The steps; an answer that makes a reader fail costs that answer alone."""
        try:
            yield from steps
        except Exception as error:
            self.logger.exception("%s cannot be read", response.url)
            self.account[trail.portal].miss("failed", response.url, f"cannot be read: {error!r}")

    def read_listing(
        self, response: Response, trail: Trail, state: Mapping[str, str] | None = None
    ) -> Iterator[Step]:
        """Reads a listing: takes its reports, goes on to its next page and into its columns."""
        if not answers.is_page(response):
            yield from self._pages.read_document(response, trail)
            return
        page = answers.page_of(response, self._pinned(trail, state))
        trail = replace(trail, charset=page.charset)
        article, listing = read_article(page), read_listing(page)
        verdicts = discovery.judge_rows(listing, trail)
        found = self._note_listing(response, verdicts)
        self.findings.saw(response.url, trail, listing, verdicts)
        self.account[trail.portal].families[listing.family] += 1
        self.session.annotate_response(response, discovery.listing_facts(listing, verdicts, trail))
        if trail.essential:
            answers.tell_lacking(response, self.account[trail.portal], bool(found))
        if not trail.further and not trail.taken:
            lists = found >= discovery.LISTING_ROWS
            if discovery.is_report_page(page, article, lists):
                yield from self._pages.read_own(response, article, trail)
        yield from self.take(verdicts, trail)
        yield from self._onward(listing, trail, response, found)
        if not trail.further or (page.state.get("loaded") and not found):
            yield from self._into_columns(page, trail, bool(found))

    def _pinned(self, trail: Trail, state: Mapping[str, str] | None) -> Mapping[str, str]:
        family = self.portals[trail.portal].family
        return {**({"family": family} if family else {}), **(state or {})}

    def _onward(
        self, listing: Listing, trail: Trail, response: Response, found: int = 0
    ) -> Iterator[Request]:
        """The listing's next page, or a note of what is missing where it ends too early."""
        if listing.gap and (found or (trail.further and trail.essential)):
            self.account[trail.portal].cut(response.url, listing.gap)
        # What the reader puts into a request's state ends listings that repeat or never end.
        for wanted in listing.next:
            request = self._make.pager(wanted, trail.onward(bool(found)), response)
            if "choice" in wanted.state:
                # What is asked for each body or year is a column of its own.
                if self._budget.spend(request, trail.portal):
                    yield request
            elif self._visited.add_request(request):
                yield request
            elif found and "turns" in wanted.state and (held := wanted.state.get("held")):
                self.account[trail.portal].cut(response.url, held)

    def _note_listing(self, response: Response, verdicts: Iterable[Verdict]) -> int:
        reports = [verdict.row.url for verdict in verdicts if verdict.taken]
        self._listings.note(response.url, answers.payload_sha256(response), reports)
        return len(reports)

    def take(self, verdicts: Iterable[Verdict], trail: Trail) -> Iterator[Request]:
        """Asks for the rows taken for reports, each once, and counts the others."""
        account = self.account[trail.portal]
        for verdict in verdicts:
            if not self._rows.add(verdict.row.url):
                continue
            if self._tells_rows:
                click.echo(discovery.row_line(verdict))
            if not verdict.taken:
                account.passed_over += 1
            elif self._visited.add(verdict.row.url):
                account.found += 1
                self.findings.found(verdict)
                self.spans.add(trail.portal, trail.column_url, verdict.body, verdict.year)
                context = discovery.row_context(self._make.base(trail), verdict, trail)
                if self._revisits.rests(verdict.row):
                    account.rested += 1
                elif not self._dry_run:
                    yield self._make.report(verdict.row.url, context, trail)

    def _into_columns(self, page: Page, trail: Trail, found: bool) -> Iterator[Request]:
        columns = find_columns(page)
        self.findings.leads(columns)
        for column in discovery.worth_a_visit(columns, trail, found):
            known = self._visited.knows(column.url, column.method, column.body)
            known = known or (bool(column.key) and not self._chosen.add(column.key))
            if known or not self.session.policy.permits(column.url):
                continue
            request = self._make.form(column, trail.into(column), column.score)
            if column.score <= discovery.LAST_RESORT_SCORE:
                self._budget.put_off([request], trail.portal)
            elif discovery.is_at_the_bottom(trail):
                self._budget.set_aside(request, trail.portal, discovery.TOO_DEEP)
            elif self._budget.spend(request, trail.portal):
                yield request

    def _idle(self) -> None:
        """Nothing is left to do: the next that still may be."""
        engine: Any = self.crawler.engine
        self._put_off_site_maps()
        steps = (self._known_first.wider, self._budget.last_resorts, self._again.requests)
        for more in (*steps, self._requisites.release):
            if requests := list(more()):
                for request in requests:
                    engine.crawl(request)
                raise DontCloseSpider

    def _put_off_site_maps(self) -> None:
        """The site map files that robots.txt names, and the one at the usual place, come late."""
        for portal in self.portals.values():
            trail = Trail(portal.name, reason="the site map file", essential=False)
            for origin in dict.fromkeys(urljoin(url, "/") for url in portal.start):
                named = self.session.site_maps.get(origin, ())
                files = (url for url in named if self.session.policy.permits(url))
                for url in (*files, urljoin(origin, "sitemap.xml")):
                    request = self._make.column(url, trail, discovery.LAST_RESORT_SCORE)
                    request.cb_kwargs["state"] = {"probe": "1"}
                    self._budget.put_off([request], portal.name)

    # Reports and their parts --------------------------------------------------------------------

    def parse_report(self, response: Response, context: Context, trail: Trail) -> Iterator[Step]:
        """A page that a listing row led to."""
        self.account[trail.portal].pages += 1
        if trouble := answers.report_trouble(response):
            self.session.annotate_response(response, {"role": "other", "trouble": trouble.why})
            self._losses.page(trouble, context, trail)
        else:
            yield from self._read(self._pages.read(response, context, trail), response, trail)

    def parse_part(self, response: Response, **about: Any) -> Iterator[Step]:
        """An attachment, picture, frame or further page of a report."""
        try:
            yield from self._bundles.came(response, **about)
        except Exception as error:
            self.logger.exception("%s cannot be read", response.url)
            yield from self._bundles.lost(about["page_id"], response.url, repr(error))

    def parse_requisite(self, response: Response, page_id: str, portal: str, depth: int) -> None:
        """A style sheet, picture or font."""
        policy = self.session.policy
        self._requisites.of_style(response, page_id, portal, policy, depth)

    # What went wrong ----------------------------------------------------------------------------

    def failed(self, failure: Failure) -> Iterator[Step]:
        """A request that got no answer: tried by the other scheme, or accounted for."""
        yield from self._losses.failed(failure)
