"""The doctor without a portal, and the log for machines."""

import json
import logging
import shutil
from contextlib import closing
from datetime import timedelta
from pathlib import Path
from types import SimpleNamespace

import pytest
from click.testing import CliRunner, Result

import gongkai
from archive.clock import iso, told_by, utc_now
from archive.state import open_state
from archive.store import Archive
from crawler import installation
from crawler.logs import JsonLines
from crawler.portals import named_portals
from pipelines.reading import settle
from tests.crawler import site
from tests.crawler.running import crawl
from tests.crawler.server import Server


def doctor(archive: Path) -> Result:
    return CliRunner().invoke(gongkai.cli, ["doctor", "--archive", str(archive)])


def levels(archive: Path) -> dict[str, str]:
    return {one.subject: one.level for one in installation.examine_installation(Archive(archive))}


@pytest.fixture(scope="module")
def crawled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    archive = tmp_path_factory.mktemp("installation")
    with Server(site.site()) as server:
        done = crawl(archive, "--url", server.url + "/", "--log-format", "json", "-s",
                     "LOG_LEVEL=INFO")  # fmt: skip
    lines = [json.loads(line) for line in done.stderr.splitlines()]
    (begun,) = {line["run"] for line in lines} - {""}
    assert any("9 found, 9 new" in line["message"] for line in lines)
    assert begun
    settle(Archive(archive))
    return archive


def test_a_sound_installation(crawled: Path) -> None:
    done = doctor(crawled)
    assert done.exit_code == 0, done.output
    assert "made by this version" in done.output
    assert set(levels(crawled).values()) <= {installation.OK, installation.NOTE}


def test_an_archive_without_its_database(crawled: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copy"
    shutil.copytree(crawled, copy)
    (copy / "gongkai.db").unlink()
    assert levels(copy)["database"] == installation.PROBLEM
    assert doctor(copy).exit_code == 1


def test_a_clock_that_runs_behind(crawled: Path) -> None:
    late = utc_now() - timedelta(days=400)
    with told_by(lambda: late):
        assert levels(crawled)["clock"] == installation.PROBLEM


def test_a_disk_that_is_nearly_full(crawled: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    nearly_full = SimpleNamespace(total=10**12, used=10**12, free=10**6)
    monkeypatch.setattr(shutil, "disk_usage", lambda _path: nearly_full)
    assert levels(crawled)["disk"] == installation.PROBLEM


def test_an_archive_that_is_busy(crawled: Path) -> None:
    with Archive(crawled).lock("another crawl"):
        found = installation.examine_installation(Archive(crawled))
    (lock,) = [one for one in found if one.subject == "lock"]
    assert lock.level == installation.NOTE
    assert "another crawl" in lock.detail


def test_no_archive_is_no_fault(tmp_path: Path) -> None:
    assert doctor(tmp_path / "none").exit_code == 0


def test_a_log_line_keeps_no_password() -> None:
    record = logging.LogRecord(
        "scrapy",
        logging.ERROR,
        "x.py",
        1,
        "no answer from http://me:pass@proxy:8080/ 公开",
        (),
        None,
    )
    told = json.loads(JsonLines(lambda: "run1").format(record))
    assert told["message"] == "no answer from http://proxy:8080/ 公开"
    assert (told["run"], told["level"]) == ("run1", "ERROR")


def test_looks_that_nobody_makes_are_told(tmp_path: Path) -> None:
    archive = Archive(tmp_path)
    archive.create()
    days_ago = iso(utc_now() - timedelta(days=100))
    row = {"portal": named_portals(())[0].name, "last_at": days_ago, "full_at": days_ago}
    row |= {"whole_at": days_ago, "outcome": "complete", "years": "{}"}
    with closing(open_state(archive.state_path)) as state:
        state.table("timetable").insert(row | {"troubles": 0, "quiet": 1, "unconfirmed": 0})
    (told,) = [
        one for one in installation.examine_installation(archive) if one.subject == "timetable"
    ]
    assert (told.level, "1 portal(s) overdue by days" in told.detail) == (installation.NOTE, True)
