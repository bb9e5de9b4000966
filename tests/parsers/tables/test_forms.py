"""Heads and cells of the forms, as real reports print them."""

from decimal import Decimal

import pytest

from tests.parsers.tables.build import figures, grid, kinds, read
from tests.parsers.tables.expected import ARTICLES, Rows, assert_all, numbered, value, without_spans
from tests.parsers.tables.samples import (
    request_table,
    review_table,
)


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


def test_merges_lost() -> None:
    assert_all(read(grid(without_spans(request_table(numbered())))), numbered())


def test_columns_by_their_heads_not_their_order() -> None:
    rows = request_table(numbered())
    rows[2][0], rows[2][1] = rows[2][1], rows[2][0]
    reading = read(grid(rows))
    assert value(reading, "requests.new", "research") == 1001
    assert value(reading, "requests.new", "business") == 1002
