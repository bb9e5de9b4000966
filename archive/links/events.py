"""Events: a report appears, is edited, moves, vanishes or comes back. Each names both captures.

| kind | when |
|---|---|
| `new_report` | a report (agency, year, scope) is seen for the first time |
| `further_address` | a known report is seen at another address |
| `figures_changed` | a later capture prints other figures; `detail` gives each with its place |
| `tables_changed` | its tables could be read before and cannot now, or the other way round |
| `text_changed` | a later capture has other words; the template around them does not count |
| `moved`, `removed`, `returned` | see `archive.links.presence` |
"""

from collections.abc import Iterable, Iterator, Mapping
from itertools import groupby, pairwise
from typing import Any

from archive.database import DatabaseWriter
from archive.declarations import data_dir, keeping
from archive.links import presence
from archive.links.changes import Change, changes, edits
from archive.links.figures import figures
from archive.links.versions import FIRST_OF_VERSION
from archive.rows import digest16

_MAX_NAMED = 20

_VERSIONS = f"""
SELECT report_id, snapshot, version, captured_at, text_sha256, figures_sha256, work_id, source_url,
  page_url, tables FROM ({FIRST_OF_VERSION}) WHERE nth_of_version = 1
"""
# The order of first sight; a page before what is attached to it.
_FIRSTS = (
    f"{_VERSIONS} AND version = 1 ORDER BY work_id, captured_at, source_url <> page_url, report_id"
)
_EDITED = f"{_VERSIONS} AND last_version > 1 ORDER BY report_id, version"


def tell(database: DatabaseWriter) -> None:
    """Redoes all events."""
    database.execute("DELETE FROM events")
    database.insert("events", _arrivals(database.stream(_FIRSTS)))
    database.insert("events", _edits(database))
    days = keeping.load(data_dir()).removal_days
    database.insert("events", map(_of_presence, presence.changes(database, days)))


def _of_presence(change: presence.PresenceChange) -> dict[str, Any]:
    named = {"report_id": change.report_id, "snapshot": change.snapshot}
    row = named | {"captured_at": change.date}
    return _event(change.kind, row, change.other, change.detail)


def _event(kind: str, row: Mapping[str, Any], other_snapshot: str, detail: str) -> dict[str, Any]:
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


def _arrivals(firsts: Iterable[Any]) -> Iterator[dict[str, Any]]:
    """New reports; what comes with its own page, as its attachment does, is none."""
    for _, found in groupby(firsts, key=lambda row: row["work_id"]):
        of_work = list(found)
        first, told = of_work[0], {of_work[0]["page_url"]}
        yield _event("new_report", first, "", "")
        for row in of_work[1:]:
            if row["page_url"] not in told:
                told.add(row["page_url"])
                detail = f"known from {first['source_url']}"
                yield _event("further_address", row, first["snapshot"], detail)


def _edits(database: DatabaseWriter) -> Iterator[dict[str, Any]]:
    for _, found in groupby(database.stream(_EDITED), key=lambda row: row["report_id"]):
        for former, row in pairwise(found):
            yield from _edit(database, former, row)


def _edit(database: DatabaseWriter, former: Any, row: Any) -> Iterator[dict[str, Any]]:
    if row["figures_sha256"] != former["figures_sha256"]:
        found = list(edited(database, former, row))
        if found:
            yield _event("figures_changed", row, former["snapshot"], _listed(found))
    if row["tables"] != former["tables"]:
        detail = f"tables: {former['tables']} -> {row['tables']}"
        yield _event("tables_changed", row, former["snapshot"], detail)
    if row["text_sha256"] != former["text_sha256"]:
        yield _event("text_changed", row, former["snapshot"], "")


def edited(
    database: DatabaseWriter, former: Mapping[str, Any], row: Mapping[str, Any]
) -> Iterator[Change]:
    """The figures that were edited between two captures of a report."""
    before = figures(database, former["report_id"], former["snapshot"])
    after = figures(database, row["report_id"], row["snapshot"])
    return edits(changes(before, after), row["tables"] == former["tables"])


def _listed(found: list[Change]) -> str:
    more = len(found) - _MAX_NAMED
    named = "; ".join(change.sentence for change in found[:_MAX_NAMED])
    return named + (f"; and {more} more" if more > 0 else "")
