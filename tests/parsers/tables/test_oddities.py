"""What real reports print: each line of the field notes on forms and cells is a test here."""

from decimal import Decimal
from typing import Any

import pytest

from parsers.records import APPLICANTS, Grid, Paragraph
from parsers.tables import MAX_ALIKE, TableReading
from tests.parsers.tables.build import figures, grid, kinds, read, read_text
from tests.parsers.tables.samples import (
    HEADS,
    OUTCOMES,
    REQUEST_ROWS,
    request_header,
    request_table,
    review_table,
    statistics_table,
)

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


def test_form_2021() -> None:
    reading = read(
        grid(ARTICLES),
        grid(request_table(numbered()), 2),
        grid(review_table(list("123456789012345")), 3),
    )
    assert reading.forms == ("2021",)
    assert (reading.tables, reading.problems, reading.used) == ("read", (), frozenset({0, 1, 2}))
    assert value(reading, "proactive.normative.in_force") == 6
    assert value(reading, "review.total") == 5
    assert value(reading, "litigation.direct.upheld") == 6
    assert value(reading, "litigation.after_review.total") == 5
    assert value(reading, "requests.outcome.total", "total") == 1000 + 7 * 24 - 1
    amount = figures(reading)["proactive.fees.amount", "", "year"]
    assert (amount.unit, amount.unit_from, amount.value_std) == ("万元", "header", Decimal("10.5"))
    count = figures(reading)["proactive.rules.issued", "", "year"]
    assert (count.unit, count.unit_from, count.locator) == (
        "件",
        "form",
        "html:table[1]/r3c2#/tr[2]/td[1]",
    )


def test_a_money_figure_without_a_unit_keeps_none() -> None:
    rows = [["信息内容", "采购项目数量", "采购总金额"], ["政府集中采购", "6", "251000"]]
    amount = figures(read(grid(rows)))["proactive.procurement.amount", "", "year"]
    assert (str(amount.value), amount.unit) == ("251000", "")
    assert (amount.unit_from, amount.value_std) == ("", None)


@pytest.mark.parametrize(
    ("text", "unit", "standard"), [("251000元", "元", "25.1"), ("17.27万元", "万元", "17.27")]
)
def test_money_with_its_unit_in_the_cell(text: str, unit: str, standard: str) -> None:
    rows = [["信息内容", "采购项目数量", "采购总金额"], ["政府集中采购", "6", text]]
    amount = figures(read(grid(rows)))["proactive.procurement.amount", "", "year"]
    assert (amount.unit, amount.unit_from, amount.unit_std) == (unit, "cell", "万元")
    assert amount.value_std == Decimal(standard)


def test_counts_of_items_are_never_money() -> None:
    rows = [["信息内容", "上一年项目数量", "本年增/减"], ["行政事业性收费", "5", "-1"]]
    reading = read(grid(rows))
    assert reading.forms == ("2019",)
    assert value(reading, "proactive.fees.items_last_year") == 5
    assert value(reading, "proactive.fees.items_change") == -1
    assert ("proactive.fees.amount", "", "year") not in figures(reading)


def test_forms_mixed_inside_one_table() -> None:
    rows: Rows = [*ARTICLES[:4], ["信息内容", "上一年项目数量", "本年增/减", "处理决定数量"]]
    rows += [["行政许可", "3", "+1", "60"]]
    reading = read(grid(rows))
    assert reading.forms == ("2021", "2019")
    assert value(reading, "proactive.licensing.items_change") == 1
    assert value(reading, "proactive.rules.in_force") == 3


def test_merged_heads_in_any_split() -> None:
    rows: Rows = [
        ["信息内容", "上一年项目数量", ("本年增/减", 1, 2), "处理决定数量"],
        ["行政许可", ("1", 1, 2), "2", "3"],
        ["其他对外管理服务事项", "4", "5", ("6", 1, 2)],
    ]
    reading = read(grid(rows))
    assert [
        value(reading, f"proactive.licensing.{key}")
        for key in ("items_last_year", "items_change", "decisions")
    ] == [1, 2, 3]
    assert value(reading, "proactive.services.decisions") == 6


