"""Archived report pages that no listing of a run names: when they are asked for again.

A report that was withdrawn has often left its listing too, so that the listings never tell.
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from archive.clock import from_iso
from archive.declarations.schedule import PageChecks

_GONE = (404, 410)
_THERE = (200, 304)


@dataclass(frozen=True, slots=True)
class KnownPage:
    """A report page as the answers in order of time leave it.

    `changed_at` is when its payload was last new, or when it was first found gone; `gone_at` the
    latter alone, nothing while it is there. `context` is JSON, as discovery knew it.
    """

    url: str
    portal: str
    context: Mapping[str, Any]
    asked_at: datetime
    changed_at: datetime
    payload_sha256: str
    gone_at: datetime | None = None

    def is_unconfirmed(self, removal_days: float) -> bool:
        """Whether it was found gone, and not for long enough to count as removed."""
        gone = self.gone_at
        return gone is not None and self.asked_at - gone < timedelta(days=removal_days)

    def is_due(self, checks: PageChecks, removal_days: float, now: datetime) -> bool:
        """Whether it is to be asked for again: the longer it stayed as it is, the later."""
        if self.is_unconfirmed(removal_days):
            return True
        days = checks.factor * ((self.asked_at - self.changed_at) / timedelta(days=1))
        wait = min(max(days, checks.shortest_days), checks.longest_days)
        return now - self.asked_at >= timedelta(days=wait)


def known_pages(answers: Iterable[Mapping[str, Any]]) -> list[KnownPage]:
    """The report pages that answers tell of.

    Args:
        answers: rows of `captures`, the oldest first; see `CaptureIndex.page_answers`.
    """
    pages: dict[str, KnownPage] = {}
    for row in answers:
        before, notes = pages.get(row["url"]), json.loads(row["notes"])
        if row["status"] in _GONE or notes.get("wall") == "soft_404" or notes.get("deleted"):
            if before is not None:
                pages[row["url"]] = _gone(before, from_iso(row["date"]))
        elif row["status"] in _THERE and (before is not None or row["role"] == "page"):
            pages[row["url"]] = _there(before, row)
    return list(pages.values())


def _gone(page: KnownPage, at: datetime) -> KnownPage:
    if page.gone_at is not None:
        return replace(page, asked_at=at)
    return replace(page, asked_at=at, changed_at=at, gone_at=at)


def _there(before: KnownPage | None, row: Mapping[str, Any]) -> KnownPage:
    at, payload = from_iso(row["date"]), row["payload_sha256"]
    if before is None:
        context = json.loads(row["context"])
        return KnownPage(row["url"], str(context.get("portal", "")), context, at, at, payload)
    same = row["status"] == 304 or payload == before.payload_sha256
    changed_at = before.changed_at if same and before.gone_at is None else at
    payload = before.payload_sha256 if same else payload
    return replace(before, asked_at=at, changed_at=changed_at, payload_sha256=payload, gone_at=None)
