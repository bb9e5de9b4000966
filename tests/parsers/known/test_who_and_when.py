"""Who, when, and whether it is a report at all: what real pages do, one fact a test."""

import pytest

from parsers.records import Context
from parsers.titles import judge
from tests.parsers.known.pages import PERIOD, TITLE, kinds, page, report, reports

BODY = (
    PERIOD,
    "一、总体情况",
    "全年主动公开政府信息12条。",
    "二、存在的主要问题及改进情况",
    "解读形式单一。",
)


@pytest.mark.parametrize(
    "words",
    [
        "政府信息公开工作年度报告",
        "政府信息公开年度报告",
        "信息公开年报",
        "政务信息公开年度报告",
        "政府信息公开工作报告",
        "政府信息公开工作情况报告",
        "信息公开年度工作报告",
    ],
)
@pytest.mark.parametrize("year", ["2016年", "2016年度", "二〇一六年", "2016"])
def test_accepted_titles(words: str, year: str) -> None:
    found = judge(f"青阳县水利局{year}{words}")
    assert (found.is_report, found.year, found.agency) == (True, 2016, "青阳县水利局")


@pytest.mark.parametrize(
    ("head", "title", "context"),
    [
        ("<title>政府信息公开年报_青阳县</title>", "", Context(link_text=TITLE)),
        (f"<title>{TITLE}_青阳县人民政府</title>", "", Context()),
        (f'<meta name="ArticleTitle" content="{TITLE}">', "", Context()),
        ("", TITLE, Context()),
    ],
    ids=["link text", "title element", "ArticleTitle", "first line"],
)
def test_titles_stand_in_four_places(head: str, title: str, context: Context) -> None:
    read = report(*BODY, title=title, head=head, context=context)
    assert (read.title, read.year) == (TITLE, 2022)


@pytest.mark.parametrize(
    ("title", "context"),
    [
        ("青阳县水利局政府信息公开工作年度报告", Context(listing_date="2023-01-18")),
        ("青阳县水利局政府信息公开工作年度报告", Context(column="2022年政府信息公开年报")),
    ],
    ids=["date", "column"],
)
def test_a_year_only_in_the_date_or_the_column(title: str, context: Context) -> None:
    read = report(*BODY[1:], title=title, context=context)
    assert read.year == 2022


NEGATIVES = [
    "关于做好2022年度政府信息公开工作年度报告编制工作的通知",
    "县政府办公室召开2022年政府信息公开年度报告编制工作部署会",
    "关于2022年度政府信息公开工作年度报告发布情况的通报",
    "青阳县2022年政府信息公开工作年度报告解读",
    "2022年政府信息公开年度报告观察",
    "一图读懂青阳县2022年政府信息公开工作年度报告",
    "青阳县水利局政府信息公开指南",
    "青阳县水利局政府信息公开目录",
    "青阳县水利局政府信息公开制度",
    "青阳县水利局2022年法治政府建设年度报告",
    "青阳县2022年政府网站工作年度报表",
    "青阳县水利局2022年政务公开工作总结",
    "青阳县2022年政务公开工作要点",
    "青阳县水利局2022年度部门决算",
    "青阳县2022年环境质量年报",
    "青阳学院2022年信息公开年度报告",
    "青阳县自来水有限公司2022年度信息公开年报",
    "青阳县图书馆2022年度事业单位法人年度报告书",
]


@pytest.mark.parametrize("title", NEGATIVES)
def test_what_is_no_annual_report(title: str) -> None:
    assert not judge(title).is_report
    news = ("各单位要高度重视，按时完成。", "请于1月31日前报送。")
    assert reports(page(*news, title=title)) == ()


def test_a_blank_table_inside_a_statistics_rule_is_no_report() -> None:
    blank = "<table><tr><td>统计指标</td><td>单位</td><td>统计数</td></tr>"
    blank += "<tr><td>（一）收到申请数</td><td>件</td><td></td></tr></table>"
    assert (
        reports(page("第一条 为规范统计工作，制定本制度。", blank, title="政府信息公开统计制度"))
        == ()
    )


def test_title_and_period_of_two_years() -> None:
    read = report(PERIOD.replace("2022", "2023"), *BODY[1:])
    assert (read.year, kinds(read)) == (2022, ["year_conflict"])


def test_a_report_published_again_years_later_keeps_its_year() -> None:
    read = report(*BODY, context=Context(listing_date="2025-06-30"))
    assert (read.year, kinds(read)) == (2022, [])


def test_a_report_signed_before_its_year_ended() -> None:
    read = report(*BODY, "青阳县水利局", "2022年12月29日")
    assert (read.year, read.signed_date, kinds(read)) == (2022, "2022-12-29", [])


def test_several_reports_of_one_month_differ_by_their_titles() -> None:
    years = [
        report(*BODY[1:], title=TITLE.replace("2022", year), context=Context(listing_date=date))
        for year, date in (("2020", "2022-03-01"), ("2021", "2022-03-08"), ("2022", "2022-03-09"))
    ]
    assert [read.year for read in years] == [2020, 2021, 2022]


def test_a_column_lists_reports_of_other_bodies() -> None:
    context = Context(site_name="青阳县水利局", column="政府信息公开年报")
    read = report(*BODY, title=TITLE.replace("水利局", "林业局"), context=context)
    assert [item.printed for item in read.agencies if item.role == "issuer"] == ["青阳县林业局"]


def test_the_office_reports_beside_the_government() -> None:
    office = report(*BODY, title=TITLE.replace("水利局", "人民政府办公室"))
    government = report(*BODY, title=TITLE.replace("水利局", "人民政府"))
    assert (office.scope, government.scope) == ("own", "jurisdiction")
    ids = {read.agencies[0].agency_id for read in (office, government)}
    assert len(ids) == 2


def test_a_title_without_a_place_takes_it_from_the_site() -> None:
    title = "科技局2022年政府信息公开工作年度报告"
    read = report(*BODY, title=title, context=Context(site_name="温州市科学技术局"))
    assert read.agencies[0].region_code.startswith("3303")


def test_a_document_number_names_no_other_body() -> None:
    read = report(
        "舒政办发〔2023〕3号", *BODY, title="舒城县人民政府2022年政府信息公开工作年度报告"
    )
    assert read.doc_number == "舒政办发〔2023〕3号"
    assert read.agencies[0].region_code == "341523"


def test_a_name_of_several_places_stays_open_without_its_parent() -> None:
    read = report(*BODY, title="鼓楼区人民政府2022年政府信息公开工作年度报告")
    issuer = read.agencies[0]
    assert issuer.region_code == ""
    assert len(issuer.alternatives) > 1
    told = report(*BODY, title="南京市鼓楼区人民政府2022年政府信息公开工作年度报告")
    assert told.agencies[0].region_code == "320106"
