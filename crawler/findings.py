"""What a crawl saw on its way, for explaining a portal to a person."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from crawler.discovery import Trail, Verdict
from parsers.portals import Column, Listing


@dataclass(slots=True)
class ColumnSeen:
    """A column: how it was come to, what was on its pages, and how its pager ended."""

    url: str
    text: str
    reason: str
    depth: int
    family: str = ""
    pages: int = 0
    rows: int = 0
    reports: int = 0
    total: int | None = None
    end_reason: str = ""

    def line(self) -> str:
        """The column on one line."""
        announced = f" of {self.total} announced" if self.total is not None else ""
        way = f"{self.reason}{f', {self.text}' if self.text else ''}"
        return (
            f"{self.url} [{self.family}] {self.pages} page(s), {self.rows} row(s){announced}, "
            f"{self.reports} report(s); pager: {self.end_reason or 'goes on'}; why: {way}"
        )


@dataclass(slots=True)
class Findings:
    """The columns seen, the reports by year, and columns that were named but not looked into."""

    columns: dict[str, ColumnSeen] = field(default_factory=dict)
    by_year: Counter[int | None] = field(default_factory=Counter)
    reports: set[str] = field(default_factory=set)
    named: dict[str, Column] = field(default_factory=dict)

    def saw(self, url: str, trail: Trail, listing: Listing, verdicts: Iterable[Verdict]) -> None:
        """Notes a page of a column."""
        key = trail.column_url or url
        column = self.columns.setdefault(
            key, ColumnSeen(key, trail.column, trail.reason, trail.depth)
        )
        judged = list(verdicts)
        column.family = column.family or listing.family
        column.pages += 1
        column.rows += len(judged)
        column.reports += sum(verdict.taken for verdict in judged)
        column.total = listing.total if listing.total is not None else column.total
        column.end_reason = listing.gap or listing.end_reason
        if not judged and column.pages == 1 and listing.end_reason == "empty":
            column.end_reason = "no rows"

    def found(self, verdict: Verdict) -> None:
        """Notes a row taken for a report."""
        self.by_year[verdict.year] += 1
        self.reports.add(verdict.row.url)

    def leads(self, columns: Iterable[Column]) -> None:
        """Notes the columns that a page names."""
        for column in columns:
            self.named.setdefault(column.url, column)

    def year_lines(self) -> list[str]:
        """The reports found in each year, and the years between without one."""
        known = {year: count for year, count in self.by_year.items() if year is not None}
        lines = [f"{year}: {known[year]}" for year in sorted(known)]
        gaps = sorted(set(range(min(known), max(known))) - set(known)) if known else []
        if gaps:
            lines.append(f"no report of {', '.join(map(str, gaps))}")
        if None in self.by_year:
            lines.append(f"no year in the row: {self.by_year[None]}")
        return lines or ["none"]

    def unseen(self) -> list[Column]:
        """The columns named but not looked into, best first."""
        known = self.columns.keys() | self.reports
        left = [column for url, column in self.named.items() if url not in known]
        return sorted(left, key=lambda column: -column.score)


class NoFindings(Findings):
    """Keeps nothing: most crawls explain nothing, and may have a million pages."""

    def saw(self, url: str, trail: Trail, listing: Listing, verdicts: Iterable[Verdict]) -> None:
        """Does nothing."""

    def found(self, verdict: Verdict) -> None:
        """Does nothing."""

    def leads(self, columns: Iterable[Column]) -> None:
        """Does nothing."""
