"""Workbooks: what is printed, not what is stored."""

import io
from datetime import date

import pytest
import xlsxwriter

from parsers.records import Document
from pipelines.documents import read_document
from pipelines.sheets import dated, formatted
from tests.pipelines.documents.hostile import changed

ROWS = (("项目", "上年", "本年"), ("收到", 7, 8), ("作废", 90, 91), ("办结", 5, 6))


def workbook(hide: bool = False) -> bytes:
    target = io.BytesIO()
    book = xlsxwriter.Workbook(target, {"in_memory": True})
    sheet = book.add_worksheet("统计表")
    for row, line in enumerate(ROWS):
        sheet.write_row(row, 0, line)
    if hide:
        sheet.set_column(1, 1, None, None, {"hidden": True})
        sheet.set_row(2, None, None, {"hidden": True})
    book.close()
    return target.getvalue()


def grid(document: Document) -> list[list[str]]:
    (found,) = document.grids()
    return [[cell.text for cell in row] for row in found.rows]


def test_hidden_rows_and_columns_are_left_out_and_told() -> None:
    document = read_document(workbook(hide=True))
    assert grid(document) == [["项目", "本年"], ["收到", "8"], ["办结", "6"]]
    assert next(document.grids()).rows[2][1].place == "xlsx:统计表!C4"
    assert [problem.kind for problem in document.problems] == ["hidden_text"]


def test_cells_without_references_stand_in_their_rows() -> None:
    def bare(sheet: bytes) -> bytes:
        for row in range(1, 5):
            for column in "ABC":
                sheet = sheet.replace(f'r="{column}{row}" '.encode(), b"")
                sheet = sheet.replace(f'r="{column}{row}"'.encode(), b"")
        return sheet

    document = read_document(changed(workbook(), "xl/worksheets/sheet1.xml", bare))
    assert grid(document) == [[str(text) for text in row] for row in ROWS]


@pytest.mark.parametrize(
    ("form", "printed"),
    [
        ('yyyy"年"m"月"d"日"', "2024年1月5日"),
        ("yyyy-mm-dd hh:mm", "2024-01-05"),
        ('[$-804]yyyy"年"m"月";@', "2024年1月"),
        ("#,##0", ""),
        ('0"条"', ""),
        ("General", ""),
        ('[Red]0.00"days"', ""),
    ],
)
def test_days_are_printed_as_days(form: str, printed: str) -> None:
    assert dated("45296", form, date(1899, 12, 30)) == printed


def test_a_comma_behind_the_digits_leaves_three_of_them_out() -> None:
    assert formatted("1234567", "#,##0,") == "1,235"
    assert formatted("1234567", "#,##0") == "1,234,567"
