"""How long a report page takes from bytes to a report, beside lxml's bare parse of the same page.

Run: `python -m benchmarks.bench_report [PAGE.html ...]`; without pages, pages of 60 KB are made.
Times are milliseconds of processor time, the least of some rounds. `report` is all that follows the
document: tables, prose, checks, and who, when and what; `total` is document and report.
"""

import sys
import time
from collections.abc import Callable
from pathlib import Path

from lxml import html

from archive.declarations import load
from benchmarks.report_pages import report_pages
from parsers.checks import evaluate
from parsers.prose import read_prose
from parsers.records import Context
from parsers.report import read_reports
from parsers.tables import read_tables
from pipelines.documents import read_document

ROUNDS = 15
PARTS = ("lxml", "document", "tables", "prose", "checks", "report")


def least_ms(work: Callable[[], object]) -> float:
    """The least time of some rounds."""
    times = []
    for _ in range(ROUNDS):
        begin = time.process_time()
        work()
        times.append(time.process_time() - begin)
    return min(times) * 1000


def measure(payload: bytes) -> dict[str, float]:
    """The time of each part."""
    declared = load()
    document = read_document(payload)
    reading = read_tables(document, declared)
    form = reading.forms[0] if reading.forms else "prose"
    return {
        "lxml": least_ms(lambda: html.fromstring(payload)),
        "document": least_ms(lambda: read_document(payload)),
        "tables": least_ms(lambda: read_tables(document, declared)),
        "prose": least_ms(
            lambda: read_prose(document, reading.used, form, None, "unknown", declared)
        ),
        "checks": least_ms(lambda: evaluate(reading.observations, declared, reading.forms)),
        "report": least_ms(lambda: read_reports(document, Context(), declared)),
    }


def main(names: list[str]) -> None:
    print(f"{'page':40} {'KB':>5}", *(f"{part:>8}" for part in (*PARTS, "total", "ratio")))
    pages = ((name, Path(name).read_bytes()) for name in names)
    for name, payload in pages if names else report_pages(4, 60):
        times = measure(payload)
        total = times["document"] + times["report"]
        row = [*(times[part] for part in PARTS), total, total / times["lxml"]]
        print(f"{name[-40:]:40} {len(payload) / 1024:5.0f}", *(f"{value:8.2f}" for value in row))


if __name__ == "__main__":
    main(sys.argv[1:])
