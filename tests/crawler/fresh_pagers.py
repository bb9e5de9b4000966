# ruff: noqa: E501
"""Pagers and choices of portals that no rule was written for: read, or told of."""

from tests.crawler.fresh import add, art_path, code, listing, num, ul
from tests.crawler.oddities import OLDER, YEARS, moved
from tests.crawler.server import NOT_FOUND, Answer, Reply, page
from tests.crawler.strangers import EVERY, chunk, field, number_of


def item_path(y: int) -> str:
    return f"/Item/{y}.aspx"


add(
    "siteweaver",
    "Numbers in brackets; the second file is called by one.",
    "/nb/Index.aspx",
    {
        "/nb/Index.aspx": listing(
            ul(YEARS, item_path) + "共<b>7</b>篇 <a href=List_1.aspx>[2]</a> 转到第<input size=3>页"
        ),
        "/nb/List_1.aspx": listing(ul(OLDER, item_path) + "<a href=Index.aspx>[1]</a>"),
    },
    item_path,
)
add(
    "showlist",
    "A library's pager counts its pages by a quotient.",
    "/News/showList/43301/page_1.html",
    {
        f"/News/showList/43301/page_{n}.html": listing(
            ul(chunk(n), lambda y: f"/News/show/{y}.html")
            + "<div id=pager></div><script>laypage({cont:'pager',pages:Math.ceil(7/4),curr:{n},jump:function(e,first){if(!first){location.href='/News/showList/43301/page_'+e.curr+'.html';}}});</script>".replace(
                "{n}", str(n)
            )
        )
        for n in (1, 2)
    },
    lambda y: f"/News/show/{y}.html",
)


def ilist(request: bytes, _before: int) -> Reply:
    n = number_of(field(request, "cur_page") or "1")
    return listing(
        ul(chunk(n), lambda y: f"/info/iContent.jsp?id={y}")
        + "<div class=page>共7条 <a href='javascript:toPage(2)'>2</a><a href='javascript:toPage(2)'>下一页</a></div><script src=/js/p.js></script>"
    )


add(
    "ilist",
    "A script link, and the page's own address has the number.",
    "/info/iList.jsp?node_id=GK&cat_id=15971&cur_page=1",
    {"/info/iList.jsp": ilist},
    lambda y: f"/info/iContent.jsp?id={y}",
)


def more(request: bytes, _before: int) -> Reply:
    return page(ul(OLDER, art_path)) if field(request, "offset") == "4" else page("")


add(
    "datanext",
    "The button keeps the address of the next part.",
    "/nb/",
    {
        "/nb/": listing(
            f"<div id=l>{ul(YEARS, art_path)}</div><a id=more href='javascript:;' data-next='/nb/part?offset=4'>查看更多</a>"
        ),
        "/nb/part": more,
    },
    art_path,
)
add(
    "gotoonly",
    "A pager that says 1/2 and no more.",
    "/nb/list.do?c=8",
    {
        "/nb/list.do?c=8": listing(
            ul(YEARS, art_path)
            + "<div class=p>1/2 跳转到<input id=pg>页<button onclick='go()'>GO</button></div><script src=/js/h.js></script>"
        ),
        "/js/h.js": code("x=1"),
    },
    art_path,
    YEARS,
    account="incomplete",
)
add(
    "history",
    "A button for earlier years that another file knows.",
    "/nb/",
    {
        "/nb/": listing(
            ul(YEARS, art_path)
            + "<button onclick='loadHistory()'>查看往年</button><script src=/js/h.js></script>"
        ),
        "/js/h.js": code("function loadHistory(){ fetchHistory(0x1f) }"),
    },
    art_path,
    YEARS,
    account="incomplete",
)
LAST_YEARS = (2018, 2017)


def third_of(n: int) -> tuple[int, ...]:
    return {1: YEARS, 2: OLDER, 3: LAST_YEARS}.get(n, ())


def three(err: tuple[int, Reply]) -> Answer:

    def col(request: bytes, _before: int) -> Reply:
        n = num(request, "p")
        if n == err[0]:
            return err[1]
        return listing(
            ul(third_of(n), art_path)
            + "".join(f"<a href='?p={k}'>{k}</a>" for k in (1, 2, 3))
            + (f"<a href='?p={n + 1}'>下一页</a>" if n < 3 else "")
        )

    return col


