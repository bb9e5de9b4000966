"""Last year's report of the same body, from a file or an archive, against the draft."""

import contextlib
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path

from archive.database import open_readonly
from archive.dbfile import sqlite_reported
from archive.links.checks import ACROSS_YEARS, AcrossYears, Term
from parsers.records import AgencyMention, Observation, Report
from parsers.text import canon
from pipelines.checking.findings import Case, Finding
from pipelines.checking.places import Places, shown

# A name that says where its body is.
PLACE = re.compile(r"[省市县区旗州盟镇乡]|街道")
_CODES = {"requests.carry_over": "carry_over"}
_WHOLE = ("", "total")
_ARCHIVED = """
SELECT report_id, snapshot, title, agency, scope FROM reports
WHERE agency_id = ? AND (agency_id != '' OR agency_printed = ?) AND year = ? AND preferred = 1
ORDER BY scope = ? DESC, scope, report_id
"""
_FIGURES = """
SELECT indicator, applicant, value_std, raw, method, locator FROM observations
WHERE report_id = ? AND snapshot = ? AND status = 'reported' AND qualifier = 'exact'
  AND period = 'year' AND category = '' AND value_std IS NOT NULL ORDER BY n
"""


@dataclass(frozen=True, slots=True)
class Stated:
    """A figure in its standard unit, and where it is printed, in words."""

    value: Decimal
    raw: str
    place: str
    locator: str = ""


_Figures = dict[tuple[str, str], Stated]


@dataclass(frozen=True, slots=True)
class LastYear:
    """The report to compare with. `fault` is the code of the finding where there is none."""

    title: str = ""
    year: int | None = None
    issuer: AgencyMention | None = None
    figures: _Figures = field(default_factory=dict)
    fault: str = ""


def issuer_of(report: Report) -> AgencyMention | None:
    """The body whose report it is."""
    return next((item for item in report.agencies if item.role == "issuer"), None)


def from_report(report: Report, places: Places) -> LastYear:
    """A report read from a file."""
    figures = _collected((item, _stated(item, places)) for item in report.observations)
    return LastYear(report.title, report.year, issuer_of(report), figures)


def _stated(item: Observation, places: Places) -> Stated | None:
    plain = item.status == "reported" and item.qualifier == "exact" and item.period == "year"
    if not plain or item.category or item.value_std is None:
        return None
    return Stated(item.value_std, shown(item.raw), places.of(item.locator), item.locator)


def _collected(found: Iterable[tuple[Observation, Stated | None]]) -> _Figures:
    """The first figure of each kind; what a table states goes before prose."""
    items = [(item, stated) for item, stated in found if stated is not None]
    figures: _Figures = {}
    for item, stated in sorted(items, key=lambda pair: pair[0].method != "table"):
        figures.setdefault((item.indicator, item.applicant), stated)
    return figures


def from_archive(path: Path, report: Report) -> LastYear | None:
    """The archived report of the same body for the year before; None if there is none.

    A body that is not known is the same where its printed name, with its place, is.

    Raises:
        SurroundingsError: the database cannot be read.
    """
    issuer = issuer_of(report)
    if issuer is None or report.year is None or not path.is_file():
        return None
    if not issuer.agency_id and not PLACE.search(issuer.printed):
        return None
    with contextlib.closing(open_readonly(path)) as database, sqlite_reported(path):
        wanted = [issuer.agency_id, issuer.printed, report.year - 1, report.scope]
        row = database.execute(_ARCHIVED, wanted).fetchone()
        if row is None:
            return None
        found = database.execute(_FIGURES, [row["report_id"], row["snapshot"]]).fetchall()
    return LastYear(row["title"], report.year - 1, issuer, _archived(found))


def _archived(rows: Iterable[Mapping[str, object]]) -> _Figures:
    figures: _Figures = {}
    for row in sorted(rows, key=lambda row: row["method"] != "table"):
        value, raw = Decimal(str(row["value_std"])), shown(str(row["raw"]))
        key = (str(row["indicator"]), str(row["applicant"]))
        figures.setdefault(key, Stated(value, raw, "档案"))
    return figures


