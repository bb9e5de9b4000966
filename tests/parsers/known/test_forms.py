"""Forms and identities: what real reports do, one fact a test."""

from collections.abc import Sequence
from decimal import Decimal

import pytest

from parsers.records import APPLICANTS
from tests.parsers.known.pages import PERIOD, figures, kinds, page, report, reports, table, verdicts
from tests.parsers.tables.expected import without_spans
from tests.parsers.tables.samples import HEADS, REQUEST_ROWS, request_table, review_table

RULES_2021 = table(
    [
        ["第二十条第（一）项", "", "", ""],
        ["信息内容", "本年制发件数", "本年废止件数", "现行有效件数"],
        ["规章", "0", "0", "0"],
        ["行政规范性文件", "3", "1", "8"],
    ]
)
RULES_2019 = table(
    [
        ["第二十条第（一）项", "", "", ""],
        ["信息内容", "本年新制作数量", "本年新公开数量", "对外公开总数量"],
        ["规章", "0", "0", "0"],
        ["规范性文件", "3", "2", "30"],
    ]
)
PERMITS_2019 = table(
    [
        ["信息内容", "上一年项目数量", "本年增/减", "处理决定数量"],
        ["行政许可", "12", "-1", "40"],
        ["行政事业性收费", "5", "0", ""],
    ]
)


def statistics(*rows: tuple[str, str, str]) -> str:
    return table([["统计指标", "单位", "统计数"], *rows])


def requests(rows: Sequence[tuple[str, Sequence[str]]]) -> str:
    return table([["申请情况", *HEADS], *([label, *cells] for label, cells in rows)])


def row(first: str, total: str) -> list[str]:
    return [first, "0", "0", "0", "0", "0", total]


def titled(year: int) -> str:
    return f"青阳县水利局{year}年政府信息公开工作年度报告"


def test_tables_of_2019_in_a_report_of_2023() -> None:
    read = report(RULES_2019, title=titled(2023))
    assert (read.year, read.form) == (2023, "2019")
    assert figures(read)["proactive.normative.disclosed_total", ""].value == 30


def test_tables_of_2021_in_a_report_of_2016() -> None:
    read = report(RULES_2021, title=titled(2016))
    assert (read.year, read.form) == (2016, "2021")
    assert figures(read)["proactive.normative.in_force", ""].value == 8


def test_both_formats_mixed_inside_one_table() -> None:
    rows = [
        ["信息内容", "本年制发件数", "本年废止件数", "现行有效件数"],
        ["行政规范性文件", "3", "1", "8"],
        ["信息内容", "上一年项目数量", "本年增/减", "处理决定数量"],
        ["行政许可", "12", "-1", "40"],
    ]
    read = report(table(rows))
    assert read.form == "2021+2019"
    assert figures(read)["proactive.licensing.items_change", ""].value == -1


def test_the_outline_of_2019_on_a_report_of_2018() -> None:
    heads = ["总体情况", "主动公开政府信息情况", "收到和处理政府信息公开申请情况"]
    heads += ["政府信息公开行政复议、行政诉讼情况", "存在的主要问题及改进情况"]
    heads += ["其他需要报告的事项"]
    parts = [f"{number}、{head}" for number, head in zip("一二三四五六", heads, strict=True)]
    statistics_ = statistics(("（一）收到申请数", "件", "2"))
    read = report(*parts[:2], statistics_, *parts[2:], "无。", title=titled(2018))
    assert (read.year, read.form) == (2018, "2014")
    assert [item.path for item in read.sections] == list("一二三四五六")
    assert figures(read)["requests.received", ""].value == 2


def test_other_handling_as_one_row_inside_form_2021() -> None:
    wanted = {(code, name): "0" for _, _, code in REQUEST_ROWS for name in APPLICANTS}
    rows = without_spans(request_table(wanted))
    first = next(number for number, cells in enumerate(rows) if "（六）其他处理" in cells)
    rows[first : first + 3] = [["", "（六）其他处理", "", *"1000001"]]
    read = report(RULES_2021, table(rows))
    assert read.form == "2021"
    assert figures(read)["requests.outcome.other", "total"].value == 1


