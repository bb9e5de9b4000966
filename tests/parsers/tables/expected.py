"""What tests expect of a reading."""

from decimal import Decimal
from typing import Any

from parsers.records import APPLICANTS
from parsers.tables import TableReading
from tests.parsers.tables.build import figures, grid
from tests.parsers.tables.samples import REQUEST_ROWS

Rows = list[list[Any]]


def value(
    reading: TableReading, indicator: str, applicant: str = "", period: str = "year"
) -> Decimal | None:
    return figures(reading)[indicator, applicant, period].value


def numbered() -> dict[tuple[str, str], str]:
    """A different figure in each cell, so that none can be taken for another."""
    codes = [code for _, _, code in REQUEST_ROWS]
    pairs = [(code, name) for code in codes for name in APPLICANTS]
    return {pair: str(1000 + number) for number, pair in enumerate(pairs)}


def assert_all(reading: TableReading, wanted: dict[tuple[str, str], str]) -> None:
    found = {key[:2]: item for key, item in figures(reading).items()}
    assert {key: str(item.value) for key, item in found.items()} == wanted


ARTICLES: Rows = [
    [("第二十条第（一）项", 1, 4)],
    ["信息内容", "本年制发件数", "本年废止件数", "现行有效件数"],
    ["规章", "1", "2", "3"],
    ["行政规范性文件", "4", "5", "6"],
    [("第二十条第（五）项", 1, 4)],
    ["信息内容", ("本年处理决定数量", 1, 3)],
    ["行政许可", ("7", 1, 3)],
    [("第二十条第（六）项", 1, 4)],
    ["信息内容", ("本年处理决定数量", 1, 3)],
    ["行政处罚", ("8", 1, 3)],
    ["行政强制", ("9", 1, 3)],
    [("第二十条第（八）项", 1, 4)],
    ["信息内容", ("本年收费金额（单位：万元）", 1, 3)],
    ["行政事业性收费", ("10.5", 1, 3)],
]


def repeated(rows: Rows) -> Rows:
    """Each cell divided, its text repeated in all places that it covered."""
    return [[cell.text for cell in row] for row in grid(rows).rows]


def without_spans(rows: Rows) -> Rows:
    """Each cell on its own, what it covered blank: merges lost."""
    flat: Rows = []
    for row in grid(rows).rows:
        here = len(flat)
        flat.append(
            [
                cell.text if (cell.row, cell.col) == (here, col) else ""
                for col, cell in enumerate(row)
            ]
        )
    return flat
