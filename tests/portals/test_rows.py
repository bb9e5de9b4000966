"""Rows as lists draw them: titles, dates, and what is no row."""

import pytest

from parsers.portals import Page, Row, read_listing

URL = "http://www.example.gov.cn/zfxxgk/zfxxgknb/"


def rows(body: str) -> tuple[Row, ...]:
    return read_listing(Page(URL, f"<html><body>{body}</body></html>")).rows


def only(body: str) -> Row:
    (row,) = rows(body)
    return row


TITLE = "某市科技局2023年政府信息公开工作年度报告"


@pytest.mark.parametrize(
    "body",
    [
        f'<li><a href="/a.html">{TITLE}</a><span>2024-01-19</span></li>',
        f'<li><span>[2024/1/19]</span><a href="/a.html">{TITLE}</a></li>',
        f'<li><b>19</b><i>2024-01</i><a href="/a.html">{TITLE}</a></li>',
        f'<dl><dt><a href="/a.html">{TITLE}</a></dt><dd>2024年1月19日</dd></dl>',
        f'<a href="/a.html">{TITLE} 2024-01-19</a>',
        f'<a href="/a.html">· {TITLE}</a> 2024.01.19<br><a href="/">首页</a>',
        f'<li><a href="/a.html" title="{TITLE}">某市科技局2023年政…</a>2024-01-19</li>',
        f'<li><a href="/a.html" title="{TITLE}"><img src=x.jpg></a>2024-01-19</li>',
        f'<li><a href="/a.html"><img src=x.jpg alt="{TITLE}"></a>2024-01-19</li>',
        f"<li><a href=/a.html target=_blank>{TITLE}</a><em>2024-01-19",
        f"<li><a href='javascript:;' onclick=\"window.open('/a.html')\">{TITLE}</a>2024-01-19</li>",
        f'<li>{TITLE} <a href="/a.html">下载</a> 2024-01-19</li>',
        f'<li><a href="/a.html"><img src=p></a><a href="/a.html">{TITLE}</a>2024-01-19</li>',
        f'<li><a href="/a.html;jsessionid=AB12">{TITLE}</a>2024-01-19</li>',
    ],
)
def test_title_and_date_in_every_layout(body: str) -> None:
    assert only(body) == Row("http://www.example.gov.cn/a.html", TITLE, "2024-01-19")


def test_the_date_of_the_address_is_not_the_date_shown() -> None:
    row = only(f'<li><a href="./201811/t20181102_2290607.html">{TITLE}</a>2018-01-05</li>')
    assert row.date == "2018-01-05"
    assert only(f'<a href="./201811/t20181102_2290607.html">{TITLE}</a>').date == ""


def test_impossible_dates_are_none() -> None:
    assert only(f'<li><a href="/a.html">{TITLE}</a>2024-13-45</li>').date == ""


def test_navigation_is_no_row() -> None:
    nav = (
        '<a href="/">首页</a><a href="/zfxxgk/zfxxgknb/">政府信息公开年报</a>'
        '<a href="/x/">信息公开制度</a>'
        '<a href="index_1.html">2</a><a href="index_1.html">下一页</a><a href="#top">回到顶部</a>'
        '<a href="mailto:a@b.gov.cn">信箱</a>'
    )
    assert rows(nav) == ()


def test_what_stands_in_the_list_is_told_even_without_a_date() -> None:
    body = (
        '<ul><li><a href="/a1.html">一则消息</a>2024-01-01</li>'
        '<li><a href="/a2.html">又一则</a></li>'
        '<li><a href="/a3.html">第三则</a>2024-01-03</li></ul>'
    )
    assert [row.title for row in rows(body)] == ["一则消息", "又一则", "第三则"]


def test_a_table_of_bodies_and_years() -> None:
    head = "<tr><th>部门</th><th>2022</th><th>2023</th></tr>"
    body = "".join(
        f'<tr><td>{name}</td><td><a href="/{n}/22.html">2022</a></td>'
        f'<td><a href="/{n}/23.html">2023年</a></td></tr>'
        for n, name in enumerate(("市科学技术局", "市教育局办公室"))
    )
    found = rows(f"<table>{head}{body}</table>")
    assert [row.title for row in found] == [
        "市科学技术局 2022",
        "市科学技术局 2023年",
        "市教育局办公室 2022",
        "市教育局办公室 2023年",
    ]
