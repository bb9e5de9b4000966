# ruff: noqa: E501
"""More of the strangers: unlike layouts of a list, and systems known by name."""

import json
from collections.abc import Iterable

from tests.crawler.oddities import (
    ALL,
    YEARS,
    Site,
    article,
    path,
    reports,
    rows,
    site_registry,
    title,
)
from tests.crawler.server import NOT_FOUND, Answer, Reply, page
from tests.crawler.strangers import EVERY, NEWS, answer_json, chunk, field

LAYOUTS: dict[str, Site] = {}
stranger = site_registry(LAYOUTS)


# Layouts --------------------------------------------------------------------------------------


def plain(year: int) -> str:
    return f"/xxgk/{8000 + year}.html"


def plain_reports(years: Iterable[int] = EVERY) -> dict[str, Answer]:
    return {plain(y): article(title(y)) for y in years}


PLAIN = [plain(year) for year in EVERY]


@stranger
def dateless() -> Site:
    """Neither dates nor telling addresses: a heading and the years."""
    items = "".join(f"<li><a href={plain(y)}>{y}年</a></li>" for y in EVERY)
    start = page(f"<title>政府信息公开年报</title><h2>政府信息公开年报</h2><ul>{items}</ul>")
    return Site("/xxgk/nb/", {"/xxgk/nb/": start, **plain_reports()}, PLAIN)


@stranger
def accordion() -> Site:
    """A body in each head, its years beneath."""
    names = ("某市教育局", "某市民政局")
    link = {(n, y): f"/gk/{n}{y}.html" for n in range(2) for y in YEARS}
    parts = "".join(
        f"<dl><dt>{name}</dt><dd>"
        + "".join(f"<a href={link[n, y]}>{y}年度报告</a> " for y in YEARS)
        + "</dd></dl>"
        for n, name in enumerate(names)
    )
    answers: dict[str, Answer] = {u: article(title(y, names[n])) for (n, y), u in link.items()}
    answers["/zfxxgk/nb/"] = page(
        f"<title>政府信息公开工作年度报告</title><h1>年度报告</h1>{parts}"
    )
    return Site("/zfxxgk/nb/", answers, link.values())


@stranger
def panes() -> Site:
    """Tabs by year on one page; the titles tell none."""
    names = ("某市教育局", "某市民政局")
    link = {(n, y): f"/gk/{y}/{n}.html" for n in range(2) for y in YEARS}
    tabs = "".join(f"<li class=tab>{y}</li>" for y in YEARS)
    shown = "".join(
        "<div class=pane style='display:none'>"
        + "".join(
            f"<p><a href={link[n, y]}>{names[n]}政府信息公开工作年度报告</a></p>" for n in (0, 1)
        )
        + "</div>"
        for y in YEARS
    )
    answers: dict[str, Answer] = {u: article(title(y, names[n])) for (n, y), u in link.items()}
    answers["/gk/"] = page(f"<title>年度报告</title><ul>{tabs}</ul>{shown}")
    return Site("/gk/", answers, link.values())


@stranger
def matrix() -> Site:
    """Bodies down, years across, and a picture in each cell."""
    names = ("某市教育局", "某市民政局", "某市财政局")
    link = {(n, y): f"/gk/{n}/{y}.html" for n in range(3) for y in YEARS}
    head = "".join(f"<th>{y}年</th>" for y in YEARS)
    lines = "".join(
        f"<tr><td>{n + 1}</td><td>{name}</td>"
        + "".join(
            f"<td><a href={link[n, y]}><img src=/i/look.png alt=查看></a></td>" for y in YEARS
        )
        + "</tr>"
        for n, name in enumerate(names)
    )
    answers: dict[str, Answer] = {u: article(title(y, names[n])) for (n, y), u in link.items()}
    answers["/zfxxgk/nb/"] = page(
        "<title>政府信息公开工作年度报告</title>"
        f"<table><tr><th>序号</th><th>单位</th>{head}</tr>{lines}</table>"
    )
    return Site("/zfxxgk/nb/", answers, link.values())


@stranger
def select_year() -> Site:
    """A choice of years; each page shows its report."""
    options = "".join(f"<option value={y}>{y}年</option>" for y in YEARS)
    box = f"<select onchange=\"location.href='/zfxxgk/nb/'+this.value+'.html'\">{options}</select>"
    answers: dict[str, Answer] = {f"/zfxxgk/nb/{y}.html": article(title(y), box) for y in YEARS}
    answers["/zfxxgk/nb/"] = page(f"<title>政府信息公开年报</title><h2>请选择年份</h2>{box}")
    return Site("/zfxxgk/nb/", answers, [f"/zfxxgk/nb/{y}.html" for y in YEARS])


