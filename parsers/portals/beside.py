"""Titles that stand beside their links: 查看, a cover, an index number, a year in a table."""

import re
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from lxml.html import HtmlElement

from parsers.portals.clicks import Clicks
from parsers.portals.dates import find_date, without_date
from parsers.portals.markup import collapse, text_of
from parsers.portals.matrices import heading_of_one, name_of_row, year_above
from parsers.portals.records import Row

REPORT = re.compile(r"年\s?报|年度.{0,8}报告|公开.{0,14}报告")
# Links that say only what to do: the row beside them holds the title.
BARE = re.compile(
    r"^[\s\[【(（]*(?:点击|在线)?(?:查看|详情|下载|阅读|浏览|打开|全文|附件|预览)"
    r"(?:全文|详情|下载|附件|原文|全部|报告)?[\s\]】)）>»]*$"
    r"|^[\[【(（]?(?:(?:pdf|word|docx?|wps|ofd|html|图片|文字|图文|网页|电子|文本|原)(?:版|格式|文件|文档)?"
    r"(?:下载|查看|浏览|阅读|预览|全文)?)[\]】)）]?$",
    re.IGNORECASE,
)
ONLY_YEAR = re.compile(r"^(?:19|20)\d\d\s?年?度?$")
# An index number (索引号) such as `FJ00100-0200-2025-00001` or `000014348/2025-00012`.
CODE = re.compile(r"(?=.*\d)[A-Za-z0-9][A-Za-z0-9\-_/.()\[\]〔〕]{6,40}")
_BULLET = re.compile(r"^[\s·•●■◆▪\-—>»]+")
_ROW_CHARS = 600
_TITLE_CHARS = 120
_CLIMB = 4


class _Beside(NamedTuple):
    title: str
    date: str


def beside_rows(
    tree: HtmlElement, clicks: Clicks, column: str, shown: Mapping[HtmlElement, str]
) -> Iterator[Row]:
    """The rows of links that name no title themselves; `shown` tells what each link shows."""
    heading = heading_of_one(tree)
    for element, text in shown.items():
        if not text or BARE.match(text) or ONLY_YEAR.match(text):
            yield from _row(element, text, heading, clicks, column)


def _row(
    element: HtmlElement, text: str, heading: str, clicks: Clicks, column: str
) -> Iterator[Row]:
    cell = next(element.iterancestors("td"), None)
    says_what_to_do = bool(BARE.match(text))
    if text and cell is None and not says_what_to_do:
        return
    target = clicks.target(element)
    title, date = _in_row(element, text) if text else _around(element)
    if target and title:
        year = ((year_above(cell) if says_what_to_do else text) if cell is not None else "") or ""
        yield Row(target, f"{title} {year}{heading}" if year else title, date, column)


def _in_row(element: HtmlElement, text: str) -> _Beside:
    """The first cell of the link's table row, or what its list item says before it; the date."""
    row = next(element.iterancestors("tr", "li", "dd", "p"), None)
    if row is None:
        return _around(element)
    shown = text_of(row, _ROW_CHARS)[:_ROW_CHARS]
    in_cells = next(row.iter("td", "th"), None) is not None
    title = name_of_row(row, text) if in_cells else shown.partition(text)[0]
    # Other links of the row say what to do as well.
    title = re.sub(r"(?:\s[^\s]{2,8})+$", _without_deeds, title.strip())
    return _Beside(without_date(_BULLET.sub("", title).strip(" :：")), find_date(shown))


def _without_deeds(match: re.Match[str]) -> str:
    words = match[0].split()
    while words and BARE.match(words[-1]):
        words.pop()
    return "".join(f" {word}" for word in words)


def _around(element: HtmlElement) -> _Beside:
    """The report that the text about a picture names, within what holds no other link."""
    for level, above in enumerate(element.iterancestors()):
        others = (each for each in above.iter("a") if each is not element and each.get("href"))
        if level >= _CLIMB or any(each.get("href") != element.get("href") for each in others):
            break
        shown = text_of(above, _ROW_CHARS)[:_ROW_CHARS]
        if shown:
            is_title = len(shown) <= _TITLE_CHARS and REPORT.search(shown)
            return _Beside(without_date(shown) if is_title else "", find_date(shown))
    return _Beside("", "")


def _headline(element: HtmlElement) -> str:
    """The heading of a link about a whole card; empty where the link holds no single one."""
    if not len(element):
        return ""
    found = list(element.iter("h1", "h2", "h3", "h4", "h5", "h6"))
    return text_of(found[0]) if len(found) == 1 else ""


def shown_title(element: HtmlElement) -> str:
    """The full title of a row's link: the title attribute where the text is cut."""
    shown = _BULLET.sub("", _headline(element) or text_of(element))
    full = collapse(element.get("title") or element.get("mc") or element.get("aria-label") or "")
    if not shown:
        images = (collapse(image.get("alt") or "") for image in element.iter("img"))
        return full or next((alt for alt in images if alt), "")
    stem = CUT.sub("", shown)[:6].replace(" ", "")
    cut = len(full) > len(shown) and full.replace(" ", "").startswith(stem)
    return full if full and (cut or CUT.search(shown)) else shown


CUT = re.compile(r"(?:…|\.{2,}>?)\s*$")


def numbered_title(element: HtmlElement, text: str) -> str:
    """The title in the table row of a link that shows an index number; else the text itself."""
    row = next(element.iterancestors("tr"), None)
    if row is None or not CODE.fullmatch(text):
        return text
    cells = (text_of(cell, _ROW_CHARS)[:_ROW_CHARS] for cell in row.iter("td", "th"))
    named = next((cell for cell in cells if REPORT.search(cell)), "")
    return named or name_of_row(row, text) or text
