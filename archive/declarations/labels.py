"""Loads the printed row labels of the forms: `data/indicators/labels.csv`."""

import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import cast

from archive.declarations.files import Row, read_csv
from archive.declarations.rows import forms_of, own_keys, unique, unit_of
from parsers.declared.forms import Head, Indicator, Label, LabelKind
from parsers.figures import FigureWords
from parsers.tables.keys import declared_label_keys

_NUMBER = re.compile(r"[一二三四五六七八九十]{0,3}|[0-9]{1,2}")
_LABEL_COLUMNS = (
    "form",
    "table",
    "section",
    "number",
    "label",
    "kind",
    "head",
    "indicator",
    "unit",
    "opens",
    "synonyms",
)


def load_labels(
    folder: Path, indicators: Mapping[str, Indicator], heads: tuple[Head, ...], words: FigureWords
) -> tuple[Label, ...]:
    """The printed row labels of all forms.

    Raises:
        DeclarationError: a label names what is not declared, or stands twice at one place.
    """
    rows = read_csv(folder / "labels.csv", _LABEL_COLUMNS)
    _check_forms(folder, rows)
    keys = {(head.table, head.key) for head in heads}
    sections = {(row["table"], row["opens"]) for row in rows}
    sections |= {(head.table, head.key) for head in heads if head.role == "group"}
    seen: set[tuple[str, ...]] = set()
    for row in rows:
        if row["section"] and (row["table"], row["section"]) not in sections:
            row.fail(f"no row of table {row['table']!r} opens section {row['section']!r}")
    return tuple(_label(row, indicators, keys, words, seen) for row in rows)


def _check_forms(folder: Path, rows: Sequence[Row]) -> None:
    """Checks that the labels are of declared forms, and that every form has some."""
    declared = read_csv(folder / "forms.csv", ("form", "note"))
    forms = unique(declared, lambda row: row.required("form"), lambda row: row)
    for row in rows:
        if unknown := [form for form in forms_of(row) if form not in forms]:
            row.fail(f"form {unknown[0]!r} is not declared in forms.csv")
    for form in forms.keys() - {form for row in rows for form in forms_of(row)}:
        forms[form].fail(f"form {form!r} has no row in labels.csv")


def _label(
    row: Row,
    indicators: Mapping[str, Indicator],
    heads: set[tuple[str, str]],
    words: FigureWords,
    seen: set[tuple[str, ...]],
) -> Label:
    forms, table, head = forms_of(row), row["table"], row["head"]
    if table not in {name for name, _ in heads}:
        row.fail(f"table {table!r} has no heads in heads.csv")
    if head and (table, head) not in heads:
        row.fail(f"head {head!r} of table {table!r} is not declared in heads.csv")
    printed = (row.required("label"), *row.several("synonyms"))
    return Label(
        forms=forms,
        table=table,
        section=row["section"],
        number=_number(row),
        label=row["label"],
        kind=_kind(row, indicators),
        head=head,
        indicator=row["indicator"],
        unit=_unit(row, indicators, words),
        opens=row["opens"],
        keys=own_keys(
            row,
            (key for text in printed for key in declared_label_keys(text)),
            lambda key: (table, row["section"], head, key),
            seen,
        ),
    )


def _kind(row: Row, indicators: Mapping[str, Indicator]) -> LabelKind:
    kind = row.choice("kind", ("row", "section"))
    if row["indicator"] and row["indicator"] not in indicators:
        row.fail(f"indicator {row['indicator']!r} is not declared in indicators.csv")
    if row["unit"] and row["indicator"] and indicators[row["indicator"]].measure == "money":
        row.fail("money takes its unit from what is printed, never from the form")
    if kind == "row" and not row["indicator"]:
        row.fail("a row needs an indicator")
    if kind == "section" and not row["opens"]:
        row.fail("a section's head needs the name of the section it opens")
    return cast(LabelKind, kind)


def _unit(row: Row, indicators: Mapping[str, Indicator], words: FigureWords) -> str:
    """The unit that the form gives, which must be of the kind of the indicator's."""
    unit, code = words.unit(unit_of(row, words)), row["indicator"]
    wanted = words.unit(indicators[code].unit) if code else None
    if unit and wanted and unit.dimension != wanted.dimension:
        row.fail(f"unit {row['unit']!r} is not of the kind of {wanted.name}, that of {code}")
    return row["unit"]


def _number(row: Row) -> str:
    """The printed number of a label, bare."""
    if not _NUMBER.fullmatch(row["number"]):
        row.fail(f"number {row['number']!r} is not bare: 一, 二 ... or 1, 2 ...")
    return row["number"]
