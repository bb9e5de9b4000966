"""Events: a report appears, is edited, moves or vanishes. Each names both captures."""

import json
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator
from typing import Any
from urllib.parse import urljoin

from archive.database import DatabaseWriter
from archive.links.figures import Figure, figures
from archive.links.versions import FIRST_OF_VERSION
from archive.rows import decimal_text, digest16
from archive.urls import url_key

_MAX_NAMED = 20
_GONE = (404, 410)
_MOVED = (301, 302, 303, 307, 308)

_VERSIONS = f"""
SELECT report_id, snapshot, version, captured_at, text_sha256, figures_sha256
FROM ({FIRST_OF_VERSION}) WHERE nth_of_version = 1 ORDER BY report_id, version
"""
_LATER_ANSWERS = f"""
SELECT record_id, url, url_key, date, status, notes FROM captures
WHERE method = 'GET' AND status IN {(*_GONE, *_MOVED)} ORDER BY date, record_id
"""


def tell(database: DatabaseWriter) -> None:
    """Redoes all events."""
    database.execute("DELETE FROM events")
    database.insert("events", _changes(database))
    database.insert("events", _departures(database))


def _changes(database: DatabaseWriter) -> Iterator[dict[str, Any]]:
    former = None
    for row in database.query(_VERSIONS):
        if former is None or former["report_id"] != row["report_id"]:
            yield _event("new_report", row, "", "")
        else:
            if row["figures_sha256"] != former["figures_sha256"]:
                detail = _difference(database, former, row)
                yield _event("figures_changed", row, former["snapshot"], detail)
            if row["text_sha256"] != former["text_sha256"]:
                yield _event("text_changed", row, former["snapshot"], "")
        former = row


def _event(kind: str, row: Any, other_snapshot: str, detail: str) -> dict[str, Any]:
    """`row` gives report, snapshot and date: of the new version, or of the answer that tells."""
    return {
        "event_id": digest16(kind, row["report_id"], row["snapshot"], other_snapshot),
        "kind": kind,
        "report_id": row["report_id"],
        "date": row["captured_at"],
        "snapshot": row["snapshot"],
        "other_snapshot": other_snapshot,
        "detail": detail,
    }


def _difference(database: DatabaseWriter, former: Any, row: Any) -> str:
    before = figures(database, former["report_id"], former["snapshot"])
    after = figures(database, row["report_id"], row["snapshot"])
    nothing = Figure(None, "absent")
    changed = [
        f"{' '.join(filter(None, key))}: {_printed(before.get(key, nothing))}"
        f" -> {_printed(after.get(key, nothing))}"
        for key in sorted(before.keys() | after.keys())
        if before.get(key) != after.get(key)
    ]
    more = len(changed) - _MAX_NAMED
    return "; ".join(changed[:_MAX_NAMED]) + (f"; and {more} more" if more > 0 else "")


def _printed(figure: Figure) -> str:
    return figure.lacking or str(decimal_text(figure.value))


def _departures(database: DatabaseWriter) -> Iterator[dict[str, Any]]:
    """`removed` and `moved`: the first such answer after each time the report was there."""
    present = _presence(database)
    addresses = set(present)
    told: set[tuple[str, str]] = set()
    for answer in database.query(_LATER_ANSWERS):
        kind, detail = _departure(answer, addresses)
        for report_id, seen in present.get(answer["url_key"], {}).items() if kind else ():
            at = bisect_left(seen, (answer["date"], "")) - 1
            if at < 0 or (report_id, seen[at][1]) in told:
                continue
            told.add((report_id, seen[at][1]))
            named = {"report_id": report_id, "captured_at": answer["date"]}
            yield _event(kind, named | {"snapshot": answer["record_id"]}, seen[at][1], detail)


def _presence(database: DatabaseWriter) -> dict[str, dict[str, list[tuple[str, str]]]]:
    """By address, by report: when it was seen there (date, snapshot), in order."""
    found: dict[str, dict[str, list[tuple[str, str]]]] = defaultdict(lambda: defaultdict(list))
    sql = "SELECT report_id, source_url, captured_at, snapshot FROM reports"
    for row in database.query(f"{sql} ORDER BY captured_at, snapshot"):
        seen = found[url_key(row["source_url"])][row["report_id"]]
        seen.append((row["captured_at"], row["snapshot"]))
    return found


def _departure(answer: Any, addresses: set[str]) -> tuple[str, str]:
    """What an answer means for the report that was there; no kind if nothing."""
    if answer["status"] in _GONE:
        return "removed", f"HTTP {answer['status']}"
    location = json.loads(answer["notes"]).get("location", "")
    target = _absolute(answer["url"], location)
    key = url_key(target)
    if not location or key == answer["url_key"]:
        return "", ""
    return ("moved" if key in addresses else "removed"), f"redirected to {target}"


def _absolute(base: str, location: str) -> str:
    try:
        return urljoin(base, location)
    except ValueError:
        return location
