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
from query.coverage import STATES, Entry, Line, coverage
from query.deadlines import kind_of, law
from query.filters import Filters
from query.listings import Columns, china_day, read_columns
from query.remarks import NONE, in_turn, remark, under
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
    " FROM reports WHERE agency_id <> '' ORDER BY report_id, snapshot"
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


@dataclass(frozen=True, slots=True)
class Finding:
    """What is known of one agency and year. `detail` is what must be told beside the verdict."""

    line: Line
    entry: Entry
    dates: Dates
    verdict: str
    detail: Words

    def row(self) -> Row:
        """The finding under `COLUMNS`."""
        line, entry, dates, known = self.line, self.entry, self.dates, self.entry.known
        agency, agency_id = _body(line, entry)
        return (
            agency, agency_id, line.region_code, line.region, entry.year, self.verdict,
            entry.deadline, kind_of(agency, agency_id), law(entry.year), dates.stated,
            dates.signed, dates.seen, known.report_id if known else "",
            known.source_url if known else "", self.detail.english,
        )  # fmt: skip


def findings(corpus: Corpus, filters: Filters) -> Iterator[Finding]:
    """A finding for each agency and year."""
    evidence = _evidence(corpus)
    for line in coverage(corpus, filters):
        for entry in line.entries:
            yield _finding(line, entry, evidence)


def compliance(corpus: Corpus, filters: Filters) -> Iterator[Row]:
    """A row for each agency and year, under `COLUMNS`."""
    return (finding.row() for finding in findings(corpus, filters))


def judge_dates(dates: Dates, due: str) -> tuple[str, Words]:
    """The verdict on a report that was published, and what must be told beside it."""
    if not due:
        return "no_deadline", NONE
    if dates.seen and dates.seen <= due:
        return "seen_on_time" if not dates.stated or dates.stated > due else "on_time", NONE
    if not dates.stated:
        return "undated", remark("signed", dates.signed) if dates.signed else NONE
    if dates.stated <= due:
        return "on_time", NONE
    return "late", _against(dates, due)


def _against(dates: Dates, due: str) -> Words:
    """What speaks against a stated date after the deadline."""
    told = []
    if dates.earliest_stated <= due:
        told.append(remark("stated_otherwise", dates.earliest_stated))
    if dates.signed and dates.signed <= due:
        told.append(remark("signed_on_time", dates.signed))
    if dates.seen and dates.seen < dates.stated:
        told.append(remark("seen_earlier", dates.seen))
    return in_turn(*told, remark("may_be_redated")) if told else NONE


def _finding(line: Line, entry: Entry, evidence: _Evidence) -> Finding:
    dates = evidence.dates.get((_body(line, entry)[1], entry.year), Dates())
    if not entry.known:
        return Finding(line, entry, dates, *_absent(line, entry, evidence))
    verdict, detail = judge_dates(dates, entry.deadline)
    gone = remark("later_gone") if entry.state == "removed" else NONE
    return Finding(line, entry, dates, verdict, in_turn(detail, gone))


def _body(line: Line, entry: Entry) -> tuple[str, str]:
    """The name and id of the body that reported, else the latest on its line."""
    one = entry.known or line
    return one.agency, one.agency_id


def _absent(line: Line, entry: Entry, evidence: _Evidence) -> tuple[str, Words]:
    """What may be said of a year without a report: never more than the evidence bears."""
    if entry.state in ("not_due", "no_deadline"):
        return entry.state, entry.detail
    if entry.state != "missing":
        state = Words(entry.state, STATES[entry.state][1].chinese)
        return "unknown", under(state, entry.detail)
    bodies = {(one.known.agency_id, one.known.agency) for one in line.entries if one.known}
    ids, names = zip(*bodies | {(line.agency_id, line.agency)}, strict=True)
    if evidence.unplaced & set(ids):
        return "unknown", remark("year_untold")
    columns = evidence.columns.of(ids, names)
    if any(evidence.columns.lacks(one.named.get(entry.year, ())) for one in columns):
        return "unknown", remark("column_names_more")
    read_on = max((one.read_on for one in columns), default="")
    if read_on <= entry.deadline:
        return "unknown", remark("column_not_read")
    return "not_published", in_turn(remark("not_in_column", read_on), entry.detail)


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
