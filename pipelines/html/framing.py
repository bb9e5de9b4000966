"""What lies around a report that no known container marks.

A report that is no more than a part of the page's densest element gives itself away by its title,
its numbered sections and its tables: what holds them all is the report, if it begins with the
title and ends as reports do; a column beside the one that holds them all is not. Where an element
below the title holds all sections and ends with the signature, what follows it is not either.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import takewhile

from lxml import etree

from pipelines.html import tree
from pipelines.html.metadata import is_report_title, page_titles
from pipelines.html.tables import read_table

FEWEST_PARTS = 3
LONGEST_MARK = 60
CLOSING_CHARS = 40

_SECTION = re.compile(r"\s*[一二三四五六七八九十]{1,3}\s*[、.．]\s*\S")
_DAY = r"(\d{4}|[二〇○零一三四五六七八九]{4})\s*年.{1,4}月.{1,4}日"
_SIGNED = re.compile(rf"{_DAY}\s*[)）]?\s*\Z")
_DATED = re.compile(rf"{_DAY}.{{0,{CLOSING_CHARS}}}\Z", re.DOTALL)
_LAST_SECTION = re.compile(r"其他需要(报告|说明)的(事项|情况|问题).{2,}\Z", re.DOTALL)
_INNER = frozenset({"table", "thead", "tbody", "tfoot", "tr"})


@dataclass(frozen=True, slots=True)
class Framing:
    """The element that holds a report, and what in it stands beside the report."""

    root: etree._Element
    beside: frozenset[etree._Element] = field(default=frozenset())


def framing(page: etree._Element, element: etree._Element) -> Framing:
    """The report within an element of a page; the whole element where that is not sure."""
    titles = {_bare(title) for title in page_titles(page)}
    marks = list(_marks(element, titles))
    if sum(1 for _, is_title in marks if not is_title) < FEWEST_PARTS:
        title = next((node for node, is_title in marks if is_title), element)
        return Framing(element, frozenset(_columns_beside_title(title, element)))
    holder = _whole(_common([node for node, _ in marks]), element)
    begins = marks[0][1]
    if begins:
        parts = _whole(_common([node for node, is_title in marks if not is_title]), holder)
        if parts is not holder and _SIGNED.search(tree.shown_text(parts)):
            return Framing(parts)
    if holder is not element and begins and _is_closed(holder):
        return Framing(holder)
    return Framing(element, frozenset(_columns_beside(holder, element)))


def _marks(element: etree._Element, titles: set[str]) -> Iterator[tuple[etree._Element, bool]]:
    """Elements of the report in order, each with whether it is a title."""
    for node, text in _texts(element):
        if node.tag == "table" and not text:
            yield node, False
        elif len(text) > LONGEST_MARK:
            continue
        elif _SECTION.match(text):
            yield node, False
        elif is_report_title(text) or (text and _bare(text) in titles):
            yield node, True


def _texts(element: etree._Element) -> Iterator[tuple[etree._Element, str]]:
    """Texts outside of links with their elements; a table of rows and columns without text."""
    stack: list[tuple[etree._Element, bool]] = [(element, False)]
    while stack:
        node, leaving = stack.pop()
        parent = node.getparent()
        if leaving and parent is not None and node.tail and node is not element:
            yield parent, node.tail.strip()
        if leaving:
            continue
        stack.append((node, True))
        if not tree.is_element(node) or tree.is_removed(node) or node.tag == "a":
            continue
        if node.tag == "table" and _has_columns(node):
            yield node, ""
        if node.text:
            yield node, node.text.strip()
        stack.extend((child, False) for child in reversed(node))


def _has_columns(table: etree._Element) -> bool:
    """Whether an innermost table has two rows and two columns of something else than links."""
    if next(table.iterdescendants("table", "a"), None) is not None:
        return False
    widths = [sum(1 for cell in row if cell.tag in ("td", "th")) for row in table.iter("tr")]
    return len(widths) >= 2 and max(widths) >= 2


def _common(nodes: list[etree._Element]) -> etree._Element:
    """The innermost element that holds all."""
    line = [*reversed([*nodes[0].iterancestors()]), nodes[0]]
    for node in nodes[1:]:
        above = {node, *node.iterancestors()}
        line = list(takewhile(above.__contains__, line))
    return line[-1]


def _whole(holder: etree._Element, element: etree._Element) -> etree._Element:
    """What holds it and is no part of a data table; never more than the element."""
    found = holder
    for node in (holder, *holder.iterancestors()):
        if node is element:
            break
        if node.tag == "table" and read_table(node).table is not None:
            found = node
    while found is not element and found.tag in _INNER:
        holding = found.getparent()
        found = element if holding is None else holding
    return found


def _is_closed(holder: etree._Element) -> bool:
    """Whether a text ends with a date of signature or with a report's last section."""
    text = tree.shown_text(holder)
    return bool(_DATED.search(text) or _LAST_SECTION.search(text))


def _columns_beside_title(title: etree._Element, element: etree._Element) -> set[etree._Element]:
    """The other cells of the layout row in which the title stands above whole sentences."""
    for node in (title, *title.iterancestors()):
        if node is element:
            break
        beside = {*node.itersiblings("td", "th"), *node.itersiblings("td", "th", preceding=True)}
        if node.tag in ("td", "th") and beside:
            return beside if "。" in tree.shown_text(node) else set()
    return set()


def _columns_beside(holder: etree._Element, element: etree._Element) -> Iterator[etree._Element]:
    """The other cells of the layout rows that the report stands in."""
    for node in (holder, *holder.iterancestors()):
        if node is element:
            return
        if node.tag in ("td", "th"):
            yield from node.itersiblings("td", "th")
            yield from node.itersiblings("td", "th", preceding=True)


def _bare(text: str) -> str:
    return "".join(text.split())
