"""Portals that show nothing without a browser: found, recorded as on the wire, read again."""

import asyncio
import itertools
import json
import os
import sqlite3
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from scrapy.http import Response

from archive import cdxj
from archive.store import Archive
from crawler.browser.chromium import NoBrowserError, find_chromium, launch_options
from crawler.browser.visit import Patience, Visit
from crawler.politeness.addresses import HostPolicy
from crawler.visited import Visited
from pipelines.rebuild import rebuild
from tests.conftest import NO_BROWSER, ROOT
from tests.crawler import scripted, site
from tests.crawler.running import (
    captured,
    crawl,
    crawl_command,
    crawl_portals,
    environment,
    of_url,
    records,
)
from tests.crawler.server import Reply, Server

QUICK = {
    "GONGKAI_BROWSER_SANDBOX": "0", "GONGKAI_BROWSER_QUIET": 0.6, "GONGKAI_REQUISITES": 0,
}  # fmt: skip
SITES = {
    "walled": scripted.walled,
    "challenging": scripted.challenging,
    "plain": scripted.built,
}


@pytest.fixture(scope="module")
def chromium() -> str:
    pytest.importorskip("scrapy_playwright", reason=NO_BROWSER)
    try:
        return find_chromium()
    except NoBrowserError:
        pytest.skip(NO_BROWSER)


@dataclass(frozen=True)
class Run:
    archive: Path
    servers: dict[str, Server]
    elsewhere: Server
    accounts: dict[str, dict[str, Any]]

    def url(self, path: str) -> str:
        return self.servers["built"].url + path

    def rows(self) -> list[dict[str, Any]]:
        return [row for row in captured(self.archive) if row["url"].startswith(self.url("/"))]


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory, chromium: str) -> Iterator[Run]:
    archive = tmp_path_factory.mktemp("browser")
    with ExitStack() as stack:
        elsewhere = stack.enter_context(Server({}))
        servers = {"built": stack.enter_context(Server(scripted.built(elsewhere.url)))}
        servers |= {name: stack.enter_context(Server(made())) for name, made in SITES.items()}
        hosts = [server.url.partition("//")[2] for server in servers.values()]
        crawl_portals(
            archive, {name: server.url + "/" for name, server in servers.items()}, {},
            browser=servers.keys() - {"plain"}, GONGKAI_BROWSER=chromium,
            GONGKAI_ALLOW_HOSTS=hosts, **QUICK,
        )  # fmt: skip
        rebuild(Archive(archive), jobs=1)
        yield Run(archive, servers, elsewhere, accounts(archive))


def accounts(archive: Path) -> dict[str, dict[str, Any]]:
    ((text,),) = query(archive, "SELECT account FROM runs")
    return {portal["portal"]: portal for portal in json.loads(text)["portals"]}


def query(archive: Path, sql: str) -> list[tuple[Any, ...]]:
    connection = sqlite3.connect(archive / "gongkai.db")
    try:
        return connection.execute(sql).fetchall()
    finally:
        connection.close()


def test_reports_that_a_script_builds_are_found_and_read(run: Run) -> None:
    account = run.accounts["built"]
    assert (account["found"], account["new"], account["complete"]) == (3, 3, True), account
    read = query(run.archive, "SELECT year, value FROM observations JOIN reports USING (report_id)"
                 " WHERE indicator = 'requests.new' ORDER BY year")  # fmt: skip
    assert read == [(year, str(count)) for year, count in scripted.RECEIVED.items()]


def test_a_figure_leads_to_what_the_browser_showed_and_that_to_its_source(run: Run) -> None:
    by_id = {row["record_id"]: row for row in run.rows()}
    reports = query(run.archive, "SELECT snapshot, page_snapshot, source_url FROM reports")
    assert len(reports) == 3
    for snapshot, page_snapshot, source_url in reports:
        shown, source = by_id[snapshot], by_id[page_snapshot]
        assert (shown["kind"], shown["fidelity"]) == ("resource", "rendered")
        assert (source["role"], source["fidelity"]) == ("page", "wire")
        assert shown["part_of"] == page_snapshot
        assert shown["url"] == source["url"] == source_url
        (block,) = (
            r.block for r in records(run.archive) if snapshot in r.headers["warc-record-id"]
        )
        assert scripted.title(int(source_url[-4:])) in block.decode()


