"""Reads many bundles, in worker processes.

A worker opens its bundle from the WARC files itself: what crosses between processes is captures and
rows, never payloads. A worker that dies (a document that eats all memory, a fault in a native
library) costs the one document, which is named in a problem.
"""

import gc
import os
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from itertools import islice
from multiprocessing import get_context
from pathlib import Path

from archive import declarations
from archive.records import Reading
from archive.store import Archive
from pipelines.confinement import Bounds, confine, end_with_parent
from pipelines.ocr.counting import Counts, count_in, counts
from pipelines.outcomes import Outcome, read_task, unread_source
from pipelines.tasks import Task

# What one document may cost a worker.
BOUNDS = Bounds()
# Reading leaves no cycles behind, so that looking for them each 700 objects only costs time.
_OBJECTS_A_ROUND = 50_000
# Bundles handed out ahead of the one that is awaited, for each worker.
_AHEAD = 4


def default_jobs() -> int:
    """One worker for each core this process may use, but at least two.

    One alone would be this process, and a document must not bring that down.
    """
    usable = getattr(os, "sched_getaffinity", None)
    return max(len(usable(0)) if usable else os.cpu_count() or 1, 2)


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
            died = unread_source(task.page, "reader_died", detail)
            return Outcome.of(Reading(task.page, (died,)))


def worker_pool(jobs: int) -> ProcessPoolExecutor:
    """Processes that read documents, within bounds, and are started when they are needed."""
    spawn = get_context("spawn")
    return ProcessPoolExecutor(
        jobs, mp_context=spawn, initializer=_prepare, initargs=(BOUNDS, counts())
    )


def _prepare(bounds: Bounds, recognised: Counts) -> None:
    """Loads what all documents need."""
    end_with_parent()
    declarations.load()
    spare_collecting()
    confine(bounds)
    count_in(recognised)


def spare_collecting() -> None:
    """Keeps what is loaded out of the garbage collector's rounds, and has few of them."""
    gc.freeze()
    gc.set_threshold(_OBJECTS_A_ROUND)
