"""How long a report page takes from bytes to a report, beside lxml's bare parse of the same page.

Run: `python -m benchmarks.bench_report [PAGE.html ...]`; without pages, pages of 60 KB are made, no
two alike, so that nothing is remembered but what all pages of a form and a site share. Times are
milliseconds of processor time, the median, in a process set up as those that read documents.
`report` is all that follows the document: tables, prose, checks, and who, when and what; `total` is
document and report. The parts of the report are timed once more, after the whole.
"""

import sys
import time
from collections.abc import Callable, Iterator, Sequence
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


def measure(payloads: Sequence[bytes]) -> list[float]:
    """The median time of each part over some pages, read one after the other."""
    return [median(times) for times in zip(*map(part_times, payloads), strict=True)]


def made_pages() -> list[bytes]:
    """Pages after the first ones, with which the interpreter gets warm."""
    pages = [payload for _, payload in report_pages(PAGES, KILOBYTES)]
    measure(pages[:WARMING])
    return pages[WARMING:]


def main(names: Sequence[str]) -> None:
    load()
    spare_collecting()
    print(f"{'page':40} {'KB':>5}", *(f"{part:>8}" for part in (*PARTS, "total", "ratio")))
    given = [(name, [Path(name).read_bytes()] * ROUNDS) for name in names]
    for name, payloads in given or [(f"{PAGES - WARMING} made pages", made_pages())]:
        times = measure(payloads)
        total = times[1] + times[2]
        row = [*times, total, total / times[0]]
        size = len(payloads[0]) / 1024
        print(f"{name[-40:]:40} {size:5.0f}", *(f"{value:8.2f}" for value in row))


if __name__ == "__main__":
    main(sys.argv[1:])
