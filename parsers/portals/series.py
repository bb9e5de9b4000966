"""Numbered files of a list: `index.html, index_1.html ...`, as many as are announced.

Page k is commonly `index_{k-1}`, but sites number from one, leave a number out or copy the first
page: so a series is followed number by number until as many pages brought rows as are announced.
"""

import re
from collections.abc import Sequence
from typing import NamedTuple
from urllib.parse import urljoin, urlsplit

from parsers.portals.records import Page, PageRequest, Row
from parsers.portals.walk import number

_FILE = re.compile(r"^(?P<stem>[A-Za-z][\w-]*?)(?:_(?P<n>\d{1,4}))?\.(?P<ext>s?html?|jsp|aspx?)$")


class Series(NamedTuple):
    """The file names of a list: `stem_{n}.ext` beside `folder`; `pages` are announced, or 0."""

    folder: str
    stem: str
    ext: str
    n: int
    pages: int


def under_way(page: Page) -> Series | None:
    """The series that the page was asked for as a member of."""
    state = page.state
    if not state.get("stem"):
        return None
    folder, stem, ext = state["folder"], state["stem"], state.get("ext", "html")
    return Series(folder, stem, ext, number(page, "n"), number(page, "of"))


def named(url: str, arguments: Sequence[str], pages: int, rows: Sequence[Row]) -> Series:
    """The series that a page begins: by the arguments of its pager call, else its own name."""
    own = _FILE.match(urlsplit(url).path.rsplit("/", 1)[-1])
    n = int(own["n"] or 0) if own else 0
    stem = own["stem"] if own else "index"
    ext = own["ext"] if own else _ext_of(rows)
    if len(arguments) >= 4:
        told, ext = arguments[2] or stem, arguments[3].lstrip(".") or ext
        # The name of a list may itself end with a number: `index_3081.html, index_3081_1.html`.
        stem, n = told, 0 if told == f"{stem}_{n}" else n
    return Series(urljoin(url, "."), stem, ext, n, pages)


def is_plain(url: str) -> bool:
    """Whether the address is a folder or a file that a series could begin with, without query."""
    parts = urlsplit(url)
    return not parts.query and bool(_FILE.match(parts.path.rsplit("/", 1)[-1] or "index.html"))


def _ext_of(rows: Sequence[Row]) -> str:
    """The extension of the articles: a site writes its lists with the same."""
    found = (re.search(r"\.(s?html?)$", urlsplit(row.url).path) for row in rows)
    return next((match.group(1) for match in found if match), "html")


def following(series: Series) -> tuple[PageRequest, ...]:
    """The next file of an announced series; nothing beyond its end."""
    # One file beyond the count: numbering from one reaches `pages`, a gap `pages` + 1.
    if series.pages < 2 or series.n > series.pages:
        return ()
    return (request(series),)


def request(series: Series) -> PageRequest:
    """The request for the file after the series' number."""
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
