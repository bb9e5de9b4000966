"""The rows of an HTML listing, whatever system drew it.

A link is a row if its row shows a date, or its address looks like an article or document, or its
text reads like a yearly report. Where a list holds two or more such rows its other links are rows
too, so that what is passed over can be told.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

from lxml.html import HtmlElement

from parsers.portals.dates import find_date, without_date
from parsers.portals.markup import base_of, collapse, parse, resolve, scripts, target_of, text_of
from parsers.portals.matrices import heading_of, name_of_row, year_above
from parsers.portals.records import Row
from parsers.portals.templates import Function, called, functions

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
_REPORT = re.compile(r"年\s?报|年度.{0,8}报告|公开.{0,14}报告")
_YEAR = re.compile(r"(?:19|20)\d\d|二[〇○零O0]")
# Links that say only what to do: the row beside them holds the title.
_BARE = re.compile(
    r"^[\s\[【(（]*(?:点击|在线)?(?:查看|详情|下载|阅读|浏览|打开|全文|附件)(?:全文|详情|下载|附件|原文)?"
    r"[\s\]】)）>»]*$|^[\[【(（]?(?:pdf|word|docx?|html)[\]】)）]?$",
    re.IGNORECASE,
)
_ONLY_YEAR = re.compile(r"^(?:19|20)\d\d\s?年?度?$")
_FOOT = re.compile(
    r"(?:page|main|g|com)?[-_]?(?:footer|foot|copyright)(?![a-z]*list)", re.IGNORECASE
)
_FOLDER = re.compile(r"/(?:(?:index|list|common_list)[^/]*)?$", re.IGNORECASE)
_CUT = re.compile(r"(?:…|\.{2,})\s*$")
_BULLET = re.compile(r"^[\s·•●■◆▪\-—>»]+")
_WRITTEN = re.compile(
    r"(?:document\.write(?:ln)?\(|\.(?:html|append|prepend)\(|\.innerHTML\s{0,5}\+?=)\s{0,5}"
    r"(?:\"((?:[^\"\\\n]|\\.){0,100000})\"|'((?:[^'\\\n]|\\.){0,100000})'|`([^`$]{0,100000})`)"
)
# Elements that a click opens, or whose address stands in an attribute, as links do.
_CLICKED = "//*[@onclick or @data-href or @data-url or @data-link][not(self::a or self::input)]"
_CLICKED_SIZE = 30
_ADDRESS_ATTRIBUTES = ("data-href", "data-url", "data-link")


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


def written_html(tree: HtmlElement) -> str:
    """The markup that scripts write as plain literals (`document.writeln("<li>...")`)."""
    found = _WRITTEN.finditer(scripts(tree))
    parts = (match[1] or match[2] or match[3] or "" for match in found)
    return "\n".join(re.sub(r"\\(.)", r"\1", part) for part in parts if "<" in part)


def once(rows: Iterable[Row]) -> tuple[Row, ...]:
    """Each address once: the fullest title and the first date shown."""
    kept: dict[str, Row] = {}
    for row in rows:
        known = kept.get(row.url)
        kept[row.url] = row if known is None else _merged(known, row)
    return tuple(kept.values())


def _merged(first: Row, second: Row) -> Row:
    title = max(first.title, second.title, key=len)
    return Row(first.url, title, first.date or second.date, first.column or second.column)


def _visible_rows(tree: HtmlElement, url: str, column: str, every: bool = False) -> tuple[Row, ...]:
    anchors = tuple(_anchors(tree, url))
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
    bare = (row for row in _bare_rows(tree, url, column) if row.url not in known)
    return (*titled, *bare)


def _bare_rows(tree: HtmlElement, url: str, column: str) -> Iterator[Row]:
    """The rows of links that name no title: 查看 beside it, or a year in a table of bodies."""
    base, heading = base_of(tree, url), heading_of(tree)
    for element in tree.iter("a"):
        text = text_of(element, _ROW_CHARS) or row_title(element)
        beside = _BARE.match(text)
        target = target_of(element, base) if beside or _ONLY_YEAR.match(text) else ""
        cell = next(element.iterancestors("td"), None)
        if target and (beside or cell is not None):
            year = (year_above(cell) if beside else text) if cell is not None else ""
            title, date = _title_beside(element, text)
            if title and (year or beside):
                told = f"{title} {year}{heading}" if year else title
                yield Row(target, told, date, column)


def _title_beside(element: HtmlElement, text: str) -> tuple[str, str]:
    """The text of the first cell of the link's table row, or of its list item; and its date."""
    row = next(element.iterancestors("tr", "li", "dd", "p"), None)
    if row is None:
        return "", ""
    shown = text_of(row, _ROW_CHARS)[:_ROW_CHARS]
    in_cells = next(row.iter("td", "th"), None) is not None
    title = name_of_row(row, text) if in_cells else shown.partition(text)[0]
    return without_date(_BULLET.sub("", title).strip(" :：")), find_date(shown)


