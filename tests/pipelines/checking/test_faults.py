"""One fault in each draft: exactly that is found, where it stands."""

from dataclasses import replace
from typing import Any

import pytest

from tests.parsers.tables.samples import request_table, review_table
from tests.pipelines.checking.conftest import Check
from tests.pipelines.checking.drafts import (
    Draft,
    Rows,
    appendix_fujian,
    articles_2019,
    articles_2021,
    old_report,
    page,
    request_table_2019,
    requests,
    statistics_2014,
)
from tests.pipelines.documents.writers import xlsx

DRAFT = Draft()
ARTICLES, REQUESTS = articles_2021(), request_table(requests())
APPLICANT = "第4列", "第10列"


def edited(rows: Rows, row: int, *cells: Any) -> Rows:
    """The table with the last cells of a row (from 1) put anew."""
    line = [*rows[row - 1][: len(rows[row - 1]) - len(cells)], *cells]
    return [*rows[: row - 1], line, *rows[row:]]


def without(rows: Rows, row: int) -> Rows:
    return [*rows[: row - 1], *rows[row:]]


ROW_20 = edited(REQUESTS, 20, "0", "0", "0", "0", "0", "0", "")
BALANCE = "、".join(f"表二第{row}行第{{0}}列" for row in (4, 5, 27, 28))
FAULTS: dict[str, tuple[Draft, list[tuple[str, str, str]]]] = {
    "the balance fails in the column and in its total": (
        replace(DRAFT, requests=request_table(requests(new="7"))),
        [
            ("error", "identity_fails", BALANCE.format(4)),
            ("error", "identity_fails", BALANCE.format(10)),
        ],
    ),
    "the outcomes do not sum to their total": (
        replace(DRAFT, requests=request_table(requests(all="5", new="6"))),
        [
            ("error", "identity_fails", f"表二第27行第{col}列、表二第6行第{col}列")
            for col in (4, 10)
        ],
    ),
    "a row does not sum to its total": (
        replace(DRAFT, review=review_table(["1", *["0"] * 14])),
        [("error", "identity_fails", "表三第4行第5列、表三第4行第1列")],
    ),
    "a blank cell": (
        replace(DRAFT, articles=articles_2021(("3", "", "8"))),
        [("warning", "blank_cell", "表一第4行第3列")],
    ),
    "blank cells of one table are told together": (
        replace(DRAFT, requests=edited(ROW_20, 8, "", "", "", "0", "", "", "0")),
        [("warning", "blank_cell", "表二第8行第4—6、8、9列；第20行第10列")],
    ),
    "a word for a figure": (
        replace(DRAFT, articles=articles_2021(("/", "无", "8"))),
        [("note", "not_a_number", "表一第4行第2、3列")],
    ),
    "no figure at all": (
        replace(DRAFT, articles=articles_2021(("三件左右吧", "1", "8"))),
        [("error", "unreadable_figure", "表一第4行第2列")],
    ),
    "a share in place of a number": (
        replace(DRAFT, articles=articles_2021(("30%", "1", "8"))),
        [("error", "doubtful_unit", "表一第4行第2列")],
    ),
    "less than nothing": (
        replace(DRAFT, articles=articles_2021(("-3", "1", "8"))),
        [("error", "negative", "表一第4行第2列")],
    ),
    "about so many": (
        replace(DRAFT, articles=articles_2021(("约30", "1", "8"))),
        [("note", "inexact", "表一第4行第2列")],
    ),
    "money without unit": (
        replace(
            DRAFT,
            articles=edited(articles_2021(fees="5"), 13, ("本年收费金额", 1, 3)),
        ),
        [("warning", "unit_missing", "表一第14行第2列")],
    ),
    "an unknown row": (
        replace(DRAFT, articles=[*ARTICLES[:4], ["党内规范性文件", "1", "0", "1"], *ARTICLES[4:]]),
        [("warning", "unknown_label", "表一第5行第1列")],
    ),
    "a missing row": (
        replace(DRAFT, articles=without(ARTICLES, 11)),
        [("warning", "missing_row", "主动公开政府信息情况表")],
    ),
    "a missing table": (
        replace(DRAFT, review=None),
        [("error", "missing_table", "全文")],
    ),
    "no table": (
        replace(DRAFT, articles=None, requests=None, review=None),
        [("error", "no_tables", "全文")],
    ),
    "other outcomes in one row": (
        replace(DRAFT, requests=request_table_2019(requests())),
        [("note", "merged_row", "收到和处理政府信息公开申请情况表")],
    ),
    "a missing part": (
        replace(DRAFT, left_out=("五、存在的主要问题及改进情况",)),
        [("warning", "missing_section", "全文")],
    ),
    "an empty part": (
        replace(DRAFT, problems=""),
        [("warning", "empty_section", "第8段")],
    ),
    "table against prose": (
        replace(DRAFT, overview="2022年，我局共收到政府信息公开申请6件。"),
        [("warning", "table_prose", "表二第4行第10列、第4段")],
    ),
    "title and period of different years": (
        replace(DRAFT, title="青禾县科学技术局2021年政府信息公开工作年度报告"),
        [
            ("error", "year_conflict", "第1段；第2段"),
            ("note", "late", "第13段"),
        ],
    ),
    "not the whole year": (
        replace(DRAFT, opening="本报告所列数据的统计期限自2022年1月1日至2022年11月30日。"),
        [("warning", "period_partial", "第2段")],
    ),
    "signed before the year was over": (
        replace(DRAFT, signed="2022年12月20日"),
        [("warning", "signed_early", "第13段")],
    ),
    "signed after the deadline": (
        replace(DRAFT, signed="2023年2月3日"),
        [("note", "late", "第13段")],
    ),
    "a head of another year": (
        replace(
            DRAFT,
            articles=edited(
                ARTICLES, 2, "信息内容", "2021年制发件数", "本年废止件数", "现行有效件数"
            ),
        ),
        [("warning", "column_year", "表一第2行第2列")],
    ),
    "the form of 2019 in 2022": (
        replace(DRAFT, articles=articles_2019(), requests=request_table_2019(requests())),
        [("note", "old_form", "全文")],
    ),
    "forms of 2019 and 2021 in one report": (
        replace(DRAFT, articles=articles_2019()),
        [("warning", "mixed_forms", "全文")],
    ),
}


