# ruff: noqa: E501
"""Whole portals from the home page down, written before any rule for them: pagers, data, ways."""

import json
from collections.abc import Iterable
from urllib.parse import quote

from tests.crawler.oddities import (
    ALL,
    BODY,
    OLDER,
    PATHS,
    PDF,
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


# Years and bodies -----------------------------------------------------------------------------


@newcomer
def year_tabs() -> Site:
    """Tabs load the rows of a year by a function."""
    tabs = "".join(f"<li onclick='loadYear({y})'>{y}年</li>" for y in YEARS)
    script = (
        "<script>function loadYear(y){$('#c').load('/nb/part_'+y+'.html');}loadYear(2025);</script>"
    )
    answers: dict[str, Answer] = {f"/nb/part_{y}.html": page(rows([y])) for y in YEARS}
    return portal(
        "/nb/",
        {"/nb/": listing(f"<ul>{tabs}</ul><div id=c></div>{script}"), **answers, **reports()},
        PATHS,
    )


@newcomer
def year_form() -> Site:
    """A form asks for a year; the page at first shows the newest alone."""
    options = "".join(f"<option value={y}>{y}</option>" for y in YEARS)
    form = f"<form action=/nb/list.jsp method=get><input type=hidden name=cid value=7><select name=nd>{options}</select><input type=submit value=查询></form>"

    def column(request: bytes, _before: int) -> Reply:
        return listing(form + rows([number_of(field(request, "nd") or "2025")]))

    return portal(
        "/nb/list.jsp?cid=7",
        {"/nb/list.jsp": column, "/nb/list.jsp?cid=7": column, **reports()},
        PATHS,
    )


@newcomer
def year_post() -> Site:
    """The same by POST, sent when the choice changes."""
    options = "".join(f"<option value={y}>{y}年度</option>" for y in YEARS)
    form = f"<form name=f action=/nb/q.do method=post><input type=hidden name=dept value=12><select name=year onchange='this.form.submit()'>{options}</select></form>"

    def column(request: bytes, _before: int) -> Reply:
        return listing(form + rows([number_of(field(request, "year") or "2025")]))

    return portal("/nb/q.do", {"/nb/q.do": column, **reports()}, PATHS)


@newcomer
def year_menu() -> Site:
    """The newest report is shown in full, beside a menu of years."""
    menu = "".join(f"<a href='/nb/?y={y}'>{y}</a>" for y in YEARS)

    def column(request: bytes, _before: int) -> Reply:
        return article(
            title(number_of(field(request, "y") or "2025")), f"<div class=years>{menu}</div>"
        )

    wanted = ["/nb/", *(f"/nb/?y={y}" for y in YEARS)]  # the newest at two addresses
    answers: dict[str, Answer] = {"/nb/": column}
    return portal("/nb/", answers, wanted)


@newcomer
def headed_years() -> Site:
    """A heading for each year; the rows tell month and day and no year."""
    link = {y: f"/a/{3000 + y}.htm" for y in YEARS}
    items = "".join(
        f"<h4>{y}年</h4><ul><li><a href={link[y]}>政府信息公开工作年度报告</a><span>[01-20]</span></li></ul>"
        for y in YEARS
    )
    answers: dict[str, Answer] = {u: article(title(y)) for y, u in link.items()}
    return portal("/nb/", {"/nb/": listing(items), **answers}, link.values())


@newcomer
def departments_by_script() -> Site:
    """Departments are shown by a click; each has a list of its own."""
    names = {"001": "某市教育局", "002": "某市民政局", "003": "某市财政局"}
    menu = "".join(
        f"<li><a href='javascript:showDept(\"{k}\")'>{n}</a></li>" for k, n in names.items()
    )
    script = "<script>function showDept(id){document.getElementById('f').src='/nb/dept_'+id+'.html';}</script><iframe id=f src=/nb/dept_001.html></iframe>"
    answers: dict[str, Answer] = {"/nb/": listing(f"<ul>{menu}</ul>{script}")}
    wanted: list[str] = []
    for key, name in names.items():
        own = {y: f"/nb/{key}/{y}.html" for y in YEARS}
        answers[f"/nb/dept_{key}.html"] = page(
            "".join(f"<li><a href={u}>{title(y, name)}</a>{y + 1}-01-20" for y, u in own.items())
        )
        answers |= {u: article(title(y, name)) for y, u in own.items()}
        wanted += own.values()
    return portal("/nb/", answers, wanted)


@newcomer
def more_link() -> Site:
    """The overview shows the newest of each column; 更多 leads to all."""
    blocks = (
        f"<div><h3>政府信息公开年报 <a href=/list/3012.html>更多&gt;&gt;</a></h3>{rows()}</div>"
        "<div><h3>部门动态 <a href=/list/3013.html>更多&gt;&gt;</a></h3><ul><li><a href=/yw/1.html>会议</a>2025-01-01</li></ul></div>"
    )
    answers: dict[str, Answer] = {
        "/zfxxgk/": page(f"<title>政府信息公开</title>{blocks}"),
        "/list/3012.html": listing(rows(EVERY)),
        "/list/3013.html": NOTHING,
    }
    return portal("/list/3012.html", {**answers, **reports(EVERY)})


@newcomer
def elsewhere() -> Site:
    """The aggregate names reports at the departments' own hosts."""
    host = "http://newcomer-dept.gov.cn"
    names = ("某市教育局", "某市民政局")
    link = {(n, y): f"/{n}/{y}.html" for n in range(2) for y in YEARS}
    items = "".join(
        f"<li><a href={host}{link[n, y]}>{title(y, names[n])}</a></li>" for n, y in link
    )
    answers: dict[str, Answer] = {"/nb/": listing(f"<ul>{items}</ul>")}
    answers |= {f"{host}{u}": article(title(y, names[n])) for (n, y), u in link.items()}
    return portal("/nb/", answers, [host + u for u in link.values()])


# Rows -----------------------------------------------------------------------------------------


@newcomer
def covers() -> Site:
    """Rows are pictures; the title stands below, outside the link."""
    link = {y: f"/b/{y}/index.html" for y in EVERY}
    items = "".join(
        f"<div class=book><a href={u}><img src=/img/cover{y}.jpg></a><p>{title(y)}</p></div>"
        for y, u in link.items()
    )
    answers: dict[str, Answer] = {u: article(title(y)) for y, u in link.items()}
    return portal("/nb/", {"/nb/": listing(items), **answers}, link.values())


@newcomer
def index_numbers() -> Site:
    """The link is on the index number; the title is a plain cell."""
    link = {y: f"/x/{70000 + y}" for y in EVERY}
    lines = "".join(
        f"<tr><td><a href={u}>FJ00100-0200-{y + 1}-00001</a></td><td>{title(y)}</td><td>{y + 1}-01-20</td></tr>"
        for y, u in link.items()
    )
    answers: dict[str, Answer] = {u: article(title(y)) for y, u in link.items()}
    table = f"<table><tr><th>索引号</th><th>信息名称</th><th>发布日期</th></tr>{lines}</table>"
    return portal("/nb/", {"/nb/": listing(table), **answers}, link.values())


@newcomer
def downloads() -> Site:
    """Each line names the report, its links only PDF下载 and Word版."""
    link = {y: f"/down.do?id={500 + y}" for y in EVERY}
    items = "".join(f"<p>{title(y)} <a href='{u}'>PDF下载</a></p>" for y, u in link.items())
    answers: dict[str, Answer] = {
        u: typed(PDF + str(y).encode(), "application/octet-stream") for y, u in link.items()
    }
    return portal("/nb/", {"/nb/": listing(items), **answers}, link.values())


@newcomer
def cut_without_whole() -> Site:
    """Titles are cut and nothing holds the whole; one of them is of something else."""
    link = {y: f"/k/{y}.html" for y in YEARS}
    items = "".join(
        f"<li><a href={u}>{title(y)[:16]}…</a><i>{y + 1}-01-20</i></li>" for y, u in link.items()
    )
    other = f"{BODY}2025年政府信息公开工作要点"
    items += f"<li><a href=/k/yd.html>{other[:16]}…</a><i>2025-03-01</i></li>"
    answers: dict[str, Answer] = {u: article(title(y)) for y, u in link.items()}
    answers["/k/yd.html"] = article(other, body="一、总体要求。")
    return portal("/nb/", {"/nb/": listing(f"<ul>{items}</ul>"), **answers}, link.values())


@newcomer
def gbk_names() -> Site:
    """A GBK page; paths and a query in Chinese, unescaped."""

    def u(y: int) -> str:
        return f"/信息公开/年报/{y}.htm"

    items = "".join(
        f"<LI><A HREF='{u(y)}' TARGET=_blank>{title(y)}</A>({y + 1}-01-20)" for y in YEARS
    )
    older = "".join(
        f"<LI><A HREF='{u(y)}' TARGET=_blank>{title(y)}</A>({y + 1}-01-20)" for y in OLDER
    )
    text = f"<TITLE>政府信息公开年报</TITLE><UL>{items}</UL><A HREF='list.asp?lm=年报&page=2'>下一页</A>"
    second = "/gk/list.asp?lm=" + quote("年报".encode("gb18030")) + "&page=2"
    answers: dict[str, Answer] = {
        "/gk/list.asp": page(text.encode("gb18030")), second: page(f"<UL>{older}</UL>".encode("gb18030")),
    }  # fmt: skip
    answers |= {quote(u(y)): article(title(y)) for y in EVERY}
    return portal("/gk/list.asp", answers, [quote(u(y)) for y in EVERY])


@newcomer
def decoys() -> Site:
    """A column of yearly reports of all kinds, of which few are meant."""
    others = (
        "某市2024年法治政府建设年度报告", "某市2024年度部门决算公开报告", "2024年某市食品安全监管年报",
        "某市2024年环境质量年度报告", "关于做好2024年度政府信息公开工作年度报告编制工作的通知",
        "某市2024年政府网站工作年度报表", "2024年度企业年报公示率全省第一", "2024年政府信息公开工作要点",
        "某市政府信息公开指南（2024年版）", "2024年某市国民经济和社会发展统计公报", "《2024年政府信息公开工作年度报告》解读",
        "某市科学技术局2024年度绩效自评报告", "某市2024年政务公开工作总结新闻发布会", "一图读懂某市2024年政府信息公开年报",
    )  # fmt: skip
    items = "".join(
        f"<li><a href=/d/{n}.html>{text}</a><i>2025-02-01</i></li>" for n, text in enumerate(others)
    )
    answers: dict[str, Answer] = {f"/d/{n}.html": article(text) for n, text in enumerate(others)}
    start = listing(f"<ul>{items}</ul>{rows()}", "年度报告")
    return portal("/ndbg/", {"/ndbg/": start, **answers, **reports()}, PATHS)


# Addresses and ways ---------------------------------------------------------------------------


@newcomer
def relative_base() -> Site:
    """A base of its own, protocol-relative links, dots and backslashes."""
    head = "<base href='../web/'>"
    link = {
        2025: "./nb\\2025.html",
        2024: "//relative-base.gov.cn/web/nb/2024.html",
        2023: "nb/x/../2023.html",
        2022: "/web/nb/2022.html#top",
    }
    items = "".join(f"<li><a href='{u}'>{title(y)}</a>{y + 1}-01-20" for y, u in link.items())
    answers: dict[str, Answer] = {f"/web/nb/{y}.html": article(title(y)) for y in YEARS}
    start = page(f"{head}<title>年报</title><ul>{items}</ul>")
    return portal("/gk/nb.html", {"/gk/nb.html": start, **answers}, list(answers))


@newcomer
def nested_frames() -> Site:
    """The home page is a frameset of framesets; the list stands in the innermost, with its pager."""
    answers: dict[str, Answer] = {
        "/": page("<frameset rows='90,*'><frame src=top.htm><frame src=main.htm></frameset>"),
        "/top.htm": page("<a href=/gk/ target=m>政府信息公开</a>"),
        "/main.htm": page("<a href=/gk/>政府信息公开</a><a href=/yw/>要闻</a>"),
        "/gk/": page(
            "<frameset cols='20%,*'><frame src=menu.htm><frame src=zn.htm name=r></frameset>"
        ),
        "/gk/menu.htm": page(
            "<a href=zn.htm target=r>公开指南</a><a href=nb.asp target=r>公开年报</a>"
        ),
        "/gk/zn.htm": page("<p>指南</p>"),
        "/gk/nb.asp": page(rows() + "<a href=nb.asp?pg=2>&gt;</a>"),
        "/gk/nb.asp?pg=2": page(rows(OLDER) + "<a href=nb.asp?pg=1>&lt;</a>"),
        "/yw/": NOTHING,
    }
    return Site("/", {**answers, **reports(EVERY)}, ALL)


@newcomer
def loaded_jump() -> Site:
    """A column that only jumps, in a function that the body's load calls."""
    jump = "<html><head><script>function go(){window.location.href='real/list.htm';}</script></head><body onload=go()></body></html>"
    return portal(
        "/nb/", {"/nb/": page(jump), "/nb/real/list.htm": listing(rows(EVERY)), **reports(EVERY)}
    )


@newcomer
def site_map_file() -> Site:
    """No link leads on; robots.txt names a site map that has the column."""
    urls = "".join(
        f"<url><loc>http://site-map-file.gov.cn{u}</loc></url>"
        for u in ("/yw/", "/gk/zfxxgknb/", "/bm/")
    )
    answers: dict[str, Answer] = {
        "/": page("<title>某局</title><div id=app></div><script src=/app.js></script>"),
        "/robots.txt": page("User-agent: *\nAllow: /\nSitemap: http://site-map-file.gov.cn/map.xml\n"),
        "/map.xml": typed(f"<?xml version='1.0'?><urlset>{urls}</urlset>".encode(), "text/xml"),
        "/gk/zfxxgknb/": listing(rows(EVERY)), "/yw/": NOTHING, "/bm/": NOTHING,
    }  # fmt: skip
    return Site("/", {**answers, **reports(EVERY)}, ALL)


@newcomer
def search_by_post() -> Site:
    """Nothing but a search that posts; its results have pages."""

    def found(request: bytes, _before: int) -> Reply:
        if "公开" not in field(request, "keyword"):
            return NOTHING
        shown = number_of(field(request, "page") or "1")
        form = (
            "<form method=post action=/search.jsp><input type=hidden name=keyword value=政府信息公开工作年度报告>"
            f"<input type=hidden name=page value={shown}></form>"
        )
        return page(
            rows(chunk(shown))
            + (form + "<a href='javascript:go(2)'>下一页</a>" if shown == 1 else "")
        )

    home = "<a href=/yw/>要闻</a><form method=post action=/search.jsp><input name=keyword><input type=hidden name=page value=1></form>"
    answers: dict[str, Answer] = {"/": page(home), "/search.jsp": found, "/yw/": NOTHING}
    return Site("/", {**answers, **reports(EVERY)}, ALL)


@newcomer
def english_paths() -> Site:
    """Paths in English, and a way through departments."""
    link = {y: f"/government/disclosure/annual-reports/{y}/report-{y}.html" for y in EVERY}
    items = "".join(f"<dt><a href={u}>{y}年报</a></dt><dd>{BODY}</dd>" for y, u in link.items())
    answers: dict[str, Answer] = {
        "/": page("<a href=/government/>政务</a><a href=/news/>新闻</a>"),
        "/government/": page("<a href=/government/disclosure/>信息公开</a><a href=/government/leaders/>领导</a>"),
        "/government/disclosure/": page("<a href=/government/disclosure/annual-reports/>信息公开年报</a>"),
        "/government/disclosure/annual-reports/": listing(f"<dl>{items}</dl>", "信息公开年报"),
        "/news/": NOTHING, "/government/leaders/": NOTHING,
    }  # fmt: skip
    answers |= {u: article(title(y)) for y, u in link.items()}
    return Site("/", answers, link.values())
