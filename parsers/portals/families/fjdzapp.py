"""Fujian's TRS front: the page asks `/fjdzapp/search` with a form and gets JSON."""

import re
from urllib.parse import urljoin

from lxml.html import HtmlElement

from parsers.portals.jsonrows import json_rows
from parsers.portals.markup import base_of, meta, parse, scripts
from parsers.portals.records import Listing, Page, PageRequest
from parsers.portals.requests import packed, post, unpacked
from parsers.portals.rows import tree_rows
from parsers.portals.scripting import decode_json, number_of, objects_with, pairs
from parsers.portals.walk import number

NAME = "fjdzapp"
_ADDRESS = re.compile(r"['\"]([^'\"\s?]{0,200}/fjdzapp/search)(\?[^'\"\s]{0,1000})?['\"]")
_CHANNEL = re.compile(r"\bchnlid\b['\"]?\s{0,10}(?:[:=]\s{0,10}['\"]?|=)(\d{1,10})")
_LIBRARY = re.compile(r"\bchannelid\b['\"]?\s{0,10}[:=]\s{0,10}['\"]?(\d{1,10})")
_DEFAULTS = {
    "sortfield": "-docorderpri,-docreltime",
    "classcol": "publishyear",
    "classnum": "100",
    "classsort": "0",
    "cache": "true",
    "prepage": "75",
}


def recognise(page: Page, tree: HtmlElement) -> bool:
    """Whether the page asks the interface."""
    return "/fjdzapp/search" in page.text


def read(page: Page) -> Listing:
    """The interface's rows; on the entry page the first request."""
    return _answer(page) if page.state.get("form") else _entry(page)


def _entry(page: Page) -> Listing:
    tree = parse(page.text)
    code = scripts(tree)
    rows = tree_rows(tree, page.url, meta(tree, "ColumnName"))
    address = _ADDRESS.search(code)
    form = _form(code)
    if "channelid" not in form:
        return Listing(NAME, rows, end_reason="unreadable")
    url = urljoin(base_of(tree, page.url), address.group(1) if address else "/fjdzapp/search")
    return Listing(NAME, rows, (_request(url, form, 1, page.url),))


def _form(code: str) -> dict[str, str]:
    form = dict(_DEFAULTS)
    address = _ADDRESS.search(code)
    if address and address.group(2):
        form |= unpacked(address.group(2).lstrip("?"))
    for literal in objects_with(code, "channelid"):
        form |= pairs(literal)
        break
    library, channel = _LIBRARY.search(code), _CHANNEL.search(code)
    if library:
        form.setdefault("channelid", library.group(1))
    # The script joins the number on: classsql: "chnlid=" + chnlid.
    if channel and form.get("classsql", "=").endswith("="):
        form["classsql"] = f"chnlid={channel.group(1)}"
    return form


def _request(url: str, form: dict[str, str], page: int, referer: str) -> PageRequest:
    form = {**form, "page": str(page)}
    state = {"form": packed(form), "page": str(page), "referer": referer}
    return post(url, form, referer, state)


def _answer(page: Page) -> Listing:
    value = decode_json(page.text)
    if value is None:
        return Listing(NAME, end_reason="unreadable")
    rows = json_rows(value, page.state.get("referer") or page.url)
    total, pages = number_of(value, "recordCount", "total"), number_of(value, "pageCount")
    current = number(page, "page", 1)
    if current >= (pages or 0):
        return Listing(NAME, rows, (), total, "last_page")
    form = unpacked(page.state["form"])
    request = _request(page.url, form, current + 1, page.state.get("referer", page.url))
    return Listing(NAME, rows, (request,), total)
