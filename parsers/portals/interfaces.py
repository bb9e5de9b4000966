"""Interfaces that a page's scripts ask for rows, chunk by chunk: where, by what, how it is sent."""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from functools import lru_cache
from html import unescape
from itertools import islice
from types import MappingProxyType
from typing import NamedTuple
from urllib.parse import parse_qsl, urlsplit

from lxml.html import HtmlElement

from parsers.portals.markup import resolve, scripts
from parsers.portals.offers import bindings, calls_offered, used
from parsers.portals.page_numbers import PAGE_KEYS
from parsers.portals.scripting import Json, names_in, pairs, typed_pairs
from parsers.portals.sending import (
    PATH,
    POSTED,
    QUOTED_PATH,
    REACH,
    SENT_AS,
    spelled,
    use_of_name,
    way_of,
    wrapped,
)
from parsers.portals.settled import joined_constants, with_own_values
from parsers.portals.templates import assigned, constants, in_markup, templates
from parsers.portals.widgets import set_up_by_attributes, widgets

SIZE_KEYS = ("pagesize", "prepage", "perpage", "per_page", "size", "limit", "rows", "_pagesize")
# Names of the page number in interfaces, beyond those in addresses.
_PAGE_NAMES = (*PAGE_KEYS, "current")
_OFFSET_NAMES = ("offset", "start", "skip", "startrow", "firstresult", "startindex")
_CURSOR_NAMES = ("cursor", "lastid", "last_id", "after", "nexttoken", "pagetoken", "scrollid")
_KINDS = (("page", _PAGE_NAMES), ("offset", _OFFSET_NAMES), ("cursor", _CURSOR_NAMES))
_ADDRESS = re.compile(
    r"['\"`](?P<url>[^'\"`\s<>]{1,300}\?[^'\"`\s<>]{3,600})['\"`](?P<joined>\s{0,5}\+)?"
)
_GOES_THERE = re.compile(r"(?:location|href|open|replace|assign)[\w.]{0,12}\s{0,5}[=(]\s{0,5}$")
_FILLED = re.compile(r"\$\{(?:[\w.]{0,40}\.)?(\w{0,40})[^{}]{0,40}\}")
_LITERAL = re.compile(r"\{([^{}]{10,2000})\}")
_LITERAL_OF_ANY = re.compile(r"\{((?:[^{}'\"]|'[^'\n]{0,300}+'|\"[^\"\n]{0,300}+\"){0,400}+)\}")
_BASE_URL = re.compile(r"\bbaseURL['\"]?\s{0,5}[:=]\s{0,5}['\"`]([^'\"`\s<>]{1,200})['\"`]")
# Names with a value, and names that stand for their own: `{page: 1, size}`.
_NAME_IN_LITERAL = re.compile(
    r"['\"]?\b(\w{1,40})\b['\"]?\s{0,10}:|(?:^|,)\s{0,20}([A-Za-z_]\w{0,40})\s{0,20}(?=,|$)"
)
_FOREIGN = re.compile(
    r"count|visit|hits?\b|click|weather|login|comment|captcha|search|query$", re.I
)
_SENT = re.compile(
    r"\.open\(\s{0,5}['\"]post['\"]\s{0,5},\s{0,5}['\"](?P<url>[^'\"\s<>]{2,300})['\"].{0,400}?"
    r"\.send\(\s{0,5}['\"](?P<body>[^'\"\s<>]{3,500})['\"]",
    re.IGNORECASE | re.DOTALL,
)
_APPENDED = re.compile(
    r"\b(?P<name>[A-Za-z_$][\w$]{0,40})\.(?:append|set)\(\s{0,5}['\"](?P<key>[\w.-]{1,60})['\"]\s{0,5},"
    r"\s{0,5}(?:['\"](?P<text>[^'\"\n]{0,200})['\"]|(?P<number>\d{1,9}))\s{0,5}\)"
)
# The names that a library is to use: it sends no such values.
_ALIAS, _ALIAS_CHARS = re.compile(r"\balias['\"]?\s{0,5}:\s{0,5}\Z"), 20
_MAX_FORMS = 10
PAGE_PLACE = "{page}"
_ROWS_PER_PAGE = 15
_MAX_ADDRESSES = 300