def last_year_findings(case: Case, last: LastYear) -> Iterator[Finding]:
    """What the two reports should agree on."""
    if last.fault:
        yield case.finding(last.fault)
        return
    if case.report.year is None or last.year != case.report.year - 1:
        wanted = f"{case.report.year - 1}年度报告" if case.report.year else ""
        printed = f"{last.title}（{last.year or '年度不明'}）"
        yield case.finding("last_year_other_year", printed=printed, expected=wanted)
        return
    yield from _other_body(case, last)
    mine = from_report(case.report, case.places).figures
    told = False
    for rule in ACROSS_YEARS:
        # Where the totals differ, the columns that they are the sums of need not be named too.
        part = rule.applicant not in _WHOLE
        found = [] if part and told else list(_compared(case, rule, mine, last))
        told = told if part else bool(found)
        yield from found


def _other_body(case: Case, last: LastYear) -> Iterator[Finding]:
    mine, theirs = issuer_of(case.report), last.issuer
    if mine is None or theirs is None or (mine.agency_id and mine.agency_id == theirs.agency_id):
        return
    names = [canon(item.name or item.printed) for item in (mine, theirs)]
    if names[0] not in names[1] and names[1] not in names[0]:
        printed, expected = theirs.name or theirs.printed, mine.name or mine.printed
        yield case.finding("last_year_other_body", printed=printed, expected=expected)


def _compared(case: Case, rule: AcrossYears, mine: _Figures, last: LastYear) -> Iterator[Finding]:
    sides = [_side(terms, rule.applicant, mine, last.figures) for terms in (rule.left, rule.right)]
    left, right = (_sum(side) for side in sides)
    if left is None or right is None or left == right:
        return
    whose = f"{case.column(rule.applicant)}：" if rule.applicant not in _WHOLE else ""
    clause = whose + " ≠ ".join(_written(case, side) for side in sides)
    own = [stated for side in sides for term, stated in side if stated and not term.years_back]
    yield case.finding(
        _CODES.get(rule.identity, "stock"),
        [stated.locator for stated in own],
        printed="；".join(_printed(term, stated) for side in sides for term, stated in side),
        clause=f"{clause}（差 {left - right:+f}）",
        severity="error" if rule.severity == "error" else "warning",
        expected=_expected(case, sides, (left, right)),
    )


def _expected(case: Case, sides: Sequence["_Side"], sums: tuple[Decimal, Decimal]) -> str:
    """The figure of this year that stands alone on its side, as the other side gives it."""
    alone = 0 if len(sides[0]) == 1 and not sides[0][0][0].years_back else 1
    name = case.declared.forms.indicators[sides[alone][0][0].indicator].label
    return f"{name} {sums[1 - alone]:f}"


_Side = list[tuple[Term, Stated | None]]


def _side(terms: Iterable[Term], applicant: str, mine: _Figures, past: _Figures) -> _Side:
    found: _Side = []
    for term in terms:
        figures = past if term.years_back else mine
        stated = figures.get((term.indicator, applicant))
        if stated is None and applicant == "total":
            stated = figures.get((term.indicator, ""))
        found.append((term, stated))
    return found


def _sum(side: _Side) -> Decimal | None:
    if any(stated is None for _, stated in side):
        return None
    return sum((term.sign * stated.value for term, stated in side if stated), Decimal(0))


def _written(case: Case, side: _Side) -> str:
    words = []
    for number, (term, stated) in enumerate(side):
        name = case.declared.forms.indicators[term.indicator].label
        sign = "" if not number else " + " if term.sign > 0 else " - "
        when = "上年" if term.years_back else "本年"
        words.append(f"{sign}{when}报告“{name}” {stated.raw if stated else '空'}")
    return "".join(words)


def _printed(term: Term, stated: Stated | None) -> str:
    if stated is None:
        return ""
    return f"{'上年报告' if term.years_back else ''}{stated.place} {stated.raw}"
