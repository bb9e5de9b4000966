"""Whether a listing ended before all that it announces was read: the guard against silent loss."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from lxml.html import HtmlElement

from parsers.portals.extent import Extent, announced, shortfall
from parsers.portals.hidden import hint_of_more, years_offered
from parsers.portals.markup import parse
from parsers.portals.page_numbers import page_number
from parsers.portals.pagers import has_reports
from parsers.portals.records import Listing, Page, PageRequest, Row
from parsers.portals.signs import held_back
from parsers.portals.walk import is_fresh, number

_TWO_PAGES = 2


def see_to_end(page: Page, listing: Listing) -> Listing:
    """The listing with what is announced handed on, or with what is missing where it ends.

    State keys: `pages_told`, `rows_told` and `years_told`, the greatest numbers announced or
    offered so far; `hint`, what the first page hints at; `held`, what it holds back unless the
    interface that it names gives more.

    Args:
        page: the page that was read; a status of 404 tells that its number is left out.
        listing: what was read from it, settled.
    """
    tree = parse(page.text if page.status < 400 else "")
    told = announced(tree).seen_with(len(listing.rows))
    pages = max(told.pages or 0, number(page, "pages_told"), number(page, "of"))
    rows = max(told.rows or 0, listing.total or 0, number(page, "rows_told"))
    hints = _hints(page, tree, listing.rows)
    if listing.next:
        hinted = hints["hint"]
        if fills := any("fills" in step.state for step in listing.next):
            hints["hint"] = ""
        known = {"rows_told": str(rows), **hints}
        onward = (
            replace(step, state={**step.state, **known, "pages_told": str(_most(pages, step))})
            for step in listing.next
        )
        # A file that is tried for without a sign of it is no way on from a pager that shows one.
        tried = listing.rows and all(_is_tried(step) for step in listing.next)
        gap = _gap(page, listing, tree, Extent(pages or None, rows or None)) if tried else ""
        gap = gap or (hinted if fills else "")
        if gap and any(_may_fill(step) for step in listing.next):
            # Something is asked for more: only if it gives none is anything held back.
            return replace(listing, next=tuple(_holding(gap, onward)))
        gap = "" if pages or rows else gap
        return replace(listing, next=tuple(onward), gap=gap)
    gap = _gap(page, listing, tree, Extent(pages or None, rows or None))
    return replace(listing, gap=gap or listing.gap or _hidden(page, listing.rows, hints))


def _is_tried(step: PageRequest) -> bool:
    """Whether a step may well lead nowhere."""
    return "probe" in step.state or "turns" in step.state


def _may_fill(step: PageRequest) -> bool:
    """Whether a step may bring the rows that a page holds back."""
    return not step.state.keys().isdisjoint(("interface", "turns", "fills", "loaded"))


def _holding(gap: str, steps: Iterable[PageRequest]) -> Iterator[PageRequest]:
    """The steps; the first that may bring what is held back knows of it."""
    is_told = False
    for step in steps:
        tells = not is_told and _may_fill(step)
        is_told = is_told or tells
        yield replace(step, state={**step.state, "held": gap}) if tells else step


def _most(pages: int, step: PageRequest) -> int:
    """The greatest number of pages that is announced, by the pager's own numbers too."""
    return max(pages, int(step.state.get("pages_told") or 0))


def _hints(page: Page, tree: HtmlElement, rows: Sequence[Row]) -> dict[str, str]:
    """What the first page offers and hints at beyond its rows, to be remembered to the end."""
    if number(page, "step"):
        return {name: page.state.get(name, "") for name in ("years_told", "hint")}
    years = years_offered(page, tree)
    return {"years_told": str(years), "hint": hint_of_more(page, tree, rows)}


def _hidden(page: Page, rows: Sequence[Row], hints: Mapping[str, str]) -> str:
    """What was offered or hinted at and not read; empty if nothing was."""
    fresh = is_fresh(page, rows)
    is_answered = fresh and ("answer" in page.state or "fills" in page.state)
    held = "" if is_answered else page.state.get("held", "")
    # Parts of a page may hold other rows than those that are held back.
    brings = fresh and ("loaded" not in page.state or has_reports(rows))
    if held and number(page, "found") + brings < _TWO_PAGES:
        return held
    years, read = int(hints["years_told"] or 0), number(page, "rows") + len(rows) * fresh
    if years > max(read, 1):
        return f"{years} years can be chosen in a way that is not understood"
    return hints["hint"]


def _is_no_page(page: Page, tree: HtmlElement, rows: Sequence[Row]) -> bool:
    """Whether what a pager led to is no page of the list: the second without news, or an error."""
    is_part = page.state.get("loaded") or page.state.get("interface")
    is_bare = not rows and not is_part and next(tree.iter("a"), None) is None
    return number(page, "step") == 1 or is_bare


def _gap(page: Page, listing: Listing, tree: HtmlElement, told: Extent) -> str:
    new = is_fresh(page, listing.rows)
    at = page_number(page.url) if new else 0
    if listing.end_reason == "page_limit":
        return "the list has more pages than are read"
    if told.pages or told.rows:
        read_rows = number(page, "rows") + new * len(listing.rows)
        return shortfall(told, max(number(page, "found") + new, at), read_rows)
    if not new and page.state.get("shown") and _is_no_page(page, tree, listing.rows):
        return "the page that the pager offers brings nothing new"
    return held_back(page, tree, listing.rows)
