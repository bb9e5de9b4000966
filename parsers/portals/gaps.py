"""Whether a listing ended before all that it announces was read: the guard against silent loss."""

from dataclasses import replace

from lxml.html import HtmlElement

from parsers.portals import pagers
from parsers.portals.extent import Extent, announced, shortfall
from parsers.portals.markup import parse
from parsers.portals.records import Listing, Page
from parsers.portals.walk import number


def see_to_end(page: Page, listing: Listing) -> Listing:
    """The listing with what is announced handed on, or with what is missing where it ends.

    State keys: `pages_told` and `rows_told`, the greatest numbers announced so far.

    Args:
        page: the page that was read; a status of 404 tells that its number is left out.
        listing: what was read from it, settled.
    """
    tree = parse(page.text if page.status < 400 else "")
    told = announced(tree)
    pages = max(told.pages or 0, number(page, "pages_told"), number(page, "of"))
    rows = max(told.rows or 0, listing.total or 0, number(page, "rows_told"))
    if listing.next:
        known = {"pages_told": str(pages), "rows_told": str(rows)}
        onward = (replace(step, state={**step.state, **known}) for step in listing.next)
        # A file that is tried for without a sign of it is no way on from a pager that shows one.
        tried = listing.rows and all("probe" in step.state for step in listing.next)
        gap = "" if pages or rows or not tried else _gap(page, listing, tree, Extent(None, None))
        return replace(listing, next=tuple(onward), gap=gap)
    return replace(listing, gap=_gap(page, listing, tree, Extent(pages or None, rows or None)))


def _gap(page: Page, listing: Listing, tree: HtmlElement, told: Extent) -> str:
    at = pagers.page_number(page.url) if page.status < 400 else 0
    read_pages = max(number(page, "found") + bool(listing.rows), at)
    read_rows = number(page, "rows") + len(listing.rows)
    if told.pages or told.rows:
        return shortfall(told, read_pages, read_rows)
    words = pagers.dead_end(page, tree)
    return f"the pager's {words} leads on in a way that is not understood" if words else ""
