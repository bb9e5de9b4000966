"""xls workbooks; made by LibreOffice, so skipped where it is not installed."""

import io
import shutil
import struct
import subprocess
from pathlib import Path

import pytest
import xlsxwriter

from pipelines import biff
from pipelines.documents import read_document
from pipelines.limits import RefusedError
from pipelines.spreadsheet import read_xls
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
    sheet.write_row(len(PRINTED), 0, ["作废", 99, 99])
    sheet.set_row(len(PRINTED), None, None, {"hidden": True})
    draft = book.add_worksheet("草稿")
    draft.write_row(0, 0, ["作废", 98])
    draft.hide()
    book.close()
    document = read_document(as_xls(target.getvalue(), tmp_path))
    (grid,) = document.grids()
    assert [row[1].text for row in grid.rows] == [shown for _, shown in PRINTED.values()]
    assert [problem.kind for problem in document.problems] == ["hidden_text", "hidden_text"]


def record(kind: int, body: bytes) -> bytes:
    return struct.pack("<HH", kind, len(body)) + body


def test_names_and_formats_of_an_excel_95_workbook(monkeypatch: pytest.MonkeyPatch) -> None:
    name, pattern = "表一".encode("gbk"), '0"件"'.encode("gbk")
    begin = record(0x0809, struct.pack("<HHHH", 0x0500, 5, 0, 0))
    head = record(0x041E, struct.pack("<HB", 164, len(pattern)) + pattern)
    head += record(0x00E0, struct.pack("<HH", 0, 164))
    place = len(begin) + len(head) + 4 + 7 + len(name)
    sheets = record(0x0085, struct.pack("<IHB", place, 0, len(name)) + name)
    cell = record(0x0203, struct.pack("<HHHd", 2, 1, 0, 7.0))
    columns = record(0x007D, struct.pack("<HHHHH", 3, 4, 0, 0, 1))
    stream = begin + head + sheets + begin + columns + cell
    monkeypatch.setattr(biff, "_workbook", lambda payload: (stream, {biff._SUMMARY}))
    layout = biff.read_layout(b"")
    assert layout.formats == {("表一", 2, 1): '0"件"'}
    assert layout.hidden_columns == {"表一": {3, 4}}


def layout_of(
    monkeypatch: pytest.MonkeyPatch, head: bytes, sheet: bytes, *, is_described: bool = True
) -> biff.Layout:
    """What the records of a workbook of one sheet say."""
    name = "表一".encode("utf-16-le")
    begin = record(0x0809, struct.pack("<HHHH", 0x0600, 5, 0, 0))
    place = len(begin) + len(head) + 4 + 8 + len(name)
    sheets = record(0x0085, struct.pack("<IHBB", place, 0, 2, 1) + name)
    stream = begin + head + sheets + begin + sheet
    held = {biff._SUMMARY} if is_described else set()
    monkeypatch.setattr(biff, "_workbook", lambda payload: (stream, held))
    return biff.read_layout(b"")


def style(font: int, pattern: int, colour: int) -> bytes:
    return record(0x00E0, struct.pack("<HH10xIH", font, 0, pattern << 26, colour))


def test_white_cells_of_a_workbook_without_a_ground(monkeypatch: pytest.MonkeyPatch) -> None:
    fonts = b"".join(record(0x0031, struct.pack("<HHH", 200, 0, icv)) for icv in (8, 8, 8, 8, 9))
    head = fonts + style(5, 0, 64) + style(5, 1, 12) + style(5, 1, 9) + style(0, 0, 64)
    cells = b"".join(record(0x00FD, struct.pack("<HHHI", 0, n, n, 0)) for n in range(4))
    layout = layout_of(monkeypatch, head, cells)
    assert layout.white == {("表一", 0, 0), ("表一", 0, 2)}
    assert not layout_of(monkeypatch, head, cells + record(0x01B0, bytes(20))).white


