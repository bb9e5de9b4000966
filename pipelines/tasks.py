"""Which bundles are to be read, as the database knows them: captures, never payloads."""

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from archive.bundles import grouped, pages
from archive.database import DatabaseWriter
from archive.records import Capture
from archive.rows import capture_from
from archive.urls import recorded_form, url_key


@dataclass(frozen=True, slots=True)
class Task:
    """A bundle to be read: its captures, and those that its revisits refer to.

    Parts that another page of the run had first are read with this one too; `part_of` tells them.
    """

    page: Capture
    parts: tuple[Capture, ...] = ()
    originals: tuple[Capture, ...] = ()


class StoredTasks:
    """All bundles of a database's captures, in order of (date, record id), a few at a time."""

    def __init__(self, database: DatabaseWriter) -> None:
        """Puts the pages in order; the captures must not change while they are read."""
        self._database = database
        for statement in _PAGE_ORDER:
            database.execute(statement)
        index_captures(database)

    def __len__(self) -> int:
        """How many bundles there are."""
        found: int = self._database.query("SELECT count(*) FROM page_order")[0][0]
        return found

    def __iter__(self) -> Iterator[Task]:
        """The bundles, each made when it is asked for."""
        last = 0
        while pages := self._database.query(_NEXT_PAGES, [last]):
            for page in pages:
                yield from stored_tasks(self._database, page["record_id"])
            last = pages[-1]["place"]


def index_captures(database: DatabaseWriter) -> None:
    """Makes the indexes that bundles are found by."""
    for name in ("captures_by_page", "captures_by_url"):
        database.index(name)


_PAGE_ORDER = (
    "DROP TABLE IF EXISTS temp.page_order",
    "CREATE TEMP TABLE page_order (place INTEGER PRIMARY KEY, record_id TEXT NOT NULL)",
    "INSERT INTO page_order"
    " SELECT row_number() OVER (ORDER BY date, record_id), record_id FROM captures"
    " WHERE role = 'page' AND kind IN ('response', 'revisit', 'resource')",
)
_NEXT_PAGES = "SELECT place, record_id FROM page_order WHERE place > ? ORDER BY place LIMIT 500"


def _task(page: Capture, parts: list[Capture], find: Callable[[str], Capture | None]) -> Task:
    referred = (find(one.refers_to) for one in (page, *parts) if one.refers_to)
    return Task(page, tuple(parts), tuple(one for one in referred if one is not None))


_UNREAD = """
SELECT DISTINCT CASE role WHEN 'page' THEN record_id ELSE part_of END AS page
FROM captures
WHERE kind IN ('response', 'revisit', 'resource')
  AND (role = 'page' OR (role = 'part' AND part_of <> ''))
  AND record_id NOT IN (SELECT record_id FROM withdrawals)
  AND record_id NOT IN (SELECT snapshot FROM documents)
"""


def unread(database: DatabaseWriter) -> list[Task]:
    """The bundles of which a document is archived but was not read, as after a crash."""
    wanted = [row["page"] for row in database.query(_UNREAD)]
    return [task for page in wanted for task in stored_tasks(database, page)]


def stored_tasks(database: DatabaseWriter, page_id: str) -> list[Task]:
    """The bundle of that page as the database knows it; empty if it holds no such page."""
    related = _captures(database, _RELATED, page_id, page_id)
    shared = [c for page in related if page.record_id == page_id for c in _shared(database, page)]
    originals = [
        original
        for capture in (*related, *shared)
        if capture.refers_to
        for original in _captures(database, "record_id = ?", capture.refers_to)
    ]
    known = {capture.record_id: capture for capture in (*related, *originals)}
    parts = [*grouped(known.values()).get(page_id, []), *shared]
    return [_task(page, parts, known.get) for page in pages(related) if page.record_id == page_id]


# The index of parts leaves out the pages: it serves only where that is said again.
_RELATED = "record_id = ? OR (part_of = ? AND part_of <> '')"
# The first answer of the run: it is the one that the other page has.
_SHARED = (
    "url_key = ? AND url = ? AND run_id = ? AND method = 'GET' AND kind IN ('response', 'revisit')"
    " AND status IN (200, 203, 304) AND record_id <> ? ORDER BY date, record_id LIMIT 1"
)


def _shared(database: DatabaseWriter, page: Capture) -> list[Capture]:
    """What the crawl noted that the page shares with others."""
    urls = json.loads(page.notes).get("reads_with", ())
    asked = ((url_key(u), recorded_form(u), page.run_id, page.record_id) for u in urls)
    return [capture for each in asked for capture in _captures(database, _SHARED, *each)]


def _captures(database: DatabaseWriter, where: str, *parameters: str) -> list[Capture]:
    rows = database.query(f"SELECT * FROM captures WHERE {where}", parameters)
    return [capture_from(dict(row)) for row in rows]
