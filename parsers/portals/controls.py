"""What stands behind a list and may turn its pages: boxes, fields, arrows, places for a script."""

import re
from collections.abc import Callable, Iterator, Sequence
from itertools import islice

from lxml import etree
from lxml.html import HtmlElement

from parsers.portals.clicks import Clicks
from parsers.portals.markup import base_of, joined_text, resolve, scripts
from parsers.portals.pager_links import NEXT, numbered_options
from parsers.portals.records import Page, Row
from parsers.portals.waiting import is_library, script_files

# A pager never stands behind fewer rows: no site shows four on a page.
LEAST_ROWS = 5
_MAX_BEHIND = 80
_FOOT = re.compile(r"foot|copyright|bottom|friend|youqing|links?\b|share|bdsharebuttonbox", re.I)
_NAMED = re.compile(
    r"(?:^|[\s_-])(?:\w{0,12}(?<!web)(?<!home)(?<!full)pag(?:e|es|er|ers|ing|ination|inator|e(?:bar|nav|box|list|num|info|table|wrap|code|div|str|btn))\d?"
    r"|pg|fy|fenye|fanye|turn)(?=$|[\s_-])",
    re.IGNORECASE,
)
_SCRIPT_FILE = re.compile(r"pag(?:e|ing|in)|fenye|fanye|(?:^|[/_-])fy\d?\.js", re.IGNORECASE)
_GO_TO = re.compile(r"第页|跳转|转到|跳至|跳到|到第|转至|go(?![a-z])", re.IGNORECASE)
_ARROW = re.compile(r"[<>«»‹›→←▶►]*")
_TURNS = re.compile(
    r"location(?:\.\w{4,8})?\s{0,3}=(?!=)(?!\s{0,3}['\"]?#)|location\.(?:assign|replace)\(|submit\("
    r"|\.(?:get|post|ajax|getJSON|load)\(|fetch\("
)
_CALLED = re.compile(r"([A-Za-z_$][\w$]{0,60})\s{0,3}\(")
_SIZE = re.compile(
    r"\bpage_?size['\"]?\s{0,5}[:=]\s{0,5}['\"]?(\d{1,3})(?!\d)"
    r"|\bgo_?page\w{0,10}\(\s{0,5}1\s{0,5},\s{0,5}(\d{1,3})\s{0,5}\)",
    re.IGNORECASE,
)
_FUNCTION_CHARS = 1_500
_SLIDES = re.compile(r"slid|swip|banner|carousel|focus|scroll|lunbo|roll|marquee", re.IGNORECASE)


def unread_control(page: Page, tree: HtmlElement, rows: Sequence[Row]) -> str:
    """What behind the rows may turn the page in a way that is not understood; empty if nothing."""
    if len(rows) < LEAST_ROWS or _holds_all(tree, len(rows)):
        return ""
    near = tuple(behind(page, tree, rows))
    filled = _is_filled(page, tree)
    if any(_is_drawn(node, filled) for node in near):
        return "a script draws a pager that is not understood"
    for node in near:
        if node.tag == "select" and (pages := numbered_options(node)) and _is_of_pages(node):
            return f"a box offers {len(pages)} pages in a way that is not understood"
    if any(_is_field(node) for node in near):
        return "the field for the number of a page is not understood"
    clicks = Clicks(tree, page.url)
    if words := next((joined_text(node) for node in near if _is_numbered(node, clicks)), ""):
        return f"the pager's {words} leads on in a way that is not understood"
    if any(_is_arrow(node, clicks, scripts(tree)) for node in near):
        return "an arrow behind the list leads on in a way that is not understood"
    return ""


def _holds_all(tree: HtmlElement, rows: int) -> bool:
    """Whether the page has more rows than its scripts show at a time: they hide the others."""
    sizes = (int(next(filter(None, match.groups()))) for match in _SIZE.finditer(_code_of(tree)))
    return any(1 < size < rows for size in sizes)


