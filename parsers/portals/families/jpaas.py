"""Hanweb JPaaS: lists come as markup inside JSON from the publish server's unit interface."""

import json
import re
from collections.abc import Iterator
from urllib.parse import urljoin

from lxml.html import HtmlElement

from parsers.portals import pagers
from parsers.portals.markup import meta, parse
from parsers.portals.records import Listing, Page, PageRequest
from parsers.portals.requests import get, packed, unpacked
from parsers.portals.rows import fragment_rows, tree_rows
from parsers.portals.scripting import Json, decode_json, pairs
from parsers.portals.walk import number

NAME = "jpaas"
_CUE = "jpaas-publish-server"
_LIST_TAG = re.compile(r"list|列表|信息|内容", re.IGNORECASE)
_ROWS_PER_PAGE = 15
_MAX_UNITS = 5
_HTML_LEVELS = 5


def recognise(page: Page, tree: HtmlElement) -> bool:
    """Whether the page loads units from the publish server."""
    return _CUE in page.text


def read(page: Page) -> Listing:
    """A unit's rows; on the entry page the first request of each list unit."""
    return _answer(page) if page.state.get("unit") else _entry(page)


def _entry(page: Page) -> Listing:
    tree = parse(page.text)
    units = list(_units(tree))
    lists = [unit for unit in units if _LIST_TAG.search(unit[1].get("tagId", ""))] or units
    onward = tuple(
        _request(urljoin(page.url, url), query, 1, _ROWS_PER_PAGE, page.url)
        for url, query in lists[:_MAX_UNITS]
    )
    rows = tree_rows(tree, page.url, meta(tree, "ColumnName"))
    if rows:
        # Drawn by the server: then the pager is too, and the units may be those of the frame.
        onward = (*onward, *pagers.onward(page, tree))
    return Listing(NAME, rows, onward, end_reason="" if onward else "unreadable")


def _units(tree: HtmlElement) -> Iterator[tuple[str, dict[str, str]]]:
    for node in tree.iter("script", "div"):
        url = node.get("url") or ""
        query = pairs(node.get("querydata") or "")
        if _CUE in url and query:
            yield url, query


def _request(url: str, query: dict[str, str], page: int, size: int, referer: str) -> PageRequest:
    paging = json.dumps({"pageNo": page, "pageSize": size}, separators=(",", ":"))
    state = {"unit": url, "query": packed(query), "page": str(page), "referer": referer}
    return get(url, {**query, "paramJson": paging}, referer, {**state, "size": str(size)})


def _answer(page: Page) -> Listing:
    value = decode_json(page.text)
    markup = _markup(value, _HTML_LEVELS)
    if not markup:
        return Listing(NAME, end_reason="unreadable" if value is None else "empty")
    referer = page.state.get("referer") or page.url
    rows = fragment_rows(markup, referer)
    total, size = _counts(parse(markup))
    size = size or number(page, "size", _ROWS_PER_PAGE)
    current = number(page, "page", 1)
    if total is not None and current * size >= total:
        return Listing(NAME, rows, (), total, "last_page")
    query = unpacked(page.state.get("query", ""))
    request = _request(page.state["unit"], query, current + 1, size, referer)
    return Listing(NAME, rows, (request,), total)


def _markup(value: Json, levels: int) -> str:
    if isinstance(value, dict) and levels:
        own = value.get("html")
        if isinstance(own, str):
            return own
        return next((text for v in value.values() if (text := _markup(v, levels - 1))), "")
    return ""


def _counts(tree: HtmlElement) -> tuple[int | None, int]:
    """The number of rows and the page size that the pager's element carries."""
    for node in tree.iter():
        count, size = str(node.get("count") or ""), str(node.get("rows") or "")
        if count.isascii() and count.isdigit():
            return int(count[:8]), int(size[:4]) if size.isascii() and size.isdigit() else 0
    return None, 0
