"""A national rehearsal on one machine: crawl, rebuild, ask, and what each of them costs.

    python -m benchmarks.rehearsal [--hosts 3500] [--reports 200000] [--kilobytes 20] [--keep DIR]

Virtual hosts on the loopback are crawled with time compressed (no pause between two requests to
a host), the database is rebuilt, exported and asked. Each phase runs in a process of its own;
printed are seconds by the clock and of processor time (children included), and the peak memory of
the largest process. With two or more numbers of reports, separated by commas, the last table shows
how each measure grows. With `--keep` the archives stay, and what was measured stays beside them: a
rehearsal that was broken off is taken up again at the phase under way (a crawl, at the run). With
`--recorded` the same pages are recorded without being crawled, for sizes that are about the rest.
"""

import argparse
import json
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from itertools import pairwise
from pathlib import Path

from benchmarks.rehearsal_site import COLUMN, Nation, address, counties, page, report, title
from pipelines.outcomes import Outcome

ROOT = Path(__file__).resolve().parent.parent
HOSTS_A_RUN = 500
FIRST_DAY = datetime(2025, 1, 20)
REPORTS_A_HOST = 50  # at least, where there are few


@dataclass(frozen=True)
class Measured:
    """One phase at one size."""

    phase: str
    reports: int
    seconds: float
    processor_seconds: float
    memory_mb: float
    told: str = ""


@contextmanager
def site(nation: Nation, directory: Path) -> Iterator[int]:
    """The virtual hosts, in a process of their own; gives the port, always the same for a folder.

    The port is part of every address: with another, what was crawled before would not be known.
    """
    chosen = directory / "port"
    port = chosen.read_text(encoding="ascii") if chosen.exists() else "0"
    numbers = (str(nation.hosts), str(nation.reports), str(nation.kilobytes), port)
    command = [sys.executable, "-m", "benchmarks.rehearsal_site", *numbers]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=ROOT) as running:
        assert running.stdout is not None
        try:
            listening = int(running.stdout.readline())
            directory.mkdir(parents=True, exist_ok=True)
            chosen.write_text(str(listening), encoding="ascii")
            yield listening
        finally:
            running.kill()


def measured(
    phase: str, nation: Nation, directory: Path, *arguments: str, name: str = ""
) -> Measured:
    """Runs a phase in a process of its own, or tells what it cost when it was run before."""
    kept = directory / "measured" / f"{name or phase}.json"
    if not kept.exists():
        command = [sys.executable, "-m", "benchmarks.rehearsal", "--phase", phase, *arguments]
        command += ["--keep", str(directory), "--hosts", str(nation.hosts)]
        command += ["--reports", str(nation.reports), "--kilobytes", str(nation.kilobytes)]
        done = subprocess.run(command, stdout=subprocess.PIPE, text=True, cwd=ROOT, check=True)
        kept.parent.mkdir(parents=True, exist_ok=True)
        kept.write_text(done.stdout.splitlines()[-1], encoding="utf-8")
    return Measured(**json.loads(kept.read_text(encoding="utf-8")))


def crawl(directory: Path, nation: Nation, port: int, first: int) -> str:
    """One run over some hosts, as a schedule or a worker would ask for it."""
    from archive.declarations.portals import Portal
    from crawler.options import CrawlOptions
    from crawler.run import run_crawl

    hosts = range(first, min(first + HOSTS_A_RUN, nation.hosts))
    portals = tuple(
        Portal(f"host-{n}", counties()[n % len(counties())],
               (f"http://{address(n)}:{port}{COLUMN}",), hosts=(f"{address(n)}:{port}",))
        for n in hosts
    )  # fmt: skip
    fast = ("DOWNLOAD_DELAY=0", "CONCURRENT_REQUESTS=64", "GONGKAI_READING=0", "ITEM_PIPELINES={}",
            "GONGKAI_REQUISITES=0", f"GONGKAI_PAGE_BUDGET={10_000}", "LOG_LEVEL=ERROR")  # fmt: skip
    status = run_crawl(CrawlOptions(directory, portals, settings=fast))
    return f"exit {status}"


def record(directory: Path, nation: Nation) -> str:
    """The reports as the crawl archives them, with what their listing told of them."""
    from archive.records import Exchange
    from archive.store import Archive
    from archive.warc import WarcWriter
    from parsers.records import Context

    head = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n"
    with WarcWriter(Archive(directory), "recorded") as writer:
        for host in range(nation.hosts):
            for number in range(nation.of_host(host)):
                agency, year = report(host, number)
                path = f"{COLUMN}t{year + 1}0120_{number}.htm"
                url, body = f"http://{address(host)}{path}", page(nation, host, path)
                assert body is not None
                request = f"GET {path} HTTP/1.1\r\nHost: {address(host)}\r\n\r\n".encode()
                context = Context(url=url, portal=f"host-{host}", link_text=title(agency, year))
                date = f"{FIRST_DAY + timedelta(seconds=host + number):%Y-%m-%dT%H:%M:%SZ}"
                writer.record(
                    Exchange(url, "GET", date, request, head + body, role="page", context=context)
                )
    return ""


def rebuild(directory: Path, jobs: int) -> str:
    """The database anew; of each stage the seconds by the clock and of the writer at work."""
    from archive.store import Archive
    from pipelines.rebuild import rebuild

    marks = [_now()]

    def shown(outcomes: Iterator[Outcome], _total: int) -> Iterator[Outcome]:
        marks.append(_now())
        yield from outcomes
        marks.append(_now())

    built = rebuild(Archive(directory), jobs, shown)
    marks.append(_now())
    assert not built.failed, built.failed[:3]
    stages = {
        name: [round(after - before, 1) for before, after in zip(*pair, strict=True)]
        for name, pair in zip(("scan", "read", "link and index"), pairwise(marks), strict=True)
    }
    return json.dumps({"reports": built.reports, "observations": built.observations, **stages})


