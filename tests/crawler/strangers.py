# ruff: noqa: E501
"""Whole small portals of systems that no family knows: how unlike pages list and page."""

import json
from collections.abc import Iterable
from urllib.parse import parse_qs

from tests.crawler.oddities import (
    ALL,
    OLDER,
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

STRANGERS: dict[str, Site] = {}
stranger = site_registry(STRANGERS)

EVERY = (*YEARS, *OLDER)
NEWS = "关于召开政府信息公开工作推进会的通知"


def body_of(request: bytes) -> str:
    return request.partition(b"\r\n\r\n")[2].decode()


def field(request: bytes, name: str) -> str:
    """A value of the request's query or form."""
    target = request.split(b" ", 2)[1].decode()
    values = parse_qs(f"{target.partition('?')[2]}&{body_of(request)}")
    return values.get(name, [""])[0]


def chunk(number: int) -> tuple[int, ...]:
    return {1: YEARS, 2: OLDER}.get(number, ())


def number_of(text: str) -> int:
    return int(text) if text.isdigit() else 1


def answer_json(value: object) -> Reply:
    payload = json.dumps(value, ensure_ascii=False)
    return page(payload, headers="")


def paged(start: str, draw: str, key: str = "page") -> dict[str, Answer]:
    """A column whose pages differ by a value of the query; `draw` is what follows the rows."""

    def column(request: bytes, _before: int) -> Reply:
        shown = number_of(field(request, key))
        return page(rows(chunk(shown)) + draw.replace("{n}", str(shown)))

    return {start: column, start.partition("?")[0]: column, **reports(EVERY)}


# Pagers ---------------------------------------------------------------------------------------


@stranger
def layui() -> Site:
    """The server draws the rows, a library the pager; a function says where its pages are."""
    script = (
        "<div id=pages></div><script>layui.use('laypage',function(){layui.laypage.render({"
        "elem:'pages',count:7,limit:4,curr:{n},jump:function(obj,first){if(!first){"
        "location.href='/nb/list?cid=8&page='+obj.curr;}}});});</script>"
    )
    return Site("/nb/list?cid=8", paged("/nb/list?cid=8", script), ALL)


@stranger
def pager_object() -> Site:
    """A pager made by a constructor with a pattern of addresses."""
    script = (
        "<div id=pg></div><script>new Pager({container:'#pg',pageCount:2,current:{n},"
        "urlFormat:'/nb/list_{page}.html'});</script>"
    )
    answers = {
        "/nb/list.html": page(rows() + script.replace("{n}", "1")),
        "/nb/list_2.html": page(rows(OLDER) + script.replace("{n}", "2")),
    }
    return Site("/nb/list.html", {**answers, **reports(EVERY)}, ALL)


@stranger
def tagname() -> Site:
    """The address of the next page is an argument of the click's function."""
    way = (
        "<a href='javascript:void(0)' tagname='/nb/list_2.jhtml'"
        " onclick=\"queryByCondition(this,'/nb/list_2.jhtml')\">下一页</a>"
    )
    answers = {"/nb/list.jhtml": page(rows() + way), "/nb/list_2.jhtml": page(rows(OLDER))}
    return Site("/nb/list.jhtml", {**answers, **reports(EVERY)}, ALL)


@stranger
def go_function() -> Site:
    """Numbers that call a function; the function puts the address together."""
    script = (
        "<script>function goPage(n){window.location='/nb/list.jsp?id=3&pageNo='+n+'&s=1';}</script>"
        "<a href='javascript:goPage(1)'>1</a><a href='javascript:goPage(2)'>2</a>"
        "<a href='javascript:goPage(2)'>尾页</a>"
    )
    return Site("/nb/list.jsp?id=3", paged("/nb/list.jsp?id=3", script, "pageNo"), ALL)


@stranger
def dotted_form() -> Site:
    """A form is posted; its field has a dotted name."""
    form = (
        "<form name=f method=post action=/nb/list.do><input type=hidden name=pager.currentPage value={n}>"
        "<input type=hidden name=cid value=5></form><a href='javascript:turn(2)'>下一页</a>"
    )

    def column(request: bytes, _before: int) -> Reply:
        shown = number_of(field(request, "pager.currentPage"))
        if shown > 1 and field(request, "cid") != "5":
            return NOT_FOUND
        return page(rows(chunk(shown)) + (form.replace("{n}", str(shown)) if shown == 1 else ""))

    return Site("/nb/list.do", {"/nb/list.do": column, **reports(EVERY)}, ALL)


@stranger
def file_variables() -> Site:
    """The pager's script knows stem, extension and count."""
    script = (
        "<script>var totalpage=2;var nowpage={n};var filename='nb';var fileext='html';showPage();"
        "</script>"
    )
    answers = {
        "/gk/nb.html": page(rows() + script.replace("{n}", "1")),
        "/gk/nb_2.html": page(rows(OLDER) + script.replace("{n}", "2")),
    }
    return Site("/gk/nb.html", {**answers, **reports(EVERY)}, ALL)


@stranger
def fragment() -> Site:
    """The list is a fragment that a script loads."""

    def part(request: bytes, _before: int) -> Reply:
        shown = number_of(field(request, "page"))
        return page(f"{rows(chunk(shown))}<div class=pg>共7条 第{shown}页/共2页</div>")

    start = "<div id=list></div><script>$('#list').load('/nb/part.jsp?col=5&page=1');</script>"
    return Site("/nb/", {"/nb/": page(start), "/nb/part.jsp": part, **reports(EVERY)}, ALL)


@stranger
def eportal() -> Site:
    """A portlet: page and module in the query, the pager a text field."""
    way = (
        "<span>当前第{n}页 共2页</span><input name=currentPage value={n}>"
        "<a onclick=\"easysiteJump('/eportal/ui?pageId=31&currentPage=2&moduleId=9')\">下一页</a>"
    )
    answers = paged("/eportal/ui?pageId=31", way, "currentPage")
    return Site("/eportal/ui?pageId=31", answers, ALL)


# Data -----------------------------------------------------------------------------------------


def records(years: Iterable[int], **names: str) -> list[dict[str, object]]:
    known = {"title": "title", "url": "url", "date": "publishDate", **names}
    return [
        {known["title"]: title(y), known["url"]: path(y), known["date"]: f"{y + 1}-01-20"}
        for y in years
    ]


@stranger
def ajax_post() -> Site:
    """Rows by a posted form; the page number is that of a library."""

    def rows_of(request: bytes, _before: int) -> Reply:
        if field(request, "channelId") != "12":
            return NOT_FOUND
        shown = chunk(number_of(field(request, "page")))
        return answer_json({"code": 0, "count": 7, "data": records(shown)})

    start = (
        "<ul id=list></ul><script>function load(curr){$.ajax({url:'/api/article/list',type:'POST',"
        "data:{channelId:12,page:curr,limit:4},success:draw});}load(1);</script>"
    )
    return Site("/nb/", {"/nb/": page(start), "/api/article/list": rows_of, **reports(EVERY)}, ALL)


@stranger
def json_body() -> Site:
    """The interface wants JSON, and answers ids: a template tells the address."""
    wanted = {y: f"/detail?id={9000 + y}" for y in EVERY}

    def rows_of(request: bytes, _before: int) -> Reply:
        if b"application/json" not in request:
            return page("unsupported", "415 Unsupported Media Type")
        asked = json.loads(body_of(request))
        if asked.get("channelId") != "77":
            return NOT_FOUND
        found = [
            {"id": 9000 + y, "title": title(y), "publishDate": f"{y + 1}-01-20"}
            for y in chunk(int(asked["current"]))
        ]
        return answer_json({"code": 200, "data": {"records": found, "total": 7, "pages": 2}})

    start = (
        "<div id=app></div><script>axios.post('/api/news/page',{channelId:'77',current:1,size:4})"
        ".then(r=>r.data.records.forEach(x=>add('<a href=\"/detail?id='+x.id+'\">'+x.title)));"
        "</script>"
    )
    answers: dict[str, Answer] = {"/nb/": page(start), "/api/news/page": rows_of}
    return Site("/nb/", {**answers, **{u: article(title(y)) for y, u in wanted.items()}},
                wanted.values())  # fmt: skip


@stranger
def inline_array() -> Site:
    """All rows stand in a script, as an object literal that is no JSON."""
    items = ",".join(
        f"{{id:{y},title:'{title(y)}',url:'{path(y)}',date:'{y + 1}-01-20'}}" for y in EVERY
    )
    start = f"<div id=list></div><script>var dataList = [{items},];draw(dataList);</script>"
    return Site("/nb/", {"/nb/": page(start), **reports(EVERY)}, ALL)


@stranger
def state_json() -> Site:
    """The page's state, as a framework leaves it for its own use."""
    state = {"props": {"pageProps": {"list": {"items": records(EVERY), "total": 7}}}}
    text = json.dumps(state, ensure_ascii=False)
    start = f"<div id=__next></div><script id=__NEXT_DATA__ type=application/json>{text}</script>"
    return Site("/nb/", {"/nb/": page(start), **reports(EVERY)}, ALL)


@stranger
def xml_island() -> Site:
    """Rows in an XML data island."""
    items = "".join(
        f"<item><title><![CDATA[{title(y)}]]></title><link>{path(y)}</link>"
        f"<pubdate>{y + 1}-01-20</pubdate></item>"
        for y in EVERY
    )
    start = f"<div id=list></div><xml id=data><items>{items}</items></xml>"
    return Site("/nb/", {"/nb/": page(start), **reports(EVERY)}, ALL)


@stranger
def xml_file() -> Site:
    """Rows in an XML file that the script loads."""
    items = "".join(
        f"<item><title>{title(y)}</title><url>{path(y)}</url><date>{y + 1}-01-20</date></item>"
        for y in EVERY
    )
    start = "<div id=list></div><script>loadXML('/nb/data.xml', draw)</script>"
    answers = {"/nb/": page(start), "/nb/data.xml": page(f"<?xml version='1.0'?><l>{items}</l>")}
    return Site("/nb/", {**answers, **reports(EVERY)}, ALL)


@stranger
def inner_html() -> Site:
    """A script puts the rows into an element."""
    items = "".join(f'<li><a href=\\"{path(y)}\\">{title(y)}</a></li>' for y in EVERY)
    start = f'<ul id=l></ul><script>document.getElementById("l").innerHTML = "{items}";</script>'
    return Site("/nb/", {"/nb/": page(start), **reports(EVERY)}, ALL)


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
