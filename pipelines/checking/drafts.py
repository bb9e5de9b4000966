"""From a file to a judgement."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from archive.errors import GongkaiError
from parsers.declared import Declarations
from parsers.records import Context, Document, Report
from parsers.report import read_reports
from pipelines.checking.cells import cell_findings
from pipelines.checking.completeness import form_findings, row_findings, section_findings
from pipelines.checking.dates import date_findings
from pipelines.checking.declared import CheckingRules
from pipelines.checking.findings import Case, Finding, in_order, plain_finding
from pipelines.checking.identities import identity_findings
from pipelines.checking.last_year import LastYear, from_archive, from_report, last_year_findings
from pipelines.checking.places import Places
from pipelines.checking.problems import identity_of_report, problem_findings
from pipelines.decode import declared_charset, decode
from pipelines.documents import MAX_BYTES, read_document


@dataclass(frozen=True, slots=True)
class Read:
    """A file read: its document, its places and the reports in it."""

    document: Document
    places: Places
    reports: tuple[Report, ...]


@dataclass(frozen=True, slots=True)
class Judged:
    """The judgement of one report; `report` and `form_name` are empty where none was read."""

    report: Report | None
    form_name: str
    last_year: str
    findings: tuple[Finding, ...]


def judge_file(
    path: Path,
    context: Context,
    declared: Declarations,
    rules: CheckingRules,
    last_year: Path | None = None,
    database: Path | None = None,
) -> tuple[Judged, ...]:
    """Judges every report in a file; the first has no report where none could be read.

    Args:
        path: the draft.
        context: what a person declared of it: agency, year, the file's name.
        declared: the declarations.
        rules: those for judging drafts.
        last_year: a file with the same body's report of the year before.
        database: an archive's database, asked for that report where no file is given.
    """
    draft = _read(path, context, declared)
    if not draft.reports:
        return (Judged(None, "", "", tuple(_unread(draft.document, rules))),)
    before = _last_year(last_year, declared) if last_year else None
    judged = []
    for report in draft.reports:
        last = before or (from_archive(database, report) if database else None)
        case = Case(draft.document, report, declared, rules, draft.places)
        findings = in_order(_findings(case, context.agency, last))
        judged.append(Judged(report, case.form.name, last.title if last else "", findings))
    return tuple(judged)


def _unread(document: Document, rules: CheckingRules) -> Iterator[Finding]:
    """Why no report could be read."""
    yield plain_finding(rules, "not_a_report")
    for problem in document.problems:
        code = problem.kind
        if code == "unsupported" and document.media_type in rules.wordings:
            code = document.media_type  # an empty or encrypted file is a kind of its own
        if code in rules.wordings:
            yield plain_finding(rules, code, document.media_type)
        else:
            yield plain_finding(rules, "other_problem", f"{code}: {problem.detail}")


def _read(path: Path, context: Context, declared: Declarations) -> Read:
    with path.open("rb") as stream:
        payload = stream.read(MAX_BYTES + 1)
    document = read_document(payload, file_name=path.name)
    is_text = document.media_type == "text"
    text = decode(payload, declared_charset(payload)).text if is_text else ""
    try:
        reports = read_reports(document, context, declared)
    except Exception as fault:  # ours, not the clerk's: one line instead of a traceback
        raise GongkaiError(
            f"{path.name}: reading failed: {type(fault).__name__}: {fault}"
        ) from fault
    return Read(document, Places(document, text), reports)


def _last_year(path: Path, declared: Declarations) -> LastYear:
    read = _read(path, Context(file_name=path.name), declared)
    if not read.reports:
        return LastYear(fault="last_year_unread")
    return from_report(read.reports[0], read.places)


def _findings(case: Case, agency: str, last: LastYear | None) -> Iterator[Finding]:
    yield from identity_of_report(case, agency)
    yield from problem_findings(case)
    yield from date_findings(case)
    yield from form_findings(case)
    yield from section_findings(case)
    yield from row_findings(case)
    yield from cell_findings(case)
    yield from identity_findings(case)
    if last is not None:
        yield from last_year_findings(case, last)
