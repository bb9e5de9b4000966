"""Excel workbooks, written row by row; every text stays text."""

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from itertools import chain, islice
from typing import BinaryIO

import xlsxwriter

from query.columns import Column
from query.corpus import Row
from query.datapackage import LICENCE_NOTE, SOURCE
from query.formats.numbers import number

# Limits of the format (Excel specifications and limits).
ROWS_A_SHEET = 1_048_576
CHARS_A_CELL = 32_767
# Equal rows give equal files: the time of writing is not kept.
NO_TIME = datetime(2000, 1, 1, tzinfo=UTC)
CUT = "…[cut: the whole text is in the CSV and Parquet exports]"
OPTIONS = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}


def write_xlsx(columns: Sequence[Column], rows: Iterable[Row], stream: BinaryIO) -> None:
    """Writes a workbook: the data, on as many sheets as its rows need, and the columns' meaning."""
    with xlsxwriter.Workbook(stream, OPTIONS) as book:
        book.set_properties({"created": NO_TIME})
        heading = book.add_format({"bold": True})
        remaining = iter(rows)
        first = list(islice(remaining, 1))
        while True:
            sheet = _sheet(book, columns, heading)
            for at, row in enumerate(islice(chain(first, remaining), ROWS_A_SHEET - 1), start=1):
                _write_row(sheet, at, columns, row)
            first = list(islice(remaining, 1))
            if not first:
                break
        _describe(book, columns, heading)


def _sheet(book: xlsxwriter.Workbook, columns: Sequence[Column], heading: object) -> object:
    sheet = book.add_worksheet()
    sheet.freeze_panes(1, 0)
    for at, column in enumerate(columns):
        sheet.write_string(0, at, column.name, heading)
    return sheet


def _write_row(sheet: object, at: int, columns: Sequence[Column], row: Row) -> None:
    write_number, write_string = sheet.write_number, sheet.write_string  # type: ignore[attr-defined]
    for place, (column, value) in enumerate(zip(columns, row, strict=True)):
        if value is None or value == "":
            continue
        shown = value if column.kind == "text" else number(value)
        if isinstance(shown, int | float):
            write_number(at, place, shown)
        else:
            write_string(at, place, _fitting(str(shown)))


def _fitting(text: str) -> str:
    return text if len(text) <= CHARS_A_CELL else text[: CHARS_A_CELL - len(CUT)] + CUT


def _describe(book: xlsxwriter.Workbook, columns: Sequence[Column], heading: object) -> None:
    sheet = book.add_worksheet("columns")
    sheet.write_row(0, 0, ["column", "meaning"], heading)
    told = [(column.name, column.label) for column in columns]
    told += [("", ""), ("source", SOURCE), ("licence", LICENCE_NOTE)]
    for at, pair in enumerate(told, start=1):
        for place, text in enumerate(pair):
            sheet.write_string(at, place, text)
