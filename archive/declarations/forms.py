"""Loads what table reading is told: the files of `data/indicators/` that declare forms."""

import re
from collections.abc import Collection, Mapping
from pathlib import Path
from typing import cast

from archive.declarations.files import Row, read_csv
from archive.declarations.identities import load_concordance, load_identities
from archive.declarations.labels import load_labels
from archive.declarations.rows import own_keys, unique, unit_of
from parsers.declared.forms import (
    FormDeclarations,
    Head,
    HeadRole,
    Indicator,
    Label,
    Layout,
    Measure,
    Table,
)
from parsers.figures import FigureWords, Unit
from parsers.records import APPLICANTS, Qualifier, Status
from parsers.tables.keys import YEAR_MARK, declared_head_key
from parsers.text import canon

_MEANINGS = {
    "value": ("blank", "not_applicable"),
    "before": ("exact", "approx", "more_than", "less_than"),
    "after": ("approx", "more_than", "less_than"),
    "remark": ("unreadable",),
}
_DIMENSIONS = ("count", "persons", "money", "ratio")
_MEASURES = ("flow", "stock", "change", "money", "ratio")
_ROLES = ("label", "unit", "measure", "applicant", "period", "group", "remark")
# The keys that a role knows; others may have any.
_KEYS = {"applicant": APPLICANTS, "period": ("year", "cumulative")}
_INDICATOR_COLUMNS = ("code", "label", "unit", "measure", "applicants", "note")
_TABLE_COLUMNS = ("table", "layout", "heads", "note")
_MARK = re.compile(r"\{[^}]*\}?")


def load(directory: Path) -> FormDeclarations:
    """The forms declared under `directory`/indicators.

    Raises:
        DeclarationError: something there is not understood; the message names file and line.
    """
    folder = directory / "indicators"
    words = _words(folder)
    indicators = _indicators(folder, words)
    tables = _tables(folder)
    heads = _heads(folder, tables)
    labels = load_labels(folder, indicators, heads, words)
    _check_tables(folder, heads, labels)
    return FormDeclarations(
        indicators=indicators,
        tables=tables,
        labels=labels,
        heads=heads,
        words=words,
        opposites=_opposites(folder),
        footers=_footers(folder),
        identities=load_identities(folder, indicators, labels),
        concordance=load_concordance(folder, indicators, labels),
    )


def check_read(directory: Path, read: Collection[str]) -> None:
    """Checks that every indicator is among those that a label or a rule of prose reads.

    Raises:
        DeclarationError: nothing reads one; the message names file and line.
    """
    for row in read_csv(directory / "indicators" / "indicators.csv", _INDICATOR_COLUMNS):
        if row["code"] not in read:
            row.fail(f"no label and no rule of prose reads {row['code']!r}")


def _words(folder: Path) -> FigureWords:
    rows = read_csv(folder / "words.csv", ("word", "role", "meaning"))
    return FigureWords(
        units=_units(folder),
        values=cast(Mapping[str, Status], _role(rows, "value")),
        before=cast(Mapping[str, Qualifier], _role(rows, "before")),
        after=cast(Mapping[str, Qualifier], _role(rows, "after")),
        against=tuple(_role(rows, "remark")),
    )


def _role(rows: tuple[Row, ...], role: str) -> dict[str, str]:
    return unique(
        (row for row in rows if row.choice("role", _MEANINGS) == role),
        lambda row: canon(row.required("word")),
        lambda row: row.choice("meaning", _MEANINGS[role]),
    )


def _units(folder: Path) -> dict[str, Unit]:
    def make(row: Row) -> Unit:
        factor = row.decimal("factor")
        if factor <= 0:
            row.fail(f"factor is {factor}, not above zero")
        return Unit(row["unit"], row.choice("dimension", _DIMENSIONS), factor)

    rows = read_csv(folder / "units.csv", ("unit", "dimension", "factor"))
    return unique(rows, lambda row: canon(row.required("unit")), make)


def _indicators(folder: Path, words: FigureWords) -> dict[str, Indicator]:
    def make(row: Row) -> Indicator:
        return Indicator(
            code=row["code"],
            label=row.required("label"),
            unit=unit_of(row, words),
            measure=cast(Measure, row.choice("measure", _MEASURES)),
            applicants=row.choice("applicants", ("yes", "")) == "yes",
            note=row["note"],
        )

    rows = read_csv(folder / "indicators.csv", _INDICATOR_COLUMNS)
    return unique(rows, lambda row: row.required("code"), make)


def _tables(folder: Path) -> dict[str, Table]:
    def make(row: Row) -> Table:
        layout = cast(Layout, row.choice("layout", ("rows", "columns")))
        return Table(row["table"], layout, row.choice("heads", ("once", "each section")) != "once")

    rows = read_csv(folder / "tables.csv", _TABLE_COLUMNS)
    return unique(rows, lambda row: row.required("table"), make)


def _heads(folder: Path, tables: Collection[str]) -> tuple[Head, ...]:
    rows = read_csv(folder / "heads.csv", ("table", "role", "key", "printed", "synonyms"))
    seen: set[tuple[str, str]] = set()
    return tuple(_head(row, tables, seen) for row in rows)


def _head(row: Row, tables: Collection[str], seen: set[tuple[str, str]]) -> Head:
    table = row.choice("table", tables)
    printed = (row.required("printed"), *row.several("synonyms"))
    for mark in (mark for text in printed for mark in _MARK.findall(text)):
        if mark != YEAR_MARK:
            row.fail(f"{mark} stands for nothing; a year is {YEAR_MARK}")
    keys = own_keys(
        row, (declared_head_key(text) for text in printed), lambda key: (table, key), seen
    )
    role = cast(HeadRole, row.choice("role", _ROLES))
    key = row.choice("key", _KEYS[role]) if role in _KEYS else row.required("key")
    return Head(table, role, key, row["printed"], keys)


def _check_tables(folder: Path, heads: tuple[Head, ...], labels: tuple[Label, ...]) -> None:
    """Every table needs heads to be told by, and labels to be read by."""
    named = {"heads.csv": {head.table for head in heads}}
    named["labels.csv"] = {label.table for label in labels}
    for row in read_csv(folder / "tables.csv", _TABLE_COLUMNS):
        for file, tables in named.items():
            if row["table"] not in tables:
                row.fail(f"table {row['table']!r} has no row in {file}")


def _opposites(folder: Path) -> tuple[tuple[str, ...], ...]:
    rows = read_csv(folder / "opposites.csv", ("words",))
    for row in rows:
        if len(row.several("words")) < 2:
            row.fail("opposites are two words or more, parted by |")
    return tuple(tuple(canon(word) for word in row.several("words")) for row in rows)


def _footers(folder: Path) -> tuple[str, ...]:
    rows = read_csv(folder / "footers.csv", ("begins",))
    return tuple(unique(rows, lambda row: canon(row.required("begins")), lambda row: row.line))
