"""The ways on that any page may show: by text, number, script, form or a series of files."""

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache
from urllib.parse import urlsplit

from lxml.html import HtmlElement

from parsers.portals import series
from parsers.portals.beside import REPORT
from parsers.portals.extent import announced
from parsers.portals.markup import base_of, resolve, scripts, text_of
from parsers.portals.page_numbers import is_page_key, page_number, with_page_number
from parsers.portals.pager_links import LAST, NEXT, NUMBERED, anchors
from parsers.portals.records import Page, PageRequest, Row
from parsers.portals.requests import get, post
from parsers.portals.templates import Template, assigned, templates
from parsers.portals.walk import number

_NUMBER_ALONE = re.compile(r"/([1-9]\d{0,2})(\.s?html?)$", re.I)
_PLACE = re.compile(
    r"(?:page|curr?|next|to)\w*|get(?:curr|page)\w*|[nipx]|num|index|value|0", re.IGNORECASE
)
# What stands before and after the page number, as options of a pager's library.
_PARTED = re.compile(
    r"\bhref(?:Former|(?:Text)?Prefix)['\"]?\s{0,5}:\s{0,5}['\"](?P<before>[^'\"\s<>]{1,200})['\"].{0,200}?"
    r"\bhref(?:Latter|(?:Text)?Suffix)['\"]?\s{0,5}:\s{0,5}['\"](?P<after>[^'\"\s<>]{0,100})['\"]",
    re.DOTALL,
)
# Lists of a page with a pager each.
_MAX_NEXT = 50
_BUTTONS = ("submit", "button", "image", "reset", "checkbox", "radio")
_SET_FIELD = re.compile(r"\.(\w{1,40})\.value\s{0,3}=\s{0,3}['\"]?(\w{1,40})")
_CALL_ARGUMENT = re.compile(r"\(\s*['\"]?(\d{1,5})['\"]?\s*\)")
_CURRENT = re.compile(r"cur|active|on\b|this|select")
# More text than a page's number and the white space about it.
_NUMBER_CHARS = 1000


def onward(page: Page, tree: HtmlElement, rows: Sequence[Row] = ()) -> tuple[PageRequest, ...]:
    """The next page: that of the series under way, one that is shown, or a series to be tried."""
    under_way = series.under_way(page)
    if under_way is not None and under_way.pages:
        return series.following(under_way)
    way = shown(page, tree)
    return (way,) if way is not None else _by_series(page, tree, rows)


def shown(page: Page, tree: HtmlElement) -> PageRequest | None:
    """The next page by the first way that shows one: text, number, variable, form and others.

    Its state has `shown`: a page that is offered and brings nothing new is not as it should be.
    """
    ways = (
        by_text,
        by_number,
        by_variables,
        by_parts,
        by_template,
        by_own_address,
        by_form,
    )
    found = next((request for way in ways if (request := way(page, tree)) is not None), None)
    if found is None:
        return None
    shown_pages = str(_highest_number(page, tree, found.url))
    return replace(found, state={**found.state, "shown": "1", "pages_told": shown_pages})


def _highest_number(page: Page, tree: HtmlElement, way: str) -> int:
    """The highest page that the pager has a numbered link to, of addresses like that of `way`."""
    shape, highest = with_page_number(way, 1), 0
    for anchor in anchors(tree, page.url) if shape else ():
        match = NUMBERED.match(anchor.text)
        if match and anchor.url and with_page_number(anchor.url, 1) == shape:
            # Pages may be counted from nought.
            is_page = page_number(anchor.url) in (int(match[1]), int(match[1]) - 1)
            highest = max(highest, int(match[1])) if is_page else highest
    return highest


def _by_series(page: Page, tree: HtmlElement, rows: Sequence[Row]) -> tuple[PageRequest, ...]:
    """Numbered files beside the page, where it announces pages and shows no way to them."""
    pages = announced(tree).pages or 0
    if not pages and (target := _second_file(page.url)) and has_reports(rows):
        return (PageRequest(target, state={"probe": "1"}),)
    if pages < 2 or not rows or page.state.get("step") or not series.is_plain(page.url):
        return ()
    guessed = series.following(series.named(page.url, (), pages, rows))
    return tuple(replace(step, state={**step.state, "guessed": "1"}) for step in guessed)


