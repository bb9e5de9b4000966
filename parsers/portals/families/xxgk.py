"""Hanweb's disclosure module: a POST with the publishing body as `area` answers table rows."""

import re
from urllib.parse import urljoin

from lxml.html import HtmlElement

from parsers.portals.markup import joined_text, meta, parse, scripts
from parsers.portals.records import Listing, Page, PageRequest
from parsers.portals.requests import packed, post, unpacked, with_query
from parsers.portals.rows import tree_rows
from parsers.portals.scripting import objects_with, pairs
from parsers.portals.walk import number

NAME = "xxgk"
_MODULE = re.compile(
    r"['\"]([^'\"\s]{0,200}/module/xxgk/(?:search\w{0,20}|xxgkAnnualReport)\.jsp[^'\"\s]{0,1000})['\"]"
)
_PAGES = re.compile(r"共(\d{1,5})页")
_FIELDS = ("infotypeId", "jdid", "area", "divid", "vc_title", "vc_number", "standardXxgk")


def recognise(page: Page, tree: HtmlElement) -> bool:
    """Whether the page asks the module."""
    return "/module/xxgk/" in page.text and bool(_MODULE.search(page.text))


def read(page: Page) -> Listing:
    """An answer's rows; on the entry page the first request."""
    return _answer(page) if page.state.get("module") else _entry(page)


def _entry(page: Page) -> Listing:
    tree = parse(page.text)
    rows = tree_rows(tree, page.url, meta(tree, "ColumnName"))
    address = _MODULE.search(page.text)
    if address is None:
        return Listing(NAME, rows, end_reason="unreadable")
    url = urljoin(page.url, address.group(1).replace("&amp;", "&"))
    return Listing(NAME, rows, (_request(url, _form(tree), 1, page.url),))


def _form(tree: HtmlElement) -> dict[str, str]:
    """The fields that the page's inputs or its script fill in."""
    form: dict[str, str] = {}
    for node in tree.iter("input"):
        name = node.get("name") or node.get("id") or ""
        if name in _FIELDS:
            form[name] = node.get("value") or ""
    code = scripts(tree)
    for literal in objects_with(code, "infotypeId"):
        form |= pairs(literal)
    for name in _FIELDS:
        match = re.search(rf"\b{name}['\"]?\s{{0,10}}=\s{{0,10}}['\"]?([\w.-]{{1,80}})", code)
        if match:
            form.setdefault(name, match.group(1))
    return form


def _request(url: str, form: dict[str, str], page: int, referer: str) -> PageRequest:
    state = {"module": url, "form": packed(form), "page": str(page), "referer": referer}
    return post(with_query(url, {"currpage": str(page)}), form, referer, state)


def _answer(page: Page) -> Listing:
    tree = parse(page.text)
    referer = page.state.get("referer") or page.url
    rows = tree_rows(tree, referer)
    count = _PAGES.search(joined_text(tree))
    current = number(page, "page", 1)
    if count is None or current >= int(count.group(1)):
        return Listing(NAME, rows, (), None, "last_page")
    form = unpacked(page.state.get("form", ""))
    return Listing(NAME, rows, (_request(page.state["module"], form, current + 1, referer),))
