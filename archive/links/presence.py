"""Whether a report still stands where it was: `moved`, `removed`, `returned`.

A page is gone where it is answered with 404 or 410, by a page that says so, or by one that leads
elsewhere (with a redirect, a refresh or a script). It is `removed` once two captures, the declared
number of days apart, found it gone and none between found it there; an outage is no removal. It is
`moved` where it leads to an address at which a report stands, or where the same report was seen
elsewhere by then. What is seen again after that has `returned`.
"""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urljoin

from archive.database import DatabaseWriter
from archive.urls import url_key

_GONE = (404, 410)
_LEADING = (301, 302, 303, 307, 308)

# Where each report stood when it was first seen.
_PLACES = (
    "DROP TABLE IF EXISTS temp.report_places",
    "CREATE TEMP TABLE report_places (report_id TEXT PRIMARY KEY, url_key TEXT, first TEXT)",
    "INSERT INTO report_places SELECT report_id, key_of(source_url), min(captured_at || snapshot)"
    " FROM reports GROUP BY report_id",
    "CREATE INDEX temp.report_places_by_key ON report_places (url_key)",
)
_MEANT = f"""method = 'GET' AND (status IN {(*_GONE, *_LEADING)}
  OR json_extract(notes, '$.wall') = 'soft_404' OR json_extract(notes, '$.deleted') = 1
  OR json_extract(notes, '$.leads_to') <> '')"""
_DOUBTED = f"""
SELECT report_id, url_key FROM report_places
WHERE url_key IN (SELECT url_key FROM captures WHERE {_MEANT}) ORDER BY report_id
"""
_ANSWERS = f"""
SELECT record_id, url, url_key, date, status, notes FROM captures
WHERE url_key = ? AND {_MEANT} ORDER BY date, record_id
"""
_SIGHTS = """
SELECT snapshot, captured_at, source_url, work_id, text_sha256, figures_sha256
FROM reports WHERE {column} = ? ORDER BY captured_at, snapshot
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
    """All changes of presence, by report and time; one report is held at a time.

    Args:
        database: where captures and reports are.
        days: the time between two captures that found a page gone, at least.
    """
    database.create_function("key_of", url_key)
    for statement in _PLACES:
        database.execute(statement)
    for report in database.query(_DOUBTED):
        gone = _absences(database, report["url_key"])
        answers: list[_Sight | _Absence] = [
            *_sights(database, "report_id", report["report_id"]),
            *gone,
        ]
        answers.sort(key=lambda each: (each.date, each.snapshot))
        yield from _told(database, report["report_id"], answers, timedelta(days=days))


def _sights(database: DatabaseWriter, column: str, value: str) -> list[_Sight]:
    return [
        _Sight(
            row["captured_at"],
            row["snapshot"],
            row["source_url"],
            "" if row["work_id"].startswith("report|") else row["work_id"],
            (row["text_sha256"], row["figures_sha256"]),
        )
        for row in database.query(_SIGHTS.format(column=column), [value])
    ]


def _absences(database: DatabaseWriter, key: str) -> list[_Absence]:
    found = (_absence(database, row) for row in database.query(_ANSWERS, [key]))
    return [absence for absence in found if absence is not None]


def _absence(database: DatabaseWriter, row: Any) -> _Absence | None:
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
    moved = bool(database.query("SELECT 1 FROM report_places WHERE url_key = ? LIMIT 1", [key]))
    return _Absence(row["date"], row["record_id"], why, moved)


def _absolute(base: str, location: str) -> str:
    try:
        return urljoin(base, location)
    except ValueError:
        return location


def _told(
    database: DatabaseWriter,
    report_id: str,
    answers: Iterable[_Sight | _Absence],
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
            yield from _gone(database, place, answer, least)


def _gone(
    database: DatabaseWriter, place: _Place, answer: _Absence, least: timedelta
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
        elsewhere = _elsewhere(database, place.seen, answer)
        kind, detail = (
            ("moved", f"now at {elsewhere}; {since}") if elsewhere else ("removed", since)
        )
        yield _change(kind, place.report_id, answer, before, detail)


def _elsewhere(database: DatabaseWriter, sight: _Sight, answer: _Absence) -> str:
    """Where the same report, word for word or figure for figure, was seen since, if anywhere."""
    key = url_key(sight.url)
    for other in _sights(database, "work_id", sight.work) if sight.work else ():
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
