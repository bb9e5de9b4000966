"""One bundle read, and what came of it: its rows, and what was wrong with its documents."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias

from archive import declarations
from archive.bundles import open_bundle
from archive.errors import GongkaiError
from archive.packing import TableRows, packed
from archive.records import Capture, Reading, SourceReading
from archive.store import Archive
from archive.warc.conversions import Shelf
from parsers.records import Problem
from pipelines.conversions import kept_in
from pipelines.process import process
from pipelines.tasks import Task

# Wraps outcomes as they come, for a progress bar; gets their number too.
Shown: TypeAlias = Callable[[Iterator["Outcome"], int], Iterable["Outcome"]]

_FAULTS = frozenset({"reader_fault", "reader_died", "unreadable_payload"})


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
    unreadable = tuple(unread_source(one, "unreadable_payload", str(error)) for one, error in lost)
    if bundle is None:
        return Reading(task.page, unreadable)
    with kept_in(Shelf(archive)):
        reading = process(bundle, declarations.load())
    return Reading(reading.page, (*reading.sources, *unreadable))


def unread_source(capture: Capture, kind: str, detail: str) -> SourceReading:
    """The reading of a document that could not be read, with the problem that says why."""
    problem = Problem("document", kind, detail)
    return SourceReading(capture, "", "", "", "", "", problems=(problem,))


def failures(outcome: Outcome) -> Iterator[str]:
    """What our own code failed at: listed by a rebuild, never passed over."""
    for capture, problem in outcome.problems:
        if problem.kind in _FAULTS:
            yield f"{capture.url} ({capture.record_id}): {problem.detail}"
