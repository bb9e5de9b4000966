"""Workbooks: what is printed, not what is stored."""

import io
from collections.abc import Callable
from datetime import date

import pytest
import xlsxwriter

from parsers.records import Document
from pipelines.documents import read_document
from pipelines.number_formats import dated, formatted
from pipelines.sheets import MAX_SHEETS
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


@pytest.mark.parametrize(
    ("value", "form", "printed"),
    [
        ("1234.5", '0.00"万元"', "1234.50万元"),
        ("5", 'General"件"', "5件"),
        ("12345678", '0!.0,"万"', "1234.6万"),
        ("12345", '[>=10000]0.0,"千";0', "12.3千"),
        ("99", '[>=10000]0.0,"千";0', "99"),
        ("0.5", "# ?/?", "0.5"),
        ("12", "000", "12"),
        ("-5", "0;[Red](0)", "-5"),
        ("0", '_ * #,##0_ ;_ * -#,##0_ ;_ * "-"??_ ;_ @_ ', "0"),
        ("3.1", "0.0#", "3.1"),
        ("12", '0"%"', "12%"),
        ("0.12", "0%", "12%"),
        ("5", ".##", "5"),
        ("1234.5", "[$¥-804]#,##0.00", "1,234.50"),
        ("1234.5", '"¥"#,##0.00', "1,234.50"),
    ],
)
def test_a_unit_within_the_format_is_printed(value: str, form: str, printed: str) -> None:
    assert formatted(value, form) == printed


def with_row(cells: str) -> Document:
    row = f'<row r="5"><c r="A5" t="inlineStr"><is><t>退回</t></is></c>{cells}</row></sheetData>'
    inserted = (b"</sheetData>", row.encode())
    return read_document(
        changed(workbook(), "xl/worksheets/sheet1.xml", lambda sheet: sheet.replace(*inserted))
    )


@pytest.mark.parametrize(
    ("cell", "text", "kinds"),
    [
        (
            't="inlineStr"><is><r><rPr><strike/></rPr><t>12</t></r><r><t>15</t></r></is>',
            "15",
            ["struck_text"],
        ),
        ('t="str"><v>7_x000D_</v>', "7", []),
        ('t="s"><v>999</v>', "\ufffd", []),
        ("><f>SUM(B2:B4)</f>", "\ufffd", ["formula_without_value"]),
        ("><f>SUM(B2:B4)</f><v></v>", "\ufffd", ["formula_without_value"]),
        ('t="str"><f>IF(B2=7,"","x")</f><v></v>', "", []),
    ],
)
def test_cells_of_other_kinds(cell: str, text: str, kinds: list[str]) -> None:
    document = with_row(f'<c r="B5" {cell}</c>')
    assert grid(document)[-1][:2] == ["退回", text]
    assert [problem.kind for problem in document.problems] == kinds


def test_sheets_that_are_hidden_and_cells_struck_out_are_left_out_and_told() -> None:
    target = io.BytesIO()
    book = xlsxwriter.Workbook(target, {"in_memory": True})
    sheet, draft = book.add_worksheet("统计表"), book.add_worksheet("草稿")
    for row, line in enumerate(ROWS):
        sheet.write_row(row, 0, line)
        draft.write_row(row, 0, line)
    sheet.write(1, 2, 9, book.add_format({"font_strikeout": True}))
    draft.hide()
    book.close()
    document = read_document(target.getvalue())
    assert grid(document)[1] == ["收到", "7", ""]
    assert [problem.kind for problem in document.problems] == ["struck_text", "hidden_text"]


def boxed(
    boxes: list[tuple[int, str]], change: Callable[[bytes], bytes] = bytes, cells: bool = True
) -> Document:
    """A workbook with a table from its third row on and with text boxes on rows."""
    target = io.BytesIO()
    book = xlsxwriter.Workbook(target, {"in_memory": True})
    sheet = book.add_worksheet("统计表")
    for row, line in enumerate(ROWS if cells else ()):
        sheet.write_row(row + 2, 0, line)
    for row, text in boxes:
        sheet.insert_textbox(row, 1, text)
    book.close()
    return read_document(changed(target.getvalue(), "xl/drawings/drawing1.xml", change))


def test_text_boxes_are_paragraphs_in_their_place() -> None:
    document = boxed(
        [(9, "注：不含下级单位。"), (0, "青禾市水务局\n2019年政府信息公开工作年度报告")]
    )
    kinds = [getattr(block, "text", "grid") for block in document.blocks]
    title = "2019年政府信息公开工作年度报告"
    assert kinds == ["青禾市水务局", title, "grid", "注：不含下级单位。"]
    assert grid(document) == [[str(text) for text in row] for row in ROWS]
    assert next(document.paragraphs()).place == "xlsx:统计表!B1"
    assert f"青禾市水务局{title}" in [candidate.text for candidate in document.titles]


def test_a_sheet_of_text_boxes_alone_is_read() -> None:
    document = boxed([(0, "收到申请3件。")], cells=False)
    assert [paragraph.text for paragraph in document.paragraphs()] == ["收到申请3件。"]
    assert not document.problems


