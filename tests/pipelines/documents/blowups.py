"""Readers that blow up, for worker processes to load."""

from itertools import repeat
from pathlib import Path

from pipelines import documents
from pipelines.confinement import one_document
from pipelines.outcomes import Outcome, read_task
from pipelines.tasks import Task


def read_or_blow_up(directory: Path, task: Task) -> Outcome:
    """Documents named `hang` never end, in a loop that hears of no signal."""
    with one_document():
        if task.page.context.file_name.startswith("hang"):
            all(repeat(True))
    return read_task(directory, task)


def problems_of_a_hungry_document() -> list[str]:
    """The kinds of problems where a reader wants three gigabytes."""
    documents._read = lambda *_: bytearray(3 << 30)  # type: ignore[assignment]
    return [problem.kind for problem in documents.read_document(b"x").problems]
