"""Whole small portals, each with one oddity: what is to be archived, and what the account says."""

import gzip
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from urllib.parse import quote, urlencode

from tests.crawler.server import Answer, Reply, page

BODY = "某市科学技术局"
YEARS = (2025, 2024, 2023, 2022)
PDF = b"%PDF-1.4\n" + b"0 0 obj\n" * 200


@dataclass(frozen=True)
class Site:
    """Answers by path; `wanted` are the paths of report pages, `parts` of what belongs to them.

    `account` are words that the portal's line of the account has; `unseen` paths that nobody may
    ask for.
    """

    start: str
    answers: dict[str, Answer]
    wanted: Iterable[str]
    parts: Iterable[str] = ()
    account: str = "; complete"
    unseen: Iterable[str] = field(default=())


Build = Callable[[], Site]
SITES: dict[str, Site] = {}


def site_registry(sites: dict[str, Site]) -> Callable[[Build], Build]:
    """What registers a portal under the name of the function that builds it."""

    def register(build: Build) -> Build:
        sites[build.__name__.replace("_", "-") + ".gov.cn"] = build()
        return build

    return register


site = site_registry(SITES)


def title(year: int, body: str = BODY) -> str:
    return f"{body}{year}年政府信息公开工作年度报告"


def path(year: int) -> str:
    return f"/nb/{year + 1}01/t{year + 1}0120_{2_000_000 + year}.html"


def article(name: str, more: str = "", body: str = "一、总体情况。主动公开。") -> Reply:
    head = f'<meta name="ArticleTitle" content="{name}"><meta name=SiteIDCode content=4507000042>'
    return page(f"<html><head>{head}</head><h1>{name}</h1><div id=zoom>{body * 40}{more}</div>")


def rows(years: Iterable[int] = YEARS, link: Callable[[int], str] = path) -> str:
    items = (f'<li><a href="{link(y)}">{title(y)}</a><span>{y + 1}-01-20</span></li>'
             for y in years)  # fmt: skip
    return f"<ul>{''.join(items)}</ul>"


def reports(years: Iterable[int] = YEARS) -> dict[str, Answer]:
    return {path(year): article(title(year)) for year in years}


PATHS = [path(year) for year in YEARS]


def moved(target: str, status: str = "301 Moved", headers: str = "") -> Reply:
    head = f"HTTP/1.1 {status}\r\nLocation: {target}\r\n{headers}Content-Length: 0\r\n\r\n"
    return Reply(head.encode())


def typed(body: bytes, media_type: str) -> Reply:
    head = f"HTTP/1.1 200 OK\r\nContent-Type: {media_type}\r\nContent-Length: {len(body)}\r\n\r\n"
    return Reply(head.encode() + body)


# The wire -------------------------------------------------------------------------------------


@site
def drip() -> Site:
    """A report comes in small pieces, with pauses between them."""
    answers = {"/nb/": page(rows()), **reports()}
    answers[PATHS[0]] = Reply(article(title(YEARS[0])).sent, "drip")
    return Site("/nb/", answers, PATHS)


@site
def cut() -> Site:
    """A report breaks off before its announced length: it is no report, and the account says so."""
    whole = article(title(YEARS[0])).sent
    answers = {"/nb/": page(rows()), **reports(), PATHS[0]: Reply(whole[:-200], "close")}
    return Site("/nb/", answers, PATHS[1:], account="1 failed")


@site
def unlabelled_gzip() -> Site:
    """The column is compressed, and no header says so."""
    return Site(
        "/nb/", {"/nb/": typed(gzip.compress(rows().encode()), "text/html"), **reports()}, PATHS
    )


@site
def wide_listing() -> Site:
    """The column is in UTF-16, in which no address can be asked for."""
    wide = typed(rows().encode("utf-16"), "text/html")
    return Site("/nb/", {"/nb/": wide, **reports()}, PATHS)


@site
def wide_robots() -> Site:
    """robots.txt was saved in UTF-16, as a simple editor does."""
    rules = typed("User-agent: *\r\nDisallow: /\r\n".encode("utf-16"), "text/plain")
    answers = {"/nb/": page(rows()), **reports(), "/robots.txt": rules}
    return Site("/nb/", answers, (), account="robots.txt", unseen=("/nb/", *PATHS))


@site
def location_in_gbk() -> Site:
    """A report went to an address in Chinese, told in bytes of GBK."""
    told, there = "/年报/a.html".encode("gbk"), quote("/年报/a.html", encoding="gbk")
    head = b"HTTP/1.1 302 Found\r\nLocation: " + told + b"\r\nContent-Length: 0\r\n\r\n"
    answers = {"/nb/": page(rows()), **reports(), PATHS[0]: Reply(head)}
    return Site("/nb/", {**answers, there: article(title(YEARS[0]))}, (there, *PATHS[1:]))


