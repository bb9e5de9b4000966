"""UCAP: static lists `list.shtml, list_2.shtml ...`, or JSON from a search interface."""

import re
from collections.abc import Iterator
from urllib.parse import urljoin

from lxml.html import HtmlElement

from parsers.portals import pagers
from parsers.portals.jsonrows import json_rows
from parsers.portals.markup import meta, parse, scripts
from parsers.portals.page_numbers import page_number
from parsers.portals.records import Listing, Page, PageRequest
from parsers.portals.requests import get
from parsers.portals.rows import tree_rows
from parsers.portals.scripting import Json, decode_json, number_of
from parsers.portals.walk import number

NAME = "ucap"
_CUES = re.compile(
    r"<UCAPTITLE|<UCAPCONTENT|UCAP-CONTENT|/common/search/[0-9a-f]{32}|/searchList/[0-9a-f]{32}"
    r"|/getLocalList\?channelCode|createPageHTML\(\s*['\"][a-z_#]",
    re.IGNORECASE,
)
_SEARCH = re.compile(
    r"['\"]([^'\"\s]{0,200}/(?:common/search|searchList)/[0-9a-f]{32}[^'\"\s]{0,500})['\"]", re.I
)
_CHANNELS = re.compile(
    r"['\"]([^'\"\s]{0,200}/getLocalList\?channelCode=[^'\"\s&]{1,60}[^'\"\s]{0,200})['\"]"
)
_CALL = re.compile(r"createPageHTML\(\s*(['\"][^()]{1,300})\)", re.IGNORECASE)
_QUERY = {"_isAgg": "true", "_isJson": "true", "_template": "index"}
_PAGE_SIZE = "18"
_MAX_CHANNELS = 10


def recognise(page: Page, tree: HtmlElement) -> bool:
    """Whether the page shows a cue of UCAP."""
    return bool(_CUES.search(page.text))


def read(page: Page) -> Listing:
    """The rows of an answer or a static page; on an entry page the first request."""
    if page.state.get("search"):
        return _answer(page)
    if page.state.get("channels"):
        return _channels(page)
    tree = parse(page.text)
    rows = tree_rows(tree, page.url, meta(tree, "ColumnName"))
    onward = tuple(_interfaces(page, tree)) or tuple(_static(page, tree))
    if onward:
        return Listing(NAME, rows, onward)
    return Listing(NAME, rows, (), None, "last_page") if _call(tree) else _linked(page, tree)


def _linked(page: Page, tree: HtmlElement) -> Listing:
    rows = tree_rows(tree, page.url, meta(tree, "ColumnName"))
    return Listing(NAME, rows, pagers.onward(page, tree))


def _interfaces(page: Page, tree: HtmlElement) -> Iterator[PageRequest]:
    code = scripts(tree)
    search, channels = _SEARCH.search(code), _CHANNELS.search(code)
    if search:
        yield _request(urljoin(page.url, search.group(1)), 1, page.url)
    elif channels:
        url = urljoin(page.url, channels.group(1))
        yield get(url, {}, page.url, {"channels": "1", "referer": page.url})


def _request(url: str, page: int, referer: str) -> PageRequest:
    values = {**_QUERY, "page": str(page)}
    if "_pageSize=" not in url:
        values["_pageSize"] = _PAGE_SIZE
    state = {"search": url, "page": str(page), "referer": referer}
    return get(url, values, referer, state)


def _channels(page: Page) -> Listing:
    """The channel list names the search interfaces of the column."""
    referer = page.state.get("referer") or page.url
    ids = list(dict.fromkeys(_channel_ids(decode_json(page.text), 6)))[:_MAX_CHANNELS]
    onward = tuple(_request(urljoin(page.url, f"/common/search/{id_}"), 1, referer) for id_ in ids)
    return Listing(NAME, (), onward, end_reason="" if onward else "unreadable")


def _channel_ids(value: Json, levels: int) -> Iterator[str]:
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    if isinstance(value, dict) and isinstance(value.get("channelId"), str):
        yield str(value["channelId"])
    if levels:
        for item in inner:
            yield from _channel_ids(item, levels - 1)


def _answer(page: Page) -> Listing:
    value = decode_json(page.text)
    if value is None:
        return Listing(NAME, end_reason="unreadable")
    referer = page.state.get("referer") or page.url
    rows = json_rows(value, referer)
    total, size = number_of(value, "total"), number_of(value, "rows", "pageSize")
    current = number(page, "page", 1)
    if total is not None and size and current * size >= total:
        return Listing(NAME, rows, (), total, "last_page")
    return Listing(NAME, rows, (_request(page.state["search"], current + 1, referer),), total)


def _call(tree: HtmlElement) -> list[str]:
    """The arguments of the static pager: element, pages, current, stem, extension, rows."""
    match = _CALL.search(scripts(tree))
    parts = [part.strip(" '\"\t\r\n") for part in match.group(1).split(",")] if match else []
    return parts if len(parts) >= 5 and parts[1].isdigit() and parts[2].isdigit() else []


def _static(page: Page, tree: HtmlElement) -> Iterator[PageRequest]:
    call = _call(tree)
    if not call:
        return
    _, pages, _, stem, ext, *_ = call
    # The number in the address beats the call's: some templates print 1 on every page.
    current = max(1, page_number(page.url))
    if current < int(pages):
        yield PageRequest(urljoin(page.url, f"{stem}_{current + 1}.{ext}"))
