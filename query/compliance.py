"""Was a report published in time? The dates known of it, beside the legal deadline.

A date that a page states is the page's word: pages that move are often re-dated. So `late` says
only that the stated date is after the deadline; what speaks against it is told beside it. That a
report was `not_published` is said only where the body's own column was read after the deadline and
does not name it.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from query.columns import Column, column
from query.corpus import Corpus, Row
from query.coverage import Entry, Line, coverage
from query.deadlines import kind_of, law
from query.filters import Filters
from query.listings import Columns, china_day, read_columns
from query.words import Words

VERDICTS = {
    "on_time": Words("the date it states is not after the deadline", "所示日期在期限内"),
    "seen_on_time": Words("captured by the deadline, whatever it states", "期限内已采集"),
    "late": Words("the date it states is after the deadline", "所示日期晚于期限"),
    "undated": Words("published; it states no date", "已公开，未注明日期"),
    "no_deadline": Words("the law states no deadline", "法规未定期限"),
    "not_published": Words(
        "its column was read after the deadline and does not name it", "期限后栏目中未见"),
    "not_due": Words("not due when last looked", "尚未到期"),
    "unknown": Words("not enough is known", "情况不明"),
}  # fmt: skip
COLUMNS = (
    *(column(name) for name in ("agency", "agency_id", "region_code", "region", "year")),
    Column("verdict", "text", "on_time, seen_on_time, late, undated, not_published, unknown ..."),
    column("deadline"),
    Column("body_kind", "text", "What the law counts it as: department, government, township"),
    Column("law", "text", "Regulations and article"),
    *(column(name) for name in ("stated_date", "signed_date", "first_seen")),
    *(column(name) for name in ("report_id", "source_url", "detail")),
)

_DATES = (
    "SELECT agency_id, year, preferred, stated_date, signed_date, first_seen"
    " FROM fulltext_reports WHERE agency_id <> '' ORDER BY report_id, snapshot"
)


@dataclass(slots=True)
class Dates:
    """What is known of when a body's report on a year came out; days are ISO, China's."""

    stated: str = ""
    signed: str = ""
    seen: str = ""
    earliest_stated: str = ""

    def add(self, stated: str, signed: str, seen: str, preferred: bool) -> None:
        """Adds a capture. Preferred dates are shown; the earliest of all is kept beside them."""
        if preferred:
            self.stated, self.signed = stated, signed
        self.seen = _earlier(self.seen, seen)
        self.earliest_stated = _earlier(self.earliest_stated, stated)


@dataclass(frozen=True, slots=True)
class _Evidence:
    """Dates by agency id and year, the columns, and bodies with a report of an unknown year."""

    dates: dict[tuple[str, int], Dates]
    columns: Columns
    unplaced: frozenset[str]


def compliance(corpus: Corpus, filters: Filters) -> Iterator[Row]:
    """A row for each agency and year, under `COLUMNS`."""
    evidence = _evidence(corpus)
    for line in coverage(corpus, filters):
        for entry in line.entries:
            yield _row(line, entry, evidence)


def judge_dates(dates: Dates, due: str) -> tuple[str, str]:
    """The verdict on a report that was published, and what must be told beside it."""
    if not due:
        return "no_deadline", ""
    if dates.seen and dates.seen <= due:
        return "seen_on_time" if not dates.stated or dates.stated > due else "on_time", ""
    if not dates.stated:
        return "undated", f"signed {dates.signed}" if dates.signed else ""
    if dates.stated <= due:
        return "on_time", ""
    return "late", _against(dates, due)


def _against(dates: Dates, due: str) -> str:
    """What speaks against a stated date after the deadline."""
    told = []
    if dates.earliest_stated <= due:
        told.append(f"another capture states {dates.earliest_stated}")
    if dates.signed and dates.signed <= due:
        told.append(f"signed {dates.signed}, by the deadline")
    if dates.seen and dates.seen < dates.stated:
        told.append(f"first seen {dates.seen}, before the date it states")
    return "; ".join([*told, "the page may have been re-dated"]) if told else ""


def _row(line: Line, entry: Entry, evidence: _Evidence) -> Row:
    known = entry.known
    agency = known.agency if known else line.agency
    agency_id = known.agency_id if known else line.agency_id
    dates = evidence.dates.get((agency_id, entry.year), Dates())
    if known:
        verdict, detail = judge_dates(dates, entry.deadline)
        if entry.state == "removed":
            detail = "; ".join(filter(None, [detail, "later gone from its address"]))
    else:
        verdict, detail = _absent(line, entry, evidence)
    return (
        agency, agency_id, line.region_code, line.region, entry.year, verdict, entry.deadline,
        kind_of(agency, agency_id), law(entry.year), dates.stated, dates.signed, dates.seen,
        known.report_id if known else "", known.source_url if known else "", detail,
    )  # fmt: skip


def _absent(line: Line, entry: Entry, evidence: _Evidence) -> tuple[str, str]:
    """What may be said of a year without a report: never more than the evidence bears."""
    if entry.state in ("not_due", "no_deadline"):
        return entry.state, entry.detail
    if entry.state != "missing":
        return "unknown", ": ".join(filter(None, [entry.state, entry.detail]))
    bodies = {(one.known.agency_id, one.known.agency) for one in line.entries if one.known}
    ids, names = zip(*bodies | {(line.agency_id, line.agency)}, strict=True)
    if evidence.unplaced & set(ids):
        return "unknown", "a report is kept whose year could not be told"
    columns = evidence.columns.of(ids, names)
    if any(evidence.columns.lacks(one.named.get(entry.year, ())) for one in columns):
        return "unknown", "its column names a report that was not captured or not read"
    read_on = max((one.read_on for one in columns), default="")
    if read_on <= entry.deadline:
        return "unknown", "its column was not read after the deadline"
    return "not_published", f"not in its column, last read {read_on}; {entry.detail}"


def _evidence(corpus: Corpus) -> _Evidence:
    dates: dict[tuple[str, int], Dates] = {}
    unplaced = set()
    for agency, year, preferred, stated, signed, seen in corpus.rows(_DATES):
        agency_id = str(agency)
        if not isinstance(year, int):
            unplaced.add(agency_id)
            continue
        known = dates.get((agency_id, year))
        if known is None:
            known = dates[agency_id, year] = Dates()
        known.add(str(stated), str(signed), china_day(str(seen)), bool(preferred))
    return _Evidence(dates, read_columns(corpus), frozenset(unplaced))


def _earlier(one: str, other: str) -> str:
    return min(one, other) if one and other else one or other
