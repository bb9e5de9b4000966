"""A page of an unknown system: rows as drawn, the way on by text, number or script variable."""

from lxml.html import HtmlElement

from parsers.portals import pagers
from parsers.portals.datarows import data_rows, whole_json
from parsers.portals.families import loaded
from parsers.portals.jsonrows import json_rows
from parsers.portals.length import markup_in
from parsers.portals.markup import meta, parse
from parsers.portals.records import Listing, Page, Row
from parsers.portals.rows import fragment_rows, tree_rows

NAME = "generic"


def recognise(page: Page, tree: HtmlElement) -> bool:
    """Always: the last of the order."""
    return True


def read(page: Page) -> Listing:
    """The rows and the next page."""
    tree = parse(page.text)
    if whole_json(page.text) is not None:
        return loaded.answer(page, tree)
    rows = rows_of(page, tree)
    return Listing(NAME, rows, pagers.onward(page, tree, rows))


def rows_of(page: Page, tree: HtmlElement) -> tuple[Row, ...]:
    """The rows as drawn; those kept as data where none that is drawn names a report."""
    if (value := whole_json(page.text)) is not None:
        return json_rows(value, page.url) or fragment_rows(markup_in(value), page.url)
    rows = tree_rows(tree, page.url, meta(tree, "ColumnName"))
    if pagers.has_reports(rows):
        return rows
    kept = data_rows(page, tree)
    return (*rows, *kept) if not rows or pagers.has_reports(kept) else rows
