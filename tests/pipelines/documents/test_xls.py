"""xls workbooks; made by LibreOffice, so skipped where it is not installed."""

import io
import shutil
import subprocess
from pathlib import Path

import pytest
import xlsxwriter

from pipelines.documents import read_document
from tests.pipelines.documents import sample, writers

OFFICE = shutil.which("soffice")
PRINTED = {"0.00%": ("0.125", "12.50%"), "0%": ("0.5", "50%"), "#,##0.00": ("1250", "1,250.00")}


def as_xls(xlsx: bytes, folder: Path) -> bytes:
    if OFFICE is None:
        pytest.skip("LibreOffice is not installed")
    (folder / "book.xlsx").write_bytes(xlsx)
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    command = [OFFICE, profile, "--headless", "--convert-to", "xls", "--outdir", str(folder)]
    subprocess.run(
        [*command, str(folder / "book.xlsx")], check=True, capture_output=True, timeout=100
    )
    return (folder / "book.xls").read_bytes()


def test_an_xls_has_the_same_tables_with_figures_as_printed(tmp_path: Path) -> None:
    document = read_document(as_xls(writers.xlsx(), tmp_path))
    assert document.media_type == "xls"
    grids = [[[cell.text for cell in row] for row in grid.rows] for grid in document.grids()]
    assert grids == sample.grids()


def test_percentages_and_decimals_of_an_xls_stay(tmp_path: Path) -> None:
    target = io.BytesIO()
    book = xlsxwriter.Workbook(target, {"in_memory": True})
    sheet = book.add_worksheet("表")
    for row, (pattern, (value, _)) in enumerate(PRINTED.items()):
        sheet.write(row, 0, f"指标{row}")
        sheet.write(row, 1, float(value), book.add_format({"num_format": pattern}))
        sheet.write(row, 2, row)
    book.close()
    (grid,) = read_document(as_xls(target.getvalue(), tmp_path)).grids()
    assert [row[1].text for row in grid.rows] == [shown for _, shown in PRINTED.values()]
