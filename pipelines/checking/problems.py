"""What could not be read, and whose report it is."""

from collections.abc import Iterator

from parsers.records import Problem
from parsers.text import canon
from parsers.titles import judge
from pipelines.checking.dates import year_conflict
from pipelines.checking.findings import Case, Finding
from pipelines.checking.last_year import PLACE, issuer_of
from pipelines.checking.places import shown

_OF_ROWS = frozenset(
    {"unclear_columns", "no_heads", "repeated_row", "unknown_label", "doubtful_row"}
)
# The finding `negative` tells of these already.
_TOLD_BY_FIGURES = frozenset({"negative_figure"})
_WITHOUT_WORDS = frozenset(
    {"conflicting_table", "repeated_table", "unknown_table", "unproven_table"}
)


def problem_findings(case: Case) -> Iterator[Finding]:
    """Every problem met in reading; those of the whole document stand with its first report."""
    of_document = case.document.problems if case.report.ordinal == 0 else ()
    for problem in (*of_document, *case.report.problems):
        if problem.kind not in _TOLD_BY_FIGURES:
            yield _finding(case, problem)


def _finding(case: Case, problem: Problem) -> Finding:
    place = (problem.locator,) if problem.locator else ()
    if problem.kind == "year_conflict":
        return year_conflict(case, problem)
    if problem.kind not in case.rules.wordings:
        return case.finding("other_problem", place, printed=f"{problem.kind}: {problem.detail}")
    return case.finding(problem.kind, place, printed=_printed(case, problem))


def _printed(case: Case, problem: Problem) -> str:
    if problem.kind in _WITHOUT_WORDS or not problem.locator:
        return ""
    if problem.stage == "prose":
        return case.places.sentence(problem.locator)
    if problem.kind not in _OF_ROWS:
        return case.places.printed(problem.locator)
    if problem.kind == "unknown_label" and " × " in problem.detail:
        return shown(problem.detail)
    return case.places.row(problem.locator)


def identity_of_report(case: Case, agency: str) -> Iterator[Finding]:
    """Whether the draft says whose report it is, and the same as the person who asks."""
    report = case.report
    if not report.title:
        yield case.finding("title_missing")
    if not any(item.role == "issuer" and (item.printed or item.name) for item in report.agencies):
        yield case.finding("agency_missing")
    named = canon(judge(report.title).agency) if report.title else ""
    wanted, printed = canon(agency), shown(report.title)
    if named and wanted and named not in wanted and wanted not in named:
        yield case.finding("agency_conflict", printed=printed, expected=agency)
    issuer = issuer_of(report)
    if named and issuer and issuer.agency_id and _is_short(named, canon(issuer.name)):
        yield case.finding("agency_short", printed=printed, expected=issuer.name)


def _is_short(named: str, name: str) -> bool:
    """Whether a name is abbreviated or names no place; that of the city above may be absent."""
    return len(named) < len(name) and not (name.endswith(named) and PLACE.search(named))
