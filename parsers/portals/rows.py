"""The rows of an HTML listing, whatever system drew it.

A link is a row if its row shows a date, or its address looks like an article or document, or its
text reads like a yearly report. Where a list holds two or more such rows its other links are rows
too, so that what is passed over can be told.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from urllib.parse import unquote, urlsplit

from lxml.html import HtmlElement

from parsers.portals.beside import (
    BARE,
    CUT,
    ONLY_YEAR,
    REPORT,
    beside_rows,
    numbered_title,
    shown_title,
)
from parsers.portals.clicks import Clicks
from parsers.portals.dates import find_date, without_date
from parsers.portals.jumps import viewed_document
from parsers.portals.markup import collapse, parse, text_of
from parsers.portals.records import Row
from parsers.portals.written import written_html

_CLIMB = 8
_ROW_CHARS = 600
_PAGER = re.compile(
    r"^[\s<>«»‹›《》\[\]|.…]*(?:首\s?页|上一?页|前一?页|下一?页|后一?页|尾页|末页|第一页|最后一?页|"
    r"\d{0,5}|next|prev(?:ious)?|first|last|更多|more|go|跳转|返回)[\s<>«»‹›《》\[\]|.…+]*$",
    re.IGNORECASE,
)
_ARTICLE = re.compile(
    r"/t\d{8}_\d+\.|/art_|/art/\d{4}/|/info/\d+/\d+\.|/content/(?:post_)?\d|post_\d+\."
    r"|/\d{4}-?\d{2}/(?:\d\d/)?[0-9a-f-]{32,36}\.|/[0-9a-f-]{32,36}\.s?html|/public/\d+/\d+\."
    r"|content\.(?:jsp|s?html)|newscontenturl|/content/article/|xxgk-show-"
    r"|downloadattach|download\.jsp|\.(?:pdf|docx?|wps|ofd|xlsx?|zip|rar)$",
    re.IGNORECASE,
)
_YEAR = re.compile(r"(?:19|20)\d\d|二[〇○零O0]")
_FOOT = re.compile(
    r"(?:page|main|g|com)?[-_]?(?:footer|foot|copyright)(?![a-z]*list)", re.IGNORECASE
)
_VIEWER = re.compile(r"[?&](?:file|pdf|pdfurl|fileurl)=", re.IGNORECASE)
# What is told of a file behind its title: （PDF，1.2MB）.
_FILE_SIZE = re.compile(
    r"\s?[（(\[][^()（）\[\]]{0,20}\d\s?[KMG]B?[^()（）\[\]]{0,6}[)）\]]$", re.IGNORECASE
)
_FOLDER = re.compile(r"/(?:(?:index|list|common_list)[^/]*)?$", re.IGNORECASE)
# What a template has in the place of a title or address.
_BLANK = re.compile(r"\{\{|\$\{|<%|\{%|#\{")


@dataclass(frozen=True, slots=True)
class _Anchor:
    element: HtmlElement
    url: str
    title: str


def fragment_rows(text: str, url: str) -> tuple[Row, ...]:
    """The rows of a fragment that holds nothing but rows: every link but those of a pager.

    Args:
        text: the fragment, as an interface answers it.
        url: the address that its links are resolved against.
    """
    return once(_visible_rows(parse(text), url, "", every=True))


@lru_cache(maxsize=2)
def tree_rows(tree: HtmlElement, url: str, column: str = "") -> tuple[Row, ...]:
    """The rows of a page, in order, each address once; also those written by script literals.

    Args:
        tree: the parsed page.
        url: its address; links are resolved against it.
        column: the column's name, set on every row.
    """
    rows = _visible_rows(tree, url, column)
    written = written_html(tree)
    if written:
        rows = (*rows, *_visible_rows(parse(written), url, column))
    return once(rows)


def once(rows: Iterable[Row]) -> tuple[Row, ...]:
    """Each address once: the fullest title and the first date shown.

    A document that is shown in a viewer goes by its own address.
    """
    kept: dict[str, Row] = {}
    for row in rows:
        if _VIEWER.search(row.url) and (document := viewed_document(row.url)):
            row = replace(row, url=document)
        known = kept.get(row.url)
        kept[row.url] = row if known is None else _merged(known, row)
    return tuple(kept.values())


def _merged(first: Row, second: Row) -> Row:
    title = max(first.title, second.title, key=len)
    return Row(first.url, title, first.date or second.date, first.column or second.column)


def _visible_rows(tree: HtmlElement, url: str, column: str, every: bool = False) -> tuple[Row, ...]:
    clicks = Clicks(tree, url)
    shown = {link: shown_title(link) for link in tree.iter("a")}
    anchors = tuple(_anchors(tree, url, clicks, shown))
    shared = _shared(anchors)
    items = [_item(anchor.element, shared) for anchor in anchors]
    dates = [_date(anchor, item) for anchor, item in zip(anchors, items, strict=True)]
    marked = [
        every or bool(date) or _looks_like_article(anchor)
        for anchor, date in zip(anchors, dates, strict=True)
    ]
    lists = _lists(items, marked)
    titled = [
        Row(anchor.url, without_date(_whole_title(anchor, item)), date, column)
        for anchor, item, date, is_row in zip(anchors, items, dates, marked, strict=True)
        if is_row or item.getparent() in lists
    ]
    known = {row.url for row in titled}
    bare = (row for row in beside_rows(tree, clicks, column, shown) if row.url not in known)
    return (*titled, *bare)


def _anchors(
    tree: HtmlElement, url: str, clicks: Clicks, shown: Mapping[HtmlElement, str]
) -> Iterator[_Anchor]:
    beneath = _beneath(tree)
    for element in (*shown, *clicks.elements()):
        if element in beneath:
            continue
        text = shown[element] if element in shown else shown_title(element)
        title = _FILE_SIZE.sub("", numbered_title(element, text))
        if not title or _names_nothing(title):
            continue
        target = clicks.target(element)
        if target and target != url:
            yield _Anchor(element, target, title)


def _beneath(tree: HtmlElement) -> set[HtmlElement]:
    """The links of the page's foot: help, contact, privacy."""
    feet = (
        node
        for node in tree.iter("footer", "div", "table", "ul")
        if node.tag == "footer" or _FOOT.match(f"{node.get('id') or node.get('class') or ''}")
    )
    return {link for node in feet for link in node.iter()}