@pytest.mark.parametrize("name", FAULTS)
def test_one_fault(check: Check, name: str) -> None:
    draft, wanted = FAULTS[name]
    answer = check(draft.html())
    assert (answer.told, answer.status) == (wanted, 0)


OLD: dict[str, tuple[list[str | Rows], list[tuple[str, str, str]]]] = {
    "received against parts": (
        old_report(2016, statistics_2014(收到申请数="3", 当面申请数="2")),
        [("error", "identity_fails", "表一第23行第3列、表一第24行第3列")],
    ),
    "blank in the statistics": (
        old_report(2016, statistics_2014(申请办结数="")),
        [("warning", "blank_cell", "表一第29行第3列")],
    ),
    "the statistics in 2020": (
        old_report(2020, statistics_2014()),
        [("note", "old_form", "全文")],
    ),
    "the year above all years": (
        old_report(2013, appendix_fujian(主动公开文件数="3")),
        [("error", "identity_fails", "表一第2行第3列、表一第2行第4列")],
    ),
    "prose in 2020": (
        old_report(2020),
        [
            ("error", "no_tables", "全文"),
            ("warning", "missing_section", "全文"),
            ("warning", "missing_section", "全文"),
        ],
    ),
}


@pytest.mark.parametrize("name", OLD)
def test_one_fault_in_an_older_form(check: Check, name: str) -> None:
    blocks, wanted = OLD[name]
    answer = check(page(blocks))
    assert (answer.told, answer.status) == (wanted, 0)


