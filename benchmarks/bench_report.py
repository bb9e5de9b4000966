"""How long a report page takes from bytes to a report, beside lxml's bare parse of the same page.

Run: `python -m benchmarks.bench_report [PAGE.html ...]`; without pages, pages of 60 KB are made, no
two alike. A first row tells what the first page of a process takes that has its modules and
declarations loaded and remembers no text yet, the next one what pages take after a few others:
nothing is remembered then but what all pages of a form and a site share. A given page is read again
and again, so that its own texts are remembered, too. Times are milliseconds of processor time, the
median, in a process set up as those that read documents. `report` is all that follows the document:
tables, prose, checks, and who, when and what; `total` is document and report. The parts of the
report are timed once more, after the whole.
"""

import sys
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path
from statistics import median

from lxml import html

from archive.declarations import load
from benchmarks.report_pages import report_pages
from parsers.checks import evaluate
from parsers.prose import read_prose
from parsers.records import Context
from parsers.report import read_reports
from parsers.tables import read_tables
from pipelines.documents import read_document
from pipelines.workers import spare_collecting

ROUNDS = 15
PAGES, WARMING, KILOBYTES = 60, 12, 60
PROCESSES = 7
PARTS = ("lxml", "document", "report", "tables", "prose", "checks")


def timed_ms(work: Callable[[], object]) -> float:
    """The processor time that some work takes."""
    begin = time.process_time()
    work()
    return (time.process_time() - begin) * 1000


def part_times(payload: bytes) -> Iterator[float]:
    """The time of each of `PARTS` for a page."""
    declared = load()
    yield timed_ms(lambda: html.fromstring(payload))
    yield timed_ms(lambda: read_document(payload))
    document = read_document(payload)
    yield timed_ms(lambda: read_reports(document, Context(), declared))
    yield timed_ms(lambda: read_tables(document, declared))
    reading = read_tables(document, declared)
    form = reading.forms[0] if reading.forms else "prose"
    yield timed_ms(lambda: read_prose(document, reading.used, form, None, "unknown", declared))
    yield timed_ms(lambda: evaluate(reading.observations, declared, reading.forms))


def medians(times: Sequence[Sequence[float]]) -> list[float]:
    """The median time of each part over some pages."""
    return [median(of_part) for of_part in zip(*times, strict=True)]


def read_in_turn(payloads: Sequence[bytes]) -> list[list[float]]:
    """The times of pages, read one after the other."""
    return [[*part_times(payload)] for payload in payloads]


def read_first(payloads: Sequence[bytes]) -> list[list[float]]:
    """The times of pages of which each is the first that its process reads."""
    spawn = get_context("spawn")
    with ProcessPoolExecutor(1, mp_context=spawn, max_tasks_per_child=1) as pool:
        return [*pool.map(_read_alone, payloads)]


def _read_alone(payload: bytes) -> list[float]:
    _set_up()
    return [*part_times(payload)]


def _set_up() -> None:
    load()
    read_document(b"<html></html>")  # loads the modules that read pages
    spare_collecting()


def rows(names: Sequence[str]) -> Iterator[tuple[str, int, list[float]]]:
    """Each row's name, the size of a page in bytes, and the times of `PARTS`."""
    for name in names:
        payload = Path(name).read_bytes()
        yield name, len(payload), medians(read_in_turn([payload] * ROUNDS))
    if names:
        return
    made = [payload for _, payload in report_pages(PAGES, KILOBYTES)]
    yield "first page of a process", len(made[0]), medians(read_first(made[:PROCESSES]))
    times = read_in_turn(made)[WARMING:]
    yield f"{len(times)} made pages", len(made[0]), medians(times)


def main(names: Sequence[str]) -> None:
    _set_up()
    print(f"{'page':40} {'KB':>5}", *(f"{part:>8}" for part in (*PARTS, "total", "ratio")))
    for name, size, times in rows(names):
        total = times[1] + times[2]
        row = [*times, total, total / times[0]]
        print(f"{name[-40:]:40} {size / 1024:5.0f}", *(f"{value:8.2f}" for value in row))


if __name__ == "__main__":
    main(sys.argv[1:])
