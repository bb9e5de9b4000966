"""Hanweb JCMS: the first group of rows inside a script, the others from `dataproxy.jsp`.

A group is three pages of rows. Answers are XML whose records hold markup; some sites repeat the
last row of the group before, so the next group is counted from the numbers asked for, not from the
rows received.
"""

import re
from collections.abc import Iterator
from html import unescape
from typing import NamedTuple
from urllib.parse import urljoin

from lxml.html import HtmlElement

from parsers.portals.markup import meta, parse
from parsers.portals.page_numbers import page_number, with_page_number
from parsers.portals.records import Listing, Page, PageRequest, Row
from parsers.portals.requests import get, packed, post, unpacked, with_query
from parsers.portals.rows import fragment_rows, once, tree_rows
from parsers.portals.scripting import pairs
from parsers.portals.walk import number

NAME = "jpage"
_PROXY = "/module/web/jpage/dataproxy.jsp"
_CUES = ("dataproxy.jsp", "<datastore>", "&lt;datastore&gt;")
_PARAM = re.compile(r"\bparam_(\w{1,40})\s{0,10}=\s{0,10}\{([^{}]{1,3000})\}")
_UNIT_ID = re.compile(
    r"\bid\s{0,5}=\s{0,5}['\"]?(\w{1,40})['\"]?[^<>]{0,200}>\s{0,200}<script[^<>]{0,200}>\s{0,200}$"
)
_TOTAL = re.compile(r"\btotalRecord['\"]?\s{0,10}[:=]\s{0,10}['\"]?(\d{1,7})", re.IGNORECASE)
_PER_PAGE = re.compile(r"\bperPage['\"]?\s{0,10}[:=]\s{0,10}['\"]?(\d{1,4})", re.IGNORECASE)
_PROXY_URL = re.compile(
    r"\bproxyUrl['\"]?\s{0,10}[:=]\s{0,10}['\"]([^'\"\s]{1,300})", re.IGNORECASE
)
_ANSWERED_TOTAL = re.compile(r"<totalrecord>\s{0,20}(\d{1,7})", re.IGNORECASE)
_HREF = re.compile(r"href\s{0,5}=\s{0,5}[\"']?([^\"'>\s]{1,2000})", re.IGNORECASE)
_PAGES_IN_GROUP = 3
_DEFAULT_PER_PAGE = 15


class _Unit(NamedTuple):
    """One list of the page. `next_group` is the printed way on, where there are no parameters."""

    records: tuple[str, ...]
    params: dict[str, str]
    next_group: str
    total: int | None
    per_page: int
    proxy: str


def recognise(page: Page, tree: HtmlElement) -> bool:
    """Whether the page holds a datastore or names the proxy."""
    text = page.text.lower()
    return any(cue in text for cue in _CUES)


def read(page: Page) -> Listing:
    """The rows of the datastores, and the next group of each."""
    if page.state.get("proxy"):
        return _answer(page)
    if page.state.get("group"):
        return _printed_answer(page)
    units = list(_units(page.text))
    rows = [row for unit in units for row in _rows(unit.records, page.url)]
    onward = tuple(request for unit in units for request in _first_request(page, unit))
    if not units or not rows:
        tree = parse(page.text)
        rows.extend(tree_rows(tree, page.url, meta(tree, "ColumnName")))
    total = units[0].total if len(units) == 1 else None
    # Without a unit the rows are drawn plainly, and so is the pager.
    end = "" if onward else "last_page" if units else "unreadable"
    return Listing(NAME, once(rows), onward, total, end)


def _rows(records: tuple[str, ...], url: str) -> Iterator[Row]:
    for record in records:
        yield from fragment_rows(record, url)


