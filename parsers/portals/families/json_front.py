"""Pages that show no rows themselves: their script asks some interface, page by page, for JSON.

Covers the fronts that no other family knows: an address with a page number and a page size in its
query, or an object literal with them beside an address.
"""

import re
from collections.abc import Iterator
from html import unescape
from typing import NamedTuple
from urllib.parse import parse_qsl, urljoin, urlsplit

from lxml.html import HtmlElement

from parsers.portals.jsonrows import json_rows
from parsers.portals.markup import meta, parse, resolve, scripts
from parsers.portals.pagers import PAGE_KEYS
from parsers.portals.records import Listing, Page, PageRequest
from parsers.portals.requests import get, packed, post, unpacked
from parsers.portals.rows import fragment_rows, tree_rows
from parsers.portals.scripting import Json, decode_json, number_of, pairs
from parsers.portals.walk import number

NAME = "json"
SIZE_KEYS = ("pagesize", "prepage", "perpage", "per_page", "size", "limit", "rows", "_pagesize")
_ADDRESS = re.compile(r"['\"]([^'\"\s<>]{1,300}\?[^'\"\s<>]{3,600})['\"]")
_LITERAL = re.compile(r"\{([^{}]{10,2000})\}")
_QUOTED_PATH = re.compile(r"['\"]((?:https?:/)?/[^'\"\s<>]{2,300})['\"]")
_NAME_IN_LITERAL = re.compile(r"['\"]?\b(\w{1,40})\b['\"]?\s{0,10}:")
_POSTED = re.compile(r"\bpost\b|['\"]post['\"]", re.IGNORECASE)
_BEFORE = 400
_ROWS_PER_PAGE = 15


class _Interface(NamedTuple):
    url: str
    values: dict[str, str]
    page_key: str
    posted: bool


def recognise(page: Page, tree: HtmlElement) -> bool:
    """Whether a script names a paged interface and the page shows no rows."""
    found = next(_interfaces(tree, page.url), None)
    return found is not None and not tree_rows(tree, page.url)


def read(page: Page) -> Listing:
    """An answer's rows; on the entry page the first request."""
    if page.state.get("interface"):
        return _answer(page)
    tree = parse(page.text)
    rows = tree_rows(tree, page.url, meta(tree, "ColumnName"))
    found = next(_interfaces(tree, page.url), None)
    if found is None:
        return Listing(NAME, rows, end_reason="unreadable")
    state = {
        "interface": found.url,
        "values": packed(found.values),
        "key": found.page_key,
        "posted": "1" if found.posted else "",
        "referer": page.url,
    }
    return Listing(NAME, rows, (_request(state, 1, 0),))


def _interfaces(tree: HtmlElement, url: str) -> Iterator[_Interface]:
    code = scripts(tree)
    for match in _ADDRESS.finditer(code):
        target = resolve(unescape(match.group(1)), url)
        values = dict(parse_qsl(urlsplit(target).query, keep_blank_values=True))
        yield from _interface(target.partition("?")[0], values, set(values), False)
    for match in _LITERAL.finditer(code):
        before = code[max(0, match.start() - _BEFORE) : match.start()]
        paths = _QUOTED_PATH.findall(before)
        names = set(_NAME_IN_LITERAL.findall(match.group(1)))
        if paths:
            posted = bool(_POSTED.search(before))
            yield from _interface(urljoin(url, paths[-1]), pairs(match.group(1)), names, posted)


def _interface(
    url: str, values: dict[str, str], names: set[str], posted: bool
) -> Iterator[_Interface]:
    page_key = next((name for name in sorted(names) if name.casefold() in PAGE_KEYS), "")
    size_key = next((name for name in sorted(names) if name.casefold() in SIZE_KEYS), "")
    if url and page_key and size_key:
        yield _Interface(url, {size_key: str(_ROWS_PER_PAGE), **values}, page_key, posted)


def _request(state: dict[str, str], page: int, read_so_far: int) -> PageRequest:
    values = {**unpacked(state.get("values", "")), state.get("key", "page"): str(page)}
    send = post if state.get("posted") else get
    state = {**state, "page": str(page), "read": str(read_so_far)}
    return send(state["interface"], values, state.get("referer", state["interface"]), state)


def _answer(page: Page) -> Listing:
    value = decode_json(page.text)
    referer = page.state.get("referer") or page.url
    rows = json_rows(value, referer) or fragment_rows(_markup(value, 4), referer)
    if not rows:
        return Listing(NAME, end_reason="unreadable" if value is None else "empty")
    total = number_of(value, "total", "totalCount", "recordCount", "totalRecord", "count")
    pages = number_of(value, "pageCount", "totalPage", "totalPages", "pages")
    current = number(page, "page", 1)
    read_so_far = number(page, "read") + len(rows)
    if (pages is not None and current >= pages) or (total is not None and read_so_far >= total):
        return Listing(NAME, rows, (), total, "last_page")
    return Listing(NAME, rows, (_request(dict(page.state), current + 1, read_so_far),), total)


def _markup(value: Json, levels: int) -> str:
    """The first text with links in a JSON answer."""
    if isinstance(value, str):
        return value if "<a" in value else ""
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    if levels == 0:
        return ""
    return next((text for item in inner if (text := _markup(item, levels - 1))), "")
