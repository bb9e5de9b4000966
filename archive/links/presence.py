"""Whether a report still stands where it was: `moved`, `removed`, `returned`.

A page is gone where it is answered with 404 or 410, by a page that says so, or by one that leads
elsewhere (with a redirect, a refresh or a script). It is `removed` once two captures, the declared
number of days apart, found it gone and none between found it there; an outage is no removal. It is
`moved` where it leads to an address at which a report stands, or where the same report was seen
elsewhere by then. What is seen again after that has `returned`.
"""

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urljoin

from archive.database import DatabaseWriter
from archive.urls import url_key

_GONE = (404, 410)
_LEADING = (301, 302, 303, 307, 308)

_ANSWERS = f"""
SELECT record_id, url, url_key, date, status, notes FROM captures
WHERE method = 'GET' AND (status IN {(*_GONE, *_LEADING)}
  OR json_extract(notes, '$.wall') = 'soft_404' OR json_extract(notes, '$.deleted') = 1
  OR json_extract(notes, '$.leads_to') <> '')
ORDER BY date, record_id
"""
_SIGHTS = """
SELECT report_id, snapshot, captured_at, source_url, work_id, text_sha256, figures_sha256
FROM reports ORDER BY captured_at, snapshot
"""


@dataclass(frozen=True, slots=True)
class PresenceChange:
    """`snapshot` is the capture that tells, `other` the one it is seen against."""

    kind: str
    report_id: str
    date: str
    snapshot: str
    other: str
    detail: str


@dataclass(frozen=True, slots=True)
class _Sight:
    """The report was there. `work` is empty where agency or year are not known."""

    date: str
    snapshot: str
    url: str
    work: str
    digests: tuple[str, str]


@dataclass(frozen=True, slots=True)
class _Absence:
    """An answer in its place; `moved` if it leads to an address at which a report stands."""

    date: str
    snapshot: str
    why: str
    moved: bool = False


@dataclass(slots=True)
class _Place:
    """A report at its address, as the answers in order of time leave it."""

    report_id: str
    seen: _Sight
    absent: _Absence | None = None
    left: _Absence | None = None


def changes(database: DatabaseWriter, days: float) -> Iterator[PresenceChange]:
    """All changes of presence, by report and time.

    Args:
        database: where captures and reports are.
        days: the time between two captures that found a page gone, at least.
    """
    sights = _sights(database)
    absences = _absences(database, {url_key(one[0].url) for one in sights.values()})
    works: dict[str, list[_Sight]] = defaultdict(list)
    for one in (sight for found in sights.values() for sight in found if sight.work):
        works[one.work].append(one)
    for report_id, seen in sights.items():
        gone = absences.get(url_key(seen[0].url), [])
        answers: list[_Sight | _Absence] = [*seen, *gone]
        answers.sort(key=lambda each: (each.date, each.snapshot))
        yield from _told(report_id, answers, works, timedelta(days=days)) if gone else ()


def _sights(database: DatabaseWriter) -> dict[str, list[_Sight]]:
    found: dict[str, list[_Sight]] = defaultdict(list)
    for row in database.query(_SIGHTS):
        work = "" if row["work_id"].startswith("report|") else row["work_id"]
        digests = (row["text_sha256"], row["figures_sha256"])
        sight = _Sight(row["captured_at"], row["snapshot"], row["source_url"], work, digests)
        found[row["report_id"]].append(sight)
    return dict(sorted(found.items()))


def _absences(database: DatabaseWriter, addresses: set[str]) -> dict[str, list[_Absence]]:
    found: dict[str, list[_Absence]] = defaultdict(list)
    for row in database.query(_ANSWERS):
        if row["url_key"] in addresses and (absence := _absence(row, addresses)) is not None:
            found[row["url_key"]].append(absence)
    return found


def _absence(row: Any, addresses: set[str]) -> _Absence | None:
    """What an answer means for the report that was there; nothing if it leads to itself."""
    notes = json.loads(row["notes"])
    if row["status"] in _GONE:
        return _Absence(row["date"], row["record_id"], f"HTTP {row['status']}")
    location = notes.get("location" if row["status"] in _LEADING else "leads_to", "")
    if notes.get("deleted") or (row["status"] not in _LEADING and not location):
        return _Absence(row["date"], row["record_id"], "the page says it is gone")
    target = _absolute(row["url"], location)
    key = url_key(target)
    if not location or key == row["url_key"]:
        return None
    why = f"redirected to {target}"
    return _Absence(row["date"], row["record_id"], why, key in addresses)


def _absolute(base: str, location: str) -> str:
    try:
        return urljoin(base, location)
    except ValueError:
        return location


def _told(
    report_id: str,
    answers: Iterable[_Sight | _Absence],
    works: Mapping[str, list[_Sight]],
    least: timedelta,
) -> Iterator[PresenceChange]:
    place: _Place | None = None
    for answer in answers:
        if isinstance(answer, _Sight):
            if place is not None and place.left is not None:
                before = place.left.snapshot
                yield _change("returned", report_id, answer, before, "seen again")
            place = _Place(report_id, answer)
        elif place is not None and place.left is None:
            yield from _gone(place, answer, works, least)


def _gone(
    place: _Place, answer: _Absence, works: Mapping[str, list[_Sight]], least: timedelta
) -> Iterator[PresenceChange]:
    """The answers that find a page gone, one after the other."""
    before = place.seen.snapshot
    if answer.moved:
        place.left = answer
        yield _change("moved", place.report_id, answer, before, answer.why)
    elif place.absent is None:
        place.absent = answer
    elif _time(answer.date) - _time(place.absent.date) >= least:
        place.left = answer
        since = f"{answer.why}, gone since {place.absent.date[:10]}"
        elsewhere = _elsewhere(place.seen, answer, works)
        kind, detail = (
            ("moved", f"now at {elsewhere}; {since}") if elsewhere else ("removed", since)
        )
        yield _change(kind, place.report_id, answer, before, detail)


def _elsewhere(sight: _Sight, answer: _Absence, works: Mapping[str, list[_Sight]]) -> str:
    """Where the same report, word for word or figure for figure, was seen since, if anywhere."""
    key = url_key(sight.url)
    for other in works.get(sight.work, ()):
        alike = any(mine == its for mine, its in zip(sight.digests, other.digests, strict=True))
        if alike and sight.date <= other.date <= answer.date and url_key(other.url) != key:
            return other.url
    return ""


def _change(
    kind: str, report_id: str, answer: _Sight | _Absence, other: str, detail: str
) -> PresenceChange:
    return PresenceChange(kind, report_id, answer.date, answer.snapshot, other, detail)


def _time(text: str) -> datetime:
    return datetime.fromisoformat(text)
