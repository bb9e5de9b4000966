"""Which family a page is of, and its listing.

Order matters: many foreign pages contain a `createPageHTML` of their own, so systems with an
interface come first and TRS last but the unknown.
"""

from dataclasses import replace
from types import ModuleType

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
    trs,
    ucap,
    vsb,
    webforms,
    xxgk,
)
from parsers.portals.gaps import see_to_end
from parsers.portals.markup import parse
from parsers.portals.records import Listing, Page
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
    if not listing.rows and not listing.next and not page.state.get("step"):
        # Nothing in the system's own way: what the page holds as data will do.
        listing = replace(generic.read(page), family=listing.family)
    return see_to_end(page, settle(page, listing))


def _family(page: Page) -> ModuleType:
    pinned = _BY_NAME.get(page.state.get("family", ""))
    if pinned is not None:
        return pinned
    tree = parse(page.text)
    return next(family for family in FAMILIES if family.recognise(page, tree))
