"""Archived report pages: which may rest, and which are asked for though no listing names them.

A report that was withdrawn has often left its listing too, so that the listings never tell.
"""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urljoin

from archive.clock import from_iso, utc_now
from archive.declarations.schedule import PageChecks
from archive.urls import url_key
from crawler.looks import WHOLE, Looks
from crawler.recording.session import RecordingSession
from parsers.portals import Row

_GONE = (404, 410)
_THERE = (200, 304)
_LEADING = (301, 302, 303, 307, 308)


@dataclass(frozen=True, slots=True)
class KnownPage:
    """A report page as the answers in order of time leave it.

    `changed_at` is when it last changed, or when it was first found gone; `gone_at` the latter
    alone, nothing while it is there. Where the archive has read the page, `reading` is a digest of
    its words and figures, and a payload that differs in its template alone is no change.
    `leads_to` is the key of the address it leads to instead. `whole` tells that no part of it is
    missing. `context` is JSON, as discovery last knew it.
    """

    url: str
    portal: str
    context: Mapping[str, Any]
    asked_at: datetime
    changed_at: datetime
    payload_sha256: str
    reading: str = ""
    gone_at: datetime | None = None
    leads_to: str = ""
    whole: bool = True

    def is_unconfirmed(self, removal_days: float) -> bool:
        """Whether it was found gone, and not for long enough to count as removed."""
        gone = self.gone_at
        return gone is not None and self.asked_at - gone < timedelta(days=removal_days)

    def is_due(self, looks: Looks, now: datetime) -> bool:
        """Whether it is to be asked for again: the longer it stayed as it is, the later.

        A whole look asks for all but what a look cut short has asked for already.
        """
        checks = looks.checks
        if checks is None or not self.whole or self.is_unconfirmed(looks.removal_days):
            return True
        whole = looks.plan(self.portal) == WHOLE
        wait = checks.shortest_days if whole else self._wait_days(checks)
        return now - self.asked_at >= timedelta(days=wait)

    def is_named_alike(self, row: Row) -> bool:
        """Whether a listing row names it as it did before: what was edited is often dated anew."""
        named = self.context.get("link_text", ""), self.context.get("listing_date", "")
        return named == (row.title, row.date)

    def _wait_days(self, checks: PageChecks) -> float:
        days = checks.factor * ((self.asked_at - self.changed_at) / timedelta(days=1))
        return min(max(days, checks.shortest_days), checks.longest_days)


class Revisits:
    """The report pages that the archive has of a crawl's portals, as they were before the crawl."""

    def __init__(self, pages: Mapping[str, KnownPage], looks: Looks, now: datetime) -> None:
        """`pages` are those that `known_pages` found."""
        self._pages = pages
        self._due = {key for key, page in pages.items() if page.is_due(looks, now)}
        self._named: set[str] = set()

    def rests(self, row: Row) -> bool:
        """Whether the page that a row names need not be asked for; the row counts as named."""
        key = url_key(row.url)
        self._named.add(key)
        page = self._pages.get(key)
        return page is not None and key not in self._due and page.is_named_alike(row)

    def unnamed(self) -> list[KnownPage]:
        """The pages that are due and that no listing has named; each once."""
        left = sorted(self._due - self._named)
        self._named.update(left)
        return [self._pages[key] for key in left]


def revisits_of(session: RecordingSession, portals: Iterable[str], looks: Looks) -> Revisits:
    """The report pages known before this run; none where nothing is kept of what is asked."""
    if session.offline:
        return Revisits({}, looks, utc_now())
    names = set(portals)
    pages = known_pages(session.index.page_answers(names), session.run_id)
    ours = {key: page for key, page in pages.items() if page.portal in names}
    return Revisits(ours, looks, utc_now())


def known_pages(
    answers: Iterable[Mapping[str, Any]], besides_run: str = ""
) -> dict[str, KnownPage]:
    """The report pages that answers tell of, by the key of their address.

    An address that leads to another report page is no page of its own any more.

    Args:
        answers: rows of `captures`, the oldest first; see `CaptureIndex.page_answers`.
        besides_run: a run whose answers are left out.
    """
    pages: dict[str, KnownPage] = {}
    for row in answers:
        if not besides_run or row["run_id"] != besides_run:
            key = url_key(row["url"])
            if (page := _after(pages.get(key), key, row)) is not None:
                pages[key] = page
    return {key: page for key, page in pages.items() if page.leads_to not in pages}


def _after(page: KnownPage | None, key: str, row: Mapping[str, Any]) -> KnownPage | None:
    """What is known of a page after one answer more; nothing if it gave no report page yet."""
    notes = json.loads(row["notes"])
    target = _target(row, notes)
    leads_to = url_key(target) if target else ""
    if row["status"] in _GONE or notes.get("deleted") or notes.get("wall") == "soft_404":
        return page and _gone(page, from_iso(row["date"]))
    if leads_to not in ("", key):
        return page and replace(_gone(page, from_iso(row["date"])), leads_to=leads_to)
    barred = notes.get("wall") or notes.get("trouble")
    if row["status"] not in _THERE or barred or (page is None and row["role"] != "page"):
        return page
    return _there(page, row, whole=not notes.get("parts_missing"))


def _target(row: Mapping[str, Any], notes: Mapping[str, Any]) -> str:
    """Where an answer leads, by redirect or by what the page says; empty if nowhere."""
    named = notes.get("location", "") if row["status"] in _LEADING else notes.get("leads_to", "")
    try:
        return urljoin(row["url"], named) if named else ""
    except ValueError:
        return ""


def _gone(page: KnownPage, at: datetime) -> KnownPage:
    if page.gone_at is not None:
        return replace(page, asked_at=at)
    return replace(page, asked_at=at, changed_at=at, gone_at=at)


def _there(before: KnownPage | None, row: Mapping[str, Any], *, whole: bool) -> KnownPage:
    at, payload = from_iso(row["date"]), row["payload_sha256"]
    reading = row.get("reading", "")
    context, changed_at = json.loads(row["context"]), at
    if before is not None and row["role"] != "page":
        context = before.context
    if before is not None and _is_same(before, row):
        reading = reading or before.reading
        payload = payload or before.payload_sha256
        changed_at = before.changed_at if before.gone_at is None else at
    portal = str(context.get("portal", ""))
    return KnownPage(row["url"], portal, context, at, changed_at, payload, reading, whole=whole)


def _is_same(before: KnownPage, row: Mapping[str, Any]) -> bool:
    if row["status"] == 304 or row["payload_sha256"] == before.payload_sha256:
        return True
    return bool(before.reading) and before.reading == row.get("reading", "")


def only_template_changed(
    before: Mapping[str, KnownPage], after: Mapping[str, KnownPage]
) -> Iterator[KnownPage]:
    """The pages whose payload is another and whose words and figures are the same."""
    for key, page in after.items():
        known = before.get(key)
        if known is None or known.payload_sha256 == page.payload_sha256:
            continue
        if known.changed_at == page.changed_at:
            yield page
