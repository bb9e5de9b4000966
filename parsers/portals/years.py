"""The years and bodies that an annual-report page lets one choose: boxes, forms, their scripts."""

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from itertools import islice
from urllib.parse import urlencode, urlsplit

from lxml.html import HtmlElement

from parsers.portals.markup import base_of, boxes_of, joined_text, resolve, scripts
from parsers.portals.records import Column, Page
from parsers.portals.requests import form_body
from parsers.portals.templates import ways_of

YEAR_TEXT = re.compile(r"^(?:19|20)\d\d年?度?(?:年报|年度报告|政府信息公开.{0,10})?/?$")
YEAR_REASON, YEAR_SCORE = "a year of the annual-report page", 80
BODY_TEXT = re.compile(r"[\u4e00-\u9fff]{1,14}(?:局|委|委员会|办|办公室|厅|街道|镇|乡|区|县|市)")
BODY_REASON, _BODY_SCORE = "a body that the page lets one choose", 55
_MAX_BODIES = 1_000
_FILLED_IN = ("hidden", "text", "search", "")
_MAX_YEARS = 30
_MAX_INPUTS = 500


def choices(page: Page, tree: HtmlElement) -> Iterator[Column]:
    """A column for each year and body that the page offers, as far as its way is known."""
    yield from year_choices(page, tree)
    code, base = scripts(tree), base_of(tree, page.url)
    for box in boxes_of(tree):
        if len(bodies := bodies_of(box)) > 1:
            yield from _body_choices(box, bodies, code, page, base)


def _body_choices(
    box: HtmlElement, bodies: Mapping[str, str], code: str, page: Page, base: str
) -> Iterator[Column]:
    """A column for each body of a box, by the box's script or the form that it stands in."""
    way = next(iter(ways_of(box.get("onchange") or "", code)), None)
    form = next(box.iterancestors("form"), None)
    for value, text in bodies.items():
        if way is not None and (target := way.fill({way.names[0]: value}, base)):
            yield Column(target, text, BODY_REASON, _BODY_SCORE)
        elif way is None and form is not None and box.get("name"):
            chosen = {str(box.get("name")): value}
            yield _by_form(form, chosen, text, page, base, (BODY_REASON, _BODY_SCORE))


def bodies_of(box: HtmlElement) -> dict[str, str]:
    """The bodies of a box that stand for values and not for addresses: the value and the text."""
    options = [(node.get("value") or "", joined_text(node)) for node in box.iter("option")]
    found = {value: text for value, text in options if BODY_TEXT.fullmatch(text)}
    plain = {value: text for value, text in found.items() if "/" not in value}
    return dict(list(plain.items())[:_MAX_BODIES])


def year_choices(page: Page, tree: HtmlElement) -> Iterator[Column]:
    """A column for each year that a box or form of the page offers, as far as its way is known."""
    code, base = scripts(tree), base_of(tree, page.url)
    for box in boxes_of(tree):
        years = years_of(box)
        if len(years) < 2:
            continue
        ways = ways_of(box.get("onchange") or "", code)
        form = next(box.iterancestors("form"), None)
        for value, text in years.items():
            filled = (way.fill({way.names[0]: value}, base) for way in ways)
            target = next(filter(None, filled), "") or _same_but_year(page.url, value)
            if target:
                yield Column(target, text, YEAR_REASON, YEAR_SCORE)
            elif form is not None and box.get("name"):
                chosen = {str(box.get("name")): value}
                yield _by_form(form, chosen, text, page, base, (YEAR_REASON, YEAR_SCORE))


def years_of(box: HtmlElement) -> dict[str, str]:
    """The years of a box: the value that stands for each, and its text."""
    shown = ((joined_text(node), (node.get("value") or "").strip()) for node in box.iter("option"))
    found = {
        value or text: text
        for text, value in shown
        if YEAR_TEXT.match(text) or YEAR_TEXT.match(value)
    }
    return dict(list(found.items())[:_MAX_YEARS])


def _same_but_year(url: str, value: str) -> str:
    """The page's own address for another year, where it carries one."""
    if not re.fullmatch(r"(?:19|20)\d\d", value) or not re.search(r"[?&]year=\d{4}", url):
        return ""
    return re.sub(r"(?<=[?&]year=)\d{4}", value, url)


def _by_form(
    form: HtmlElement,
    chosen: Mapping[str, str],
    text: str,
    page: Page,
    base: str,
    why: tuple[str, int],
) -> Column:
    target = resolve(form.get("action"), base) or page.url
    return form_column(form, target, chosen, text, *why, page.charset)


def form_column(
    form: HtmlElement,
    target: str,
    chosen: Mapping[str, str],
    text: str,
    reason: str,
    score: int,
    charset: str,
) -> Column:
    """The column that a form leads to when it is sent with the `chosen` values in `charset`."""
    fields = {**fields_of(form), **chosen}
    if (form.get("method") or "").casefold() == "post":
        return Column(target, text, reason, score, "POST", form_body(fields, charset))
    query = urlencode(fields, encoding=charset, errors="xmlcharrefreplace")
    mark = "&" if urlsplit(target).query else "?"
    return Column(f"{target}{mark}{query}", text, reason, score)


@lru_cache(maxsize=4)
def fields_of(form: HtmlElement) -> Mapping[str, str]:
    """What a form sends as it stands: its inputs, and the chosen or first option of each box."""
    found = {
        str(node.get("name")): node.get("value") or ""
        for node in islice(form.iter("input"), _MAX_INPUTS)
        if node.get("name") and (node.get("type") or "").casefold() in _FILLED_IN
    }
    for box in boxes_of(form):
        options = list(box.iter("option"))
        chosen = next((node for node in options if "selected" in node.attrib), None)
        first = chosen if chosen is not None else next(iter(options), None)
        if box.get("name") and first is not None:
            value = first.get("value")
            found[str(box.get("name"))] = joined_text(first) if value is None else value
    return found
