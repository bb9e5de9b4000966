"""The ways on that any page may show: by text, by number, by script variables."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from lxml.html import HtmlElement

from parsers.portals.markup import base_of, joined_text, resolve, scripts, target_of
from parsers.portals.records import Page, PageRequest
from parsers.portals.requests import get, post
from parsers.portals.walk import number

PAGE_KEYS = (
    "page",
    "pageno",
    "pagenum",
    "pageindex",
    "currpage",
    "cur_page",
    "currentpage",
    "curpage",
    "pagenumber",
    "pn",
    "p",
)
_NEXT = re.compile(
    r"^[\[(<]*(?:下一?页|后一?页|后一?頁|下一頁|(?:点击)?(?:加载|显示|查看)更多|next(?:page)?|[>»›]{1,2})"
    r"[\])>»›]*$",
    re.I,
)
_LAST = re.compile(r"^[\[(<]*(?:尾页|末页|最后一?页|last)[\])>»›|]*$", re.I)
_NUMBERED = re.compile(r"^(?:第)?(\d{1,4})页?$", re.ASCII)
_SUFFIX = re.compile(r"[_-](\d{1,4})(\.[a-z]{3,5})$", re.I)
_TOTAL_PAGES = re.compile(
    r"\b(?:countPage|totalPages?|pageCount|total_page|page_count|maxPage|allPage)\b['\"]?\s{0,5}"
    r"[:=]\s{0,5}['\"]?(\d{1,5})"
)
_PRINTED_PAGES = re.compile(r"共(?:计|有)?(\d{1,5})页|\d{1,5}/(\d{1,5})页?(?!\d|/)")
_BUTTONS = ("submit", "button", "image", "reset", "checkbox", "radio")
_LOADED = ("data-url", "data-href", "data-link")
_CALL_ARGUMENT = re.compile(r"\(\s*['\"]?(\d{1,5})['\"]?\s*\)")


@dataclass(frozen=True, slots=True)
class Anchor:
    """A link of the pager: its text without spaces, its address (empty if only a script knows)."""

    text: str
    url: str
    script: str


def anchors(tree: HtmlElement, url: str) -> Iterator[Anchor]:
    """All links with their texts; script links have no address."""
    base = base_of(tree, url)
    for element in tree.iter("a", "button", "input", "span", "li"):
        script = f"{element.get('href') or ''} {element.get('onclick') or ''}"
        loaded = resolve(
            next((element.get(name) for name in _LOADED if element.get(name)), ""), base
        )
        if script.strip() or loaded:
            yield Anchor(_label(element), target_of(element, base) or loaded, script)
    for element in tree.iter("link"):
        if (element.get("rel") or "").casefold() == "next":
            yield Anchor("next", resolve(element.get("href"), base), "")
    for element in tree.iter("option"):
        # A plain number is the value of a choice, not an address.
        value = element.get("value") or ""
        if "." in value or "/" in value or "=" in value:
            yield Anchor(joined_text(element), resolve(value, base), value)


def _label(element: HtmlElement) -> str:
    """What the pager's element says: its text, else its title, value, picture or class."""
    alts = "".join(image.get("alt") or "" for image in element.iter("img"))
    told = element.get("title") or element.get("value") or element.get("aria-label") or alts
    marks = f"{element.get('class') or ''} {element.get('rel') or ''}"
    named = "next" if re.search(r"(?:^|[\s-])next(?:\s|$)", marks) else ""
    return joined_text(element) or re.sub(r"\s", "", told) or named


def onward(page: Page, tree: HtmlElement) -> tuple[PageRequest, ...]:
    """The next page by the first way that shows one: text, number, variable, form."""
    for way in (by_text, by_number, by_variables, by_form):
        request = way(page, tree)
        if request is not None:
            return (request,)
    return ()


def by_text(page: Page, tree: HtmlElement) -> PageRequest | None:
    """The link 下一页, 下页, next, >."""
    for anchor in anchors(tree, page.url):
        if _NEXT.match(anchor.text) and anchor.url and anchor.url != page.url:
            return PageRequest(anchor.url)
    return None