def test_the_words_of_a_finding(check: Check) -> None:
    answer = check(replace(DRAFT, requests=request_table(requests(new="7"))).html())
    first = answer.findings[0]
    assert (first["printed"], first["expected"]) == ("7、1、4、2", "左右两边相等（现为 8 与 6）")
    assert first["clause"].startswith("自然人：本年新收政府信息公开申请数量 7 + ")
    assert first["clause"].endswith("（差 +2）")
    assert all(locator.startswith("html:table[2]/r") for locator in first["locators"])


def test_implied_zeros_are_told(check: Check) -> None:
    answer = check(replace(DRAFT, requests=ROW_20).html())
    assert [item["clause"] for item in answer.findings] == ["其中1格按勾稽关系应为 0"]


def test_cells_are_named(check: Check) -> None:
    answer = check(replace(DRAFT, articles=articles_2021(("/", "", "8"))).html())
    named = [item["printed"] for item in answer.findings]
    assert named == [
        "空（1格：行政规范性文件 × 本年废止件数）",
        "/（1格：行政规范性文件 × 本年制发件数）",
    ]


def test_the_sentence_of_a_doubtful_figure(check: Check) -> None:
    sentence = "全年收到政府信息公开申请5件，收到政府信息公开申请6件"
    answer = check(replace(DRAFT, overview=f"我局积极工作。{sentence}。此外无。").html())
    assert sentence in [item["printed"] for item in answer.findings]


def test_conflicting_years_are_named(check: Check) -> None:
    answer = check(DRAFT.html(), "--year", "2021")
    conflict = answer.findings[0]
    assert conflict["printed"] == "指定的年度 2021年；标题 2022年；统计期限 2022年；正文开头 2022年"
    assert answer.report["year"] == 2021


def test_a_draft_without_title(check: Check) -> None:
    answer = check(replace(DRAFT, title="年度报告").html())
    codes = {code for _, code, _ in answer.told}
    assert "title_missing" in codes
    assert "agency_missing" not in codes  # the signature names it


def test_a_table_printed_twice_with_other_figures(check: Check) -> None:
    twice = [*ARTICLES, *articles_2021(("4", "1", "8"))]
    told = check(replace(DRAFT, articles=twice).html()).told
    assert told[0] == ("error", "conflicting_table", "表一第16行第1列")
    assert all(code == "repeated_table" for _, code, _ in told[1:])


def test_a_row_printed_twice_is_told_once(check: Check) -> None:
    (finding,) = check(replace(DRAFT, requests=[*REQUESTS, REQUESTS[-1]]).html()).findings
    assert (finding["code"], finding["place"]) == ("repeated_row", "表二第29行第4—10列")


def test_a_period_that_lost_characters_is_quoted(check: Check) -> None:
    opening = "所列数据的统计期限自202211日起至20221231日止。"
    (finding,) = check(replace(DRAFT, opening=opening).html()).findings
    assert (finding["place"], finding["printed"]) == ("第2段", "202211日起至20221231日")


def test_a_workbook_of_tables_has_no_parts_to_miss(check: Check) -> None:
    sheet = [[(str(cell), 1, 1) for cell in row] for row in statistics_2014()]
    told = check(xlsx([sheet]), name="draft.xlsx").told
    assert ("note", "only_tables", "全文") in told
    assert "missing_section" not in {code for _, code, _ in told}


def test_another_body_than_declared(check: Check) -> None:
    answer = check(DRAFT.html(), "--agency", "青禾县水利局")
    assert ("warning", "agency_conflict", "全文") in answer.told


def test_an_abbreviated_name(check: Check) -> None:
    draft = replace(DRAFT, title="莆田市科技局2022年政府信息公开工作年度报告")
    answer = check(draft.html())
    short = [item["expected"] for item in answer.findings if item["code"] == "agency_short"]
    assert short == ["莆田市科学技术局"]


def test_control_characters_of_a_draft_never_reach_the_terminal(check: Check) -> None:
    draft = replace(DRAFT, articles=articles_2021(("\u009b31m三件\u0085", "1", "8")))
    assert not any(ord(char) in range(0x80, 0xA0) for char in str(check(draft.html()).said))