class Interface(NamedTuple):
    """An interface: `way` is `get`, `form`, `json`, or `text:NAME` for JSON in a form field.

    `key` names the value that goes on from chunk to chunk, `kind` what it is: a `page` number, the
    `offset` of the first row, a `cursor` that each answer tells, a page number in the `path`,
    which has `PAGE_PLACE` there, or nothing for what is asked `once`. `wrap` is the object that
    `values` are sent in, under the name that has null there. `chosen` are the values that controls
    of the page hand to the function that asks: there is an interface for each choice.
    """

    url: str
    values: Mapping[str, Json]
    key: str
    kind: str
    way: str
    wrap: Mapping[str, Json] = MappingProxyType({})
    chosen: tuple[str, ...] = ()


def code_of(tree: HtmlElement) -> str:
    """What sets up the page's lists: its scripts, and what stands in attributes for them."""
    code = scripts(tree)
    offered = calls_offered(code, tree)
    return f"{code}\n{set_up_by_attributes(tree)}\n{in_markup(tree)}\n{offered}"


@lru_cache(maxsize=2)
def choices_asked_for(tree: HtmlElement, url: str) -> frozenset[str]:
    """The values of the page's controls for each of which an interface is asked."""
    return frozenset(value for found in interfaces(code_of(tree), url) for value in found.chosen)


def interfaces(code: str, url: str) -> Iterator[Interface]:
    """The interfaces that the code of the page at `url` names, in order."""
    code = with_own_values(code, url)
    known = {**pairs(code), **assigned(code)}
    yield from _in_addresses(joined_constants(code, constants(code)), url, known)
    yield from _in_literals(code, known, url)
    yield from _in_appended(code, url)
    yield from _in_tables(code, known, url)
    yield from _in_paths(code, known, url)
    for match in islice(_SENT.finditer(code), _MAX_ADDRESSES):
        values = dict(parse_qsl(match["body"], keep_blank_values=True))
        yield from _interface(resolve(match["url"], url), values, set(values), "form")


def _in_addresses(code: str, url: str, known: Mapping[str, str]) -> Iterator[Interface]:
    """Addresses with a query that has the names of chunks."""
    for match in islice(_ADDRESS.finditer(code), _MAX_ADDRESSES):
        target = resolve(
            _based(code, unescape(_FILLED.sub(lambda told: known.get(told[1], ""), match["url"]))),
            url,
        )
        values = dict(parse_qsl(urlsplit(target).query, keep_blank_values=True))
        is_loaded = not _GOES_THERE.search(code[max(0, match.start() - 40) : match.start()])
        told = bool(match["joined"]) or "${" in match["url"]
        sure = told and is_loaded and not _FOREIGN.search(urlsplit(target).path)
        yield from _interface(target.partition("?")[0], values, set(values), "get", sure)


def _in_literals(code: str, known: Mapping[str, str], url: str) -> Iterator[Interface]:
    """Object literals that have the names of chunks, with the address that they are sent to."""
    for match in islice(_LITERAL.finditer(code), _MAX_ADDRESSES):
        names = {told or own for told, own in _NAME_IN_LITERAL.findall(match.group(1))}
        if not any(_among(names, known_names) for _, known_names in _KINDS):
            continue
        if _ALIAS.search(code, max(0, match.start() - _ALIAS_CHARS), match.start()):
            continue
        start, wrap = wrapped(code, match, known)
        before = code[max(0, start - REACH) : start]
        around = before + code[match.end() : match.end() + REACH]
        if use := use_of_name(code, before):
            before = around = use
        path = next(reversed(list(QUOTED_PATH.finditer(before))), None)
        if path is not None:
            target = resolve(_based(code, spelled(path, known)), url)
            sure = bool(SENT_AS.search(before)) and not _FOREIGN.search(urlsplit(target).path)
            way = way_of(before, around)
            for literal, chosen in _by_choice(code, match, known, names):
                for found in _interface(target, literal, names, way, sure):
                    yield found._replace(wrap=wrap, chosen=chosen)


def _by_choice(
    code: str, match: re.Match[str], known: Mapping[str, str], names: set[str]
) -> Iterator[tuple[dict[str, Json], tuple[str, ...]]]:
    """The values of a literal, once for each choice of what its function is called with."""
    key = next((name for _, kind in _KINDS if (name := _among(names, kind))), "")
    named, seen = names_in(match.group(1)), set()
    for bound in bindings(code, match.start()):
        chosen = used(named, bound, key)
        if chosen not in seen:
            seen.add(chosen)
            yield typed_pairs(match.group(1), {**known, **bound}), chosen


