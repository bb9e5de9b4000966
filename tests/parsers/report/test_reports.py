"""Facts of reports made up for the purpose, and documents that are none."""

import pytest

from archive.declarations import load
from parsers.records import Cell, Context, Document, Grid, Link, Paragraph, Report, TitleCandidate
from parsers.report import read_reports

TITLE = "青阳县水利局2022年政府信息公开工作年度报告"
BODY = (
    "本报告所列数据的统计期限自2022年1月1日至2022年12月31日。",
    "一、总体情况",
    "2022年，我局主动公开政府信息12条。",
    "二、主动公开政府信息情况",
    "三、收到和处理政府信息公开申请情况",
    "全年未收到政府信息公开申请。",
    "四、存在的主要问题及改进情况",
    "存在解读形式单一的问题。",
    "青阳县水利局",
    "2023年1月18日",
)


def document(*lines: str | Grid, **facts: object) -> Document:
    blocks = tuple(
        line if isinstance(line, Grid) else Paragraph(line, f"html:p[{number}]")
        for number, line in enumerate(lines, 1)
    )
    return Document(blocks, "html", **facts)  # type: ignore[arg-type]


def grid(*rows: str) -> Grid:
    cells = tuple(
        tuple(
            Cell(text, r, c, f"html:table[1]/r{r + 1}c{c + 1}")
            for c, text in enumerate(row.split("|"))
        )
        for r, row in enumerate(rows)
    )
    return Grid(cells, "html:table[1]")


RULES = grid(
    "第二十条第（一）项|第二十条第（一）项|第二十条第（一）项|第二十条第（一）项",
    "信息内容|本年制发件数|本年废止件数|现行有效件数",
    "规章|0|0|0",
    "行政规范性文件|3|1|8",
)


def one(*lines: str | Grid, context: Context | None = None, **facts: object) -> Report:
    reports = read_reports(document(*lines, **facts), context or Context(), load())
    assert len(reports) == 1
    return reports[0]


def kinds(report: Report) -> set[str]:
    return {problem.kind for problem in report.problems}


def test_a_whole_report() -> None:
    report = one("青水〔2023〕7号", TITLE, *BODY)
    assert report.title == TITLE
    assert (report.year, report.doc_number) == (2022, "青水〔2023〕7号")
    assert (report.period_start, report.period_end) == ("2022-01-01", "2022-12-31")
    assert (report.signed_date, report.scope, report.form) == ("2023-01-18", "own", "prose")
    stated = {(item.indicator, int(item.value or 0)) for item in report.observations}
    assert stated == {("proactive.items", 12), ("requests.new", 0)}
    assert [item.path for item in report.sections] == ["一", "二", "三", "四"]


def test_a_title_broken_over_lines() -> None:
    report = one("青阳县水利局", "2022年政府信息公开工作", "年 度 报 告", *BODY)
    assert report.title == "青阳县水利局2022年政府信息公开工作年度报告"


def test_the_title_element_is_cut_at_its_column_and_site() -> None:
    titles = (TitleCandidate(f"{TITLE}_政府信息公开年报_青阳县", "title"),)
    assert one(*BODY, titles=titles).title == TITLE


@pytest.mark.parametrize(
    ("period", "start", "end"),
    [
        ("自2022年1月1日起至12月31日止", "2022-01-01", "2022-12-31"),
        ("从２０２２年１月１日到１２月３１日", "2022-01-01", "2022-12-31"),
        ("为2022 年 1 月 1 日—2022 年 12 月 31 日", "2022-01-01", "2022-12-31"),
        ("自202211日至20221231日", "2022-01-01", "2022-12-31"),
        ("自2022111日至20221231日", "", "2022-12-31"),
    ],
)
def test_periods(period: str, start: str, end: str) -> None:
    report = one(TITLE, f"本报告数据的统计期限{period}。", *BODY[1:])
    assert (report.period_start, report.period_end) == (start, end)
    assert ("damaged_period" in kinds(report)) == ("日至2022" in period and "年1" not in period)


