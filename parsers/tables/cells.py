"""From a box under a column to an observation."""

from dataclasses import dataclass
from decimal import Decimal

from parsers.declared.forms import FormDeclarations, Label
from parsers.figures import Figure, in_unit, read_figure
from parsers.records import Observation, Period, UnitFrom
from parsers.tables.heads import Column, unit_in
from parsers.tables.rows import Row
from parsers.tables.sheets import Box
from parsers.text import canon

# What is counted, is counted in whole numbers.
_WHOLE = ("count", "persons")


@dataclass(frozen=True, slots=True)
class Source:
    """What all cells of a row share: the printed words left of them, the unit, the declared row.

    `unit` is the one of the row's own unit cell or label; `how` tells how the label was found.
    """

    path: str
    unit: str
    how: str

    @classmethod
    def of(cls, row: Row, printed_unit: str, declared: FormDeclarations) -> "Source":
        """That of a row whose unit cell prints `printed_unit`."""
        left = [box.text for box in row.line.boxes[: max(row.label, 0)] if not box.blank]
        path = dict.fromkeys(" ".join(text.split()) for text in (*left, row.text) if text.strip())
        unit = printed_unit or unit_in(row.text, declared.words)
        return cls(" / ".join(path), unit, row.how or "heads")


def observe(
    source: Source, label: Label, column: Column, box: Box, form: str, declared: FormDeclarations
) -> Observation:
    """The observation of one cell in a table of `form`."""
    figure = read_figure(box.text, declared.words)
    unit, unit_from = _unit(figure, source, label, column, declared)
    if _is_scaled_twice(figure, unit, declared):
        figure = Figure(box.text, "unreadable")
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
        evidence=f"{source.path} × {canon(column.head.text)}".removeprefix(" × "),
        rule=_rule(source, label, column),
        form=form,
    )


def _is_scaled_twice(figure: Figure, unit: str, declared: FormDeclarations) -> bool:
    """Whether 1.5万 stands under 万元: whether that multiplies once or twice nobody can tell."""
    known = declared.words.unit(unit)
    return figure.scaled and not figure.unit and known is not None and known.factor != 1


def _unit(
    figure: Figure, source: Source, label: Label, column: Column, declared: FormDeclarations
) -> tuple[str, UnitFrom]:
    """The nearest unit: in the cell, in the row, in the head; for counts the form's own.

    One for the whole table counts only where it is of the indicator's kind.
    """
    if figure.unit:
        return figure.unit, "cell"
    if source.unit:
        return source.unit, "row"
    if column.unit:
        return column.unit, "header"
    above = declared.words.unit(column.unit_above)
    own = declared.words.unit(declared.indicators[label.indicator].unit)
    if above and own and above.dimension == own.dimension:
        return above.name, "header"
    return (label.unit, "form") if label.unit else ("", "")


def _standard(
    figure: Figure, unit: str, indicator: str, declared: FormDeclarations
) -> tuple[Decimal | None, str]:
    wanted = declared.indicators[indicator].unit
    if figure.value is None or not unit or not wanted:
        return None, wanted
    value, kind = in_unit(figure.value, unit, wanted, declared.words), declared.words.unit(wanted)
    if value is not None and kind and kind.dimension in _WHOLE and value % 1:
        return None, wanted
    return value, wanted


def _period(column: Column) -> Period:
    return "cumulative" if column.role == "period" and column.key == "cumulative" else "year"


def _rule(source: Source, label: Label, column: Column) -> str:
    """The declared row and head, and how the label was found: `requests 三/三 1 ... (near)`."""
    where = " ".join(part for part in (label.table, label.section, label.number) if part)
    group = f"{column.group}." if column.group else ""
    return f"{where} {label.label} × {group}{column.key} ({source.how})"
