"""What page scripts tell without being run: object literals, JSON values, quoted addresses."""

import json
import re
from collections.abc import Iterator, Mapping
from typing import TypeAlias

Json: TypeAlias = "dict[str, Json] | list[Json] | str | int | float | bool | None"

_PAIR = re.compile(
    r"(?:['\"]?([A-Za-z_$][\w$]{0,60})['\"]?|['\"]([A-Za-z_$][\w$.-]{0,60}\[[\w.,-]{0,60}\])['\"])\s{0,20}:\s{0,20}"
    r"(?:'([^'\n]{0,2000})'|\"([^\"\n]{0,2000})\"|(-?\d{1,18}|true|false|null)(?![\w.]))"
)
_ARRAY = re.compile(
    r"['\"]?([A-Za-z_$][\w$]{0,60})['\"]?\s{0,20}:\s{0,20}"
    r"(\[\s{0,20}(?:(?:'[^'\n]{0,200}'|\"[^\"\n]{0,200}\"|\d{1,18})\s{0,20},?\s{0,20}){1,30}\])"
)
_ELEMENT = re.compile(r"'([^'\n]{0,200})'|\"([^\"\n]{0,200})\"|(\d{1,18})")
_NUMERAL = re.compile(r"-?(?:0|[1-9]\d*)|true|false|null")
_NAMED = re.compile(
    r"['\"]?([A-Za-z_$][\w$]{0,60})['\"]?\s{0,20}:\s{0,20}(?:[\w$]{1,20}\.){0,3}"
    r"([A-Za-z_$][\w$]{0,60})\s{0,20}(?=[,}]|$)"
)
_SHORT = re.compile(r"(?:^|,)\s{0,20}([A-Za-z_$][\w$]{0,60})\s{0,20}(?=,|$)")
_CALLBACK = re.compile(r"^\s*(?:/\*[^*]{0,200}\*/)?\s*[\w$.]{1,100}\s*\(")
_OBJECT_CHARS = 4_000
_BLANK = " \t\r\n\ufeff\u3000"


def joined(
    before: re.Pattern[str], after: re.Pattern[str], code: str, reach: int
) -> Iterator[tuple[re.Match[str], re.Match[str]]]:
    """What matches `before` and at once `after`, as one pattern of both would find it.

    `after` is looked for first: it begins with a character that can be searched for, where names
    may begin at every letter of a script.

    Args:
        before: ends with `\\Z` and matches no more than `reach` characters.
        after: begins with a plain character that `before` cannot hold.
        code: where to look.
        reach: how far `before` may reach back.
    """
    at = 0
    while found := after.search(code, at):
        name = before.search(code, max(at, found.start() - reach), found.start())
        at = found.end() if name else found.start() + 1
        if name:
            yield name, found


def pairs(code: str) -> dict[str, str]:
    """The `name: literal` pairs of an object literal, as text; expressions are left out."""
    found: dict[str, str] = {}
    for plain, bracketed, single, double, bare in _PAIR.findall(code):
        found.setdefault(plain or bracketed, single or double or bare)
    return found


def typed_pairs(code: str, known: Mapping[str, str]) -> dict[str, Json]:
    """The pairs of an object literal, arrays of plain values among them, with their types.

    Names stand for what is `known` of them.
    """
    found: dict[str, Json] = {}
    for plain, bracketed, single, double, bare in _PAIR.findall(code):
        value = json.loads(bare) if _NUMERAL.fullmatch(bare) else single or double
        found.setdefault(plain or bracketed, value)
    for name, array in _ARRAY.findall(code):
        elements = _ELEMENT.findall(array)
        found.setdefault(name, [int(bare) if bare else one or two for one, two, bare in elements])
    for name, variable in names_in(code).items():
        if variable in known:
            found.setdefault(name, known[variable])
    return found


def names_in(code: str) -> dict[str, str]:
    """The pairs of an object literal whose values are names: `{org: code, size}` gives both."""
    found = dict(_NAMED.findall(code))
    return found | {name: name for name in _SHORT.findall(code) if name not in found}


def objects_with(code: str, name: str) -> Iterator[str]:
    """The flat object literals that have a pair of that name, braces excluded."""
    for match in re.finditer(rf"['\"]?\b{re.escape(name)}\b['\"]?\s{{0,20}}:", code):
        start = code.rfind("{", max(0, match.start() - _OBJECT_CHARS), match.start())
        end = code.find("}", match.end(), match.end() + _OBJECT_CHARS)
        if start >= 0 and end >= 0:
            yield code[start + 1 : end]


def json_after(code: str, marker: str) -> Json:
    """The JSON value that follows `marker:` or `marker =`; None if there is none."""
    match = re.search(rf"['\"]?\b{re.escape(marker)}\b['\"]?\s{{0,20}}[:=]\s{{0,20}}", code)
    if match is None:
        return None
    try:
        value: Json = json.JSONDecoder().raw_decode(code, match.end())[0]
    except (ValueError, RecursionError):
        return None
    return value


def decode_json(text: str) -> Json:
    """A JSON or JSONP answer, blank lines and byte-order marks before it; None if it is neither."""
    body = text.strip(_BLANK)
    wrapped = _CALLBACK.match(body)
    if wrapped:
        body = body[wrapped.end() :].rstrip(_BLANK + ";").removesuffix(")").strip(_BLANK)
    try:
        value: Json = json.loads(body)
    except (ValueError, RecursionError):
        return None
    return value


def number_of(value: Json, *names: str) -> int | None:
    """The first count of one of the names, the names in order, at most four levels down."""
    for name in names:
        for found in _named(value, name.casefold(), 4):
            if isinstance(found, int) and not isinstance(found, bool):
                return found
            if isinstance(found, str) and found.isascii() and found.isdigit():
                return int(found[:9])
    return None


def _named(value: Json, name: str, levels: int) -> Iterator[Json]:
    if not isinstance(value, dict) or levels == 0:
        return
    yield from (found for key, found in value.items() if key.casefold() == name)
    for inner in value.values():
        yield from _named(inner, name, levels - 1)
