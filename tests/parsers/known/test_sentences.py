"""Prose: what real reports do with figures in sentences, one fact a test."""

import pytest

from tests.parsers.known.pages import kinds, report, stated


@pytest.mark.parametrize("unit", ["条", "件", "次", "篇", "份"])
def test_counts_come_with_many_unit_words(unit: str) -> None:
    read = report("一、总体情况", f"全年主动公开政府信息207{unit}。")
    assert stated(read) == {"proactive.items": 207}
    assert [item.unit for item in read.observations] == [unit]


@pytest.mark.parametrize(
    "sentence",
    [
        "2022年，我局没有收到政府信息公开申请。",
        "全年未收到政府信息公开申请。",
        "本年度无政府信息公开申请。",
        "2022年收到政府信息公开申请0件。",
    ],
)
def test_none_in_many_shapes_is_zero(sentence: str) -> None:
    assert stated(report("三、收到和处理政府信息公开申请情况", sentence)) == {"requests.new": 0}


@pytest.mark.parametrize(
    ("sentence", "code"),
    [
        ("2022年未发生因政府信息公开引起的行政复议。", "review.total"),
        ("全年无因政府信息公开申请行政复议的情况。", "review.total"),
    ],
)
def test_none_of_review(sentence: str, code: str) -> None:
    assert stated(report("四、行政复议、行政诉讼情况", sentence))[code] == 0


def test_a_section_whose_text_is_only_none() -> None:
    read = report(
        "五、行政复议和行政诉讼情况", "无", title="青阳县水利局2016年政府信息公开年度报告"
    )
    assert all(value == 0 for value in stated(read).values())
    assert "review.total" in stated(read)


def test_a_year_glued_to_the_text() -> None:
    title = "青阳县水利局2009年政府信息公开工作年度报告"
    read = report("一、概述", "我局2009共主动公开政府信息207条。", title=title)
    assert stated(read) == {"proactive.items": 207}


def test_a_period_that_lost_digits() -> None:
    read = report(
        "本报告所列数据的统计期限自202111日至20211231日。",
        "一、总体情况",
        "全年主动公开政府信息12条。",
        title="青阳县水利局2021年政府信息公开工作年度报告",
    )
    assert (read.year, read.period_end) == (2021, "2021-12-31")
    assert read.period_start in ("", "2021-01-01")


def test_a_mistyped_sentence_is_a_problem_and_no_figure() -> None:
    sentence = "2022年我局收到公民申请，因此无依申请公开收费。"
    read = report("三、依申请公开情况", sentence)
    assert "requests.new" not in stated(read)
    assert kinds(read)


def test_each_figure_has_its_sentence() -> None:
    sentence = "全年主动公开政府信息207条。"
    (item,) = report("一、总体情况", f"工作有序推进。{sentence}").observations
    assert item.evidence.strip("。") in sentence
    assert item.method == "prose"
