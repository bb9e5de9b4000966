"""Checks across documents: page against attachment, re-publication, one year against the next."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from itertools import groupby
from typing import Any

from archive.database import DatabaseWriter
from archive.links.figures import Dimensions, Figure, figures
from archive.links.versions import FIRST_OF_VERSION
from archive.rows import decimal_text
from parsers.records import APPLICANTS

_MAX_NAMED = 20


@dataclass(frozen=True, slots=True)
class Term:
    """An indicator of the year under check (`years_back` 0) or of the one before (1)."""

    indicator: str
    years_back: int = 0
    sign: int = 1


@dataclass(frozen=True, slots=True)
class AcrossYears:
    """An identity between one year's report and the next one's, for one kind of applicant."""

    identity: str
    left: tuple[Term, ...]
    right: tuple[Term, ...]
    applicant: str
    severity: str


# Article 50 of the Regulations on Open Government Information has both figures reported: what one
# year leaves over, the next one begins with. Stocks of documents follow from the form's columns.
ACROSS_YEARS = (
    *(
        AcrossYears(
            "requests.carry_over",
            (Term("requests.carried_out", 1),),
            (Term("requests.carried_in"),),
            applicant,
            "error",
        )
        for applicant in (APPLICANTS[-1], *APPLICANTS[:-1])
    ),
    *(
        AcrossYears(
            f"{kind}.stock",
            (Term(f"{kind}.in_force"),),
            (Term(f"{kind}.in_force", 1), Term(f"{kind}.issued"), Term(f"{kind}.repealed", 0, -1)),
            "",
            "warning",
        )
        for kind in ("proactive.rules", "proactive.normative")
    ),
)
_COMPARED = sorted({term.indicator for rule in ACROSS_YEARS for term in (*rule.left, *rule.right)})

_PREFERRED = """
SELECT agency_id, scope, year, report_id, snapshot FROM reports
WHERE preferred = 1 AND agency_id <> '' AND year IS NOT NULL ORDER BY agency_id, scope, year
"""
_SAME_WORK = f"""
SELECT other.report_id, other.snapshot, best.report_id AS best_id, best.snapshot AS best_snapshot,
  other.page_snapshot = best.page_snapshot AS same_page
FROM ({FIRST_OF_VERSION}) AS other
JOIN reports AS best ON best.work_id = other.work_id AND best.preferred = 1
WHERE other.nth_of_version = 1 AND other.version = other.last_version
  AND other.report_id <> best.report_id
