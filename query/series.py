"""An indicator over the years, for agencies or regions, through renames and reforms."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from query.cells import Figure, Subject, figures
from query.columns import Column, column
from query.concordance import Variable
from query.corpus import Corpus, Row
from query.filters import Filters, where, year_ranges
from query.lineage import lines_of, relatives

COLUMNS = (
    *(column(name) for name in ("agency", "agency_id", "region_code", "scope", "year")),
    Column("value", "number", "Value in the indicator's unit"),
    *(column(name) for name in ("unit", "status", "method", "qualifier", "indicator")),
    *(column(name) for name in ("relation", "form", "raw", "note")),
    *(column(name) for name in ("report_id", "observation_id", "source_url", "snapshot")),
    Column("body", "text", "Agency that reported that year; the series bears its latest name"),
    Column("body_id", "text", "Its id"),
    Column("body_lines", "text", "Lines it stands on; several: its figures count more than one"),
)

Found = tuple[Subject, Figure]


@dataclass(frozen=True, slots=True)
class Point:
    """A year of a series. `subject` is None where no report of the year was found."""

    year: int
    figure: Figure
    subject: Subject | None

    @property
    def lines(self) -> tuple[str, ...]:
        """The lines of the body that reported; of several, its figure counts more than one."""
        return lines_of(self.subject.agency_id) if self.subject else ()


@dataclass(frozen=True, slots=True)
class Series:
    """The series of an agency, or of all that stood on one line, under the latest name.

    `line` is set where several bodies are joined.
    """

    agency: str
    agency_id: str
    region_code: str
    scope: str
    points: tuple[Point, ...]
    line: str = ""

    @property
    def breaks(self) -> tuple[int, ...]:
        """Years whose figure is by another definition than the last one before."""
        found, last = [], ""
        for point in self.points:
            code = point.figure.indicator if point.figure.status == "reported" else ""
            if code and last and code != last:
                found.append(point.year)
            last = code or last
        return tuple(found)

    @property
    def handovers(self) -> dict[int, str]:
        """Years in which another body reports than the last time -> what that body is."""
        found: dict[int, str] = {}
        last = ""
        for subject in (point.subject for point in self.points if point.subject):
            if last and subject.agency_id != last:
                found[subject.year or 0] = _said(subject)
            last = subject.agency_id
        return found

    def rows(self) -> Iterator[Row]:
        """One row a year, under `COLUMNS`."""
        who = (self.agency, self.agency_id, self.region_code, self.scope)
        for point in self.points:
            figure, subject = point.figure, point.subject
            yield (
                *who, point.year, figure.value, figure.unit, figure.status, figure.method,
                figure.qualifier if figure.status == "reported" else "", figure.indicator,
                figure.relation, subject.form if subject else "", figure.raw, figure.note,
                subject.report_id if subject else "", figure.observation_id,
                subject.source_url if subject else "", subject.snapshot if subject else "",
                subject.agency if subject else "", subject.agency_id if subject else "",
                " ".join(point.lines),
            )  # fmt: skip


def _said(subject: Subject) -> str:
    several = len(lines_of(subject.agency_id)) > 1
    return f"{subject.agency}{'（多项职能 several functions）' if several else ''}"


def series(corpus: Corpus, variable: Variable, filters: Filters) -> Iterator[Series]:
    """The series of each agency and scope chosen, years without a report included.

    Bodies that stand on one line are one series of it, be they named by the filter or not. A body
    with several functions stands in the series of each line that others stand on.
    """
    return next(several_series(corpus, [variable], filters))


def several_series(
    corpus: Corpus, variables: Sequence[Variable], filters: Filters
) -> Iterator[Iterator[Series]]:
    """For each variable what `series` gives, by one query of the corpus."""
    made = figures(corpus, variables, with_relatives(corpus, filters))
    dated = [(one, by_name) for one, by_name in made if one.year is not None]
    for variable in variables:
        yield _series([(one, by_name[variable.name]) for one, by_name in dated], filters.years)


def _series(found: list[Found], years: str) -> Iterator[Series]:
    groups: dict[tuple[str, str, str], list[Found]] = {}
    shared = _shared_lines({(one.agency_id, one.scope) for one, _ in found if one.agency_id})
    for subject, figure in found:
        joined = [one for one in lines_of(subject.agency_id) if (one, subject.scope) in shared]
        for line in joined or [""]:
            key = ("", line, subject.scope) if line else (*subject.key, "")
            groups.setdefault(key, []).append((subject, figure))
    made_of = ((key, _one(group, years)) for key, group in groups.items())
    joined_first = sorted(made_of, key=lambda pair: (pair[1].agency_id, pair[0]))
    for (first, line, _), one in joined_first:
        yield one if first else replace(one, line=line)


def with_relatives(corpus: Corpus, filters: Filters) -> Filters:
    """The filter with the bodies it means by name, and those before and after them."""
    if not filters.agency:
        return filters
    chosen = where(Filters(agency=filters.agency, all_versions=True), "f")
    sql = f"SELECT DISTINCT agency_id FROM reports f WHERE {chosen.sql}"
    known = {str(row[0]) for row in corpus.rows(sql, chosen.parameters)}
    if not known or "" in known:  # some reports can be told by their printed name only
        return filters
    return replace(filters, agency="", bodies=tuple(sorted(relatives(corpus, known))))


def _shared_lines(bodies: set[tuple[str, str]]) -> set[tuple[str, str]]:
    """The lines, each with a scope, on which several of the bodies stand."""
    standing: dict[tuple[str, str], set[str]] = {}
    for agency_id, scope in bodies:
        for line in lines_of(agency_id):
            standing.setdefault((line, scope), set()).add(agency_id)
    return {key for key, ids in standing.items() if len(ids) > 1}


def _one(found: list[Found], years: str) -> Series:
    found = sorted(found, key=lambda pair: (pair[0].year or 0, pair[0].agency_id))
    subject = found[-1][0]
    asked = year_ranges(years) if years else []
    present = {pair[0].year or 0 for pair in found}
    covered = {year for first, last in asked for year in range(first, last + 1)}
    covered |= set(range(min(present), max(present) + 1)) if not covered else set()
    points = [Point(of.year or 0, figure, of) for of, figure in found]
    points += [Point(year, Figure("not_found"), None) for year in covered - present]
    points.sort(key=lambda point: point.year)
    return Series(
        subject.agency, subject.agency_id, subject.region_code, subject.scope, tuple(points)
    )
