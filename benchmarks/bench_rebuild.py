"""How fast a rebuild is, beside reading and parsing the same pages and nothing else.

    python -m benchmarks.bench_rebuild [--pages 1000] [--kilobytes 60]

The floor reads the WARC file with fastwarc and parses each page with lxml, on one core. A rebuild
reads every figure, checks it, and writes the database. All rates are of the same run.
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


def seconds(act: Callable[[], object]) -> float:
    start = time.perf_counter()
    act()
    return time.perf_counter() - start


def built(archive: Archive, jobs: int) -> tuple[float, Built]:
    target = archive.directory / "bench.db"
    target.unlink(missing_ok=True)
    start = time.perf_counter()
    made = build(archive, target, jobs)
    return time.perf_counter() - start, made


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
    bare = min(seconds(lambda: floor(archive)) for _ in range(3))
    alone, made = built(archive, 1)
    both, _ = built(archive, 2)
    print(f"{made.bundles} pages, {made.reports} reports, {made.observations} observations")
    print(f"{'floor: fastwarc and lxml':28} {pages / bare:8.0f} pages/s")
    print(f"{'rebuild, one process':28} {pages / alone:8.0f} pages/s   {bare / alone:.2f} of floor")
    print(f"{'rebuild, two processes':28} {pages / both:8.0f} pages/s   {alone / both:.2f} x one")


if __name__ == "__main__":
    main()