def test_missing_row_is_no_zero() -> None:
    rows = [ARTICLES[1], ["规范性文件", "1", "0", "7"]]
    reading = read(grid(rows))
    assert {key[0] for key in figures(reading)} == {
        "proactive.normative.issued",
        "proactive.normative.repealed",
        "proactive.normative.in_force",
    }


@pytest.mark.parametrize("blank", ["", "\u3000", "\xa0", "\u200b "])
def test_blank_cells_stay_blank(blank: str) -> None:
    wanted = numbered() | {("requests.new", "business"): blank}
    item = figures(read(grid(request_table(wanted))))["requests.new", "business", "year"]
    assert (item.value, item.status, item.raw) == (None, "blank", blank)


@pytest.mark.parametrize("word", ["/", "——", "－", "无"])
def test_words_in_place_of_figures(word: str) -> None:
    wanted = numbered() | {("requests.new", "business"): word}
    item = figures(read(grid(request_table(wanted))))["requests.new", "business", "year"]
    assert (item.value, item.status) == (None, "not_applicable")


def test_garbage_is_unreadable_and_told() -> None:
    wanted = numbered() | {("requests.new", "natural_person"): "见附件"}
    reading = read(grid(request_table(wanted)))
    item = figures(reading)["requests.new", "natural_person", "year"]
    assert (item.value, item.status) == (None, "unreadable")
    assert kinds(reading) == ["unreadable_figure"]
    assert reading.problems[0].locator == item.locator
    assert reading.tables == "partial"


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


def test_merges_lost() -> None:
    assert_all(read(grid(without_spans(request_table(numbered())))), numbered())


def test_columns_by_their_heads_not_their_order() -> None:
    rows = request_table(numbered())
    rows[2][0], rows[2][1] = rows[2][1], rows[2][0]
    reading = read(grid(rows))
    assert value(reading, "requests.new", "research") == 1001
    assert value(reading, "requests.new", "business") == 1002


def test_rows_in_another_order() -> None:
    rows = without_spans(request_table(numbered()))
    assert_all(read(grid([*rows[:3], *reversed(rows[3:])])), numbered())


@pytest.mark.parametrize(
    ("printed", "instead"),
    [
        ("1.属于国家秘密", "1、属 于\n国家秘密"),
        ("1.属于国家秘密", "⒈属于国家秘密"),
        ("1.属于国家秘密", "1属于国家秘密"),
        ("（一）予以公开", "㈠予以公开"),
        ("（一）予以公开", "(一）予以公开\u200b"),
        ("（一）予以公开", "一）予以公开"),
        ("（一）予以公开", "予以公开"),
        ("（七）总计", "（七） 总\u3000计"),
        ("（七）总计", "总计"),
        ("2.其他法律行政法规禁止公开", "2.其他法律行政止公开"),
        ("6.属于四类过程性信息", "6.属于四类过程信息"),
        ("1.信访举报投诉类申请", "信访举报投诉申请"),
        ("（二）部分公开（区分处理的，只计这一情形，不计其他情形）", "（二）部分公开"),
        (
            "（二）部分公开（区分处理的，只计这一情形，不计其他情形）",
            "（二）部分公开\n(区分处理的，只计这一情形，不计其他情形",
        ),
        ("一、本年新收政府信息公开申请数量", "一、本年度新收政府信息公开申请数量"),
        ("四、结转下年度继续办理", "四、结转下年继续办理"),
        ("三、本年度办理结果", "三、本年度\n办理\n结果"),
    ],
)
def test_labels_as_they_are_printed(printed: str, instead: str) -> None:
    rows = [
        [
            instead if cell == printed else (instead, *cell[1:]) if cell[0] == printed else cell
            for cell in row
        ]
        for row in request_table(numbered())
    ]
    reading = read(grid(rows))
    assert reading.problems == ()
    assert_all(reading, numbered())