def _units(text: str) -> Iterator[_Unit]:
    body = _plain_markup(text)
    params = {name: pairs(code) for name, code in _PARAM.findall(body)}
    totals, sizes = _TOTAL.findall(body), _PER_PAGE.findall(body)
    proxies = _PROXY_URL.findall(body)
    pieces = re.split(r"<datastore>", body, flags=re.IGNORECASE)
    blocks = [piece.partition("</datastore>")[0] for piece in pieces[1:]] or [""] * len(params)
    for n, block in enumerate(blocks):
        named = _UNIT_ID.search(pieces[n][-600:])
        ordered = list(params.values())
        own = params.get(named.group(1)) if named else None
        yield _Unit(
            records=tuple(_records(block)),
            params=own or (ordered[n] if n < len(ordered) else {}),
            next_group=_next_group(block),
            total=int(totals[n]) if n < len(totals) else None,
            per_page=int(sizes[n]) if n < len(sizes) else _DEFAULT_PER_PAGE,
            proxy=proxies[n] if n < len(proxies) else _PROXY,
        )


def _plain_markup(text: str) -> str:
    return unescape(text) if "<record" not in text and "&lt;record" in text else text


def _records(block: str) -> Iterator[str]:
    for piece in re.split(r"<record>", block, flags=re.IGNORECASE)[1:]:
        record = piece.partition("</record>")[0].strip()
        record = record.removeprefix("<![CDATA[").removesuffix("]]>").strip()
        yield record if "<" in record else unescape(record)


def _next_group(block: str) -> str:
    inside = block.partition("<nextgroup>")[2].partition("</nextgroup>")[0]
    match = _HREF.search(unescape(inside))
    return match.group(1) if match else ""


def _first_request(page: Page, unit: _Unit) -> Iterator[PageRequest]:
    shown = len(unit.records)
    if unit.total is not None and shown >= unit.total:
        return
    if unit.params:
        size = _PAGES_IN_GROUP * unit.per_page
        url = urljoin(page.url, unit.proxy.partition("?")[0])
        state = {
            "proxy": url,
            "form": packed(unit.params),
            "size": str(size),
            "perpage": str(unit.per_page),
            "total": str(unit.total or ""),
            "referer": page.url,
        }
        yield _group_request(state, shown + 1, shown + size)
    elif unit.next_group:
        url = urljoin(page.url, unit.next_group)
        yield get(url, {}, page.url, {"group": "1", "referer": page.url})


def _group_request(state: dict[str, str], first: int, last: int) -> PageRequest:
    per_page = state.get("perpage", str(_DEFAULT_PER_PAGE))
    numbers = {"startrecord": str(first), "endrecord": str(last), "perpage": per_page}
    url = with_query(state["proxy"], numbers)
    return post(
        url,
        unpacked(state.get("form", "")),
        state.get("referer", url),
        {**state, "last": str(last)},
    )


def _answer(page: Page) -> Listing:
    body = _plain_markup(page.text)
    rows = once(_rows(tuple(_records(body)), page.state.get("referer") or page.url))
    answered = _ANSWERED_TOTAL.search(body)
    total = int(answered.group(1)) if answered else number(page, "total") or None
    last = number(page, "last")
    if total is not None and last >= total:
        return Listing(NAME, rows, (), total, "last_page")
    request = _group_request(dict(page.state), last + 1, last + max(1, number(page, "size")))
    return Listing(NAME, rows, (request,), total)


def _printed_answer(page: Page) -> Listing:
    """An answer reached by the printed link: it prints the next, or the page number counts on."""
    body = _plain_markup(page.text)
    referer = page.state.get("referer") or page.url
    rows = once(_rows(tuple(_records(body)), referer))
    answered = _ANSWERED_TOTAL.search(body)
    printed = _next_group(body)
    target = urljoin(page.url, printed) if printed else ""
    if not target or target == page.url:
        target = with_page_number(page.url, page_number(page.url) + 1)
    state = {"group": str(number(page, "group") + 1), "referer": referer}
    onward = (get(target, {}, referer, state),) if target else ()
    return Listing(NAME, rows, onward, int(answered.group(1)) if answered else None)
