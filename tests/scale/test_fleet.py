"""Workers share the work and the politeness; killing one loses nothing and repeats little."""

import asyncio
import json
import os
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Mapping
from contextlib import closing
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from typing import Any, ClassVar

import psycopg
import pytest

from archive.database import open_readonly
from archive.declarations.portals import Portal
from archive.storage.moving import gather
from archive.storage.objects import Storage
from archive.store import Archive
from archive.verify import verify
from benchmarks.rehearsal_site import Nation
from crawler.fleet.batches import batches, hosts_of
from crawler.fleet.crawl_job import NOT_DONE
from crawler.fleet.jobs import ATTEMPTS, TASK, application, enqueue
from crawler.fleet.membership import Fleet
from crawler.fleet.worker import CrawlFailedError, Timing, Worker
from tests.conftest import ROOT
from tests.crawler.running import environment
from tests.scale.nation import Served

DELAY_SECONDS = 0.05
QUICK = (f"DOWNLOAD_DELAY={DELAY_SECONDS}", "DOWNLOAD_DELAY_JITTER=0", "GONGKAI_BACKOFF=0.01",
         "GONGKAI_REQUISITES=0", "LOG_LEVEL=ERROR")  # fmt: skip


class Workers:
    """Workers of one machine, each with its crawl in a process group of its own."""

    def __init__(self, root: Path, database: str, storage: Storage) -> None:
        self._command = [
            sys.executable, "-m", "gongkai", "worker", "run", "--archive", str(root),
            "--database", database, "--storage", storage.url, "--heartbeat", "0.5",
        ]  # fmt: skip
        self._log = root.with_suffix(".log")
        self.running: list[subprocess.Popen[bytes]] = []

    def start(self) -> None:
        with self._log.open("ab") as log:
            self.running.append(
                subprocess.Popen(
                    self._command, cwd=ROOT, env=environment(), stderr=log, start_new_session=True
                )
            )

    def kill(self, number: int) -> None:
        """SIGKILL, to the worker and all that it started."""
        os.killpg(self.running[number].pid, signal.SIGKILL)
        self.running[number].wait()

    def end(self) -> None:
        for each in self.running:
            if each.poll() is None:
                each.send_signal(signal.SIGTERM)
        for each in self.running:
            each.wait(60)

    def told(self) -> str:
        return self._log.read_text(encoding="utf-8")


def statuses(database: str) -> Counter[str]:
    with psycopg.connect(database) as connection:
        rows = connection.execute("SELECT status::text FROM procrastinate_jobs").fetchall()
    return Counter(row[0] for row in rows)


def until(seconds: float, reached: object, told: object) -> None:
    """Waits until `reached()` is true."""
    deadline = time.monotonic() + seconds
    while not reached():  # type: ignore[operator]
        assert time.monotonic() < deadline, told()  # type: ignore[operator]
        time.sleep(0.05)


@pytest.mark.timeout(240)
def test_a_killed_worker_loses_nothing_and_repeats_little(tmp_path: Path, database: str) -> None:
    nation = Nation(hosts=4, reports=40, kilobytes=4)
    storage = Storage((tmp_path / "stored").as_uri())
    workers = Workers(tmp_path / "workers", database, storage)
    with Served(nation, slow_seconds=0.05, jobs=2) as served:
        made, taken = enqueue(database, served.portals(), QUICK, shards=2)
        assert (made, taken) == (2, 4)
        assert enqueue(database, served.portals(), QUICK, shards=2) == (0, 0)
        workers.start()
        workers.start()
        until(120, lambda: statuses(database)["doing"] == 2, workers.told)
        until(120, lambda: len(served.reports_asked()) > 5, workers.told)
        workers.kill(0)
        until(120, lambda: statuses(database) == {"succeeded": 2}, workers.told)
        workers.end()
        assert "handed out anew" in workers.told()
        asked = Counter(served.reports_asked())
        assert len(asked) == nation.reports
        assert sum(asked.values()) - nation.reports <= nation.hosts
        _was_polite(served)
    whole = Archive(tmp_path / "whole")
    whole.create()
    gather(whole, storage)
    assert not verify(whole).findings
    with closing(open_readonly(whole.database_path)) as connection:
        sql = "SELECT count(DISTINCT url) FROM captures WHERE role = 'page' AND status = 200"
        assert connection.execute(sql).fetchone()[0] == nation.reports


def _was_polite(served: Served) -> None:
    """No two workers asked a host at once, nor sooner than the delay."""
    by_host: dict[int, list[tuple[float, float]]] = {}
    for one in served.asked:
        by_host.setdefault(one.host, []).append((one.began, one.ended))
    for times in by_host.values():
        gaps = [later[0] - earlier[1] for earlier, later in pairwise(sorted(times))]
        assert min(gaps) >= 0.8 * DELAY_SECONDS


def test_turns_at_an_address_are_one_at_a_time(tmp_path: Path, database: str) -> None:
    archive = Archive(tmp_path / "archive")
    archive.create()
    times: list[tuple[float, float]] = []

    async def ask(fleet: Fleet) -> None:
        for _ in range(3):
            async with fleet.turn("127.0.0.1", 0.1):
                began = time.monotonic()
                await asyncio.sleep(0.05)
                times.append((began, time.monotonic()))

    async def both(*fleets: Fleet) -> None:
        await asyncio.gather(*map(ask, fleets))

    with (
        closing(Fleet(database, archive, "one")) as one,
        closing(Fleet(database, archive, "two")) as two,
        closing(one.index),
        closing(two.index),
    ):
        asyncio.run(both(one, two))
        one.pause("walled.gov.cn", "slider", 1.0)
        one.pause("past.gov.cn", "slider", -1.0)
        assert [*two.paused()] == ["walled.gov.cn"]
    gaps = [later[0] - earlier[1] for earlier, later in pairwise(sorted(times))]
    assert len(gaps) == 5
    assert min(gaps) >= 0.08


