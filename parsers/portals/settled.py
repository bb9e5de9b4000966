"""Script code in which what the page itself tells is written out.

Scripts compute what can be known without running them: the value of a hidden field, a value of the
page's own address, a rounded quotient, a random number against caches. Each such expression is
replaced by what it gives, so that the readers of addresses and literals see plain ones.
"""

import re
from collections.abc import Callable, Mapping
from itertools import islice
from typing import TypeAlias
from urllib.parse import parse_qsl, urlsplit

from lxml.html import HtmlElement

_FIELD = re.compile(
    r"(?:\$|jQuery)\(\s{0,3}['\"](?:#|input#|input\[name=['\"]?)(?P<by>[\w-]{1,60})['\"]?\]?['\"]\s{0,3}\)"
    r"\.val\(\s{0,3}\)|document\.getElementById\(\s{0,3}['\"](?P<id>[\w-]{1,60})['\"]\s{0,3}\)\.value"
)
# A function with a telling name, or the map of the address's values, is asked for one of them.
_ASKED = re.compile(
    r"(?:\b(?:[A-Za-z_$]\w{0,30}\.){0,2}\w{0,40}(?:get|query|param|request|url)\w{0,40}|\.get)"
    r"\(\s{0,3}(?:location\.\w{4,8}\s{0,3},\s{0,3})?['\"](?P<name>[\w-]{1,60})['\"]\s{0,3}\)",
    re.IGNORECASE,
)
_SEARCH_MAP = re.compile(
    r"new\s{1,3}URLSearchParams\(\s{0,3}[\w.]{0,60}\s{0,3}\)(?=\s{0,3}\.get\()"
)
_CONSTANT = re.compile(
    r"\bfunction\s{1,3}(?P<name>\w{1,40})\s{0,3}\(\s{0,3}\)\s{0,5}\{\s{0,20}return\s{0,5}"
    r"(?P<value>'[^'\n]{0,200}'|\"[^\"\n]{0,200}\")\s{0,5};?\s{0,20}\}"
)
_WHOLE = re.compile(
    r"\b(?:parseInt|Number)\(\s{0,3}['\"]?(\d{1,9})['\"]?\s{0,3}(?:,\s{0,3}10\s{0,3})?\)"
)
_QUOTIENT = re.compile(r"\bMath\.ceil\(\s{0,3}(\d{1,9})\s{0,3}/\s{0,3}(\d{1,9})\s{0,3}\)")
_SERIALIZED = re.compile(
    r"\$\(\s{0,3}['\"](?:form)?#?(?P<form>[\w-]{0,60})['\"]\s{0,3}\)\.serialize(?:Array)?\(\s{0,3}\)"
)
_Written: TypeAlias = str | Callable[[re.Match[str]], str]
_MAX_CONSTANTS = 20
_NAME = r"(?P<name>[A-Za-z_$][\w$]{0,40}(?:\.[A-Za-z_$][\w$]{0,40})?)"
_BETWEEN = re.compile(rf"(?P<mark>['\"])\s{{0,5}}\+\s{{0,5}}{_NAME}\s{{0,5}}\+\s{{0,5}}(?P=mark)")
_BEFORE_TEXT = re.compile(rf"(?<![\w.$'\"+])(?<!\+\s){_NAME}\s{{0,5}}\+\s{{0,5}}(?P<mark>['\"])")
_DATE = r"\(?new\s{1,3}Date(?:\(\s{0,3}\))?\)?(?:\.\w{4,12}\(\s{0,3}\))?"
_AGAINST_CACHES = re.compile(
    rf"\s{{0,5}}\+\s{{0,5}}(?:Math\.random\(\s{{0,3}}\)|Date\.now\(\s{{0,3}}\)|\+?{_DATE}"
    rf"|Date\.parse\(\s{{0,3}}{_DATE}\s{{0,3}}\))"
)


def _rounded_up(match: re.Match[str]) -> str:
    size = int(match[2])
    return str(-(-int(match[1]) // size)) if size else match[0]


# Each expression behind words without which none stands in a script.
_COMPUTED: tuple[tuple[tuple[str, ...], re.Pattern[str], _Written], ...] = (
    (("parseInt(", "Number("), _WHOLE, r"\1"),
    (("Math.ceil(",), _QUOTIENT, _rounded_up),
    (("Math.random(", "Date"), _AGAINST_CACHES, ""),
)


def written_out(code: str, tree: HtmlElement) -> str:
    """The code with the values of the page's fields, plain numbers and no random ones."""
    if "val(" in code or ".value" in code:
        fields = _fields(tree)
        code = _FIELD.sub(lambda match: _quoted(match, match["by"] or match["id"], fields), code)
    code = _SERIALIZED.sub(lambda match: _form_literal(match, tree), code)
    constants = _CONSTANT.finditer(code) if "return" in code else ()
    for constant in islice(constants, _MAX_CONSTANTS):
        value = constant["value"][1:-1].replace("\\", "")
        code = re.sub(
            rf"\b{constant['name']}\(\)\s{{0,5}}\+\s{{0,5}}(['\"])", rf"\g<1>{value}", code
        )
    for words, expression, written in _COMPUTED:
        if any(word in code for word in words):
            code = expression.sub(written, code)
    return code


def with_own_values(code: str, url: str) -> str:
    """The code with the values of the page's own address where it asks for them by name."""
    values = dict(parse_qsl(urlsplit(url).query))
    if not values:
        return code
    code = _SEARCH_MAP.sub("", code)
    return _ASKED.sub(lambda match: _quoted(match, match["name"], values), code)


def _form_literal(match: re.Match[str], tree: HtmlElement) -> str:
    """The fields of a form as the literal that stands for them."""
    for form in tree.iter("form"):
        if match["form"] in (form.get("id"), form.get("name"), "form", ""):
            inputs = ((node.get("name"), node.get("value") or "") for node in form.iter("input"))
            pairs = [(name, value) for name, value in inputs if name]
            if any("'" in name or "'" in value for name, value in pairs):
                break
            return "{" + ",".join(f"'{name}':'{value}'" for name, value in pairs) + "}"
    return match[0]


def joined_constants(code: str, known: Mapping[str, str]) -> str:
    """The code with what is known of names joined to the texts beside them."""

    def value(match: re.Match[str]) -> str | None:
        found = known.get(match["name"])
        return None if found is None or re.search(r"['\"\\]", found) else found

    def between(match: re.Match[str]) -> str:
        found = value(match)
        return match[0] if found is None else found

    def before(match: re.Match[str]) -> str:
        found = value(match)
        return match[0] if found is None else f"{match['mark']}{found}"

    code = _BETWEEN.sub(between, code)
    return _BEFORE_TEXT.sub(before, code)


def _fields(tree: HtmlElement) -> dict[str, str]:
    """The values of the page's inputs by identifier and by name."""
    found: dict[str, str] = {}
    for node in tree.iter("input"):
        for name in filter(None, (node.get("id"), node.get("name"))):
            found.setdefault(name, node.get("value") or "")
    return found


def _quoted(match: re.Match[str], name: str, values: Mapping[str, str]) -> str:
    value = values.get(name, "")
    return match[0] if not value or "'" in value or "\\" in value else f"'{value}'"