def _names_nothing(title: str) -> bool:
    return bool(
        _PAGER.match(title) or BARE.match(title) or ONLY_YEAR.match(title) or _BLANK.search(title)
    )


def _whole_title(anchor: _Anchor, item: HtmlElement) -> str:
    """The title, or where it is cut the one that the row holds in an attribute."""
    if not CUT.search(anchor.title):
        return anchor.title
    stem = CUT.sub("", anchor.title).replace(" ", "")
    told: Iterable[str] = (collapse(node.get("title") or "") for node in item.iter())
    told = (*told, unquote(urlsplit(anchor.url).path).rpartition("/")[2])
    whole = (title for title in told if title.replace(" ", "").startswith(stem))
    return max(whole, key=len, default=anchor.title)


def _looks_like_article(anchor: _Anchor) -> bool:
    if _has_article_address(anchor.url):
        return True
    if not REPORT.search(anchor.title):
        return False
    return bool(_YEAR.search(anchor.title)) or not _FOLDER.search(urlsplit(anchor.url).path)


@lru_cache(maxsize=4096)
def _has_article_address(url: str) -> bool:
    parts = urlsplit(url)
    return bool(_ARTICLE.search(f"{parts.path}?{parts.query}") or _ARTICLE.search(parts.path))


def _shared(anchors: Sequence[_Anchor]) -> set[HtmlElement]:
    """The elements, near above links, that hold links to more than one address."""
    holds: dict[HtmlElement, str] = {}
    shared: set[HtmlElement] = set()
    for anchor in anchors:
        for level, above in enumerate(anchor.element.iterancestors()):
            if level >= _CLIMB:
                break
            if holds.setdefault(above, anchor.url) != anchor.url:
                shared.add(above)
    return shared


def _item(element: HtmlElement, shared: set[HtmlElement]) -> HtmlElement:
    """The highest element above the link that holds no other link: its row."""
    item = element
    for level, above in enumerate(element.iterancestors()):
        if level >= _CLIMB or above in shared or above.tag in ("body", "html"):
            break
        item = above
    return item


def _date(anchor: _Anchor, item: HtmlElement) -> str:
    if item is not anchor.element:
        outside = text_of(item, _ROW_CHARS)[:_ROW_CHARS].replace(anchor.title, " ", 1)
        if found := find_date(outside):
            return found
    inside = text_of(anchor.element, _ROW_CHARS)
    return find_date(_following_text(item)) or _trailing_date(inside)


def _trailing_date(text: str) -> str:
    bare = without_date(text)
    return find_date(text[len(bare) :]) if bare != text else ""


def _following_text(item: HtmlElement) -> str:
    """The text between a row and the next link, as flat lists print the date."""
    parts = [item.tail or ""]
    for sibling in item.itersiblings():
        if sibling.tag == "a" or next(sibling.iter("a"), None) is not None or len(parts) > 6:
            break
        parts.append(text_of(sibling, 80) + (sibling.tail or ""))
    return " ".join(parts)[:120]


def _lists(items: Sequence[HtmlElement], marked: Sequence[bool]) -> set[HtmlElement]:
    """The parents of two or more marked rows."""
    once_seen: set[HtmlElement] = set()
    lists: set[HtmlElement] = set()
    for item, is_row in zip(items, marked, strict=True):
        parent = item.getparent()
        if is_row and parent is not None and parent.tag not in ("body", "html"):
            (lists if parent in once_seen else once_seen).add(parent)
    return lists
