# ruff: noqa: E501
"""Whole portals from the home page down, written before any rule for them: pagers, data, ways."""

import json
from collections.abc import Iterable

from tests.crawler.oddities import (
    ALL,
    OLDER,
    PATHS,
    YEARS,
    Site,
    article,
    path,
    reports,
    rows,
    site_registry,
    title,
    typed,
)
from tests.crawler.server import NOT_FOUND, Answer, Reply, page
from tests.crawler.strangers import EVERY, answer_json, chunk, field, number_of

NEWCOMERS: dict[str, Site] = {}
newcomer = site_registry(NEWCOMERS)

NAV = "".join(
    f"<li><a href='/{key}/'>{text}</a></li>"
    for key, text in (
        ("yw", "要闻动态"),
        ("zfgzbg", "政府工作报告"),
        ("bmys", "部门预决算"),
        ("tjnb", "统计年报"),
        ("fzzf", "法治政府建设年度报告"),
        ("qynb", "企业年报公示"),
        ("hdjl", "互动交流"),
    )
)
NOTHING = page("<ul><li><a href=/yw/1.html>全市工作会议召开</a><span>2025-03-01</span></li></ul>")


def portal(
    column: str, answers: dict[str, Answer], wanted: Iterable[str] = ALL, **more: object
) -> Site:
    """A portal of which one starts at the home page; `column` is where its reports are listed."""
    nav = (
        "<div class=left><h3><a href=/zfxxgk/zn.html>政府信息公开<br>指南</a></h3>"
        "<h3><a href=/zfxxgk/zd/>政府信息公开<br>制度</a></h3>"
        "<h3><a href=/zfxxgk/fd/>法定主动<br>公开内容</a></h3>"
        f"<h3><a href='{column}'>政府信息公开<br>年报</a></h3><h3><a href=/ysq/>依申请公开</a></h3></div>"
    )
    frame: dict[str, Answer] = {
        "/": page(
            f"<title>某市人民政府</title><ul>{NAV}<li><a href=/zfxxgk/>政府信息公开</a></li></ul>"
        ),
        "/zfxxgk/": page(f"<title>政府信息公开</title>{nav}"),
    }
    frame |= dict.fromkeys(
        (f"/{k}/" for k in ("yw", "zfgzbg", "bmys", "tjnb", "fzzf", "qynb")), NOTHING
    )
    return Site("/", {**frame, **answers}, wanted, **more)  # type: ignore[arg-type]


def listing(text: str, heading: str = "政府信息公开年报") -> Reply:
    return page(f"<title>{heading}-某市人民政府</title><h2>{heading}</h2>{text}")


# Pagers ---------------------------------------------------------------------------------------


@newcomer
def numbered_file() -> Site:
    """Pages are 1.html, 2.html; the pager is drawn by a script of another file."""
    script = (
        "<div id=pager></div><script src=/js/pager.js></script><script>showPager({n}, 2);</script>"
    )
    answers = {
        "/gk/nb/1.html": listing(rows() + script.replace("{n}", "1") + "<p>共2页</p>"),
        "/gk/nb/2.html": listing(rows(OLDER) + script.replace("{n}", "2") + "<p>共2页</p>"),
    }
    return portal("/gk/nb/1.html", {**answers, **reports(EVERY)})


@newcomer
def cursor() -> Site:
    """An interface that goes on by a cursor which each answer names."""

    def part(request: bytes, _before: int) -> Reply:
        at = {"": 1, "c-77": 2}.get(field(request, "cursor"), 0)
        found = [{"title": title(y), "url": path(y), "date": f"{y + 1}-01-20"} for y in chunk(at)]
        more = {"hasMore": at == 1, "nextCursor": "c-77" if at == 1 else None}
        return answer_json({"code": 0, "data": {"items": found, **more}})

    script = (
        "<ul id=l></ul><script>var cursor='';function more(){fetch('/api/list?channel=9&limit=4&cursor='+cursor)"
        ".then(r=>r.json()).then(d=>{draw(d.data.items);cursor=d.data.nextCursor;});}more();</script>"
    )
    return portal("/nb/", {"/nb/": listing(script), "/api/list": part, **reports(EVERY)})


@newcomer
def endless_scroll() -> Site:
    """The first rows are drawn; others are loaded when one scrolls. Nothing announces them."""

    def more(request: bytes, _before: int) -> Reply:
        return page(
            rows(chunk(number_of(field(request, "page"))), path)
            if field(request, "cid") == "3"
            else ""
        )

    script = (
        "<script>var page=1;$(window).scroll(function(){if(atEnd()){page++;"
        "$.get('/nb/more.jsp?cid=3&page='+page,function(d){$('#l').append(d);});}});</script>"
    )
    answers: dict[str, Answer] = {
        "/nb/": listing(f"<div id=l>{rows()}</div>{script}"),
        "/nb/more.jsp": more,
    }
    return portal("/nb/", {**answers, **reports(EVERY)})


