"""JSON and JSONP fronts: the page's script asks an interface by GET with page and callback."""

import re
from html import unescape
from urllib.parse import parse_qsl, urljoin, urlsplit

from lxml.html import HtmlElement

from parsers.portals.jsonrows import json_rows
from parsers.portals.markup import meta, parse
from parsers.portals.page_numbers import PAGE_KEYS, page_number, with_page_number
from parsers.portals.records import Listing, Page, PageRequest
from parsers.portals.requests import get
from parsers.portals.rows import tree_rows
from parsers.portals.scripting import decode_json, number_of
from parsers.portals.walk import number

NAME = "jsonp"
_ADDRESS = re.compile(
    r"['\"]([^'\"\s<>]{1,300}\?[^'\"\s<>]{0,600}\bcallback=[^'\"\s<>]{0,100})['\"]"
)
_CALLBACK = "result"


def recognise(page: Page, tree: HtmlElement) -> bool:
    """Whether a script names a paged address with a callback, or the answer itself is one."""
    return _interface(page) is not None


def read(page: Page) -> Listing:
    """An answer's rows; on the entry page the first request."""
    if page.state.get("interface"):
        return _answer(page)
    tree = parse(page.text)
    rows = tree_rows(tree, page.url, meta(tree, "ColumnName"))
    address = _interface(page)
    if address is None:
        return Listing(NAME, rows, end_reason="unreadable")
    return Listing(NAME, rows, (_request(address, page.url, 0),))


def _interface(page: Page) -> str | None:
    for match in _ADDRESS.finditer(page.text):
        address = urljoin(page.url, unescape(match.group(1)))
        names = {key.casefold() for key, _ in parse_qsl(urlsplit(address).query, True)}
        if names & set(PAGE_KEYS):
            first = with_page_number(address, 1)
            # `callback=?` asks the library to fill in a name.
            return re.sub(r"callback=(?:%3F|\?)?(?=&|$)", f"callback={_CALLBACK}", first)
    return None


def _request(url: str, referer: str, read_so_far: int) -> PageRequest:
    state = {"interface": "1", "referer": referer, "read": str(read_so_far)}
    return get(url, {}, referer, state)


def _answer(page: Page) -> Listing:
    value = decode_json(page.text)
    if value is None:
        return Listing(NAME, end_reason="unreadable" if page.text.strip() else "empty")
    referer = page.state.get("referer") or page.url
    rows = json_rows(value, referer)
    total = number_of(value, "count", "total", "recordCount", "totalCount")
    read_so_far = number(page, "read") + len(rows)
    if total is not None and read_so_far >= total:
        return Listing(NAME, rows, (), total, "last_page")
    following = with_page_number(page.url, page_number(page.url) + 1)
    return Listing(NAME, rows, (_request(following, referer, read_so_far),), total)