@pytest.mark.parametrize(
    ("printed", "instead"),
    [
        ("2.同意公开答复数", "2.不同意公开答复教"),
        ("2.兼职人员数", "2.专职人员教"),
        ("（一）维持具体行政行为数", "（一）纠正具体行政行为数"),
        ("4.不同意公开答复数", "4.同意公开答复数额"),
    ],
)
def test_opposites_are_never_near(printed: str, instead: str) -> None:
    rows = statistics_table({})
    wanted = next(number for number, row in enumerate(rows) if row[0] == printed)
    rows[wanted] = [instead, "件", "77"]
    reading = read(grid(rows))
    assert kinds(reading) == ["unknown_label"]
    assert instead in reading.problems[0].detail
    assert all(item.value != 77 for item in reading.observations)


def test_a_near_label_needs_its_number_or_its_neighbours() -> None:
    rows: Rows = statistics_table({})
    near: list[Any] = ["9.传真申请教", "件", "77"]
    alone: Rows = [rows[0], rows[1], near, *rows[20:]]
    assert kinds(read(grid(alone))) == ["unknown_label"]
    wanted = next(number for number, row in enumerate(rows) if row[0] == "2.传真申请数")
    inside = [*rows[:wanted], near, *rows[wanted + 1 :]]
    assert kinds(read(grid(inside))) == ["unknown_label"]  # five letters are too few to be sure
    longer = "9.专职人员教（不包括政府公报及政府网站工作人员数）"
    wanted = next(number for number, row in enumerate(rows) if str(row[0]).startswith("1.专职"))
    inside = [*rows[:wanted], [longer, "人", "77"], *rows[wanted + 1 :]]
    reading = read(grid(inside))
    assert value(reading, "institution.staff.full_time") == 77
    assert figures(reading)["institution.staff.full_time", "", "year"].rule.endswith("(near)")


def test_a_row_split_over_pages() -> None:
    rows = request_table(numbered())
    first, second = grid(rows[:10]), grid(without_spans(rows)[10:], 2)
    reading = read(first, Paragraph("— 3 —", "html:p[1]"), second)
    assert reading.problems == ()
    assert_all(reading, numbered())


def test_a_label_broken_over_two_rows() -> None:
    rows: Rows = [["统计指标", "单位", "统计数"], ["一、主动公开情况", "——", ""]]
    rows += [
        ["（一）主动公开政府信息数（不同渠道和方式", "条", "947"],
        ["公开相同信息计1条）", "", ""],
    ]
    rows += [["其中：主动公开规", "", ""], ["范性文件数", "条", "5"]]
    reading = read(grid(rows))
    assert reading.problems == ()
    assert value(reading, "proactive.items") == 947
    assert value(reading, "proactive.items.normative") == 5


def test_a_lost_label_is_told() -> None:
    rows = request_table(numbered())
    wanted = next(n for n, row in enumerate(rows) if any("2.其他法律" in str(c) for c in row))
    rows[wanted] = ["", *rows[wanted][1:]]
    reading = read(grid(rows))
    assert kinds(reading) == ["unknown_label"]
    missing = {key: item for key, item in numbered().items() if "prohibited" not in key[0]}
    assert_all(reading, missing)


def test_a_group_head_is_not_the_label_of_its_first_row() -> None:
    rows = request_table(numbered())
    wanted = next(n for n, row in enumerate(rows) if any("1.属于国家秘密" in str(c) for c in row))
    rows[wanted] = [rows[wanted][0], "", *rows[wanted][2:]]
    reading = read(grid(rows))
    assert kinds(reading) == ["unclear_columns"]
    assert not any(key[0] in ("requests.outcome.refused",) for key in figures(reading))


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


def test_footnotes_and_imprints_are_no_rows() -> None:
    rows = statistics_table({"proactive.items": "5"})
    rows += [
        ["注：各指标口径见填表说明", "", ""],
        ["单位负责人：张某", "审核人：李某", "填报人：王某"],
    ]
    assert read(grid(rows)).problems == ()


def test_figures_with_remarks_and_line_breaks() -> None:
    rows = [ARTICLES[1], ["规章", "22（其中修订16件）", "1\n2", "１，２３４"]]
    reading = read(grid(rows))
    assert value(reading, "proactive.rules.issued") == 22
    assert value(reading, "proactive.rules.repealed") is None
    assert kinds(reading) == ["unreadable_figure"]
    assert value(reading, "proactive.rules.in_force") == 1234
    assert figures(reading)["proactive.rules.issued", "", "year"].raw == "22（其中修订16件）"


