"""Portal families: how listings, pagers, articles and walls of each system are read. Pure."""

from parsers.portals.articles import read_article
from parsers.portals.choice import read_listing, read_rows, recognise
from parsers.portals.columns import find_columns
from parsers.portals.records import Article, Column, Listing, Page, PageRequest, Row
from parsers.portals.walls import recognise_wall

__all__ = [
    "Article",
    "Column",
    "Listing",
    "Page",
    "PageRequest",
    "Row",
    "find_columns",
    "read_article",
    "read_listing",
    "read_rows",
    "recognise",
    "recognise_wall",
]
