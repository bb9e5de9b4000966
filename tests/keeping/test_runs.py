"""Crawls one after the other: the account of each is kept, compared, shown, and rebuilt."""

import json
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

import gongkai
from tests.crawler import site
from tests.crawler.running import crawl
from tests.crawler.server import Server, page


def ask(archive: Path, *arguments: str) -> Result:
    return CliRunner().invoke(gongkai.cli, [*arguments, "--archive", str(archive)])


@pytest.fixture(scope="module")
def collection(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, list[int]]:
    """A portal that gives its reports, then takes one down, then shows nothing."""
    archive = tmp_path_factory.mktemp("collection")
    statuses = []
    with Server(site.site()) as server:
        statuses.append(crawl(archive, "--url", server.url + "/").returncode)
        server.routes[site.report_path(2018)] = page("<h1>404</h1>", "404 Not Found")
        statuses.append(crawl(archive, "--url", server.url + "/").returncode)
        server.routes["/"] = page("<p>新闻动态")
        statuses.append(crawl(archive, "--url", server.url + "/").returncode)
    return archive, statuses


def test_the_exit_status_follows_the_account(collection: tuple[Path, list[int]]) -> None:
    assert collection[1] == [0, 0, 1]


def test_runs_are_listed_with_their_alarms(collection: tuple[Path, list[int]]) -> None:
    listed: list[dict[str, Any]] = json.loads(ask(collection[0], "runs", "--format", "json").stdout)
    assert [run["outcome"] for run in listed] == ["alarm", "complete", "complete"]
    assert [(run["found"], run["new"], run["vanished"]) for run in listed] == [
        (0, 0, 0), (9, 0, 1), (9, 9, 0),
    ]  # fmt: skip
    assert [alarm["kind"] for alarm in listed[0]["alarms"]] == ["nothing_found"]
    text = ask(collection[0], "runs").stdout
    assert "nothing_found" in text
    assert ask(collection[0], "runs", "--alarms").stdout.count("2026") <= text.count("2026")


def test_a_run_is_shown_by_the_beginning_of_its_name(collection: tuple[Path, list[int]]) -> None:
    archive, _ = collection
    newest, second, _ = json.loads(ask(archive, "runs", "--format", "json").stdout)
    last = ask(archive, "runs", "last")
    assert last.exit_code == 1
    assert "ALARM nothing_found" in last.stdout
    assert "gave 9 report(s) in an earlier run and now none" in last.stdout
    shown = ask(archive, "runs", second["run_id"][:-1])
    assert shown.exit_code == 0
    assert "1 vanished" in shown.stdout
    assert "vanished: http://127.0.0.1" in shown.stdout
    told = json.loads(ask(archive, "runs", newest["run_id"], "--format", "json").stdout)
    assert told["facts"]["alarms"][0]["level"] == "alarm"
    assert ask(archive, "runs", "no-such-run").exit_code == 2


def test_a_rebuild_restores_the_accounts(collection: tuple[Path, list[int]]) -> None:
    archive, _ = collection
    before = ask(archive, "runs", "--format", "json").stdout
    (archive / "gongkai.db").unlink()
    assert ask(archive, "rebuild", "--jobs", "1").exit_code == 0
    assert ask(archive, "runs", "--format", "json").stdout == before


def test_a_killed_run_is_listed_as_unfinished(
    collection: tuple[Path, list[int]], tmp_path: Path
) -> None:
    archive, _ = collection
    with closing(sqlite3.connect(archive / "gongkai.db")) as database, database:
        (row,) = database.execute("SELECT run_id, account FROM runs ORDER BY started_at").fetchmany(
            1
        )
        database.execute("DELETE FROM runs WHERE run_id = ?", [row[0]])
    database.close()
    listed = json.loads(ask(archive, "runs", "--format", "json").stdout)
    assert listed[-1]["outcome"] == "unfinished"
    assert listed[-1]["run_id"] == row[0]
