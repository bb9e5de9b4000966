"""Sheets printed as lines of text that give each label with its figure."""

import pytest

from parsers.tables import read_tables
from tests.parsers.tables.build import declared, figures, kinds, read_text, text_document
from tests.parsers.tables.expected import value

LINES = """三、依申请公开情况
（一）收到申请数：18件
1.当面申请数：4件
3.网络申请数：14件
（二）申请办结数：17件"""
WANTED = {
    "requests.received": 18,
    "requests.received.in_person": 4,
    "requests.received.online": 14,
    "requests.closed": 17,
}


def _values(text: str) -> dict[str, object]:
    return {item.indicator: item.value for item in read_text(text).observations}


@pytest.mark.parametrize(
    "text",
    [
        LINES,
        LINES.replace("：", " "),
        LINES.replace("：", ""),
        LINES.replace("：", "____"),
        LINES.replace("：", "………………"),
        LINES.replace("件", ""),
        LINES.replace("数：", "数（件）："),
        LINES.replace("18", "１８"),
        LINES.replace("件\n", "件；"),
        LINES.replace("：", " ").replace("件\n", "件  "),
        LINES.replace("件\n", "件，"),
        LINES.replace("网络申请数", "网络申清数"),
        LINES.replace("：18件", " 件 18").replace("：4件", " 件 4"),
    ],
)
def test_lines_of_labels_and_figures_are_a_sheet(text: str) -> None:
    assert _values(text) == WANTED
    assert not read_text(text).problems


def test_the_place_of_a_figure_is_in_its_line() -> None:
    text = "收到申请数：18件\n当面申请数：____4____件\n传真申请数：约3件"
    found = figures(read_text(text))
    first = found["requests.received", "", "year"]
    assert (first.locator, first.raw, first.unit) == ("text:6-9", "18件", "件")
    assert first.evidence == "收到申请数"
    second = found["requests.received.in_person", "", "year"]
    assert (second.raw, second.unit, second.unit_from) == ("4", "件", "row")
    assert found["requests.received.fax", "", "year"].qualifier == "approx"


def test_what_is_left_out_is_blank_and_words_are_no_figures() -> None:
    reading = read_text("收到申请数：0\n当面申请数：\n传真申请数：____件\n网络申请数：无")
    assert value(reading, "requests.received") == 0
    assert [item.status for item in reading.observations[1:]] == [
        "blank",
        "blank",
        "not_applicable",
    ]


def test_a_label_of_several_sections_belongs_to_its_own() -> None:
    outcome = "（一）维持具体行政行为数：{}件\n（二）被依法纠错数：{}件"
    first = "四、行政复议数量：3件\n" + outcome.format(1, 2)
    second = "五、行政诉讼数量：9件\n" + outcome.format(4, 5)
    assert list(_values(f"{first}\n{second}").values()) == [3, 1, 2, 9, 4, 5]
    lost = read_text(f"{first}\n五、诉颂：9件\n" + outcome.format(4, 5))
    assert [item.value for item in lost.observations] == [3, 1, 2]
    assert kinds(lost) == ["unknown_label"] * 3


def test_an_unknown_label_among_them_is_told_and_no_sentence() -> None:
    text = LINES + "\n通过公示栏公开政府信息数：88条\n上年度主动公开政府信息数：590条"
    reading = read_text(text)
    assert {item.indicator: item.value for item in reading.observations} == WANTED
    assert [(item.kind, item.detail) for item in reading.problems] == [
        ("unknown_label", "通过公示栏公开政府信息数: 88条"),
        ("unknown_label", "上年度主动公开政府信息数: 590条"),
    ]
    rows = frozenset(range(1, 7))  # the head stays one of the text's
    assert (reading.used, reading.in_text) == (rows, rows)


@pytest.mark.parametrize(
    "text",
    [
        "2015年，我局收到申请数：7件。\n其中当面申请 3 件。\n网络申请 4 件。",
        "收到申请数：7件\n当面申请数：3件",
        "收到申请数：7件 8件\n当面申请数：3件 2件\n网络申请数：4件 6件",
    ],
)
def test_sentences_and_rows_of_several_figures_are_no_sheet(text: str) -> None:
    assert read_text(text).observations == ()


def test_figures_below_their_labels_are_theirs() -> None:
    assert _values(LINES.replace("：", "：\n")) == WANTED


def test_of_the_sheets_of_two_years_that_of_the_report_is_taken() -> None:
    rows = LINES.partition("\n")[2]
    text = "2014年：\n" + rows.replace("4件", "6件") + "\n2015年：\n" + rows
    reading = read_tables(text_document(text), declared(), 2015)
    assert {item.indicator: item.value for item in reading.observations} == WANTED
    assert kinds(reading) == ["conflicting_table"]


@pytest.mark.parametrize("printed", ["12-15条", "1O5条", "12 34条", "本年度5条，历年累计90条"])
def test_what_is_no_figure_behind_a_label_is_told(printed: str) -> None:
    reading = read_text(f"{LINES}\n四、行政复议数量：{printed}")
    assert len(reading.observations) == len(WANTED)
    assert printed in reading.problems[0].detail


def test_sentences_between_the_parts_of_a_sheet_part_it() -> None:
    text = LINES.replace("\n3.", "\n以上申请均按时答复，没有发生逾期的情况。\n3.")
    assert _values(text) == WANTED


def test_a_sheet_of_a_quarter_is_told() -> None:
    reading = read_text("2015年第一季度统计表\n" + LINES.partition("\n")[2])
    assert (kinds(reading), reading.observations) == (["unclear_columns"], ())
