"""Readers that blow up, for worker processes to load."""

from itertools import repeat
from pathlib import Path

from pipelines.confinement import one_document
from pipelines.reading import Outcome, Task, read_task


def read_or_blow_up(directory: Path, task: Task) -> Outcome:
    """Documents named `hang` never end, within the interpreter's own loops; `eat` fills memory."""
    with one_document():
        if task.page.context.file_name.startswith("hang"):
            all(repeat(True))
        if task.page.context.file_name.startswith("eat"):
            bytearray(1 << 50)
    return read_task(directory, task)
