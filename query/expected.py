"""The bodies of a corpus with their reports, those on one line of lineage joined."""

from dataclasses import dataclass, field, replace
from typing import NamedTuple

from query.corpus import Corpus
from query.filters import Filters, where
from query.lineage import lines_of, main_lines
from query.series import with_relatives
from query.sightings import declared_agencies, host_of


class Known(NamedTuple):
    """A report of an agency, as far as coverage needs it."""

    report_id: str
    year: int
    date: str
    first_seen: str
    source_url: str
    agency: str = ""
    agency_id: str = ""


@dataclass(slots=True)
class Body:
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


def bodies_of(corpus: Corpus, filters: Filters) -> list[Body]:
    """The rows: bodies on one line joined."""
    declared = declared_agencies(corpus)
    bodies = _each_body(corpus, filters, declared)
    mains = main_lines(corpus)
    groups: dict[str, list[Body]] = {}
    for body in bodies.values():
        groups.setdefault(mains[body.agency_id], []).append(body)
    joined = [_joined(group) for group in groups.values()]
    _find_heirs(joined)
    return [*joined, *_declared_only(declared, filters)]


def _each_body(
    corpus: Corpus, filters: Filters, declared: dict[str, tuple[int | None, frozenset[str]]]
) -> dict[str, Body]:
    """Each body by id; years are limited later, since earlier reports are proof."""
    chosen = where(replace(with_relatives(corpus, filters), years="", all_versions=False))
    sql = (
        "SELECT r.region_code, r.region, r.report_id, r.year,"
        " coalesce(nullif(r.stated_date, ''), r.signed_date), r.first_seen, r.source_url,"
        " r.agency, r.agency_id FROM reports r"
        f" WHERE {chosen.sql} AND r.year IS NOT NULL AND r.agency_id <> ''"
        " ORDER BY r.region_code, r.agency_id, r.year"
    )
    bodies: dict[str, Body] = {}
    for code, region, *facts in corpus.rows(sql, chosen.parameters):
        known = Known._make(facts)
        body = bodies.get(known.agency_id)
        if body is None:
            since, hosts = declared.pop(known.agency, (None, frozenset()))
            body = Body(known.agency, known.agency_id, str(code), str(region), {}, set(hosts),
                         since, (known.agency_id,))  # fmt: skip
            bodies[body.agency_id] = body
        body.agency = known.agency
        body.reports.setdefault(known.year, known)
        body.urls.append(known.source_url)
    return bodies


def _joined(group: list[Body]) -> Body:
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


def _find_heirs(bodies: list[Body]) -> None:
    """Notes for each row the bodies of other rows that took up a function of it later."""
    standing: dict[str, list[Body]] = {}
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
) -> list[Body]:
    """Bodies declared to the collection of which no report was found."""
    return [
        Body(agency, "", "", "", {}, set(hosts), since)
        for agency, (since, hosts) in sorted(declared.items())
        if not filters.region and filters.agency in agency
    ]