def portal(name: str, *urls: str, hosts: tuple[str, ...] = ()) -> Portal:
    return Portal(name, name, urls, hosts=hosts)


def test_portals_of_one_host_are_in_one_batch() -> None:
    found = [
        portal("a", "http://a.gov.cn/x"),
        portal("b", "http://b.gov.cn/"),
        portal("c", "http://A.gov.cn/y", "http://c.gov.cn/"),
        portal("d", "http://d.gov.cn/", hosts=("c.gov.cn", "*.e.cn")),
    ]
    made = batches(found, 1000)
    assert sorted(tuple(p.name for p in batch) for batch in made.values()) == [
        ("a", "c", "d"), ("b",),
    ]  # fmt: skip
    alone = batches([found[1]], 1000)
    assert set(alone) < set(made)
    assert hosts_of(replace(found[3], fallback=("http://f.gov.cn/",))) == {
        "d.gov.cn", "c.gov.cn", "f.gov.cn",
    }  # fmt: skip


@pytest.mark.timeout(240)
def test_a_worker_that_is_told_to_end_leaves_its_job_to_another(
    tmp_path: Path, database: str
) -> None:
    nation = Nation(hosts=1, reports=12, kilobytes=4)
    workers = Workers(tmp_path / "workers", database, Storage((tmp_path / "stored").as_uri()))
    with Served(nation, slow_seconds=0.1) as served:
        enqueue(database, served.portals(), QUICK, shards=1)
        workers.start()
        until(120, lambda: len(served.reports_asked()) > 2, workers.told)
        workers.end()
        assert workers.running[0].returncode == 0, workers.told()
        assert len(served.reports_asked()) < nation.reports
        workers.start()
        until(120, lambda: statuses(database) == {"succeeded": 1}, workers.told)
        workers.end()
        asked = Counter(served.reports_asked())
    assert len(asked) == nation.reports
    assert sum(asked.values()) - nation.reports <= 1


class Failing(Worker):
    """A worker whose crawls end as they are told; notes the run of each."""

    ends: tuple[int, ...] = ()
    runs: ClassVar[list[str]] = []

    async def _crawled(self, arguments: Mapping[str, Any], run: str) -> int:
        self.runs.append(run)
        return self.ends[len(self.runs) - 1]


def test_a_job_whose_crawl_fails_is_tried_again_later(tmp_path: Path, database: str) -> None:
    Failing.ends, runs = (3, 2, 1), Failing.runs
    storage = Storage((tmp_path / "stored").as_uri())
    enqueue(database, [portal("a", "http://a.gov.cn/")], QUICK, shards=1)
    waits = []
    for tried in range(1, 4):
        worker = Failing(database, tmp_path / "workers", storage, (), Timing(poll=0.05))
        worker.run(until_empty=True)
        assert len(runs) == tried, "it was not tried again at once"
        waits.append(_hurried(database))
    assert runs == [f"{runs[0].partition('.')[0]}.{attempt}" for attempt in (1, 2, 3)]
    assert [round(wait / 60) for wait in waits[:2]] == [1, 2]
    assert statuses(database) == {"succeeded": 1}


def _hurried(database: str) -> float:
    """Has a job that waits be due now; gives the seconds that it would have waited."""
    sql = """UPDATE procrastinate_jobs j SET scheduled_at = now()
      FROM (SELECT id, extract(epoch FROM scheduled_at - now()) AS left FROM procrastinate_jobs) o
      WHERE o.id = j.id AND j.status = 'todo' RETURNING o.left"""
    with psycopg.connect(database) as connection:
        row = connection.execute(sql).fetchone()
    return float(row[0]) if row else 0.0


def test_a_job_that_always_fails_is_given_up(database: str) -> None:
    class Job:
        attempts = 0

    async def fail(*_: Any) -> None:
        raise CrawlFailedError("no")

    retry = application(database, fail).tasks[TASK].retry_strategy
    decisions = []
    for Job.attempts in range(ATTEMPTS):
        decisions.append(retry.get_retry_decision(exception=CrawlFailedError("no"), job=Job))
    assert [decision is None for decision in decisions] == [False] * (ATTEMPTS - 1) + [True]


@pytest.mark.parametrize("job", [{"portals": [{"unheard": "of"}]}, {"portals": [], "address": ""}])
def test_a_crawl_that_did_not_begin_does_not_end_as_one_that_was_done(job: dict[str, Any]) -> None:
    told = {"worker": "w", "run": "r.1", "directory": "/nowhere", "settings": ["x"], **job}
    command = [sys.executable, "-m", "crawler.fleet.crawl_job"]
    with subprocess.Popen(
        command, cwd=ROOT, stdin=subprocess.PIPE, stderr=subprocess.PIPE
    ) as running:
        assert running.stdin is not None
        running.stdin.write(json.dumps(told).encode() + b"\n")
        running.stdin.flush()
        assert running.wait(100) == NOT_DONE