@site
def twelve_pages() -> Site:
    """A report lies in twelve files, each of which names the next only."""
    names = {n: f"/nb/r_{n}.html" for n in range(2, 13)}
    links = {n: f"<a href='{names.get(n + 1, '')}'>下一页</a>" for n in range(1, 13)}
    answers: dict[str, Answer] = {"/nb/": page(rows((2025,), lambda _: "/nb/r.html"))}
    answers["/nb/r.html"] = article(title(2025), links[1])
    for n, name in names.items():
        answers[name] = page(f"<div id=zoom>第{n}页{'文字' * 60}{links[n]}</div>")
    return Site("/nb/", answers, ["/nb/r.html"], names.values())


@site
def self_redirect() -> Site:
    """The column redirects to itself to set a cookie."""

    def column(request: bytes, _before: int) -> Reply:
        if b"CT6T=1" in request:
            return page(rows())
        return moved("/nb/", "302 Found", "Set-Cookie: CT6T=1; path=/\r\n")

    return Site("/nb/", {"/nb/": column, **reports()}, PATHS)


@site
def clearance() -> Site:
    """A script challenge in two steps: met once, recorded, left alone."""
    challenge = page("<script>document.cookie='__jsl_clearance_s=1'</script>", "521 Origin Down")
    answers = {"/nb/": challenge, **reports()}
    return Site("/nb/", answers, (), account="blocked:jiasule", unseen=PATHS)


@site
def moved_column() -> Site:
    """The column went to another folder, by way of a third; its links are relative."""
    near = rows(link=lambda year: path(year).removeprefix("/nb/"))
    answers = {"/old/": moved("/mid"), "/mid": moved("/nb/"), "/nb/": page(near), **reports()}
    return Site("/old/", answers, PATHS)


@site
def forbidden() -> Site:
    """Some pages are refused; the host goes on to be asked for the others."""
    years = tuple(range(2025, 2016, -1))
    refused = [path(year) for year in years[:4]]
    answers = {"/nb/": page(rows(years)), **reports(years)}
    answers |= dict.fromkeys(refused, page("Forbidden", "403 Forbidden"))
    wanted = [path(year) for year in years[4:]]
    return Site("/nb/", answers, wanted, account="blocked:forbidden")


@site
def robots() -> Site:
    """Everything is forbidden by robots.txt: nothing is asked for, and the account says why."""
    answers: dict[str, Answer] = {
        "/robots.txt": page("User-agent: *\nDisallow: /\n"),
        "/nb/": page(rows()),
    }
    return Site("/nb/", answers, (), account="robots.txt", unseen=["/nb/"])


@site
def robots_of_one() -> Site:
    """One report is forbidden by robots.txt: the portal is not complete."""
    closed = path(2024)
    rules = {"/robots.txt": page(f"User-agent: *\nDisallow: {closed}\n")}
    wanted = [each for each in PATHS if each != closed]
    told = "1 page(s) forbidden by robots.txt"
    return Site("/nb/", {"/nb/": page(rows()), **reports(), **rules}, wanted, (), told, [closed])


@site
def gone_home() -> Site:
    """Two reports were taken down: their addresses redirect to the home page and to the column."""
    answers = {"/nb/": page(rows()), "/": page("<a href=/nb/>年报</a>"), **reports()}
    answers |= {PATHS[0]: moved("/", "302 Found"), PATHS[1]: moved("/nb/", "302 Found")}
    return Site("/nb/", answers, PATHS[2:], account="2 failed")


@site
def index_instead() -> Site:
    """Asked too often, the portal answers its column in the place of a report."""
    answers = {"/nb/": page(rows()), **reports(), PATHS[1]: page(rows())}
    return Site("/nb/", answers, [PATHS[0], *PATHS[2:]], account="1 blocked")


# Labels ---------------------------------------------------------------------------------------


@site
def mislabelled() -> Site:
    """The column is said to be a file, a report plain text, and an attachment an error page."""
    more = '<a href="/files/a.pdf">附件1.pdf</a><a href="/down?id=7">附件2.pdf</a>'
    answers: dict[str, Answer] = {
        "/nb/": typed(rows().encode(), "application/octet-stream"), **reports(),
        PATHS[0]: typed(article(title(YEARS[0])).sent.partition(b"\r\n\r\n")[2], "text/plain"),
        PATHS[1]: article(title(YEARS[1]), more),
        "/files/a.pdf": page("<title>404</title>您访问的页面不存在"),
        "/down": typed(PDF, "text/html"), "/down?id=7": typed(PDF, "text/html"),
    }  # fmt: skip
    return Site("/nb/", answers, PATHS, ["/down?id=7"], account="1 page(s) with missing parts")


