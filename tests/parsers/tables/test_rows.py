"""Rows that slipped, were added, lost or printed twice."""

from decimal import Decimal

import pytest

from parsers.records import APPLICANTS, Paragraph
from parsers.tables import read_tables
from tests.parsers.tables.build import declared, document, figures, grid, kinds, read
from tests.parsers.tables.expected import ARTICLES, Rows, assert_all, numbered, value, without_spans
from tests.parsers.tables.samples import (
    request_table,
    statistics_table,
)


def test_six_cells_under_seven_heads() -> None:
    rows = request_table(numbered())
    rows[3] = rows[3][:-1]
    reading = read(grid(rows))
    assert kinds(reading) == ["unclear_columns"]
    assert "6 cells for 7 columns" in reading.problems[0].detail
    assert ("requests.new", "natural_person", "year") not in figures(reading)


def test_a_row_that_lost_a_label_cell_is_shifted_back() -> None:
    rows = without_spans(request_table(numbered()))
    wanted = next(n for n, row in enumerate(rows) if "2.其他法律行政法规禁止公开" in row)
    rows[wanted] = [cell for cell in rows[wanted] if cell]
    reading = read(grid(rows))
    assert reading.problems == ()
    assert_all(reading, numbered())


def test_a_row_that_lost_a_label_cell_and_has_blanks_is_told() -> None:
    wanted = numbered()
    row = "requests.outcome.refused.prohibited_by_law"
    wanted[row, "natural_person"] = ""
    rows = without_spans(request_table(wanted))
    number = next(n for n, cells in enumerate(rows) if "2.其他法律行政法规禁止公开" in cells)
    rows[number] = rows[number][1:]
    reading = read(grid(rows))
    values = {key[1]: item.raw for key, item in figures(reading).items() if key[0] == row}
    assert not values or values == {name: wanted[row, name] for name in APPLICANTS}


def test_other_handling_as_one_row_inside_form_2021() -> None:
    rows = request_table(numbered())
    first = next(n for n, row in enumerate(rows) if any("（六）" in str(c) for c in row))
    rows[first : first + 3] = [[("（六）其他处理", 1, 2), *"1234567"]]
    reading = read(grid(ARTICLES), grid(rows, 2))
    assert reading.forms == ("2021",)
    assert reading.problems == ()
    assert value(reading, "requests.outcome.other", "total") == 7


def test_other_handling_blank_is_blank_not_a_head() -> None:
    rows = request_table(numbered())
    first = next(n for n, row in enumerate(rows) if any("（六）" in str(c) for c in row))
    rows[first : first + 3] = [[("（六）其他处理", 1, 2), *[""] * 7]]
    item = figures(read(grid(rows)))["requests.outcome.other", "total", "year"]
    assert item.status == "blank"


def test_a_table_repeated() -> None:
    table = request_table(numbered())
    reading = read(grid(table), Paragraph("手机版" * 20, "html:p[1]"), grid(table, 2))
    assert_all(reading, numbered())
    assert kinds(reading) == ["repeated_table"]
    assert reading.tables == "read"


def test_a_second_table_with_other_figures() -> None:
    other = {key: str(int(text) + 1) for key, text in numbered().items()}
    reading = read(grid(request_table(numbered())), grid(request_table(other), 2))
    assert_all(reading, numbered())
    assert kinds(reading) == ["conflicting_table"]
    assert reading.tables == "partial"


def test_extra_rows_are_named() -> None:
    rows = statistics_table({"proactive.items": "5"})
    rows.insert(3, ["其中：主动公开音像资料数", "条", "12"])
    reading = read(grid(rows))
    assert kinds(reading) == ["unknown_label"]
    assert reading.problems[0].detail == "其中：主动公开音像资料数: 条, 12"
    assert reading.problems[0].locator.startswith("html:table[1]/r4c1")


def test_extra_columns_are_named() -> None:
    rows = [["指标名称", "计量单位", "2016年度", "历年累计", "同比增长"]]
    rows += [["主动公开文件数", "条", "9", "118", "12%"], ["行政复议数", "件", "0", "0", ""]]
    reading = read(grid(rows))
    assert kinds(reading) == ["unknown_label"]
    assert "同比增长" in reading.problems[0].detail
    assert value(reading, "proactive.items", period="cumulative") == 118


def test_two_years_side_by_side_are_not_guessed() -> None:
    rows = [["指标名称", "计量单位", "2015年度", "2016年度"], ["主动公开文件数", "条", "9", "118"]]
    reading = read(grid(rows))
    assert kinds(reading) == ["unclear_columns"]
    assert reading.observations == ()


