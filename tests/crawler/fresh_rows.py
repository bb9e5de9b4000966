# ruff: noqa: E501
"""Rows and ways down that stand in unlike places."""

from tests.crawler.fresh import add, art_path, listing, shell, ul
from tests.crawler.oddities import OLDER, YEARS, article, title
from tests.crawler.server import Answer, page
from tests.crawler.strangers import EVERY, answer_json, field

add(
    "lazyaccordion",
    "Each year's part is named by an attribute.",
    "/nb/",
    {
        "/nb/": listing(
            "".join(
                f"<div class=panel data-src='/nb/y/{y}.html'><h4>{y}年</h4><div class=body></div></div>"
                for y in EVERY
            )
            + "<script>$('.panel h4').click(function(){var p=$(this).parent();p.find('.body').load(p.data('src'));});</script>"
        ),
        **{f"/nb/y/{y}.html": page(ul([y], art_path)) for y in EVERY},
    },
    art_path,
)
add(
    "menujson",
    "The menu is loaded as data.",
    "/",
    {
        "/": page(
            "<title>某局</title><div id=menu></div><script>$.getJSON('/menu.json',function(d){draw(d)})</script>"
        ),
        "/menu.json": answer_json(
            [
                {"name": "政务动态", "url": "/xw/", "children": []},
                {
                    "name": "政府信息公开",
                    "url": "/gk/",
                    "children": [{"name": "政府信息公开年报", "url": "/gk/c7/"}],
                },
            ]
        ),
        "/gk/c7/": listing(ul(EVERY, art_path)),
    },
    art_path,
)
names = {"jy": "某市教育局", "mz": "某市民政局", "cz": "某市财政局"}
add(
    "headmixed",
    "Bodies under years, on a page named after all of them.",
    "/nb/",
    {
        "/nb/": listing(
            "".join(
                f"<h3>{y}年度</h3><ul>"
                + "".join((f"<li><a href=/bm/{k}{y}.html>{v}</a></li>" for k, v in names.items()))
                + "</ul>"
                for y in (2025, 2024)
            ),
            "各部门政府信息公开年度报告",
        ),
        **{
            f"/bm/{k}{y}.html": article(f"{v}{y}年政府信息公开工作年度报告")
            for k, v in names.items()
            for y in (2025, 2024)
        },
    },
    lambda y: "/bm/none.html",
    (),
    wanted=[f"/bm/{k}{y}.html" for k in names for y in (2025, 2024)],
)
add(
    "opennew",
    "The click's function reads an attribute.",
    "/nb/",
    {
        "/nb/": listing(
            "".join(
                f"<div class=row><a href='javascript:void(0)' data-id={y} onclick='openNew(this)'>{title(y)}</a></div>"
                for y in YEARS
            )
            + "<script>function openNew(o){var id=$(o).attr('data-id');window.location.href='/art/'+id+'.html';}</script>"
        )
    },
    art_path,
    YEARS,
)
add(
    "treeload",
    "Bodies are a tree, loaded as data.",
    "/nb/",
    {
        "/nb/": shell(
            "var setting={async:{enable:true,url:'/dept/tree.json'},callback:{onClick:function(e,id,node){$('#list').load('/nb/dept.jsp?id='+node.id)}}};$.fn.zTree.init($('#tree'),setting);",
            "<ul id=tree></ul><div id=list></div>",
        ),
        "/dept/tree.json": answer_json(
            [{"id": "d1", "name": "教育局"}, {"id": "d2", "name": "民政局"}]
        ),
        "/nb/dept.jsp": lambda r, b: page(ul(YEARS if field(r, "id") == "d1" else OLDER, art_path)),
    },
    art_path,
)
of_bodies: dict[str, Answer] = {}
for k, n in (("jyj", "某市教育局"), ("mzj", "某市民政局")):
    of_bodies[f"/{k}/"] = page(
        f"<title>{n}</title><a href=/{k}/xw/>新闻</a><a href=/{k}/c9/>政府信息公开年报</a>"
    )
    of_bodies[f"/{k}/c9/"] = page(
        f"<title>政府信息公开年报-{n}</title>"
        + ul((2025, 2024), f"/{k}/a{{}}.html".format, lambda y: f"{y}年政府信息公开年报")
    )
    for y in (2025, 2024):
        of_bodies[f"/{k}/a{y}.html"] = article(title(y, n))
add(
    "deepbodies",
    "Bodies on the page of open information, each with a column.",
    "/",
    {
        "/": page("<title>某市人民政府</title><a href=/gk/>政府信息公开</a><a href=/xw/>要闻</a>"),
        "/gk/": page(
            "<title>政府信息公开</title><h3>各部门信息公开</h3><ul><li><a href=/jyj/>某市教育局</a></li><li><a href=/mzj/>某市民政局</a></li></ul>"
        ),
        **of_bodies,
    },
    art_path,
    (),
    wanted=[f"/{k}/a{y}.html" for k in ("jyj", "mzj") for y in (2025, 2024)],
)
add(
    "nestedyears",
    "A year's page leads to groups of bodies.",
    "/nb/",
    {
        "/nb/": listing("<a href=/nb/y2025/>2025年</a><a href=/nb/y2024/>2024年</a>"),
        **{
            f"/nb/y{y}/": listing(
                f"<ul><li><a href=/nb/y{y}/bm/>市直部门</a></li><li><a href=/nb/y{y}/xz/>乡镇街道</a></li></ul>",
                f"{y}年政府信息公开年度报告",
            )
            for y in (2025, 2024)
        },
        **{
            f"/nb/y{y}/{g}/": listing(
                "".join((f"<li><a href=/z/{k}{y}.html>{n}</a></li>" for k, n in gs)),
                f"{y}年政府信息公开年度报告",
            )
            for y in (2025, 2024)
            for g, gs in (("bm", (("jy", "市教育局"),)), ("xz", (("dx", "东兴镇"),)))
        },
        **{
            f"/z/{k}{y}.html": article(title(y, n))
            for k, n in (("jy", "某市教育局"), ("dx", "某市东兴镇人民政府"))
            for y in (2025, 2024)
        },
    },
    art_path,
    (),
    wanted=[f"/z/{k}{y}.html" for k in ("jy", "dx") for y in (2025, 2024)],
)
add(
    "thisid",
    "The click hands its own identifier on.",
    "/nb/",
    {
        "/nb/": listing(
            "".join(f"<p id=a{y} onclick='view(this.id)'>{title(y)}</p>" for y in YEARS)
            + "<script>function view(id){window.open('/v/'+id+'.html')}</script>"
        )
    },
    lambda y: f"/v/a{y}.html",
    YEARS,
)
add(
    "relattr",
    "The address stands in an attribute of another name.",
    "/nb/",
    {
        "/nb/": listing(
            "".join(
                f"<li><a href='#' rel='{art_path(y)}' class=open>{title(y)}</a></li>" for y in YEARS
            )
            + "<script src=/o.js></script>"
        )
    },
    art_path,
    YEARS,
)
