# ruff: noqa: E501
"""More portals from the home page down, written after the newcomers' rules and before any other."""

from tests.crawler.newcomers import NOTHING, listing, portal
from tests.crawler.oddities import (
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
)
from tests.crawler.server import Answer, Reply, page
from tests.crawler.strangers import EVERY, answer_json, body_of, chunk, field, number_of, records

LATECOMERS: dict[str, Site] = {}
latecomer = site_registry(LATECOMERS)


@latecomer
def by_year() -> Site:
    """The answer's lists stand under their years."""
    data = {str(y): records([y]) for y in EVERY}
    script = "<div id=l></div><script>$.getJSON('/api/nb/all',function(d){draw(d)})</script>"
    return portal(
        "/nb/",
        {
            "/nb/": listing(script),
            "/api/nb/all": answer_json({"code": 0, "data": data}),
            **reports(EVERY),
        },
    )


@latecomer
def by_body() -> Site:
    """A literal in the page: bodies, each with a list of its reports."""
    items = ",".join(
        f"{{name:'第{n}组',list:["
        + ",".join(f"{{title:'{title(y)}',url:'{path(y)}'}}" for y in years)
        + "]}"
        for n, years in enumerate((YEARS, OLDER))
    )
    return portal(
        "/nb/",
        {
            "/nb/": listing(f"<div id=l></div><script>var groups=[{items}];draw(groups)</script>"),
            **reports(EVERY),
        },
    )


@latecomer
def start_and_limit() -> Site:
    """A store that asks by the number of the first row."""

    def part(request: bytes, _before: int) -> Reply:
        at = number_of(field(request, "start") or "0")
        return (
            answer_json({"totalCount": 7, "root": records(EVERY[at : at + 4])})
            if field(request, "cid") == "9"
            else page("{}")
        )

    script = "<div id=g></div><script>new Ext.data.Store({url:'/list.do',baseParams:{cid:'9',start:0,limit:4}});</script>"
    return portal("/nb/", {"/nb/": listing(script), "/list.do": part, **reports(EVERY)})


@latecomer
def submitted_form() -> Site:
    """The pager sets a field and submits."""
    form = (
        "<form name=fm method=post action=/nb/list.do><input type=hidden name=cid value=5><input type=hidden name=cp value={n}></form>"
        "<a href='#' onclick=\"document.fm.cp.value=2;document.fm.submit();return false\">下一页</a>"
    )

    def column(request: bytes, _before: int) -> Reply:
        shown = number_of(field(request, "cp") or "1")
        return listing(rows(chunk(shown)) + (form.replace("{n}", str(shown)) if shown == 1 else ""))

    return portal("/nb/list.do", {"/nb/list.do": column, **reports(EVERY)})


@latecomer
def page_attribute() -> Site:
    """Numbers carry their page in an attribute; a handler loads it."""

    def column(request: bytes, _before: int) -> Reply:
        return page(rows(chunk(number_of(field(request, "page") or "1"))))

    script = (
        "<a class=pg data-page=1>1</a><a class=pg data-page=2>2</a><script>$('.pg').click(function(){"
        "$('#l').load('/nb/part.jsp?page='+$(this).data('page'))})</script>"
    )
    return portal(
        "/nb/",
        {
            "/nb/": listing(f"<div id=l>{rows()}</div>{script}"),
            "/nb/part.jsp": column,
            **reports(EVERY),
        },
    )


@latecomer
def picture_pager() -> Site:
    """The way on is a picture without words."""
    way = "<a href=list2.htm><img src=/img/next.gif></a>"
    answers: dict[str, Answer] = {
        "/nb/list.htm": listing(rows() + way),
        "/nb/list2.htm": listing(rows(OLDER)),
    }
    return portal("/nb/list.htm", {**answers, **reports(EVERY)})


@latecomer
def late_frame() -> Site:
    """A script gives a frame its address."""
    script = (
        "<iframe id=f></iframe><script>document.getElementById('f').src='/nb/inner.html';</script>"
    )
    return portal(
        "/nb/", {"/nb/": listing(script), "/nb/inner.html": page(rows(EVERY)), **reports(EVERY)}
    )


