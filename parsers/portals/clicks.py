"""Where links and what acts as one lead: by href, by click script, by a handler bound to them."""

import re
from collections.abc import Iterator, Mapping

from lxml.html import HtmlElement

from parsers.portals.markup import base_of, resolve, scripts, target_of
from parsers.portals.templates import assigned, called, functions, templates

_ADDRESS_ATTRIBUTES = ("data-href", "data-url", "data-link")
# Elements that a click opens, or whose address stands in an attribute, as links do.
_CLICKED = "//*[@onclick or @data-href or @data-url or @data-link][not(self::a or self::input)]"
_CLICKED_SIZE = 30
_TEXT = r"'[^'\n]{0,500}'|\"[^\"\n]{0,500}\""
_PART = rf"(?:{_TEXT}|[A-Za-z_$][\w$]{{0,40}}(?:\.[A-Za-z_$][\w$]{{0,40}}){{0,3}})"
_SPELLED = re.compile(
    r"(?:\bopen|\bhref|\blocation|\breplace|\bassign|\bnavigate)\s{0,5}(?:=|\()\s{0,5}"
    rf"(?P<parts>{_PART}(?:\s{{0,5}}\+\s{{0,5}}{_PART}){{1,8}})\s{{0,5}}(?=[,;)\s]|$)"
)
_OF_THIS = re.compile(
    r"\bthis\.(id|name|title|rel|value|className)\b(?!\s{0,3}=[^=])"
    r"|(?:\bthis|\$\(\s{0,3}this\s{0,3}\))\.(?:getAttribute|attr)\(\s{0,3}['\"]([\w-]{1,40})['\"]\s{0,3}\)"
)
# A click that does nothing but call a function, an address first.
_HANDED = re.compile(
    r"(?:#?\s{0,3}|javascript:\s{0,3}(?:void\(0\);?)?\s{0,3})(?:return\s{1,3})?([A-Za-z_$][\w$.]{0,40})"
    r"\(\s{0,5}['\"](?P<url>(?:https?:/)?/[\w./%?=&-]{3,400}|[\w./-]{1,200}\.(?:s?html?|jsp|aspx?|php|pdf|docx?)"
    r"(?:\?[^'\"\s]{0,200})?)['\"]",
    re.IGNORECASE,
)
_OTHER_USE = re.compile(
    r"share|favou?r|home|copy|weibo|weixin|qq|print|alert|confirm|submit|login|search|count|play|slide"
    r"|img|image|pic|change|tab|toggle|hover|switch|post|del|save|log\b",
    re.IGNORECASE,
)
_FRAMED = re.compile(
    r"\.(?:src\s{0,5}=|attr\(\s{0,5}['\"]src['\"]\s{0,5},)\s{0,5}['\"]([\w./%?=&-]{1,300}"
    r"(?:/|\.(?:s?html?|jsp|aspx?|php|pdf))(?:\?[^'\"\s]{0,200})?)['\"]"
)
_CODED = re.compile(r"\\u([0-9a-fA-F]{4})")
_DEAD = ("", "#", "javascript:;", "javascript:void(0)", "javascript:void(0);", "javascript:")
_OF_OTHER_USE = ("style", "class", "href", "onclick", "title", "target", "id", "onmouseover", "alt")
_PATH = re.compile(
    r"(?:https?:/)?/[\w./%?=&-]{3,400}|[\w./-]{1,200}\.(?:s?html?|jsp|aspx?|pdf|docx?)(?:\?\S{0,200})?"
)
_PIECE = re.compile(_PART)


def as_run(script: str, element: HtmlElement) -> str:
    """The click script as it is run: escapes undone, the element's own attributes for `this`."""
    if "\\" in script:
        script = _CODED.sub(lambda match: chr(int(match[1], 16)), script).replace("\\/", "/")
    if "this" not in script:
        return script
    return _OF_THIS.sub(lambda match: f"'{element.get(match[1] or match[2]) or ''}'", script)


class Clicks:
    """Where the elements of one page lead."""

    def __init__(self, tree: HtmlElement, url: str) -> None:
        """Reads the page's scripts; `url` is its address."""
        code = scripts(tree)
        self._tree = tree
        self._base = base_of(tree, url)
        self._functions = functions(code)
        self._names = assigned(code)
        made = templates(code)
        self._bound = [way for way in made if all(name.startswith("@") for name in way.names)]

    def target(self, element: HtmlElement) -> str:
        """The address that the element leads to; empty if none is known."""
        script = as_run(f"{element.get('href') or ''} {element.get('onclick') or ''}", element)
        named = next((value for name in _ADDRESS_ATTRIBUTES if (value := element.get(name))), None)
        if (
            named
            and (number := element.get("data-page") or element.get("data-next") or "").isdigit()
        ):
            named = f"{named}{'&' if '?' in named else '?'}page={number}"
        return (
            target_of(element, self._base)
            or resolve(named, self._base)
            or called(script, self._functions, self._base)
            or spelled(script, self._names, self._base)
            or self._handled(element)
            or self._given(script)
            or self._kept(element)
        )

    def _given(self, script: str) -> str:
        """By the address that it hands to a frame, or to a function of no other known use."""
        if framed := _FRAMED.search(script):
            return resolve(framed[1], self._base)
        call = _HANDED.match(script.strip())
        return resolve(call["url"], self._base) if call and not _OTHER_USE.search(call[1]) else ""

    def _kept(self, element: HtmlElement) -> str:
        """By the address that a link without one keeps in an attribute of another name."""
        if element.tag != "a" or (element.get("href") or "#").strip() not in _DEAD:
            return ""
        others = (v for name, v in element.attrib.items() if name not in _OF_OTHER_USE)
        return resolve(next((v for v in others if _PATH.fullmatch(str(v))), ""), self._base)

    def _handled(self, element: HtmlElement) -> str:
        """By a handler that puts the address together of the element's own attributes."""
        for way in self._bound:
            values = {name: element.get(name[1:]) or "" for name in way.names}
            if target := way.fill(values, self._base):
                return target
        return ""

    def elements(self) -> Iterator[HtmlElement]:
        """The elements that act as links, are none, and hold none."""
        for element in self._tree.xpath(_CLICKED + self._carriers()):
            inner = next(element.iter("a", "input", "select"), None)
            if (inner is None or inner is element) and len(element) < _CLICKED_SIZE:
                yield element

    def _carriers(self) -> str:
        """The elements that carry what a bound handler needs, as a further XPath."""
        needed = {name[1:] for way in self._bound for name in way.names}
        plain = sorted(name for name in needed if name.startswith("data-") and name.isascii())
        return "".join(f" | //*[@{name}][not(@onclick or self::a)]" for name in plain)


def spelled(script: str, known: Mapping[str, str], base: str) -> str:
    """The address that a click script joins of texts and `known` names; empty if one is not."""
    match = _SPELLED.search(script)
    if match is None:
        return ""
    texts: list[str] = []
    for piece in _PIECE.findall(match["parts"]):
        text = piece[1:-1] if piece[0] in "'\"" else known.get(piece.rpartition(".")[2])
        if text is None:
            return ""
        texts.append(text)
    return resolve("".join(texts), base)