def _second_file(url: str) -> str:
    """`2.html` beside `1.html`."""
    return re.sub(r"/1(\.s?html?)$", r"/2\1", url) if re.search(r"/1\.s?html?$", url) else ""


def has_reports(rows: Sequence[Row]) -> bool:
    """Whether any row is named like a yearly report."""
    return any(REPORT.search(row.title) for row in rows)


def by_text(page: Page, tree: HtmlElement) -> PageRequest | None:
    """The link 下一页, 下页, next, >; of several that nearest to the reports.

    State key: `pager`, where the link of the list stands on a page that has those of others too.
    """
    kept = page.state.get("pager", "")
    found = [
        anchor
        for anchor in anchors(tree, page.url)
        if NEXT.match(anchor.text) and anchor.url and anchor.url != page.url
    ]
    found = [anchor for anchor in found if not kept or anchor.place == kept]
    if len({anchor.url for anchor in found}) < 2:
        state = {"pager": kept} if kept else {}
        return PageRequest(found[0].url, state=state) if found else None
    named = {link for link in tree.iter("a") if REPORT.search(text_of(link, 400))}
    nearest = min(
        found[:_MAX_NEXT] if named else found[:1], key=lambda anchor: anchor.levels_to(named)
    )
    is_alone = sum(anchor.place == nearest.place for anchor in found) == 1
    return PageRequest(nearest.url, state={"pager": nearest.place} if is_alone else {})


def by_number(page: Page, tree: HtmlElement) -> PageRequest | None:
    """The numbered link after the current page, as far as the page tells which that is.

    Where the first page has the highest number, the pages are numbered backwards.
    """
    numbered = {
        int(match.group(1)): anchor.url
        for anchor in anchors(tree, page.url)
        if anchor.url and (match := NUMBERED.match(anchor.text))
    }
    current = _current(page, tree, numbered)
    is_start = not number(page, "step") and current > 1 and current + 1 not in numbered
    down = bool(page.state.get("backwards")) or (is_start and _stands_out(tree, current, numbered))
    target = numbered.get(current - 1 if down else current + 1, "")
    state = {"backwards": "1"} if down else {}
    return PageRequest(target, state=state) if target and target != page.url else None


def _stands_out(tree: HtmlElement, current: int, numbered: dict[int, str]) -> bool:
    """Whether the current page is the one number without a link, and the highest."""
    return current in _marked_numbers(tree) and max(numbered, default=0) == current - 1


def _current(page: Page, tree: HtmlElement, numbered: dict[int, str]) -> int:
    own = [value for value, url in numbered.items() if url == page.url]
    if own:
        return own[0]
    marked = (value for value in _marked_numbers(tree) if value not in numbered)
    beside = -1 if page.state.get("backwards") else 1
    found = next((value for value in marked if value + beside in numbered), None)
    if found is None and numbered and not number(page, "step"):
        found = next((v for v in _marked_numbers(tree) if v - 1 == max(numbered)), None)
    if found is not None:
        return found
    return page_number(page.url) or number(page, "step") + 1


@lru_cache(maxsize=2)
def _marked_numbers(tree: HtmlElement) -> tuple[int, ...]:
    """The numbers that stand out as that of the current page does."""
    texts = []
    for element in tree.iter("span", "em", "strong", "b", "font", "li", "i", "a"):
        name = element.get("class")
        if element.tag in ("strong", "b", "font") or (name and _CURRENT.search(name)):
            texts.append(text_of(element, _NUMBER_CHARS).replace(" ", ""))
    short = (text for text in texts if len(text) <= _NUMBER_CHARS)
    return tuple(int(text) for text in short if text.isascii() and text.isdigit())


def by_variables(page: Page, tree: HtmlElement) -> PageRequest | None:
    """The next page from a page count and the shape of the addresses of the page or its 尾页."""
    total = announced(tree).pages
    last = next((a.url for a in anchors(tree, page.url) if LAST.match(a.text) and a.url), "")
    for shape in (last, page.url):
        current = page_number(page.url) or 1
        target = with_page_number(shape, current + 1) if shape else ""
        if target and target != page.url and current < max(total or 0, page_number(last)):
            return PageRequest(target)
    return _by_file_number(page.url, total or 0)


def _by_file_number(url: str, total: int) -> PageRequest | None:
    """The next of files that are called by their number alone, `1.html`, `2.html`."""
    match = _NUMBER_ALONE.search(urlsplit(url).path)
    if match is None or int(match[1]) >= total or urlsplit(url).query:
        return None
    return PageRequest(_NUMBER_ALONE.sub(f"/{int(match[1]) + 1}{match[2]}", url))


