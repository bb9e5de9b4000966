"""TRS WCM: static lists `index.html, index_1.html ...`, the page count in a script.

A list of reports that announces nothing and shows no pager is tried for a second file.
"""

import re
from collections.abc import Sequence

from lxml.html import HtmlElement

from parsers.portals import pagers, series
from parsers.portals.markup import meta, parse, scripts
from parsers.portals.records import Listing, Page, PageRequest, Row
from parsers.portals.rows import tree_rows
from parsers.portals.series import Series

NAME = "trs"
_CUES = re.compile(
    r"createPage(?:HTML)?\s*\(\s*['\"]?\d|m_nRecordCount|\bcountPage\s*=|CurrChnlCls|TRS_Editor|trs_editor_view"
    r"|Custom_UnionStyle|/was[45]0?/|pagination_script_config|/t\d{8}_\d+\.s?html?",
    re.IGNORECASE,
)
_CALL = re.compile(
    r"\bcreatePage(?:HTML)?\s*\(\s*(['\"]?\d{1,5}['\"]?\s*,[^()]{0,200})\)", re.IGNORECASE
)
_COUNT = re.compile(
    r"\b(?:countPage|pageCount|totalPages?|m_nPageCount|nPageCount)\s*=\s*['\"]?(\d{1,5})"
    r"|pagination_script_config[^;]{0,400}?\btotal['\"]?\s*[:=]\s*['\"]?(\d{1,5})"
    r"|\btotalData['\"]?\s*[:=]\s*['\"]?(\d{1,5})"
)
_RECORDS = re.compile(r"\bm_nRecordCount\s*=\s*['\"]?(\d{1,7})")
_PAGE_SIZE = re.compile(r"\bm_nPageSize\s*=\s*['\"]?(\d{1,4})")
_YEARLY = re.compile(r"年\s?报|年度.{0,8}报告|公开.{0,14}报告")


def recognise(page: Page, tree: HtmlElement) -> bool:
    """Whether the page shows a cue of TRS."""
    return bool(_CUES.search(page.text))


def read(page: Page) -> Listing:
    """The rows, and the next file of the series."""
    tree = parse(page.text)
    rows = tree_rows(tree, page.url, meta(tree, "ColumnName"))
    known = _series(page, tree, rows)
    if known is None:
        shown = pagers.onward(page, tree, rows)
        return Listing(NAME, rows, shown or _probe(page, rows))
    onward = series.following(known) if known.pages else _probe(page, rows, known)
    return Listing(NAME, rows, onward, None, "" if onward else "last_page")


def _series(page: Page, tree: HtmlElement, rows: Sequence[Row]) -> Series | None:
    if under_way := series.under_way(page):
        return under_way
    code = scripts(tree)
    call, count = _CALL.search(code), _COUNT.search(code)
    if call is None and _tells_another_way(page, tree):
        return None
    arguments = [part.strip(" '\"\t\n") for part in call.group(1).split(",")] if call else []
    pages = int(arguments[0]) if arguments else _first_number(count) or _counted(code)
    return series.named(page.url, arguments, pages, rows) if pages else None


def _tells_another_way(page: Page, tree: HtmlElement) -> bool:
    """Whether the way to the next page is told and is no numbered file beside this one."""
    way = pagers.shown(page, tree)
    told = way is not None and not series.is_plain(way.url)
    return told or pagers.by_template(page, tree) is not None


def _counted(code: str) -> int:
    """The number of pages from a record count and a page size."""
    records, size = _RECORDS.search(code), _PAGE_SIZE.search(code)
    if records is None or size is None or int(size.group(1)) == 0:
        return 0
    return -(-int(records.group(1)) // int(size.group(1)))


def _first_number(match: re.Match[str] | None) -> int:
    return next((int(group) for group in match.groups() if group), 0) if match else 0


def _probe(page: Page, rows: Sequence[Row], known: Series | None = None) -> tuple[PageRequest, ...]:
    """The next file, if there is one, of a list of reports that tells nothing of its length."""
    if not any(_YEARLY.search(row.title) for row in rows) or not series.is_plain(page.url):
        return ()
    return (series.request(known or series.named(page.url, [], 0, rows)),)