add(
    "busythird",
    "The third page is an error in words.",
    "/nb/",
    {"/nb/": three((3, page("<p>系统繁忙，请稍后再试</p>")))},
    art_path,
    EVERY,
    account="blocked:burst",
)
add(
    "missingsecond",
    "The second page that is shown is not there.",
    "/nb/",
    {"/nb/": three((2, NOT_FOUND))},
    art_path,
    YEARS,
    account="1 failed",
)
add(
    "redirsecond",
    "The second page leads back to the first.",
    "/nb/",
    {"/nb/": three((2, moved("/nb/", "302 Found")))},
    art_path,
    YEARS,
    account="1 failed",
)
add(
    "emptysecond",
    "The third page is empty.",
    "/nb/",
    {"/nb/": three((3, page("")))},
    art_path,
    EVERY,
    account="incomplete",
)
add(
    "attrpager",
    "Counts in attributes, drawn by another file.",
    "/gk/list?c=2",
    {
        "/gk/list?c=2": listing(
            ul(YEARS, art_path)
            + "<div id=pg data-total=7 data-size=4 data-current=1></div><script src=/pg.js></script>"
        )
    },
    art_path,
    YEARS,
    account="incomplete",
)
add(
    "hiddencount",
    "Counts in hidden fields.",
    "/gk/list?c=2",
    {
        "/gk/list?c=2": listing(
            ul(YEARS, art_path)
            + "<input type=hidden id=totalPage value=2><input type=hidden id=curPage value=1><div id=pg></div><script src=/pg.js></script>"
        )
    },
    art_path,
    YEARS,
    account="incomplete",
)
add(
    "pullup",
    "More is loaded when one pulls.",
    "/m/nb",
    {
        "/m/nb": listing(
            ul(YEARS, art_path)
            + "<div class=mescroll-upwarp>上拉加载更多</div><script src=/mescroll.js></script>"
        )
    },
    art_path,
    YEARS,
    account="incomplete",
)
add(
    "arrowimg",
    "Arrows that another file knows.",
    "/gk/list?c=2",
    {
        "/gk/list?c=2": listing(
            ul(YEARS, art_path)
            + "<img src=/i/prev.gif onclick=prev()><img src=/i/next.gif onclick=next()><script src=/pg.js></script>"
        )
    },
    art_path,
    YEARS,
    account="incomplete",
)
add(
    "deadyears",
    "Years that another file makes tabs of.",
    "/nb/",
    {
        "/nb/": listing(
            "<ul class=years><li class=on>2025年</li><li>2024年</li><li>2023年</li><li>2022年</li></ul>"
            + ul([2025], art_path)
            + "<script src=/y.js></script>"
        )
    },
    art_path,
    [2025],
    account="incomplete",
)
add(
    "wasearch",
    "A void link, a click and a form.",
    "/nb/",
    {
        "/nb/": listing(
            ul(YEARS, art_path)
            + "<div class=fy>当前第<span>1</span>页 共<span>2</span>页 <a href='javascript:void(0)' onclick=\"goto_page('2')\">下一页</a></div><form name=frm action=/nb/list method=get><input type=hidden name=currPage value=1><input type=hidden name=ch value=5></form>"
        ),
        "/nb/list": lambda r, b: (
            listing(ul(chunk(num(r, "currPage")), art_path)) if field(r, "ch") == "5" else NOT_FOUND
        ),
    },
    art_path,
)
add(
    "scrollpost",
    "A bound button; its interface gives the rest.",
    "/nb/",
    {
        "/nb/": listing(
            f"<div id=l>{ul(YEARS, art_path)}</div><div id=load>加载更多</div><script>var pageIndex=1;$('#load').on('click',function(){{pageIndex+=1;$.ajax({{url:'/nb/ajax.ashx?action=list&cid=7&pageIndex='+pageIndex,success:function(h){{$('#l').append(h)}}}})}})</script>"
        ),
        "/nb/ajax.ashx": lambda r, b: page(ul(OLDER, art_path) if num(r, "pageIndex") == 2 else ""),
    },
    art_path,
)
add(
    "deptselect",
    "Bodies to be chosen by another file's script.",
    "/nb/",
    {
        "/nb/": listing(
            "<select id=dept onchange=change()><option value=1>市教育局</option><option value=2>市民政局</option><option value=3>市财政局</option></select>"
            + ul([2025], art_path)
            + "<script src=/c.js></script>"
        )
    },
    art_path,
    [2025],
    account="incomplete",
)
add(
    "footerbodies",
    "Links at the foot are no choice.",
    "/nb/",
    {
        "/nb/": listing(
            ul(YEARS, art_path)
            + "<div class=links><select><option>省直部门网站</option><option>省教育厅</option><option>省科技厅</option></select><a href='javascript:;'>市直部门</a><a href='javascript:;'>县区政府</a></div>"
        )
    },
    art_path,
    YEARS,
)
add(
    "datepicker",
    "Years of a search form are no tabs.",
    "/nb/",
    {
        "/nb/": listing(
            "<form action=/so><select name=y><option>2025</option><option>2024</option><option>2023</option><option>2022</option><option>2021</option><option>2020</option></select><input name=q></form>"
            + ul(YEARS, art_path)
        ),
        "/so": page("<p>没有结果</p><a href=/>首页</a>"),
    },
    art_path,
    YEARS,
)
add(
    "slides",
    "Arrows of a slide show are no pager.",
    "/nb/",
    {
        "/nb/": listing(
            "<div class=banner-box><img src=/i/next.png onclick=nextSlide()><span class=next>下一张</span></div>"
            + ul(YEARS, art_path)
            + "<button>搜索</button><a href='javascript:window.print()'>打印</a><a href='#'>返回顶部</a>"
        )
    },
    art_path,
    YEARS,
)
add(
    "tabspanes",
    "Tabs by year over what is all there.",
    "/nb/",
    {
        "/nb/": listing(
            "<ul class=tabs>"
            + "".join(f"<li>{y}年</li>" for y in YEARS)
            + "</ul>"
            + "".join(
                f"<div class=pane>{ul([y], art_path, lambda y: '某市科学技术局政府信息公开工作年度报告')}</div>"
                for y in YEARS
            )
            + "<script src=/t.js></script>"
        )
    },
    art_path,
    YEARS,
)
add(
    "visitcount",
    "Visits and comments are no rows.",
    "/nb/",
    {
        "/nb/": listing(
            ul(YEARS, art_path)
            + "<div class=visit data-count=91234 data-size=3>访问量</div><p>共有3条评论</p>"
        )
    },
    art_path,
    YEARS,
)