def test_all_that_the_browser_got_is_archived_as_on_the_wire_and_asked_for_once(run: Run) -> None:
    passed = run.servers["built"].passed
    asked = [each.request.split(b"\r\n", 1)[0] for each in passed]
    assert len(set(asked)) == len(asked)
    wanted = {
        "/",
        scripted.LIST,
        scripted.SCRIPT,
        scripted.STYLE,
        *(f"/d/{y}" for y in (2021, 2023)),
    }
    assert wanted <= set(run.servers["built"].paths())
    found = records(run.archive)
    for each in passed:
        url = run.url(each.target)
        assert each.request in [record.block for record in of_url(found, url, "request")]
        sent = [r.block for kind in ("response", "revisit") for r in of_url(found, url, kind)]
        assert any(each.response.startswith(block) for block in sent)
        assert b"User-Agent: Mozilla/5.0 (compatible; Gongkai/" in each.request


def test_the_browser_itself_reaches_nobody(run: Run) -> None:
    assert run.elsewhere.passed == []
    assert "/worker.js" not in run.servers["built"].paths()
    (front,) = (r for r in run.rows() if r["fidelity"] == "rendered" and r["url"] == run.url("/"))
    assert json.loads(front["notes"])["refused"] == [run.elsewhere.url.partition("//")[2]]


def test_a_player_is_given_the_source_and_what_its_scripts_got(run: Run) -> None:
    lines = list(cdxj.lines(Archive(run.archive)))
    told = [json.loads(line.split(" ", 2)[2]) for line in lines]
    places = {(one["url"], int(one["offset"])) for one in told}
    wire = {(r["url"], r["offset"]) for r in run.rows() if r["fidelity"] == "wire"}
    rendered = {(r["url"], r["offset"]) for r in run.rows() if r["fidelity"] == "rendered"}
    assert rendered
    assert not rendered & places
    assert {(run.url(path), "200") for path in ("/", scripted.SCRIPT)} <= {
        (one["url"], one["status"]) for one in told
    }
    assert {place for place in wire if place[0] == run.url("/")} <= places


def test_what_a_page_asks_for_in_vain_is_told(run: Run) -> None:
    account = run.accounts["walled"]
    assert (account["found"], account["complete"]) == (0, False)
    assert any(f"{scripted.LIST}: blocked:ruishu" in each["why"] for each in account["reasons"])


def test_a_challenge_is_not_opened_in_the_browser(run: Run) -> None:
    account = run.accounts["challenging"]
    assert (account["blocked"], account["complete"]) == (1, False)
    assert "blocked:jiasule" in account["verdict"]
    assert run.servers["challenging"].times("/") == 1
    assert scripted.LIST not in run.servers["challenging"].paths()


def test_what_is_not_declared_is_not_opened(run: Run) -> None:
    assert run.accounts["plain"]["found"] == 0
    assert scripted.LIST not in run.servers["plain"].paths()


def test_an_offline_crawl_needs_no_browser(run: Run) -> None:
    done = crawl(run.archive, "--url", run.url("/"), "--browser", "--offline",
                 "-s", "GONGKAI_BROWSER=none")  # fmt: skip
    assert sum(line.startswith("take\t") for line in done.stdout.splitlines()) == 3, done.stderr


