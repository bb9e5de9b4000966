"""What a request is for: it travels with the request and is stored with the capture."""

from dataclasses import dataclass, field

from scrapy import Request

from archive.records import Capture, Role
from parsers.records import Context

PURPOSE = "gongkai"
CAPTURE = "capture"
BEFORE = "captured_before"
WALL = "wall"
PORTAL_DELAY = "portal_delay"
BROWSER = "browser"
RENDERED = "rendered"


@dataclass(frozen=True, slots=True)
class Purpose:
    """The role a capture will have, the page it is part of, and what discovery knew.

    `part_of` is the record id of the page's capture.
    """

    role: Role = "other"
    part_of: str = ""
    context: Context = field(default_factory=Context)


@dataclass(frozen=True, slots=True)
class Rendered:
    """What a browser showed of a page.

    Attributes:
        capture: of what it showed.
        is_news: whether it showed something else when the page was captured before.
        lacking: what it asked for in vain, as `url` and `why`.
        refused: hosts that it wanted to ask, and might not.
    """

    capture: Capture
    is_news: bool = True
    lacking: tuple[dict[str, str], ...] = ()
    refused: tuple[str, ...] = ()


def purpose_of(request: Request) -> Purpose:
    """The purpose set by whoever made the request; a plain one where none was set."""
    purpose = request.meta.get(PURPOSE)
    return purpose if isinstance(purpose, Purpose) else Purpose()
