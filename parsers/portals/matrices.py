"""What a cell of a table of bodies and years says by its place: the body, the year, the heading."""

import re

from lxml.html import HtmlElement

from parsers.portals.dates import find_date
from parsers.portals.markup import collapse, text_of

_CELL_CHARS = 200
_YEAR = re.compile(r"(?:19|20)\d\d\s?年?度?")
_REPORT = re.compile(r"[^\s_|>-]{0,20}公开[^\s_|>-]{0,14}(?:年\s?报|报告)")
_OF_SEVERAL = re.compile(
    r"^.{0,20}(?:部门|单位|各|机关|县区|区县|乡镇|街道)[^公]{0,6}?(?=(?:政府)?信息公开|公开)"
)
_MAX_COLUMNS = 200


def year_above(cell: HtmlElement) -> str:
    """The year at the head of the cell's column, in the nearest row above that has one there."""
    row = next(cell.iterancestors("tr"), None)
    if row is None:
        return ""
    place = _place(cell)
    group = row.getparent()
    above = [*row.itersiblings("tr", preceding=True)]
    if group is not None and group.tag == "tbody":
        heads = group.itersiblings("thead", "tbody", preceding=True)
        above += [line for head in heads for line in reversed(list(head.iter("tr")))]
    for line in above:
        text = _text_at(line, place)
        if _YEAR.fullmatch(text):
            return text
    return ""


def name_of_row(row: HtmlElement, text: str) -> str:
    """The first cell of a table row that names something; `text` is that of the link."""
    cells = (text_of(cell, _CELL_CHARS) for cell in row.iter("td", "th"))
    named = (cell for cell in cells if len(cell) > 3 and cell != text and not find_date(cell))
    return next((cell for cell in named if not _YEAR.fullmatch(cell)), "")


def heading_of_one(tree: HtmlElement) -> str:
    """What the page's heading calls the report of one body, without the bodies that it names."""
    return _OF_SEVERAL.sub("", heading_of(tree))


def heading_of(tree: HtmlElement) -> str:
    """The reports that the page's caption, heading or title names; empty if it names none."""
    for node in tree.iter("caption", "h1", "h2", "h3", "title"):
        match = _REPORT.search(collapse(node.text_content())[:_CELL_CHARS])
        if match:
            return match.group()
    return ""


def _place(cell: HtmlElement) -> int:
    """The column that the cell begins in."""
    return sum(_span(before) for before in cell.itersiblings("td", "th", preceding=True))


def _text_at(row: HtmlElement, place: int) -> str:
    begins = 0
    for cell in row.iterchildren("td", "th"):
        ends = begins + _span(cell)
        if begins <= place < ends:
            return text_of(cell, _CELL_CHARS)
        begins = ends
    return ""


def _span(cell: HtmlElement) -> int:
    span = cell.get("colspan") or "1"
    return min(int(span[:4]), _MAX_COLUMNS) if span.isascii() and span.isdigit() else 1
