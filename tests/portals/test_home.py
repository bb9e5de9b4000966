"""From a home page down by the pure readers alone: whatever the way, the listing is reached."""

from urllib.parse import urlsplit

import pytest

from parsers.portals import Page, find_columns, read_listing

HOST = "http://kjj.example.gov.cn"
ROWS = "".join(
    f'<li><a href="/zfxxgk/nb/2024/t20240119_{n}.html">某市科技局{n}年政府信息公开工作年度报告</a>'
    "<span>2024-01-19</span></li>"
    for n in range(2019, 2024)
)
LISTING = f"<html><meta name=ColumnName content=年报><ul>{ROWS}</ul></html>"
NEWS = "".join(
    f'<li><a href="/kjdt/202401/t20240119_{n}.html">科技工作动态之{n}</a>2024-01-19</li>'
    for n in range(5)
)
GUIDE = '<a href="/zfxxgk/zfxxgkzn/">指南</a><a href="/zfxxgk/zfxxgkzd/">制度</a>'
SITES: dict[str, dict[str, str]] = {
    "by text": {
        "/": f'{NEWS}<a href="/gk/">政府信息<br>公开</a><a href="/zwgk/">政务公开</a>',
        "/gk/": '<a href="/gk/zn/">公开指南</a><h3><a href="/x9/">政府信息<br>公开年报</a></h3>',
        "/x9/": LISTING,
    },
    "by a path": {
        "/": f'{NEWS}<a href="/a/zfxxgknb/">进入</a>',
        "/a/zfxxgknb/": LISTING,
    },
    "by a picture": {
        "/": f'{NEWS}<a href="/c12/"><img src=nb.png alt="政府信息公开年报"></a>',
        "/c12/": LISTING,
    },
    "through a script jump": {
        "/": '<a href="/xxgk/">信息公开</a>',
        "/xxgk/": "<script>window.location.href='/xxgk/start.html'</script>",
        "/xxgk/start.html": '<a href="/xxgk/nb/">年报</a>',
        "/xxgk/nb/": "<script>location.replace('./2024/index.html')</script>",
        "/xxgk/nb/2024/index.html": LISTING,
    },
    "through a refresh and a frame": {
        "/": '<a href="/gk/">政府信息公开</a>',
        "/gk/": '<meta http-equiv=refresh content="0;url=/gk/home.html">',
        "/gk/home.html": '<p>年报</p><iframe src="/gk/inner.html"></iframe>' + "说明" * 150,
        "/gk/inner.html": LISTING,
    },
    "by a guess beside the guide": {
        "/": f'{NEWS}<a href="/zfxxgk/">政府信息公开</a>',
        "/zfxxgk/": GUIDE,
        "/zfxxgk/zfxxgknb/": LISTING,
    },
    "by the search": {
        "/": f'{NEWS}<form action="/so/s"><input type=hidden name=siteCode value=3503000001>'
        "<input type=text name=qt></form>",
        "/so/s": LISTING,
    },
    "by the directory of bodies": {
        "/": '<a href="/zfxxgknb/">政府信息公开年报</a>',
        "/zfxxgknb/": '<title>政府信息公开年报</title><a href="/kjj/nb.html">市科技局</a>',
        "/kjj/nb.html": LISTING,
    },
    "by the year": {
        "/": '<a href="/zfxxgknb/">政府信息公开年报</a>',
        "/zfxxgknb/": '<title>政府信息公开年报</title><a href="/zfxxgknb/2024nb/">2024年</a>',
        "/zfxxgknb/2024nb/": LISTING,
    },
}


def steps_to_the_listing(site: dict[str, str]) -> int:
    """Pages read, best column first, until reports are listed."""
    queue, seen = [f"{HOST}/"], set[str]()
    while queue:
        url = queue.pop(0)
        text = site.get(urlsplit(url).path)
        if text is None or url in seen:
            continue
        seen.add(url)
        page = Page(url, text)
        if any("年度报告" in row.title for row in read_listing(page).rows):
            return len(seen)
        queue[:0] = [column.url for column in find_columns(page)]
    raise AssertionError(f"not found; read {sorted(seen)}")


@pytest.mark.parametrize("way", sorted(SITES))
def test_the_listing_is_reached(way: str) -> None:
    assert steps_to_the_listing(SITES[way]) <= len(SITES[way])
