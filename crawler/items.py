"""What the spider hands on: a page that is complete in the archive."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class BundleItem:
    """A page and its parts, all archived: record ids of the page and of each part, in order.

    `portal` is the name of the portal it was found at.
    """

    page_record_id: str
    part_record_ids: tuple[str, ...] = ()
    portal: str = ""
