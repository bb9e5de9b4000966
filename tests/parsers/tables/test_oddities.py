"""Remarks, text in place of tables, hostile and empty documents."""

from dataclasses import replace

import pytest

from parsers.records import APPLICANTS, Grid, Paragraph
from parsers.tables import MAX_ALIKE, read_tables
from parsers.tables.sheets import from_grid
from tests.parsers.tables.build import (
    declared,
    document,
    figures,
    grid,
    kinds,
    read,
    read_text,
)
from tests.parsers.tables.expected import (
    ARTICLES,
    Rows,
    assert_all,
    numbered,
    repeated,
    value,
    without_spans,
)
from tests.parsers.tables.samples import (
    HEADS,
    OUTCOMES,
    request_header,
    request_table,
    review_table,
    statistics_table,
)


def test_footnotes_and_imprints_are_no_rows() -> None:
    rows = statistics_table({"proactive.items": "5"})
    rows += [
        ["注：各指标口径见填表说明", "", ""],
        ["单位负责人：张某", "审核人：李某", "填报人：王某"],
        ["审核人", "李某", "13800000000"],
    ]
    assert read(grid(rows)).problems == ()
    rows += [["值班电话", "", "80000000"]]
    assert [problem.detail for problem in read(grid(rows)).problems] == ["值班电话"]


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
    figures_ = [str(number) for number in range(15, 0, -1)]
    reading = read(grid(without_spans(review_table(figures_))))
    assert [item.value for item in reading.observations] == list(range(15, 0, -1))


def test_review_with_a_cell_too_few() -> None:
    rows = review_table([str(number) for number in range(14, 0, -1)])
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


DOCUMENTS = ["信息内容", "本年制发件数", "本年废止件数", "现行有效件数"]
DOCUMENT_ROWS = ["规章", "0", "1", "2", "行政规范性文件", "3", "4", "5"]


@pytest.mark.parametrize(
    "text",
    [
        "\n".join(DOCUMENTS + DOCUMENT_ROWS),
        "\n".join([*DOCUMENTS, *DOCUMENT_ROWS, "第二十条第（五）项", *DOCUMENTS[:1], "本年处理"]),
        "\n".join(
            ["信息内容", "本年", "制发件数", "本年废", "止件数", DOCUMENTS[3], *DOCUMENT_ROWS]
        ),
        " |\n".join(["第二十条第（一）项", "| | |", *DOCUMENTS, *DOCUMENT_ROWS, ""]),
        "\n|\n".join(DOCUMENTS + DOCUMENT_ROWS),
    ],
)
def test_article_20_with_one_cell_per_line(text: str) -> None:
    reading = read_text(text)
    assert [item.value for item in reading.observations] == list(range(6))
    assert reading.problems == ()


def test_article_20_with_one_cell_per_line_and_a_figure_missing() -> None:
    reading = read_text("\n".join(DOCUMENTS + DOCUMENT_ROWS[:-1]))
    assert [item.value for item in reading.observations] == [0, 1, 2]
    assert kinds(reading) == ["unclear_columns"]


def test_review_with_one_cell_per_line() -> None:
    cells = [
        cell if isinstance(cell, str) else cell[0]
        for row in review_table([str(n) for n in range(15, 0, -1)])
        for cell in row
    ]
    reading = read_text("四、行政复议、行政诉讼情况\n" + "\n".join(cells) + "\n五、存在的主要问题")
    assert [item.value for item in reading.observations] == list(range(15, 0, -1))
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


def test_a_single_row_under_heads_without_figures_is_told() -> None:
    reading = read(grid([["统计指标", "单位", "本级", "全县"], ["收到申请数", "件", "5", "50"]]))
    assert not reading.observations
    assert kinds(reading) == ["no_heads"]


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


def test_of_several_years_tables_that_of_the_reports_year_is_taken() -> None:
    """A table whose title names another year comes after those that name none."""
    rows: Rows = [["统计指标", "单位", "统计数"], ["（一）收到申请数", "件", "2"]]
    own: Rows = [*rows[:1], ["（一）收到申请数", "件", "7"], ["1.当面申请数", "件", "5"]]
    title = Paragraph("附：2021年政府信息公开情况统计表", "html:p[1]")
    tables = document(title, grid(rows), Paragraph("本年统计表", "html:p[2]"), grid(own, 2))
    received = [
        value(read_tables(tables, declared(), year), "requests.received")
        for year in (2022, 2021, None)
    ]
    assert received == [7, 2, 2]


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


def test_heads_in_a_table_of_their_own() -> None:
    rows = request_table(numbered())
    assert_all(read(grid(rows[:3]), grid(rows[3:], 2)), numbered())
    narrower = [row[:-1] for row in rows[3:]]
    assert not any(item.value for item in read(grid(rows[:3]), grid(narrower, 2)).observations)


def test_heads_without_rows_are_told() -> None:
    assert kinds(read(grid([["统计指标", "单位", "统计数"]]))) == ["no_figures"]
    assert kinds(read(grid(request_header()))) == ["no_figures"]


