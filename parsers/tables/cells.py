"""From a box under a column to an observation."""

from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

from parsers.declared.forms import FormDeclarations, Label
from parsers.figures import MAX_CHARS, Figure, FigureWords, in_unit, read_figure
from parsers.records import Observation, UnitFrom
from parsers.tables.columns import Column
from parsers.tables.heads import unit_in
from parsers.tables.rows import Row
from parsers.tables.sheets import Box

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
    """The observation of one cell in a table of `form`.

    Its rule is the declared row and head, and how the label was found.
    """
    wanted = declared.indicators[label.indicator].unit
    units = Units(source.unit, column.unit, column.unit_above, label.unit, wanted)
    measure = _measured if len(box.text) <= MAX_CHARS else _measure
    measured = measure(box.text, units, declared.words)
    figure = measured.figure
    return Observation(
        indicator=label.indicator,
        value=figure.value,
        status=figure.status,
        raw=box.text,
        method="table",
        locator=box.place,
        applicant=column.applicant,
        period=column.period,
        unit=measured.unit,
        unit_from=measured.unit_from,
        value_std=measured.standard,
        unit_std=wanted,
        qualifier=figure.qualifier,
        evidence=" × ".join(filter(None, (source.path, column.words))),
        rule=f"{label.name} × {column.name} ({source.how})",
        form=form,
    )


def doubt(item: Observation, declared: FormDeclarations) -> tuple[str, str] | None:
    """The kind of problem with a figure, and the reason in words."""
    if item.status == "unreadable":
        return "unreadable_figure", "is no figure"
    if item.value is None:
        return None
    if item.value < 0 and declared.indicators[item.indicator].measure != "change":
        return "negative_figure", "is below zero"
    if item.value_std is None and item.unit and item.unit_std:
        return "doubtful_unit", f"({item.unit}) is no number of {item.unit_std}"
    return None


class Units(NamedTuple):
    """The units around a cell: of its row, of its head, above the table, of the form; the wanted.

    Empty where none is printed. The one above the table counts only where it is of the wanted kind.
    """

    row: str
    head: str
    above: str
    form: str
    wanted: str


class Measured(NamedTuple):
    """What a cell prints, its unit, and the value in the wanted unit where that can be told."""

    figure: Figure
    unit: str
    unit_from: UnitFrom
    standard: Decimal | None


def _measure(text: str, units: Units, words: FigureWords) -> Measured:
    figure = read_figure(text, words)
    unit, unit_from = _unit(figure, units, words)
    if _is_scaled_twice(figure, unit, words):
        figure = Figure(text, "unreadable")
    return Measured(figure, unit, unit_from, _standard(figure, unit, units.wanted, words))


# Most cells of a page print one of a few figures.
_measured = lru_cache(8192)(_measure)


def _is_scaled_twice(figure: Figure, unit: str, words: FigureWords) -> bool:
    """Whether 1.5万 stands under 万元: whether that multiplies once or twice nobody can tell."""
    known = words.unit(unit)
    return figure.scaled and not figure.unit and known is not None and known.factor != 1


def _unit(figure: Figure, units: Units, words: FigureWords) -> tuple[str, UnitFrom]:
    """The nearest unit: in the cell, in the row, in the head; for counts the form's own."""
    if figure.unit:
        return figure.unit, "cell"
    if units.row:
        return units.row, "row"
    if units.head:
        return units.head, "header"
    above, wanted = words.unit(units.above), words.unit(units.wanted)
    if above and wanted and above.dimension == wanted.dimension:
        return above.name, "header"
    return (units.form, "form") if units.form else ("", "")


def _standard(figure: Figure, unit: str, wanted: str, words: FigureWords) -> Decimal | None:
    if figure.value is None or not unit or not wanted:
        return None
    value, kind = in_unit(figure.value, unit, wanted, words), words.unit(wanted)
    if value is not None and kind and kind.dimension in _WHOLE and value % 1:
        return None
    return value
