"""Guangdong's catalogue platform: the columns are a tree in a script, the rows come as JSON."""

import re
from collections.abc import Iterator
from typing import NamedTuple
from urllib.parse import urljoin, urlsplit

from lxml.html import HtmlElement

from parsers.portals.jsonrows import json_rows
from parsers.portals.markup import parse, resolve, scripts
from parsers.portals.records import Listing, Page, PageRequest
from parsers.portals.requests import get
from parsers.portals.scripting import Json, decode_json, json_after, number_of
from parsers.portals.walk import number

NAME = "gkmlpt"
_SITE = re.compile(r"\bSID['\"]?\s{0,10}:\s{0,10}['\"]?(\d{1,12})")
_REPORTS = re.compile(r"年报|年度报告")
_OTHER = re.compile(r"决算|预算|财务|统计|法治|网站")
_MAX_LEVELS = 8


class _Node(NamedTuple):
    """A column. `jump` is where it leads instead of listing rows itself."""

    id: int
    name: str
    jump: str


def recognise(page: Page, tree: HtmlElement) -> bool:
    """Whether the page carries the platform's configuration."""
    return "_CONFIG" in page.text and "/gkmlpt/" in f"{page.url}{page.text}"


def read(page: Page) -> Listing:
    """The rows of a node; on the entry page a request for each node of annual reports."""
    return _answer(page) if page.state.get("api") else _entry(page)


def _entry(page: Page) -> Listing:
    code = scripts(parse(page.text))
    site = _SITE.search(code)
    wanted = page.url.partition("#")[2]
    nodes = list(_nodes(json_after(code, "TREE"), _MAX_LEVELS))
    named = [n for n in nodes if _REPORTS.search(n.name) and not _OTHER.search(n.name)]
    chosen = [node for node in nodes if str(node.id) == wanted] or named
    if site is None or not chosen:
        return Listing(NAME, end_reason="unreadable")
    prefix = urlsplit(page.url).path.partition("/gkmlpt")[0]
    root = urljoin(page.url, f"{prefix}/gkmlpt/api/all/")
    onward = tuple(_open(node, root, site.group(1), page.url) for node in dict.fromkeys(chosen))
    return Listing(NAME, (), onward)


def _open(node: _Node, root: str, site: str, referer: str) -> PageRequest:
    jump = resolve(node.jump, referer)
    if jump:
        return PageRequest(jump, state={"family": ""})
    return _request(f"{root}{node.id}", site, 1, referer)


def _nodes(value: Json, levels: int) -> Iterator[_Node]:
    if levels == 0:
        return
    if isinstance(value, list):
        for item in value:
            yield from _nodes(item, levels - 1)
    elif isinstance(value, dict):
        id_, name = value.get("id"), value.get("name")
        if isinstance(id_, int) and isinstance(name, str):
            yield _Node(id_, name, str(value.get("jump_url") or ""))
        yield from _nodes(value.get("children"), levels - 1)


def _request(url: str, site: str, page: int, referer: str, read_so_far: int = 0) -> PageRequest:
    state = {
        "api": url,
        "sid": site,
        "page": str(page),
        "read": str(read_so_far),
        "referer": referer,
    }
    return get(url, {"page": str(page), "sid": site}, referer, state)


def _answer(page: Page) -> Listing:
    value = decode_json(page.text)
    # Sites that serve one page only answer 404 for the second.
    if page.status == 404 and number(page, "page") > 1:
        return Listing(NAME, end_reason="last_page")
    if value is None:
        return Listing(NAME, end_reason="unreadable")
    rows = json_rows(value, urljoin(page.url, "/"))
    total = number_of(value, "post_count", "total", "count")
    read_so_far = number(page, "read") + len(rows)
    if total is not None and read_so_far >= total:
        return Listing(NAME, rows, (), total, "last_page")
    state = page.state
    site, referer = state.get("sid", ""), state.get("referer") or page.url
    onward = _request(state["api"], site, number(page, "page", 1) + 1, referer, read_so_far)
    return Listing(NAME, rows, (onward,), total)