@site
def no_years() -> Site:
    """No title tells a year; the reports of two years came out in one month."""
    name = "政府信息公开工作年度报告"
    links = {f"/nb/202401/t2024012{n}_{n}.html": f"2024-01-2{n}" for n in range(1, 5)}
    listed = "".join(f"<li><a href={u}>{name}</a><span>{d}</span></li>" for u, d in links.items())
    answers = {url: article(name) for url in links}
    return Site("/nb/", {"/nb/": page(f"<ul>{listed}</ul>"), **answers}, links)


@site
def documents() -> Site:
    """A row that is a PDF, a page with a viewer, one with an image, one with an attachment."""
    pdf = "/nb/P020250120.pdf"
    links = {2025: pdf, 2024: path(2024), 2023: path(2023), 2022: path(2022)}
    image, shown, file = "/nb/202401/W020240120.jpg", "/files/2024.pdf", "/nb/202301/P02023.docx"
    answers: dict[str, Answer] = {
        "/nb/": page(rows(links, links.__getitem__)), pdf: typed(PDF, "application/pdf"),
        path(2024): page(f"<h1>{title(2024)}</h1><iframe src='/web/viewer.html?file={shown}'>"),
        path(2023): page(f"<h1>{title(2023)}</h1><div id=zoom><img src='{image}'></div>"),
        path(2022): page(f"<h1>{title(2022)}</h1><div id=zoom><a href='{file}'>报告全文.docx</a>"),
        shown: typed(PDF, "application/pdf"), image: typed(b"\xff\xd8\xff\xe0" * 90, "image/jpeg"),
        file: typed(b"PK\x03\x04" * 90, "application/octet-stream"),
    }  # fmt: skip
    return Site("/nb/", answers, list(links.values()), [shown, image, file])


# Ways to the reports --------------------------------------------------------------------------


@site
def framed() -> Site:
    """The listing stands in a frame, and so does its pager."""
    older = (2021, 2020)
    first = page(rows() + '<a href="list2.html">下一页</a>')
    answers = {
        "/zfxxgk/nb/": page("<h2>政府信息公开年报</h2><iframe src='/frame/list.html'></iframe>"),
        "/frame/list.html": first, "/frame/list2.html": page(rows(older)), **reports(),
        **reports(older),
    }  # fmt: skip
    return Site("/zfxxgk/nb/", answers, [*PATHS, *(path(year) for year in older)])


@site
def years() -> Site:
    """A column for each year, reached by tabs."""
    tabs = "".join(f"<a href='/zfxxgknb/{year}/'>{year}年</a>" for year in YEARS)
    answers: dict[str, Answer] = {"/zfxxgknb/": page(f"<title>政府信息公开年报</title>{tabs}")}
    answers |= {f"/zfxxgknb/{year}/": page(tabs + rows([year])) for year in YEARS}
    return Site("/zfxxgknb/", {**answers, **reports()}, PATHS)


@site
def departments() -> Site:
    """One page names the departments, each with a column of its own; one more is a table."""
    names = {"jyj": "某市教育局", "mzj": "某市民政局", "czj": "某市财政局"}
    links = "".join(f"<li><a href='/bm/{key}/'>{name}</a></li>" for key, name in names.items())
    answers: dict[str, Answer] = {
        "/zfxxgknb/": page(f"<title>政府信息公开年报</title><ul>{links}</ul>")
    }
    wanted: list[str] = []
    for key, name in names.items():
        own = {year: f"/bm/{key}/{year + 1}01/t{year + 1}0120_{year}.html" for year in YEARS}
        items = "".join(f"<li><a href='{u}'>{title(y, name)}</a>{y + 1}-01-20</li>"
                        for y, u in own.items())  # fmt: skip
        answers[f"/bm/{key}/"] = page(f"<ul>{items}</ul>")
        answers |= {url: article(title(year, name)) for year, url in own.items()}
        wanted += own.values()
    return Site("/zfxxgknb/", answers, wanted)


@site
def department_years() -> Site:
    """A table: a row for each department, a cell for each year."""
    names = ("某市教育局", "某市民政局", "某市财政局")
    link = {(n, y): f"/gk/{n}/{y}/content.html" for n in range(3) for y in YEARS}
    table = "".join(
        f"<tr><td>{name}</td>" + "".join(f"<td><a href={link[n, y]}>{y}年</a></td>" for y in YEARS)
        for n, name in enumerate(names)
    )
    answers = {url: article(title(y, names[n])) for (n, y), url in link.items()}
    start = page(f"<title>政府信息公开工作年度报告</title><table>{table}</table>")
    return Site("/zfxxgknb/", {"/zfxxgknb/": start, **answers}, link.values())