@pytest.mark.parametrize(
    ("old", "new", "kinds"),
    [
        (b'name="TextBox 1"', b'name="TextBox 1" hidden="1"', ["hidden_text"]),
        (b'sz="1100"', b'sz="1100" strike="sngStrike"', ["struck_text"]),
    ],
)
def test_boxes_that_are_not_shown_are_left_out(old: bytes, new: bytes, kinds: list[str]) -> None:
    document = boxed([(0, "收到申请3件。")], lambda drawing: drawing.replace(old, new))
    assert not [*document.paragraphs()]
    assert [problem.kind for problem in document.problems] == kinds


def test_boxes_in_groups_and_damaged_anchors_are_read() -> None:
    def grouped(drawing: bytes) -> bytes:
        drawing = drawing.replace(b"<xdr:sp ", b"<xdr:grpSp><xdr:sp ").replace(b"row>0", b"row>x")
        return drawing.replace(b"</xdr:sp>", b"</xdr:sp></xdr:grpSp>")

    (line,) = boxed([(0, "收到申请3件。")], grouped).paragraphs()
    assert (line.text, line.place) == ("收到申请3件。", "xlsx:统计表!B1")


def test_a_damaged_drawing_leaves_the_sheet_readable() -> None:
    document = boxed([(0, "收到申请3件。")], lambda drawing: drawing[:200])
    assert grid(document) == [[str(text) for text in row] for row in ROWS]
    assert [problem.kind for problem in document.problems] == ["damaged_xml"]


def drawn(change: Callable[[xlsxwriter.Workbook, xlsxwriter.worksheet.Worksheet], None]) -> bytes:
    """The workbook with something done to its sheet."""
    target = io.BytesIO()
    book = xlsxwriter.Workbook(target, {"in_memory": True})
    sheet = book.add_worksheet("统计表")
    for row, line in enumerate(ROWS):
        sheet.write_row(row, 0, line)
    change(book, sheet)
    book.close()
    return target.getvalue()


def unseen(
    properties: dict[str, object], value: float | str = 9
) -> Callable[[xlsxwriter.Workbook, xlsxwriter.worksheet.Worksheet], None]:
    return lambda book, sheet: sheet.write(1, 3, value, book.add_format(properties))


WHITE: dict[str, object] = {"font_color": "#FFFFFF"}


@pytest.mark.parametrize(
    "change",
    [
        unseen(WHITE),
        unseen(WHITE, "九"),
        unseen({**WHITE, "bg_color": "#FFFFFF"}),
        unseen({"num_format": ";;;"}),
        unseen({"num_format": "0;-0;;@"}, 0),
        unseen({"num_format": "0;;0"}, -4),
    ],
)
def test_cells_that_show_nothing_are_left_out_and_told(
    change: Callable[[xlsxwriter.Workbook, xlsxwriter.worksheet.Worksheet], None],
) -> None:
    document = read_document(drawn(change))
    assert grid(document) == [[str(text) for text in row] for row in ROWS]
    assert [problem.kind for problem in document.problems] == ["hidden_text"]


def test_zeros_of_a_sheet_that_shows_none_are_blank_and_told() -> None:
    def change(_: xlsxwriter.Workbook, sheet: xlsxwriter.worksheet.Worksheet) -> None:
        sheet.hide_zero()
        sheet.write(1, 2, 0)

    document = read_document(drawn(change))
    assert grid(document)[1] == ["收到", "7", ""]
    assert [problem.kind for problem in document.problems] == ["hidden_text"]


def _with_rules(book: xlsxwriter.Workbook, sheet: xlsxwriter.worksheet.Worksheet) -> None:
    unseen(WHITE)(book, sheet)
    blue = book.add_format({"bg_color": "#4472C4"})
    rule = {"type": "cell", "criteria": ">", "value": 1, "format": blue}
    sheet.conditional_format(0, 0, 9, 9, rule)


@pytest.mark.parametrize(
    "change",
    [
        unseen({**WHITE, "bg_color": "#4472C4"}),
        unseen({"num_format": "0;-0;;@"}, 9),
        unseen({"num_format": "0;-0"}, 9),
        _with_rules,
    ],
)
def test_cells_that_may_show_something_stay(
    change: Callable[[xlsxwriter.Workbook, xlsxwriter.worksheet.Worksheet], None],
) -> None:
    document = read_document(drawn(change))
    assert grid(document)[1][3] == "9"
    assert document.problems == ()


def test_what_a_workbook_repeats_without_end_is_bounded() -> None:
    def many(book: bytes) -> bytes:
        begin, end = book.index(b"<sheet "), book.index(b"</sheets>")
        return book[:begin] + book[begin:end] * 300 + book[end:]

    def hiding(sheet: bytes) -> bytes:
        column = b'<col min="1" max="999999" hidden="1"/>'
        return sheet.replace(b"<sheetData>", b"<cols>" + column * 50_000 + b"</cols><sheetData>")

    document = read_document(changed(workbook(), "xl/workbook.xml", many))
    assert [problem.kind for problem in document.problems] == ["too_long"]
    assert len(list(document.grids())) == MAX_SHEETS
    hidden = read_document(changed(workbook(), "xl/worksheets/sheet1.xml", hiding))
    assert [problem.kind for problem in hidden.problems] == ["hidden_text", "no_text"]
