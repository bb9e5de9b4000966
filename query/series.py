"""An indicator over the years, for agencies or regions."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

from query.cells import Figure, Subject, figures
from query.columns import Column, column
from query.concordance import Variable
from query.corpus import Corpus, Row
from query.filters import Filters, year_ranges

COLUMNS = (
    *(column(name) for name in ("agency", "agency_id", "region_code", "scope", "year")),
    Column("value", "number", "Value in the indicator's unit"),
    *(column(name) for name in ("unit", "status", "method", "qualifier", "indicator")),
    *(column(name) for name in ("relation", "form", "raw", "note")),
    *(column(name) for name in ("report_id", "observation_id", "source_url", "snapshot")),
)


@dataclass(frozen=True, slots=True)
class Point:
    """A year of a series. `subject` is None where no report of the year was found."""

    year: int
    figure: Figure
    subject: Subject | None


@dataclass(frozen=True, slots=True)
class Series:
    """One agency's series. `breaks` are the years in which the indicator behind it changes."""

    agency: str
    agency_id: str
    region_code: str
    scope: str
    points: tuple[Point, ...]

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
            )  # fmt: skip


def series(corpus: Corpus, variable: Variable, filters: Filters) -> Iterator[Series]:
    """The series of each agency and scope chosen, years without a report included."""
    made = figures(corpus, [variable], filters)
    found = ((subject, by_name[variable.name]) for subject, by_name in made)
    known = sorted((pair for pair in found if pair[0].year is not None), key=_order)
    for _, group in groupby(known, key=lambda pair: pair[0].key):
        yield _one(list(group), filters.years)


def _order(pair: tuple[Subject, Figure]) -> tuple[tuple[str, str], int]:
    return (pair[0].key, pair[0].year or 0)


def _one(found: list[tuple[Subject, Figure]], years: str) -> Series:
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
