"""Which records stand behind a figure, a report or a choice of them.

That is the page and the part it was read from, what a revisit of these repeats, and the robots.txt
that the crawl went by; each with its request and all that was noted of it.
"""

import contextlib
import sqlite3
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from urllib.parse import urlsplit

from archive.database import open_readonly
from archive.dbfile import sqlite_reported
from archive.errors import SurroundingsError, UsageError
from archive.records import Capture
from archive.rows import capture_from
from archive.store import Archive

_MAX_STEPS = 50_000_000
_FIGURE = """
SELECT o.snapshot, r.page_snapshot FROM observations o JOIN reports r USING (report_id, snapshot)
WHERE o.observation_id = ? ORDER BY r.preferred DESC, r.captured_at DESC, o.snapshot LIMIT 1
"""
_REPORT = "SELECT snapshot, page_snapshot FROM reports WHERE report_id = ? ORDER BY snapshot"
_PARTS = "SELECT record_id FROM captures WHERE part_of = ? AND part_of <> ''"
_ROBOTS = """
SELECT * FROM captures WHERE role = 'robots' AND run_id = ? AND date <= ? AND kind <> 'failure'
ORDER BY date DESC, record_id
"""


_STATED = """
SELECT o.*, r.agency, r.year, r.title, r.source_url, r.page_url, r.captured_at
FROM observations o JOIN reports r USING (report_id, snapshot)
WHERE o.observation_id = ? ORDER BY r.preferred DESC, r.captured_at DESC, o.snapshot LIMIT 1
"""
_WITHDRAWN = """
SELECT * FROM captures WHERE record_id IN (SELECT record_id FROM withdrawals)
  OR refers_to IN (SELECT record_id FROM withdrawals)
"""


@dataclass(frozen=True, slots=True)
class Chosen:
    """What is asked for: report ids, observation ids, or a SELECT that gives ids or records."""

    reports: tuple[str, ...] = ()
    figures: tuple[str, ...] = ()
    query: str = ""

    @property
    def everything(self) -> bool:
        """Whether nothing was chosen."""
        return not (self.reports or self.figures or self.query)


def evidence(archive: Archive, chosen: Chosen) -> list[Capture]:
    """The captures behind what was chosen, in order of (date, record id).

    Raises:
        UsageError: an id is not known, or stands for something withdrawn; the query is no SELECT.
        SurroundingsError: without a database.
    """
    path = archive.require_database()
    with contextlib.closing(open_readonly(path)) as database, sqlite_reported(path):
        known = _Known(database)
        reports, figures, wanted = set(chosen.reports), set(chosen.figures), set[str]()
        for found in known.asked(chosen.query):
            (reports if known.is_report(found) else figures).add(found)
        for report in sorted(reports):
            wanted |= known.of_report(report)
        for figure in sorted(figures):
            wanted |= known.of_figure(figure)
        return known.with_company(wanted)


def figures_of(archive: Archive, chosen: Chosen) -> list[dict[str, object]]:
    """The figures that were asked for by their ids, as they stand in the database."""
    with contextlib.closing(open_readonly(archive.database_path)) as database:
        rows = (database.execute(_STATED, [key]).fetchone() for key in sorted(chosen.figures))
        return [dict(row) for row in rows if row is not None]


def withdrawn_captures(archive: Archive) -> list[Capture]:
    """Withdrawn captures and those that would show their payload again."""
    with contextlib.closing(open_readonly(archive.database_path)) as database:
        return [capture_from(dict(row)) for row in database.execute(_WITHDRAWN)]


class _Known:
    """The database, asked."""

    def __init__(self, database: sqlite3.Connection) -> None:
        self._database = database
        self._withdrawn = {row[0] for row in database.execute("SELECT record_id FROM withdrawals")}

    def asked(self, query: str) -> Iterator[str]:
        """The first column of a SELECT; it may only read, and not run for ever."""
        if not query:
            return
        self._database.execute("PRAGMA query_only = ON")
        self._database.set_progress_handler(lambda: 1, _MAX_STEPS)
        try:
            for row in self._database.execute(query):
                yield str(row[0])
        except sqlite3.Error as error:
            raise UsageError(f"the query cannot be answered: {error}") from error
        finally:
            self._database.set_progress_handler(None, 0)

    def is_report(self, found: str) -> bool:
        sql = "SELECT 1 FROM reports WHERE report_id = ?"
        return self._database.execute(sql, [found]).fetchone() is not None

    def of_report(self, report_id: str) -> set[str]:
        """All versions of a report: pages with all parts."""
        pages = {row["page_snapshot"] for row in self._database.execute(_REPORT, [report_id])}
        if not pages:
            raise UsageError(f"no report {report_id} (withdrawn ones are not shown)")
        parts = (row[0] for page in pages for row in self._database.execute(_PARTS, [page]))
        return pages.union(parts)

    def of_figure(self, observation_id: str) -> set[str]:
        """The page and the part that a figure of the preferred version was read from."""
        row = self._database.execute(_FIGURE, [observation_id]).fetchone()
        if row is None:
            raise UsageError(f"no figure or report {observation_id}")
        return {row["snapshot"], row["page_snapshot"]}

    def with_company(self, record_ids: Iterable[str]) -> list[Capture]:
        """Captures with those they repeat and the robots.txt they were fetched under."""
        found = {key: capture for key in record_ids if (capture := self._capture(key)) is not None}
        for capture in list(found.values()):
            for other in (self._original(capture), self._robots(capture)):
                if other is not None:
                    found[other.record_id] = other
        for capture in list(found.values()):  # a robots.txt may itself be a revisit
            if (original := self._original(capture)) is not None:
                found[original.record_id] = original
        return sorted(found.values(), key=lambda one: (one.date, one.record_id))

    def _capture(self, record_id: str) -> Capture | None:
        sql = "SELECT * FROM captures WHERE record_id = ?"
        row = self._database.execute(sql, [record_id]).fetchone()
        if row is None or {row["record_id"], row["refers_to"]} & self._withdrawn:
            return None
        return capture_from(dict(row))

    def _original(self, capture: Capture) -> Capture | None:
        if not capture.refers_to:
            return None
        original = self._capture(capture.refers_to)
        if original is None:
            raise SurroundingsError(f"{capture.refers_to} is not archived: run `gongkai verify`")
        return original

    def _robots(self, capture: Capture) -> Capture | None:
        place = urlsplit(capture.url)[:2]
        for row in self._database.execute(_ROBOTS, [capture.run_id, capture.date]):
            if urlsplit(row["url"])[:2] == place and row["record_id"] not in self._withdrawn:
                return capture_from(dict(row))
        return None
