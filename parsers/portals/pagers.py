"""The ways on that any page may show: by text, number, script, form or a series of files."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from lxml.html import HtmlElement

from parsers.portals import series
from parsers.portals.extent import announced
from parsers.portals.markup import base_of, joined_text, resolve, scripts, target_of
from parsers.portals.records import Page, PageRequest, Row
from parsers.portals.requests import get, post
from parsers.portals.templates import (
    Template,
    assigned,
    called,
    functions,
    quoted_address,
    templates,
)
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
# Arrows alone may be those of a slide show.
_NEXT_IN_WORDS = re.compile(r"^[\[(<]*(?:下一?页|后一?页|下一頁)[\])>»›]*$")
_LAST = re.compile(r"^[\[(<]*(?:尾页|末页|最后一?页|last)[\])>»›|]*$", re.I)
_NUMBERED = re.compile(r"^(?:第)?(\d{1,4})页?$", re.ASCII)
_SUFFIX = re.compile(r"[_-](\d{1,4})(\.[a-z]{3,5})$", re.I)
_PLACE = re.compile(r"(?:page|curr|next|to)\w*|[nipx]|num|index|value|0", re.IGNORECASE)
_BUTTONS = ("submit", "button", "image", "reset", "checkbox", "radio")
_LOADED = ("data-url", "data-href", "data-link", "tagname")
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
    known = functions(scripts(tree))
    for element in tree.iter("a", "button", "input", "span", "li"):
        script = f"{element.get('href') or ''} {element.get('onclick') or ''}"
        loaded = resolve(
            next((element.get(name) for name in _LOADED if element.get(name)), ""), base
        )
        if script.strip() or loaded:
            target = target_of(element, base) or loaded or called(script, known, base)
            label = _label(element)
            if not target and _is_pager(label):
                target = quoted_address(script, base)
            yield Anchor(label, target, script)
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


def _is_pager(label: str) -> bool:
    return any(pattern.match(label) for pattern in (_NEXT, _LAST, _NUMBERED))


def onward(page: Page, tree: HtmlElement, rows: Sequence[Row] = ()) -> tuple[PageRequest, ...]:
    """The next page: that of the series under way, one that is shown, or a series to be tried."""
    under_way = series.under_way(page)
    if under_way is not None and under_way.pages:
        return series.following(under_way)
    way = shown(page, tree)
    return (way,) if way is not None else _by_series(page, tree, rows)


def shown(page: Page, tree: HtmlElement) -> PageRequest | None:
    """The next page by the first way that shows one: text, number, variable, template, form."""
    ways = (by_text, by_number, by_variables, by_template, by_form)
    return next((request for way in ways if (request := way(page, tree)) is not None), None)


def _by_series(page: Page, tree: HtmlElement, rows: Sequence[Row]) -> tuple[PageRequest, ...]:
    """Numbered files beside the page, where it announces pages and shows no way to them."""
    pages = announced(tree).pages or 0
    if pages < 2 or not rows or page.state.get("step") or not series.is_plain(page.url):
        return ()
    return series.following(series.named(page.url, (), pages, rows))


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
    total = announced(tree).pages
    last = next((a.url for a in anchors(tree, page.url) if _LAST.match(a.text) and a.url), "")
    for shape in (last, page.url):
        current = page_number(page.url) or 1
        target = with_page_number(shape, current + 1) if shape else ""
        if target and target != page.url and current < max(total or 0, page_number(last)):
            return PageRequest(target)
    return None


def by_template(page: Page, tree: HtmlElement) -> PageRequest | None:
    """The next of the announced pages by an address that a script puts together of a number."""
    current = page_number(page.url) or number(page, "step") + 1
    if current >= (announced(tree).pages or 0):
        return None
    code, base = scripts(tree), base_of(tree, page.url)
    known = assigned(code)
    for template in templates(code):
        place = _place(template)
        target = template.fill({**known, place: str(current + 1)}, base) if place else ""
        if target and target != page.url and urlsplit(target).netloc == urlsplit(page.url).netloc:
            return PageRequest(target)
    return None


def _place(template: Template) -> str:
    """The name in a template that stands for the page number; empty if none does."""
    for before, name in zip(template.texts, template.names, strict=False):
        after_key = re.search(r"[?&]([\w.]+)=$", before)
        if _PLACE.match(name) and (
            _is_page_key(after_key[1]) if after_key else before[-1:] in "_-/"
        ):
            return name
    return ""


def _is_page_key(key: str) -> bool:
    """Whether a field holds a page number: by the last part of a name like `pager.currentPage`."""
    return re.split(r"[.:$\[\]]", key.rstrip("]"))[-1].casefold() in PAGE_KEYS


def page_number(url: str) -> int:
    """The page number that an address carries (`?page=3`, `list_3.html`); 0 if none."""
    for key, value in parse_qsl(urlsplit(url).query):
        if _is_page_key(key) and value.isascii() and value.isdigit():
            return int(value[:6])
    match = _SUFFIX.search(urlsplit(url).path)
    return int(match.group(1)) if match else 0


def with_page_number(url: str, page: int) -> str:
    """The same address with another page number; empty where it carries none."""
    parts = urlsplit(url)
    pairs = parse_qsl(parts.query, keep_blank_values=True)
    if any(_is_page_key(key) for key, _ in pairs):
        changed = [(k, str(page) if _is_page_key(k) else v) for k, v in pairs]
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
        name = next((key for key in fields if _is_page_key(key)), None)
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


def dead_end(page: Page, tree: HtmlElement) -> str:
    """The words of a pager link that leads on by a way that cannot be followed; empty if none."""
    current = number(page, "page", number(page, "step") + 1)
    for anchor in anchors(tree, page.url):
        wanted = _CALL_ARGUMENT.search(anchor.script)
        further = int(wanted.group(1)) > current if wanted else not number(page, "step")
        if _NEXT_IN_WORDS.match(anchor.text) and not anchor.url and further:
            return anchor.text
    return ""
