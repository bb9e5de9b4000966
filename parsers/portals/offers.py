"""What a page's own calls and controls hand to the functions of its scripts.

A box of bodies calls `loadList(this.value)`, a tab `loadYear('2024')`, the script itself
`getList(0)`: what the function asks an interface for depends on what it is given.
"""

import re
from collections.abc import Iterator, Mapping
from itertools import islice

from lxml.html import HtmlElement

_NAME = r"[A-Za-z_$][\w$]{0,60}"
_ARGUMENTS = r"[^(){}'\"]{0,200}"
_HEAD = re.compile(
    rf"\bfunction\s{{1,5}}(?P<name>{_NAME})\s{{0,5}}\((?P<own>{_ARGUMENTS})\)\s{{0,5}}\{{"
    rf"|\b(?P<given>{_NAME})\s{{0,5}}[:=]\s{{0,5}}(?:async\s{{1,3}})?"
    rf"(?:function\s{{0,5}}\((?P<anonymous>{_ARGUMENTS})\)|\(?(?P<arrow>{_ARGUMENTS}?)\)?\s{{0,5}}=>)\s{{0,5}}\{{"
    rf"|(?:^|[,;{{}}]\s{{0,20}})(?:async\s{{1,3}})?(?!if\b|for\b|while\b|switch\b|catch\b|function\b)"
    rf"(?P<method>{_NAME})\s{{0,5}}\((?P<short>{_ARGUMENTS})\)\s{{0,5}}\{{",
    re.MULTILINE,
)
_LITERAL = re.compile(r"\s*(?:'([^'\n]{0,200})'|\"([^\"\n]{0,200})\"|(-?\d{1,18}))\s*")
_CALL_CHARS = 300
_FUNCTION_CHARS = 3_000
_MAX_CALLS, _MAX_HEADS = 300, 500
_OWN_VALUE = (
    r"(?:this\.value|\$\(\s{0,3}this\s{0,3}\)\.val\(\)|this\.options\[this\.selectedIndex\]\.value)"
)
_CHOICE = re.compile(
    rf"^\s*(?:javascript:)?\s*(?:return\s)?\s*({_NAME})\(\s{{0,3}}{_OWN_VALUE}\s{{0,3}}\)"
)
_CLICK = re.compile(
    rf"^\s*(?:javascript:)?\s*(?:return\s)?\s*({_NAME}\((?:\s*(?:'[^'\n]{{0,200}}'|\"[^\"\n]{{0,200}}\"|\d{{1,18}})\s*,?){{1,6}}\))"
)
_HANDLER = re.compile(
    rf"\$\(\s{{0,3}}['\"](?P<selector>[^'\"\n]{{1,80}})['\"]\s{{0,3}}\)\.(?:change|click|on)\("
    rf"(?:\s{{0,3}}['\"](?:change|click)['\"]\s{{0,3}},(?:\s{{0,3}}['\"][^'\"\n]{{1,80}}['\"]\s{{0,3}},)?)?"
    rf"\s{{0,5}}(?:function\s{{0,3}}\(\w{{0,20}}\)|\(?\w{{0,20}}\)?\s{{0,3}}=>)\s{{0,5}}\{{[^{{}}]{{0,200}}?"
    rf"\b(?P<name>{_NAME})\(\s{{0,3}}(?:(?P<value>{_OWN_VALUE})"
    rf"|\$\(\s{{0,3}}this\s{{0,3}}\)\.(?P<how>attr|data)\(\s{{0,3}}['\"](?P<attribute>[\w-]{{1,40}})['\"]\s{{0,3}}\))\s{{0,3}}\)"
)
_MAX_HANDLERS, _MAX_OFFERED = 20, 200


def bindings(code: str, at: int) -> list[dict[str, str]]:
    """What the arguments of the function around a place stand for, call by call.

    Only calls with plain values count; without one there is a single empty binding.
    """
    name, arguments = _around(code, at)
    found = [dict(zip(arguments, values, strict=False)) for values in _calls(code, name)]
    distinct = {tuple(each.items()): each for each in found if any(each.values())}
    return list(distinct.values())[:_MAX_OFFERED] or [{}]


def _around(code: str, at: int) -> tuple[str, list[str]]:
    """The innermost function with a name around a place, and its arguments."""
    start = max(0, at - _FUNCTION_CHARS)
    heads = list(islice(_HEAD.finditer(code, start, at), _MAX_HEADS))
    for head in reversed(heads):
        inside = code[head.end() : at]
        if inside.count("{") >= inside.count("}"):
            told = next(filter(None, (head[k] for k in ("own", "anonymous", "arrow", "short"))), "")
            names = [part.split("=")[0].strip() for part in told.split(",")]
            return head["name"] or head["given"] or head["method"], [n for n in names if n]
    return "", []


def _calls(code: str, name: str) -> Iterator[list[str]]:
    """The arguments of the calls of a function; empty where one is no plain value."""
    if not name:
        return
    calls = re.finditer(rf"(?<![\w$]){re.escape(name)}\s{{0,3}}\(", code)
    for call in islice(calls, _MAX_CALLS):
        values, at = [], call.end()
        while literal := _LITERAL.match(code, at, call.end() + _CALL_CHARS):
            values.append(next((each for each in literal.groups() if each), ""))
            at = literal.end() + 1
            if code[literal.end() : at] != ",":
                break
        if values:
            yield values


def calls_offered(code: str, tree: HtmlElement) -> str:
    """The calls that the page's boxes, tabs and links make when they are used, as code."""
    return "\n".join(islice(dict.fromkeys(_offered(code, tree)), _MAX_OFFERED))


def _offered(code: str, tree: HtmlElement) -> Iterator[str]:
    for box in tree.iter("select"):
        if chosen := _CHOICE.match(box.get("onchange") or ""):
            yield from _called(chosen[1], _options(box))
    for node in tree.iter("a", "li", "span", "div", "button", "td", "p", "dd"):
        if clicked := _CLICK.match(node.get("onclick") or node.get("href") or ""):
            yield f"{clicked[1]};"
    for handler in islice(_HANDLER.finditer(code), _MAX_HANDLERS):
        yield from _called(handler["name"], _handed(handler, tree))


def _handed(handler: re.Match[str], tree: HtmlElement) -> Iterator[str]:
    """The values that a handler hands on: of the box's options, or of an attribute."""
    if handler["value"]:
        name = handler["selector"].rpartition("#")[2].rpartition(" ")[2]
        for box in tree.iter("select"):
            if name in (box.get("id"), box.get("name")) or name.startswith("select"):
                yield from _options(box)
        return
    prefix = "data-" if handler["how"] == "data" else ""
    for node in tree.xpath(f"//*[@*[name()='{prefix}{handler['attribute']}']]"):
        yield str(node.get(f"{prefix}{handler['attribute']}"))


def _options(box: HtmlElement) -> Iterator[str]:
    yield from (node.get("value") or "" for node in box.iter("option"))


def _called(name: str, values: Iterator[str]) -> Iterator[str]:
    plain = (value for value in values if value and not re.search(r"['\\\n/]", value))
    yield from (f"{name}('{value}');" for value in plain)


def used(named: Mapping[str, str], bound: Mapping[str, str], key: str) -> tuple[str, ...]:
    """The bound values that a literal hands on under other names than that of its page number."""
    return tuple(bound[own] for name, own in named.items() if name != key and bound.get(own))
