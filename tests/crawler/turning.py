# ruff: noqa: E501
"""Lists whose page is turned by a box, a field, an arrow or a script file: read, or told of."""

from tests.crawler.fresh import add, art_path, code, listing, num, ul
from tests.crawler.oddities import OLDER, YEARS, article, title
from tests.crawler.server import Answer, Reply, page
from tests.crawler.strangers import EVERY, field, number_of

FIRST, SECOND = (*YEARS, OLDER[0]), OLDER[1:]


def turned(behind: str, key: str = "page") -> Answer:
    """A column whose pages differ by a value of the query; `{n}` stands for this page's number."""

    def column(request: bytes, _before: int) -> Reply:
        n = number_of(field(request, key) or "1")
        rows = {1: FIRST, 2: SECOND}.get(n, ())
        return listing(ul(rows, art_path) + behind.replace("{n}", str(n)))

    return column


def turning(name: str, what: str, behind: str, key: str = "page", **more: Answer) -> None:
    """Adds a portal whose list shows five reports and has a control behind it."""
    add(name, what, "/nb/l.jsp?c=8", {"/nb/l.jsp": turned(behind, key), **more}, art_path, EVERY)


turning(
    "numberfield",
    "A field for the number of a page, and a picture to go there.",
    "第<input id=pg size=3>页<img src=/go.gif onclick='jump()'><script>function jump(){var p=document.getElementById('pg').value;location.href='?c=8&page='+p}</script>",
)
turning(
    "numberbox",
    "A box of numbers without addresses.",
    "<select onchange=\"location='l.jsp?c=8&page='+this.value\"><option value=1>第1页</option><option value=2>第2页</option></select>",
)
turning(
    "iconarrows",
    "Arrows without a word.",
    "<i onclick='turn(-1)'></i><i onclick='turn(1)'></i><script>var cur={n};function turn(d){cur+=d;location.search='?p='+cur}</script>",
    "p",
)
turning(
    "gofield",
    "A form that is sent with a page's number alone.",
    "<form action=l.jsp><input type=hidden name=c value=8>到第<input name=page value={n}>页<input type=submit value=GO></form>",
)
turning(
    "totalpages",
    "A library counts its pages by a total beside the size of one.",
    "<div id=pages></div><script>show({cur:{n},total:2,pagesize:5});var way='l.jsp?c=8&page='+cur;</script>",
)
add(
    "drawnelsewhere",
    "A script file draws the link to the next page.",
    "/nb/list1.htm",
    {
        "/nb/list1.htm": listing(
            ul(FIRST, art_path) + "<script>var cp=1,tp=2;</script><script src=/js/fy.js></script>"
        ),
        "/nb/list2.htm": listing(ul(SECOND, art_path)),
        "/js/fy.js": code('if(cp<tp)document.write("<a href=\'list"+(cp+1)+".htm\'>下一页</a>");'),
    },
    art_path,
    EVERY,
)
add(
    "drawnnowhere",
    "The script file that draws the pager is not to be had.",
    "/nb/l.htm",
    {
        "/nb/l.htm": listing(
            ul(FIRST, art_path) + "<p class=fenye></p><script src=/js/gone.js></script>"
        )
    },
    art_path,
    FIRST,
    "(a script draws a pager that is not understood)",
)
add(
    "openedelsewhere",
    "A function of a script file opens the reports.",
    "/nb/",
    {
        "/nb/": listing(
            "".join(f"<p><a href=\"javascript:see('{y}')\">{title(y)}</a></p>" for y in YEARS)
            + "<script src=/js/common.js></script>"
        ),
        "/js/common.js": code("function see(id){window.open('/info/view.do?id='+id)}"),
        "/info/view.do": lambda request, _before: article(title(num(request, "id"))),
    },
    lambda y: f"/info/view.do?id={y}",
    YEARS,
)
add(
    "allbyclick",
    "A click loads the whole list.",
    "/nb/",
    {
        "/nb/": listing(
            ul(YEARS, art_path)
            + "<a id=more>查看全部</a><script>$('#more').click(function(){$.get('/nb/all.html',draw)})</script>"
        ),
        "/nb/all.html": page(ul(EVERY, art_path)),
    },
    art_path,
)
_LOADS = "<a id=more>查看全部</a><script>$('#more').click(function(){$.get('/nb/a.html',draw);$.get('/nb/b.html',draw)})</script>"
add(
    "partsbyclick",
    "A click loads the list in parts, on the page of a year too.",
    "/nb/",
    {
        "/nb/": listing(f"<a href=/nb/y/>{YEARS[0]}年</a>" + ul(YEARS, art_path) + _LOADS),
        "/nb/y/": listing(ul(YEARS[:1], art_path) + _LOADS),
        "/nb/a.html": page(ul(FIRST, art_path)),
        "/nb/b.html": page(ul(SECOND, art_path)),
    },
    art_path,
    EVERY,
    "(查看全部 leads on in a way that is not understood)",
)


def _two_lists(request: bytes, _before: int) -> Reply:
    reports, news = num(request, "pa"), num(request, "pb")
    onward = f"<a href='?pa=2&pb={news}'>下一页</a>" if reports == 1 else ""
    rows = {1: FIRST, 2: SECOND}[reports]
    notice = f"<p><a href=/x/{news}.html>关于第{news}次会议的通知</a>2024-01-01</p>"
    return listing(
        f"<div class=l>{notice}<a href='?pa={reports}&pb={news + 1}'>下一页</a></div>"
        f"<div class=r>{ul(rows, art_path)}{onward}</div>"
    )


add(
    "twopagers",
    "Two lists on a page, each with a pager: that of the notices never ends.",
    "/gk/index.do",
    {"/gk/index.do": _two_lists},
    art_path,
    EVERY,
)
add(
    "rememberednext",
    "The site remembers the visitor's page: the third has the address of the second.",
    "/nb/list.do",
    {
        "/nb/list.do": listing(ul(FIRST, art_path) + "<a href=next.do>下一页</a>"),
        "/nb/next.do": listing(ul(SECOND, art_path) + "<a href=next.do>下一页</a>"),
    },
    art_path,
    EVERY,
    "(the pager's 下一页 leads on in a way that is not understood)",
)


def _tree(request: bytes, _before: int) -> Reply:
    chosen = field(request, "__EVENTARGUMENT")
    nodes = "".join(
        f"<a href=\"javascript:__doPostBack('tree','sroot\\\\{key}')\">{text}</a>"
        for key, text in (("zn", "政府信息公开指南"), ("nb", "政府信息公开年报"))
    )
    state = f"<input type=hidden name=__VIEWSTATE value='{chosen}x'>"
    return listing(
        f"<form method=post action=xxgk.aspx><input type=hidden name=__EVENTARGUMENT>{state}{nodes}</form>"
        + (ul(YEARS, art_path) if chosen.endswith("nb") else "请选择栏目"),
        "政府信息公开",
    )


add(
    "posttree",
    "The column is a node of a tree that posts back.",
    "/xxgk.aspx",
    {"/xxgk.aspx": _tree},
    art_path,
    YEARS,
)
YEARS_LEFT = tuple(year for year in EVERY if year not in (YEARS[1], OLDER[0]))
add(
    "yearsleftout",
    "The publisher left years out.",
    "/nb/",
    {"/nb/": listing(ul(YEARS_LEFT, art_path))},
    art_path,
    YEARS_LEFT,
    f"note: no report of {OLDER[0]}, {YEARS[1]} among those",
)
