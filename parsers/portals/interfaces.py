"""Interfaces that a page's scripts ask for rows, chunk by chunk: where, by what, how it is sent."""

import re
from collections.abc import Iterator, Mapping
from html import unescape
from itertools import islice
from typing import NamedTuple
from urllib.parse import parse_qsl, urlsplit

from parsers.portals.markup import resolve
from parsers.portals.pagers import PAGE_KEYS
from parsers.portals.scripting import Json, typed_pairs
from parsers.portals.templates import assigned

SIZE_KEYS = ("pagesize", "prepage", "perpage", "per_page", "size", "limit", "rows", "_pagesize")
# Names of the page number in interfaces, beyond those in addresses.
_PAGE_NAMES = (*PAGE_KEYS, "current", "pagenow")
_OFFSET_NAMES = ("offset", "start", "skip", "startrow", "firstresult", "startindex")
_CURSOR_NAMES = ("cursor", "lastid", "last_id", "after", "nexttoken", "pagetoken", "scrollid")
_ADDRESS = re.compile(
    r"['\"`](?P<url>[^'\"`\s<>]{1,300}\?[^'\"`\s<>]{3,600})['\"`](?P<joined>\s{0,5}\+)?"
)
_GOES_THERE = re.compile(r"(?:location|href|open|replace|assign)[\w.]{0,12}\s{0,5}[=(]\s{0,5}$")
_FILLED = re.compile(r"\$\{[^{}]{0,60}\}")
_LITERAL = re.compile(r"\{([^{}]{10,2000})\}")
_QUOTED_PATH = re.compile(r"['\"`]((?:https?:/)?/[^'\"`\s<>]{2,300})['\"`]")
# Names with a value, and names that stand for their own: `{page: 1, size}`.
_NAME_IN_LITERAL = re.compile(
    r"['\"]?\b(\w{1,40})\b['\"]?\s{0,10}:|(?:^|,)\s{0,20}([A-Za-z_]\w{0,40})\s{0,20}(?=,|$)"
)
_POSTED = re.compile(r"\bpost\b|['\"]post['\"]", re.IGNORECASE)
# How the literal goes: as the text of a form field, or as the body itself.
_TEXT_OF_FIELD = re.compile(r"(?:\b(\w{1,40})['\"]?\s{0,5}:\s{0,5})?JSON\.stringify\(\s{0,9}$")
_BODY_NAMES = ("", "data", "body")
_JSON_CLIENT = re.compile(
    r"\b(?:axios|http|request|service|fetch)\b[\w.]{0,60}\s{0,3}\(|application/json"
)
_FOREIGN = re.compile(
    r"count|visit|hits?\b|click|weather|login|comment|captcha|search|query$", re.I
)
_SENT = re.compile(
    r"\.open\(\s{0,5}['\"]post['\"]\s{0,5},\s{0,5}['\"](?P<url>[^'\"\s<>]{2,300})['\"].{0,400}?"
    r"\.send\(\s{0,5}['\"](?P<body>[^'\"\s<>]{3,500})['\"]",
    re.IGNORECASE | re.DOTALL,
)
_BEFORE = 400
_ROWS_PER_PAGE = 15
_MAX_ADDRESSES = 300


class Interface(NamedTuple):
    """An interface: `way` is `get`, `form`, `json`, or `text:NAME` for JSON in a form field.

    `key` names the value that goes on from chunk to chunk, `kind` what it is: a `page` number, the
    `offset` of the first row, or a `cursor` that each answer tells.
    """

    url: str
    values: Mapping[str, Json]
    key: str
    kind: str
    way: str


def interfaces(code: str, url: str) -> Iterator[Interface]:
    """The interfaces that the code of the page at `url` names, in order."""
    known = assigned(code)
    for match in islice(_ADDRESS.finditer(code), _MAX_ADDRESSES):
        target = resolve(unescape(_FILLED.sub("", match["url"])), url)
        values = dict(parse_qsl(urlsplit(target).query, keep_blank_values=True))
        is_loaded = not _GOES_THERE.search(code[max(0, match.start() - 40) : match.start()])
        told = bool(match["joined"]) or "${" in match["url"]
        sure = told and is_loaded and not _FOREIGN.search(urlsplit(target).path)
        yield from _interface(target.partition("?")[0], values, set(values), "get", sure)
    for match in islice(_LITERAL.finditer(code), _MAX_ADDRESSES):
        before = code[max(0, match.start() - _BEFORE) : match.start()]
        around = before + code[match.end() : match.end() + _BEFORE]
        names = {told or own for told, own in _NAME_IN_LITERAL.findall(match.group(1))}
        if paths := _QUOTED_PATH.findall(before):
            literal = typed_pairs(match.group(1), known)
            yield from _interface(resolve(paths[-1], url), literal, names, _way(before, around))

    for match in islice(_SENT.finditer(code), _MAX_ADDRESSES):
        values = dict(parse_qsl(match["body"], keep_blank_values=True))
        yield from _interface(resolve(match["url"], url), values, set(values), "form")


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
    url: str, values: Mapping[str, Json], names: set[str], way: str, sure: bool = False
) -> Iterator[Interface]:
    """The interface, if the names tell of chunks: by a size, or where it is `sure` to go on."""
    size = _among(names, SIZE_KEYS)
    kinds = (("page", _PAGE_NAMES), ("offset", _OFFSET_NAMES), ("cursor", _CURSOR_NAMES))
    found = ((kind, key) for kind, known in kinds if (key := _among(names, known)))
    kind, key = next(found, ("", ""))
    if url and key and (size or (sure and kind != "offset")):
        sized: dict[str, Json] = {size: _ROWS_PER_PAGE} if size else {}
        yield Interface(url, {**sized, **values}, key, kind, way)


def _among(names: set[str], known: tuple[str, ...]) -> str:
    return next((name for name in sorted(names) if name.casefold() in known), "")
