"""Hostile and broken pages: bounded time, no exception, a told end."""

import time

import pytest

from parsers.portals import Page, find_columns, read_article, read_listing, recognise_wall
from parsers.portals.choice import FAMILIES

URL = "http://kjj.example.gov.cn/xxgknb/index.html"
SIZE = 300_000
BOMBS = {
    "nesting": "<div>" * 60_000,
    "open_links": "<a href=x>2024-01-01 " * 8_000,
    "rows": "<li><a href=/t20240101_{}.html>行</a>2024-01-01</li>" * 5_000,
    "spaces": "共" + " " * SIZE,
    "digits": "1" * SIZE,
    "quotes": "document.writeln('" * 15_000,
    "records": "<datastore><record>" * 15_000,
    "braces": "<script>" + "{channelid:" * 20_000 + "</script>",
    "calls": "<script>" + "createPageHTML(" * 20_000 + "</script>",
    "json": "[" * SIZE,
    "json_objects": '{"data":' * 40_000,
    "nulls": "\x00\ud800" * 10_000,
    "config": "<script>window._CONFIG = {TREE:" + '[{"id":1,"name":"年报","children":' * 9_000,
    "functions": "<script>"
    + "function f(a){$.post('/x/l.do',{page:1,size:10,org:a})}f('1');f('2');" * 1_500
    + "</script>",
    "sent_by_name": "<script>" + "JSON.stringify({data:{page:1,size:2}," * 3_000 + "</script>",
    "forms": "<form><input name=page>" * 10_000 + "<a href='javascript:go(2)'>下一页</a>",
    "location": "<script>" + "location.href=" * 20_000 + "</script>",
    "tags": "<" * SIZE,
    "entities": "&lt;record&gt;" * 20_000,
    "next_links": "".join(f"<a href=x{n}>下页</a>" for n in range(10_000)),
    "year_boxes": "<form>" + "<select name=y><option>2010<option>2011</select>" * 6_000,
    "body_boxes": "<form>" + "<select name=b><option>某局<option>某厅</select>" * 6_000,
    "dates": "2024-1-" * 40_000,
    "viewers": "<ul>"
    + "<li><a href='/pdf/viewer.html?file=http://[x'>某局2023年政府信息公开年报</a>2024-01-01" * 3
    + "</ul><iframe src='/pdf/viewer.html?file=http://[x.pdf'></iframe>",
    "urls": "<a href='http://[::1'>坏</a><a href='//'>坏</a><a href='http://a:b/'>坏</a>" * 1_500,
}


@pytest.mark.parametrize("name", sorted(BOMBS))
def test_no_page_takes_long_or_raises(name: str) -> None:
    text = BOMBS[name]
    started = time.process_time()
    read_listing(Page(URL, text))
    read_article(Page(URL, text))
    find_columns(Page(URL, text))
    recognise_wall(200, {}, text.encode("utf-8", "replace"))
    assert time.process_time() - started < 8


@pytest.mark.parametrize("family", [family.NAME for family in FAMILIES])
@pytest.mark.parametrize("name", ["json", "records", "nulls", "config", "tags"])
def test_no_family_chokes(family: str, name: str) -> None:
    text = BOMBS[name]
    keys = ("form", "proxy", "group", "unit", "search", "channels", "api", "label", "module")
    states = [{"family": family}, *({"family": family, key: "1"} for key in keys)]
    started = time.process_time()
    for state in states:
        listing = read_listing(Page(URL, text[:60_000], state=state))
        assert bool(listing.next) != bool(listing.end_reason)
    assert time.process_time() - started < 8


@pytest.mark.parametrize("bodies", [150, 250, 450])
def test_bodies_that_are_not_asked_for_are_told(bodies: int) -> None:
    options = "".join(f"<option value={n}>{chr(0x4E00 + n)}镇</option>" for n in range(bodies))
    script = "function load(org){$.post('/api/list.do',{page:1,size:15,org:org},show)}"
    box = f'<select onchange="load(this.value)">{options}</select>'
    listing = read_listing(Page(URL, f"<body>{box}<script>{script}</script></body>"))
    told = {request.state["hint"].partition(" ")[0] for request in listing.next}
    assert len(listing.next) == min(bodies, 200)
    assert told == {str(bodies - 200) if bodies > 200 else ""}
