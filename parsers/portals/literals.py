"""Records that stand in scripts as literals, whether or not they are JSON."""

import re
from base64 import b64decode
from collections import defaultdict
from collections.abc import Iterator
from itertools import islice
from urllib.parse import unquote

from parsers.portals.scripting import Json, decode_json, joined

# A page's data is small; what goes beyond is cut off rather than read for ever.
_MAX_TOKENS = 300_000
_MAX_STARTS = 60
_MAX_LEVELS = 16
_MAX_SCATTERED = 3_000
_START = re.compile(r"\[\s{0,200}[\[{'\"]")
# What adds one record to a list: `list.push({...})`, `rows[3] = {...}`.
_ADDED = re.compile(r"(?:\.push\(|\]\s{0,5}=)\s{0,20}(?=[\[{])")
_ARGUMENT = r"(?:'[^'\n]{0,500}'|\"[^\"\n]{0,500}\"|-?\d{1,18}|null|true|false)"
_CALLED = re.compile(r"([A-Za-z_$][\w$]{0,40}(?:\.[A-Za-z_$]\w{0,40})?)\s{0,3}\Z")
_CALLED_CHARS = 86
_ARGUMENTS = re.compile(
    rf"\(\s{{0,5}}({_ARGUMENT}(?:\s{{0,5}},\s{{0,5}}{_ARGUMENT}){{1,12}})\s{{0,5}}\)"
)
_TOKEN = re.compile(
    r"\s*(?:(?://[^\n]{0,2000}|/\*.{0,2000}?\*/)\s*)*"
    r"(?:(?P<mark>[\[\]{}:,])"
    r"|\"(?P<double>(?:[^\"\\\n]|\\.){0,500000})\"|'(?P<single>(?:[^'\\\n]|\\.){0,500000})'"
    r"|(?P<number>-?\d{1,20}(?:\.\d{1,20})?)(?![\w$])|(?P<name>[A-Za-z_$][\w$]{0,60})(?![\w$.(]))",
    re.DOTALL,
)
_PARSED = re.compile(
    r"\bJSON\.parse\(\s{0,9}(?P<by>(?:(?:window\.)?(?:decodeURIComponent|decodeURI|unescape|escape|atob)"
    r"\(\s{0,9}){0,3})(?=['\"])"
)
_ESCAPE = re.compile(r"\\(u[0-9a-fA-F]{4}|x[0-9a-fA-F]{2}|.)", re.DOTALL)
_LETTERS = {"n": "\n", "t": "\t", "r": "\r", "b": "", "f": ""}
_WORDS: dict[str, Json] = {"true": True, "false": False, "null": None, "undefined": None}


class _NoLiteralError(Exception):
    """What stands there is code, not data."""


def record_lists(code: str) -> Iterator[Json]:
    """The arrays of objects in a script, outermost first.

    Names without quotes, single quotes, comments and trailing commas are taken as script engines
    take them. An array that needs anything to be computed is left out.
    """
    reader = _Reader(code)
    at = 0
    for _ in range(_MAX_STARTS):
        start = _START.search(code, at)
        if start is None:
            return
        try:
            reader.at = start.start()
            value = reader.value(_MAX_LEVELS)
        except _NoLiteralError:
            at = start.start() + 1
        else:
            at = reader.at
            yield value


def parsed_texts(code: str) -> Iterator[Json]:
    """What a script reads out of a text that holds JSON: `JSON.parse("...")`, coded or not."""
    for call in islice(_PARSED.finditer(code), _MAX_STARTS):
        text = _read(code, call.end())
        if isinstance(text, str):
            yield decode_json(_decoded(text, call["by"] or ""))


def _decoded(text: str, by: str) -> str:
    """The text that a coded one stands for, as the browser's functions decode it."""
    if by.endswith("atob("):
        try:
            text = b64decode(text, validate=True).decode("utf-8", "replace")
        except ValueError:
            return ""
    return unquote(text) if "%" in text and by else text


def scattered_records(code: str) -> Iterator[Json]:
    """The records that a script adds one by one: by assignments, or by calls of one function.

    `tree.add(3, 0, 'title', 'address')` gives a list of the call's arguments.
    """
    yield list(_added(code))
    calls: defaultdict[str, list[Json]] = defaultdict(list)
    found = joined(_CALLED, _ARGUMENTS, code, _CALLED_CHARS)
    for name, told in islice(found, _MAX_SCATTERED):
        calls[name[1]].append(_read(f"[{told[1]}]", 0))
    yield from calls.values()


def _added(code: str) -> Iterator[Json]:
    for added in islice(_ADDED.finditer(code), _MAX_SCATTERED):
        yield _read(code, added.end())


def _read(code: str, at: int) -> Json:
    """The literal that begins there; None where code stands."""
    reader = _Reader(code)
    reader.at = at
    try:
        return reader.value(_MAX_LEVELS)
    except _NoLiteralError:
        return None


class _Reader:
    """Reads one value after another; `at` is the place in the code."""

    def __init__(self, code: str) -> None:
        self.at = 0
        self._code = code
        self._left = _MAX_TOKENS

    def value(self, levels: int) -> Json:
        """The value that begins here."""
        token = self._next()
        mark = token["mark"]
        if mark == "[":
            return list(self._items(levels))
        if mark == "{":
            return dict(self._pairs(levels))
        if mark:
            raise _NoLiteralError
        return _plain(token)

    def _next(self) -> re.Match[str]:
        token = _TOKEN.match(self._code, self.at)
        self._left -= 1
        if token is None or self._left < 0:
            raise _NoLiteralError
        self.at = token.end()
        return token

    def _closes(self, mark: str) -> bool:
        token = _TOKEN.match(self._code, self.at)
        if token is None or token["mark"] != mark:
            return False
        self.at = token.end()
        return True

    def _items(self, levels: int) -> Iterator[Json]:
        if not levels:
            raise _NoLiteralError
        while not self._closes("]"):
            yield self.value(levels - 1)
            if not self._closes(","):
                if not self._closes("]"):
                    raise _NoLiteralError
                return

    def _pairs(self, levels: int) -> Iterator[tuple[str, Json]]:
        if not levels:
            raise _NoLiteralError
        while not self._closes("}"):
            key = self._next()
            if key["mark"] or not self._closes(":"):
                raise _NoLiteralError
            yield key["name"] or str(_plain(key)), self.value(levels - 1)
            if not self._closes(","):
                if not self._closes("}"):
                    raise _NoLiteralError
                return


def _plain(token: re.Match[str]) -> Json:
    for kind in ("double", "single"):
        text = token[kind]
        if text is not None:
            return _ESCAPE.sub(_unescaped, text)
    number = token["number"]
    if number is not None:
        return float(number) if "." in number else int(number)
    return _WORDS.get(token["name"])


def _unescaped(match: re.Match[str]) -> str:
    what = match.group(1)
    if what[0] in "ux" and len(what) > 1:
        return chr(int(what[1:], 16))
    return _LETTERS.get(what, what)
