"""The directory of places and bodies: what is declared of them, and the reports found of each."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import astuple, dataclass, fields

from parsers.declared.places import OPEN_END, OPEN_START, PlaceDeclarations, Region
from parsers.who import lineage
from parsers.who.regions import lies_in
from query.columns import Column, column
from query.corpus import Corpus, Row
from query.filters import Where
from query.lineage import lines_of, relatives, standings

_MOST_PARAMETERS = 900


@dataclass(frozen=True, slots=True)
class Entry:
    """A row of the directory. `record` says what it tells.

    `body` or `region`: what was asked for, under a name that it may have carried; `inside`: a
    region within it; `line`: a line that the body stands on; `step`: `id` went over into `after`;
    `reports`: a body on the line, or in the region, with reports in the archive. Years are those of
    the name, the step or the reports; 0 where they are not known or not bounded.
    """

    record: str
    id: str
    name: str = ""
    level: str = ""
    within: str = ""
    first_year: int = 0
    last_year: int = 0
    reports: int = 0
    after: str = ""
    event: str = ""
    basis: str = ""
    source: str = ""

    def row(self) -> Row:
        """Its cells; what is unknown or does not apply is empty."""
        return tuple(value or None for value in astuple(self))


_LABELS = {
    "record": "What the row tells: body, region, inside, line, step or reports",
    "id": "Division code or agency id",
    "name": "Name",
    "level": "Level of government 层级",
    "within": "The region around it",
    "after": "What it went over into; empty where no government body took it up",
    "event": "How: renamed, merged, succeeded ...",
    "basis": "declared for these two, or by rule",
    "source": "Where that is said",
}
_YEARS = ("first_year", "last_year", "reports")
COLUMNS = tuple(
    column(field.name) if field.name in _YEARS else Column(field.name, "text", _LABELS[field.name])
    for field in fields(Entry)
)
REPORT_COLUMNS = tuple(
    column(name, "reports")
    for name in ("agency_id", "agency", "year", "title", "report_id", "source_url")
)


def region_entries(
    region: Region, declared: PlaceDeclarations, year: int | None, inside: bool
) -> Iterator[Entry]:
    """A region, the steps before and after it and, if asked, the regions inside."""
    yield _region("region", region, declared)
    for step in declared.successions:
        if region.identity in {step.before, step.after}:
            yield Entry(
                "step",
                step.before,
                first_year=step.year,
                last_year=step.year,
                after=step.after,
                event=step.event,
                basis="declared",
                source=step.source,
            )
    for inner in declared.regions if inside else ():
        if inner.identity != region.identity and lies_in(inner, region) and inner.valid_in(year):
            yield _region("inside", inner, declared)


def _region(record: str, region: Region, declared: PlaceDeclarations) -> Entry:
    above = declared.region(region.parent)
    first = 0 if region.first == OPEN_START else region.first // 100
    last = 0 if region.last == OPEN_END else region.last // 100
    around = above.name if above else ""
    return Entry(record, region.code, region.name, region.level, around, first, last)


def body_entries(agency_id: str, name: str, declared: PlaceDeclarations) -> Iterator[Entry]:
    """A body, the lines it stands on and every step before and after it."""
    yield Entry("body", agency_id, name)
    for line in lines_of(agency_id):
        yield Entry("line", line)
    for link in lineage(agency_id, declared):
        yield Entry(
            "step",
            link.before,
            first_year=link.first_year,
            last_year=link.last_year,
            after=link.after,
            event=link.event,
            basis="declared" if link.declared else "by rule",
            source=link.source,
        )


def found_of_bodies(corpus: Corpus, agency_ids: Sequence[str]) -> Iterator[Entry]:
    """The bodies on a line with one of these that have reports in the archive."""
    for one in standings(corpus, agency_ids):
        years = (one.first_year, one.last_year)
        yield Entry("reports", one.agency_id, one.agency, "", "", *years, one.reports)


def found_in_regions(corpus: Corpus, regions: Iterable[Region], inside: bool) -> Iterator[Entry]:
    """The bodies of the regions, or of those inside too, that have reports in the archive."""
    chosen = in_regions(regions, inside)
    sql = (
        "SELECT 'reports', agency_id, max(agency), max(level), max(region), min(year), max(year),"
        f" count(*) FROM reports r WHERE {chosen.sql} AND preferred = 1 AND year IS NOT NULL"
        " GROUP BY agency_id ORDER BY 2"
    )
    for row in corpus.rows(sql, chosen.parameters):
        yield Entry(*row)  # type: ignore[arg-type]


def in_regions(regions: Iterable[Region], inside: bool) -> Where:
    """The condition on `reports r` that their region is one of these, or lies in one."""
    chosen = Where()
    codes = [_prefix(region) if inside else region.code for region in regions]
    test = "substr(r.region_code, 1, length(?1)) = ?1" if inside else "r.region_code = ?1"
    tests = [test.replace("?1", f"?{n}") for n, _ in enumerate(codes, 1)]
    chosen.add(f"({' OR '.join(tests)})", *codes)
    return chosen


def _prefix(region: Region) -> str:
    width = {"national": 0, "province": 2, "prefecture": 4}.get(region.level, 6)
    return region.code if region.zone else region.code[:width]


def of_bodies(corpus: Corpus, agency_ids: Sequence[str]) -> Where:
    """The condition on `reports r` that their body stands on a line with one of these."""
    bodies = sorted(relatives(corpus, agency_ids))[:_MOST_PARAMETERS]
    chosen = Where()
    chosen.add(f"r.agency_id IN ({', '.join('?' * len(bodies))})", *bodies)
    return chosen


def reports(corpus: Corpus, chosen: Where) -> Iterator[Row]:
    """The preferred reports that a condition chooses, a row each, in `REPORT_COLUMNS`."""
    names = ", ".join(f"r.{one.name}" for one in REPORT_COLUMNS)
    sql = (
        f"SELECT {names} FROM reports r WHERE {chosen.sql} AND r.preferred = 1"
        " ORDER BY r.year, r.agency_id, r.report_id"
    )
    return corpus.rows(sql, chosen.parameters)
