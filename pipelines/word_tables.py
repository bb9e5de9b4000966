"""Rows, columns and merged cells of tables in Word documents."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from lxml import etree

from pipelines.grids import MAX_SLOTS, Box
from pipelines.limits import RefusedError, local_name
from pipelines.word import W, attribute, is_on, number_attribute

# What is not part of the final text, and what only describes it.
DELETED = frozenset(
    {"del", "moveFrom", "Fallback", "delText", "instrText", "rt", "sectPr"}
    | {f"{holder}Pr" for holder in ("r", "p", "tc", "tr", "tbl")}
)
TABLE = f"{W}tbl"
ROW, ROW_PROPERTIES = f"{W}tr", f"{W}trPr"
CELL, CELL_PROPERTIES, SPAN = f"{W}tc", f"{W}tcPr", f"{W}gridSpan"
VERTICAL, HORIZONTAL = f"{W}vMerge", f"{W}hMerge"
# A merge by a tracked change.
TRACKED = f"{W}cellMerge"
CONTINUED = {VERTICAL: ("", "continue"), TRACKED: ("cont",)}
MAX_SPAN = 100
MAX_COLUMNS = 1000
# In twentieths of a point: edges nearer than this were meant to be one.
SLIVER = 80
FEWEST_FIGURED = 2

_FIGURE = re.compile(r"[\d,，.]+%?")


class MergedCells:
    """Cells of a table whose vertical merges are told row by row."""

    def __init__(self) -> None:
        self._cells: list[dict[str, Any]] = []
        self._last: dict[int, dict[str, Any]] = {}

    def add(
        self, row: int, col: int, colspan: int, text: str, header: bool, continued: bool
    ) -> None:
        """Adds a cell; a continued one lengthens the cell above it, if that is not wider."""
        above = self._last.get(col)
        fits = above and above["row"] + above["rowspan"] == row and above["colspan"] <= colspan
        if continued and above and fits:
            above["rowspan"] += 1
            return
        if len(self._cells) >= MAX_SLOTS:
            detail = f"a table of more than {MAX_SLOTS} cells is larger than any that is read"
            raise RefusedError("table_too_large", detail)
        cell = {
            "text": text,
            "row": row,
            "col": col,
            "rowspan": 1,
            "colspan": colspan,
            "header": header,
        }
        self._cells.append(cell)
        self._last[col] = cell

    def boxes(self) -> list[Box]:
        """The cells with their spans."""
        return [Box(**cell) for cell in self._cells]


def is_real_table(table: etree._Element) -> bool:
    """Whether a table has at least two rows and two columns."""
    counts = [len(list(cells_of(row))) for row in rows_of(table)]
    return len(counts) >= 2 and max(counts) >= 2


def inner_tables(rows: list[etree._Element]) -> list[etree._Element]:
    """The real tables within cells of some rows, less those that stand in another of them."""
    found: list[etree._Element] = []
    known: set[etree._Element] = set()
    for row in rows:
        for table in row.iter(TABLE):
            if known.isdisjoint(table.iterancestors(TABLE)) and is_real_table(table):
                found.append(table)
                known.add(table)
    return found


def has_own_figures(rows: list[etree._Element]) -> bool:
    """Whether most rows print a figure beside a label, so that it is no frame of other tables."""
    texts = [["".join(map(str, cell.itertext())).strip() for cell in cells_of(row)] for row in rows]
    figured = [row for row in texts if any(map(_FIGURE.fullmatch, row[1:]))]
    return len(figured) >= FEWEST_FIGURED and 2 * len(figured) > len(rows)


def grid_columns(table: etree._Element) -> list[int]:
    """For each edge of the declared columns the number it has when slivers are left out.

    Some programs declare no width at all: then no column is a sliver.
    """
    declared = [
        int(value) if (value := attribute(column, "w")).isdecimal() else SLIVER
        for column in table.iterfind(f"{W}tblGrid/{W}gridCol")
    ]
    widths = declared if any(declared) else [SLIVER] * len(declared)
    columns, number, carried = [0], 0, 0
    for width in widths[:MAX_COLUMNS]:
        carried += width
        if carried >= SLIVER:
            number, carried = number + 1, 0
        columns.append(number)
    return columns


def column_at(columns: list[int], edge: int) -> int:
    """The column that an edge begins; beyond the declared ones each counts as one."""
    if edge < len(columns):
        return columns[edge]
    return columns[-1] + edge - len(columns) + 1


def rows_of(table: etree._Element) -> Iterator[etree._Element]:
    """The rows shown when tracked changes are accepted, through content controls."""
    for child in table:
        if child.tag == ROW:
            properties = child.find(ROW_PROPERTIES)
            if properties is None or not (_is_deleted(properties) or is_hidden(child)):
                yield child
        elif (name := local_name(child)) not in DELETED and name != "tblGrid":
            yield from rows_of(child)


def _is_deleted(properties: etree._Element) -> bool:
    return properties.find(f"{W}del") is not None


def is_hidden(row: etree._Element) -> bool:
    """Whether Word does not show a row."""
    return is_on(row.find(f"{W}trPr/{W}hidden"))


def cells_of(row: etree._Element) -> Iterator[etree._Element]:
    """The cells of a row that remain then, through content controls."""
    for child in row:
        if child.tag == CELL:
            if child.find(f"{W}tcPr/{W}cellDel") is None:
                yield child
        elif (name := local_name(child)) not in DELETED and name != "tblPrEx":
            yield from cells_of(child)


@dataclass(slots=True)
class RowCell:
    """A cell of a row, how many declared columns it spans, and whether it goes on from above."""

    element: etree._Element
    span: int
    continued: bool


def merged_cells(row: etree._Element) -> Iterator[RowCell]:
    """The cells of a row, those that go on with the one to their left taken into it."""
    last: RowCell | None = None
    for element in cells_of(row):
        cell, goes_on = _merges_of(element)
        if last is not None and goes_on:
            last.span += cell.span
            continue
        if last is not None:
            yield last
        last = cell
    if last is not None:
        yield last


def _merges_of(element: etree._Element) -> tuple[RowCell, bool]:
    """A cell, and whether it goes on with the one to its left."""
    cell, goes_on = RowCell(element, 1, False), False
    for properties in element.iterchildren(CELL_PROPERTIES):
        for one in properties.iterchildren(SPAN, VERTICAL, HORIZONTAL, TRACKED):
            if one.tag == SPAN:
                cell.span = min(max(number_attribute(one, 1), 1), MAX_SPAN)
            elif one.tag == HORIZONTAL:
                goes_on = attribute(one, "val") != "restart"
            else:
                merge = attribute(one, "vMerge" if one.tag == TRACKED else "val")
                cell.continued = merge in CONTINUED[one.tag]
    return cell, goes_on