def test_title_and_period_of_different_years_are_a_conflict() -> None:
    report = one(TITLE, BODY[0].replace("2022", "2021"), *BODY[1:])
    assert report.year == 2022
    assert "year_conflict" in kinds(report)


@pytest.mark.parametrize(
    ("above", "head", "told"),
    [
        ("二、主动公开政府信息情况", "2021年制发件数", True),
        ("二、主动公开政府信息情况", "2022年制发件数", False),
        ("2021年主动公开政府信息情况", "本年制发件数", True),
        ("2022年度", "本年制发件数", False),
        ("公开日期：2023年1月18日", "本年制发件数", False),
        ("与2021年相比，主动公开的信息有所增加。", "本年制发件数", False),
    ],
)
def test_a_table_of_another_year_is_told(above: str, head: str, told: bool) -> None:
    table = grid(
        f"信息内容|{head}|本年废止件数|现行有效件数",
        "规章|0|0|0",
        "行政规范性文件|3|1|8",
    )
    report = one(TITLE, *BODY[:3], above, table, *BODY[4:])
    assert ("column_year" in kinds(report)) is told
    assert any(item.method == "table" for item in report.observations)


def test_a_date_after_the_year_is_no_conflict() -> None:
    report = one(TITLE, "发布日期：2023-01-20 10:31", *BODY)
    assert (report.stated_date, report.year) == ("2023-01-20", 2022)
    assert "year_conflict" not in kinds(report)


def test_dates_in_numerals() -> None:
    assert one(TITLE, *BODY[:-1], "二〇二三年一月十八日").signed_date == "2023-01-18"


@pytest.mark.parametrize(
    ("body", "scope"),
    [
        ("青阳县人民政府", "jurisdiction"),
        ("青阳县", "jurisdiction"),
        ("青阳县人民政府办公室", "own"),
        ("蓉城镇人民政府", "jurisdiction"),
        ("青阳县水利局", "own"),
    ],
)
def test_scope(body: str, scope: str) -> None:
    assert one(TITLE.replace("青阳县水利局", body), *BODY).scope == scope


def test_a_report_that_says_it_includes_the_bodies_under_it() -> None:
    opening = "本报告数据包括局机关及所属单位的政府信息公开情况。"
    report = one(TITLE, opening, *BODY)
    assert report.scope == "with_subordinates"
    assert "所属单位" in report.scope_evidence


def test_a_poor_title_over_the_official_tables_is_a_report() -> None:
    report = one("附件", "统计期限自2022年1月1日至2022年12月31日", RULES)
    assert (report.title, report.year, report.form) == ("", 2022, "2021")


BLANK = grid(
    "第二十条第（一）项|第二十条第（一）项|第二十条第（一）项|第二十条第（一）项",
    "信息内容|本年制发件数|本年废止件数|现行有效件数",
    "规章|||",
    "行政规范性文件|||",
)
NO_REPORTS = [
    ("关于做好2022年政府信息公开工作年度报告编制工作的通知", "各单位：请按附件格式编制。", BLANK),
    ("青阳县2022年政府信息公开工作年度报告发布情况的通报", "全县各单位均已发布。"),
    ("政府信息公开工作年度报告格式", BLANK),
    ("附件", BLANK),
    ("青阳县水利局2022年度部门决算", "一、部门概况", "2022年收入120万元。"),
    ("青阳县水利局政府信息公开指南", "一、公开范围", "主动公开政府信息的范围如下。"),
    ("青阳县召开防汛会议", "2023年1月，全县召开防汛会议2次。"),
    (),
    ("",),
]


@pytest.mark.parametrize("lines", NO_REPORTS, ids=range(len(NO_REPORTS)))
def test_other_documents_give_no_report(lines: tuple[str | Grid, ...]) -> None:
    assert read_reports(document(*lines), Context(), load()) == ()


def test_a_notice_stays_a_notice_under_a_link_that_names_a_report() -> None:
    notice = document(*NO_REPORTS[0])
    assert read_reports(notice, Context(link_text=TITLE), load()) == ()


