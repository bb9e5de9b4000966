"""Whatever the network or the disk does: recorded, told with portal and reason, and survived."""

import gzip
import json
import socket
import sqlite3
import subprocess
import sys
from collections.abc import Mapping
from contextlib import ExitStack, closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import ROOT
from tests.crawler import site
from tests.crawler.running import captured, crawl, crawl_command, crawl_portals, environment
from tests.crawler.server import Answer, Reply, Server, page

GOOD, BAD, ROUND = "/nb/202301/t20230120_1.html", "/nb/202401/t20240120_2.html", "/nb/round.html"
HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n"
PART = b"Content-Length: 9000\r\n\r\n<p>half a page"
REPORT = f"<h1>{site.title(2023)}</h1>" + "".join(
    f"<p>本年度依法公开政府信息{number * 7919 % 9973}条。" for number in range(400)
)
ZIPPED = gzip.compress(REPORT.encode(), mtime=0)


def redirect(target: str) -> Reply:
    return Reply(f"HTTP/1.1 302 Found\r\nLocation: {target}\r\nContent-Length: 0\r\n\r\n".encode())


def zipped(payload: bytes) -> Reply:
    length = f"Content-Encoding: gzip\r\nContent-Length: {len(payload)}\r\n\r\n".encode()
    return Reply(HEAD + length + payload)


@dataclass(frozen=True)
class Failing:
    """An answer instead of a report; why it is missing, and the recorded error (none: an answer
    was had, and what was wrong is told of it alone)."""

    answer: Answer
    why: str
    error: str = ""


BAD_CHUNK = b"Transfer-Encoding: chunked\r\n\r\nzz\r\nhalf"
ENDLESS = HEAD + b"\r\n" + b"y" * 120_000
BOMB = gzip.compress(bytes(9_000_000))
FAILING = {
    "reset-mid-body": Failing(Reply(HEAD + PART, "reset"), "data_loss", "data_loss"),
    "closed-mid-body": Failing(Reply(HEAD + PART, "close"), "data_loss", "data_loss"),
    "stalled-body": Failing(Reply(HEAD + PART, "hang"), "timeout", "timeout"),
    "endless-body": Failing(Reply(ENDLESS, "close"), "oversize", "oversize"),
    "unpacks-to-much": Failing(zipped(BOMB), "oversize"),
    "redirect-loop": Failing(redirect(ROUND), "redirect_loop"),
    "off-host": Failing(redirect("http://other.example/"), "on no permitted host"),
    "bad-chunk": Failing(Reply(HEAD + BAD_CHUNK, "close"), "data_loss", "data_loss"),
}
# Portals of which nothing at all can be had: the address (`None`: a closed port), and why.
UNREACHABLE = {
    "refused": (None, "refused"),
    "dns": ("http://no-such-host.invalid/nb/", "dns"),
    "proxy-refuses": ("https://behind-a-proxy.invalid/nb/", "proxy"),
}
# Content that is not as its label says: the page is had, and what it lacks is told.
CODED = {
    "healthy": (page(REPORT), True),
    "no-gzip": (zipped(REPORT.encode()), True),
    "gzip": (zipped(ZIPPED), True),
    "gzip-breaks-off": (zipped(ZIPPED[:-60]), False),
    "gzip-damaged": (zipped(ZIPPED[:-60] + b"\xff" * 60), False),
}


def routes(bad: Answer) -> dict[str, Answer]:
    rows = "".join(
        f'<li><a href="{path}">{site.title(year)}</a><span>{year + 1}-01-20</span></li>'
        for path, year in ((GOOD, 2022), (BAD, 2023))
    )
    listing = page(f"<title>政府信息公开年报</title><ul>{rows}</ul>")
    return {
        "/nb/": listing,
        GOOD: page(REPORT.replace("2023", "2022")),
        BAD: bad,
        ROUND: redirect(BAD),
    }