@pytest.mark.parametrize(
    ("title", "is_taken"),
    [
        ("青禾县林业局政府信息公开情况统计表", False),
        ("填报单位（盖章）：青禾县林业局", False),
        ("县水务局政府信息公开情况统计表", True),
        ("青禾县水务局办公室2015年政府信息公开情况统计表", True),
        ("政府信息公开情况统计表", True),
        ("2015年县水务局政府信息公开情况统计表", True),
        ("通过政府网站主动公开政府信息情况", True),
        ("填报单位：青禾县水务局信息中心", True),
        ("填报单位：水务局政务公开办公室", True),
        ("上年度结转情况表", True),
        ("财政局政府信息公开情况统计表", False),
        ("青禾县第一中学2015年政府信息公开情况统计表", False),
        ("青禾县水务局水政监察大队2015年政府信息公开情况统计表", False),
    ],
)
def test_nothing_is_taken_from_another_bodys_table(title: str, is_taken: bool) -> None:
    table = grid(statistics_table({"proactive.items": "5"}))
    page = document(Paragraph(title, "html:p[1]"), table)
    reading = read_tables(page, declared(), 2015, "青禾县水务局")
    assert any(item.value == 5 for item in reading.observations) == is_taken
    assert ("other_body" in kinds(reading)) != is_taken


@pytest.mark.parametrize(("named", "is_taken"), [("青禾县水务局", False), ("青禾县", True)])
def test_nothing_is_taken_from_a_bureaus_table_in_a_report_of_its_place(
    named: str, is_taken: bool
) -> None:
    title = Paragraph(f"{named}2015年政府信息公开情况统计表", "html:p[1]")
    page = document(title, grid(statistics_table({"proactive.items": "5"})))
    reading = read_tables(page, declared(), 2015, "青禾县")
    assert any(item.value == 5 for item in reading.observations) == is_taken


def test_a_table_of_bars() -> None:
    bars = "统计指标｜单位｜统计数\n（一）收到申请数｜件｜7\n1.当面申请数｜件｜3"
    reading = read_text(bars)
    assert [item.value for item in reading.observations] == [7, 3]
    assert reading.observations[0].locator == "text:23-24"
    assert read_text("\n".join(f"| {line} |" for line in bars.split("\n"))).problems == ()


def test_labels_and_figures_parted_by_spaces() -> None:
    rows = "（一）收到申请数   件  7\n1.当面申请数   件  3\n2.传真申请数  件  4"
    for text in (rows, rows.replace("\n", " "), rows.replace("件  ", "")):
        assert [item.value for item in read_text(text).observations] == [7, 3, 4]
    two_years = rows.replace("7", "7  9").replace("3", "3  5").replace("  4", "  4  6")
    reading = read_text(two_years)
    assert (kinds(reading), reading.observations) == (["unclear_columns"], ())
    assert read_text("2022年，我局收到申请 7 件。\n当面申请 3 件。\n传真申请 4 件。").problems == ()


@pytest.mark.parametrize(("text", "boxes"), [("本年新收情况", 3), ("————", 5), ("0000", 5)])
def test_only_words_that_repeat_side_by_side_stood_in_one_cell(text: str, boxes: int) -> None:
    sheet = from_grid(grid([["标签", text, text, text, "5"]]), 0)
    assert len(sheet.lines[0].boxes) == boxes


def test_divided_cells_that_repeat_their_text_are_read() -> None:
    """Figures repeated under one head are one; other ones under it are not read."""
    outcomes = review_table(list("123456789012345"))
    tables = [grid(repeated(rows), number) for number, rows in enumerate((ARTICLES, outcomes), 1)]
    reading, plain = read(*tables), read(grid(ARTICLES), grid(outcomes, 2))
    assert reading.problems == ()
    said = {key: item.value for key, item in figures(reading).items()}
    assert said == {key: item.value for key, item in figures(plain).items()}
    rows = repeated(ARTICLES)
    rows[6][3] = "6"
    assert kinds(read(grid(rows))) == ["unclear_columns"]


def test_blank_lines_between_the_heads_are_no_figures() -> None:
    rows = review_table(list("123456789012345"))
    for at in (2, 1):
        rows.insert(at, [""] * 15)
    assert (
        sum(item.value is not None for item in read(grid(without_spans(rows))).observations) == 15
    )


def test_heads_cut_by_a_page_break() -> None:
    """自然 at the foot of one page and 人 at the head of the next are one head, and so is 总计."""
    rows = request_table({("requests.new", name): f"{at}1" for at, name in enumerate(APPLICANTS)})
    rows[1] = ["自然", ("法人或其他组织", 1, 5), "总"]
    rows[2] = ["人", *rows[2], "计"]
    broken = replace(grid(rows), form_feeds=(2,))
    new = {
        key[1]: item.raw for key, item in figures(read(broken)).items() if key[0] == "requests.new"
    }
    assert new == {name: f"{at}1" for at, name in enumerate(APPLICANTS)}
    assert "natural_person" not in {key[1] for key in figures(read(grid(rows)))}