def by_number(page: Page, tree: HtmlElement) -> PageRequest | None:
    """The numbered link after the current page, as far as the page tells which that is."""
    numbered = {
        int(match.group(1)): anchor.url
        for anchor in anchors(tree, page.url)
        if anchor.url and (match := _NUMBERED.match(anchor.text))
    }
    current = _current(page, tree, numbered)
    target = numbered.get(current + 1, "")
    return PageRequest(target) if target and target != page.url else None


def _current(page: Page, tree: HtmlElement, numbered: dict[int, str]) -> int:
    own = [value for value, url in numbered.items() if url == page.url]
    if own:
        return own[0]
    for element in tree.iter("span", "em", "strong", "b", "font", "li", "i", "a"):
        marked = re.search(r"cur|active|on\b|this|select", element.get("class") or "")
        text = joined_text(element) if marked or element.tag in ("strong", "b", "font") else ""
        if text.isascii() and text.isdigit() and int(text) not in numbered:
            return int(text)
    return page_number(page.url) or number(page, "step") + 1


def by_variables(page: Page, tree: HtmlElement) -> PageRequest | None:
    """The next page from a page count and the shape of the addresses of the page or its 尾页."""
    total = total_pages(tree)
    last = next((a.url for a in anchors(tree, page.url) if _LAST.match(a.text) and a.url), "")
    for shape in (last, page.url):
        current = page_number(page.url) or 1
        target = with_page_number(shape, current + 1) if shape else ""
        if target and target != page.url and current < max(total or 0, page_number(last)):
            return PageRequest(target)
    return None


def total_pages(tree: HtmlElement) -> int | None:
    """The page count that a script variable or the pager's text tells."""
    match = _TOTAL_PAGES.search(scripts(tree))
    if match:
        return int(match.group(1))
    printed = _PRINTED_PAGES.search(joined_text(tree))
    return int(printed.group(1) or printed.group(2)) if printed else None


def page_number(url: str) -> int:
    """The page number that an address carries (`?page=3`, `list_3.html`); 0 if none."""
    for key, value in parse_qsl(urlsplit(url).query):
        if key.casefold() in PAGE_KEYS and value.isascii() and value.isdigit():
            return int(value[:6])
    match = _SUFFIX.search(urlsplit(url).path)
    return int(match.group(1)) if match else 0


def with_page_number(url: str, page: int) -> str:
    """The same address with another page number; empty where it carries none."""
    parts = urlsplit(url)
    pairs = parse_qsl(parts.query, keep_blank_values=True)
    if any(key.casefold() in PAGE_KEYS for key, _ in pairs):
        changed = [(k, str(page) if k.casefold() in PAGE_KEYS else v) for k, v in pairs]
        return urlunsplit(parts._replace(query=urlencode(changed)))
    match = _SUFFIX.search(parts.path)
    if match is None:
        return ""
    start, end = match.span(1)
    return urlunsplit(parts._replace(path=f"{parts.path[:start]}{page}{parts.path[end:]}"))


def by_form(page: Page, tree: HtmlElement) -> PageRequest | None:
    """The page's own paging form, filled in for the page that a script link asks for."""
    current = number(page, "page", 1)
    if not _asks_for_more(page, tree, current):
        return None
    for form in tree.iter("form"):
        fields = {
            node.get("name"): node.get("value") or ""
            for node in form.iter("input", "select")
            if node.get("name") and (node.get("type") or "").casefold() not in _BUTTONS
        }
        name = next((key for key in fields if key.casefold() in PAGE_KEYS), None)
        if name is not None:
            fields[name] = str(current + 1)
            target = resolve(form.get("action") or page.url, base_of(tree, page.url)) or page.url
            send = post if (form.get("method") or "").casefold() == "post" else get
            return send(target, fields, page.url, {"page": str(current + 1)})
    return None


def _asks_for_more(page: Page, tree: HtmlElement, current: int) -> bool:
    """Whether a script link leads to the page after the current one."""
    for anchor in anchors(tree, page.url):
        wanted = _CALL_ARGUMENT.search(anchor.script)
        is_pager = _NEXT.match(anchor.text) or anchor.text == str(current + 1)
        if not anchor.url and is_pager and (wanted is None or int(wanted.group(1)) > current):
            return True
    return False
