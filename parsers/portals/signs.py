"""Signs that a page holds back rows in a way that cannot be followed."""

import re
from collections.abc import Iterator, Sequence

from lxml.html import HtmlElement

from parsers.portals.controls import unread_control
from parsers.portals.markup import collapse, joined_text
from parsers.portals.pager_links import NUMBERED, anchors
from parsers.portals.records import Page, Row
from parsers.portals.walk import number

# Arrows alone may be those of a slide show.
_NEXT_IN_WORDS = re.compile(
    r"^[\[(<]*(?:下一?页|后一?页|下一頁|(?:点击)?(?:加载|显示|查看)更多)[\])>»›]*$"
)
_SLIDES = re.compile(r"slid|swip|banner|carousel|focus|scroll|lunbo|roll|marquee", re.IGNORECASE)
_SCROLLING = re.compile(
    r"(?:[上下]拉|向?[上下]?滑动?|滚动|点击|继续)(?:屏幕|页面)?(?:可以?|以|即可)?(?:加载|显示|查看|刷新)(?:更多|下一页)?"
    r"(?:数据|内容|信息)?[.…]*|(?:加载|显示|查看)更多[.…]*"
)
_WORDED = ("div", "p", "span", "li", "section", "button")
_CALL_ARGUMENT = re.compile(r"\(\s*['\"]?(\d{1,5})['\"]?\s*\)")
_PAGER_TEXT = re.compile(
    r"(?:\d{1,4}|[上下前后首尾末]一?页|最后一页|[.…<>«»‹›/|,，]|共|页|条|第|到|跳转|转到|确定|go|next|prev\w*)+",
    re.IGNORECASE,
)


def held_back(page: Page, tree: HtmlElement, rows: Sequence[Row]) -> str:
    """What shows that there is more, in words; empty if nothing does."""
    ways = (_dead_words, _dead_arrow, _scrolls_on, _same_address)
    if words := next((found for way in ways if (found := way(page, tree))), ""):
        return f"the pager's {words} leads on in a way that is not understood"
    if wanted := _dead_number(page, tree):
        return f"the pager's page {wanted} cannot be come to"
    return "" if number(page, "step") else unread_control(page, tree, rows)


def _dead_words(page: Page, tree: HtmlElement) -> str:
    """The words of a pager link that leads on by a way that cannot be followed."""
    current = number(page, "page", number(page, "step") + 1)
    for anchor in anchors(tree, page.url):
        wanted = _CALL_ARGUMENT.search(anchor.script)
        further = int(wanted.group(1)) > current if wanted else not number(page, "step")
        if _NEXT_IN_WORDS.match(anchor.text) and not anchor.url and further:
            return anchor.text
    return ""


def _same_address(page: Page, tree: HtmlElement) -> str:
    """The words of a link that leads to the next page by the address of this one.

    The site remembers where the visitor is. An address with a number in it is that of a last page.
    """
    told = re.search(r"\d", page.url.partition("://")[2].partition("/")[2])
    if not number(page, "step") or told:
        return ""
    own = (a for a in anchors(tree, page.url) if a.url == page.url and a.element.tag == "a")
    return next((anchor.text for anchor in own if _NEXT_IN_WORDS.match(anchor.text)), "")


def _dead_arrow(page: Page, tree: HtmlElement) -> str:
    """The picture of a next page, outside slide shows, whose click is not understood."""
    for anchor in anchors(tree, page.url):
        drawn = anchor.element.tag == "img" and anchor.text == "next" and anchor.script.strip()
        if drawn and not anchor.url and not number(page, "step"):
            above = anchor.element.iterancestors()
            if not any(_SLIDES.search(f"{n.get('id')} {n.get('class')}") for n in above):
                return "arrow"
    return ""


def _scrolls_on(page: Page, tree: HtmlElement) -> str:
    """The words that say that more is loaded when one scrolls, in an element of their own."""
    if number(page, "step"):
        return ""
    nodes = (node for node in tree.iter(*_WORDED) if not len(node))
    texts = (collapse(node.text or "").replace(" ", "") for node in nodes)
    return next((text for text in texts if _SCROLLING.fullmatch(text)), "")


def _dead_number(page: Page, tree: HtmlElement) -> int:
    """The number of the page after this one, if the pager shows it and it leads nowhere."""
    wanted = number(page, "step") + 2
    for anchor in anchors(tree, page.url):
        match = NUMBERED.match(anchor.text)
        dead = match and int(match[1]) == wanted and not anchor.url
        if dead and _in_pager(anchor.element) and not _is_in_page(tree, anchor.element):
            return wanted
    return 0


def _is_in_page(tree: HtmlElement, element: HtmlElement) -> bool:
    """Whether a link leads to a part of the page itself that is there."""
    href = (element.get("href") or "").strip()
    return len(href) > 1 and href[0] == "#" and bool(tree.xpath("//*[@id=$id]", id=href[1:]))


def _in_pager(element: HtmlElement) -> bool:
    """Whether all about the element is of a pager, the number before it with it."""
    text = joined_text(element)
    before = str(int(text) - 1) if text.isascii() and text.isdigit() else ""
    for above in _near(element):
        shown = joined_text(above)
        if shown != text:
            return bool(before) and before in shown and bool(_PAGER_TEXT.fullmatch(shown[:400]))
    return False


def _near(element: HtmlElement) -> Iterator[HtmlElement]:
    for level, above in enumerate(element.iterancestors()):
        if level > 3 or above.tag in ("body", "html"):
            return
        yield above