def by_parts(page: Page, tree: HtmlElement) -> PageRequest | None:
    """The next of the announced pages by what a library is told to put about its number."""
    current = page_number(page.url) or number(page, "step") + 1
    parts = _PARTED.search(scripts(tree))
    if parts is None or current >= (announced(tree).pages or 0):
        return None
    mark = "" if re.search(r"[-_/=]$", parts["before"]) else "_"
    told = f"{parts['before']}{mark}{current + 1}{parts['after']}"
    target = resolve(told, base_of(tree, page.url))
    return PageRequest(target) if target else None


def by_template(page: Page, tree: HtmlElement) -> PageRequest | None:
    """The next of the announced pages by an address that a script puts together of a number."""
    current = page_number(page.url) or number(page, "step") + 1
    if current >= (announced(tree).pages or 0):
        return None
    code, base = scripts(tree), base_of(tree, page.url)
    known = assigned(code)
    for template in templates(code):
        place = place_of(template)
        target = template.fill({**known, place: str(current + 1)}, base) if place else ""
        if target and target != page.url and urlsplit(target).netloc == urlsplit(page.url).netloc:
            return PageRequest(target)
    return None


def place_of(template: Template) -> str:
    """The name in a template that stands for the page number; empty if none does."""
    for before, name in zip(template.texts, template.names, strict=False):
        after_key = re.search(r"[?&]([\w.]+)=$", before)
        if _PLACE.match(name) and (
            is_page_key(after_key[1]) if after_key else before[-1:] in "_-/"
        ):
            return name
    return ""


def by_own_address(page: Page, tree: HtmlElement) -> PageRequest | None:
    """The page's own address with the number that its pager's script link asks for."""
    current = page_number(page.url)
    target = with_page_number(page.url, current + 1) if current else ""
    is_asked = target and urlsplit(page.url).query and _asks_for_more(page, tree, current)
    return PageRequest(target) if is_asked else None


def by_form(page: Page, tree: HtmlElement) -> PageRequest | None:
    """The page's own paging form, filled in for the page that a script link asks for."""
    return _by_set_fields(page, tree) or _by_page_field(page, tree)


def _by_set_fields(page: Page, tree: HtmlElement) -> PageRequest | None:
    """The form that the link of the next page fills in and submits in its own script."""
    for anchor in anchors(tree, page.url):
        values = dict(_SET_FIELD.findall(anchor.script))
        if NEXT.match(anchor.text) and values and "submit" in anchor.script:
            for form in tree.iter("form"):
                fields = _form_fields(form)
                if values.keys() & fields.keys():
                    return _sent(form, {**fields, **values}, page, tree, {})
    return None


def _form_fields(form: HtmlElement) -> dict[str, str]:
    return {
        str(node.get("name")): node.get("value") or ""
        for node in form.iter("input", "select")
        if node.get("name") and (node.get("type") or "").casefold() not in _BUTTONS
    }


def _sent(
    form: HtmlElement, fields: dict[str, str], page: Page, tree: HtmlElement, state: dict[str, str]
) -> PageRequest:
    target = resolve(form.get("action") or page.url, base_of(tree, page.url)) or page.url
    if (form.get("method") or "").casefold() == "post":
        return post(target, fields, page.url, state, page.charset)
    return get(target, fields, page.url, state)


def _by_page_field(page: Page, tree: HtmlElement) -> PageRequest | None:
    current = number(page, "page", 1)
    if not (_asks_for_more(page, tree, current) or current < (announced(tree).pages or 0)):
        return None
    for form in tree.iter("form"):
        fields = _form_fields(form)
        name = next((key for key in fields if is_page_key(key)), None)
        if name is not None:
            fields[name] = str(current + 1)
            return _sent(form, fields, page, tree, {"page": str(current + 1)})
    return None


def _asks_for_more(page: Page, tree: HtmlElement, current: int) -> bool:
    """Whether a script link leads to the page after the current one."""
    for anchor in anchors(tree, page.url):
        wanted = _CALL_ARGUMENT.search(anchor.script)
        is_pager = NEXT.match(anchor.text) or anchor.text == str(current + 1)
        if not anchor.url and is_pager and (wanted is None or int(wanted.group(1)) > current):
            return True
    return False
