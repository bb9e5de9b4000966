"""Pages whose script asks some interface, chunk by chunk, for JSON or for fragments.

Covers the fronts that no other family knows. `further` is for pages that draw their first rows
themselves and load the others.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import islice

from lxml.html import HtmlElement

from parsers.portals.interfaces import (
    PAGE_PLACE,
    SIZE_KEYS,
    Interface,
    code_of,
    interfaces,
    posted_once,
)
from parsers.portals.jsonrows import json_rows, unplaced
from parsers.portals.length import is_last, markup_in, refusal, scalars, total_of
from parsers.portals.markup import meta, parse
from parsers.portals.records import Listing, Page, PageRequest, Row
from parsers.portals.requests import get, post, post_json
from parsers.portals.rows import fragment_rows, tree_rows
from parsers.portals.scripting import Json, decode_json, number_of
from parsers.portals.settled import joined_constants
from parsers.portals.templates import assigned, constants, read_template, templates
from parsers.portals.waiting import script_files
from parsers.portals.walk import number

NAME = "json"
_MAX_DETAILS = 20
_MAX_INTERFACES, _MAX_CHOICES = 3, 600
_NEXT_CURSOR = (
    "nextcursor", "next_cursor", "cursor", "lastid", "last_id", "nexttoken", "next_token",
    "pagetoken", "scrollid", "next",
)  # fmt: skip
_HAS_MORE = ("hasmore", "has_more", "hasnext", "has_next", "more")
_MAX_FILES, _MAX_INLINE, _MAX_ANSWER = 4, 20_000, 200_000
# What the state of a first request tells and those of the further ones do not.
_OF_THE_FIRST = ("held", "answered", "choice")
_IDS = ("id", "docid", "articleid", "infoid", "contentid")


def recognise(page: Page, tree: HtmlElement) -> bool:
    """Whether a script names an interface of chunks and the page shows no rows."""
    found = next(interfaces(code_of(tree), page.url), None)
    return found is not None and not tree_rows(tree, page.url)


def read(page: Page) -> Listing:
    """An answer's rows; on the entry page the first request."""
    if page.state.get("interface"):
        return _answer(page)
    tree = parse(page.text)
    rows = tree_rows(tree, page.url, meta(tree, "ColumnName"))
    onward = entry(page, code_of(tree), tuple(script_files(tree, page.url)))
    return Listing(NAME, rows, onward, end_reason="" if onward else "unreadable")


def entry(page: Page, code: str, files: Sequence[str] = ()) -> tuple[PageRequest, ...]:
    """The first request to each of the interfaces that the code names; the further are tried.

    `files` are the page's script files: what they tell is asked for where answers need it.
    """
    states: list[dict[str, str]] = []
    addresses: set[str] = set()
    for found in interfaces(code, page.url):
        state = _state(found, code, page.url, files)
        if state not in states and (found.chosen or len(addresses) < _MAX_INTERFACES):
            states.append(state)
        addresses.add(found.url)
        if len(states) == _MAX_CHOICES or len(addresses) > _MAX_INTERFACES:
            break
    tried = ({**state, **({"probe": "1"} if n else {})} for n, state in enumerate(states))
    return tuple(_request(state, 1, 0) for state in tried)


def once(page: Page, tree: HtmlElement) -> tuple[PageRequest, ...]:
    """The requests of a page that shows nothing, each of which may bring the whole list."""
    code = code_of(tree)
    found = islice(posted_once(code, page.url), _MAX_INTERFACES)
    files = tuple(script_files(tree, page.url))
    states = (_state(each, code, page.url, files) for each in found)
    return tuple(_request({**state, "family": NAME, "probe": "1"}, 1, 0) for state in states)


def further(page: Page, tree: HtmlElement, shown: int) -> PageRequest | None:
    """The request for what follows the `shown` rows that the page draws itself."""
    code = code_of(tree)
    found = next(
        (each for each in interfaces(code, page.url) if each.kind in ("page", "offset")), None
    )
    if found is None:
        return None
    state = _state(found, code, page.url)
    if assigned(code).get(found.key) == "0":
        state["first"] = "0"
    return _request({**state, "family": NAME, "probe": "1"}, 2, shown)


def _state(found: Interface, code: str, url: str, files: Sequence[str] = ()) -> dict[str, str]:
    start = str(found.values.get(found.key))
    return {
        "interface": found.url,
        "values": json.dumps(found.values, ensure_ascii=False),
        **({"choice": "1"} if found.chosen else {}),
        **({"wrap": json.dumps(dict(found.wrap), ensure_ascii=False)} if found.wrap else {}),
        "key": found.key,
        "kind": found.kind,
        "way": found.way,
        "first": "0" if start == "0" else "1",
        "details": _details(code),
        **({"files": " ".join(files[:_MAX_FILES]), "inline": code[:_MAX_INLINE]} if files else {}),
        "referer": url,
    }


@lru_cache(maxsize=2)
def _details(code: str) -> str:
    """The ways to articles that the code puts together, one a line."""
    ways = (*templates(joined_constants(code, constants(code))), *templates(code))
    return "\n".join(way.printed() for way in tuple(dict.fromkeys(ways))[:_MAX_DETAILS])


