"""Lonsun: rows come as a fragment from `/site/label/8888`, page by page."""

import re
from urllib.parse import urljoin

from lxml.html import HtmlElement

from parsers.portals.markup import meta, parse, scripts
from parsers.portals.records import Listing, Page, PageRequest
from parsers.portals.requests import get, unpacked
from parsers.portals.rows import fragment_rows, tree_rows
from parsers.portals.scripting import objects_with, pairs
from parsers.portals.walk import number

NAME = "lonsun"
_LABEL = re.compile(r"['\"]([^'\"\s]{0,200}/site/label/\d{1,6})(\?[^'\"\s]{0,2000})?['\"]")
_PAGES = re.compile(r"\bpageCount['\"]?\s{0,10}[:=]\s{0,10}['\"]?(\d{1,5})")
_FRAGMENT = {"IsAjax": "1", "dataType": "html", "_": "0.1"}


def recognise(page: Page, tree: HtmlElement) -> bool:
    """Whether the page asks for labels."""
    return bool(_LABEL.search(page.text))


def read(page: Page) -> Listing:
    """A fragment's rows; on the entry page the first request."""
    return _answer(page) if page.state.get("label") else _entry(page)


def _entry(page: Page) -> Listing:
    tree = parse(page.text)
    code = scripts(tree)
    rows = tree_rows(tree, page.url, meta(tree, "ColumnName"))
    label = _LABEL.search(code)
    if label is None:
        return Listing(NAME, rows, end_reason="unreadable")
    values = unpacked((label.group(2) or "").replace("&amp;", "&").lstrip("?"))
    for literal in objects_with(code, "labelName"):
        values = {**pairs(literal), **values}
    url = urljoin(page.url, label.group(1))
    query = {**_FRAGMENT, **values, "pageIndex": "1"}
    state = {"label": "1", "page": "1", "referer": page.url}
    return Listing(NAME, rows, (get(url, query, page.url, state),))


def _answer(page: Page) -> Listing:
    referer = page.state.get("referer") or page.url
    rows = fragment_rows(page.text, referer)
    count = _PAGES.search(page.text)
    current = number(page, "page", 1)
    if count and current >= int(count.group(1)):
        return Listing(NAME, rows, (), None, "last_page")
    return Listing(NAME, rows, (_next(page, current + 1, referer),))


def _next(page: Page, wanted: int, referer: str) -> PageRequest:
    state = {"label": "1", "page": str(wanted), "referer": referer}
    return get(page.url, {"pageIndex": str(wanted)}, referer, state)
