"""What one run leaves for the next: a run broken off is gone on with, a wall is left alone."""

import math
import signal
import subprocess
import time
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from archive.errors import UsageError
from crawler.politeness.hours import Hours
from crawler.state import CrawlState
from tests.conftest import ROOT
from tests.crawler import site
from tests.crawler.oddities import article, rows, title
from tests.crawler.running import captured, crawl, crawl_command, environment
from tests.crawler.server import Answer, Reply, Server, page
from tests.crawler.strangers import field


def slowly(answer: Answer) -> Answer:
    def later(request: bytes, before: int) -> Reply:
        reply = answer if isinstance(answer, Reply) else answer(request, before)
        return replace(reply, wait_seconds=0.05)

    return later


def interrupted(archive: Path, server: Server, after: int) -> str:
    """Starts a crawl with the usual delay and ends it as Ctrl-C does; gives what it told."""
    command = crawl_command(archive, "--url", server.url + "/", "-s", "DOWNLOAD_DELAY=0.1")
    running = subprocess.Popen(
        command, cwd=ROOT, env=environment(), stderr=subprocess.PIPE, text=True
    )
    deadline = time.monotonic() + 30
    while len(server.passed) < after and running.poll() is None:
        assert time.monotonic() < deadline
        time.sleep(0.01)
    running.send_signal(signal.SIGINT)
    _, told = running.communicate(timeout=20)
    assert running.returncode == 1, told
    return told


def test_an_interrupted_crawl_ends_in_order_and_is_gone_on_with(tmp_path: Path) -> None:
    routes = {path: slowly(reply) for path, reply in site.site().items()}
    with Server(routes) as server:
        told = interrupted(tmp_path, server, 6)
        assert "ended before its time (shutdown)" in told
        assert "Traceback" not in told
        before = len(server.passed)
        assert before < 15
        done = crawl(tmp_path, "--url", server.url + "/")
        assert done.returncode == 0, done.stderr
        assert "going on with run" in done.stderr
        asked = [path for path in server.paths() if path != "/robots.txt"]
        assert sorted(asked) == sorted(set(asked))
        again = crawl(tmp_path, "--url", server.url + "/")
        assert "going on" not in again.stderr
    pages = {row["url"] for row in captured(tmp_path) if row["role"] == "page"}
    assert pages == {server.url + site.report_path(year) for year in site.YEARS}


def test_what_the_budget_of_pages_leaves_out_is_told_and_looked_into_on_resuming(
    tmp_path: Path,
) -> None:
    bodies = ("教育局", "民政局", "财政局", "水利局")
    links = "".join(f"<a href=/{n}/nb/>{body}政府信息公开年报</a>" for n, body in enumerate(bodies))
    routes: dict[str, Answer] = {"/": page(f"<div>{links}</div>")}
    for n, body in enumerate(bodies):
        routes[f"/{n}/nb/"] = page(rows([2023], f"/{n}/r{{}}.html".format))
        routes[f"/{n}/r2023.html"] = article(title(2023, f"某市{body}"))
    options = ("-s", "GONGKAI_PAGE_BUDGET=2")
    with Server(routes) as server:
        first = crawl(tmp_path, "--url", server.url + "/", *options)
        assert (first.returncode, len(server.passed)) == (1, 6), first.stderr
        assert "2 column(s) not looked into" in first.stderr
        assert "unseen: " + server.url in first.stderr
        run = first.stderr.partition("--resume ")[2].split()[0]
        second = crawl(tmp_path, "--url", server.url + "/", "--resume", run, *options)
        assert second.returncode == 0, second.stderr
        asked = [path for path in server.paths() if path != "/robots.txt"]
        assert sorted(asked) == sorted(routes)


def test_bodies_asked_of_an_interface_count_as_columns(tmp_path: Path) -> None:
    bodies = ("教育局", "民政局", "财政局")
    box = "".join(f"<option value=b{n}>{body}</option>" for n, body in enumerate(bodies))
    code = "function ld(b){$.get('/api/list',{dw:b,page:1,size:20},draw)}"
    routes: dict[str, Answer] = {
        "/nb/": page(f"<select onchange=ld(this.value)>{box}</select><script>{code}</script>"),
        **{f"/r{n}.html": article(title(2023, f"某市{b}")) for n, b in enumerate(bodies)},
    }

    def answer(request: bytes, _before: int) -> Reply:
        n = int(field(request, "dw").removeprefix("b"))
        return page(f"<li><a href=/r{n}.html>{title(2023, f'某市{bodies[n]}')}</a>2024-01-20</li>")

    routes["/api/list"] = answer
    with Server(routes) as server:
        done = crawl(tmp_path, "--url", server.url + "/nb/", "-s", "GONGKAI_PAGE_BUDGET=1")
    assert "2 column(s) not looked into" in done.stderr
    assert f"unseen: {server.url}/api/list?size=20&page=1&dw=b1" in done.stderr


def test_a_wall_keeps_the_next_run_away_for_a_day(tmp_path: Path) -> None:
    wall = page("<script>$_ts={}</script>", "412 Precondition Failed")
    with Server({"/": wall}) as server:
        assert crawl(tmp_path, "--url", server.url + "/").returncode == 1
        assert server.times("/") == 1
        second = crawl(tmp_path, "--url", server.url + "/", "--fresh")
        assert (second.returncode, server.times("/")) == (1, 1)
        assert "left alone: ruishu, until 2" in second.stderr
        crawl(tmp_path, "--url", server.url + "/", "--fresh", "-s", "GONGKAI_PAUSE_HOURS=0")
        assert server.times("/") == 2


def test_what_is_remembered(tmp_path: Path) -> None:
    path = tmp_path / "state.db"
    path.write_bytes(b"no database at all, and long enough to be looked at" * 9)
    state = CrawlState(path)
    state.pause("a.gov.cn", "ruishu", 24)
    state.pause("b.gov.cn", "waf", -1)
    assert list(state.paused()) == ["a.gov.cn"]
    state.begin("one", ["x", "y"])
    assert state.broken_off(["y", "x"], 24) == "one"
    assert state.broken_off(["x"], 24) == ""
    assert state.broken_off(["x", "y"], 0) == ""
    state.end("one")
    assert state.broken_off(["x", "y"], 24) == ""
    state.close()


def test_the_hours_of_the_night() -> None:
    night = Hours.of("22-6")
    at = {hour: datetime(2026, 1, 1, hour, tzinfo=UTC) for hour in (13, 14, 21, 22, 23)}
    left = {hour: night.seconds_left(moment) for hour, moment in at.items()}
    assert left == {13: 3600, 14: 0, 21: 0, 22: 16 * 3600, 23: 15 * 3600}
    assert Hours.of("").seconds_left(at[13]) == 0
    assert {hour: night.seconds_open(at[hour]) / 3600 for hour in (14, 21, 22)} == {
        14: 8, 21: 1, 22: 0
    }  # fmt: skip
    assert Hours.of("").seconds_open(at[13]) == math.inf
    assert Hours.of("9-17").seconds_left(at[13]) == 12 * 3600
    with pytest.raises(UsageError, match="22-6"):
        Hours.of("nightly")
