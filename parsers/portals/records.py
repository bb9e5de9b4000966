"""What passes between the portal readers and the crawler."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from parsers.records import Link


@dataclass(frozen=True, slots=True)
class Page:
    """An answer as the readers see it. `text` is decoded; `state` is that of its `PageRequest`.

    `headers` are the response's, names in any case. A state of `{"family": NAME}` pins the family.
    `charset` is the encoding that forms of the page are sent in.
    """

    url: str
    text: str
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)
    state: Mapping[str, str] = field(default_factory=dict)
    charset: str = "utf-8"


@dataclass(frozen=True, slots=True)
class PageRequest:
    """A request for more rows. `state` goes with the answer as `Page.state`, unread by others."""

    url: str
    method: str = "GET"
    body: bytes = b""
    headers: Mapping[str, str] = field(default_factory=dict)
    state: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a listing. `date` is the date shown (ISO, empty if none), never that of the URL."""

    url: str
    title: str
    date: str = ""
    column: str = ""


@dataclass(frozen=True, slots=True)
class Listing:
    """The rows of one page and the way on.

    `total` is the number of rows the portal announces. `end_reason` is empty while there is a way
    on, else one of `last_page`, `empty`, `repeated`, `no_pager`, `page_limit`, `unreadable`.
    `gap` tells in words why rows may be missing where the way ends before all that is announced;
    empty if none should be.
    """

    family: str
    rows: tuple[Row, ...] = ()
    next: tuple[PageRequest, ...] = ()
    total: int | None = None
    end_reason: str = ""
    gap: str = ""


@dataclass(frozen=True, slots=True)
class Article:
    """What a page says of itself, and what belongs to it.

    `links` are attachments and documents; `next_pages` further pages of the same article; `frames`
    embedded pages; `redirect` where a script or refresh sends the reader; `deleted` tells that it
    sends him to a folder above, as portals do with pages taken down. `chars` counts the characters
    of text outside links; None where nobody counted.
    """

    title: str = ""
    date: str = ""
    links: tuple[Link, ...] = ()
    next_pages: tuple[str, ...] = ()
    frames: tuple[str, ...] = ()
    redirect: str = ""
    deleted: bool = False
    chars: int | None = None


@dataclass(frozen=True, slots=True)
class Column:
    """Where annual reports may be listed, and why. `score` is higher for the better guess.

    A column that a form leads to may be asked for by POST with a `body`. `key` names a column whose
    body is another one each time it is offered.
    """

    url: str
    text: str
    reason: str
    score: int
    method: str = "GET"
    body: bytes = b""
    key: str = ""