@latecomer
def raw_request() -> Site:
    """A request of the old kind with its form as text."""

    def part(request: bytes, _before: int) -> Reply:
        shown = chunk(number_of(field(request, "page")))
        return (
            answer_json({"total": 7, "list": records(shown)})
            if "cid=5" in body_of(request)
            else page("{}")
        )

    script = "<div id=l></div><script>var x=new XMLHttpRequest();x.open('POST','/api/q');x.send('cid=5&page=1&size=4');</script>"
    return portal("/nb/", {"/nb/": listing(script), "/api/q": part, **reports(EVERY)})


@latecomer
def older_apart() -> Site:
    """Older reports stand on a page of their own, named by no word for reports."""
    answers: dict[str, Answer] = {
        "/nb/": listing(rows() + "<a href=/nb/old/>2021年及以前</a>"),
        "/nb/old/": listing(rows(OLDER)),
    }
    return portal("/nb/", {**answers, **reports(EVERY)})


@latecomer
def login() -> Site:
    """The column sends one to a login."""
    answers: dict[str, Answer] = {
        "/nb/": Reply(
            b"HTTP/1.1 302 Found\r\nLocation: /login?from=/nb/\r\nContent-Length: 0\r\n\r\n"
        ),
        "/login": page(
            "<title>登录</title><form method=post><input name=user><input type=password name=p></form>"
        ),
    }
    return portal("/nb/", answers, (), account="blocked:login")


@latecomer
def login_behind() -> Site:
    """The second page asks one to log in."""
    answers: dict[str, Answer] = {
        "/nb/": listing(rows() + "<a href='?page=2'>下一页</a>"),
        "/nb/?page=2": page("<title>登录</title><p>请登录后查看</p>"),
    }
    return portal("/nb/", {**answers, **reports()}, PATHS, account="blocked:login")


@latecomer
def two_interfaces() -> Site:
    """Two lists of two interfaces; the news come first."""

    def part(request: bytes, _before: int) -> Reply:
        if field(request, "channel") == "1":
            return answer_json(
                {"total": 1, "list": [{"title": "全市工作会议召开", "url": "/yw/1.html"}]}
            )
        return answer_json({"total": 7, "list": records(chunk(number_of(field(request, "page"))))})

    script = "<script>$.get('/api/list',{channel:1,page:1,size:4},news);$.get('/api/list',{channel:2,page:1,size:4},draw);</script>"
    return portal(
        "/nb/",
        {"/nb/": listing(script), "/api/list": part, "/yw/1.html": NOTHING, **reports(EVERY)},
    )


@latecomer
def year_calls() -> Site:
    """A request for each year of an array."""

    def part(request: bytes, _before: int) -> Reply:
        return answer_json({"list": records([number_of(field(request, "year"))])})

    script = f"<script>var years={list(YEARS)};years.forEach(function(y){{$.getJSON('/api/nb?year='+y,draw);}});</script>"
    return portal("/nb/", {"/nb/": listing(script), "/api/nb": part, **reports()}, PATHS)


@latecomer
def half_a_list() -> Site:
    """Ten rows of reports of many bodies, and an empty pager that another file draws."""
    names = [f"某市第{n}局" for n in "一二三四五六七八九十"]
    link = {n: f"/gk/{n}/2024.html" for n in range(10)}
    items = "".join(
        f"<li><a href={link[n]}>{title(2024, name)}</a>2025-01-20" for n, name in enumerate(names)
    )
    answers: dict[str, Answer] = {
        link[n]: article(title(2024, name)) for n, name in enumerate(names)
    }
    answers["/nb/list?c=1"] = listing(
        f"<ul>{items}</ul><div class=pagination></div><script src=/js/page.js></script>"
    )
    return portal("/nb/list?c=1", answers, link.values(), account="incomplete")


@latecomer
def long_column() -> Site:
    """Seventy pages of other papers, and the reports on the last."""
    news = (
        f'<ul><li><a href="/gg/{n}.html">关于第{n}期公告的通知</a>2025-01-20' for n in range(69)
    )
    shown = [*news, rows()]
    script = "<script>createPageHTML(70, {}, 'index', 'html');</script>"
    answers: dict[str, Answer] = {
        f"/nb/index_{n}.html" if n else "/nb/": page(each + script.format(n))
        for n, each in enumerate(shown)
    }
    return Site("/nb/", {**answers, **reports()}, PATHS)
