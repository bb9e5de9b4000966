from decimal import Decimal

import pytest

from parsers.figures import in_unit, read_figure
from parsers.text import canon, is_blank
from tests.parsers.tables.build import declared


@pytest.mark.parametrize(
    ("text", "value", "unit", "qualifier"),
    [
        ("0", "0", "", "exact"),
        ("１２", "12", "", "exact"),
        ("1,234", "1234", "", "exact"),
        ("１，２３４．５０", "1234.50", "", "exact"),
        ("1 234 567", "1234567", "", "exact"),
        ("251000元", "251000", "元", "exact"),
        ("17.27万元", "17.27", "万元", "exact"),
        ("22（其中修订16件）", "22", "", "exact"),
        ("47，其中政策解读3条", "47", "", "exact"),
        ("3（件）", "3", "件", "exact"),
        ("5件。", "5", "件", "exact"),
        ("+461", "461", "", "exact"),
        ("-1", "-1", "", "exact"),
        ("－1", "-1", "", "exact"),
        ("−3", "-3", "", "exact"),
        ("约103条", "103", "条", "approx"),
        ("约为103条", "103", "条", "approx"),
        ("超7万人次", "70000", "人次", "more_than"),
        ("3万余元", "30000", "元", "more_than"),
        ("100余件", "100", "件", "more_than"),
        ("不到5次", "5", "次", "less_than"),
        ("20件左右", "20", "件", "approx"),
        ("\u200b7\ufeff", "7", "", "exact"),
        ("零", "0", "", "exact"),
        ("〇", "0", "", "exact"),
        ("两件", "2", "件", "exact"),
        ("一次", "1", "次", "exact"),
        ("三十一", "31", "", "exact"),
        ("一百零五件", "105", "件", "exact"),
        ("0.00", "0.00", "", "exact"),
        ("3.0", "3.0", "", "exact"),
        ("3件", "3", "件", "exact"),
        ("３件", "3", "件", "exact"),
        ("３", "3", "", "exact"),
        ("-0", "0", "", "exact"),
        ("+0", "0", "", "exact"),
        ("１，２３４，５６７", "1234567", "", "exact"),
        ("12（见注1）", "12", "", "exact"),
        ("12［注］", "12", "", "exact"),
    ],
)
def test_figures_are_exact(text: str, value: str, unit: str, qualifier: str) -> None:
    figure = read_figure(text, declared().forms.words)
    assert (figure.status, str(figure.value)) == ("reported", value)
    assert (figure.unit, figure.qualifier, figure.raw) == (unit, qualifier, text)


@pytest.mark.parametrize(
    "text",
    [
        "1.组织机构5;2.规章100",
        "3 4",
        "1. 5",
        "1,23",
        "5(6)",
        "5;6",
        "5/6",
        "007",
        "12²",
        "①",
        "5①",
        "12[1]",
        "12*",
        "12¹",
        "12注",
        "Excel 3.0",
        "3-5",
        "3~5",
        "(5)",
        "5）",
        "Ⅻ",
        "١٢",
        "NaN",
        "1234567890123456789",
        "½",
        "2016年",
        "2016年1月",
        "一一",
        "一",
        "一百五",
        "二十三十",
        "三五件",
        "#REF!",
        "见附件",
        "0\n0",
        "3\n4",
        "1,\n234",
        "1\n234",
        "1\ufffd2",
        "12\ufffd",
        "1O",
        "l2",
        "1？",
        "1e5",
        "--5",
        "9" * 500,
    ],
)
def test_what_is_doubtful_is_unreadable(text: str) -> None:
    figure = read_figure(text, declared().forms.words)
    assert (figure.status, figure.value) == ("unreadable", None)


@pytest.mark.parametrize("text", ["", " ", "\u3000", "\xa0", "\t\n", "\u200b"])
def test_blank_is_not_zero(text: str) -> None:
    assert is_blank(text)
    figure = read_figure(text, declared().forms.words)
    assert (figure.status, figure.value) == ("blank", None)


@pytest.mark.parametrize("text", ["/", "／", "-", "—", "——", "――", "无", "无。", "不适用", "N/A"])
def test_words_that_say_there_is_none(text: str) -> None:
    figure = read_figure(text, declared().forms.words)
    assert (figure.status, figure.value) == ("not_applicable", None)


@pytest.mark.parametrize(
    ("value", "printed", "wanted", "standard"),
    [
        ("251000", "元", "万元", "25.1"),
        ("17.27", "万元", "元", "172700"),
        ("3", "条", "件", "3"),
        ("3", "人次", "万元", None),
        ("3", "斤", "件", None),
        ("1", "元", "", None),
    ],
)
def test_standard_values(value: str, printed: str, wanted: str, standard: str | None) -> None:
    found = in_unit(Decimal(value), printed, wanted, declared().forms.words)
    assert found == (None if standard is None else Decimal(standard))


def test_matching_keys() -> None:
    assert canon("（一） 政府\u3000信息\u200b公开") == canon("(一)政府信息公开")
    assert canon("“三安全”——") == canon('"三安全"--')
    assert canon("⺠⼀") == "民一"
    assert canon("申请") != canon("不申请")
