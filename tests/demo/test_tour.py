"""What the tour promises: the demo portal's reports, and only those, with the figures printed."""

import json
import os
import subprocess
import sys
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from archive.errors import GongkaiError, UsageError
from crawler.demo import DemoPortal, command
from crawler.demo.sample import load_sample
from tests.conftest import ROOT


def gongkai(*arguments: str) -> str:
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    run = subprocess.run(
        [sys.executable, "-m", "gongkai", *arguments],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
        timeout=100,
    )
    assert run.returncode == 0, run.stderr
    return run.stdout


@pytest.fixture(scope="module")
def demo_archive(tmp_path_factory: pytest.TempPathFactory) -> str:
    archive = str(tmp_path_factory.mktemp("demo") / "archive")
    with DemoPortal() as portal:
        where = ("--allow-host", "127.0.0.1", "--delay", "0", "--archive", archive)
        gongkai("crawl", "--url", portal.url, *where)
    gongkai("rebuild", "--archive", archive)
    return archive


def ask(archive: str, statement: str) -> list[dict[str, Any]]:
    answer = gongkai("sql", statement, "--format", "json", "--archive", archive)
    rows: list[dict[str, Any]] = json.loads(answer)
    return rows


def test_the_reports_are_found_and_only_those(demo_archive: str) -> None:
    wanted = Counter(
        (page.title, int(page.year), page.form)
        for page in load_sample().pages
        if page.kind in ("report", "attachment")
    )
    rows = ask(demo_archive, "SELECT title, year, form FROM reports")
    assert Counter((row["title"], row["year"], row["form"]) for row in rows) == wanted


def test_figures_are_those_printed(demo_archive: str) -> None:
    rows = ask(
        demo_archive,
        "SELECT r.year, o.indicator, o.value FROM observations o"
        " JOIN reports r USING (report_id, snapshot) WHERE r.agency LIKE '莆田%'"
        " AND o.method = 'table' AND o.applicant IN ('', 'total') AND o.period = 'year'"
        " AND o.indicator IN ('requests.new', 'requests.carried_in', 'requests.carried_out',"
        " 'proactive.items', 'proactive.normative.in_force')",
    )
    found = {(row["year"], row["indicator"]): int(row["value"]) for row in rows}
    assert found[2012, "proactive.items"] == 48
    assert found[2016, "proactive.items"] == 34
    assert [found[year, "requests.new"] for year in (2019, 2021, 2022, 2023, 2024)] == [
        0,
        0,
        3,
        2,
        0,
    ]
    assert found[2022, "requests.carried_out"] == found[2023, "requests.carried_in"] == 1
    in_force = [found[year, "proactive.normative.in_force"] for year in range(2021, 2025)]
    assert in_force == [10, 11, 6, 7]


def test_blank_cells_stay_blank(demo_archive: str) -> None:
    rows = ask(
        demo_archive,
        "SELECT o.status, count(*) AS n FROM observations o"
        " JOIN reports r USING (report_id, snapshot)"
        " WHERE r.agency LIKE '晋江%' AND r.year = 2023 AND o.method = 'table' GROUP BY o.status",
    )
    counts = {row["status"]: row["n"] for row in rows}
    assert counts["blank"] == 5
    assert counts["reported"] > 150


def test_only_the_publisher_who_erred_fails(demo_archive: str) -> None:
    rows = ask(
        demo_archive,
        "SELECT DISTINCT r.agency, r.year FROM checks c JOIN reports r USING (report_id, snapshot)"
        " WHERE c.verdict = 'fails'",
    )
    assert [(row["agency"], row["year"]) for row in rows] == [("温州市科学技术局", 2017)]


def test_the_report_in_the_attachment_is_read_from_it(demo_archive: str) -> None:
    rows = ask(
        demo_archive, "SELECT source_url, page_url FROM reports WHERE agency LIKE '%知识产权局'"
    )
    assert [row["source_url"].rsplit(".", 1)[1] for row in rows] == ["docx"]
    assert rows[0]["page_url"].endswith(".html")


def test_the_demo_deletes_only_what_it_made(tmp_path: Path) -> None:
    target = tmp_path / "archive"
    command.prepare(target, keep=False)
    (target / "old").write_text("x")
    command.prepare(target, keep=True)
    assert (target / "old").is_file()
    command.prepare(target, keep=False)
    assert not (target / "old").exists()
    foreign = tmp_path / "mine"
    foreign.mkdir()
    (foreign / "thesis.txt").write_text("years of work")
    with pytest.raises(UsageError, match="not made by the demo"):
        command.prepare(foreign, keep=False)
    assert (foreign / "thesis.txt").is_file()


def test_the_tour_stops_where_a_command_fails(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ran: list[list[str]] = []

    def fail_to_rebuild(arguments: list[str], **_: object) -> subprocess.CompletedProcess[str]:
        ran.append(arguments[3:])
        return subprocess.CompletedProcess(arguments, 3 if "rebuild" in arguments else 1)

    monkeypatch.setattr("crawler.demo.command.subprocess.run", fail_to_rebuild)
    result = CliRunner().invoke(command.demo, ["--archive", str(tmp_path / "archive")])
    assert isinstance(result.exception, GongkaiError)
    assert [arguments[0] for arguments in ran] == ["crawl", "rebuild"]
    assert "$ gongkai crawl --url http://127.0.0.1:" in result.output
