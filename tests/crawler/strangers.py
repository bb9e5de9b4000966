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