def test_glued_list_numbers_are_no_figures() -> None:
    rows = [ARTICLES[1], ["规章", "1.组织机构5;2.规章100", "0", "0"]]
    reading = read(grid(rows))
    assert figures(reading)["proactive.rules.issued", "", "year"].status == "unreadable"


def test_heads_broken_over_lines() -> None:
    rows: Rows = [["信息\n内容", "本年新\n制作数量", "本年新\n公开数量", "对外公\n开总数量"]]
    rows += [["规章", "1", "2", "3"]]
    assert value(read(grid(rows)), "proactive.rules.disclosed_total") == 3


def test_a_form_in_two_panels_keeps_its_figures_apart() -> None:
    rows: Rows = [["统计指标", "单位", "统计数", "统计指标", "单位", "统计数"]]
    rows += [["（一）收到申请数", "件", "1", "四、行政复议数量", "件", "2"]]
    rows += [["1.当面申请数", "件", "3", "五、行政诉讼数量", "件", "4"]]
    reading = read(grid(rows))
    wanted = {
        "requests.received": 1,
        "review.total": 2,
        "requests.received.in_person": 3,
        "litigation.total": 4,
    }
    assert {key[0]: item.value for key, item in figures(reading).items()} == wanted


def test_review_heads_without_merges() -> None:
    figures_ = [str(number) for number in range(1, 16)]
    reading = read(grid(without_spans(review_table(figures_))))
    assert [item.value for item in reading.observations] == list(range(1, 16))


def test_review_with_a_cell_too_few() -> None:
    rows = review_table([str(number) for number in range(1, 15)])
    reading = read(grid(rows))
    assert kinds(reading) == ["unclear_columns"]
    assert reading.observations == ()


def test_tables_of_other_things_are_passed_over() -> None:
    rows = [["姓名", "职务", "电话"], ["张某", "主任", "12345"]]
    reading = read(grid(rows))
    assert (reading.tables, reading.problems, reading.used) == ("none", (), frozenset())


def test_rows_without_heads_are_told() -> None:
    reading = read(grid([["（一）收到申请数", "件", "2"], ["1.当面申请数", "件", "2"]]))
    assert set(kinds(reading)) == {"no_heads"}
    assert reading.observations == ()


def test_a_new_article_without_heads_takes_none_from_above() -> None:
    rows = [*ARTICLES[:4], ARTICLES[4], ["行政许可", ("7", 1, 3)], ["行政处罚", ("7", 1, 3)]]
    reading = read(grid(rows))
    assert kinds(reading) == ["no_heads", "no_heads"]
    assert all(item.value != 7 for item in reading.observations)


def lines(rows: Rows) -> str:
    return "\n".join("\t".join(row) for row in without_spans(rows))


def test_text_with_tabs() -> None:
    assert_all(read_text(lines(request_table(numbered()))), numbered())


def test_text_with_one_cell_per_line() -> None:
    rows = [
        cell if isinstance(cell, str) else cell[0]
        for row in request_table(numbered())
        for cell in row
    ]
    assert_all(read_text("\n".join(rows)), numbered())


def test_text_with_one_cell_per_line_and_a_figure_missing() -> None:
    wanted = numbered()
    wanted["requests.carried_in", "welfare"] = ""
    rows = [
        cell if isinstance(cell, str) else cell[0] for row in request_table(wanted) for cell in row
    ]
    reading = read_text("\n".join(rows))
    assert kinds(reading) == ["unclear_columns"]
    assert not any(key[0] == "requests.carried_in" for key in figures(reading))


def test_review_with_one_cell_per_line() -> None:
    cells = [
        cell if isinstance(cell, str) else cell[0]
        for row in review_table([str(n) for n in range(1, 16)])
        for cell in row
    ]
    reading = read_text("四、行政复议、行政诉讼情况\n" + "\n".join(cells) + "\n五、存在的主要问题")
    assert [item.value for item in reading.observations] == list(range(1, 16))
    assert reading.problems == ()


