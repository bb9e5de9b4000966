"""Cells: what real reports print in them, each in a table as it stands on a page."""

import pytest

from tests.parsers.known.pages import figures, kinds, page, report, reports, table
from tests.parsers.tables.samples import HEADS

HEAD = ["信息内容", "本年制发件数", "本年废止件数", "现行有效件数"]


def _issued(cell: str) -> tuple[str, str | None, str, str]:
    """Status, value, unit and qualifier of a cell."""
    read = report(table([HEAD, ["行政规范性文件", cell, "2", "3"]]))
    found = figures(read)
    item = found["proactive.normative.issued", ""]
    assert found["proactive.normative.repealed", ""].value == 2
    assert found["proactive.normative.in_force", ""].value == 3
    value = None if item.value is None else str(item.value)
    return item.status, value, item.unit, item.qualifier


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("0", ("reported", "0", "件", "exact")),
        ("", ("blank", None, "件", "exact")),
        ("\u3000", ("blank", None, "件", "exact")),
        ("<td>&nbsp;</td>", ("blank", None, "件", "exact")),
        ("<td><p><br></p></td>", ("blank", None, "件", "exact")),
        ("/", ("not_applicable", None, "件", "exact")),
        ("-", ("not_applicable", None, "件", "exact")),
        ("——", ("not_applicable", None, "件", "exact")),
        ("无", ("not_applicable", None, "件", "exact")),
        ("+461", ("reported", "461", "件", "exact")),
        ("-1", ("reported", "-1", "件", "exact")),
        ("22（其中修订16件）", ("reported", "22", "件", "exact")),
        ("47，其中新制定5件", ("reported", "47", "件", "exact")),
        ("1,234", ("reported", "1234", "件", "exact")),
        ("１２", ("reported", "12", "件", "exact")),
        ("约为103条", ("reported", "103", "条", "approx")),
        ("1.组织机构5;2.规章100", ("unreadable", None, "件", "exact")),
        ("<td>25<br>1</td>", ("unreadable", None, "件", "exact")),
        ("<td>3（更正为4）</td>", ("unreadable", None, "件", "exact")),
        ("<td>1 250</td>", ("unreadable", None, "件", "exact")),
        ("<td><p>1</p><p>0</p></td>", ("unreadable", None, "件", "exact")),
        ("<td>1\n0</td>", ("unreadable", None, "件", "exact")),
    ],
)
def test_a_cell(cell: str, expected: tuple[str, str | None, str, str]) -> None:
    assert _issued(cell) == expected


def test_a_change_may_be_below_zero_and_other_counts_may_not() -> None:
    rows = [
        ["信息内容", "上一年项目数量", "本年增/减", "处理决定数量"],
        ["行政许可", "3", "-1", "-2"],
    ]
    read = report(table(rows))
    assert figures(read)["proactive.licensing.items_change", ""].value == -1
    assert figures(read)["proactive.licensing.decisions", ""].value == -2
    assert kinds(read) == ["negative_figure"]


@pytest.mark.parametrize(
    ("cell", "unit", "standard"), [("251000元", "元", "25.1"), ("17.27万元", "万元", "17.27")]
)
def test_money_in_the_unit_of_its_cell(cell: str, unit: str, standard: str) -> None:
    rows = [["信息内容", "采购项目数量", "采购总金额"], ["政府集中采购", "3", cell]]
    item = figures(report(table(rows)))["proactive.procurement.amount", ""]
    assert (item.unit, item.unit_from, str(item.value_std)) == (unit, "cell", standard)


def test_a_missing_row_a_blank_a_slash_and_a_zero_are_four_facts() -> None:
    rows = [["信息内容", "本年处理决定数量"], ["行政许可", "0"], ["行政处罚", ""]]
    found = figures(report(table(rows)))
    assert found["proactive.licensing.decisions", ""].status == "reported"
    assert found["proactive.penalty.decisions", ""].status == "blank"
    assert ("proactive.coercion.decisions", "") not in found


@pytest.mark.parametrize(
    "head",
    [
        "<td>本年新<br>制作数量</td>",
        "<td>本年新\n制作数量</td>",
        "<td><p>本年新</p><p>制作数量</p></td>",
    ],
)
def test_heads_broken_over_lines(head: str) -> None:
    rows = [["信息内容", head, "本年新公开数量", "对外公开总数量"], ["规范性文件", "4", "2", "9"]]
    assert figures(report(table(rows)))["proactive.normative.made", ""].value == 4


def test_footnotes_inside_the_table() -> None:
    note = "<td colspan=4>注：行政规范性文件含2021年制发后修订的5件。</td>"
    read = report(table([HEAD, ["规章", "1", "2", "3"], [note]]))
    assert kinds(read) == []
    assert len(figures(read)) == 3


def test_the_relation_printed_in_the_corner_cell() -> None:
    corner = "（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）"
    rows = [[corner, *HEADS], ["一、本年新收政府信息公开申请数量", *"1000012"]]
    read = report(table(rows))
    assert figures(read)["requests.new", "total"].value == 2
    assert kinds(read) == []


def test_rows_shifted_by_a_page_break() -> None:
    """Behind the break the cell of the group is missing, so that the row stands one to the left."""
    first = [
        ["<td colspan=2>申请情况</td>", *HEADS],
        ["（三）不予公开", "1.属于国家秘密", *"1234567"],
    ]
    second = [["2.其他法律行政法规禁止公开", *"2345678"]]
    found = figures(report(table(first), table(second)))
    assert found["requests.outcome.refused.prohibited_by_law", "natural_person"].value == 2
    assert found["requests.outcome.refused.prohibited_by_law", "total"].value == 8


def test_one_cell_a_line_in_copies_of_text() -> None:
    cells = ["申请情况", *HEADS, "一、本年新收政府信息公开申请数量", *"1234567"]
    cells += ["二、上年结转政府信息公开申请数量", *"0000000"]
    lines = "\n".join(("青阳县水利局2022年政府信息公开工作年度报告", *cells)).encode()
    (read,) = reports(lines)
    assert figures(read)["requests.new", "total"].value == 7


@pytest.mark.parametrize("unit", ["——", "—", "--", "----", "/"])
def test_section_heads_with_dashes_for_a_unit(unit: str) -> None:
    rows = [["统计指标", "单位", "统计数"], ["一、主动公开情况", unit, ""]]
    read = report(table([*rows, ["（一）主动公开政府信息数", "条", "5"]]))
    assert (kinds(read), list(figures(read))) == ([], [("proactive.items", "")])


def test_a_table_that_is_a_picture() -> None:
    parts = ["二、主动公开政府信息情况", "<img src='t1.png'>", "三、收到和处理政府信息公开申请情况"]
    (read,) = reports(page("一、总体情况", "全年开展培训2次。", *parts, "<img src='t2.png'>"))
    assert (read.tables, figures(read)) == ("picture", {})
