"""Pages that show no rows themselves: their script asks some interface, page by page, for JSON.

Covers the fronts that no other family knows: an address with a page number and a page size in its
query, or an object literal with them beside an address.
"""

import json
import re
from collections.abc import Iterator, Mapping
from html import unescape
from typing import NamedTuple
from urllib.parse import parse_qsl, urlsplit

from lxml.html import HtmlElement

from parsers.portals.jsonrows import json_rows
from parsers.portals.markup import meta, parse, resolve, scripts
from parsers.portals.pagers import PAGE_KEYS
from parsers.portals.records import Listing, Page, PageRequest
from parsers.portals.requests import get, post, post_json
from parsers.portals.rows import fragment_rows, tree_rows
from parsers.portals.scripting import Json, decode_json, number_of, typed_pairs
from parsers.portals.templates import assigned, read_template, templates
from parsers.portals.walk import number

NAME = "json"
SIZE_KEYS = ("pagesize", "prepage", "perpage", "per_page", "size", "limit", "rows", "_pagesize")
_ADDRESS = re.compile(r"['\"]([^'\"\s<>]{1,300}\?[^'\"\s<>]{3,600})['\"]")
_LITERAL = re.compile(r"\{([^{}]{10,2000})\}")
_QUOTED_PATH = re.compile(r"['\"]((?:https?:/)?/[^'\"\s<>]{2,300})['\"]")
_NAME_IN_LITERAL = re.compile(r"['\"]?\b(\w{1,40})\b['\"]?\s{0,10}:")
_POSTED = re.compile(r"\bpost\b|['\"]post['\"]", re.IGNORECASE)
# How the literal goes: as the text of a form field, or as the body itself.
_TEXT_OF_FIELD = re.compile(r"(?:\b(\w{1,40})['\"]?\s{0,5}:\s{0,5})?JSON\.stringify\(\s{0,9}$")
_BODY_NAMES = ("", "data", "body")
_JSON_CLIENT = re.compile(
    r"\b(?:axios|http|request|service|fetch)\b[\w.]{0,60}\s{0,3}\(|application/json"
)
# Names of the page number in interfaces, beyond those in addresses.
_PAGE_NAMES = (*PAGE_KEYS, "current", "pagenow")
_BEFORE = 400
_ROWS_PER_PAGE = 15
_MAX_DETAILS = 20


class _Interface(NamedTuple):
    """An interface: `way` is `get`, `form`, `json`, or `text:NAME` for JSON in a form field."""

    url: str
    values: Mapping[str, Json]
    page_key: str
    way: str


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
    first = found.values.get(found.page_key)
    state = {
        "interface": found.url,
        "values": json.dumps(found.values, ensure_ascii=False),
        "key": found.page_key,
        "way": found.way,
        "first": "0" if str(first) == "0" else "1",
        "details": "\n".join(way.printed() for way in templates(scripts(tree))[:_MAX_DETAILS]),
        "referer": page.url,
    }
    return Listing(NAME, rows, (_request(state, 1, 0),))


def _interfaces(tree: HtmlElement, url: str) -> Iterator[_Interface]:
    code = scripts(tree)
    for match in _ADDRESS.finditer(code):
        target = resolve(unescape(match.group(1)), url)
        values = dict(parse_qsl(urlsplit(target).query, keep_blank_values=True))
        yield from _interface(target.partition("?")[0], values, set(values), "get")
    for match in _LITERAL.finditer(code):
        before = code[max(0, match.start() - _BEFORE) : match.start()]
        around = before + code[match.end() : match.end() + _BEFORE]
        names = set(_NAME_IN_LITERAL.findall(match.group(1)))
        if paths := _QUOTED_PATH.findall(before):
            literal = typed_pairs(match.group(1), assigned(code))
            target = resolve(paths[-1], url)
            yield from _interface(target, literal, names, _way(before, around))


def _way(before: str, around: str) -> str:
    """How a script sends the literal that follows `before`."""
    text = _TEXT_OF_FIELD.search(before)
    if text is not None and (text[1] or "") not in _BODY_NAMES:
        return f"text:{text[1]}"
    posted = bool(_POSTED.search(before))
    if text is not None or (posted and _JSON_CLIENT.search(around)):
        return "json"
    return "form" if posted else "get"


def _interface(
    url: str, values: Mapping[str, Json], names: set[str], way: str
) -> Iterator[_Interface]:
    page_key = next((name for name in sorted(names) if name.casefold() in _PAGE_NAMES), "")
    size_key = next((name for name in sorted(names) if name.casefold() in SIZE_KEYS), "")
    if url and page_key and size_key:
        yield _Interface(url, {size_key: _ROWS_PER_PAGE, **values}, page_key, way)


def _request(state: dict[str, str], page: int, read_so_far: int) -> PageRequest:
    """The request for a page; `page` counts from one, whatever the interface counts from."""
    asked = page - 1 + int(state.get("first", "1"))
    loaded = decode_json(state.get("values", ""))
    values = {**(loaded if isinstance(loaded, dict) else {}), state.get("key", "page"): asked}
    state = {**state, "page": str(page), "read": str(read_so_far)}
    url, way = state["interface"], state.get("way", "get")
    referer = state.get("referer", url)
    if way == "json":
        return post_json(url, values, referer, state)
    if way.startswith("text:"):
        text = json.dumps(values, ensure_ascii=False)
        return post(url, {way.removeprefix("text:"): text}, referer, state)
    send = post if way == "form" else get
    return send(url, {name: _sent(value) for name, value in values.items()}, referer, state)


def _sent(value: Json) -> str:
    """A value as a form has it."""
    return value if isinstance(value, str) else json.dumps(value)


def _answer(page: Page) -> Listing:
    value = decode_json(page.text)
    referer = page.state.get("referer") or page.url
    details = [read_template(line) for line in page.state.get("details", "").splitlines()]
    rows = json_rows(value, referer, details) or fragment_rows(_markup(value, 4), referer)
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