def test_rows_are_found_by_label_never_by_count() -> None:
    rows = [("二、上年结转政府信息公开申请数量", row("4", "4")), ("（七）总计", row("9", "9"))]
    found = figures(report(requests(rows)))
    assert found["requests.carried_in", "total"].value == 4
    assert found["requests.outcome.total", "total"].value == 9
    assert ("requests.new", "total") not in found


def test_all_that_is_public_is_not_what_is_in_force() -> None:
    codes = {key[0] for key in figures(report(RULES_2019))}
    assert "proactive.normative.disclosed_total" in codes
    assert not any("in_force" in code for code in codes)


def test_projects_of_last_year_are_counts_and_never_money() -> None:
    found = figures(report(PERMITS_2019))
    item = found["proactive.fees.items_last_year", ""]
    assert (item.value, item.unit) == (Decimal(5), "项")
    assert not any(key[0] == "proactive.fees.amount" for key in found)


def test_a_provincial_table_of_the_year_and_all_years() -> None:
    rows = [["指标名称", "计量单位", "本年度", "历年累计"], ["主动公开文件数", "条", "9", "118"]]
    read = report(table(rows), title=titled(2012))
    assert read.form == "fujian"
    values = {item.period: item.value for item in read.observations if item.method == "table"}
    assert values == {"year": 9, "cumulative": 118}


def test_no_table_at_all_is_prose() -> None:
    assert report("一、概述", "全年主动公开政府信息12条。", title=titled(2010)).form == "prose"


def test_sections_without_a_figure_print_dashes_as_their_unit() -> None:
    rows = [("一、主动公开情况", "——", ""), ("（一）主动公开政府信息数", "条", "5")]
    read = report(statistics(*rows))
    assert kinds(read) == []
    assert list(figures(read)) == [("proactive.items", "")]


BALANCE = "requests.balance"


@pytest.mark.parametrize(
    ("new", "before", "done", "after", "verdict"),
    [
        ("10", "2", "11", "1", "holds"),
        ("10", "2", "11", "2", "fails"),
        ("10", "", "11", "", "not_evaluable"),
    ],
)
def test_the_balance_of_each_column(
    new: str, before: str, done: str, after: str, verdict: str
) -> None:
    rows = [
        ("一、本年新收政府信息公开申请数量", row(new, new)),
        ("二、上年结转政府信息公开申请数量", row(before, before)),
        ("（七）总计", row(done, done)),
        ("四、结转下年度继续办理", row(after, after)),
    ]
    found = verdicts(report(requests(rows)))
    assert found[BALANCE, "natural_person"] == found[BALANCE, "total"] == verdict


def test_applicants_sum_to_the_total_column() -> None:
    good = [("一、本年新收政府信息公开申请数量", ["3", "1", "0", "0", "0", "1", "5"])]
    bad = [("一、本年新收政府信息公开申请数量", ["3", "1", "0", "0", "0", "1", "6"])]
    assert verdicts(report(requests(good)))["requests.applicants", ""] == "holds"
    assert verdicts(report(requests(bad)))["requests.applicants", ""] == "fails"


def test_the_total_is_the_sum_of_its_rows() -> None:
    wanted = {(code, name): "0" for _, _, code in REQUEST_ROWS for name in APPLICANTS}
    for code in ("requests.new", "requests.outcome.granted", "requests.outcome.total"):
        wanted[code, "natural_person"] = wanted[code, "total"] = "4"
    found = verdicts(report(RULES_2021, table(without_spans(request_table(wanted)))))
    assert found["requests.outcomes", "natural_person"] == "holds"
    wanted["requests.outcome.total", "natural_person"] = "5"
    found = verdicts(report(RULES_2021, table(without_spans(request_table(wanted)))))
    assert found["requests.outcomes", "natural_person"] == "fails"


@pytest.mark.parametrize("wrong", range(3))
def test_four_outcomes_sum_to_the_total_three_times(wrong: int) -> None:
    cells = ["1", "2", "0", "1", "4"] * 3
    cells[wrong * 5 + 4] = "5"
    found = verdicts(report(table(without_spans(review_table(cells)))))
    names = ("review.outcomes", "litigation.direct.outcomes", "litigation.after_review.outcomes")
    assert [found[name, ""] for name in names] == [
        "fails" if number == wrong else "holds" for number in range(3)
    ]


