"""How fast a rebuild is, beside reading and parsing the same pages and nothing else.

    python -m benchmarks.bench_rebuild [--pages 1000] [--kilobytes 60]

The floor reads the WARC file with fastwarc and parses each page with lxml, on one core. A rebuild
reads every figure, checks it, and writes the database. All rates are of the same run: those of one
core in processor time, which other work on the machine touches little, those of one process against
two by the clock. Below them stands where the time of one core goes.
"""

import argparse
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from fastwarc.warc import ArchiveIterator, WarcRecordType
from lxml import html

from archive.records import Exchange
from archive.store import Archive
from archive.warc import WarcWriter
from archive.warc.reader import warc_files
from benchmarks.rebuild_stages import CROSSING, STAGES, watched
from benchmarks.report_pages import report_pages
from parsers.records import Context
from pipelines.rebuild import Built, build

HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n"


def record(archive: Archive, count: int, kilobytes: int) -> None:
    with WarcWriter(archive, "bench") as writer:
        for number, (url, page) in enumerate(report_pages(count, kilobytes)):
            request = b"GET /zwgk/nb/t.htm HTTP/1.1\r\nHost: www.example.gov.cn\r\n\r\n"
            date = f"2025-01-{1 + number % 28:02}T00:00:00Z"
            context = Context(url=url)
            exchange = Exchange(
                url, "GET", date, request, HEAD + page, role="page", context=context
            )
            writer.record(exchange)


def floor(archive: Archive) -> int:
    """Elements in all pages."""
    elements = 0
    for path in warc_files(archive):
        with path.open("rb") as stream:
            for found in ArchiveIterator(stream, record_types=WarcRecordType.response):
                parser = html.HTMLParser(encoding="utf-8")
                elements += sum(
                    1 for _ in html.fromstring(found.reader.read(), parser=parser).iter()
                )
    return elements


def spent(act: Callable[[], object]) -> float:
    """Seconds of processor time."""
    start = time.process_time()
    act()
    return time.process_time() - start


def built(archive: Archive, jobs: int) -> tuple[float, float, Built]:
    """Seconds by the clock and of this process, and what was built."""
    target = archive.directory / "bench.db"
    target.unlink(missing_ok=True)
    clock, processor = time.perf_counter(), time.process_time()
    made = build(archive, target, jobs)
    return time.perf_counter() - clock, time.process_time() - processor, made


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pages", type=int, default=1000)
    parser.add_argument("--kilobytes", type=int, default=60)
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        archive = Archive(Path(folder, "archive"))
        record(archive, chosen.pages, chosen.kilobytes)
        run(archive, chosen.pages)


def run(archive: Archive, pages: int) -> None:
    bare = min(spent(lambda: floor(archive)) for _ in range(3))
    clock, processor, made = built(archive, 1)
    both, writing, _ = built(archive, 2)
    print(f"{made.bundles} pages, {made.reports} reports, {made.observations} observations")
    for name, seconds, told in (
        ("floor: fastwarc and lxml, one core", bare, ""),
        ("rebuild, one core", processor, f"{bare / processor:.2f} of floor"),
        ("rebuild, one process, by the clock", clock, ""),
        ("rebuild, two, by the clock", both, f"{clock / both:.2f} x one"),
        ("  of it in the one that writes", writing, "cannot be shared"),
    ):
        print(f"{name:36}{pages / seconds:8.1f} pages/s {1000 * seconds / pages:7.1f} ms  {told}")
    show_stages(archive, pages)


def show_stages(archive: Archive, pages: int) -> None:
    """Milliseconds of processor time a page, by stage, and in floors of the same run."""
    bare = spent(lambda: floor(archive))
    with watched() as seconds:
        built(archive, 1)
    print("\nmilliseconds a page (and times the floor)")
    for name in dict.fromkeys((*(name for name, _ in STAGES), CROSSING)):
        each = 1000 * seconds[name] / pages
        print(f"{name:38}{each:8.2f} {seconds[name] / bare:8.2f}")


if __name__ == "__main__":
    main()
