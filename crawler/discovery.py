"""Pure steps of discovery: what to take from a page, and where to go next."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from parsers.portals import Article, Column, Listing, Page, Row, find_columns
from parsers.portals.columns import BRANCHES
from parsers.portals.cuts import cut_stem, judge_row
from parsers.records import Context, Link
from parsers.titles import judge

# From a province's page to a year of a township's office there are six steps or seven.
MAX_COLUMN_DEPTH = 8
TOO_DEEP = (
    f"it lies more than {MAX_COLUMN_DEPTH} columns below the start: declare it, or a column on the "
    "way to it, as a start"
)
# What the scores of `parsers.portals.find_columns` mean.
NAMES_REPORTS_SCORE = 70
REPORT_BRANCH_SCORE = 50
LAST_RESORT_SCORE = 29
# So many rows that are reports make a page a listing, whatever its title says.
LISTING_ROWS = 3
# A page with less text than this outside its links is no report; nor is one without a year in its
# title that has less than a short report.
_LEAST_CHARS, _UNDATED_CHARS = 200, 800
_DATED = re.compile(r"\d|[〇○零一二三四五六七八九]{4}年")
# A title that names many bodies and none.
_COLLECTIVE = re.compile(
    r"各(?:部门|单位|[市区县州盟旗镇乡街科]|委办局|直属|职能)|(?:部门|单位|县市区|市县|乡镇|街道|镇街)政府?信息公开"
)
_PART_KINDS = ("attachment", "image")


@dataclass(frozen=True, slots=True)
class Trail:
    """How the crawl came to a page: the portal, the column, why, and how deep.

    `column_url` is the address of the column's first page: what a pager leads to belongs to it.
    `essential` tells that reports are expected there, so that not getting it is a gap; `further`
    that this is not the listing's first page; `taken` that a row led here which named a report;
    `again` that the page is archived and no listing of the run names it; `known` that an earlier
    look found reports there. `charset` is the encoding of the page that leads on: the queries of
    its links are written in it.
    """

    portal: str
    column: str = ""
    column_url: str = ""
    reason: str = "declared"
    depth: int = 0
    essential: bool = True
    further: bool = False
    taken: bool = False
    again: bool = False
    known: bool = False
    charset: str = "utf-8"

    def onward(self, found: bool) -> "Trail":
        """The trail to a further page of the same listing; on this page reports were `found`."""
        return replace(self, further=True, essential=self.essential or found)

    def under(self, text: str, url: str) -> "Trail":
        """The trail one step further, into a row that turned out to be a listing."""
        reason = "a row led to a listing"
        return replace(
            self,
            column=text,
            column_url=url,
            reason=reason,
            depth=self.depth + 1,
            further=False,
            taken=True,
        )

    def into(self, column: Column) -> "Trail":
        """The trail one step further, into a column."""
        return replace(
            self,
            column=column.text or self.column,
            column_url=column.url,
            reason=column.reason,
            depth=self.depth + 1,
            further=False,
            taken=False,
            essential=column.score >= NAMES_REPORTS_SCORE,
        )


@dataclass(frozen=True, slots=True)
class Verdict:
    """A listing row and whether it is taken for a report, with the reason.

    `year` and `body` are those of the report as far as the row tells.
    """

    row: Row
    taken: bool
    reason: str
    year: int | None = None
    body: str = ""

    def facts(self) -> dict[str, Any]:
        """The verdict as it is stored with the listing's capture."""
        row = self.row
        facts = {"url": row.url, "title": row.title, "date": row.date, "reason": self.reason}
        return {name: value for name, value in facts.items() if value} | {"taken": self.taken}


def judge_rows(listing: Listing, trail: Trail) -> tuple[Verdict, ...]:
    """A verdict on every row, in order."""
    return tuple(_judge_row(row, row.column or trail.column) for row in listing.rows)


def _judge_row(row: Row, column: str) -> Verdict:
    told = judge_row(row.title, url=row.url, column=column, date=row.date)
    return Verdict(row, told.is_report, told.reason, told.year, told.agency)


