"""The figures of a stored report, for comparison with those of another."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, Protocol, TypeAlias

# indicator, applicant, category, period
Dimensions: TypeAlias = tuple[str, str, str, str]

_FIGURES = """
SELECT indicator, applicant, category, period, value, value_std, status, method, locator
FROM observations WHERE report_id = ? AND snapshot = ? {chosen} ORDER BY n
"""


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure that can be compared, in the indicator's unit; or, without one, why it cannot.

    `locator` is its place in the snapshot; figures are equal wherever they stand.
    """

    value: Decimal | None
    lacking: str = ""
    locator: str = field(default="", compare=False)


class Database(Protocol):
    """What can be asked for rows by column name."""

    def query(self, sql: str, parameters: Sequence[Any] = ()) -> Iterable[Any]:
        """The rows of a statement."""


def figures(
    database: Database,
    report_id: str,
    snapshot: str,
    tables_only: bool = False,
    indicators: Sequence[str] = (),
) -> dict[Dimensions, Figure]:
    """A report's figures, or those of some indicators; where a table gave one, prose is not asked.

    A figure read twice with different values is not comparable.
    """
    found: dict[Dimensions, dict[str, list[Figure]]] = defaultdict(lambda: defaultdict(list))
    marks = ", ".join("?" * len(indicators))
    sql = _FIGURES.format(chosen=f"AND indicator IN ({marks})" if indicators else "")
    for row in database.query(sql, [report_id, snapshot, *indicators]):
        dimensions = (row["indicator"], row["applicant"], row["category"], row["period"])
        found[dimensions][row["method"]].append(_figure(row))
    methods = ("table",) if tables_only else ("table", "prose")
    chosen = ((key, next((by[m] for m in methods if m in by), None)) for key, by in found.items())
    return {key: _one(read) for key, read in chosen if read}


def _figure(row: Any) -> Figure:
    if row["status"] != "reported":
        return Figure(None, row["status"], row["locator"])
    if row["value_std"] is None:
        return Figure(None, "unit unknown", row["locator"])
    return Figure(Decimal(str(row["value_std"])), "", row["locator"])


def _one(read: list[Figure]) -> Figure:
    if any(figure != read[0] for figure in read):
        return Figure(None, "read twice with different values", read[0].locator)
    return read[0]
