"""Which reports are meant: the options that most commands share, and their SQL."""

from dataclasses import dataclass, field

from archive.errors import UsageError
from query.corpus import Value

MOST_YEARS = 200
LAST_CHARACTER = "\U0010ffff"


@dataclass(frozen=True, slots=True)
class Filters:
    """A choice of reports. Empty fields choose all.

    `agency` is an agency id or a part of a name, `region` a division code (its zeros at the end
    stand for all below) or a part of a region's name, `years` as `2019`, `2019-2022`, `2018,2021`.
    `bodies` are agency ids found beforehand, in place of `agency`.
    """

    agency: str = ""
    region: str = ""
    years: str = ""
    form: str = ""
    scope: str = ""
    all_versions: bool = False
    bodies: tuple[str, ...] = ()


@dataclass(slots=True)
class Where:
    """Conditions joined by AND, with their parameters."""

    conditions: list[str] = field(default_factory=list)
    parameters: list[Value] = field(default_factory=list)

    def add(self, condition: str, *parameters: Value) -> None:
        """Adds a condition with a `?` for each parameter."""
        self.conditions.append(condition)
        self.parameters += parameters

    @property
    def sql(self) -> str:
        """The condition, true where there is none."""
        return " AND ".join(self.conditions) or "1"


def where(filters: Filters, table: str = "r") -> Where:
    """The conditions on table `reports`, under the name `table`."""
    chosen = Where()
    if not filters.all_versions:
        chosen.add(f"{table}.preferred = 1")
    if filters.agency:
        chosen.add(
            f"(instr({table}.agency, ?) OR {table}.agency_id = ? OR"
            f" instr({table}.agency_printed, ?))",
            *[filters.agency] * 3,
        )
    if filters.bodies:
        marks = ", ".join("?" * len(filters.bodies))
        chosen.add(f"{table}.agency_id IN ({marks})", *filters.bodies)
    if filters.region:
        add_region(chosen, filters.region, table)
    if filters.years:
        add_years(chosen, filters.years, f"{table}.year")
    if filters.form:
        chosen.add(f"instr('+' || {table}.form || '+', ?)", f"+{filters.form}+")
    if filters.scope:
        chosen.add(f"{table}.scope = ?", filters.scope)
    return chosen


def add_region(chosen: Where, region: str, table: str) -> None:
    """Limits to a region: a code with all that lies below it, or a part of a name."""
    if not region.isdigit():
        chosen.add(f"instr({table}.region, ?)", region)
        return
    if len(region) > 12:
        raise UsageError(f"no division code: {region[:20]}")
    first = region_prefix(region)
    code = f"{table}.region_code"
    chosen.add(f"{code} >= ? AND {code} < ?", first, f"{first}{LAST_CHARACTER}")


def region_prefix(code: str) -> str:
    """A division code without the pairs of zeros at its end: 370000 is 37, 370100 is 3701."""
    while len(code) > 2 and len(code) % 2 == 0 and code.endswith("00"):
        code = code[:-2]
    return code


def add_years(chosen: Where, years: str, column: str) -> None:
    """Limits to years, written `2019`, `2019-2022` or `2018,2021`."""
    ranges = year_ranges(years)
    chosen.add(
        "(" + " OR ".join([f"{column} BETWEEN ? AND ?"] * len(ranges)) + ")",
        *[year for pair in ranges for year in pair],
    )


def year_ranges(years: str) -> list[tuple[int, int]]:
    """First and last year of each range written.

    Raises:
        UsageError: the text is not a list of years.
    """
    ranges = []
    for part in years.replace("，", ",").split(","):
        first, dash, last = (piece.strip() for piece in part.partition("-"))
        if not (_is_year(first) and (_is_year(last) or not dash)):
            raise UsageError(f"not a year: {part[:20]!r}; write 2021, 2019-2022 or 2018,2021")
        ranges.append((int(first), int(last or first)))
    _check_span(ranges)
    return ranges


def _check_span(ranges: list[tuple[int, int]]) -> None:
    for first, last in ranges:
        if last < first:
            raise UsageError(f"the years {first}-{last} run backwards")
    if sum(last - first + 1 for first, last in ranges) > MOST_YEARS:
        raise UsageError(f"more than {MOST_YEARS} years")


def _is_year(text: str) -> bool:
    return len(text) == 4 and text.isascii() and text.isdigit()
