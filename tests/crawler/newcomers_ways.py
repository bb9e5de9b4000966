# ruff: noqa: E501
"""More of the newcomers: lists by year and body, unlike rows, addresses and ways to a list."""

from urllib.parse import quote

from tests.crawler.newcomers import NOTHING, listing, portal
from tests.crawler.oddities import (
    ALL,
    BODY,
    OLDER,
    PATHS,
    PDF,
    YEARS,
    Site,
    article,
    reports,
    rows,
    site_registry,
    title,
    typed,
)
from tests.crawler.server import Answer, Reply, page
from tests.crawler.strangers import EVERY, chunk, field, number_of

WAYS: dict[str, Site] = {}
newcomer = site_registry(WAYS)


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
