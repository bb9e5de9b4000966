"""How long a listing says it is, in print or in a script, and whether that much was read."""

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import islice
from typing import NamedTuple

from lxml.html import HtmlElement

from parsers.portals.markup import joined_text, scripts, text_of

_PAGES_IN_SCRIPT = re.compile(
    r"\b(?:countPage|(?:n?total|all|max|m_n)_?(?:Pages?|PageCount|PageNum)|n?page_?(?:Count|Total)|pages)"
    r"['\"]?\s{0,5}[:=]\s{0,5}['\"]?(\d{1,5})(?![\w.])"
    r"|\bcreatePage(?:HTML)?\(\s{0,5}(?:['\"][\w-]{1,40}['\"]\s{0,5},\s{0,5})?['\"]?(\d{1,5})['\"]?\s{0,5},"
    # A library that counts pages by `total` and rows by `totalRecords`.
    r"|\bpno['\"]?\s{0,5}:[^{}]{0,200}?\btotal['\"]?\s{0,5}:\s{0,5}['\"]?(\d{1,5})(?![\w.])"
    # A pager that is told a total and no size of a page.
    r"|pag\w{0,20}\(\s{0,5}\{(?![^{}]{0,300}(?:size|limit|per_?page))[^{}]{0,300}?"
    r"\btotal['\"]?\s{0,5}:\s{0,5}(\d{1,5})(?![\w.])",
    re.IGNORECASE,
)
# A function that draws the pager: how many pages there are, which this is, how they are called.
_PAGES_IN_CALL = re.compile(
    r"\b\w{0,20}(?:page|fenye)\w{0,20}\(\s{0,5}['\"]?(\d{1,4})['\"]?\s{0,5},\s{0,5}['\"]?\d{1,4}['\"]?\s{0,5},"
    r"\s{0,5}['\"][\w/.-]{1,100}['\"]",
    re.IGNORECASE,
)
_ROWS_IN_SCRIPT = re.compile(
    r"\b(?:count|total|items|(?:total|record|row|data|m_nRecord)_?(?:count|num|records?|rows|data|size))"
    r"['\"]?\s{0,5}[:=]\s{0,5}['\"]?(\d{1,6})(?![\w.])",
    re.IGNORECASE,
)
_SIZE_IN_SCRIPT = re.compile(
    r"\b(?:limit|itemsOnPage|(?:page|m_nPage)_?size|pre_?page|per_?page|rows|size|page_?rows)"
    r"['\"]?\s{0,5}[:=]\s{0,5}['\"]?(\d{1,4})(?![\w.])",
    re.IGNORECASE,
)
_PRINTED_PAGES = re.compile(
    r"(?:共|总)(?:计|有)?(\d{1,5})页|(?<![\d/])\d{1,5}/(\d{1,5})页|总?页数[::](?:\d{1,5}/)?(\d{1,5})"
)
# Of a pager that says 1/2 and no more; with the spaces between its parts.
_PRINTED_PART = re.compile(
    r"(?<![\d/.-])\d{1,4}\s?/\s?(\d{1,4})(?=\s?(?:跳转|转到|到第|go|第|首页|上一?页|下一?页|尾页|末页))",
    re.IGNORECASE,
)
_PRINTED_ROWS = re.compile(
    r"(?:共|总)(?:计|有|找到|检索到|查询到)?(?:记录|数据|结果)?(\d{1,6})(?:条|篇|项|则)(?!评论|意见|建议|留言)"
    r"|总?(?:记录|条)数[::](\d{1,6})"
    r"|(\d{1,6})(?:条|篇|项|则)[^\d]{0,12}每页[^\d]{0,6}\d{1,3}(?:条|篇|项|则)"
    r"|每页[^\d]{0,6}\d{1,3}(?:条|篇|项|则)[^\d]{0,12}(\d{1,6})(?:条|篇|项|则)"
)
_TELLING = re.compile(
    r"[\w-]{0,20}(?:total|(?:page|record|row|data)s?_?-?count|pages)[\w-]{0,10}", re.IGNORECASE
)
_MAX_TELLING = 200
# A count and the page size that belongs to it stand in the same call.
_NEAR = 200


class Extent(NamedTuple):
    """What a page announces: its pages and rows; None where it announces none.

    `size` is the number of rows of a page that a script tells beside a count.
    """

    pages: int | None
    rows: int | None
    size: int | None = None

    def seen_with(self, rows: int) -> "Extent":
        """The same where the first page has so many rows.

        A count that is less than the size of a page which is full counts pages.
        """
        if self.rows and self.size and self.rows < self.size <= rows:
            return Extent(self.rows, None)
        return self


@lru_cache(maxsize=2)
def announced(tree: HtmlElement) -> Extent:
    """The length that scripts or print tell. The figures of a script come first."""
    told = "\n".join(f"{each}{' ' * 2 * _NEAR}" for each in _in_attributes(tree))
    code, printed = f"{scripts(tree)}\n{told}", joined_text(tree)
    pair = next(_pairs(code), None)
    pages = _first(_PAGES_IN_SCRIPT, code) or (pair and -(-pair[0] // pair[1]))
    pages = pages or _first(_PAGES_IN_CALL, code)
    return Extent(
        pages or _first(_PRINTED_PAGES, printed) or _first(_PRINTED_PART, text_of(tree)),
        (pair and pair[0]) or _first(_PRINTED_ROWS, printed),
        pair and pair[1],
    )


def _in_attributes(tree: HtmlElement) -> Iterator[str]:
    """What elements and hidden fields tell of lengths for a script to read, as its code would."""
    for node in islice(tree.iter("input"), _MAX_TELLING):
        name = node.get("id") or node.get("name") or ""
        if _TELLING.fullmatch(name) and (node.get("type") or "").casefold() == "hidden":
            yield f"{name}={node.get('value') or ''};"
    kept = tree.xpath("//*[@*[contains(name(),'total') or contains(name(),'-count')]]")
    for node in kept[:_MAX_TELLING]:
        if node.tag != "input":
            names = [(str(name).removeprefix("data-"), value) for name, value in node.items()]
            if not any(_TELLING.fullmatch(name) for name, _ in names):
                continue
            yield " ".join(f"{name.replace('-', '')}:{value}" for name, value in names)


def _pairs(code: str) -> Iterator[tuple[int, int]]:
    """The counts that have a page size beside them, with it."""
    for count in _ROWS_IN_SCRIPT.finditer(code):
        near = code[max(0, count.start() - _NEAR) : count.end() + _NEAR]
        size = _SIZE_IN_SCRIPT.search(near)
        if size and int(size[1]):
            yield int(count[1]), int(size[1])


def _first(pattern: re.Pattern[str], text: str) -> int | None:
    match = pattern.search(text)
    return int(next(filter(None, match.groups()))) if match else None


def shortfall(extent: Extent, pages: int, rows: int) -> str:
    """What is missing of the announced pages and rows, in words; empty if nothing is."""
    if extent.rows is not None and rows >= extent.rows:
        return ""
    if extent.pages is not None and pages < extent.pages:
        return f"{extent.pages} pages are announced and {pages} could be read"
    if extent.rows is not None:
        return f"{extent.rows} rows are announced and {rows} could be read"
    return ""