def _now() -> tuple[float, float]:
    """Seconds by the clock and of this process."""
    return time.perf_counter(), time.process_time()


def export(directory: Path) -> str:
    """All figures as CSV."""
    from gongkai import cli

    command = ["export", "observations", "--archive", str(directory), "--format", "csv"]
    cli.main([*command, "-o", str(directory / "export.csv")], standalone_mode=False)
    return ""


def ask(directory: Path) -> str:
    """Questions of every kind; milliseconds of each, the better of two."""
    from query.corpus import opened
    from query.filters import Filters
    from query.search.find import count, search

    told = {}
    with opened(directory) as corpus:
        asked: dict[str, Callable[[], object]] = {
            "newest": lambda: search(corpus, "政府信息公开", Filters()),
            "relevance": lambda: search(corpus, "政府信息公开", Filters(), relevance=True),
            "count": lambda: count(corpus, "政府信息公开", Filters()),
            "rare": lambda: search(corpus, "科学技术局 AND 2021年", Filters()),
        }
        for name, act in asked.items():
            told[name] = round(min(1000 * _spent(act) for _ in range(2)), 1)
    return json.dumps(told)


def _spent(act: Callable[[], object]) -> float:
    start = time.process_time()
    act()
    return time.process_time() - start


def sizes(directory: Path) -> str:
    """Megabytes of the archive's parts."""
    warc = sum(path.stat().st_size for path in (directory / "warc").iterdir())
    texts = sum(path.stat().st_size for path in directory.glob("gongkai.db-texts-*"))
    files = {"warc": warc, "texts": texts}
    files |= {path.name: path.stat().st_size for path in sorted(directory.glob("*.db"))}
    return json.dumps({name: round(size / 1e6, 1) for name, size in files.items()})


def run_phase(chosen: argparse.Namespace) -> None:
    """Does one phase in this process and prints what it cost."""
    nation = Nation(chosen.hosts, int(chosen.reports), chosen.kilobytes)
    directory = Path(chosen.keep)
    acts: dict[str, Callable[[], str]] = {
        "crawl": lambda: crawl(directory, nation, chosen.port, chosen.first),
        "record": lambda: record(directory, nation),
        "rebuild": lambda: rebuild(directory, chosen.jobs),
        "export": lambda: export(directory),
        "ask": lambda: ask(directory),
    }
    start = time.perf_counter()
    told = acts[chosen.phase]()
    seconds = time.perf_counter() - start
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    processor = sum(one.ru_utime + one.ru_stime for one in used)
    memory = max(one.ru_maxrss for one in used) / 1024
    done = Measured(chosen.phase, nation.reports, seconds, processor, memory, told)
    print(json.dumps(asdict(done), ensure_ascii=False))


def rehearse(nation: Nation, directory: Path, jobs: int, recorded: bool = False) -> list[Measured]:
    """All phases at one size."""
    crawled = measured("record", nation, directory) if recorded else _crawled(nation, directory)
    found = [crawled]
    found.append(measured("rebuild", nation, directory, "--jobs", str(jobs)))
    found += [measured(phase, nation, directory) for phase in ("export", "ask")]
    found.append(Measured("disk (MB)", nation.reports, 0, 0, 0, sizes(directory)))
    return found


def _crawled(nation: Nation, directory: Path) -> Measured:
    """The crawl of all hosts, some at a time; the memory is that of the largest run."""
    with site(nation, directory) as port:
        runs = [
            measured("crawl", nation, directory, "--port", str(port), "--first", str(first),
                     name=f"crawl-{first:06}")
            for first in range(0, nation.hosts, HOSTS_A_RUN)
        ]  # fmt: skip
    return Measured(
        "crawl",
        nation.reports,
        sum(run.seconds for run in runs),
        sum(run.processor_seconds for run in runs),
        max(run.memory_mb for run in runs),
        f"{len(runs)} run(s)",
    )


def show(found: list[Measured]) -> None:
    """A line for each phase and size."""
    for one in found:
        each = 1000 * one.processor_seconds / one.reports
        print(f"{one.phase:10}{one.reports:>9} reports {one.seconds:9.1f} s"
              f" {one.processor_seconds:9.1f} s of processor {each:8.2f} ms a report"
              f" {one.memory_mb:7.0f} MB  {one.told}", flush=True)  # fmt: skip


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--hosts", type=int, default=3500)
    parser.add_argument("--reports", default="200000")
    parser.add_argument("--kilobytes", type=int, default=20)
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--keep", default="")
    parser.add_argument("--recorded", action="store_true")
    parser.add_argument("--phase", default="")
    parser.add_argument("--port", type=int, default=0)
    parser.add_argument("--first", type=int, default=0)
    chosen = parser.parse_args()
    if chosen.phase:
        run_phase(chosen)
        return
    found: list[Measured] = []
    for reports in map(int, chosen.reports.split(",")):
        hosts = min(chosen.hosts, max(1, reports // REPORTS_A_HOST))
        nation = Nation(hosts, reports, chosen.kilobytes)
        with tempfile.TemporaryDirectory() as scratch:
            directory = Path(chosen.keep or scratch) / str(reports)
            found += rehearse(nation, directory, chosen.jobs, chosen.recorded)
            show(found[-5:])
    print("\nby size")
    show(sorted(found, key=lambda one: (one.phase, one.reports)))


if __name__ == "__main__":
    main()
