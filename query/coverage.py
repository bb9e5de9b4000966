"""Which reports there are, which are not, and what is known of why.

A report is expected of a body only for years in which it is proved to have existed: from its first
known report, or from the year it was declared to the collection. Deadlines: `query.deadlines`.
Where the collection never looked after the deadline, nothing is known and nothing is said to be
missing. Bodies on one line of lineage share a row; where another body took its place, or a reform
may have ended it, none is expected. Nothing here says that a body broke
the law: pages move, and moves change the dates they show.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from query.columns import Column, column
from query.corpus import Corpus, Row
from query.deadlines import deadline
from query.expected import Body, Known, bodies_of
from query.filters import Filters, year_ranges
from query.lineage import ended_by, successions
from query.remarks import NONE, event, in_turn, remark
from query.sightings import Evidence, evidence_of
from query.words import Words

STATES = {
    "found": ("●", Words("found", "已发现")),
    "stated_late": (
        "◐", Words("found; the date it states is after the deadline", "已发现，所示日期晚于期限")),
    "removed": ("⊘", Words("was captured, later gone from its address", "曾采集，原址已不可见")),
    "blocked": ("▣", Words("not seen; the site barred the way", "网站拒绝访问")),
    "missing": ("○", Words("looked for after the deadline and not found", "期限后查找未发现")),
    "no_deadline": ("–", Words("not found; the law states no deadline", "未发现，法规未定期限")),
    "not_looked": ("·", Words("not looked for since the deadline", "期限后未查找")),
    "succeeded": ("→", Words("another body had taken its place", "已由其他机关承继")),
    "not_due": ("…", Words("not due when last looked", "尚未到期")),
    "existence_unknown": ("?", Words("no proof that the body existed", "机关是否存在不详")),
}  # fmt: skip
COLUMNS = (
    *(column(name) for name in ("agency", "agency_id", "region_code", "region", "year")),
    *(column(name) for name in ("coverage", "deadline", "stated_date", "first_seen")),
    *(column(name) for name in ("report_id", "source_url", "detail")),
    Column("body", "text", "Agency that reported that year; the row bears the latest name"),
    Column("body_id", "text", "Its id"),
)


class Entry(NamedTuple):
    """One agency and year. `state` is a key of `STATES`."""

    year: int
    state: str
    deadline: str
    known: Known | None = None
    detail: Words = NONE


@dataclass(frozen=True, slots=True)
class Line:
    """One agency, or all on one line under the latest name, through the years."""

    agency: str
    agency_id: str
    region_code: str
    region: str
    entries: tuple[Entry, ...]

    def rows(self) -> Iterator[Row]:
        """One row a year, under `COLUMNS`."""
        for entry in self.entries:
            known = entry.known or Known("", 0, "", "", "")
            yield (
                self.agency, self.agency_id, self.region_code, self.region, entry.year,
                entry.state, entry.deadline, known.date, known.first_seen, known.report_id,
                known.source_url, entry.detail.english, known.agency, known.agency_id,
            )  # fmt: skip


def coverage(corpus: Corpus, filters: Filters) -> list[Line]:
    """A line for each agency chosen, over the years asked for or those of the corpus."""
    evidence = evidence_of(corpus)
    bodies = bodies_of(corpus, filters)
    years = _years(bodies, filters, evidence)
    return [
        Line(
            body.agency, body.agency_id, body.region_code, body.region,
            tuple(_entry(body, year, evidence) for year in years),
        )
        for body in bodies
    ]  # fmt: skip


def _years(bodies: list[Body], filters: Filters, evidence: Evidence) -> list[int]:
    if filters.years:
        ranges = year_ranges(filters.years)
        return sorted({year for first, last in ranges for year in range(first, last + 1)})
    present = {year for body in bodies for year in body.reports}
    if not present:
        return []
    newest = max(max(present), int(evidence.as_of[:4] or 1) - 1)
    return list(range(min(present), min(newest, max(present) + 10) + 1))


def _entry(body: Body, year: int, evidence: Evidence) -> Entry:
    known = body.reports.get(year)
    named = (known.agency, known.agency_id) if known else (body.agency, body.agency_id)
    due = deadline(named[0], year, named[1])
    if known is None:
        return _absent(body, year, due, evidence)
    if known.report_id in evidence.removed:
        return Entry(year, "removed", due, known)
    return Entry(year, "stated_late" if due and known.date > due else "found", due, known)


def _absent(body: Body, year: int, due: str, evidence: Evidence) -> Entry:
    """What may be said of a year without a report: no more than the evidence bears."""
    heir = successions().get(body.agency_id)
    if heir and year >= heir.year:
        told = remark("event", event(heir.event), heir.after, heir.year)
        return Entry(year, "succeeded", due, detail=told)
    took_over = [name for since, name in body.heirs if since <= year]
    if took_over:
        told = remark("reports_since", ", ".join(took_over))
        return Entry(year, "succeeded", due, detail=told)
    # Without a deadline, a look counts from the end of the year after the one reported on.
    last_day = due or f"{year + 1}-12-31"
    if last_day > evidence.as_of[:10]:
        return Entry(year, "not_due", due)
    reform = ended_by(body.agency_id, year)
    if reform:
        return Entry(year, "existence_unknown", due, detail=remark("ended_by_reform", reform))
    earlier = [other for other in body.reports if other < year]
    if not earlier and (body.declared is None or year < body.declared):
        return Entry(year, "existence_unknown", due)
    hosts = body.all_hosts()
    looked = max((evidence.looked.get(host, "") for host in hosts), default="")
    barred = max((evidence.barred.get(host, "") for host in hosts), default="")
    if barred > max(looked, last_day):
        return Entry(year, "blocked", due, detail=remark("barred", barred[:10]))
    if looked[:10] <= last_day:
        return Entry(year, "not_looked", due)
    proof = remark("reported_on", max(earlier)) if earlier else remark("declared")
    state = "missing" if due else "no_deadline"
    return Entry(year, state, due, detail=in_turn(proof, remark("looked", looked[:10])))
