"""Keeps count of the parts a page still waits for."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from crawler.items import BundleItem


@dataclass(slots=True)
class OpenBundle:
    """A page in the archive, and what is still to come of its parts."""

    record_id: str
    portal: str
    waiting: int = 0
    parts: list[str] = field(default_factory=list)
    missing: list[dict[str, str]] = field(default_factory=list)

    def item(self) -> BundleItem:
        """What is handed on once nothing is waited for."""
        return BundleItem(self.record_id, tuple(self.parts), self.portal)


class Bundles:
    """The bundles that are not yet complete, by the record id of their page."""

    def __init__(self) -> None:
        self._open: dict[str, OpenBundle] = {}

    def open(self, record_id: str, portal: str) -> OpenBundle:
        """Begins a bundle."""
        return self._open.setdefault(record_id, OpenBundle(record_id, portal))

    def expect(self, record_id: str, count: int) -> None:
        """Waits for so many parts more."""
        self._open[record_id].waiting += count

    def arrived(self, record_id: str, part_record_id: str) -> OpenBundle:
        """Notes a part that is in the archive."""
        bundle = self._open[record_id]
        bundle.waiting -= 1
        bundle.parts.append(part_record_id)
        return bundle

    def lost(self, record_id: str, url: str, why: str) -> OpenBundle:
        """Notes a part that cannot be had."""
        bundle = self._open[record_id]
        bundle.waiting -= 1
        bundle.missing.append({"url": url, "why": why})
        return bundle

    def close(self, record_id: str) -> Iterator[OpenBundle]:
        """The bundle, if all its parts have come; it is then forgotten."""
        if self._open[record_id].waiting <= 0:
            yield self._open.pop(record_id)
