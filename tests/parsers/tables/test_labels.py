"""Row labels as real reports print them: exact, broken, nearly right, lost."""

from decimal import Decimal
from typing import Any

import pytest

from parsers.records import Paragraph
from parsers.tables.near import edits
from tests.parsers.tables.build import figures, grid, kinds, read
from tests.parsers.tables.expected import Rows, assert_all, numbered, value, without_spans
from tests.parsers.tables.samples import (
    request_table,
    statistics_table,
)


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


def test_a_row_stands_right_of_the_one_whose_part_it_is() -> None:
    rows: Rows = [[("统计指标", 1, 2), "单位", "统计数"]]
    rows += [[("（一）收到申请数", 2, 1), "1.当面申请数", "件", "2"], ["2.传真申请数", "件", "1"]]
    reading = read(grid(rows))
    found = {code: item.value for (code, _, _), item in figures(reading).items()}
    assert found == {"requests.received.in_person": 2, "requests.received.fax": 1}
    assert not kinds(reading)


def test_labels_heads_units_and_words_in_traditional_characters() -> None:
    rows: Rows = [
        [("第二十條第（五）項", 1, 2)],
        ["信息內容", "本年處理決定數量"],
        ["行政許可", "3件"],
        [("第二十條第（六）項", 1, 2)],
        ["信息內容", "本年處理決定數量"],
        ["行政處罰", "無"],
        ["行政強制", "1.2萬"],
        [("第二十條第（八）項", 1, 2)],
        ["信息內容", "本年收費金額（單位：萬元）"],
        ["行政事業性收費", "0.5"],
    ]
    reading = read(grid(rows))
    assert reading.problems == ()
    found = [(item.value, item.status, item.value_std) for item in reading.observations]
    assert found == [
        (3, "reported", 3),
        (None, "not_applicable", None),
        (12000, "reported", 12000),
        (Decimal("0.5"), "reported", Decimal("0.5")),
    ]


def test_a_word_of_opposites_that_stands_elsewhere_makes_no_near_match() -> None:
    label, opposites = "本机关不掌握相关政府信息", (("不",), ("上年", "本年"))
    assert edits(label, "本机关不掌握相关政某信息", 3, opposites) == 1
    assert edits(label, "本机关掌握相关政不信息", 3, opposites) is None
    assert edits(label, "本机关掌握相关政不信息", 3) == 2
