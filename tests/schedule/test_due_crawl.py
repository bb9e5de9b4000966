"""`gongkai crawl --due` on a loopback portal: once, then not again until it is due."""

import json
import sqlite3
from contextlib import closing
from datetime import timedelta
from pathlib import Path
from subprocess import DEVNULL, Popen
from time import monotonic, sleep

from archive.clock import utc_now
from archive.declarations.schedule import load
from archive.state import open_state
from archive.store import Archive
from crawler.portals import portal_at
from crawler.schedule.history import History
from crawler.schedule.timetable import Timetable
from tests.conftest import ROOT
from tests.crawler import site
from tests.crawler.running import TIMEOUT_SECONDS, crawl, crawl_command, environment
from tests.crawler.server import Reply, Server
from tests.schedule.test_policy import SHIPPED


def _by_day_too(folder: Path) -> Path:
    text = SHIPPED.read_text(encoding="utf-8").replace("hours: 20-8", 'hours: ""')
    policy = folder / "policy.yml"
    policy.write_text(text, encoding="utf-8")
    return policy


def test_two_calls_at_once_give_one_crawl_and_one_line(tmp_path: Path) -> None:
    archive = tmp_path / "archive"
    silent = Reply(b"", then="hang")
    with Server({"/robots.txt": silent}) as server:
        due = ("--due", "--policy", str(_by_day_too(tmp_path)), "--url", server.url + "/")
        command = crawl_command(archive, *due)
        with Popen(command, cwd=ROOT, env=environment(), stderr=DEVNULL) as first:
            deadline = monotonic() + TIMEOUT_SECONDS
            while not server.passed and monotonic() < deadline:
                sleep(0.05)
            second = crawl(archive, *due)
            first.kill()
        assert server.passed
    assert (second.returncode, second.stderr.count("\n")) == (3, 1)
    assert f"is busy (crawl --due, process {first.pid})" in second.stderr


def test_a_second_call_does_nothing_and_says_so(tmp_path: Path) -> None:
    policy = _by_day_too(tmp_path)
    archive = tmp_path / "archive"
    with Server(site.site()) as server:
        due = ("--due", "--policy", str(policy), "--url", server.url + "/")
        first = crawl(archive, *due)
        assert first.returncode == 0, first.stderr
        assert "never looked at" in first.stderr
        passed = len(server.passed)
        assert passed > len(site.YEARS)
        second = crawl(archive, *due)
        assert (second.returncode, len(server.passed)) == (0, passed)
        assert "nothing is due: next " in second.stderr
        portal = portal_at(server.url + "/")
    before = _history(archive, portal.name)
    assert set(before.years) == set(site.YEARS)
    assert before.years[2020].first == "2021-01-20"
    (archive / "state.db").unlink()
    assert _history(archive, portal.name) == before
    assert before.last_at is not None
    assert utc_now() - before.last_at < timedelta(minutes=5)
    assert load(policy).hours == ""


def _history(directory: Path, portal: str) -> History:
    archive = Archive(directory)
    with closing(open_state(archive.state_path)) as state:
        Timetable(archive, state)
    with closing(open_state(archive.state_path)) as state:
        return Timetable(archive, state).history(portal)


def test_a_portal_that_had_its_requests_is_postponed_and_what_was_begun_is_whole(
    tmp_path: Path,
) -> None:
    archive = tmp_path / "archive"
    text = _by_day_too(tmp_path).read_text(encoding="utf-8")
    policy = tmp_path / "few.yml"
    policy.write_text(
        text.replace("requests_per_portal: 600", "requests_per_portal: 6"), encoding="utf-8"
    )
    with Server(site.site()) as server:
        due = ("--due", "--policy", str(policy), "--url", server.url + "/")
        first = crawl(archive, *due)
        asked = [path for path in server.paths() if path != "/robots.txt"]
        portal = portal_at(server.url + "/")
    assert first.returncode == 1
    assert "put off to the next look" in first.stderr
    opened = [path for path in asked if not path.endswith(".pdf")]
    assert len(opened) <= 6
    history = _history(archive, portal.name)
    assert (history.outcome, history.full_at) == ("postponed", None)
    account = json.loads(run_account(archive))["portals"][0]
    assert (account["incomplete"], account["failed"]) == (0, 0)
    assert account["postponed"] + account["new"] >= account["found"] > account["new"] > 0


def run_account(archive: Path) -> str:
    with closing(sqlite3.connect(archive / "gongkai.db")) as database:
        return str(database.execute("SELECT account FROM runs").fetchone()[0])
