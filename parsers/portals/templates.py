"""Addresses that scripts put together: `'/list_' + n + '.html'`, `'/list_{page}.html'`."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice

from lxml.html import HtmlElement

from parsers.portals.markup import resolve
from parsers.portals.scripting import joined, pairs

_MAX_TEMPLATES = 200
_FUNCTION_CHARS = 1_500
# What the clicked element itself carries: `$(this).data('id')`, `row.getAttribute("data-id")`.
_OWN = (
    r"(?:\$\(\s{0,3}[\w.]{1,40}\s{0,3}\)|e(?:vent|vt)?\.(?:currentT|t)arget|[A-Za-z_$]\w{0,20})"
    r"\s{0,3}\.\s{0,3}"
    r"(?:(?P<how>data|attr|getAttribute)\(\s{0,3}['\"](?P<own>[\w-]{1,40})['\"]\s{0,3}\)"
    r"|dataset\.(?P<set>[a-z]\w{0,40}))"
)
# The end of a text, joined with a name: `...id=' + item.id`. Nothing is given back, as no part of a
# head can be the quote behind it.
_HEAD = re.compile(
    r"(?P<head>[^'\"`\s<>(){};,\\+]{1,300}+)['\"]\s{0,9}\+\s{0,9}(?:"
    + _OWN
    + r"|(?:this\.value|(?:[A-Za-z_$][\w$]{0,40}(?:\[\w{1,20}\])?\s{0,3}\.\s{0,3}){0,4}"
    r"(?P<name>[A-Za-z_$][\w$]{0,40}))(?:\(\))?(?![\w$(]))"
)
_OWN_NAMED = re.compile(r"\b(?P<name>[A-Za-z_$]\w{0,40})\s{0,5}=\s{0,5}" + _OWN)
_MORE = re.compile(
    r"\s{0,9}\+\s{0,9}['\"](?P<text>[^'\"<>\s\\]{0,200})(?:['\"]\s{0,9}\+\s{0,9}(?:"
    + _OWN
    + r"|(?:[A-Za-z_$][\w$]{0,40}(?:\[\w{1,20}\])?\s{0,3}\.\s{0,3}){0,4}"
    r"(?P<name>[A-Za-z_$][\w$]{0,40})(?![\w$(])))?"
)
_FILLED = re.compile(
    r"(?P<head>[^`'\"\s<>(){};,]{1,300})\$\{(?:\w{1,40}\.){0,4}(?P<name>\w{1,40})\}"
    r"(?P<tail>[^`'\"\s<>${}]{0,200})"
)
_PLACED = re.compile(
    r"['\"](?P<head>[^'\"\s<>{}]{0,300})"
    r"(?:\{\{?\s{0,3}(?P<name>page\w{0,8}|p|n|0|curr\w{0,8}|num(?:ber)?)\s{0,3}\}?\}|__page__|\[page\]|#page#|%d|\$page)"
    r"(?P<tail>[^'\"\s<>{}]{0,200})['\"]",
    re.IGNORECASE,
)
_BACKTICKS = re.compile(r"`([^`\n<>]{4,400})`")
_NAME_IN_BACKTICKS = re.compile(r"\$\{(?:\w{1,40}\.){0,4}(\w{1,40})\}")
_FUNCTION = re.compile(
    r"\bfunction\s{1,5}(\w{1,60})\s{0,5}\(([^()]{0,200})\)"
    r"|\b(\w{1,60})\s{0,5}[:=]\s{0,5}function\s{0,5}\(([^()]{0,200})\)"
)
_CALL = re.compile(r"(?<![\w.])(\w{1,60})\s{0,5}\(([^()]{1,400})\)")
_ARGUMENT = re.compile(r"\s*(?:'([^']{0,200})'|\"([^\"]{0,200})\"|(\d{1,20}))\s*(?:,|$)")
_NAMED = re.compile(r"\b(\w{1,40})\s{0,5}\Z")
_NAMED_CHARS = 45
_GIVEN = re.compile(r"=\s{0,5}(?:'([^'\n]{0,300})'|\"([^\"\n]{0,300})\"|(\d{1,18}))\s{0,5}[;,\n]")
_OBJECT = re.compile(r"\b(\w{1,40})\s{0,5}=\s{0,5}\{([^{}]{3,1000})\}")
_BOUND = re.compile(r"^(?::|v-bind:|\[)(?:href|to)\]?$")
_MUSTACHE = re.compile(r"\{\{\s{0,5}([\w.]{1,60})\s{0,5}\}\}")
_MAX_LINKS, _MAX_CALLS = 2_000, 2_000
PLACE = "page"
VALUE = "value"


@dataclass(frozen=True, slots=True)
class Template:
    """An address with names to be filled in: `texts` stand before, between and after `names`."""

    texts: tuple[str, ...]
    names: tuple[str, ...]

    def printed(self) -> str:
        """The template as one text, `/detail?id={id}`; `read_template` reads it back."""
        placed = (
            f"{{{name}}}{text}" for name, text in zip(self.names, self.texts[1:], strict=True)
        )
        return self.texts[0] + "".join(placed)

    def fill(self, values: Mapping[str, str], base: str) -> str:
        """The absolute address with the values in; empty where one is missing."""
        if any(not values.get(name) for name in self.names):
            return ""
        parts = [self.texts[0]]
        for name, text in zip(self.names, self.texts[1:], strict=True):
            parts += [values[name], text]
        return resolve("".join(parts), base)


def in_markup(tree: HtmlElement) -> str:
    """The addresses that attributes put together for each record, as a script would spell them.

    Vue binds `:href="'/d/' + x.id"`, others fill `href="/d/{{x.id}}"`.
    """
    spelled = []
    for node in islice(tree.iter("a"), _MAX_LINKS):
        for name, value in node.attrib.items():
            if _BOUND.search(str(name)) and ("+" in value or "${" in value):
                spelled.append(value)
            elif "{{" in value and str(name).endswith("href"):
                spelled.append("'" + _MUSTACHE.sub(r"'+\1+'", value) + "'")
    return ";\n".join(dict.fromkeys(spelled))


def read_template(printed: str) -> Template:
    """The template that `Template.printed` made the text of."""
    parts = re.split(r"\{([@\w-]+)\}", printed)
    return Template(tuple(parts[::2]), tuple(parts[1::2]))


@lru_cache(maxsize=8)
def templates(code: str) -> tuple[Template, ...]:
    """The addresses that the code puts together, in order."""
    filled = _placed(code, _FILLED) if "${" in code else ()
    found = [*_joined(code), *filled, *_placed(code, _PLACED)]
    found += _in_backticks(code)
    read = {match["name"]: _attribute(match) for match in _OWN_NAMED.finditer(code)}
    # A name that was given an attribute of the clicked element stands for it.
    told = (
        Template(template.texts, tuple(read.get(name, name) for name in template.names))
        for template in found
        if read and not read.keys().isdisjoint(template.names)
    )
    return tuple(dict.fromkeys(each for each in (*found, *told) if _is_address(each)))


def _joined(code: str) -> Iterator[Template]:
    for number, head in enumerate(_HEAD.finditer(code)):
        if number >= _MAX_TEMPLATES:
            return
        texts, names = [head["head"]], [_name(head) or VALUE]
        at = head.end()
        while more := _MORE.match(code, at):
            texts.append(more["text"])
            if not _name(more):
                break
            names.append(_name(more))
            at = more.end()
        yield Template((*texts, "")[: len(names) + 1], tuple(names))


def _name(match: re.Match[str]) -> str:
    """What is joined: a name, or `@` and the attribute of the clicked element."""
    return _attribute(match) or match["name"] or ""


def _attribute(match: re.Match[str]) -> str:
    own = match["own"] or match["set"]
    if not own:
        return ""
    return f"@{own}" if (match["how"] or "data") != "data" else f"@data-{own}"


def _placed(code: str, pattern: re.Pattern[str]) -> Iterator[Template]:
    for number, match in enumerate(pattern.finditer(code)):
        if number >= _MAX_TEMPLATES:
            return
        yield Template((match["head"], match["tail"]), (match["name"] or PLACE,))


def _in_backticks(code: str) -> Iterator[Template]:
    """Template literals with several names: `/list/${channel}/${page}`."""
    for literal in islice(_BACKTICKS.finditer(code), _MAX_TEMPLATES):
        parts = _NAME_IN_BACKTICKS.split(literal[1])
        if len(parts) > 3 and "${" not in "".join(parts[::2]):
            yield Template(tuple(parts[::2]), tuple(parts[1::2]))


def _is_address(template: Template) -> bool:
    """Whether it begins like an address, or ends like a file name."""
    first = template.texts[0]
    begins = re.match(r"(?:https?:|\.{0,2}/|\?)", first) or re.search(r"\w\.\w{2,5}\?|/", first)
    return bool(begins or re.search(r"\.s?html?$|\.jsp$|\.aspx?$", template.texts[-1]))


def assigned(code: str) -> dict[str, str]:
    """The texts and numbers that the code gives names to, the first of each name."""
    found: dict[str, str] = {}
    for name, value in _assignments(code):
        found.setdefault(name, value)
    return found


def _assignments(code: str) -> Iterator[tuple[str, str]]:
    for name, value in joined(_NAMED, _GIVEN, code, _NAMED_CHARS):
        yield name[1], next(filter(None, value.groups()), "")


def constants(code: str) -> dict[str, str]:
    """The names that are given one text and no other, and the texts in objects of a name."""
    given: dict[str, set[str]] = {}
    for name, value in _assignments(code):
        given.setdefault(name, set()).add(value)
    found = {name: values.pop() for name, values in given.items() if len(values) == 1}
    for match in islice(_OBJECT.finditer(code), _MAX_TEMPLATES):
        found |= {f"{match[1]}.{key}": value for key, value in pairs(match[2]).items()}
    return found


@dataclass(frozen=True, slots=True)
class Function:
    """A function of a script: its arguments, and the address that it puts together of them."""

    arguments: tuple[str, ...]
    template: Template
    known: Mapping[str, str]


@lru_cache(maxsize=8)
def functions(code: str) -> Mapping[str, Function]:
    """The functions that put an address together of their arguments, by name."""
    heads = list(_FUNCTION.finditer(code))[:_MAX_TEMPLATES]
    found: dict[str, Function] = {}
    known = assigned(code) if heads else {}
    for head, after in zip(heads, [*heads[1:], None], strict=False):
        end = min(after.start() if after else len(code), head.end() + _FUNCTION_CHARS)
        names = tuple(name.strip() for name in (head[2] or head[4] or "").split(","))
        for template in templates(code[head.end() : end]):
            if set(template.names) <= set(names) | set(known) and set(template.names) & set(names):
                found.setdefault(head[1] or head[3], Function(names, template, known))
    return found


def called(script: str, known: Mapping[str, Function], base: str) -> str:
    """The address that a call in a click script leads to; empty if none of the functions is."""
    return next(_led_to(script, known, base), "")


def calls_made(code: str, base: str) -> Iterator[str]:
    """The addresses that the code's own calls of its functions lead to."""
    return _led_to(code, functions(code), base)


def _led_to(code: str, known: Mapping[str, Function], base: str) -> Iterator[str]:
    for call in islice(_CALL.finditer(code), _MAX_CALLS) if known else ():
        if (function := known.get(call[1])) is not None:
            values = [next(filter(None, found), "") for found in _ARGUMENT.findall(call[2])]
            given = dict(zip(function.arguments, values, strict=False))
            if target := function.template.fill({**function.known, **given}, base):
                yield target


def ways_of(script: str, code: str) -> list[Template]:
    """The addresses that the script of a choice, or a function it calls, makes of one value."""
    called = (way.template for name, way in functions(code).items() if f"{name}(" in script)
    return [way for way in (*templates(script), *called) if len(way.names) == 1]


def quoted_address(script: str, base: str) -> str:
    """The first argument of a click script that is an address; empty if none is."""
    for single, double in re.findall(r"'([^'\s<>]{2,500})'|\"([^\"\s<>]{2,500})\"", script):
        text = single or double
        if re.match(r"(?:https?:/|\.{0,2}/|\?)", text) or re.search(r"\w\.\w{2,5}(?:\?|$)", text):
            return resolve(text, base)
    return ""
