"""A crawl that is killed loses nothing it acknowledged; its rerun repeats little."""

import os
import random
import signal
import subprocess
import time
from dataclasses import replace
from pathlib import Path

import pytest

from tests.conftest import ROOT
from tests.crawler import site
from tests.crawler.running import captured, crawl, crawl_command, environment, records
from tests.crawler.server import Answer, Reply, Server

KILLS = int(os.environ.get("GONGKAI_KILLS", "3"))
RUN = "killed-run"


def slowly(answer: Answer) -> Answer:
    def later(request: bytes, before: int) -> Reply:
        reply = answer if isinstance(answer, Reply) else answer(request, before)
        return replace(reply, wait_seconds=0.02)

    return later


@pytest.mark.timeout(120 + 20 * KILLS)
def test_killed_crawls_resume_without_loss(tmp_path: Path) -> None:
    chance = random.Random(20)
    routes = {path: slowly(reply) for path, reply in site.site().items()}
    with Server(routes) as server:
        url = server.url + "/"
        command = crawl_command(tmp_path, "--url", url, "-s", f"GONGKAI_RUN={RUN}")
        for _ in range(KILLS):
            _killed(command, server, chance.randint(1, 8))
        done = crawl(tmp_path, "--url", url, "--resume", RUN)
        assert done.returncode == 0, done.stderr
        # One exchange may be under way, and robots.txt is always asked for anew.
        wanted = [path for path in server.paths() if path != "/robots.txt"]
        assert len(wanted) - len(set(wanted)) <= KILLS
    pages = {row["url"] for row in captured(tmp_path) if row["role"] == "page"}
    assert pages == {server.url + site.report_path(year) for year in site.YEARS}
    stored = {r.headers["warc-record-id"].strip("<>") for r in records(tmp_path)}
    assert {row["record_id"] for row in captured(tmp_path)} <= stored


def _killed(command: list[str], server: Server, after: int) -> None:
    """Starts a crawl and kills it after some more exchanges."""
    before = len(server.passed)
    running = subprocess.Popen(command, cwd=ROOT, env=environment(), stderr=subprocess.DEVNULL)
    deadline = time.monotonic() + 30
    while len(server.passed) < before + after and running.poll() is None:
        assert time.monotonic() < deadline
        time.sleep(0.005)
    running.send_signal(signal.SIGKILL)
    running.wait()
