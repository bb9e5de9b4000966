"""Real crawls, killed at random moments, leave an archive that is whole and goes on."""

import os
import random
import signal
import subprocess
import time
from dataclasses import replace
from pathlib import Path

import pytest

from archive.store import Archive
from archive.verify import verify
from archive.warc.files import OPEN_SUFFIX
from archive.warc.reader import iter_captures, read_part
from tests.conftest import ROOT
from tests.crawler import site
from tests.crawler.running import crawl, crawl_command, environment
from tests.crawler.server import Answer, Reply, Server

KILLS = int(os.environ.get("GONGKAI_KILLS", "2"))
LONGEST_SECONDS = 1.5


def slowly(answer: Answer) -> Answer:
    def later(request: bytes, before: int) -> Reply:
        reply = answer if isinstance(answer, Reply) else answer(request, before)
        return replace(reply, wait_seconds=0.05)

    return later


@pytest.mark.timeout(120 + 20 * KILLS)
def test_killed_crawls_leave_a_whole_archive(tmp_path: Path) -> None:
    drawn = random.Random(11)
    archive = Archive(tmp_path)
    midway = 0
    with Server({path: slowly(reply) for path, reply in site.site().items()}) as server:
        url = server.url + "/"
        for kill in range(KILLS):
            command = crawl_command(tmp_path, "--url", url, "-s", f"GONGKAI_RUN=kill{kill}")
            midway += _killed(command, server, drawn.uniform(0, LONGEST_SECONDS))
        done = crawl(tmp_path, "--url", url, "-s", "GONGKAI_RUN=after")
        assert done.returncode == 0, done.stderr
    assert midway >= KILLS // 2
    assert verify(archive).findings == []
    assert not list(archive.warc_dir.glob(f"*{OPEN_SUFFIX}"))
    captures = {capture.record_id: capture for capture in iter_captures(archive)}
    pages = {c.url for c in captures.values() if c.run_id == "after" and c.role == "page"}
    assert pages == {server.url + site.report_path(year) for year in site.YEARS}
    for capture in captures.values():
        if capture.kind in ("response", "revisit"):
            read_part(archive, capture, captures.get)


def _killed(command: list[str], server: Server, seconds: float) -> bool:
    """Kills a crawl so long after its first exchange; false if it had ended by then."""
    before = len(server.passed)
    running = subprocess.Popen(command, cwd=ROOT, env=environment(), stderr=subprocess.DEVNULL)
    deadline = time.monotonic() + 60
    while len(server.passed) == before and running.poll() is None:
        assert time.monotonic() < deadline
        time.sleep(0.005)
    time.sleep(seconds)
    ended = running.poll() is not None
    running.send_signal(signal.SIGKILL)
    running.wait()
    return not ended
