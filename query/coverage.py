"""Which reports there are, which are not, and what is known of why.

A report is expected of a body only for years in which it is proved to have existed: from its first
known report, or from the year it was declared to the collection. Deadlines: `query.deadlines`.
Where the collection never looked after the deadline, nothing is known and nothing is said to be
missing. Bodies on one line of lineage share a row; where another body took its place, or a reform
may have ended it, none is expected. Nothing here says that a body broke
the law: pages move, and moves change the dates they show.
"""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import NamedTuple

from query.columns import Column, column
from query.corpus import Corpus, Row
from query.deadlines import deadline
from query.filters import Filters, where, year_ranges
from query.lineage import ended_by, lines_of, main_lines, successions
from query.series import with_relatives
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


# Scheme, user and password if any, host; a port or path follows.
_HOST = re.compile(r"[^:/]*://(?:[^/]*@)?([^/:]*)")


class Known(NamedTuple):
    """A report of an agency, as far as coverage needs it."""

    report_id: str
    year: int
    date: str
    first_seen: str
    source_url: str
    agency: str = ""
    agency_id: str = ""


class Entry(NamedTuple):
    """One agency and year. `state` is a key of `STATES`."""

    year: int
    state: str
    deadline: str
    known: Known | None = None
    detail: str = ""


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
                known.source_url, entry.detail, known.agency, known.agency_id,
            )  # fmt: skip


@dataclass(slots=True)
class _Body:
    """The agency or agencies of a row, with their reports by year and the hosts they stand on.

    `urls` are addresses of reports whose hosts are not yet among the `hosts`.

    `heirs` are bodies of other rows that share a function: the first year of each and its name.
    """

    agency: str
    agency_id: str
    region_code: str
    region: str
    reports: dict[int, Known]
    hosts: set[str]
    declared: int | None = None
    ids: tuple[str, ...] = ()
    heirs: list[tuple[int, str]] = field(default_factory=list)
    urls: list[str] = field(default_factory=list)

    def all_hosts(self) -> set[str]:
        """The hosts, those of its reports' addresses included: told only where they are asked."""
        self.hosts |= {host_of(url) for url in self.urls}
        self.hosts.discard("")
        self.urls.clear()
        return self.hosts


@dataclass(frozen=True, slots=True)
class _Evidence:
    """What the collection knows beside reports.

    `as_of` is the date of its newest capture; `looked` and `barred` tell for each host when a
    listing was last seen there and when a wall was last met.
    """

    as_of: str
    removed: frozenset[str]
    looked: dict[str, str]
    barred: dict[str, str]


def coverage(corpus: Corpus, filters: Filters) -> list[Line]:
    """A line for each agency chosen, over the years asked for or those of the corpus."""
    evidence = _evidence(corpus)
    bodies = _bodies(corpus, filters)
    years = _years(bodies, filters, evidence)
    return [
        Line(
            body.agency, body.agency_id, body.region_code, body.region,
            tuple(_entry(body, year, evidence) for year in years),
        )
        for body in bodies
    ]  # fmt: skip


def _bodies(corpus: Corpus, filters: Filters) -> list[_Body]:
    """The rows: bodies on one line joined."""
    declared = _declared(corpus)
    bodies = _each_body(corpus, filters, declared)
    mains = main_lines(corpus)
    groups: dict[str, list[_Body]] = {}
    for body in bodies.values():
        groups.setdefault(mains[body.agency_id], []).append(body)
    joined = [_joined(group) for group in groups.values()]
    _find_heirs(joined)
    return [*joined, *_declared_only(declared, filters)]


def _each_body(
    corpus: Corpus, filters: Filters, declared: dict[str, tuple[int | None, frozenset[str]]]
) -> dict[str, _Body]:
    """Each body by id; years are limited later, since earlier reports are proof."""
    chosen = where(replace(with_relatives(corpus, filters), years="", all_versions=False))
    sql = (
        "SELECT r.region_code, r.region, r.report_id, r.year,"
        " coalesce(nullif(r.stated_date, ''), r.signed_date), r.first_seen, r.source_url,"
        " r.agency, r.agency_id FROM fulltext_reports r"
        f" WHERE {chosen.sql} AND r.year IS NOT NULL AND r.agency_id <> ''"
        " ORDER BY r.region_code, r.agency_id, r.year"
    )
    bodies: dict[str, _Body] = {}
    for code, region, *facts in corpus.rows(sql, chosen.parameters):
        known = Known._make(facts)
        body = bodies.get(known.agency_id)
        if body is None:
            since, hosts = declared.pop(known.agency, (None, frozenset()))
            body = _Body(known.agency, known.agency_id, str(code), str(region), {}, set(hosts),
                         since, (known.agency_id,))  # fmt: skip
            bodies[body.agency_id] = body
        body.agency = known.agency
        body.reports.setdefault(known.year, known)
        body.urls.append(known.source_url)
    return bodies


def _joined(group: list[_Body]) -> _Body:
    """Bodies of one line as one, under the name of the latest."""
    latest, *others = sorted(group, key=lambda body: -max(body.reports))
    for other in others:
        latest.reports = other.reports | latest.reports
        latest.hosts |= other.hosts
        latest.urls += other.urls
        known = [year for year in (latest.declared, other.declared) if year is not None]
        latest.declared = min(known, default=None)
        latest.ids += other.ids
    return latest


