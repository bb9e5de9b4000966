"""What becomes of a page that may be a report: kept with its parts, followed, accounted for."""

from collections.abc import Iterable, Iterator
from typing import Protocol

from scrapy import Request
from scrapy.http import Response

from crawler import answers, discovery
from crawler.account import RunAccount
from crawler.bundles import Bundles, Step
from crawler.discovery import Trail, Verdict
from crawler.instead import Listings
from crawler.recording.purpose import CAPTURE
from crawler.recording.session import RecordingSession
from crawler.requests import RequestMaker
from crawler.requisites import Requisites
from crawler.spans import Spans
from crawler.visited import Visited
from parsers.portals import Article, read_article, read_rows
from parsers.records import Context
from parsers.titles import judge

NO_REPORT = "its title, cut in the listing, names no report"
INSTEAD = "blocked:burst (a listing came instead of the report)"


class Crawl(Protocol):
    """What the pages need of the crawl that they belong to."""

    session: RecordingSession
    account: RunAccount
    spans: Spans

    def read_listing(self, response: Response, trail: Trail) -> Iterator[Step]:
        """Reads a page as a listing."""

    def take(self, verdicts: Iterable[Verdict], trail: Trail) -> Iterator[Request]:
        """Asks for rows taken for reports."""


class ReportPages:
    """Reads pages that rows led to, and column pages that are reports themselves."""

    def __init__(
        self,
        crawl: Crawl,
        make: RequestMaker,
        bundles: Bundles,
        requisites: Requisites,
        listings: Listings,
    ) -> None:
        self._reader = crawl
        self._session = crawl.session
        self._note = crawl.session.annotate_response
        self._account = crawl.account
        self._visited: Visited = crawl.session.visited
        self._make = make
        self._bundles = bundles
        self._requisites = requisites
        self._listings = listings

    def read(self, response: Response, context: Context, trail: Trail) -> Iterator[Step]:
        """A row's page: the report, or (a year's or a place's name for one) a listing of them."""
        if not answers.is_page(response):
            yield from self._keep(response, Article(), context, trail)
            return
        page = answers.page_of(response)
        article = read_article(page)
        if trail.again:
            yield from self._keep(response, article, context, trail)
            return
        taken = [each for each in discovery.judge_rows(read_rows(page), trail) if each.taken]
        sha256, reports = answers.payload_sha256(response), [each.row.url for each in taken]
        if self._listings.stands_for(context.url, sha256, reports):
            self._note(response, {"role": "other", "trouble": INSTEAD})
            self._account[trail.portal].miss("blocked", response.url, INSTEAD)
            return
        if discovery.belies(article, context.link_text):
            self._note(response, {"role": "other", "trouble": NO_REPORT})
            self._account[trail.portal].found -= 1
            self._account[trail.portal].passed_over += 1
            return
        many = len(taken) >= discovery.LISTING_ROWS or (taken and discovery.is_bare(article))
        many = many or discovery.is_directory(page, article)
        lists = many and not discovery.is_at_the_bottom(trail)
        # A report with a menu of the other years lists too: when in doubt it is kept as a report.
        is_report = not many or discovery.is_report_page(page, article, True)
        if not (lists or is_report):
            self._account[trail.portal].leave(response.url, discovery.TOO_DEEP)
        if lists and not is_report:
            self._note(response, {"role": "listing"})
            self._account[trail.portal].found -= 1
        else:
            yield from self._keep(response, article, context, trail)
        if lists:
            yield from self._reader.read_listing(
                response, trail.under(context.link_text, response.url)
            )
        else:
            yield from self._reader.take(taken, trail)

    def read_document(self, response: Response, trail: Trail) -> Iterator[Step]:
        """A column's address gave a document."""
        self._note(response, {"role": "page", "why_page": "the address gives a document"})
        self._account[trail.portal].found += 1
        yield from self._keep(response, Article(), self._make.base(trail), trail)

    def read_own(self, response: Response, article: Article, trail: Trail) -> Iterator[Step]:
        """A column's page is a report itself, such as the newest shown in full."""
        self._note(response, {"role": "page", "why_page": "its own title names a report"})
        self._account[trail.portal].found += 1
        told = judge(article.title, url=response.url, date=article.date)
        self._reader.spans.add(trail.portal, trail.column_url, told.agency, told.year)
        yield from self._keep(response, article, self._make.base(trail), trail)

    def _keep(
        self, response: Response, article: Article, context: Context, trail: Trail
    ) -> Iterator[Step]:
        """A report page is in the archive: now its parts."""
        if article.deleted or article.redirect:
            yield from self._moved(response, article, context, trail)
            return
        self._account[trail.portal].archive(answers.novelty(response))
        yield from self._bundles.begin(response, article, context, answers.damage(response))
        page_id = response.meta[CAPTURE].record_id
        policy = self._session.policy
        self._requisites.of_page(response, page_id, context.portal, policy)

    def _moved(
        self, response: Response, article: Article, context: Context, trail: Trail
    ) -> Iterator[Request]:
        """A page that only leads on, or says that it was taken down."""
        target = article.redirect
        self._note(response, {"role": "other", "leads_to": target, "deleted": article.deleted})
        if article.deleted:
            self._account[trail.portal].miss("failed", response.url, "deleted")
        elif self._visited.add(target):
            yield self._make.report(target, context, trail)
        else:
            self._account[trail.portal].miss(
                "skipped", response.url, f"leads to {target}, had before"
            )
