"""Hosts whose listings are pages: TRS and its dialects, VSB, UCAP static, WebForms, unknown."""

import re
from collections.abc import Callable, Sequence

from tests.portals.zoo.animals import (
    ITEMS,
    Item,
    Request,
    Response,
    animal,
    html,
    missing,
    slices,
)

SIZE = 8
PAGES = slices(ITEMS, SIZE)
STUB = "<html><body><!-- nothing --></body></html>"
Pager = Callable[[int], str]


def trs_address(item: Item) -> str:
    return f"/xxgknb/{item.stamp[:6]}/t{item.stamp}_{item.serial}.html"


def trs_rows(items: Sequence[Item]) -> str:
    rows = "".join(
        f'<li><a href="./{trs_address(item)[8:]}">{item.title}</a><span>{item.date}</span></li>'
        for item in items
    )
    return f'<ul class="list">{rows}</ul>'


def serve_series(request: Request, names: Sequence[str], pager: Pager) -> Response:
    """Page k under its name; whatever else is asked for is a stub with status 200."""
    name = request.path.rsplit("/", 1)[-1] or "index.html"
    if name not in names:
        return Response(STUB.encode())
    number = names.index(name)
    nav = '<div><a href="../">首页</a> <a href="../zwgk/">政务公开</a></div>'
    return html(nav + trs_rows(PAGES[number]) + pager(number))


def call(pattern: str) -> Pager:
    return lambda number: f"<script>{pattern.format(n=len(PAGES), cur=number)}</script>"


def series(host: str, names: Sequence[str], pager: Pager) -> None:
    @animal(host, f"/xxgknb/{names[0]}", trs_address, "trs")
    def answer(request: Request) -> Response:
        return serve_series(request, names, pager)


series(
    "trs",
    ["index.html", "index_1.html", "index_2.html"],
    call('createPageHTML({n}, {cur}, "index", "html");'),
)
series(
    "trs-from-one",
    ["index.html", "index_2.html", "index_3.html"],
    call('createPageHTML({n},{cur},"index","html");'),
)
series("trs-cq", ["index.html", "index_1.html", "index_2.html"], call("createPage({n},{cur});"))
series(
    "trs-count",
    ["index.html", "index_1.html", "index_2.html"],
    call("var currentPage = {cur};//所在页\nvar countPage = {n}//共多少页"),
)
series(
    "trs-most",
    ["index.html", "index_1.html", "index_2.html"],
    call("var pagination_script_config = {{current: {cur}, total: {n}}};"),
)
series(
    "trs-list",
    ["list.shtml", "list_1.shtml", "list_2.shtml"],
    call('createPageHTML({n}, {cur}, "list", "shtml");'),
)


@animal("trs-copy", "/xxgknb/", trs_address, "trs")
def trs_copy(request: Request) -> Response:
    """The second file is a copy of the first; the pages go on from the third."""
    name = request.path.rsplit("/", 1)[-1] or "index.html"
    number = {"index.html": 0, "index_1.html": 0, "index_2.html": 1, "index_3.html": 2}.get(name)
    if number is None:
        return missing()
    return html(trs_rows(PAGES[number]) + call('createPageHTML({n},{cur},"index","html");')(number))


@animal("trs-ahead", "/xxgknb/", trs_address, "trs")
def trs_ahead(request: Request) -> Response:
    """Each page ends with the first row of the next."""
    match = re.search(r"index(?:_(\d))?\.html$|/$", request.path)
    number = int(match.group(1) or 0) if match else 9
    if number >= len(PAGES):
        return Response(STUB.encode())
    rows = ITEMS[number * SIZE : (number + 1) * SIZE + 1]
    return html(
        trs_rows(rows) + f"<script>createPageHTML({len(PAGES)},{number},'index','html')</script>"
    )


@animal("trs-written", "/xxgknb/", trs_address, "trs")
def trs_written(request: Request) -> Response:
    """Rows written by script."""
    lines = "".join(
        f"document.writeln(\"<li><a href='.{trs_address(item)[7:]}'>{item.title}<\\/a>"
        f'<span>{item.date}<\\/span><\\/li>");\n'
        for item in ITEMS
    )
    return html(f"<script>{lines}</script><script>createPageHTML(1,0,'index','html')</script>")