def _code_of(tree: HtmlElement) -> str:
    loaded = next((node.get("onload") or "" for node in tree.iter("body")), "")
    return f"{scripts(tree)}\n{loaded}"


def behind(page: Page, tree: HtmlElement, rows: Sequence[Row]) -> Iterator[HtmlElement]:
    """The elements between the last row and the foot of the page, as many as a pager has."""
    urls, base = {row.url for row in rows}, base_of(tree, page.url)
    kept: list[HtmlElement] = []
    is_open = False
    for node in tree.iter(etree.Element):
        if node.tag == "a" and resolve(node.get("href"), base) in urls:
            kept.clear()
            is_open = True
        elif is_open and (node.tag == "footer" or _FOOT.search(_names(node))):
            is_open = False
        elif is_open and len(kept) < _MAX_BEHIND:
            kept.append(node)
    return islice(kept, _MAX_BEHIND)


def _names(node: HtmlElement) -> str:
    return f"{node.get('id') or ''} {node.get('class') or ''}"


def _is_filled(page: Page, tree: HtmlElement) -> Callable[[str], bool]:
    """Whether a script may fill the element of such an id or class."""
    code, by_file = scripts(tree), any(script_files(tree, page.url))
    return lambda names: by_file or any(name in code for name in names.split())


def _is_drawn(node: HtmlElement, is_filled: Callable[[str], bool]) -> bool:
    """Whether a script puts a pager there: an empty element of its name, or a file of its name."""
    if node.tag == "script":
        return is_pager_file(node.get("src") or "")
    is_component = "-" in str(node.tag)
    is_place = is_component or node.tag in ("div", "ul", "p", "span", "nav", "td")
    names = f"{node.tag} {_names(node)}" if is_component else _names(node)
    is_empty = is_place and bool(_NAMED.search(names)) and not joined_text(node)
    return is_empty and is_filled(names)


def is_pager_file(address: str) -> bool:
    """Whether a script file has the name of a pager."""
    path = address.partition("?")[0]
    return bool(_SCRIPT_FILE.search(path)) and not is_library(path)


def _is_of_pages(box: HtmlElement) -> bool:
    """Whether the numbers of a box are those of pages: its names, script or words say so."""
    above = box.getparent()
    words = joined_text(box) + (joined_text(above)[:200] if above is not None else "")
    told = f"{_names(box)} {box.get('name') or ''} {box.get('onchange') or ''}"
    return "页" in words or bool(_GO_TO.search(words) or re.search("page|jump|go", told, re.I))


def _is_field(node: HtmlElement) -> bool:
    """Whether one writes a page's number there."""
    if node.tag != "input" or (node.get("type") or "text").casefold() not in ("text", "number"):
        return False
    above = node.getparent()
    return above is not None and bool(_GO_TO.search(joined_text(above)[:200]))


def _is_numbered(node: HtmlElement, clicks: Clicks) -> bool:
    """Whether an element says that it leads on, and holds a page's number for a script."""
    if len(node) or not NEXT.match(joined_text(node)) or clicks.target(node):
        return False
    kept = (str(v) for name, v in node.attrib.items() if str(name).startswith("data-"))
    return any(value.isascii() and value.isdigit() and int(value[:6]) > 1 for value in kept)


def _is_arrow(node: HtmlElement, clicks: Clicks, code: str) -> bool:
    """Whether a click on an element without words goes to another page in an unknown way."""
    script = node.get("onclick") or ""
    if not script or not _ARROW.fullmatch(joined_text(node)) or clicks.target(node):
        return False
    if any(_SLIDES.search(_names(above)) for above in (node, *node.iterancestors())):
        return False
    called = _CALLED.search(script)
    at = re.search(rf"\b{re.escape(called[1])}\s{{0,3}}(?:\(|=)", code) if called else None
    body = code[at.start() : at.start() + _FUNCTION_CHARS] if at else ""
    return bool(_TURNS.search(f"{script} {body}"))