def test_two_reports_in_one_document() -> None:
    second = [line.replace("水利局", "林业局").replace("12条", "30条") for line in (TITLE, *BODY)]
    reports = read_reports(document(TITLE, *BODY, *second), Context(), load())
    assert [(item.ordinal, item.title[:6]) for item in reports] == [
        (0, "青阳县水利局"),
        (1, "青阳县林业局"),
    ]
    items = [
        item.value
        for r in reports
        for item in r.observations
        if item.indicator == "proactive.items"
    ]
    assert items == [12, 30]


def test_a_title_printed_twice_is_one_report() -> None:
    assert len(read_reports(document(TITLE, *BODY[:3], TITLE, *BODY), Context(), load())) == 1


def test_pictures_in_the_place_of_tables() -> None:
    links = (Link("https://a.gov.cn/1.png", "", "image"),)
    assert one(TITLE, *BODY, links=links).tables == "picture"
    assert one(TITLE, *BODY).tables == "none"


def test_a_year_declared_by_a_person_decides() -> None:
    report = one(TITLE, *BODY, context=Context(year=2021))
    assert report.year == 2021
    assert "year_conflict" in kinds(report)


def test_a_year_only_in_the_date() -> None:
    report = one(
        "青阳县水利局政府信息公开年度报告", *BODY[1:], context=Context(listing_date="2023-01-20")
    )
    assert report.year == 2022


def test_a_page_that_lists_reports_is_none() -> None:
    rows = [TITLE.replace("水利", name) for name in ("水利", "林业", "财政", "统计")]
    assert read_reports(document("政府信息公开年报", *rows), Context(), load()) == ()


def test_a_second_report_has_its_own_year() -> None:
    second = [line.replace("2022", "2021").replace("2023", "2022") for line in (TITLE, *BODY)]
    context = Context(link_text=TITLE)
    reports = read_reports(document(TITLE, *BODY, *second), context, load())
    assert [item.year for item in reports] == [2022, 2021]
    assert not any("year_conflict" in kinds(item) for item in reports)


def test_the_date_of_the_signature_is_not_the_year_reported_on() -> None:
    lines = (
        "政府信息公开工作年度报告",
        "本报告所列数据的统计期限为2022年1月1日至2022年12月31日。",
        "一、总体情况",
        "按规定编制政府信息公开工作年度报告。",
        "二、收到和处理申请情况",
        "未收到申请。",
        "某市教育局",
        "2023年1月20日",
    )
    blocks = tuple(Paragraph(line, f"html:p[{n}]") for n, line in enumerate(lines, 1))
    (report,) = read_reports(Document(blocks, "html"), Context(), load())
    assert (report.year, report.year_evidence) == (2022, "period in the text")


@pytest.mark.parametrize(
    "over",
    [
        ("政府信息公开情况统计表||", "（2016年度）||", "填报单位（盖章）：寿宁县水利局||"),
        ("2016年度政府信息公开情况统计表||", "填报单位：寿宁县水利局||2017年1月10日"),
        ("政府信息公开情况统计表||", "填报单位|寿宁县水利局|统计年度：2016年"),
    ],
)
def test_a_form_alone_is_of_the_body_that_filled_it_in(over: tuple[str, ...]) -> None:
    report = one(grid(*over, "统计指标|单位|统计数", "（一）收到申请数|件|2", "1.当面申请数|件|1"))
    issuer = report.agencies[0]
    assert (report.year, issuer.printed, issuer.region_code) == (2016, "寿宁县水利局", "350924")


def test_a_notice_whose_title_is_broken_behind_the_reports_name_is_none() -> None:
    title = ("某某县人民政府办公室", "关于2021年政府信息公开工作年度报告", "有关事项的通知")
    blank = grid("信息内容|本年制发件数|本年废止件数|现行有效件数", "规章|||", "行政规范性文件|||")
    notice = document(*title, "各镇人民政府：", "现就有关事项通知如下：", "一、抓紧部署", blank)
    assert read_reports(notice, Context(), load()) == ()