def test_text_rows_that_slipped_a_column() -> None:
    header = lines(request_header())
    first = "一、\t本年新收政府信息公开申请数量\t" + "\t".join("1234567") + "\t"
    second = "\t\t1.属于国家秘密\t" + "\t".join("2345678")
    reading = read_text(f"{header}\n{first}\n{second}")
    assert value(reading, "requests.new", "total") == 7
    assert value(reading, "requests.outcome.refused.state_secret", "natural_person") == 2


def test_text_rows_with_a_cell_lost_are_told() -> None:
    rows = without_spans(request_table(numbered()))
    del rows[5][4]
    reading = read_text("\n".join("\t".join(row) for row in rows))
    assert kinds(reading) == ["unclear_columns"]


def test_prose_with_the_words_of_the_heads_is_no_table() -> None:
    text = "一、概述\n行政复议\n行政诉讼\n本年度未发生行政复议和行政诉讼案件。\n单位\n统计指标\n无"
    reading = read_text(text)
    assert (reading.observations, reading.used) == ((), frozenset())


def test_hostile_grids_end_soon() -> None:
    wide = grid([["信息内容", *["本年制发件数"] * 10]])
    huge = Grid(wide.rows * 90_000, wide.place)
    reading = read(huge)
    assert kinds(reading) == ["table_too_large"]
    long = "统计指标" * 100_000
    assert (
        read(grid([[long, "单位", "统计数"], ["（一）收到申请数", "件", long]]))
        .observations[0]
        .status
        == "unreadable"
    )


def test_empty_documents() -> None:
    assert read().tables == "none"
    assert read(Grid((), "html:table[1]")).tables == "none"
    assert read_text("").observations == ()


def test_outcomes_are_all_there() -> None:
    assert len(HEADS) == len(APPLICANTS) == 7
    assert len(OUTCOMES) == 5


def test_many_problems_of_one_kind_are_counted() -> None:
    rows: Rows = [["统计指标", "单位", "统计数"], ["（一）收到申请数", "件", "2"]]
    rows += [[f"某某情况之{chr(0x4E00 + number)}", "件", "9"] for number in range(1000)]
    reading = read(grid(rows))
    assert len(reading.problems) == MAX_ALIKE + 1
    assert reading.problems[-1].detail == f"and {1000 - MAX_ALIKE} more of this kind"


def test_a_row_printed_twice_differently_is_neither() -> None:
    rows: Rows = [["统计指标", "单位", "统计数"], ["（一）收到申请数", "件", "2"]]
    reading = read(grid([*rows, ["（一）收到申请数", "件", "3"]]))
    assert [item.status for item in reading.observations] == ["unreadable"]
    assert kinds(reading) == ["repeated_row"]


def test_a_lost_word_of_denial_shows_by_the_number() -> None:
    """4.不同意公开答复数 that lost its first character is not 2.同意公开答复数."""
    rows: Rows = [["统计指标", "单位", "统计数"], ["三、依申请公开情况", "——", ""]]
    rows += [["3.同意部分公开答复数", "件", "2"], ["4.同意公开答复数", "件", "9"]]
    reading = read(grid(rows))
    assert [item.value for item in reading.observations] == [2]
    assert kinds(reading) == ["doubtful_row"]


def test_nothing_is_taken_from_a_second_reports_table() -> None:
    first: Rows = [["统计指标", "单位", "统计数"], ["（一）收到申请数", "件", "2"]]
    second: Rows = [*first[:1], ["（一）收到申请数", "件", "7"], ["1.当面申请数", "件", "5"]]
    reading = read(grid(first), grid(second, 2))
    assert [item.value for item in reading.observations] == [2]
    assert kinds(reading) == ["conflicting_table"]


def test_a_label_cut_by_a_page_break() -> None:
    first: Rows = [["统计指标", "单位", "统计数"], ["（一）收到申请数", "件", "2"]]
    first += [["1.当面", "", ""]]
    reading = read(grid(first), grid([["申请数", "件", "5"]], 2))
    assert value(reading, "requests.received.in_person") == 5
    assert reading.problems == ()


def test_figures_in_lines_without_heads_are_told() -> None:
    lines = ["（一）收到申请数", "5", "1.当面申请数", "2", "2.传真申请数", "3"]
    reading = read_text("\n".join(lines))
    assert (kinds(reading), reading.observations) == (["no_heads"], ())
