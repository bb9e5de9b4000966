"""Which reports there are, which are not, and what is known of why.

A report is expected of a body only for years in which it is proved to have existed: from its first
known report, or from the year it was declared to the collection. Deadlines: until the report of
2018, 31 March of the next year for all (Regulations of 2008, art. 31); from that of 2019, 31
January for departments and 31 March for governments (Regulations of 2019, art. 49 and 50).
Nothing here says that a body broke the law: pages move, and moves change the dates they show.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import urlsplit

from query.columns import column
from query.corpus import Corpus, Row
from query.filters import Filters, where, year_ranges

FIRST_YEAR_OF_NEW_LAW = 2019
GOVERNMENT_ENDINGS = ("人民政府", "政府办公室", "政府办公厅", "管理委员会")

STATES = {
    "found": ("●", "found 已发现"),
    "stated_late": ("◐", "found; the date it states is after the deadline 所示日期晚于期限"),
    "removed": ("⊘", "was captured, later gone from its address 曾采集，原址已不可见"),
    "blocked": ("▣", "not seen; the site barred the way 网站拒绝访问"),
    "missing": ("○", "not found, though the body existed 未发现"),
    "not_due": ("…", "not due when last looked 尚未到期"),
    "existence_unknown": ("?", "no proof that the body existed 机关是否存在不详"),
}
COLUMNS = (
    *(column(name) for name in ("agency", "agency_id", "region_code", "region", "year")),
    *(column(name) for name in ("coverage", "deadline", "stated_date", "first_seen")),
    *(column(name) for name in ("report_id", "source_url", "detail")),
)


@dataclass(frozen=True, slots=True)
class Known:
    """A report of an agency, as far as coverage needs it."""

    report_id: str
    year: int
    date: str
    first_seen: str
    source_url: str


@dataclass(frozen=True, slots=True)
class Entry:
    """One agency and year. `state` is a key of `STATES`."""

    year: int
    state: str
    deadline: str
    known: Known | None = None
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """One agency through the years."""

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
                known.source_url, entry.detail,
            )  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Evidence:
    """What the collection knows beside reports. `as_of` is the date it last looked."""

    as_of: str
    removed: frozenset[str]
    barred: frozenset[str]
    declared: dict[str, int]


def deadline(agency: str, year: int) -> str:
    """The last day for the report of `year`, ISO."""
    department = year >= FIRST_YEAR_OF_NEW_LAW and not agency.endswith(GOVERNMENT_ENDINGS)
    return f"{year + 1}-{'01-31' if department else '03-31'}"


def coverage(corpus: Corpus, filters: Filters) -> list[Line]:
    """A line for each agency chosen, over the years asked for or those of the corpus."""
    evidence = _evidence(corpus)
    reports = _reports(corpus, filters)
    years = _years(reports, filters, evidence)
    lines = [
        Line(*who, tuple(_entry(who[0], year, mine, evidence) for year in years))
        for who, mine in reports.items()
    ]
    return lines + _declared_only(reports, filters, years, evidence)


def _reports(corpus: Corpus, filters: Filters) -> dict[tuple[str, str, str, str], dict[int, Known]]:
    """Agency -> year -> its report; the years are limited later, since earlier ones are proof."""
    chosen = where(Filters(filters.agency, filters.region, "", filters.form, filters.scope))
    sql = (
        "SELECT r.agency_id, r.agency, r.region_code, r.region, r.report_id, r.year,"
        " coalesce(nullif(r.stated_date, ''), r.signed_date), r.first_seen, r.source_url"
        f" FROM reports r WHERE {chosen.sql} AND r.year IS NOT NULL AND r.agency_id <> ''"
        " ORDER BY r.region_code, r.agency_id, r.year"
    )
    names: dict[str, tuple[str, str, str, str]] = {}
    found: dict[str, dict[int, Known]] = {}
    for agency_id, agency, code, region, *facts in corpus.rows(sql, chosen.parameters):
        known = Known(*facts)  # type: ignore[arg-type]
        names[str(agency_id)] = (str(agency), str(agency_id), str(code), str(region))
        found.setdefault(str(agency_id), {}).setdefault(known.year, known)
    return {names[agency_id]: years for agency_id, years in found.items()}


def _years(
    reports: dict[tuple[str, str, str, str], dict[int, Known]], filters: Filters,
    evidence: _Evidence,
) -> list[int]:  # fmt: skip
    if filters.years:
        ranges = year_ranges(filters.years)
        return sorted({year for first, last in ranges for year in range(first, last + 1)})
    present = {year for years in reports.values() for year in years}
    if not present:
        return []
    newest = max(max(present), int(evidence.as_of[:4] or 1) - 1)
    return list(range(min(present), min(newest, max(present) + 10) + 1))


def _entry(agency: str, year: int, mine: dict[int, Known], evidence: _Evidence) -> Entry:
    due = deadline(agency, year)
    known = mine.get(year)
    if known:
        if known.report_id in evidence.removed:
            return Entry(year, "removed", due, known)
        late = known.date > due
        return Entry(year, "stated_late" if late else "found", due, known)
    if due > evidence.as_of[:10]:
        return Entry(year, "not_due", due)
    earlier = [other for other in mine if other < year]
    if not earlier and evidence.declared.get(agency, year + 1) > year:
        return Entry(year, "existence_unknown", due)
    hosts = {urlsplit(other.source_url).hostname for other in mine.values()}
    if barred := sorted(host for host in hosts if host and host in evidence.barred):
        return Entry(year, "blocked", due, detail=f"barred by {', '.join(barred)}")
    proof = f"it reported on {max(earlier)}" if earlier else "it was declared to the collection"
    return Entry(year, "missing", due, detail=proof)


def _evidence(corpus: Corpus) -> _Evidence:
    latest = next(corpus.rows("SELECT max(date) FROM captures"))[0]
    return _Evidence(str(latest or ""), _removed(corpus), _barred(corpus), _declared(corpus))


def _removed(corpus: Corpus) -> frozenset[str]:
    """Reports whose last sighting was followed by their removal."""
    sql = (
        "SELECT e.report_id FROM events e WHERE e.kind = 'removed' AND NOT EXISTS (SELECT 1 FROM"
        " reports r WHERE r.report_id = e.report_id AND r.captured_at > e.date)"
    )
    return frozenset(str(row[0]) for row in corpus.rows(sql))


def _barred(corpus: Corpus) -> frozenset[str]:
    sql = "SELECT DISTINCT url FROM captures WHERE kind = 'blocked' OR status IN (403, 412, 521)"
    hosts = (urlsplit(str(row[0])).hostname for row in corpus.rows(sql))
    return frozenset(host for host in hosts if host)


def _declared(corpus: Corpus) -> dict[str, int]:
    """Agencies a person declared to the collection -> the year they were declared."""
    sql = "SELECT context, date FROM captures WHERE instr(context, '\"agency\"') ORDER BY date"
    declared: dict[str, int] = {}
    for context, date in corpus.rows(sql):
        agency = str(json.loads(str(context)).get("agency", ""))
        if agency:
            declared.setdefault(agency, int(str(date)[:4]) - 1)
    return declared


def _declared_only(
    reports: dict[tuple[str, str, str, str], dict[int, Known]], filters: Filters,
    years: list[int], evidence: _Evidence,
) -> list[Line]:  # fmt: skip
    known = {who[0] for who in reports}
    wanted = [
        agency for agency in sorted(evidence.declared)
        if agency not in known and not filters.region and filters.agency in agency
    ]  # fmt: skip
    return [
        Line(agency, "", "", "", tuple(_entry(agency, year, {}, evidence) for year in years))
        for agency in wanted
    ]