def test_of_two_years_side_by_side_that_of_the_report_is_taken() -> None:
    rows = [["指标名称", "计量单位", "2015年度", "2016年度", "历年累计"]]
    rows += [["主动公开文件数", "条", "9", "118", "127"], ["行政复议数", "件", "1", "2", "3"]]
    reading = read_tables(document(grid(rows)), declared(), 2016)
    assert [item.value for item in reading.observations] == [118, 127, 2, 3]
    assert kinds(reading) == ["conflicting_table"]
    assert read_tables(document(grid(rows)), declared(), 2015).observations[0].value == 9
    rows[2].pop(2)
    for year in (2016, 2014):
        reading = read_tables(document(grid(rows)), declared(), year)
        assert (kinds(reading), reading.observations) == (["unclear_columns"], ())


@pytest.mark.parametrize("head", ["本年度", "2016年度", "2016 年\n度", "年末统计", "２０１６年度"])
def test_provincial_heads(head: str) -> None:
    rows = [["指 标 名 称", "计量\n单位", head, "历年\n累计"]]
    rows += [["主动公开信息数", "条", "34", "354"], ["政府信息公开收费减免金额", "元", "0", "0"]]
    reading = read(grid(rows))
    assert reading.forms == ("fujian",)
    item = figures(reading)["proactive.items", "", "cumulative"]
    assert item.value == item.value_std == Decimal(354)
    assert (item.unit, item.unit_from) == ("条", "row")
    assert figures(reading)["fees.waived", "", "year"].unit == "元"


def test_a_lost_unit_cell_shifts_nothing() -> None:
    rows = [["指标名称", "计量单位", "本年度", "历年累计"]]
    rows += [["主动公开文件数", "9", "118"], ["行政复议数", "件", "1", "2"]]
    reading = read(grid(rows))
    assert value(reading, "proactive.items") == 9
    assert value(reading, "proactive.items", period="cumulative") == 118


def test_a_missing_figure_among_two_is_told() -> None:
    rows = [["指标名称", "计量单位", "本年度", "历年累计"]]
    rows += [["主动公开文件数", "条", "118"], ["行政复议数", "件", "1", "2"]]
    reading = read(grid(rows))
    assert kinds(reading) == ["unclear_columns"]
    assert ("proactive.items", "", "year") not in figures(reading)


def test_sections_tell_equal_labels_apart() -> None:
    table = statistics_table({})
    wanted = {"review.corrected": 1, "litigation.corrected": 2, "complaints.corrected": 3}
    for number, row in enumerate(table):
        if str(row[0]).endswith("纠错数"):
            above = [str(line[0])[:1] for line in table[:number] if str(line[0])[1:2] == "、"]
            row[2] = str("四五六".index(above[-1]) + 1)
    reading = read(grid(table))
    assert {code: value(reading, code) for code in wanted} == wanted


def test_equal_labels_without_their_section_are_told() -> None:
    rows: Rows = [["统计指标", "单位", "统计数"], ["三、依申请公开情况", "——", ""]]
    rows += [["（一）收到申请数", "件", "2"], ["（三）其他情形数", "件", "9"]]
    reading = read(grid(rows))
    assert kinds(reading) == ["unknown_label"]
    assert all(item.value != 9 for item in reading.observations)


def test_a_row_with_a_cell_too_many_says_nothing_of_rows_of_another_size() -> None:
    """Its figures begin at the second cell; those of a row with a divided cell do not."""
    row = "requests.outcome.other.correction_overdue"
    wanted = numbered()
    wanted[row, "natural_person"] = ""
    rows = without_spans(request_table(wanted))
    for cells in rows:
        cells[7] = (str(cells[7]), 1, 2)
    longer = next(cells for cells in rows if "1.属于国家秘密" in cells)
    longer.insert(3, "")
    divided = next(cells for cells in rows if any("逾期不补正" in str(cell) for cell in cells))
    divided[7:8] = [str(divided[7][0]), ""]
    reading = read(grid(rows))
    values = {key[1]: item.raw for key, item in figures(reading).items() if key[0] == row}
    assert not values or values == {name: wanted[row, name] for name in APPLICANTS}
    assert reading.problems


def test_of_tables_of_two_years_the_later_counts() -> None:
    heads = ["统计指标", "单位", "统计数"]
    before: Rows = [
        ["2021年情况"],
        heads,
        ["（一）收到申请数", "件", "9"],
        ["1.当面申请数", "件", "5"],
    ]
    after: Rows = [
        ["2022年情况"],
        heads,
        ["（一）收到申请数", "件", "7"],
        ["1.当面申请数", "件", "3"],
    ]
    reading = read(grid(before), grid(after, 2))
    assert [item.value for item in reading.observations] == [7, 3]
    assert kinds(reading) == ["conflicting_table"]
    assert {named.year for named in reading.years} == {2022}


def test_a_damaged_figure_without_its_unit_is_no_unit() -> None:
    lines = ["统计指标", "单位", "统计数", "（一）收到申请数", "010024", "1.当面申请数", "件", "2"]
    reading = read(*(Paragraph(text, f"html:p[{n}]") for n, text in enumerate(lines)))
    assert kinds(reading) == ["unclear_columns"]
    assert [item.value for item in reading.observations] == [2]