def posted_once(code: str, url: str) -> Iterator[Interface]:
    """What a script posts an object literal to, without a word of chunks: the whole list."""
    code = with_own_values(code, url)
    known = {**pairs(code), **assigned(code)}
    for match in islice(_LITERAL_OF_ANY.finditer(code), _MAX_ADDRESSES):
        before = code[max(0, match.start() - REACH) : match.start()]
        path = next(reversed(list(QUOTED_PATH.finditer(before))), None)
        if path is not None and SENT_AS.search(before) and POSTED.search(before):
            target = resolve(_based(code, spelled(path, known)), url)
            around = before + code[match.end() : match.end() + REACH]
            if target and not _FOREIGN.search(urlsplit(target).path):
                values = typed_pairs(match.group(1), known)
                yield Interface(target, values, "", "once", way_of(before, around))


def _in_paths(code: str, known: Mapping[str, str], url: str) -> Iterator[Interface]:
    """Addresses that are put together of known values and a page number between slashes."""
    values = {**pairs(code), **known}
    for way in templates(code):
        places = [name for name in way.names if name.casefold() in _PAGE_NAMES]
        if len(places) != 1 or way.texts[0][:1] not in ("/", "h"):
            continue
        place = places[0]
        target = way.fill({**values, place: PAGE_PLACE}, url)
        first: dict[str, Json] = {place: values.get(place, "1")}
        if not target or "?" in target:
            continue
        if (sent := _sent_to(code, way.texts[0], known)) is not None:
            yield Interface(target, {**sent[0], **first}, place, "path", sent[1])
        elif len(way.names) > 1:
            yield Interface(target, first, place, "path", "get")


def _sent_to(code: str, head: str, known: Mapping[str, str]) -> tuple[dict[str, Json], str] | None:
    """The literal that is posted to an address which begins so, and the way it goes."""
    asked = re.search(rf"(?:\burl['\"]?\s{{0,5}}:|\.post\()\s{{0,5}}['\"`]{re.escape(head)}", code)
    if asked is None:
        return None
    after = code[asked.start() : asked.end() + REACH]
    literal = _LITERAL_OF_ANY.search(after)
    if literal is None or not POSTED.search(after):
        return None
    before = after[: literal.start()]
    if not SENT_AS.search(before):
        return None
    way = way_of(f"post {before}", after)
    return typed_pairs(literal[1], known), way


def _in_appended(code: str, url: str) -> Iterator[Interface]:
    """Forms that a script fills field by field: `form.append('page', '1')`."""
    forms: defaultdict[str, dict[str, Json]] = defaultdict(dict)
    for match in islice(_APPENDED.finditer(code), _MAX_ADDRESSES):
        forms[match["name"]][match["key"]] = match["text"] or match["number"] or ""
    for name, values in islice(forms.items(), _MAX_FORMS):
        use = re.search(rf"{PATH}[^;]{{0,200}}?[,:(]\s{{0,5}}{re.escape(name)}\b", code)
        if use is not None:
            yield from _interface(resolve(use["path"], url), values, set(values), "form", True)


def _in_tables(code: str, known: Mapping[str, str], url: str) -> Iterator[Interface]:
    """The tables of script libraries."""
    for table in widgets(code):
        target = resolve(f"{known.get(table.prefix.rpartition('.')[2], '')}{table.url}", url)
        values = dict(parse_qsl(urlsplit(target).query, keep_blank_values=True))
        sized: dict[str, Json] = {table.size_key: table.size or _ROWS_PER_PAGE}
        literal = {**values, **typed_pairs(table.values, known), **sized}
        way = "form" if table.posts else "get"
        yield Interface(target.partition("?")[0], literal, table.key, table.kind, way)


def _based(code: str, path: str) -> str:
    """A path under the base address that the page's client is set up with, if it is."""
    base = _base_url(code)
    if not base or not path.startswith("/") or path.startswith(base):
        return path
    return base.rstrip("/") + path


@lru_cache(maxsize=4)
def _base_url(code: str) -> str:
    """The base address that the page's client is set up with; empty if it has none."""
    found = _BASE_URL.search(code)
    return found[1] if found else ""


def _interface(
    url: str, values: Mapping[str, Json], names: set[str], way: str, sure: bool = False
) -> Iterator[Interface]:
    """The interface, if the names tell of chunks: by a size, or where it is `sure` to go on."""
    size = _among(names, SIZE_KEYS)
    found = ((kind, key) for kind, known in _KINDS if (key := _among(names, known)))
    kind, key = next(found, ("", ""))
    if url and key and (size or (sure and kind != "offset")):
        sized: dict[str, Json] = {size: _ROWS_PER_PAGE} if size else {}
        yield Interface(url, {**sized, **values}, key, kind, way)


def _among(names: set[str], known: tuple[str, ...]) -> str:
    return next((name for name in sorted(names) if name.casefold() in known), "")