@stranger
def clicked_rows() -> Site:
    """Rows are no links: a click calls a function with an id."""
    items = "".join(
        f"<li onclick=\"openDetail('{8000 + y}')\"><span>{title(y)}</span><em>{y + 1}-01-20</em></li>"
        for y in EVERY
    )
    script = "<script>function openDetail(id){window.open('/show.jsp?id='+id);}</script>"
    wanted = {y: f"/show.jsp?id={8000 + y}" for y in EVERY}
    answers: dict[str, Answer] = {u: article(title(y)) for y, u in wanted.items()}
    return Site("/nb/", {"/nb/": page(f"<ul>{items}</ul>{script}"), **answers}, wanted.values())


@stranger
def data_rows() -> Site:
    """The address stands in an attribute of the row."""
    items = "".join(
        f"<div class=item data-href='{plain(y)}'><b>{title(y)}</b><i>{y + 1}-01-20</i></div>"
        for y in EVERY
    )
    return Site("/nb/", {"/nb/": page(items), **plain_reports()}, PLAIN)


@stranger
def cut_titles() -> Site:
    """Titles are cut; the whole stands with the row."""
    items = "".join(
        f"<li title='{title(y)}'><a href={plain(y)}>{title(y)[:9]}…</a><i>{y + 1}-01-20</i></li>"
        for y in EVERY
    )
    decoy = f"<li title='{NEWS}'><a href=/xxgk/1.html>{NEWS[:9]}…</a><i>2024-02-01</i></li>"
    start = page(f"<ul>{items}{decoy}</ul>")
    return Site("/nb/", {"/nb/": start, **plain_reports()}, PLAIN, unseen=["/xxgk/1.html"])


@stranger
def frameset() -> Site:
    """Frames of the old kind: a menu, and the list beside it."""
    start = page("<frameset cols='20%,*'><frame src=menu.htm><frame src=list.htm></frameset>")
    answers: dict[str, Answer] = {
        "/nb/": start,
        "/nb/menu.htm": page("<a href=/nb/list.htm target=main>年报</a><a href=/news/>要闻</a>"),
        "/nb/list.htm": page(rows(EVERY)),
    }
    return Site("/nb/", {**answers, **reports(EVERY)}, ALL)


# Systems that are known by name ---------------------------------------------------------------


@stranger
def epoint() -> Site:
    """Epoint: the parameters are JSON in a form field, the answer's rows JSON in a text."""

    def rows_of(request: bytes, _before: int) -> Reply:
        asked = json.loads(field(request, "params") or "{}")
        if asked.get("categoryNum") != "003002" or asked.get("siteGuid") != "7eb5":
            return NOT_FOUND
        found = [
            {"title": title(y), "infourl": path(y), "infodate": f"{y + 1}-01-20", "infoid": str(y)}
            for y in chunk(int(asked["pageIndex"]) + 1)
        ]
        return answer_json({"custom": {"infodata": found, "count": 7}, "status": {"code": 1}})

    start = (
        "<script>var siteGuid='7eb5';Util.ajax({url:'/EpointWebBuilder/rest/frontAppCustomAction/"
        "getPageInfoListNew',data:{params:JSON.stringify({siteGuid:'7eb5',categoryNum:'003002',"
        "kw:'',pageIndex:0,pageSize:4})},success:draw});</script>"
    )
    api = "/EpointWebBuilder/rest/frontAppCustomAction/getPageInfoListNew"
    return Site("/zfxxgk/003002/list.html",
                {"/zfxxgk/003002/list.html": page(start), api: rows_of, **reports(EVERY)}, ALL)  # fmt: skip


@stranger
def annual_report_module() -> Site:
    """Hanweb's page of annual reports: a year and a body are asked for by form."""
    module = "/module/xxgk/xxgkAnnualReport.jsp"

    def rows_of(request: bytes, _before: int) -> Reply:
        if field(request, "area") != "11370000":
            return page("")
        year = int(field(request, "year") or "0")
        found = [y for y in EVERY if not year or y == year]
        table = "".join(
            f"<tr class=tr_main_value_odd><td><a href='{path(y)}' title='{title(y)}'>{title(y)[:8]}…"
            f"</a></td><td>{y + 1}-01-20</td></tr>"
            for y in found
        )
        return page(f"<table>{table}</table>")

    start = (
        "<input type=hidden id=area value=11370000><div id=report></div><script>"
        f"$.post('{module}?jdid=264', {{area:'11370000',infotypeId:'SD03'}}, show)</script>"
    )
    answers: dict[str, Answer] = {
        "/col/col9/index.html": page(start),
        module: rows_of,
        **reports(EVERY),
    }
    return Site("/col/col9/index.html", answers, ALL)
