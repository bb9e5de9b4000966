"""The whole crawl (record, clean, parse, store) beside its halves and beside bare Scrapy.

    python -m benchmarks.bench_pipeline [--reports 2000] [--kilobytes 60]

One loopback portal with listings and reports is crawled by a bare Scrapy spider that keeps nothing,
by the crawl with the reading left out, and by the whole crawl with its reading in worker processes;
one process reads what was recorded. Rates are of the same run, by the clock from the start of the
spider to the end of all work, beside the processor time of a report; memory is the peak of the
crawling process when half of the reports are had, when all are, and at the end, when links and
full text are made. Asked for is 0.8 of the smaller of the recording rate and cores times the parse
rate, for 2,000 reports: with few of them the start of the workers (seconds) weighs more than their
reading.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path

from benchmarks.rehearsal import ROOT, site
from benchmarks.rehearsal_site import COLUMN, Nation, address

DEMANDED = 0.8
FAST = {
    "DOWNLOAD_DELAY": "0",
    "CONCURRENT_REQUESTS": "16",
    "CONCURRENT_REQUESTS_PER_DOMAIN": "16",
    "CONCURRENT_ITEMS": "10",
    "LOG_LEVEL": "ERROR",
    "TELNETCONSOLE_ENABLED": "0",
}
NOT_READ = {"GONGKAI_READING": "0", "ITEM_PIPELINES": "{}"}


@dataclass(frozen=True)
class Measured:
    """Reports a second; processor milliseconds a report; peak memory of the crawling process.

    That is when half of the reports are had, when all are, and when the database is brought up.
    """

    speed: float
    cpu_ms: float
    half_mb: float = 0.0
    crawled_mb: float = 0.0
    end_mb: float = 0.0

    def line(self, name: str) -> str:
        memory = f"{self.half_mb:.0f} MB at half, {self.crawled_mb:.0f} MB when all were had"
        told = f"; {memory}, {self.end_mb:.0f} MB at the end" if self.half_mb else ""
        return f"{name:10}{self.speed:8.1f} reports/s {self.cpu_ms:7.1f} ms of processor each{told}"


def metered() -> Measured:
    """What the crawl of this process came to."""
    from benchmarks.bare_spider import Meter, peak_mb, processor_seconds

    assert Meter.reports, "nothing was crawled"
    seconds = time.perf_counter() - Meter.began[0]
    processor = processor_seconds() - Meter.began[1]
    return Measured(
        Meter.reports / seconds, 1000 * processor / Meter.reports,
        Meter.half_mb, Meter.crawled_mb, peak_mb(),
    )  # fmt: skip


def bare(chosen: argparse.Namespace) -> Measured:
    """Plain Scrapy over the same pages."""
    from scrapy.crawler import AsyncCrawlerProcess

    from benchmarks.bare_spider import Bare, Meter

    column = f"http://{address(0)}:{chosen.port}{COLUMN}"
    extensions = {Meter: 1}
    about = {"BENCH_COLUMN": column, "BENCH_REPORTS": chosen.reports, "EXTENSIONS": extensions}
    process = AsyncCrawlerProcess({**FAST, **about})
    process.crawl(Bare)
    process.start()
    return metered()


def crawl(chosen: argparse.Namespace, more: dict[str, str]) -> Measured:
    """Our own crawl; `more` are settings."""
    from archive.declarations.portals import Portal
    from benchmarks.bare_spider import Meter
    from crawler.options import CrawlOptions
    from crawler.run import crawled, settings_of

    host = f"{address(0)}:{chosen.port}"
    portal = Portal("bench", "bench", (f"http://{host}{COLUMN}",), hosts=(host,))
    given = {**FAST, **more, "BENCH_REPORTS": str(chosen.reports), "GONGKAI_PAGE_BUDGET": "100000"}
    told = tuple(f"{name}={value}" for name, value in given.items())
    options = CrawlOptions(Path(chosen.folder), (portal,), settings=told)
    settings = settings_of(options)
    extensions = {**settings.getdict("EXTENSIONS"), Meter: 1}
    settings.set("EXTENSIONS", extensions, priority="cmdline")
    crawled(settings, options)
    return metered()


def parse(chosen: argparse.Namespace) -> Measured:
    """One process reads what was recorded, and stores nothing."""
    from archive.database import DatabaseWriter
    from archive.indexing import catch_up
    from archive.store import Archive
    from pipelines.outcomes import read_task
    from pipelines.tasks import StoredTasks

    archive = Archive(Path(chosen.folder))
    with archive.lock("benchmark"), DatabaseWriter(archive.database_path) as database:
        catch_up(archive, database)
        tasks = list(StoredTasks(database))
    read_task(archive.directory, tasks[0])  # loads the declarations
    began = time.perf_counter(), time.process_time()
    for task in tasks:
        assert read_task(archive.directory, task).reports, task.page.url
    seconds, processor = time.perf_counter() - began[0], time.process_time() - began[1]
    return Measured(len(tasks) / seconds, 1000 * processor / len(tasks))


PHASES: dict[str, Callable[[argparse.Namespace], Measured]] = {
    "bare": bare,
    "recording": lambda chosen: crawl(chosen, NOT_READ),
    "parse": parse,
    "full": lambda chosen: crawl(chosen, {}),
}


def measured(phase: str, folder: Path, port: int, reports: int) -> Measured:
    """Runs a phase in a process of its own."""
    command = [sys.executable, "-m", "benchmarks.bench_pipeline", "--phase", phase]
    command += ["--folder", str(folder), "--port", str(port), "--reports", str(reports)]
    done = subprocess.run(command, stdout=subprocess.PIPE, text=True, cwd=ROOT, check=True)
    found = Measured(**json.loads(done.stdout.splitlines()[-1]))
    print(found.line(phase), flush=True)
    return found


def compare(of: dict[str, Measured]) -> None:
    """The ratios."""
    cores = len(os.sched_getaffinity(0))
    parsing = cores * of["parse"].speed
    bound = min(of["recording"].speed, parsing)
    full = of["full"]
    print(f"{cores} cores x parse rate: {parsing:.1f} reports/s")
    print(f"full: {full.speed / bound:.2f} of the smaller bound ({DEMANDED} is asked for)")
    halves = of["recording"].cpu_ms + of["parse"].cpu_ms
    print(f"by processor time: {halves / full.cpu_ms:.2f} of recording and parsing together,")
    print(f"of which {cores} cores do at most {1000 * cores / halves:.1f} reports/s")
    print(f"full: {full.speed / of['bare'].speed:.2f} of bare Scrapy")
    print(f"memory when all were had: {full.crawled_mb / full.half_mb:.2f} of that at half")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--reports", type=int, default=2000)
    parser.add_argument("--kilobytes", type=int, default=60)
    parser.add_argument("--phase", choices=PHASES)
    parser.add_argument("--folder", default="")
    parser.add_argument("--port", type=int, default=0)
    chosen = parser.parse_args()
    if chosen.phase:
        print(json.dumps(asdict(PHASES[chosen.phase](chosen))))
        return
    nation = Nation(1, chosen.reports, chosen.kilobytes)
    with tempfile.TemporaryDirectory() as scratch, site(nation, Path(scratch, "site")) as port:
        folders = {phase: Path(scratch, phase) for phase in PHASES}
        folders["parse"] = folders["recording"]
        compare({
            phase: measured(phase, folder, port, chosen.reports)
            for phase, folder in folders.items()
        })  # fmt: skip


if __name__ == "__main__":
    main()
