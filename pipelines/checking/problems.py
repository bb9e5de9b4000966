"""What could not be read, and whose report it is."""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence

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
# What `parsers.tables.merging` says of a copy.
_DIFFERING = re.compile(r": (\d+) cells differ from the table before it$")


def problem_findings(case: Case) -> Iterator[Finding]:
    """Every problem met in reading; those of the whole document stand with its first report.

    What is wrong with several cells of one row in the same words is told once.
    """
    of_document = case.document.problems if case.report.ordinal == 0 else ()
    groups: dict[tuple[object, ...], list[Problem]] = defaultdict(list)
    for number, problem in enumerate((*of_document, *case.report.problems)):
        if problem.kind not in _TOLD_BY_FIGURES:
            cell = case.places.cell(problem.locator) if problem.kind in _OF_ROWS else None
            row = (cell.table, cell.row) if cell else number
            groups[problem.kind, row, _printed(case, problem)].append(problem)
    for (_, _, printed), problems in groups.items():
        yield _finding(case, problems, str(printed))


def _finding(case: Case, problems: Sequence[Problem], printed: str) -> Finding:
    problem = problems[0]
    if problem.kind == "year_conflict":
        return year_conflict(case, problem)
    code = problem.kind if problem.kind in case.rules.wordings else "other_problem"
    printed = printed if code == problem.kind else f"{problem.kind}: {problem.detail}"
    return case.finding(code, [item.locator for item in problems], printed=printed)


def _printed(case: Case, problem: Problem) -> str:
    if problem.kind == "damaged_period":
        return shown(problem.detail.partition(": ")[2])
    if differing := _DIFFERING.search(problem.detail):
        return f"{differing[1]}格与前一张表不同"
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
