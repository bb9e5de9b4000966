"""Boda VSB: page 1 is `x.htm`, page k is `x/{N-k+1}.htm`: reversed, so the last page is 1.htm.

The numbers shift while rows are added: a page asked for as the second may answer as the third.
What it says of itself (2/7) tells, and the page passed over is asked for.
"""

import re

from lxml.html import HtmlElement

from parsers.portals import pagers
from parsers.portals.markup import joined_text, meta, parse, scripts
from parsers.portals.records import Listing, Page, PageRequest
from parsers.portals.rows import tree_rows
from parsers.portals.walk import number

NAME = "vsb"
_CUES = re.compile(
    r"Visual SiteBuilder|/_sitegray/|_jsq_\(|/system/resource/js/|vsb_content|v_news_content"
    r"|pb_sys_common|_simple_list_gotopage_fun|NewsContentUrl|_vsb_multiscreen",
    re.IGNORECASE,
)
_SHOWN = re.compile(r"共(\d{1,7})条.{0,20}?(?<!\d)(\d{1,5})/(\d{1,5})(?!\d)")
_PAGES = re.compile(r"_simple_list_gotopage_fun\(\s{0,5}(\d{1,5})\s{0,5},[^()]{0,60},\s{0,5}(\d)")
_STATIC_MODE = "2"
_DEEPER = re.compile(r"/(\d{1,5})\.html?$")


def recognise(page: Page, tree: HtmlElement) -> bool:
    """Whether the page or its server shows a cue of VSB."""
    served = " ".join(f"{name}:{value}" for name, value in page.headers.items())
    return bool(_CUES.search(page.text)) or "VWebServer" in served


def read(page: Page) -> Listing:
    """The rows, the next page, and pages that renumbering passed over."""
    tree = parse(page.text)
    rows = tree_rows(tree, page.url, meta(tree, "ColumnName"))
    total, shown, pages = _position(page, tree)
    stem = page.state.get("stem") or re.sub(r"(?:/\d{1,5})?\.html?$", "", page.url)
    wanted = number(page, "page", 1)
    missed = tuple(
        _request(f"{stem}/{pages - k + 1}.htm", stem, k) for k in range(max(2, wanted), shown)
    )
    onward = _next(page, tree, stem, shown, pages)
    requests = (*missed, *onward)
    return Listing(NAME, rows, requests, total, "" if requests else "last_page")


def _position(page: Page, tree: HtmlElement) -> tuple[int | None, int, int]:
    """Rows in all, the number of this page and of all pages, as the pager prints them."""
    match = _SHOWN.search(joined_text(tree))
    if match:
        return int(match.group(1)), int(match.group(2)), int(match.group(3))
    call = _PAGES.search(scripts(tree)) or _PAGES.search(page.text)
    pages = int(call.group(1)) if call else 0
    deeper = _DEEPER.search(page.url)
    shown = pages - int(deeper.group(1)) + 1 if deeper and pages else 1
    return None, shown, pages


def _next(
    page: Page, tree: HtmlElement, stem: str, shown: int, pages: int
) -> tuple[PageRequest, ...]:
    linked = pagers.by_text(page, tree)
    if linked is not None:
        return (_request(linked.url, stem, shown + 1),)
    if shown >= pages:
        return ()
    call = _PAGES.search(page.text)
    if call and call.group(2) != _STATIC_MODE:
        request = pagers.by_variables(page, tree)
        return (_request(request.url, stem, shown + 1),) if request else ()
    return (_request(f"{stem}/{pages - shown}.htm", stem, shown + 1),)


def _request(url: str, stem: str, page: int) -> PageRequest:
    return PageRequest(url, state={"stem": stem, "page": str(page)})