def test_without_a_browser_its_portals_are_blocked_and_others_are_not(tmp_path: Path) -> None:
    with Server(scripted.built()) as built, Server(site.site()) as plain:
        crawl_portals(tmp_path, {"built": built.url + "/", "plain": plain.url + "/"}, {},
                      browser=["built"], GONGKAI_BROWSER="no-such-program",
                      GONGKAI_ALLOW_HOSTS=["127.0.0.1:*"])  # fmt: skip
    told = accounts(tmp_path)
    assert told["plain"]["complete"]
    assert (told["built"]["blocked"], told["built"]["complete"]) == (1, False)
    assert "blocked:no_browser" in told["built"]["verdict"]
    (front,) = (row for row in captured(tmp_path) if row["url"] == f"{built.url}/")
    assert front["kind"] == "blocked"


@dataclass
class Opened:
    """A page that the browser tells of as a test wants it."""

    tell: Any

    async def evaluate(self, _script: str, _seconds: float) -> list[Any]:
        told: list[Any] = await self.tell()
        return told

    async def content(self) -> str:
        return "<p>"


def visit() -> Visit:
    given: Any = None
    page = Response("http://www.example.gov.cn/")
    return Visit(page, given, given, HostPolicy(), Visited(), Patience(0.04, 0.4, 10))


def test_a_page_that_changes_without_end_is_taken_as_it_is_and_told() -> None:
    numbers = itertools.count()

    async def changing() -> list[Any]:
        await asyncio.sleep(0.01)
        return ["complete", next(numbers)]

    restless, still = visit(), visit()
    asyncio.run(restless.settle(Opened(changing)))
    assert restless.html
    assert "did not come to rest" in restless.lacking()[0]["why"]

    async def unchanged() -> list[Any]:
        return ["complete", 1]

    asyncio.run(still.settle(Opened(unchanged)))
    assert (still.html, still.lacking()) == ("<p>", ())


def test_a_page_that_never_lets_go_is_let_go_of() -> None:
    async def silent() -> list[Any]:
        await asyncio.sleep(60)
        return []

    with pytest.raises(TimeoutError, match="kept the browser busy"):
        asyncio.run(visit().settle(Opened(silent)))


def test_chromiums_own_sandbox_is_off_for_root_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    for user, expected in ((0, False), (1000, True)):
        monkeypatch.setattr(os, "geteuid", lambda user=user: user)
        assert launch_options("chromium", "")["chromium_sandbox"] is expected
    assert launch_options("chromium", "0")["chromium_sandbox"] is False


def test_a_browser_that_is_not_there_is_told_by_name() -> None:
    with pytest.raises(NoBrowserError, match="no-such-program"):
        find_chromium("no-such-program")


def descendants(of: int) -> set[int]:
    told = subprocess.run(["ps", "-eo", "pid=,ppid="], capture_output=True, text=True, check=True)
    parents = {int(pid): int(parent) for pid, parent in map(str.split, told.stdout.splitlines())}
    found = {of}
    while more := {pid for pid, parent in parents.items() if parent in found} - found:
        found |= more
    return found - {of}


def is_alive(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(") ")[2][0] not in "ZX"
    except OSError:
        return False


def until(holds: Callable[[], bool], seconds: float = 30) -> bool:
    deadline = time.monotonic() + seconds
    while not holds() and time.monotonic() < deadline:
        time.sleep(0.02)
    return holds()


def test_the_browser_dies_with_a_crawl_that_is_killed(tmp_path: Path, chromium: str) -> None:
    waiting = {**scripted.built(), scripted.SCRIPT: Reply(b"", wait_seconds=60)}
    with Server(waiting) as server:
        settings = [f"{name}={value}" for name, value in QUICK.items()]
        options = [f"GONGKAI_BROWSER={chromium}", "DOWNLOAD_TIMEOUT=60", *settings]
        command = crawl_command(tmp_path, "--url", server.url + "/", "--browser")
        command += [part for option in options for part in ("-s", option)]
        running = subprocess.Popen(command, cwd=ROOT, env=environment(), stderr=subprocess.DEVNULL)
        assert until(lambda: server.times(scripted.SCRIPT) > 0)
        browsers = descendants(running.pid)
        assert len(browsers) > 2
        running.kill()
        running.wait()
        assert until(lambda: not any(map(is_alive, browsers)))