@site
def pictures() -> Site:
    """The way down is drawn: a picture with an alt text, then a map with a title."""
    home = "<a href=/gk/><img src=/images/gk.png alt=政府信息公开></a><a href=/news/>要闻</a>"
    drawn = '<map><area shape=rect coords=1,1,9,9 href="/gk/bg/" title="政府信息公开年报"></map>'
    answers = {"/": page(home), "/gk/": page(drawn), "/gk/bg/": page(rows()), **reports()}
    return Site("/", answers, PATHS)


@site
def search_only() -> Site:
    """No link leads to the reports; the portal's own search finds them."""
    home = (
        "<a href=/news/>要闻</a><form action=/s><input name=searchWord><input type=submit></form>"
    )
    results = page(rows())
    query = "/s?" + urlencode({"searchWord": "政府信息公开工作年度报告"})
    return Site("/", {"/": page(home), query: results, **reports()}, PATHS)


# Pagers of other shapes -----------------------------------------------------------------------

OLDER = (2021, 2020, 2019)
ALL = [*PATHS, *(path(year) for year in OLDER)]


def two_pages(start: str, way: str, second: str, last: str = "", **more: str) -> Site:
    answers = {start: page(rows() + way), second: page(rows(OLDER) + last)}
    answers |= {url: page(text) for url, text in more.items()}
    return Site(start, {**answers, **reports(), **reports(OLDER)}, ALL)


@site
def no_page_count() -> Site:
    """A TRS column that does not tell how many files it has: the next is there all the same."""
    mark = "<script src='/images/trs.js'></script><div class=TRS_PreAppend></div>"
    return two_pages("/nb/index.html", mark, "/nb/index_1.html")


@site
def folder_pager() -> Site:
    """A folder for each page."""
    return two_pages("/nb/", "<b>1</b> <a href=/nb/page/2/>2</a>", "/nb/page/2/")


@site
def offset_pager() -> Site:
    """Rows to leave out, not pages."""
    return two_pages("/list?cat=3", "<a href='/list?cat=3&start=4'>后页</a>", "/list?cat=3&start=4")


@site
def data_pager() -> Site:
    """The address stands in an attribute of a button, to be loaded by script."""
    way = '<button class=more data-url="/list/more_2.html">加载更多</button>'
    return two_pages("/list/", way, "/list/more_2.html")


@site
def onclick_pager() -> Site:
    """The next page is opened by a click script."""
    way = "<span onclick=\"location.href='/list.asp?id=3&pg=2'\">下 一 页 &gt;&gt;</span>"
    return two_pages("/list.asp?id=3", way, "/list.asp?id=3&pg=2")


@site
def select_pager() -> Site:
    """The pages are choices of a list."""
    way = ("<select onchange='location=this.value'><option value='/l_1.html' selected>1</option>"
           "<option value='/l_2.html'>2</option></select>")  # fmt: skip
    return two_pages("/l_1.html", way, "/l_2.html", way.replace(" selected", ""))


@site
def worded_pager() -> Site:
    """Numbers in words: 第2页."""
    return two_pages("/a/", "<a href='?p=1'>第1页</a><a href='?p=2'>第2页</a>", "/a/?p=2")


# Listings that end too early ------------------------------------------------------------------


@site
def closed_pager() -> Site:
    """A pager that only a script of another file could work: what was read is not all."""
    way = "<a href='javascript:;' onclick='turnPage()'>下一页</a><script src=/pager.js></script>"
    return Site("/nb/", {"/nb/": page(rows() + way), **reports()}, PATHS, account="incomplete:")


@site
def closed_count() -> Site:
    """More rows are announced than are shown, and no way leads to them."""
    start = page(rows() + "<p>共31条</p>")
    return Site("/nb/list?c=1", {"/nb/list?c=1": start, **reports()}, PATHS,
                account="31 rows are announced and 4 could be read")  # fmt: skip


@site
def closed_series() -> Site:
    """Three pages are announced, and no file of any name is there."""
    script = "<script>var totalPages = 3;</script>"
    return Site("/nb/list.html", {"/nb/list.html": page(rows() + script), **reports()}, PATHS,
                account="3 pages are announced and 1 could be read")  # fmt: skip


@site
def numbered_from_two() -> Site:
    """The second file has the number two: there is none of the number one."""
    script = "<script>createPageHTML(2, 0, 'index', 'html');</script>"
    answers = {"/nb/": page(rows() + script), "/nb/index_2.html": page(rows(OLDER))}
    years = (*YEARS, *OLDER)
    return Site("/nb/", {**answers, **reports(years)}, ALL)


@site
def single_page() -> Site:
    """A pager of one page, as systems draw it, is no sign of more."""
    link = "<a href='javascript:;'>"
    way = f"<p>共4条 第1页/共1页 {link}上一页</a>{link}下一页</a></p>"
    return Site("/nb/", {"/nb/": page(rows() + way), **reports()}, PATHS)
