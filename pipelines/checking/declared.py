"""What judging a draft is told: wording and severity of findings, outlines, rows, deadlines.

Everything here is declared in `data/checking/`. It decides nothing about what is read or stored.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from archive.declarations import data_dir
from archive.declarations.files import Row, read_csv
from parsers.records import Severity

SEVERITIES: dict[str, Severity] = {"error": "error", "warning": "warning", "note": "note"}


@dataclass(frozen=True, slots=True)
class Wording:
    """How a finding of one code is told; `expected` and `basis` may hold `{names}`."""

    severity: Severity
    says: str
    expected: str
    basis: str


@dataclass(frozen=True, slots=True)
class FormRule:
    """An official form: its name, legal basis, the years it is for and its outline."""

    form: str
    name: str
    basis: str
    first_year: int
    last_year: int
    outline: str


@dataclass(frozen=True, slots=True)
class Part:
    """A part of an outline. `depth` is how deep its heading may stand, from 1."""

    kind: str
    title: str
    depth: int
    severity: Severity
    filled: bool


@dataclass(frozen=True, slots=True)
class TableRule:
    """A table of a form; the severities of its absence and of absent rows, None: never told."""

    form: str
    table: str
    name: str
    missing: Severity | None
    rows: Severity | None


@dataclass(frozen=True, slots=True)
class OptionalRow:
    """A row that a form may lack: always, or (`instead`) where another row is printed."""

    form: str
    indicator: str
    instead: str


@dataclass(frozen=True, slots=True)
class Deadline:
    """The last day (`03-31`) for publishing the reports of some years; scope empty: any."""

    first_year: int
    last_year: int
    scope: str
    month_day: str
    basis: str


@dataclass(frozen=True, slots=True, eq=False)
class CheckingRules:
    """All that is declared for judging drafts."""

    wordings: dict[str, Wording]
    forms: dict[str, FormRule]
    outlines: dict[str, tuple[Part, ...]]
    tables: tuple[TableRule, ...]
    optional_rows: tuple[OptionalRow, ...]
    deadlines: tuple[Deadline, ...]

    def form_of(self, form: str, year: int | None) -> FormRule:
        """The form to judge by: that of the tables; without any, the one the year asks for."""
        if form in self.forms and form != "prose":
            return self.forms[form]
        return self.form_for(year) or self.forms["prose"]

    def form_for(self, year: int | None) -> FormRule | None:
        """The State Council's form for a year from 2019 on."""
        found = (rule for rule in self.forms.values() if rule.outline == "2019")
        return next((r for r in found if year and r.first_year <= year <= r.last_year), None)

    def deadline(self, year: int, scope: str) -> Deadline | None:
        """The deadline of a year's report."""
        in_years = (item for item in self.deadlines if item.first_year <= year <= item.last_year)
        return next((item for item in in_years if item.scope in ("", scope)), None)


@cache
def load_rules(directory: Path | None = None) -> CheckingRules:
    """The rules under `checking/` of the declarations' folder.

    Raises:
        DeclarationError: a file is missing or says what is not understood.
    """
    folder = (directory or data_dir()) / "checking"
    return CheckingRules(
        wordings=dict(_wordings(folder / "findings.csv")),
        forms={rule.form: rule for rule in _forms(folder / "forms.csv")},
        outlines=_outlines(folder / "outline.csv"),
        tables=tuple(_tables(folder / "tables.csv")),
        optional_rows=tuple(_optional_rows(folder / "optional_rows.csv")),
        deadlines=tuple(_deadlines(folder / "deadlines.csv")),
    )


def _severity(row: Row, column: str) -> Severity:
    return SEVERITIES[row.choice(column, SEVERITIES)]


def _severity_or_none(row: Row, column: str) -> Severity | None:
    return _severity(row, column) if row[column] else None


def _wordings(path: Path) -> Iterator[tuple[str, Wording]]:
    seen: set[str] = set()
    for row in read_csv(path, ("code", "severity", "says", "expected", "basis")):
        if (code := row.required("code")) in seen:
            row.fail(f"the code {code} stands there twice")
        seen.add(code)
        says = row.required("says")
        yield code, Wording(_severity(row, "severity"), says, row["expected"], row["basis"])


def _forms(path: Path) -> Iterator[FormRule]:
    for row in read_csv(path, ("form", "name", "basis", "first_year", "last_year", "outline")):
        years = row.integer("first_year"), row.integer("last_year")
        names = row.required("form"), row.required("name"), row.required("basis")
        yield FormRule(*names, *years, row.required("outline"))


def _outlines(path: Path) -> dict[str, tuple[Part, ...]]:
    found: dict[str, tuple[Part, ...]] = {}
    for row in read_csv(path, ("outline", "kind", "title", "depth", "severity", "filled")):
        filled = row.choice("filled", ("yes", "")) == "yes"
        names = row.required("kind"), row.required("title")
        part = Part(*names, row.integer("depth"), _severity(row, "severity"), filled)
        name = row.required("outline")
        found[name] = (*found.get(name, ()), part)
    return found


def _tables(path: Path) -> Iterator[TableRule]:
    for row in read_csv(path, ("form", "table", "name", "missing", "rows")):
        names = row.required("form"), row.required("table"), row.required("name")
        yield TableRule(*names, _severity_or_none(row, "missing"), _severity_or_none(row, "rows"))


def _optional_rows(path: Path) -> Iterator[OptionalRow]:
    for row in read_csv(path, ("form", "indicator", "instead", "why")):
        yield OptionalRow(row.required("form"), row.required("indicator"), row["instead"])


def _deadlines(path: Path) -> Iterator[Deadline]:
    for row in read_csv(path, ("first_year", "last_year", "scope", "month_day", "basis")):
        years = row.integer("first_year"), row.integer("last_year")
        yield Deadline(*years, row["scope"], row.required("month_day"), row.required("basis"))