def belies(article: Article, link_text: str) -> bool:
    """Whether a page says in full what its row's cut title only began, and that is no report."""
    stem = cut_stem(link_text)
    is_whole = bool(stem) and stem in "".join(article.title.split())
    return is_whole and not judge(article.title).is_report


def is_bare(article: Article) -> bool:
    """Whether a page has neither the text of a report nor what could hold one."""
    holds = article.links or article.frames or article.next_pages or article.redirect
    return article.chars is not None and article.chars < _LEAST_CHARS and not holds


def is_directory(page: Page, article: Article) -> bool:
    """Whether a page that was named like a report only names the bodies whose reports it means."""
    if not (is_bare(article) or _COLLECTIVE.search(article.title)):
        return False
    return sum(column.reason in BRANCHES for column in find_columns(page)) >= LISTING_ROWS


def is_report_page(page: Page, article: Article, lists: bool) -> bool:
    """Whether a page is a report itself, by its own title.

    The title of a column is that of a report without year, and often names the site's body; that
    of a page which `lists` the reports of a year is one without a body.
    """
    if not article.title or article.deleted or is_bare(article):
        return False
    judgement = judge(article.title, url=page.url, date=article.date)
    is_dated = bool(_DATED.search(article.title))
    is_long = article.chars is None or article.chars >= _UNDATED_CHARS
    if not judgement.is_report or not (is_dated or (is_long and not lists)):
        return False
    return bool(judgement.agency) or (is_dated and not lists)


def worth_a_visit(columns: Iterable[Column], trail: Trail, found_any: bool) -> Iterator[Column]:
    """The columns to look into next, from a page on which reports were found or not.

    From a page with reports only their years and bodies are followed on.
    """
    least = REPORT_BRANCH_SCORE if found_any else 0
    yield from (column for column in columns if column.score >= least)


def is_at_the_bottom(trail: Trail) -> bool:
    """Whether the columns of a page lie too deep to be looked into."""
    return trail.depth >= MAX_COLUMN_DEPTH


def is_awaited(state: Mapping[str, str]) -> bool:
    """Whether a further page was shown by a pager that does not tell that all pages were read."""
    told, read = int(state.get("pages_told") or 0), int(state.get("found") or 0)
    return "shown" in state and not 0 < told <= read


def listing_facts(listing: Listing, verdicts: Iterable[Verdict], trail: Trail) -> dict[str, Any]:
    """What is stored with a listing's capture: how it was come to, and a verdict on each row."""
    return {
        "family": listing.family,
        "end_reason": listing.end_reason,
        "total": listing.total,
        **({"gap": listing.gap} if listing.gap else {}),
        "rows": [verdict.facts() for verdict in verdicts],
        "column": trail.column,
        "column_url": trail.column_url,
        "by_row": trail.taken,
        "reason": trail.reason,
        "depth": trail.depth,
    }


def row_line(verdict: Verdict) -> str:
    """A verdict as one line for a person: taken or passed over, title, address, reason."""
    mark = "take" if verdict.taken else "pass"
    row = verdict.row
    return f"{mark}\t{row.date}\t{row.title}\t{row.url}\t{verdict.reason}"


def row_context(base: Context, verdict: Verdict, trail: Trail) -> Context:
    """What is known of a report page from its listing row."""
    row = verdict.row
    return replace(
        base,
        url=row.url,
        column=row.column or trail.column,
        link_text=row.title,
        listing_date=row.date,
    )


def part_context(
    page: Context, article: Article, link: Link, page_url: str, number: int
) -> Context:
    """What is known of a part from the page that it belongs to; `number` counts its parts."""
    return replace(
        page,
        url=link.url,
        page_url=page_url,
        link_text=link.text or page.link_text,
        page_title=article.title,
        page_date=article.date,
        relation=link.kind,
        part_number=number,
    )


def parts_of(article: Article) -> Iterator[Link]:
    """What belongs to a page: attachments, pictures in its body, frames, further pages."""
    yield from (link for link in article.links if link.kind in _PART_KINDS)
    yield from (Link(url, "", "frame") for url in article.frames)
    yield from (Link(url, "", "next_page") for url in article.next_pages)
