"""Tables that lost their figures, their cells or their year: what cannot be read is told."""

import pytest

from parsers.records import Paragraph
from parsers.tables import read_tables
from tests.parsers.tables.build import declared, document, figures, grid, kinds, read, read_text
from tests.parsers.tables.samples import HEADS, OUTCOMES, STATISTICS_ROWS, request_header

LABELS = ["（一）收到申请数", "1.当面申请数", "2.传真申请数", "3.网络申请数", "4.信函申请数"]
ROW = "一、本年新收政府信息公开申请数量"


@pytest.mark.parametrize(
    "rows",
    [
        [[label] for label in LABELS],
        [["第二十条第（一）项"], ["规章"], ["行政规范性文件"]],
        [["三、依申请公开情况", ""], *([label, ""] for label in LABELS)],
    ],
)
def test_labels_without_a_column_of_figures_are_told(rows: list[list[str]]) -> None:
    assert kinds(read(grid(rows))) == ["no_figures"]


def test_a_form_s_labels_in_lines_of_text_without_figures_are_told() -> None:
    assert kinds(read_text("\n".join(label for label, _, _ in STATISTICS_ROWS))) == ["no_figures"]


def test_a_menu_with_words_of_labels_is_no_table() -> None:
    menu = ["行政许可", "行政处罚", "行政强制", "行政事业性收费"]
    assert not kinds(read(grid([menu])))
    assert not kinds(read(grid([[item] for item in menu])))
    turned = [["", *menu], ["制发件数", "", "", "", ""]]
    assert kinds(read(grid(turned))) == ["unclear_columns"]


def test_figures_below_heads_in_lines_of_text_are_told() -> None:
    lines = ["行政复议 行政诉讼", " ".join(OUTCOMES * 3), " ".join(map(str, range(15)))]
    assert kinds(read_text("\n".join(lines))) == ["unclear_columns"]


@pytest.mark.parametrize("lines", [["收到申请数", "5"], ["收到申请数", "5", "办结申请数", "4"]])
def test_a_figure_right_below_a_label_is_told(lines: list[str]) -> None:
    assert kinds(read_text("\n".join(["有关数据如下。", *lines, "无其他情况。"]))) == ["no_heads"]


def _requests(heads: list[str]) -> list[list[str | tuple[str, int, int]]]:
    header = request_header()
    header[1] = [(heads[0], 2, 1), ("法人或其他组织", 1, 5), (heads[6], 2, 1)]
    header[2] = list(heads[1:6])
    return [*header, [(ROW, 1, 3), *map(str, range(10, 17))]]


@pytest.mark.parametrize(
    ("head", "typed"), [("法律服务机构", "法律服务机够"), ("自然人", "自燃人")]
)
def test_a_mistyped_head_is_the_one_between_its_neighbours(head: str, typed: str) -> None:
    heads = [typed if name == head else name for name in HEADS]
    found = figures(read(grid(_requests(heads))))
    values = [item.value for item in found.values()]
    assert values == list(range(10, 17))
    assert [applicant for _, applicant, _ in found] == [
        "natural_person", "business", "research", "welfare", "legal_service", "other", "total",
    ]  # fmt: skip


@pytest.mark.parametrize("strange", ["侨商投资单位", "企业", "法律服务机构"])
def test_an_unknown_head_among_known_ones_costs_its_column_alone(strange: str) -> None:
    heads = [strange if name == "科研机构" else name for name in HEADS]
    reading = read(grid(_requests(heads)))
    found = {applicant: item.value for (_, applicant, _), item in figures(reading).items()}
    assert reading.problems
    assert found.get("research") is None
    order = ["natural_person", "business", "", "welfare", "legal_service", "other", "total"]
    assert all(value == 10 + order.index(name) for name, value in found.items())


def test_the_table_of_this_year_is_taken_beside_that_of_the_last_one() -> None:
    def sheet(value: str, number: int) -> list[list[str]]:
        return [["统计指标", "单位", "统计数"], *([label, "件", value] for label in LABELS)]

    page = document(
        Paragraph("上年度情况", "html:p[1]"),
        grid(sheet("7", 1)),
        Paragraph("本年度情况", "html:p[2]"),
        grid(sheet("9", 2), 2),
    )
    reading = read_tables(page, declared(), 2015)
    assert {item.value for item in reading.observations} == {9}
    assert kinds(reading) == ["conflicting_table"]


def test_a_further_page_of_another_body_s_table_is_not_ours() -> None:
    head = ["统计指标", "单位", "统计数"]
    page = document(
        Paragraph("青禾县水务局政府信息公开情况", "html:p[1]"),
        grid([head, [LABELS[0], "件", "9"], [LABELS[1], "件", "8"]]),
        Paragraph("县水利站政府信息公开情况", "html:p[2]"),
        grid([head, [LABELS[0], "件", "5"], [LABELS[1], "件", "4"]], 2),
        grid([[LABELS[2], "件", "77"], [LABELS[3], "件", "78"]], 3),
    )
    reading = read_tables(page, declared(), 2015, "青禾县水务局")
    assert [item.value for item in reading.observations] == [9, 8]
    assert set(kinds(reading)) == {"other_body"}


@pytest.mark.parametrize("damaged", ["电话05948887776", "约O件8", "7"])
def test_a_table_of_nothing_but_rows_of_ours_is_told(damaged: str) -> None:
    assert kinds(read(grid([["指标", "数"], ["收到申请数", damaged]]))) == ["no_heads"]


def test_a_table_of_others_with_one_row_like_ours_is_theirs() -> None:
    assert not kinds(read(grid([["网站", "数"], ["收到申请数", "7"], ["访问量", "8"]])))


def test_few_labels_right_below_each_other_are_told_unless_they_head_a_sentence() -> None:
    labels = ["三、依申请公开情况", *LABELS[:2]]
    assert kinds(read_text("\n".join([*labels, "四、行政复议"]))) == ["no_figures"]
    assert not kinds(read_text("\n".join([*labels, "本年度没有当面提出的申请。"])))