ORDER BY other.report_id
"""


def compare(database: DatabaseWriter) -> None:
    """Redoes all checks that need a second report."""
    database.execute("DELETE FROM checks WHERE other_report_id <> ''")
    for made in (_same_work(database), _across_years(database)):
        for (report_id, snapshot), found in groupby(made, key=_of_report):
            first = _next_number(database, report_id, snapshot)
            database.insert("checks", [row | {"n": n} for n, row in enumerate(found, first)])


def _of_report(row: Mapping[str, Any]) -> tuple[str, str]:
    return row["report_id"], row["snapshot"]


def _next_number(database: DatabaseWriter, report_id: str, snapshot: str) -> int:
    sql = "SELECT coalesce(max(n) + 1, 0) FROM checks WHERE report_id = ? AND snapshot = ?"
    found: int = database.query(sql, [report_id, snapshot])[0][0]
    return found


def _same_work(database: DatabaseWriter) -> Iterator[dict[str, Any]]:
    for pair in database.stream(_SAME_WORK):
        mine = figures(database, pair["report_id"], pair["snapshot"], tables_only=True)
        best = figures(database, pair["best_id"], pair["best_snapshot"], tables_only=True)
        shared = sorted(key for key in mine.keys() & best.keys() if _both(mine[key], best[key]))
        if shared:
            identity = "page_and_attachment" if pair["same_page"] else "same_work"
            placed = _placed(pair["report_id"], pair["snapshot"], pair["best_id"], identity)
            yield placed | _agreement(shared, mine, best)


def _both(one: Figure, other: Figure) -> bool:
    return one.value is not None and other.value is not None


def _agreement(
    shared: list[Dimensions], mine: Mapping[Dimensions, Figure], best: Mapping[Dimensions, Figure]
) -> dict[str, Any]:
    """`left` and `right` count the shared figures and the equal ones among them."""
    differing = [key for key in shared if mine[key] != best[key]]
    named = "; ".join(
        f"{' '.join(filter(None, key))}: {_printed(mine[key])} <> {_printed(best[key])}"
        for key in differing[:_MAX_NAMED]
    )
    return {
        "applicant": "",
        "left": str(len(shared)),
        "right": str(len(shared) - len(differing)),
        "difference": str(len(differing)),
        "verdict": "fails" if differing else "holds",
        "severity": "error",
        "clause": named or f"{len(shared)} shared table figures are equal",
    }


def _across_years(database: DatabaseWriter) -> Iterator[dict[str, Any]]:
    for _, found in groupby(
        database.stream(_PREFERRED), key=lambda row: (row["agency_id"], row["scope"])
    ):
        by_year = {row["year"]: row for row in found}
        read = {
            year: figures(database, row["report_id"], row["snapshot"], indicators=_COMPARED)
            for year, row in by_year.items()
            if year - 1 in by_year or year + 1 in by_year
        }
        for year in sorted(year for year in by_year if year - 1 in by_year):
            for rule in ACROSS_YEARS:
                verdict = _judge(rule, year, read)
                if verdict is not None:
                    mine, other = by_year[year], by_year[year - 1]
                    placed = (mine["report_id"], mine["snapshot"], other["report_id"])
                    yield _placed(*placed, rule.identity) | verdict


def _judge(
    rule: AcrossYears, year: int, read: Mapping[int, Mapping[Dimensions, Figure]]
) -> dict[str, Any] | None:
    """The outcome; nothing where a form lacks one of the figures."""
    sides = []
    clauses = []
    for side in (rule.left, rule.right):
        terms = [(term, _figure_of(term, rule.applicant, year, read)) for term in side]
        if any(figure is None for _, figure in terms):
            return None
        known = [(term, figure) for term, figure in terms if figure is not None]
        sides.append(_sum(known))
        clauses.append(_written(known, year))
    left, right = sides
    difference = left - right if left is not None and right is not None else None
    verdict = "not_evaluable" if difference is None else ("fails" if difference else "holds")
    evaluable = difference is not None
    return {
        "applicant": rule.applicant,
        "left": decimal_text(left) if evaluable else None,
        "right": decimal_text(right) if evaluable else None,
        "difference": decimal_text(difference),
        "verdict": verdict,
        "severity": rule.severity,
        "clause": " = ".join(clauses),
    }


def _figure_of(
    term: Term, applicant: str, year: int, read: Mapping[int, Mapping[Dimensions, Figure]]
) -> Figure | None:
    return read[year - term.years_back].get((term.indicator, applicant, "", "year"))


def _sum(terms: list[tuple[Term, Figure]]) -> Decimal | None:
    values = [(term.sign, figure.value) for term, figure in terms]
    if any(value is None for _, value in values):
        return None
    return sum((sign * value for sign, value in values if value is not None), Decimal(0))


def _written(terms: list[tuple[Term, Figure]], year: int) -> str:
    written = "".join(
        f" {'+' if term.sign > 0 else '-'} {term.indicator} ({year - term.years_back}) "
        f"{_printed(figure)}"
        for term, figure in terms
    )
    return written.removeprefix(" + ").strip()


def _printed(figure: Figure) -> str:
    return figure.lacking or str(decimal_text(figure.value))


def _placed(report_id: str, snapshot: str, other_id: str, identity: str) -> dict[str, Any]:
    return {
        "report_id": report_id,
        "snapshot": snapshot,
        "other_report_id": other_id,
        "identity": identity,
    }