def _request(state: dict[str, str], page: int, read_so_far: int, cursor: str = "") -> PageRequest:
    """The request for a chunk; `page` counts from one, whatever the interface counts from."""
    kind = state.get("kind", "page")
    by_number = read_so_far if kind == "offset" else page - 1 + int(state.get("first", "1"))
    asked: Json = cursor if kind == "cursor" else by_number
    loaded = decode_json(state.get("values", ""))
    values = dict(loaded) if isinstance(loaded, dict) else {}
    if kind != "once":
        values[state.get("key", "page")] = asked
    state = {**state, "page": str(page), "read": str(read_so_far)}
    url, way = state["interface"], state.get("way", "get")
    referer = state.get("referer", url)
    if kind == "path":
        url = url.replace(PAGE_PLACE, str(by_number))
        values.pop(state.get("key", ""), None)
    if wrap := decode_json(state.get("wrap", "")):
        values = (
            {k: values if v is None else v for k, v in wrap.items()}
            if isinstance(wrap, dict)
            else values
        )
    if way == "json":
        return post_json(url, values, referer, state)
    if way.startswith("text:"):
        text = json.dumps(values, ensure_ascii=False)
        return post(url, {way.removeprefix("text:"): text}, referer, state)
    send = post if way == "form" else get
    return send(url, dict(_fields(values)), referer, state)


def _fields(values: Mapping[str, Json]) -> Iterator[tuple[str, str | list[str]]]:
    """The values as a form has them; arrays go by a name with brackets."""
    for name, value in values.items():
        if isinstance(value, list):
            yield f"{name}[]", [_sent(each) for each in value]
        else:
            yield name, _sent(value)


def _sent(value: Json) -> str:
    return value if isinstance(value, str) else json.dumps(value)


def _answer(page: Page) -> Listing:
    """The rows of an answer, or of one before it for which a script file was asked for."""
    if waiting := page.state.get("answer"):
        code = f"{page.text}\n{page.state.get('inline', '')}"
        state = {**page.state, "details": _details(code)}
        del state["answer"]
        page = Page(page.state.get("answered", page.url), waiting, state=state)
    value = decode_json(page.text)
    rows = _rows(page, value)
    if not rows:
        return _by_files(page, value) or _without_rows(page, value)
    total = total_of(value)
    current = number(page, "page", 1)
    read_so_far = number(page, "read") + len(rows)
    is_end = page.state.get("kind") == "once" or _is_short(page, len(rows), current)
    if is_end or is_last(value, current, read_so_far):
        return Listing(NAME, rows, (), total, "last_page")
    cursor = _cursor(value) if page.state.get("kind") == "cursor" else ""
    if page.state.get("kind") == "cursor" and not cursor:
        return Listing(NAME, rows, (), total, "last_page")
    state = {name: told for name, told in page.state.items() if name not in _OF_THE_FIRST}
    return Listing(NAME, rows, (_request(state, current + 1, read_so_far, cursor),), total)


def _is_short(page: Page, rows: int, current: int) -> bool:
    """Whether a further chunk has fewer rows than the size asked for, which all before it had."""
    values = decode_json(page.state.get("values", ""))
    size = number_of(values, *SIZE_KEYS) or 0
    return current > 1 and rows < size and number(page, "read") == (current - 1) * size


def _by_files(page: Page, value: Json) -> Listing | None:
    """The way to what script files tell of the addresses of reports that an answer only names."""
    if not (named := unplaced(value)):
        return None
    gap = f"{named} reports are named in a way that does not tell where they are"
    files = page.state.get("files", "").split()
    if not files or len(page.text) > _MAX_ANSWER:
        return Listing(NAME, end_reason="unreadable", gap=gap)
    kept = {"answer": page.text, "answered": page.url, "files": " ".join(files[1:]), "held": gap}
    state = {**page.state, **kept, "probe": "1"}
    onward = PageRequest(files[0], headers={"Referer": state.get("referer", "")}, state=state)
    return Listing(NAME, (), (onward,))


def _without_rows(page: Page, value: Json) -> Listing:
    """The end, or an answer that is not understood or refuses."""
    if value is None and page.text.strip():
        is_markup = "<" in page.text[:200]
        gap = "" if is_markup else "the interface's answer is not understood"
        return Listing(NAME, end_reason="unreadable", gap=gap)
    return Listing(NAME, end_reason="empty", gap=refusal(value))


def _rows(page: Page, value: Json) -> tuple[Row, ...]:
    """The rows of an answer: of its JSON, of markup in it, or of the page or fragment it is."""
    referer = page.state.get("referer") or page.url
    if value is None:
        is_page = "<html" in page.text[:2000].casefold() or "<title" in page.text[:4000].casefold()
        return (
            tree_rows(parse(page.text), referer) if is_page else fragment_rows(page.text, referer)
        )
    details = [read_template(line) for line in page.state.get("details", "").splitlines()]
    return json_rows(value, referer, details) or fragment_rows(markup_in(value), referer)


def _cursor(value: Json) -> str:
    """What an answer tells to go on by; empty where it says that it is the last."""
    told = dict(scalars(value, 3))
    if any(told.get(name) in (False, 0, "false") for name in _HAS_MORE):
        return ""
    for name in _NEXT_CURSOR:
        if name in told:
            return str(told[name] or "")
    return _last_id(value, 5)


def _last_id(value: Json, levels: int) -> str:
    """The identifier of the last record."""
    if isinstance(value, list) and value and isinstance(value[-1], dict):
        fields = {name.casefold(): each for name, each in value[-1].items()}
        return next((str(fields[name]) for name in _IDS if fields.get(name)), "")
    if not isinstance(value, dict) or not levels:
        return ""
    return next((found for v in value.values() if (found := _last_id(v, levels - 1))), "")
