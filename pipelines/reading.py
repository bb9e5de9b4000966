"""Reads many bundles, in worker processes, and stores what they give.

A worker opens its bundle from the WARC files itself: what crosses between processes is captures and
rows, never payloads. A worker that dies (a document that eats all memory, a fault in a native
library) costs the one document, which is named in a problem.
"""

import gc
import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from itertools import islice
from multiprocessing import get_context
from pathlib import Path
from typing import TypeAlias

from archive import declarations
from archive.bundles import grouped, open_bundle, pages
from archive.database import DatabaseWriter
from archive.errors import GongkaiError
from archive.packing import TableRows, packed
from archive.records import Capture, Reading, SourceReading
from archive.rows import capture_from
from archive.store import Archive
from archive.warc.conversions import Shelf, collect
from parsers.records import Problem
from pipelines.confinement import Bounds, confine, end_with_parent
from pipelines.conversions import kept_in
from pipelines.extractors import extractor_versions
from pipelines.process import process

# Wraps outcomes as they come, for a progress bar; gets their number too.
Shown: TypeAlias = Callable[[Iterator["Outcome"], int], Iterable["Outcome"]]

# What one document may cost a worker.
BOUNDS = Bounds()
# Bundles handed out ahead of the one that is awaited, for each worker.
_AHEAD = 4
_FAULTS = frozenset({"reader_fault", "reader_died", "unreadable_payload"})


@dataclass(frozen=True, slots=True)
class Task:
    """A bundle to be read: its captures, and those that its revisits refer to."""

    page: Capture
    parts: tuple[Capture, ...] = ()
    originals: tuple[Capture, ...] = ()


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of a bundle: its rows, how much was read, and what was wrong with its documents.

    `problems` are those of documents in which no report was read, with the capture. Rows cross
    from a worker at a fraction of what the reading itself would cost, and are made there.
    """

    page: Capture
    rows: tuple[TableRows, ...]
    reports: int
    observations: int
    problems: tuple[tuple[Capture, Problem], ...]

    @classmethod
    def of(cls, reading: Reading) -> "Outcome":
        """What came of a reading."""
        reports = [report for source in reading.sources for report in source.reports]
        return cls(
            page=reading.page,
            rows=packed(reading),
            reports=len(reports),
            observations=sum(len(report.observations) for report in reports),
            problems=tuple((s.capture, problem) for s in reading.sources for problem in s.problems),
        )


def plain(outcomes: Iterator[Outcome], _total: int) -> Iterable[Outcome]:
    """Shows nothing."""
    return outcomes


def default_jobs() -> int:
    """One worker for each core this process may use, but at least two.

    One alone would be this process, and a document must not bring that down.
    """
    usable = getattr(os, "sched_getaffinity", None)
    return max(len(usable(0)) if usable else os.cpu_count() or 1, 2)


class StoredTasks:
    """All bundles of a database's captures, in order of (date, record id), a few at a time."""

    def __init__(self, database: DatabaseWriter) -> None:
        """Puts the pages in order; the captures must not change while they are read."""
        self._database = database
        for statement in _PAGE_ORDER:
            database.execute(statement)
        database.index("captures_by_page")

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


def read_task(directory: Path, task: Task) -> Outcome:
    """Reads one bundle. Runs in a worker; never raises."""
    return Outcome.of(_reading(directory, task))


def _reading(directory: Path, task: Task) -> Reading:
    archive = Archive(directory)
    originals = {one.record_id: one for one in (*task.originals, task.page, *task.parts)}
    lost: list[tuple[Capture, GongkaiError]] = []
    bundle = open_bundle(
        archive,
        task.page,
        task.parts,
        originals.get,
        lambda capture, error: lost.append((capture, error)),
    )
    unreadable = tuple(_without(one, "unreadable_payload", str(error)) for one, error in lost)
    if bundle is None:
        return Reading(task.page, unreadable)
    with kept_in(Shelf(archive)):
        reading = process(bundle, declarations.load())
    return Reading(reading.page, (*reading.sources, *unreadable))


def _without(capture: Capture, kind: str, detail: str) -> SourceReading:
    problem = Problem("document", kind, detail)
    return SourceReading(capture, "", "", "", "", "", problems=(problem,))


def failures(outcome: Outcome) -> Iterator[str]:
    """What our own code failed at: listed by a rebuild, never passed over."""
    for capture, problem in outcome.problems:
        if problem.kind in _FAULTS:
            yield f"{capture.url} ({capture.record_id}): {problem.detail}"


