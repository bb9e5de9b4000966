"""Panels: one row for each agency, year and scope, with each variable's status beside it.

The rows of bodies on one line of lineage stand together, so that a panel goes on through renames
and reforms; `break` marks where the body or the form is another than the last time.
"""

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from typing import Any

from archive.errors import UsageError
from query.cells import Figure, Subject, figures
from query.columns import Column, column
from query.concordance import Recipe, Variable, concepts, variable_of
from query.corpus import Corpus, Row
from query.dictionary import entries, label, require
from query.filters import Filters, where
from query.formats.stata import Missing
from query.lineage import lines_of, main_lines
from query.words import APPLICANTS, STATUSES

KEYS = (
    *(column(name) for name in ("agency_id", "year", "scope", "agency", "region_code", "region")),
    *(column(name) for name in ("level", "form", "report_id", "source_url", "snapshot")),
    Column("lines", "text", "Lines of lineage; several: the figures count more than one function"),
    Column("line", "text", "The line the row counts on; each report stands on one"),
    Column("break", "text", "body, form: another than in the line's last report"),
)
NOT_FOUND = Figure("not_found")

FigureOf = dict[str, Figure]


def variables(names: Sequence[str], form: str, furthest: str, every: bool) -> list[Variable]:
    """The variables of a panel: those named, else all of one form, else the declared concepts.

    `furthest` is the furthest relation admitted across forms; `every` gives each applicant its own
    variable, where a form is chosen.
    """
    if names:
        return [variable_of(require(one, tuple(concepts())), furthest=furthest) for one in names]
    if form:
        return _of_form(form, every)
    return [variable_of(name, furthest=furthest) for name in concepts()]


def _of_form(form: str, every: bool) -> list[Variable]:
    mine = [entry for entry in entries().values() if form in entry.forms]
    if not mine:
        known = sorted({one for entry in entries().values() for one in entry.forms})
        raise UsageError(f"no form {form!r} in the dictionary: one of {', '.join(known)}")
    made = []
    for entry in mine:
        applicants = (tuple(APPLICANTS) if every else ("total",)) if entry.applicants else ("",)
        for applicant in applicants:
            # An outcome may itself be called `other`, so that applicant is told in full.
            said = "other_applicant" if applicant == "other" else applicant
            name = f"{entry.code}.{said}" if applicant not in ("", "total") else entry.code
            made.append(Variable(name, (("*", Recipe(((entry.code, applicant),))),)))
    return made


def columns(chosen: Sequence[Variable]) -> tuple[Column, ...]:
    """The columns: the keys, then value, status and source of each variable."""
    made = list(KEYS)
    for variable in chosen:
        name = variable_column(variable)
        made += [
            Column(name, "number", f"{variable.name} {_meaning(variable)}"[:80]),
            Column(f"{name}_status", "text", f"{variable.name}: reported, or which kind of none"),
            Column(f"{name}_from", "text", f"{variable.name}: table, prose or derived; relation"),
        ]
    return tuple(made)


def variable_column(variable: Variable) -> str:
    """The name of a variable's column: letters, digits and underscores."""
    return variable.name.replace(".", "_")


def rows(
    corpus: Corpus, chosen: Sequence[Variable], filters: Filters, letters: bool = False
) -> Iterator[Row]:
    """The rows, in order of line, scope and year; years between two reports are filled in.

    Reports whose agency or year could not be told have no place in a panel. With `letters`, a
    missing figure carries its reason as Stata's extended missing value.
    """
    lines = main_lines(corpus)
    found = figures(corpus, chosen, filters, lines)
    known = (pair for pair in found if pair[0].agency_id and pair[0].year)
    for (line, _), group in groupby(known, key=lambda one: (lines[one[0].agency_id], one[0].scope)):
        yield from _rows_of(line, group, chosen, letters)


def unplaced(corpus: Corpus, filters: Filters) -> int:
    """How many reports have no place in a panel."""
    chosen = where(filters)
    chosen.add("(r.agency_id = '' OR r.year IS NULL)")
    sql = f"SELECT count(*) FROM reports r WHERE {chosen.sql}"
    return int(next(corpus.rows(sql, chosen.parameters))[0] or 0)


def _rows_of(
    line: str,
    found: Iterable[tuple[Subject, FigureOf]],
    chosen: Sequence[Variable],
    letters: bool,
) -> Iterator[Row]:
    last: Subject | None = None
    for subject, by_name in found:
        year = subject.year or 0
        for gap in range((last.year or 0) + 1, year) if last else ():
            yield _row(subject, gap, (line, ""), None, chosen, letters)
        if last is None or (last.year, last.agency_id) != (year, subject.agency_id):
            yield _row(subject, year, (line, _break(last, subject)), by_name, chosen, letters)
        last = subject


def _break(last: Subject | None, subject: Subject) -> str:
    if last is None:
        return ""
    marks = (("body", last.agency_id != subject.agency_id), ("form", last.form != subject.form))
    return " ".join(name for name, differs in marks if differs)


def _row(
    subject: Subject,
    year: int,
    marks: tuple[str, str],
    by_name: FigureOf | None,
    chosen: Sequence[Variable],
    letters: bool,
) -> Row:
    source = (subject.form, subject.report_id, subject.source_url, subject.snapshot)
    made: list[Any] = [subject.agency_id, year, subject.scope, subject.agency, subject.region_code]
    made += [subject.region, subject.level, *(source if by_name is not None else ("",) * 4)]
    made += [" ".join(lines_of(subject.agency_id)), *marks]
    for variable in chosen:
        made += _cells(by_name[variable.name] if by_name is not None else NOT_FOUND, letters)
    return tuple(made)


def _cells(figure: Figure, letters: bool) -> list[Any]:
    value: Any = figure.value
    if value is None and letters:
        value = Missing(STATUSES[figure.status].letter)
    if figure.status != "reported":
        return [value, figure.status, ""]
    relation = "" if figure.relation in ("exact", "") else f" {figure.relation}"
    return [value, figure.status, f"{figure.method}{relation}"]


def _meaning(variable: Variable) -> str:
    terms = variable.recipes[-1][1].terms if variable.recipes else ()
    return label(terms[0][0]) if len(terms) == 1 else ""
