"""Change events as they are told to others: with the report, both captures, and what changed.

The linking pass derives them (`archive.links.events`); here they are read. Events that would show
a withdrawn record are left out.
"""

from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from archive.links.changes import Change, changes, edits
from archive.links.figures import Database, Figure, figures
from archive.rows import decimal_text

# Kind -> in words, for headlines.
KINDS = {
    "new_report": "new report 新报告",
    "further_address": "also at another address 另一地址",
    "figures_changed": "figures edited after publication 数据有改动",
    "tables_changed": "tables readable or no longer readable 表格可读性有变",
    "text_changed": "text edited after publication 文字有改动",
    "moved": "moved 已迁移",
    "removed": "removed from its address 原址已不可见",
    "returned": "there again 重新可见",
}

# Of a report, the capture of the event, else the last one before it. Revisits of a withdrawn record
# would show its payload again.
_EVENTS = """
SELECT e.event_id, e.kind, e.date, coalesce(r.agency, '') AS agency,
  coalesce(r.agency_id, '') AS agency_id, coalesce(r.region_code, '') AS region_code, r.year,
  e.report_id, coalesce(r.title, '') AS title, e.detail, coalesce(r.source_url, '') AS source_url,
  coalesce(r.page_url, '') AS page_url, e.snapshot, e.other_snapshot
FROM events e LEFT JOIN reports r ON r.report_id = e.report_id AND r.snapshot = (
  SELECT x.snapshot FROM reports x WHERE x.report_id = e.report_id AND x.captured_at <= e.date
  ORDER BY x.captured_at DESC, x.snapshot DESC LIMIT 1
)
WHERE NOT EXISTS (
  SELECT 1 FROM withdrawals w WHERE w.record_id IN (e.snapshot, e.other_snapshot)
  OR w.record_id IN (
    SELECT k.refers_to FROM captures k WHERE k.record_id IN (e.snapshot, e.other_snapshot)
  )
) AND """
_TABLES = "SELECT snapshot, tables FROM reports WHERE report_id = ? AND snapshot IN (?, ?)"


@dataclass(frozen=True, slots=True)
class Event:
    """One change. `date` is when the capture that tells it was made, ISO 8601 UTC.

    `snapshot` is that capture, `other_snapshot` the one it was compared with, if any. Agency, year,
    title and addresses are those of the report as last seen by then.
    """

    event_id: str
    kind: str
    date: str
    agency: str
    agency_id: str
    region_code: str
    year: int | None
    report_id: str
    title: str
    detail: str
    source_url: str
    page_url: str
    snapshot: str
    other_snapshot: str

    @property
    def headline(self) -> str:
        """What happened to which report, in a line."""
        who = f"{self.agency} {self.year}" if self.agency and self.year else self.title
        return f"{who or self.report_id}: {KINDS.get(self.kind, self.kind)}"


def events(
    database: Database, condition: str = "1", parameters: Sequence[Any] = (), limit: int = -1,
    oldest_first: bool = False,
) -> Iterator[Event]:  # fmt: skip
    """The events that meet an SQL condition over `events e` and `reports r`, the newest first.

    Args:
        database: what is asked; rows are taken by column name.
        condition: SQL with a `?` for each of `parameters`.
        parameters: its values.
        limit: so many at most; all where it is negative.
        oldest_first: turns the order round.
    """
    order = "" if oldest_first else " DESC"
    sql = f"{_EVENTS} ({condition}) ORDER BY e.date{order}, e.event_id LIMIT ?"
    for row in database.query(sql, [*parameters, limit]):
        yield Event(**dict(row))


def facts(database: Database, event: Event) -> dict[str, Any]:
    """An event as one JSON object; edited figures with both values and places under `changes`."""
    return asdict(event) | {"changes": [_change_facts(one) for one in changed(database, event)]}


def changed(database: Database, event: Event) -> list[Change]:
    """The figures that were edited, all of them; none for events of other kinds."""
    if event.kind != "figures_changed":
        return []
    named = [event.report_id, event.other_snapshot, event.snapshot]
    tables = {row["tables"] for row in database.query(_TABLES, named)}
    before = figures(database, event.report_id, event.other_snapshot)
    after = figures(database, event.report_id, event.snapshot)
    return list(edits(changes(before, after), len(tables) == 1))


def _change_facts(change: Change) -> dict[str, str | None]:
    names = ("indicator", "applicant", "category", "period")
    named: dict[str, str | None] = dict(zip(names, change.dimensions, strict=True))
    sides = (("before", change.before), ("after", change.after))
    return named | {key: value for name, figure in sides for key, value in _side(name, figure)}


def _side(name: str, figure: Figure) -> Iterator[tuple[str, str | None]]:
    yield name, None if figure.lacking else decimal_text(figure.value)
    yield f"{name}_status", figure.lacking or "reported"
    yield f"{name}_locator", figure.locator
