"""From a home page down to the annual reports: best first, each with its reason."""

import pytest

from parsers.portals import Column, Page, find_columns

HOME = "http://kjj.example.gov.cn/"


def columns(body: str, url: str = HOME, head: str = "") -> tuple[Column, ...]:
    return find_columns(Page(url, f"<html><head>{head}</head><body>{body}</body></html>"))


@pytest.mark.parametrize(
    ("text", "href"),
    [
        ("政府信息<br>公开年报", "/x1/"),
        ("政府信息公开 工作 年度报告", "/x2/"),
        ("信息公开年报", "/x3/"),
        ("公开年报", "/x4/"),
        ("年度报告", "/x5/"),
        ("更多&gt;&gt;", "/zwgk/zfxxgknb/"),
        ("点击进入", "/zfxxgk/xxgknb2019_list.shtml"),
        ("进入", "/gkmlpt/annualreport#2629"),
    ],
)
def test_report_columns_come_before_the_way_there(text: str, href: str) -> None:
    body = (
        f'<a href="/zfxxgk/">政府信息公开</a><a href="{href}">{text}</a><a href="/news/">新闻</a>'
    )
    best = columns(body)[0]
    assert best.url == f"http://kjj.example.gov.cn{href.partition('#')[0]}"
    assert best.score >= 70
    assert best.reason


@pytest.mark.parametrize(
    "text",
    ["部门决算年报", "政府网站年度工作报表", "法治政府建设年度报告", "环境质量年报", "统计年报"],
)
def test_other_yearly_reports_are_no_columns(text: str) -> None:
    assert columns(f'<a href="/other/">{text}</a>') == ()


def test_an_article_is_no_column() -> None:
    body = '<a href="/202401/t20240119_3006512.html">某局2023年政府信息公开工作年度报告</a>'
    assert columns(body) == ()


def test_an_annual_page_branches_into_years_and_bodies() -> None:
    body = (
        '<a href="/2024nb/">2024年</a><a href="/2023nb/">2023年度</a>'
        '<a href="/gszbm/kjj/">市科技局</a><a href="/help/">使用帮助</a>'
    )
    head = '<meta content="政府信息公开年报" name="ColumnName">'
    found = columns(body, "http://www.example.gov.cn/zfxxgk/nbhz/", head)
    assert {column.url.rsplit("gov.cn", 1)[1] for column in found} == {
        "/2024nb/",
        "/2023nb/",
        "/gszbm/kjj/",
    }
    assert found[-1].url.endswith("/gszbm/kjj/")


def test_the_dedicated_page_beats_the_directory_and_the_site_map() -> None:
    body = (
        '<a href="/map/">网站地图</a><a href="/bm/">各部门</a><a href="/gk/">政府信息公开</a>'
        '<a href="/zw/">政务公开</a>'
    )
    assert [column.url[-4:-1] for column in columns(body)] == ["/gk", "/zw", "/bm", "map"]


def test_last_resorts_are_a_guess_and_the_search() -> None:
    body = (
        '<a href="/zfxxgk/zfxxgkzn/">指南</a><form action="/was5/web/search" method="get">'
        '<input type="hidden" name="channelid" value="229105">'
        '<input type="text" name="searchword"></form>'
    )
    found = columns(body)
    assert [column.score < 30 for column in found] == [True, True]
    assert found[0].url == "http://kjj.example.gov.cn/zfxxgk/zfxxgknb/"
    assert "channelid=229105&searchword=%E6%94%BF%E5%BA%9C" in found[1].url


def test_indirections_lead_on() -> None:
    jump = "<script>window.location.href='./zfxxgknb/2024/';</script>"
    assert columns(jump, HOME)[0].url == f"{HOME}zfxxgknb/2024/"
    frame = '<iframe src="/list/inner.html"></iframe><iframe src="http://tianqi.example.com/w"></iframe>'
    assert [column.url for column in columns(frame)] == [f"{HOME}list/inner.html"]


def test_links_that_only_a_script_opens() -> None:
    body = '<a href="javascript:void(0)" onclick="window.open(\'/zfxxgknb/\')">年报</a>'
    assert columns(body)[0].url == f"{HOME}zfxxgknb/"
