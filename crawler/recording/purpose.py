"""What a request is for: it travels with the request and is stored with the capture."""

from dataclasses import dataclass, field

from scrapy import Request

from archive.records import Role
from parsers.records import Context

PURPOSE = "gongkai"
CAPTURE = "capture"
BEFORE = "captured_before"
WALL = "wall"
PORTAL_DELAY = "portal_delay"


@dataclass(frozen=True, slots=True)
class Purpose:
    """The role a capture will have, the page it is part of, and what discovery knew.

    `part_of` is the record id of the page's capture.
    """

    role: Role = "other"
    part_of: str = ""
    context: Context = field(default_factory=Context)


def purpose_of(request: Request) -> Purpose:
    """The purpose set by whoever made the request; a plain one where none was set."""
    purpose = request.meta.get(PURPOSE)
    return purpose if isinstance(purpose, Purpose) else Purpose()