@newcomer
def button_posts() -> Site:
    """A button loads more by POST; rows come as markup in JSON."""

    def more(request: bytes, _before: int) -> Reply:
        shown = number_of(field(request, "pageNo"))
        return answer_json({"ok": True, "html": rows(chunk(shown)), "pageCount": 2})

    script = (
        "<button id=more>加载更多</button><script>var pageNo=1;$('#more').click(function(){pageNo++;"
        "$.post('/nb/loadMore',{columnId:'88',pageNo:pageNo,pageSize:4},function(r){$('#l').append(r.html);});});"
        "</script>"
    )
    answers: dict[str, Answer] = {
        "/nb/": listing(f"<div id=l>{rows()}</div>{script}"),
        "/nb/loadMore": more,
    }
    return portal("/nb/", {**answers, **reports(EVERY)})


@newcomer
def two_pagers() -> Site:
    """News stand above the reports, with a pager of their own."""
    news = "<ul><li><a href=/yw/1.html>全市工作会议召开</a><span>2025-03-01</span></li></ul>"

    def column(request: bytes, _before: int) -> Reply:
        a, b = number_of(field(request, "a") or "1"), number_of(field(request, "b") or "1")
        first = f"<div class=p><a href='?a={a + 1}'>下一页</a></div>" if a < 9 else ""
        second = f"<div class=p><a href='?b={b + 1}'>下一页</a></div>" if b < 2 else ""
        return listing(f"<div>{news}{first}</div><div>{rows(chunk(b))}{second}</div>")

    return portal("/nb/", {"/nb/": column, **reports(EVERY)})


@newcomer
def last_only() -> Site:
    """Of the pager only 首页 and 尾页 are links; the last page is the third."""
    chunks = {1: YEARS, 2: OLDER, 3: (2018, 2017)}
    answers: dict[str, Answer] = {
        f"/nb/list{'' if n == 1 else f'_{n}'}.html": listing(
            rows(years) + "<a href=/nb/list.html>首页</a> <a href=/nb/list_3.html>尾页</a>"
        )
        for n, years in chunks.items()
    }
    every = (*EVERY, 2018, 2017)
    return portal("/nb/list.html", {**answers, **reports(every)}, [path(y) for y in every])


@newcomer
def repeats() -> Site:
    """下一页 never ends: beyond the last page the last rows come again, in another order."""

    def column(request: bytes, before: int) -> Reply:
        shown = min(number_of(field(request, "p") or "1"), 2)
        years = chunk(shown) if before % 2 else tuple(reversed(chunk(shown)))
        return listing(
            rows(years) + f"<a href='?p={number_of(field(request, 'p') or '1') + 1}'>下一页</a>"
        )

    return portal("/nb/", {"/nb/": column, **reports(EVERY)})


@newcomer
def count_in_words() -> Site:
    """A count is told in words, the pager is another file's: what is missing must be said."""
    way = "<p>符合条件的信息 <em>7</em> 条，每页显示 4 条</p><div id=page></div><script src=/p.js></script>"
    return portal(
        "/gk/list?c=1",
        {"/gk/list?c=1": listing(rows() + way), **reports()},
        PATHS,
        account="incomplete",
    )


@newcomer
def dead_pager() -> Site:
    """Numbers that only another file's script can follow; no words, no count."""
    way = "<ul class=pagination><li class=active><a>1</a></li><li><a href='#'>2</a></li><li><a href='#'>3</a></li></ul>"
    answers = {"/gk/list?c=1": listing(rows() + way + "<script src=/p.js></script>"), **reports()}
    return portal("/gk/list?c=1", answers, PATHS, account="incomplete")


@newcomer
def wall_behind() -> Site:
    """The second page stands behind a script challenge."""
    answers = {
        "/nb/": listing(rows() + "<a href=/nb/2/>下一页</a>"),
        "/nb/2/": page("<script>$_ts=window['$_ts'];</script>", "412 Precondition Failed"),
    }
    return portal("/nb/", {**answers, **reports()}, PATHS, account="blocked:ruishu")


@newcomer
def tired_behind() -> Site:
    """The second page says that one asks too often."""
    answers = {
        "/nb/": listing(rows() + "<a href=/nb/2/>下一页</a>"),
        "/nb/2/": page("<title>提示</title><p>您的访问过于频繁，请稍后再试</p>"),
    }
    return portal("/nb/", {**answers, **reports()}, PATHS, account="blocked:burst")


@newcomer
def broken_behind() -> Site:
    """The second page fails on the server's side."""
    answers = {
        "/nb/": listing(rows() + "<a href=/nb/2/>下一页</a>"),
        "/nb/2/": page("oops", "500 Internal Server Error"),
    }
    return portal("/nb/", {**answers, **reports()}, PATHS, account="http_500")


@newcomer
def same_behind() -> Site:
    """Whatever page is asked for, the first comes: the rest is missing, and that must be said."""
    way = "<p>第1/2页</p><a href='/nb/?page=2'>下一页</a>"
    return portal("/nb/", {"/nb/": listing(rows() + way), **reports()}, PATHS, account="incomplete")


