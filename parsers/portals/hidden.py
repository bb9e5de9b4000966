"""Signs that reports stand behind choices and clicks whose way is not understood."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

from lxml.html import HtmlElement

from parsers.portals.clicks import Clicks
from parsers.portals.interfaces import choices_asked_for
from parsers.portals.markup import boxes_of, joined_text, text_of
from parsers.portals.records import Page, Row
from parsers.portals.years import (
    BODY_TEXT,
    YEAR_TEXT,
    bodies_of,
    choices,
    year_choices,
    years_of,
)

_TITLE = re.compile(r"公开.{0,14}(?:年\s?报|报告)")
_YEAR = re.compile(r"(?:19|20)\d\d")
_EARLIER = re.compile(
    r"[\[(（【]?(?:点击|查看|展开|更多|全部)*(?:往年|历年|历史|以往|更早|往期|早期|以前|前几年|其[他它]年[份度]|全部)"
    r"(?:年度?|年份|的|更多)*(?:数据|内容|报告|年报|信息|公开|记录|列表)*[>».…\])）】]*"
    r"|(?:点击|查看)?更多(?:年报|年度报告|报告|年份|年度)[>».…]*"
)
_LABEL_CHARS, _TITLE_CHARS = 20, 120
_MANY_BODIES, _ROW_OF_LIKE = 3, 3


def years_offered(page: Page, tree: HtmlElement) -> int:
    """How many years the page lets one choose in ways that are not understood."""
    clicks = Clicks(tree, page.url)
    texts = (*_dead_texts(tree, clicks, page.url), *_leaves(tree, clicks, page.url))
    dead = {text.rstrip("年度") for text in texts if YEAR_TEXT.match(text)}
    known = {column.text for column in year_choices(page, tree)}
    boxes = [set(_unasked(years_of(box), page, tree)) for box in boxes_of(tree)]
    chosen = max((box - known for box in boxes if len(box) > 1), key=len, default=set())
    return max(len(dead), len(chosen))


def _leaves(tree: HtmlElement, clicks: Clicks, url: str) -> Iterator[str]:
    """The texts of elements in rows of their like, which a script of another file may act on."""
    for node in tree.iter("li", "span", "div", "button", "label"):
        alone = node.getparent() is None or len(node.getparent()) < _ROW_OF_LIKE
        if not len(node) and not alone and next(node.iterancestors("a"), None) is None:
            text = joined_text(node)
            dead = YEAR_TEXT.match(text) and not clicks.target(node)
            if dead and not _is_asked(node, choices_asked_for(tree, url)):
                yield text


def hint_of_more(page: Page, tree: HtmlElement, rows: Sequence[Row]) -> str:
    """What shows that reports stand behind clicks, in words; empty if nothing does."""
    texts = list(_dead_texts(tree, Clicks(tree, page.url), page.url))
    shown = {"".join(row.title.split()) for row in rows}
    for text in texts:
        if _TITLE.search(text) and _YEAR.search(text) and not _is_among(text, shown):
            return f"the way to {text[:60]} is not understood"
    if earlier := _earlier(texts):
        return f"{earlier} leads on in a way that is not understood"
    boxes = [set(_unasked(bodies_of(box), page, tree)) for box in boxes_of(tree)]
    boxes = [box for box in boxes if len(box) >= _MANY_BODIES]
    known = {column.text for column in choices(page, tree)} if boxes else set()
    boxes = [box - known for box in boxes]
    if offered := max((len(box) for box in boxes if len(box) > len(rows)), default=0):
        return f"{offered} bodies can be chosen in a way that is not understood"
    bodies = {text for text in texts if BODY_TEXT.fullmatch(text)}
    if len(bodies) >= _MANY_BODIES:
        return f"{len(bodies)} bodies can be chosen in a way that is not understood"
    return ""


def earlier_words(page: Page, tree: HtmlElement) -> str:
    """The words of a click that shows earlier or all reports in a way that is not understood."""
    return _earlier(_dead_texts(tree, Clicks(tree, page.url), page.url))


def _earlier(texts: Iterable[str]) -> str:
    return next((text for text in texts if _EARLIER.fullmatch(text)), "")


def _unasked(offered: Mapping[str, str], page: Page, tree: HtmlElement) -> Iterator[str]:
    """The texts of the choices for which no interface is asked."""
    asked = choices_asked_for(tree, page.url) if offered else frozenset()
    yield from (text for value, text in offered.items() if value not in asked)


def _is_among(text: str, shown: set[str]) -> bool:
    return any(text in title or title in text for title in shown)


def _dead_texts(tree: HtmlElement, clicks: Clicks, url: str) -> Iterator[str]:
    """The short texts of what can be clicked on and leads nowhere that is known."""
    for node in tree.iter("a", "button", "li", "span", "div", "td", "dd", "dt", "h3", "h4", "p"):
        if _is_clicked(node):
            text = joined_text(node) if len(text_of(node, _TITLE_CHARS)) <= _TITLE_CHARS else ""
            dead = text and not clicks.target(node) and not _holds_links(node, clicks)
            if dead and not _is_asked(node, choices_asked_for(tree, url)):
                yield text


def _is_asked(node: HtmlElement, asked: frozenset[str]) -> bool:
    """Whether an interface is asked for what a click on the element chooses."""
    handed = re.findall(
        r"['\"]([^'\"]{1,200})['\"]|\b(\d+)\b", node.get("onclick") or node.get("href") or ""
    )
    given = (*(one or other for one, other in handed), *(str(v) for v in node.attrib.values()))
    return not asked.isdisjoint(given)


def _is_clicked(node: HtmlElement) -> bool:
    href = (node.get("href") or "").strip().casefold()
    scripted = node.tag == "a" and (href in ("", "#") or href.startswith(("javascript:", "#/")))
    return bool(node.get("onclick")) or node.tag == "button" or (scripted and not node.get("name"))


def _holds_links(node: HtmlElement, clicks: Clicks) -> bool:
    """Whether what is clicked on only folds and unfolds, or stands about links that lead on."""
    inner = (each for each in node.iter("a") if each is not node)
    above = (each for each in node.iterancestors("a"))
    return any(clicks.target(each) for each in (*inner, *above))