def _anchors(tree: HtmlElement, url: str) -> Iterator[_Anchor]:
    base = base_of(tree, url)
    known = functions(scripts(tree))
    beneath = _beneath(tree)
    for element in (*tree.iter("a"), *_clicked(tree)):
        if element in beneath:
            continue
        target = _target(element, base, known)
        title = row_title(element)
        if target and target != url and title and not _names_nothing(title):
            yield _Anchor(element, target, title)


def _clicked(tree: HtmlElement) -> Iterator[HtmlElement]:
    """The elements that act as links and hold none."""
    for element in tree.xpath(_CLICKED):
        if (
            next(element.iter("a", "input", "select"), None) is None
            and len(element) < _CLICKED_SIZE
        ):
            yield element


def _target(element: HtmlElement, base: str, known: Mapping[str, Function]) -> str:
    """Where a link or an element that acts as one leads; `known` are the page's functions."""
    named = next((value for name in _ADDRESS_ATTRIBUTES if (value := element.get(name))), None)
    script = f"{element.get('href') or ''} {element.get('onclick') or ''}"
    return target_of(element, base) or resolve(named, base) or called(script, known, base)


def _beneath(tree: HtmlElement) -> set[HtmlElement]:
    """The links of the page's foot: help, contact, privacy."""
    feet = (
        node
        for node in tree.iter("footer", "div", "table", "ul")
        if node.tag == "footer" or _FOOT.match(f"{node.get('id') or node.get('class') or ''}")
    )
    return {link for node in feet for link in node.iter()}


def _names_nothing(title: str) -> bool:
    return bool(_PAGER.match(title) or _BARE.match(title) or _ONLY_YEAR.match(title))


def row_title(element: HtmlElement) -> str:
    """The full title of a row's link: the title attribute where the text is cut."""
    shown = _BULLET.sub("", text_of(element))
    full = collapse(element.get("title") or element.get("mc") or "")
    if not shown:
        images = (collapse(image.get("alt") or "") for image in element.iter("img"))
        return full or next((alt for alt in images if alt), "")
    stem = _CUT.sub("", shown)[:6].replace(" ", "")
    cut = len(full) > len(shown) and full.replace(" ", "").startswith(stem)
    return full if full and (cut or _CUT.search(shown)) else shown


def _whole_title(anchor: _Anchor, item: HtmlElement) -> str:
    """The title, or where it is cut the one that the row holds in an attribute."""
    if not _CUT.search(anchor.title):
        return anchor.title
    stem = _CUT.sub("", anchor.title).replace(" ", "")
    told = (collapse(node.get("title") or "") for node in item.iter())
    whole = (title for title in told if title.replace(" ", "").startswith(stem))
    return max(whole, key=len, default=anchor.title)


def _looks_like_article(anchor: _Anchor) -> bool:
    parts = urlsplit(anchor.url)
    if _ARTICLE.search(f"{parts.path}?{parts.query}") or _ARTICLE.search(parts.path):
        return True
    has_year = bool(_YEAR.search(anchor.title))
    return bool(_REPORT.search(anchor.title)) and (has_year or not _FOLDER.search(parts.path))


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
    return find_date(text[len(without_date(text)) :]) if without_date(text) != text else ""


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
