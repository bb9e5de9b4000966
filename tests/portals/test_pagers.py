"""The arithmetic of pagers: nothing skipped, nothing twice, always an end."""

from urllib.parse import urljoin

from hypothesis import given
from hypothesis import strategies as st

from parsers.portals import Listing, Page, read_listing
from parsers.portals.page_numbers import page_number, with_page_number

ENTRY = "http://kjj.example.gov.cn/xxgknb/index.html"


def row(serial: int) -> str:
    link = f'<a href="./202401/t20240119_{serial}.html">第{serial}行</a>'
    return f"<li>{link}<span>2024-01-19</span></li>"


def follow(pages: dict[str, str], entry: str, limit: int) -> list[Listing]:
    """Reads from page to page; what is not there is a stub with status 200."""
    listings = [read_listing(Page(entry, pages[entry]))]
    while listings[-1].next:
        assert len(listings) <= limit, "no end"
        (request,) = listings[-1].next
        text = pages.get(request.url, "<html></html>")
        listings.append(read_listing(Page(request.url, text, state=request.state)))
    return listings


@given(count=st.integers(1, 30), first=st.integers(1, 3), per_page=st.integers(1, 4))
def test_series_of_any_length_and_first_number(count: int, first: int, per_page: int) -> None:
    """Page 2 is index_1, index_2 or index_3: all rows come, in order, and the walk ends."""
    pages = {}
    for n in range(count):
        rows = "".join(row(1000 + n * per_page + k) for k in range(per_page))
        name = "index.html" if n == 0 else f"index_{n - 1 + first}.html"
        call = f'<script>createPageHTML({count}, {n}, "index", "html");</script>'
        pages[urljoin(ENTRY, name)] = f"<ul>{rows}</ul>{call}"
    listings = follow(pages, ENTRY, count + 4)
    found = [int(r.url.rsplit("_", 1)[1][:-5]) for listing in listings for r in listing.rows]
    lost = max(0, first - 2) if count > 1 else 0
    wanted = list(range(1000, 1000 + (count - lost) * per_page))
    assert found[: len(wanted)] == wanted
    assert listings[-1].end_reason


@given(count=st.integers(1, 40))
def test_reversed_series(count: int) -> None:
    """VSB: page k is file N-k+1."""
    base = "http://jw.example.edu.gov.cn/zwgk/nb"
    pages = {}
    for k in range(1, count + 1):
        url = f"{base}.htm" if k == 1 else f"{base}/{count - k + 1}.htm"
        link = f'<li><a href="/info/1276/{5000 + k}.htm">行</a><span>2024-01-19</span></li>'
        pages[url] = (
            f"<!--Announced by Visual SiteBuilder 9--><ul>{link}</ul>"
            f"<div class=pb_sys_common>共{count}条 {k}/{count}</div>"
        )
        pages[url] += f"<script>_simple_list_gotopage_fun({count},'u7',2)</script>"
    listings = follow(pages, f"{base}.htm", count + 1)
    assert len(listings) == count
    assert listings[-1].end_reason == "last_page"


@given(
    page=st.integers(1, 9999),
    other=st.integers(1, 9999),
    shape=st.sampled_from(
        [
            "/list_{}.html",
            "/a/list-{}.shtml",
            "/l.asp?class=9&page={}",
            "/l.jsp?cur_page={}&x=%E5%B9%B4",
        ]
    ),
)
def test_page_numbers_of_addresses(page: int, other: int, shape: str) -> None:
    url = f"http://a.gov.cn{shape.format(page)}"
    assert page_number(url) == page
    changed = with_page_number(url, other)
    assert page_number(changed) == other
    assert with_page_number(changed, page) == url


@given(st.text(max_size=300), st.sampled_from(["", "trs", "jpage", "jpaas", "ucap", "gkmlpt"]))
def test_any_text_gives_a_listing(text: str, family: str) -> None:
    listing = read_listing(Page(ENTRY, text, state={"family": family} if family else {}))
    assert bool(listing.next) != bool(listing.end_reason)


def test_a_pinned_family_is_kept() -> None:
    text = '<script>createPageHTML(3, 0, "index", "html");</script>'
    assert read_listing(Page(ENTRY, text, state={"family": "generic"})).family == "generic"


def paged(pager: str, url: str = "http://a.gov.cn/list.asp?id=9") -> tuple[str, str, bytes]:
    rows = "".join(f'<div><a href="/n/{n}.html">行{n}</a> 2024-01-1{n}</div>' for n in (1, 2))
    listing = read_listing(Page(url, rows + pager))
    assert len(listing.rows) == 2
    (request,) = listing.next
    return request.method, request.url, request.body


def test_pagers_of_the_unknown() -> None:
    form = '<form name=f method=post action="list.asp?id=9"><input name=page value=1></form>'
    script = '<a href="javascript:go(2)">下一页</a>'
    assert paged(script + form) == ("POST", "http://a.gov.cn/list.asp?id=9", b"page=2")
    for pager in (
        '<a href="?p=2"><img src=n.gif alt="下一页"></a>',
        '<a href="?p=2" class="page-next"></a>',
        "<link rel=next href='?p=2'>",
        '<a href="?p=2">&gt;</a>',
    ):
        assert paged(pager, "http://a.gov.cn/list")[1] == "http://a.gov.cn/list?p=2"
    opened = "<input type=button value=下一页 onclick=\"location.href='list.asp?id=9&p=2'\">"
    assert paged(opened)[1] == "http://a.gov.cn/list.asp?id=9&p=2"
    choice = (
        '<select><option value="l_1.html">1</option><option value="l_2.html">2</option></select>'
    )
    assert paged(choice, "http://a.gov.cn/l_1.html")[1] == "http://a.gov.cn/l_2.html"
    numbers = '<span class="current">1</span><a href="l2.html">2</a><a href="l3.html">3</a>'
    assert paged(numbers)[1] == "http://a.gov.cn/l2.html"


def test_a_folder_takes_the_extension_of_its_articles() -> None:
    """`createPage(3,0)` names no file, and the address ends with a folder."""
    rows = '<li><a href="./202401/t20240119_1.shtml">行</a>2024-01-19</li>'
    text = f"{rows}<script>createPage(3,0)</script>"
    (request,) = read_listing(Page("http://a.gov.cn/xxgknb/", text)).next
    assert request.url == "http://a.gov.cn/xxgknb/index_1.shtml"