def test_formulas_without_results_and_sheets_without_zeros(monkeypatch: pytest.MonkeyPatch) -> None:
    empty = struct.pack("<B5xH", 3, 0xFFFF)
    head = struct.pack("<HHH", 0, 0, 0)
    never = record(0x0006, head + empty + bytes(6) + struct.pack("<HBH", 3, 0x1E, 7))
    text = record(
        0x0006, b"\1\0" + head[2:] + empty + bytes(6) + struct.pack("<H3B", 3, 0x17, 0, 0)
    )
    window = record(0x023E, struct.pack("<H16x", 0x00A6))
    layout = layout_of(monkeypatch, b"", window + never + text)
    assert layout.unknown == {("表一", 0, 0)}
    assert layout.without_zeros == {"表一"}


def formula(row: int, kind: int, tokens: bytes, code: int = 0) -> bytes:
    """A formula whose result is no number: an error (2) or an empty text (3)."""
    result = struct.pack("<BBB3xH", kind, 0, code, 0xFFFF)
    head = struct.pack("<HHH", row, 0, 0) + result + bytes(6)
    return record(0x0006, head + struct.pack("<H", len(tokens)) + tokens)


def test_a_palette_says_which_colours_are_white(monkeypatch: pytest.MonkeyPatch) -> None:
    colours = [b"\xff\xff\xff\0" if number == 4 else bytes(4) for number in range(56)]
    palette = record(0x0092, struct.pack("<H", 56) + b"".join(colours))
    fonts = b"".join(record(0x0031, struct.pack("<HHH", 200, 0, icv)) for icv in (9, 12))
    head = fonts + style(0, 0, 64) + style(1, 0, 64) + palette
    cells = b"".join(record(0x00FD, struct.pack("<HHHI", n, 0, n, 0)) for n in range(2))
    assert layout_of(monkeypatch, head, cells).white == {("表一", 1, 0)}
    plain = layout_of(monkeypatch, head.replace(palette, b""), cells)
    assert plain.white == {("表一", 0, 0)}


def test_errors_are_printed_and_shared_formulas_may_be_empty(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    shared = b"\x01" + struct.pack("<HH", 0, 0)
    cells = formula(0, 3, shared) + record(0x04BC, bytes(10) + b"\x17\0\0") + formula(1, 3, shared)
    cells += formula(2, 2, b"\x1e\1\0", 0x07) + formula(3, 3, b"\x01" + struct.pack("<HH", 3, 0))
    cells += record(0x0205, struct.pack("<HHHBB", 4, 0, 0, 0x2A, 1))
    layout = layout_of(monkeypatch, b"", cells)
    assert layout.errors == {("表一", 2, 0): "#DIV/0!", ("表一", 4, 0): "#N/A"}
    assert layout.unknown == {("表一", 3, 0)}


def test_formulas_that_a_library_never_computed_are_unknown(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    cells = formula(0, 3, b"\x17\0\0") + formula(1, 3, b"\x17\0\0")
    assert layout_of(monkeypatch, b"", cells).unknown == set()
    unknown = layout_of(monkeypatch, b"", cells, is_described=False).unknown
    assert unknown == {("表一", 0, 0), ("表一", 1, 0)}


def test_a_workbook_over_which_the_library_panics_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    class PanicException(BaseException):  # as of its Rust part, which cannot be imported
        pass

    class Book:
        @staticmethod
        def from_filelike(file: io.BytesIO) -> None:
            raise PanicException("slice index starts at 11776 but ends at 11406")

    monkeypatch.setattr("pipelines.spreadsheet.is_locked", lambda payload: False)
    monkeypatch.setattr("python_calamine.CalamineWorkbook", Book)
    with pytest.raises(RefusedError, match="damaged"):
        read_xls(b"\xd0\xcf\x11\xe0")


def test_rows_beyond_those_that_are_read_are_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pipelines.spreadsheet.MAX_ROWS", 2)
    document = read_document(writers.xlsx())
    assert "table_too_large" in [problem.kind for problem in document.problems]