def read_all(
    archive: Archive, tasks: Iterable[Task], jobs: int, *, apart: bool = False
) -> Iterator[Outcome]:
    """Reads all bundles, in their order, with `jobs` processes.

    One is this process, unless they are to be read `apart` from it.
    """
    if jobs <= 1 and not apart:
        yield from (read_task(archive.directory, task) for task in tasks)
        return
    waiting = _Waiting(iter(tasks), jobs * _AHEAD)
    while waiting.fill():
        yield from _read_until_broken(archive.directory, waiting, jobs)
        # a worker died if any wait: find out over whom, one at a time
        yield from (_read_alone(archive.directory, waiting.popleft()) for _ in range(len(waiting)))


class _Waiting(deque[Task]):
    """The tasks that are handed out or to be handed out next; the others are not yet made."""

    def __init__(self, source: Iterator[Task], most: int) -> None:
        super().__init__()
        self._source = source
        self._most = most

    def fill(self) -> bool:
        """Takes in as many as may wait; false if there are none left."""
        self.extend(islice(self._source, self._most - len(self)))
        return bool(self)


def _read_until_broken(directory: Path, waiting: _Waiting, jobs: int) -> Iterator[Outcome]:
    """Outcomes as long as no worker dies; `waiting` keeps what was not read."""
    under_way: deque[Future[Outcome]] = deque()
    with worker_pool(jobs) as pool:
        try:
            while waiting.fill():
                for task in islice(waiting, len(under_way), None):
                    under_way.append(pool.submit(read_task, directory, task))
                outcome = under_way[0].result()
                under_way.popleft()
                waiting.popleft()
                yield outcome
        except BrokenProcessPool:
            return


def _read_alone(directory: Path, task: Task) -> Outcome:
    with worker_pool(1) as pool:
        try:
            return pool.submit(read_task, directory, task).result()
        except BrokenProcessPool:
            detail = "the process that read this document died, or was ended for taking too long"
            died = _without(task.page, "reader_died", detail)
            return Outcome.of(Reading(task.page, (died,)))


def worker_pool(jobs: int) -> ProcessPoolExecutor:
    """Processes that read documents, within bounds, and are started when they are needed."""
    spawn = get_context("spawn")
    return ProcessPoolExecutor(jobs, mp_context=spawn, initializer=_prepare, initargs=(BOUNDS,))


def _prepare(bounds: Bounds) -> None:
    """Loads what all documents need, and keeps it out of the garbage collector's rounds."""
    end_with_parent()
    declarations.load()
    gc.freeze()
    confine(bounds)


def store_all(
    archive: Archive, database: DatabaseWriter, tasks: Iterable[Task], jobs: int
) -> Iterator[Outcome]:
    """Reads and stores bundles, one transaction each; yields each once it is stored."""
    for outcome in read_all(archive, tasks, jobs):
        database.replace_rows(outcome.page.record_id, outcome.rows)
        yield outcome


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
    related = _captures(database, "record_id = ? OR part_of = ?", page_id, page_id)
    originals = [
        original
        for capture in related
        if capture.refers_to
        for original in _captures(database, "record_id = ?", capture.refers_to)
    ]
    known = {capture.record_id: capture for capture in (*related, *originals)}
    parts = grouped(known.values()).get(page_id, [])
    return [_task(page, parts, known.get) for page in pages(related) if page.record_id == page_id]


def _captures(database: DatabaseWriter, where: str, *parameters: str) -> list[Capture]:
    rows = database.query(f"SELECT * FROM captures WHERE {where}", parameters)
    return [capture_from(dict(row)) for row in rows]


def settle(archive: Archive, jobs: int = 2) -> int:
    """Brings the live database up to the archive: reads what was not read, then links.

    To be called once no WARC writer is at work. What was already read is left alone, so that it may
    be called after every run and after every crash.

    Returns:
        How many bundles were read.
    """
    from archive.indexing import catch_up

    with archive.lock("settling the database"), DatabaseWriter(archive.database_path) as database:
        catch_up(archive, database)
        read = sum(1 for _ in store_all(archive, database, unread(database), jobs))
        keep_conversions(archive, database)
        database.finish(build_meta())
    return read


def keep_conversions(archive: Archive, database: DatabaseWriter) -> None:
    """Writes the costly extractions that workers made to a WARC file and enters that file."""
    from archive.indexing import catch_up

    if collect(archive):
        catch_up(archive, database)


def build_meta() -> dict[str, str]:
    """The entries of table `meta` that only this layer knows."""
    return {"declarations_sha256": declarations.load().digest, **extractor_versions()}
