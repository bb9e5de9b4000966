"""From a box under a column to an observation."""

from decimal import Decimal

from parsers.declared.forms import FormDeclarations, Label
from parsers.figures import Figure, in_unit, read_figure
from parsers.records import Observation, Period, UnitFrom
from parsers.tables.heads import Column, unit_in
from parsers.tables.rows import Row
from parsers.tables.sheets import Box
from parsers.text import canon


def observe(
    row: Row, label: Label, column: Column, box: Box, printed_unit: str, declared: FormDeclarations
) -> Observation:
    """The observation of one cell; `printed_unit` is that of the row's own unit cell."""
    figure = read_figure(box.text, declared.words)
    unit, unit_from = _unit(figure, row, label, column, printed_unit, declared)
    standard, wanted = _standard(figure, unit, label.indicator, declared)
    return Observation(
        indicator=label.indicator,
        value=figure.value,
        status=figure.status,
        raw=box.text,
        method="table",
        locator=box.place,
        applicant=column.key if column.role == "applicant" else "",
        period=_period(column),
        unit=unit,
        unit_from=unit_from,
        value_std=standard,
        unit_std=wanted,
        qualifier=figure.qualifier,
        evidence=_evidence(row, column),
        rule=_rule(row, label, column),
        form=" ".join(label.forms),
    )


def _unit(
    figure: Figure,
    row: Row,
    label: Label,
    column: Column,
    printed: str,
    declared: FormDeclarations,
) -> tuple[str, UnitFrom]:
    """The nearest unit: in the cell, in the row, in the head; for counts the form's own."""
    if figure.unit:
        return figure.unit, "cell"
    if unit := printed or unit_in(row.text, declared.words):
        return unit, "row"
    if column.unit:
        return column.unit, "header"
    return (label.unit, "form") if label.unit else ("", "")


def _standard(
    figure: Figure, unit: str, indicator: str, declared: FormDeclarations
) -> tuple[Decimal | None, str]:
    wanted = declared.indicators[indicator].unit
    if figure.value is None or not unit or not wanted:
        return None, wanted
    return in_unit(figure.value, unit, wanted, declared.words), wanted


def _period(column: Column) -> Period:
    return "cumulative" if column.role == "period" and column.key == "cumulative" else "year"


def _evidence(row: Row, column: Column) -> str:
    """The printed words that decide: what stands left of the figure, and the head above it."""
    left = [box.text for box in row.line.boxes[: max(row.label, 0)] if not box.blank]
    path = dict.fromkeys(" ".join(text.split()) for text in (*left, row.text) if text.strip())
    return f"{' / '.join(path)} × {canon(column.head.text)}".removeprefix(" × ")


def _rule(row: Row, label: Label, column: Column) -> str:
    """The declared row and head, and how the label was found: `requests 三/(三) ... (near)`."""
    where = " ".join(part for part in (label.table, label.section, label.number) if part)
    group = f"{column.group}." if column.group else ""
    return f"{where} {label.label} × {group}{column.key} ({row.how or 'heads'})"
