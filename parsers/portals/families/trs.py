"""TRS WCM: static lists `index.html, index_1.html ...`, the page count in a script.

Page k is commonly `index_{k-1}`, but sites number from one, leave a number out or copy the first
page: so the series is followed number by number until as many pages brought rows as are announced.
A list of reports that announces nothing and shows no pager is tried for a second file.
"""

import re
from collections.abc import Sequence
from typing import NamedTuple
from urllib.parse import urljoin, urlsplit

from lxml.html import HtmlElement

from parsers.portals import pagers
from parsers.portals.markup import meta, parse, scripts
from parsers.portals.records import Listing, Page, PageRequest, Row
from parsers.portals.rows import tree_rows
from parsers.portals.walk import number

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
_FILE = re.compile(r"^(?P<stem>[A-Za-z][\w-]*?)(?:_(?P<n>\d{1,4}))?\.(?P<ext>s?html?|jsp|aspx?)$")


class Series(NamedTuple):
    """The file names of a list: `stem_{n}.ext` beside `folder`; `pages` are announced, or 0."""

    folder: str
    stem: str
    ext: str
    n: int
    pages: int


def recognise(page: Page, tree: HtmlElement) -> bool:
    """Whether the page shows a cue of TRS."""
    return bool(_CUES.search(page.text))


def read(page: Page) -> Listing:
    """The rows, and the next file of the series."""
    tree = parse(page.text)
    rows = tree_rows(tree, page.url, meta(tree, "ColumnName"))
    series = _series(page, tree, rows)
    if series is None:
        shown = pagers.onward(page, tree)
        return Listing(NAME, rows, shown or _probe(page, rows))
    onward = _next(series) if series.pages else _probe(page, rows, series)
    return Listing(NAME, rows, onward, None, "" if onward else "last_page")


def _series(page: Page, tree: HtmlElement, rows: Sequence[Row]) -> Series | None:
    if page.state.get("stem"):
        state = page.state
        folder, stem, ext = state["folder"], state["stem"], state.get("ext", "html")
        return Series(folder, stem, ext, number(page, "n"), number(page, "of"))
    code = scripts(tree)
    call, count = _CALL.search(code), _COUNT.search(code)
    arguments = [part.strip(" '\"\t\n") for part in call.group(1).split(",")] if call else []
    pages = int(arguments[0]) if arguments else _first_number(count) or _counted(code)
    return _named(page.url, arguments, pages, rows) if pages else None


def _counted(code: str) -> int:
    """The number of pages from a record count and a page size."""
    records, size = _RECORDS.search(code), _PAGE_SIZE.search(code)
    if records is None or size is None or int(size.group(1)) == 0:
        return 0
    return -(-int(records.group(1)) // int(size.group(1)))


def _first_number(match: re.Match[str] | None) -> int:
    return next((int(group) for group in match.groups() if group), 0) if match else 0


def _named(url: str, arguments: list[str], pages: int, rows: Sequence[Row]) -> Series:
    own = _FILE.match(urlsplit(url).path.rsplit("/", 1)[-1])
    n = int(own["n"] or 0) if own else 0
    stem = own["stem"] if own else "index"
    ext = own["ext"] if own else _ext_of(rows)
    if len(arguments) >= 4:
        stem, ext = arguments[2] or stem, arguments[3].lstrip(".") or ext
    return Series(urljoin(url, "."), stem, ext, n, pages)


def _ext_of(rows: Sequence[Row]) -> str:
    """The extension of the articles: a site writes its lists with the same."""
    found = (re.search(r"\.(s?html?)$", urlsplit(row.url).path) for row in rows)
    return next((match.group(1) for match in found if match), "html")


def _probe(
    page: Page, rows: Sequence[Row], series: Series | None = None
) -> tuple[PageRequest, ...]:
    """The next file, if there is one, of a list of reports that tells nothing of its length."""
    if not any(_YEARLY.search(row.title) for row in rows):
        return ()
    known = series or _named(page.url, [], 0, rows)
    plain = bool(_FILE.match(urlsplit(page.url).path.rsplit("/", 1)[-1] or "index.html"))
    return (_request(known),) if plain else ()


def _next(series: Series) -> tuple[PageRequest, ...]:
    # One file beyond the count: numbering from one reaches `pages`, a gap `pages` + 1.
    if series.pages < 2 or series.n > series.pages:
        return ()
    return (_request(series),)


def _request(series: Series) -> PageRequest:
    n = series.n + 1
    url = urljoin(series.folder, f"{series.stem}_{n}.{series.ext}")
    state = {
        "folder": series.folder,
        "stem": series.stem,
        "ext": series.ext,
        "n": str(n),
        "of": str(series.pages),
        **({} if series.pages else {"probe": "1"}),
    }
    return PageRequest(url, state=state)