# Data -----------------------------------------------------------------------------------------


@newcomer
def text_in_json() -> Site:
    """JSON that stands as a text in JSON, with short names."""

    def part(request: bytes, _before: int) -> Reply:
        found = [
            {"bt": title(y), "lj": path(y), "fbsj": f"{y + 1}-01-20 08:30"}
            for y in chunk(number_of(field(request, "pageIndex")))
        ]
        return answer_json(
            {"success": True, "total": 7, "data": json.dumps(found, ensure_ascii=False)}
        )

    script = (
        "<div id=l></div><script>$.ajax({type:'GET',url:'/api/xxgk/list',data:{catalogId:'4a',pageIndex:1,pageSize:4},"
        "success:show});</script>"
    )
    return portal("/nb/", {"/nb/": listing(script), "/api/xxgk/list": part, **reports(EVERY)})


@newcomer
def script_of_another_file() -> Site:
    """The page is a shell; the interface is named in the script file it loads."""

    def part(request: bytes, _before: int) -> Reply:
        if field(request, "columnCode") != "zfxxgknb":
            return NOT_FOUND
        found = [
            {"docTitle": title(y), "docUrl": path(y), "pubTime": f"{y + 1}-01-20"}
            for y in chunk(number_of(field(request, "pageNum")))
        ]
        return answer_json({"rows": found, "total": 7})

    code = (
        "var app=new Vue({el:'#app',data:{list:[],pageNum:1},mounted(){this.load()},methods:{load(){"
        "axios.get('/api/column/docs?columnCode=zfxxgknb&pageNum=1&pageSize=4').then(r=>{this.list=r.data.rows})}}})"
    )
    answers: dict[str, Answer] = {
        "/nb/": listing(
            "<div id=app></div><script src=/static/jquery.min.js></script><script src=/static/nb.js></script>"
        ),
        "/static/nb.js": typed(code.encode(), "application/javascript"),
        "/static/jquery.min.js": typed(b"/* jQuery */", "application/javascript"),
        "/api/column/docs": part,
    }
    return portal("/nb/", {**answers, **reports(EVERY)})


@newcomer
def hidden_template() -> Site:
    """Rows stand in a hidden textarea, from which a script draws pages."""
    start = listing(
        f"<textarea id=data style='display:none'>{rows(EVERY)}</textarea><script>paging('#data',4)</script>"
    )
    return portal("/nb/", {"/nb/": start, **reports(EVERY)})


@newcomer
def tree_menu() -> Site:
    """The columns are a tree in a script; no link leads to them."""
    nodes = (
        "var zNodes=[{id:1,pId:0,name:'政府信息公开指南',url:'/c/1.html'},{id:2,pId:0,name:'政府信息公开制度',url:'/c/2.html'},"
        "{id:3,pId:0,name:\"法定主动公开内容\",open:true},{id:31,pId:3,name:'部门决算',url:'/c/31.html'},"
        "{id:5,pId:0,name:'政府信息公开年报',url:'/c/5.html',target:'_self'}];$.fn.zTree.init($('#t'),{},zNodes);"
    )
    answers: dict[str, Answer] = {
        "/": page("<title>某局</title><a href=/xxgk/>信息公开</a><a href=/yw/>要闻</a>"),
        "/xxgk/": page(f"<title>信息公开</title><ul id=t class=ztree></ul><script>{nodes}</script>"),
        "/c/5.html": listing(rows(EVERY)), "/c/1.html": NOTHING, "/c/2.html": NOTHING, "/yw/": NOTHING,
    }  # fmt: skip
    return Site("/", {**answers, **reports(EVERY)}, ALL)


@newcomer
def clicked_id() -> Site:
    """A click handler, bound by class, puts the address together of the row's own id."""
    items = "".join(
        f"<div class=item data-id={8000 + y}><b>{title(y)}</b><i>{y + 1}-01-20</i></div>"
        for y in EVERY
    )
    script = "<script>$('.item').on('click',function(){window.open('/show/'+$(this).data('id')+'.html')});</script>"
    wanted = {y: f"/show/{8000 + y}.html" for y in EVERY}
    answers: dict[str, Answer] = {u: article(title(y)) for y, u in wanted.items()}
    return portal("/nb/", {"/nb/": listing(items + script), **answers}, wanted.values())


@newcomer
def context_path() -> Site:
    """Links by a function, with a context path in a variable."""
    items = "".join(
        f"<li><a href='javascript:;' onclick=\"window.open(ctx+'/art/{y}.html')\">{title(y)}</a><i>{y + 1}-01-20</i></li>"
        for y in EVERY
    )
    wanted = {y: f"/web/art/{y}.html" for y in EVERY}
    answers: dict[str, Answer] = {u: article(title(y)) for y, u in wanted.items()}
    start = listing(f"<script>var ctx = '/web';</script><ul>{items}</ul>")
    return portal("/nb/", {"/nb/": start, **answers}, wanted.values())