@animal("trs-old", "/xxgknb/", trs_address, "trs")
def trs_old(request: Request) -> Response:
    """Nested tables, attributes without quotes, the date in a cell of its own."""
    rows = "".join(
        f"<tr><td><img src=ico.gif></td><td class=a><a href=.{trs_address(i)[7:]} target=_blank>"
        f"{i.title}</a></td><td>{i.date}</td></tr>"
        for i in ITEMS
    )
    menu = "".join(f"<td><a href=../m{n}/>栏目{n}</a></td>" for n in range(6))
    body = f"<table><tr>{menu}</tr></table><table><tr><td><table>{rows}</table></td></tr></table>"
    return html(
        body + "<a class=CurrChnlCls href=./>信息公开年报</a><script>var countPage = 1</script>"
    )


def vsb_address(item: Item) -> str:
    return f"/info/1276/{item.serial}.htm"


def vsb_page(number: int, items: Sequence[Item], linked: bool = True) -> Response:
    """Page `number` (from 1) of the items, seven to a page, files numbered from the end."""
    parts = slices(items, 7)
    up = "../" if number == 1 else "../../"
    rows = "".join(
        f'<li id="line_u7_{n}"><a href="{up}{vsb_address(item)[1:]}" title="{item.title}">'
        f"{item.title[:12]}...</a><span>{item.date}</span></li>"
        for n, item in enumerate(parts[number - 1])
    )
    folder = "nb/" if number == 1 else ""
    link = f'<a href="{folder}{len(parts) - number}.htm" class="Next">下页</a>'
    pager = (
        f'<span class="p_t">共{len(items)}条</span><span class="p_t">{number}/{len(parts)}</span>'
        + (link if linked and number < len(parts) else "")
    )
    script = f"<script>_simple_list_gotopage_fun({len(parts)},'u7_goto',2)</script>"
    mark = "<!--Announced by Visual SiteBuilder 9-->"
    return html(f'{mark}<ul>{rows}</ul><div class="pb_sys_common">{pager}</div>{script}')


def vsb_number(request: Request, pages: int) -> int:
    match = re.search(r"/nb/(\d+)\.htm$", request.path)
    return pages - int(match.group(1)) + 1 if match else 1


@animal("vsb", "/zwgk/nb.htm", vsb_address, "vsb")
def vsb(request: Request) -> Response:
    return vsb_page(vsb_number(request, 4), ITEMS)


@animal("vsb-script", "/zwgk/nb.htm", vsb_address, "vsb")
def vsb_script(request: Request) -> Response:
    return vsb_page(vsb_number(request, 4), ITEMS, linked=False)


NEWCOMERS = tuple(
    Item(f"某市科学技术局{year}年政府信息公开工作年度报告", f"{year + 1}-03-01", year)
    for year in range(1990, 1997)
)


@animal("vsb-growing", "/zwgk/nb.htm", vsb_address, "vsb")
def vsb_growing(request: Request) -> Response:
    """Seven rows are added at the top after the first page was read: every file is renumbered."""
    if request.path.endswith("/nb.htm"):
        return vsb_page(1, ITEMS)
    grown = (*NEWCOMERS, *ITEMS)
    return vsb_page(vsb_number(request, 5), grown)


def ucap_address(item: Item) -> str:
    return f"/c100028/{item.stamp[:6]}/{item.serial:032x}.shtml"


@animal("ucap", "/c100028/common_list.shtml", ucap_address, "ucap")
def ucap(request: Request) -> Response:
    match = re.search(r"common_list(?:_(\d))?\.shtml$", request.path)
    number = int(match.group(1) or 1) if match else 9
    if number > len(PAGES):
        return missing()
    rows = "".join(
        f'<li><a href="{ucap_address(item)}">{item.title}</a><span>{item.date}</span></li>'
        for item in PAGES[number - 1]
    )
    arguments = f"'page_div',{len(PAGES)},{number},'common_list','shtml',{len(ITEMS)}"
    return html(
        f'<ul>{rows}</ul><div id="page_div"></div><script>createPageHTML({arguments});</script>'
    )


def asp_address(item: Item) -> str:
    return f"/NewsShow.aspx?id={item.serial}"


@animal("aspnet", "/NewsList.aspx?lanmuid=76", asp_address, "webforms")
def aspnet(request: Request) -> Response:
    """The pager posts back; the bytes are GB18030 though the header says UTF-8."""
    number = int(request.form.get("__EVENTARGUMENT", "1"))
    if number > 1 and request.form.get("__VIEWSTATE") != f"state{number - 1}":
        return missing()
    rows = "".join(
        f"<tr><td><a href='{asp_address(item)[1:]}'>{item.title}</a></td><td>{item.date}</td></tr>"
        for item in PAGES[number - 1]
    )
    links = "".join(
        f"<a href=\"javascript:__doPostBack('AspNetPager1','{n}')\">{n}</a>"
        for n in range(1, len(PAGES) + 1)
        if n != number
    )
    body = (
        f'<form method="post" action="NewsList.aspx?lanmuid=76"><input type="hidden"'
        f' name="__VIEWSTATE" value="state{number}"><table>{rows}</table><div>{links}</div></form>'
    )
    return Response(f"<html><body>{body}</body></html>".encode("gb18030"))


