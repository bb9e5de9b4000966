"""CSV and JSON, in UTF-8.

CSV as in RFC 4180, with line feeds; the Excel kind has a byte-order mark, CRLF, and an apostrophe
before each text that a spreadsheet would run as a formula (https://owasp.org, CSV injection).
"""

import csv
import json
import re
from collections.abc import Iterable, Iterator, Sequence
from io import TextIOWrapper
from typing import BinaryIO

from query.columns import Column
from query.corpus import Row, Value
from query.formats.numbers import number, printed

BYTE_ORDER_MARK = b"\xef\xbb\xbf"
FORMULA_STARTS = ("=", "+", "-", "@", "＝", "＋", "－", "＠")
PLAIN_NUMBER = re.compile(r"[+-]?\d{1,15}(\.\d+)?")


def write_csv(columns: Sequence[Column], rows: Iterable[Row], stream: BinaryIO) -> None:
    """Writes plain CSV."""
    _write(columns, ([printed(value) for value in row] for row in rows), stream)


def write_tsv(columns: Sequence[Column], rows: Iterable[Row], stream: BinaryIO) -> None:
    """Writes tab-separated text."""
    _write(columns, ([printed(value) for value in row] for row in rows), stream, delimiter="\t")


def write_excel_csv(columns: Sequence[Column], rows: Iterable[Row], stream: BinaryIO) -> None:
    """Writes CSV that a spreadsheet opens in the right encoding and without running anything."""
    stream.write(BYTE_ORDER_MARK)
    safe = ([defused(printed(value)) for value in row] for row in rows)
    _write(columns, safe, stream, line_end="\r\n")


def defused(text: str) -> str:
    """A text that no spreadsheet takes for a formula; plain numbers stay as they are."""
    begins = text.lstrip()[:1] in FORMULA_STARTS and text.strip() != ""
    if (begins and not PLAIN_NUMBER.fullmatch(text)) or text[:1] in ("\t", "\r", "\n"):
        return f"'{text}"
    return text


def write_jsonl(columns: Sequence[Column], rows: Iterable[Row], stream: BinaryIO) -> None:
    """Writes one JSON object a line."""
    for line in _objects(columns, rows):
        stream.write(f"{line}\n".encode())


def write_json(columns: Sequence[Column], rows: Iterable[Row], stream: BinaryIO) -> None:
    """Writes one JSON array, an object a line."""
    stream.write(b"[")
    for count, line in enumerate(_objects(columns, rows)):
        stream.write(f"{',' if count else ''}\n{line}".encode())
    stream.write(b"\n]\n")


def _objects(columns: Sequence[Column], rows: Iterable[Row]) -> Iterator[str]:
    for row in rows:
        pairs = zip(columns, row, strict=True)
        entry = {column.name: _json_value(column, value) for column, value in pairs}
        yield json.dumps(entry, ensure_ascii=False)


def _json_value(column: Column, value: Value) -> Value:
    return number(value) if column.kind == "number" else value


def _write(
    columns: Sequence[Column],
    rows: Iterable[Sequence[str]],
    stream: BinaryIO,
    delimiter: str = ",",
    line_end: str = "\n",
) -> None:
    text = TextIOWrapper(stream, encoding="utf-8", errors="replace", newline="")
    out = csv.writer(text, delimiter=delimiter, lineterminator=line_end)
    out.writerow([column.name for column in columns])
    out.writerows(rows)
    text.flush()
    text.detach()
