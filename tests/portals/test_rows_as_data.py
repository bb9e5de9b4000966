"""Rows that no link draws, ways on by buttons and clicks, and columns that are no reports."""

import json
from collections.abc import Iterable
from html import escape

import pytest

from crawler.discovery import is_directory, is_report_page
from parsers.portals import Page, find_columns, read_article, read_listing

HOST = "http://kjj.example.gov.cn"
YEARS = (2024, 2023, 2022)


def title(year: int) -> str:
    return f"某市科学技术局{year}年政府信息公开工作年度报告"


def address(year: int) -> str:
    return f"{HOST}/art/{year}.html"


RECORDS = [{"title": title(year), "link": f"/art/{year}.html"} for year in YEARS]
TEXT = json.dumps(RECORDS, ensure_ascii=False)
QUOTED = TEXT.replace('"', '\\"')
LINES = ",".join(f"'{title(year)}|/art/{year}.html|{year + 1}-01-20'" for year in YEARS)
IDS = json.dumps([{"cid": year, "bt": title(year)} for year in YEARS])


@pytest.mark.parametrize(
    "markup",
    [
        f'<script>window.__STATE__ = JSON.parse("{QUOTED}")</script>',
        f'<script>a(JSON.parse(decodeURIComponent("{QUOTED}")))</script>',
        f'<div id=app data-list="{escape(TEXT)}"></div>',
        f"<script>var rows=[{LINES}];</script>",
        f"<a :href=\"'/art/'+it.cid+'.html'\">{{{{it.bt}}}}</a><script>var list={IDS};</script>",
        "".join(f"<a aria-label={title(y)} href=/art/{y}.html><i></i></a>" for y in YEARS),
        "".join(f"<a href=\"javascript:pop('/art/{y}.html','n',8)\">{title(y)}</a>" for y in YEARS),
        TEXT,
        "".join(f"<a href='/v/viewer.html?file=/art/{y}.html'>{title(y)}</a>" for y in YEARS)
        .replace(".html'", ".pdf'"),
    ],
    ids=["text", "coded", "attribute", "parted", "bound", "label", "call", "json", "viewer"],
)  # fmt: skip
def test_the_rows_are_read(markup: str) -> None:
    rows = read_listing(Page(f"{HOST}/nb/", markup)).rows
    found = {row.url.replace(".pdf", ".html"): row.title for row in rows}
    assert {url: found.get(url) for url in map(address, YEARS)} == {
        address(year): title(year) for year in YEARS
    }


def listed(years: Iterable[int] = YEARS) -> str:
    return "".join(f"<li><a href=/art/{y}.html>{title(y)}</a>{y + 1}-01-20</li>" for y in years)


FORM = "<form action=/so><input name=q></form><form action=l.aspx><input type=hidden"


@pytest.mark.parametrize(
    ("pager", "way"),
    [
        ("<b>2</b> <a href=p1.html>1</a>", "/nb/p1.html"),
        ("<form action=/nb/><button name=pg value=2>下一页</button></form>", "/nb/?pg=2"),
        ("第1/2页 <form action=l.jsp><input name=curPage value=1></form>", "/nb/l.jsp?curPage=2"),
        ("<a href=m.htm><img src=/i/x.gif title=下一页></a>", "/nb/m.htm"),
        ("<a class=m data-url=/m.php data-page=2>点击加载更多</a>", "/m.php?page=2"),
        (
            "<a href='#' onclick=\"go(event, '\\/L.aspx?Paged=1\\u0026p=4')\">下一页</a>",
            "/L.aspx?Paged=1&p=4",
        ),
        (
            f"{FORM} name=__VIEWSTATE value=v><a href=\"javascript:__doPostBack('g','Page$2')\">2"
            "</a></form>",
            "/nb/l.aspx",
        ),
    ],
    ids=["backwards", "button", "number box", "picture", "kept address", "escapes", "own form"],
)
def test_the_next_page_is_come_to(pager: str, way: str) -> None:
    listing = read_listing(Page(f"{HOST}/nb/", f"<ul>{listed()}</ul><div>{pager}</div>"))
    assert [request.url for request in listing.next] == [HOST + way]


def test_a_shell_that_posts_for_its_rows_once_is_asked_for() -> None:
    code = "fetch('/gql',{method:'POST',body:JSON.stringify({query:'{reports{title url}}'})})"
    (request,) = read_listing(Page(f"{HOST}/nb/", f"<div></div><script>{code}</script>")).next
    assert (request.url, request.method) == (f"{HOST}/gql", "POST")
    assert json.loads(request.body) == {"query": "{reports{title url}}"}
    answer = Page(request.url, json.dumps({"data": {"reports": RECORDS}}), state=request.state)
    listing = read_listing(answer)
    assert (len(listing.rows), listing.next, listing.gap) == (3, (), "")


def test_bodies_that_a_box_lets_one_choose_are_columns() -> None:
    code = "<script>function show(d){$.getJSON('/nb/dept/'+d+'.json',draw)}</script>"
    options = "<option value=3>市教育局<option value=4>市民政局"
    box = f"<select onchange='show(this.value)'>{options}</select>"
    page = Page(f"{HOST}/nb/", f"<title>部门政府信息公开年报</title>{box}{code}")
    found = {column.url for column in find_columns(page)}
    assert {f"{HOST}/nb/dept/{n}.json" for n in (3, 4)} <= found


def test_a_form_that_a_shell_sends_by_itself_is_a_way_on() -> None:
    form = "<form name=f method=post action=do><input type=hidden name=lm value=7></form>"
    page = Page(f"{HOST}/nb/", f"<body onload='document.f.submit()'>{form}</body>")
    (column,) = find_columns(page)
    assert (column.url, column.method, column.body) == (f"{HOST}/nb/do", "POST", b"lm=7")


@pytest.mark.parametrize(
    ("name", "text", "lists", "expected"),
    [
        ("政府信息公开年报-某市科学技术局", "年报栏目" * 60, False, False),
        ("某市科学技术局政府信息公开年度报告", "一、总体情况。" * 200, False, True),
        ("某市科学技术局政府信息公开年度报告", "一、总体情况。" * 200, True, False),
        ("某市科学技术局2023年政府信息公开年度报告", "一、总体情况。" * 200, True, True),
        ("某市科学技术局二〇一二年政府信息公开年度报告", "一、总体情况。" * 40, False, True),
    ],
)
def test_a_column_named_after_its_body_is_no_report(
    name: str, text: str, lists: bool, expected: bool
) -> None:
    page = Page(f"{HOST}/nb/", f"<html><title>{name}</title><h1>{name}</h1><p>{text}</p>")
    assert is_report_page(page, read_article(page), lists) is expected


def test_a_page_that_names_bodies_for_reports_is_a_directory() -> None:
    links = "".join(f"<a href=/d/{n}.html>市{n}局</a>" for n in "教财水民")
    page = Page(f"{HOST}/nb/2023/", f"<h1>2023年各部门政府信息公开年报</h1>{links}")
    assert is_directory(page, read_article(page))
    report = Page(f"{HOST}/r.html", f"<h1>{title(2023)}</h1><p>{'一、总体情况。' * 90}</p>{links}")
    assert not is_directory(report, read_article(report))