@dataclass(frozen=True)
class Run:
    accounts: Mapping[str, dict[str, Any]]
    addresses: Mapping[str, str]
    rows: list[dict[str, Any]]
    told: str

    def errors(self, name: str) -> set[str]:
        origin = self.addresses[name].removesuffix("/nb/")
        return {row["error"] for row in self.rows if row["url"].startswith(origin)} - {""}


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Run:
    archive = tmp_path_factory.mktemp("failures")
    with socket.create_server(("127.0.0.1", 0)) as closed:
        port = closed.getsockname()[1]
    addresses = {
        name: url or f"http://127.0.0.1:{port}/nb/" for name, (url, _) in UNREACHABLE.items()
    }
    answers = {name: failing.answer for name, failing in FAILING.items()}
    with ExitStack() as stack:
        answers |= {name: answer for name, (answer, _) in CODED.items()}
        for name, answer in answers.items():
            addresses[name] = stack.enter_context(Server(routes(answer))).url + "/nb/"
        refusing = stack.enter_context(Server({}))
        done = crawl_portals(
            archive, addresses, {"https_proxy": refusing.url},
            GONGKAI_ALLOW_HOSTS=["127.0.0.1:*", "*.invalid"], DOWNLOAD_TIMEOUT=1.0,
            CONCURRENT_REQUESTS_PER_DOMAIN=16, DOWNLOAD_MAXSIZE=50_000, GONGKAI_REQUISITES=0,
        )  # fmt: skip
    return Run(accounts(archive), addresses, captured(archive), done.stderr)


def accounts(archive: Path) -> dict[str, dict[str, Any]]:
    with closing(sqlite3.connect(archive / "gongkai.db")) as connection, connection:
        ((text,),) = connection.execute("SELECT account FROM runs").fetchall()
    connection.close()
    return {portal["portal"]: portal for portal in json.loads(text)["portals"]}


@pytest.mark.parametrize("name", FAILING)
def test_a_report_that_fails_is_recorded_and_told(run: Run, name: str) -> None:
    failing, account = FAILING[name], run.accounts[name]
    missing = [each for each in account["reasons"] if each["url"].endswith(BAD)]
    assert [each["what"] for each in missing] == ["failed"]
    assert failing.why in missing[0]["why"]
    assert (account["found"], account["new"], account["failed"]) == (2, 1, 1)
    assert run.errors(name) == ({failing.error} if failing.error else set())
    assert missing[0]["url"] in run.told


@pytest.mark.parametrize("name", FAILING)
def test_a_report_that_is_missing_leaves_its_portal_incomplete(run: Run, name: str) -> None:
    assert not run.accounts[name]["complete"]


@pytest.mark.parametrize("name", UNREACHABLE)
def test_a_portal_that_cannot_be_reached_is_recorded_and_told(run: Run, name: str) -> None:
    why, account = UNREACHABLE[name][1], run.accounts[name]
    assert (account["found"], account["complete"]) == (0, False)
    assert why in account["verdict"]
    assert run.errors(name) == {why}
    assert f"{name}: " in run.told


@pytest.mark.parametrize("name", CODED)
def test_the_others_go_on_and_damage_is_told(run: Run, name: str) -> None:
    account, is_whole = run.accounts[name], CODED[name][1]
    assert (account["found"], account["new"], account["complete"]) == (2, 2, is_whole)
    lacking = [(each["what"], "breaks off" in each["why"]) for each in account["reasons"]]
    assert lacking == ([] if is_whole else [("missing part", True)])


def test_the_way_to_resume_is_told(run: Run) -> None:
    assert "--resume" in run.told
    assert "Traceback" not in run.told


FULL_DISK = """
import errno, os
import archive.warc.files as files
from gongkai import main
room, write = [6000], os.write
def full(descriptor, data):
    room[0] -= len(data)
    if room[0] < 0:
        raise OSError(errno.ENOSPC, "No space left on device")
    return write(descriptor, data)
class Os:
    def __getattr__(self, name):
        return full if name == "write" else getattr(os, name)
files.os = Os()
main()
"""


def test_a_full_disk_ends_the_run_with_one_clear_line_and_loses_nothing(tmp_path: Path) -> None:
    with Server(site.site()) as server:
        _, _, _, *arguments = crawl_command(tmp_path, "--url", server.url + "/")
        done = subprocess.run(
            [sys.executable, "-c", FULL_DISK, *arguments], capture_output=True, text=True,
            timeout=60, cwd=ROOT, env=environment(),
        )  # fmt: skip
        assert done.returncode not in (0, 1)
        assert "No space left on device" in done.stderr
        assert "Traceback" not in done.stderr
        again = crawl(tmp_path, "--url", server.url + "/")
    assert again.returncode == 0, again.stderr
    pages = {row["url"] for row in captured(tmp_path) if row["role"] == "page"}
    assert pages == {server.url + site.report_path(year) for year in site.YEARS}