def test_a_channel_may_have_as_many_as_all_and_their_sum_more() -> None:
    rows = [
        ("（一）主动公开政府信息数（不同渠道和方式公开相同信息计1条）", "条", "10"),
        ("1.政府公报公开政府信息数", "条", "4"),
        ("2.政府网站公开政府信息数", "条", "10"),
        ("4.政务微信公开政府信息数", "条", "6"),
    ]
    found = verdicts(report(statistics(*rows)))
    assert set(found.values()) == {"holds"}
    rows[2] = ("2.政府网站公开政府信息数", "条", "11")
    found = verdicts(report(statistics(*rows)))
    assert found["proactive.channel.website", ""] == "fails"


ERRORS = {
    "a total of 0 beside parts of 11 and 5": (
        [
            ("（一）收到申请数", "0"),
            ("1.当面申请数", "11"),
            ("2.传真申请数", "5"),
            ("3.网络申请数", "0"),
            ("4.信函申请数", "0"),
        ],
        "requests.received.parts",
        Decimal(-16),
    ),
    "closed 0 with 2 on time": (
        [("（二）申请办结数", "0"), ("1.按时办结数", "2"), ("2.延期办结数", "0")],
        "requests.closed.parts",
        Decimal(-2),
    ),
    "one answer of two kinds": (
        [
            ("（三）申请答复数", "1"),
            ("1.属于已主动公开范围数", "1"),
            ("2.同意公开答复数", "1"),
            ("3.同意部分公开答复数", "0"),
            ("4.不同意公开答复数", "0"),
            ("5.不属于本行政机关公开数", "0"),
            ("6.申请信息不存在数", "0"),
            ("7.告知作出更改补充数", "0"),
            ("8.告知通过其他途径办理数", "0"),
        ],
        "requests.answered.kinds",
        Decimal(-1),
    ),
    "a staff of 4 = 0 + 2": (
        [
            ("（三）从事政府信息公开工作人员数", "4"),
            ("1.专职人员数（不包括政府公报及政府网站工作人员数）", "0"),
            ("2.兼职人员数", "2"),
        ],
        "institution.staff.parts",
        Decimal(2),
    ),
    "more reasons than refusals": (
        [("4.不同意公开答复数", "1"), ("其中：涉及国家秘密", "1"), ("涉及商业秘密", "1")],
        "requests.answered.reasons",
        Decimal(1),
    ),
}


@pytest.mark.parametrize("name", ERRORS)
def test_what_a_publisher_got_wrong_is_shown_and_not_repaired(name: str) -> None:
    rows, identity, difference = ERRORS[name]
    unit = "人" if identity.startswith("institution") else "件"
    read = report(statistics(*((label, unit, text) for label, text in rows)))
    assert [item.raw for item in read.observations] == [text for _, text in rows]
    (found,) = (item for item in read.checks if item.identity == identity)
    assert (found.verdict, found.difference) == ("fails", difference)
    assert read.tables == "read"


def test_62_received_and_63_handled() -> None:
    rows = [
        ("一、本年新收政府信息公开申请数量", row("62", "62")),
        ("二、上年结转政府信息公开申请数量", row("0", "0")),
        ("（七）总计", row("63", "63")),
        ("四、结转下年度继续办理", row("0", "0")),
    ]
    read = report(requests(rows))
    found = [item for item in read.checks if item.identity == BALANCE and item.applicant == "total"]
    assert [(item.verdict, item.left, item.right) for item in found] == [
        ("fails", Decimal(62), Decimal(63))
    ]
    assert figures(read)["requests.outcome.total", "total"].value == 63


def test_a_total_column_left_blank_stays_blank() -> None:
    rows = [("一、本年新收政府信息公开申请数量", ["3", "1", "0", "0", "0", "1", ""])]
    read = report(requests(rows))
    item = figures(read)["requests.new", "total"]
    assert (item.status, item.value, item.implied_zero) == ("blank", None, False)
    assert verdicts(read).get(("requests.applicants", "")) in (None, "not_evaluable")


def test_a_blank_form_inside_a_notice_is_no_report() -> None:
    blank = [["统计指标", "单位", "统计数"], ["（一）收到申请数", "件", ""]]
    title = "关于做好2018年度政府信息公开统计报送工作的通知"
    assert reports(page(PERIOD, table(blank), title=title)) == ()
