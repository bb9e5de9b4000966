"""Which family a page is of, and its listing.

Order matters: many foreign pages contain a `createPageHTML` of their own, so systems with an
interface come first and TRS last but the unknown.
"""

from dataclasses import replace
from types import ModuleType

from lxml.html import HtmlElement

from parsers.portals import pagers
from parsers.portals.families import (
    fjdzapp,
    generic,
    gkmlpt,
    jpaas,
    jpage,
    json_front,
    jsonp,
    loaded,
    lonsun,
    outsourced,
    trs,
    turned,
    ucap,
    vsb,
    webforms,
    xxgk,
)
from parsers.portals.gaps import see_to_end
from parsers.portals.markup import parse
from parsers.portals.records import Listing, Page, PageRequest, Row
from parsers.portals.rows import once
from parsers.portals.walk import settle

FAMILIES: tuple[ModuleType, ...] = (
    gkmlpt,
    jpaas,
    jpage,
    xxgk,
    fjdzapp,
    lonsun,
    vsb,
    ucap,
    jsonp,
    webforms,
    json_front,
    loaded,
    outsourced,
    turned,
    trs,
    generic,
)
_BY_NAME = {family.NAME: family for family in FAMILIES}
FAMILY_NAMES: tuple[str, ...] = tuple(_BY_NAME)


def recognise(page: Page) -> str:
    """The name of the page's family; `generic` for the unknown. A state pins it."""
    return str(_family(page).NAME)


def read_listing(page: Page) -> Listing:
    """The rows of a page (or an interface's answer) and the way to the next.

    Args:
        page: the answer, with the state of the `PageRequest` it answers.

    Returns:
        Every row once. Whoever walks follows `next` and nothing else: the state in it ends
        repeating and endless listings.
    """
    listing: Listing = _family(page).read(page)
    if listing.rows and listing.end_reason == "unreadable":
        # The system's own way on was not found, but the page shows rows: any pager will do.
        listing = replace(generic.read(page), family=listing.family)
    tried = all("probe" in step.state or "guessed" in step.state for step in listing.next)
    if tried and not page.state.get("step"):
        listing = _otherwise(page, listing)
    return see_to_end(page, settle(page, listing))


def read_rows(page: Page) -> Listing:
    """The rows that a page shows or holds, each once, and no way on.

    To find a way on takes most of the time of reading a listing, and pages of reports have none.
    """
    tree = parse(page.text)
    if jpage.recognise(page, tree):
        return read_listing(page)
    return Listing(generic.NAME, once(generic.rows_of(page, tree)), ())


def _otherwise(page: Page, listing: Listing) -> Listing:
    """What else there is where the system's own way shows no way on."""
    tree = parse(page.text)
    if not listing.rows and listing.next:
        return listing
    if not listing.rows:
        # What the page holds as data will do; else its script files tell where the rows are.
        if listing.family != generic.NAME:
            listing = replace(generic.read(page), family=listing.family)
        unknown = not (listing.rows or listing.next)
        onward = (json_front.once(page, tree) or outsourced.files(page, tree)) if unknown else ()
    else:
        # The page draws the first rows, a script loads the others.
        guesses = tuple(step for step in listing.next if "guessed" in step.state)
        asked = _asked_for_more(page, tree, listing.rows, guesses)
        if guesses and asked:
            listing = replace(listing, next=())
        onward = (*asked, *loaded.waiting(page, tree))
    return replace(listing, next=(*listing.next, *onward))


def _asked_for_more(
    page: Page, tree: HtmlElement, rows: tuple[Row, ...], guesses: tuple[PageRequest, ...]
) -> tuple[PageRequest, ...]:
    """What a script would ask for beyond the reports that a page draws itself."""
    if not pagers.has_reports(rows):
        return ()
    more = json_front.further(page, tree, len(rows))
    if more is not None:
        return (more,)
    by_files = () if guesses else turned.by_files(page, tree, rows)
    return turned.start(page, tree, rows) or by_files or loaded.clicked(page, tree)


def _family(page: Page) -> ModuleType:
    pinned = _BY_NAME.get(page.state.get("family", ""))
    if pinned is not None:
        return pinned
    tree = parse(page.text)
    return next(family for family in FAMILIES if family.recognise(page, tree))
