"""Opens a table that people pass on: CSV in any encoding and with any mark, workbook, HTML, zip."""

import csv
import io
from collections.abc import Iterator
from pathlib import Path

import python_calamine
from lxml import etree, html

from archive.errors import UsageError
from pipelines.decode import decode
from pipelines.limits import Package, RefusedError
from pipelines.sniff import media_type
from pipelines.spreadsheet import refusals
from pipelines.zip import member_name

_ENDINGS = (".csv", ".txt", ".xls", ".xlsx", ".et", ".htm", ".html")
_MARKS = "\t;|,"
_HEAD_CHARS = 2_000

# The name of a table, and its rows with the lines in which they stand.
Table = tuple[str, Iterator[tuple[int, list[str]]]]


def read_tables(path: Path) -> Iterator[Table]:
    """The tables of a file: one for each sheet of a workbook, and each member of a zip.

    Raises:
        UsageError: if the file cannot be read or holds no table.
    """
    try:
        payload = path.read_bytes()
    except OSError as error:
        raise UsageError(f"{path}: {error.strerror}") from error
    try:
        yield from _tables(payload, path.name)
    except (RefusedError, ValueError, OSError) as error:
        raise UsageError(f"{path}: {error}") from error


def _tables(payload: bytes, name: str) -> Iterator[Table]:
    kind = media_type(payload)
    if kind == "zip":
        yield from _members(payload, name)
    elif kind in ("xlsx", "xlsb", "xls", "ole"):
        yield from _sheets(payload, name)
    elif kind in ("html", "text"):
        text = decode(payload).text
        yield name, _rows_of_html(text) if kind == "html" else _rows_of_text(text)
    elif kind != "empty":
        raise ValueError(f"{name} is no table, but {kind}")


def _members(payload: bytes, name: str) -> Iterator[Table]:
    package = Package(payload)
    for info in package.members:
        member = member_name(info)
        hidden = member.startswith("__MACOSX") or member.rpartition("/")[2].startswith(".")
        if member.casefold().endswith(_ENDINGS) and not hidden:
            yield from _tables(package.read_member(info), f"{name}/{member}")


def _sheets(payload: bytes, name: str) -> Iterator[Table]:
    if payload.startswith(b"PK"):
        # Refuses a bomb before the library opens it.
        Package(payload)
    with refusals():
        book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(payload))
    for sheet in book.sheet_names:
        with refusals():
            rows = book.get_sheet_by_name(sheet).to_python(skip_empty_area=False)
        told = name if len(book.sheet_names) == 1 else f"{name}/{sheet}"
        yield told, enumerate(([_printed(cell) for cell in row] for row in rows), 1)


def _printed(cell: object) -> str:
    """A cell's value; a code that a program took for a number has no decimals."""
    return str(int(cell)) if isinstance(cell, float) and cell.is_integer() else str(cell)


def _rows_of_html(text: str) -> Iterator[tuple[int, list[str]]]:
    try:
        tree = html.document_fromstring(text)
    except (etree.ParserError, etree.XMLSyntaxError):
        return
    for number, row in enumerate(tree.iter("tr"), 1):
        cells = row.iter("td", "th")
        yield number, ["".join(map(str, cell.itertext())).strip() for cell in cells]


def _rows_of_text(text: str) -> Iterator[tuple[int, list[str]]]:
    head = text[:_HEAD_CHARS]
    mark = max(_MARKS, key=head.count)
    reader = csv.reader(io.StringIO(text, newline=None), delimiter=mark)
    try:
        yield from ((reader.line_num, cells) for cells in reader)
    except csv.Error as error:
        raise ValueError(f"line {reader.line_num}: {error}") from error