def _find_heirs(bodies: list[_Body]) -> None:
    """Notes for each row the bodies of other rows that took up a function of it later."""
    standing: dict[str, list[_Body]] = {}
    for body in bodies:
        for line in {line for one in body.ids for line in lines_of(one)}:
            standing.setdefault(line, []).append(body)
    for body in bodies:
        last = max(body.reports)
        shared = {line for one in body.ids for line in lines_of(one)}
        others = {id(o): o for line in shared for o in standing[line] if o is not body}
        for other in others.values():
            later = [
                known
                for year, known in other.reports.items()
                if year > last and shared & set(lines_of(known.agency_id))
            ]
            if later:
                first = min(later, key=lambda known: known.year)
                body.heirs.append((first.year, first.agency))


def _declared_only(
    declared: dict[str, tuple[int | None, frozenset[str]]], filters: Filters
) -> list[_Body]:
    """Bodies declared to the collection of which no report was found."""
    return [
        _Body(agency, "", "", "", {}, set(hosts), since)
        for agency, (since, hosts) in sorted(declared.items())
        if not filters.region and filters.agency in agency
    ]


def _years(bodies: list[_Body], filters: Filters, evidence: _Evidence) -> list[int]:
    if filters.years:
        ranges = year_ranges(filters.years)
        return sorted({year for first, last in ranges for year in range(first, last + 1)})
    present = {year for body in bodies for year in body.reports}
    if not present:
        return []
    newest = max(max(present), int(evidence.as_of[:4] or 1) - 1)
    return list(range(min(present), min(newest, max(present) + 10) + 1))


def _entry(body: _Body, year: int, evidence: _Evidence) -> Entry:
    known = body.reports.get(year)
    named = (known.agency, known.agency_id) if known else (body.agency, body.agency_id)
    due = deadline(named[0], year, named[1])
    if known is None:
        return _absent(body, year, due, evidence)
    if known.report_id in evidence.removed:
        return Entry(year, "removed", due, known)
    return Entry(year, "stated_late" if due and known.date > due else "found", due, known)


def _absent(body: _Body, year: int, due: str, evidence: _Evidence) -> Entry:
    """What may be said of a year without a report: no more than the evidence bears."""
    heir = successions().get(body.agency_id)
    if heir and year >= heir.year:
        return Entry(year, "succeeded", due, detail=f"{heir.event}: {heir.after} ({heir.year})")
    took_over = [name for since, name in body.heirs if since <= year]
    if took_over:
        return Entry(year, "succeeded", due, detail=f"reports since then: {', '.join(took_over)}")
    # Without a deadline, a look counts from the end of the year after the one reported on.
    last_day = due or f"{year + 1}-12-31"
    if last_day > evidence.as_of[:10]:
        return Entry(year, "not_due", due)
    reform = ended_by(body.agency_id, year)
    if reform:
        return Entry(year, "existence_unknown", due, detail=f"may have ended by reform: {reform}")
    earlier = [other for other in body.reports if other < year]
    if not earlier and (body.declared is None or year < body.declared):
        return Entry(year, "existence_unknown", due)
    hosts = body.all_hosts()
    looked = max((evidence.looked.get(host, "") for host in hosts), default="")
    barred = max((evidence.barred.get(host, "") for host in hosts), default="")
    if barred > max(looked, last_day):
        return Entry(year, "blocked", due, detail=f"last barred {barred[:10]}")
    if looked[:10] <= last_day:
        return Entry(year, "not_looked", due)
    proof = f"reported on {max(earlier)}" if earlier else "declared to the collection"
    state = "missing" if due else "no_deadline"
    return Entry(year, state, due, detail=f"{proof}; last looked {looked[:10]}")


def _evidence(corpus: Corpus) -> _Evidence:
    latest = next(corpus.rows("SELECT max(date) FROM captures"))[0]
    seen = "role = 'listing' AND kind IN ('response', 'revisit') AND status IN (200, 304)"
    wall = "kind = 'blocked' OR status IN (403, 412, 521)"
    return _Evidence(str(latest or ""), _removed(corpus), _last(corpus, seen), _last(corpus, wall))


def _removed(corpus: Corpus) -> frozenset[str]:
    """Reports whose last sighting was followed by their removal."""
    sql = (
        "SELECT e.report_id FROM events e WHERE e.kind = 'removed' AND NOT EXISTS (SELECT 1 FROM"
        " reports r WHERE r.report_id = e.report_id AND r.captured_at > e.date)"
    )
    return frozenset(str(row[0]) for row in corpus.rows(sql))


def _last(corpus: Corpus, condition: str) -> dict[str, str]:
    """Host -> date of its last capture that meets a condition."""
    found: dict[str, str] = {}
    sql = f"SELECT url, max(date) FROM captures WHERE {condition} GROUP BY url"
    for url, date in corpus.rows(sql):
        host = host_of(str(url))
        found[host] = max(found.get(host, ""), str(date))
    return found


def host_of(url: str) -> str:
    """The host of an address, empty where it has none."""
    found = _HOST.match(url)
    return found[1].lower() if found else ""


def _declared(corpus: Corpus) -> dict[str, tuple[int | None, frozenset[str]]]:
    """Agencies a person declared -> the first year proved by it, and the hosts declared."""
    sql = "SELECT context, date, url FROM captures WHERE instr(context, '\"agency\"') ORDER BY date"
    declared: dict[str, tuple[int | None, frozenset[str]]] = {}
    for context, date, url in corpus.rows(sql):
        agency = str(json.loads(str(context)).get("agency", ""))
        if agency:
            since, hosts = declared.get(agency, (int(str(date)[:4]) - 1, frozenset()))
            declared[agency] = (since, hosts | {host_of(str(url))})
    return declared