def old_address(item: Item) -> str:
    return f"/news/{item.serial}.html"


def old_rows(items: Sequence[Item]) -> str:
    return "".join(f"<div><a href='{old_address(i)}'>{i.title}</a> [{i.date}]</div>" for i in items)


def unknown(host: str, entry: str, pager: Callable[[int], str]) -> None:
    @animal(host, entry, old_address, "generic", end="no_pager")
    def answer(request: Request) -> Response:
        number = request.number("page", "cur_page", default=0)
        if not number:
            match = re.search(r"list-(\d)\.html$", request.path)
            number = int(match.group(1)) if match else 1
        if number > len(PAGES):
            return missing()
        return html(f"<div>{old_rows(PAGES[number - 1])}</div><p>{pager(number)}</p>")


def by_text(number: int) -> str:
    more = number < len(PAGES)
    return f'<a href="?class=9&page={number + 1}">下一页</a>' if more else "下一页"


def by_number(number: int) -> str:
    names = range(1, len(PAGES) + 1)
    return "".join(
        f'<a href="/list-{n}.html">{n}</a>' if n != number else f"<b>{n}</b>" for n in names
    )


def by_variable(number: int) -> str:
    script = f"<script>var totalPage = {len(PAGES)};</script>"
    return f'{script}<a href="javascript:go({number + 1})">转到</a>'


unknown("old-text", "/class.asp?class=9", by_text)
unknown("old-number", "/list-1.html", by_number)
unknown("old-variable", "/info/iList.jsp?cat_id=9&cur_page=1", by_variable)


@animal(
    "endless", "/list.asp?page=1", old_address, "generic", end="repeated", items=tuple(PAGES[2][:6])
)
def endless(request: Request) -> Response:
    """Whatever page is asked for, the same rows come, with a link to the next."""
    number = request.number("page")
    return html(f"<div>{old_rows(PAGES[2][:6])}</div><a href='?page={number + 1}'>下一页</a>")


FILES = ["index.html", "index_1.html", "index_2.html"]
series("trs-quoted", FILES, call("createPageHTML('{n}', '{cur}', 'index', 'html');"))
series("trs-records", FILES, call('var m_nRecordCount = "22";var m_nCurrPage={cur};m_nPageSize=8;'))


def file_address(item: Item) -> str:
    return f"/files/{item.serial}.html"


@animal("beside", "/nb.html", file_address, "generic", end="no_pager")
def beside(request: Request) -> Response:
    """The title stands in a cell, the link says 查看."""
    rows = "".join(
        f"<tr><td>{n}</td><td>{item.title}</td><td>{item.date}</td>"
        f'<td><a href="{file_address(item)}">查看</a></td></tr>'
        for n, item in enumerate(ITEMS)
    )
    return html(f"<table><tr><th>序号</th><th>标题</th><th>日期</th></tr>{rows}</table>")


@animal("session", "/list.jsp?page=1", old_address, "generic", "repeated", tuple(PAGES[2][:6]))
def session(request: Request) -> Response:
    """Endless, and every address carries a session that changes at each visit."""
    number = request.number("page")
    rows = old_rows(PAGES[2][:6]).replace(".html'", f".html;jsessionid=A{number}F'")
    return html(
        f"<div>{rows}</div><a href='list.jsp;jsessionid=A{number}F?page={number + 1}'>下一页</a>"
    )


def plain_under(host: str, head: str, family: str) -> None:
    """A system's marks on the page, but rows and pager drawn plainly."""

    @animal(host, "/col/col42150/index.html?uid=3&pageNum=1", old_address, family, end="no_pager")
    def answer(request: Request) -> Response:
        number = request.number("pageNum")
        if number > len(PAGES):
            return missing()
        more = f'<a href="?uid=3&pageNum={number + 1}">下一页</a>' if number < len(PAGES) else ""
        return html(f"{head}<div>{old_rows(PAGES[number - 1])}</div>{more}")


plain_under("plain-jpage", "<script src='/module/jpage/dataproxy.jsp'></script>", "jpage")
plain_under("plain-jpaas", "<script src='/jpaas-publish-server/front/a.js'></script>", "jpaas")
plain_under("plain-fj", "<script>var api = '/fjdzapp/search'</script>", "fjdzapp")
