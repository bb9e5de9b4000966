"""The links of pagers: their labels, and where they lead as far as the page tells."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice
from urllib.parse import urlencode

from lxml.html import HtmlElement

from parsers.portals.clicks import Clicks, as_run
from parsers.portals.markup import base_of, boxes_of, joined_text, resolve, scripts
from parsers.portals.page_numbers import is_page_key
from parsers.portals.templates import quoted_address, ways_of

NEXT = re.compile(
    r"^[\[(<]*(?:下一?页|下一个|后一?页|后一?頁|下一頁|(?:点击)?(?:加载|显示|查看)更多|next(?:page)?|[>»›]{1,2})"
    r"[\])>»›]*$",
    re.I,
)
LAST = re.compile(r"^[\[(<]*(?:尾页|末页|最后一?页|last)[\])>»›|]*$", re.I)
_DRAWN_NEXT = re.compile(r"(?:next|xiayiye|xyy|nextpage)\w{0,8}\.\w{3,4}(?:\s|$)", re.IGNORECASE)
_VOID = re.compile(r"javascript:\s{0,3}void\(\s{0,3}0?\s{0,3}\);?", re.IGNORECASE)
_PLACE_LEVELS = 4
_ORDINAL = re.compile(r"第?(\d{1,4})页?(?:/\d{1,4})?")
NUMBERED = re.compile(r"^[\[(【]?(?:第)?(\d{1,4})页?[\])】]?$", re.ASCII)


@dataclass(frozen=True, slots=True)
class Anchor:
    """A link of the pager: its text without spaces, its address (empty if only a script knows)."""

    text: str
    url: str
    script: str
    element: HtmlElement

    @property
    def place(self) -> str:
        """The names of the elements about it, by which it is found on another page."""
        above = islice(self.element.iterancestors(), _PLACE_LEVELS)
        return " ".join(f"{n.tag}#{n.get('id') or ''}.{n.get('class') or ''}" for n in above)

    def levels_to(self, links: set[HtmlElement]) -> int:
        """How far above it an element holds one of the links too."""
        above = enumerate(self.element.iterancestors())
        return next((n for n, each in above if not links.isdisjoint(each.iter("a"))), 1000)


@lru_cache(maxsize=2)
def anchors(tree: HtmlElement, url: str) -> tuple[Anchor, ...]:
    """All links with their texts; script links have no address."""
    return tuple(_anchors(tree, url))


def _anchors(tree: HtmlElement, url: str) -> Iterator[Anchor]:
    base = base_of(tree, url)
    clicks = Clicks(tree, url)
    for element in tree.iter("a", "button", "input", "span", "li", "img"):
        if not element.attrib:
            continue
        told = f"{element.get('href') or ''} {element.get('onclick') or ''}"
        script = as_run(_VOID.sub("", told), element)
        loaded = resolve(element.get("tagname"), base)
        target = clicks.target(element) or loaded or _submitted(element, base)
        label = _label(element) if script.strip() or target or _submits(element) else ""
        if label:
            if not target and is_pager(label):
                target = quoted_address(script, base) or _kept_address(element, base)
            yield Anchor(label, target, script, element)
    for element in tree.iter("link"):
        if (element.get("rel") or "").casefold() == "next":
            yield Anchor("next", resolve(element.get("href"), base), "", element)
    yield from _chosen(tree, base)
    for element in tree.iter("option"):
        # A plain number is the value of a choice, not an address.
        value = element.get("value") or ""
        if "." in value or "/" in value or "=" in value:
            yield Anchor(joined_text(element), resolve(value, base), value, element)


def _chosen(tree: HtmlElement, base: str) -> Iterator[Anchor]:
    """The pages of boxes whose script makes an address of the chosen number."""
    for box in boxes_of(tree):
        options = numbered_options(box)
        for way in ways_of(box.get("onchange") or "", scripts(tree))[:1] if options else ():
            for number, option in enumerate(options, 1):
                value = option.get("value") or str(number)
                yield Anchor(str(number), way.fill({way.names[0]: value}, base), value, option)


def numbered_options(box: HtmlElement) -> list[HtmlElement]:
    """The choices of a box of pages: they are the numbers from one on."""
    options = list(box.iter("option"))
    texts = (_ORDINAL.fullmatch(joined_text(option)) for option in options)
    numbers = [int(match[1]) if match else 0 for match in texts]
    is_pager = len(numbers) > 1 and numbers == list(range(1, len(numbers) + 1))
    return options if is_pager else []


def _submits(element: HtmlElement) -> bool:
    """Whether the element sends the form that it stands in, with its name or a page number."""
    kind = (element.get("type") or ("submit" if element.tag == "button" else "")).casefold()
    if kind not in ("submit", "image"):
        return False
    form = next(element.iterancestors("form"), None)
    names = (node.get("name") or "" for node in form.iter("input")) if form is not None else ()
    return bool(element.get("name")) or any(is_page_key(name) for name in names if name)


def _submitted(element: HtmlElement, base: str) -> str:
    """The address that a button of a form sends it to, as far as an address is all it takes."""
    form = next(element.iterancestors("form"), None) if _submits(element) else None
    if form is None or (form.get("method") or "get").casefold() != "get":
        return ""
    hidden = (node for node in form.iter("input") if (node.get("type") or "") == "hidden")
    fields = {node.get("name"): node.get("value") or "" for node in hidden if node.get("name")}
    if element.get("name"):
        fields[element.get("name")] = element.get("value") or ""
    return resolve(f"{form.get('action') or base}?{urlencode(fields)}", base)


def _kept_address(element: HtmlElement, base: str) -> str:
    """The first address that a data attribute of the element holds."""
    kept = (str(value) for name, value in element.attrib.items() if str(name).startswith("data-"))
    return next((resolve(value, base) for value in kept if re.search(r"[/?]", value)), "")


def _label(element: HtmlElement) -> str:
    """What the pager's element says: its text, else its title, value, picture or class."""
    images = element.iter("img")
    alts = "".join(image.get("alt") or image.get("title") or "" for image in images)
    names = ("title", "value", "aria-label", "alt")
    told = next((element.get(name) for name in names if element.get(name)), alts)
    marks = f"{element.get('class') or ''} {element.get('rel') or ''}"
    drawn = " ".join(image.get("src") or "" for image in element.iter("img"))
    is_next = re.search(r"(?:^|[\s-])next(?:\s|$)", marks) or _DRAWN_NEXT.search(drawn)
    named = "next" if is_next else ""
    return joined_text(element) or re.sub(r"\s", "", told) or named


def is_pager(label: str) -> bool:
    """Whether a label is one of a pager: a number, the next page, the last."""
    return any(pattern.match(label) for pattern in (NEXT, LAST, NUMBERED))
