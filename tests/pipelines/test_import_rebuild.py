"""Saved files to rows and back: import, rebuild, and what goes wrong."""

import contextlib
import csv
import io
import os
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest

from archive.database import DatabaseWriter, digest
from archive.records import Reading
from archive.store import Archive
from pipelines import workers
from pipelines.outcomes import Outcome
from pipelines.reading import settle
from pipelines.tasks import Task, stored_tasks, unread
from pipelines.workers import read_all
from tests.pipelines.conftest import NEWS, REPORT, Shell


def rows(shell: Shell, table: str) -> list[dict[str, str]]:
    result = shell("export", table)
    assert result.exit_code == 0, result.output
    return list(csv.DictReader(io.StringIO(result.stdout)))


def test_a_saved_report_becomes_rows_that_lead_back_to_it(shell: Shell, saved: Path) -> None:
    assert shell("import", saved).exit_code == 0
    (report,) = rows(shell, "reports")
    assert (report["agency_printed"], report["year"]) == ("晋江市科学技术局", "2020")
    published = [row for row in rows(shell, "observations") if row["value"] == "36"]
    (figure,) = published
    assert figure["method"] == "prose"
    assert figure["snapshot"] == report["snapshot"]
    start, _, end = figure["locator"].partition("@")[0].removeprefix("text:").partition("-")
    assert "主动公开政府信息36条" in REPORT[int(start) : int(end)]
    explained = shell("explain", figure["observation_id"]).stdout
    assert next(saved.glob("*.txt")).name in explained


def test_a_second_import_adds_nothing(shell: Shell, saved: Path) -> None:
    shell("import", saved)
    again = shell("import", saved)
    assert again.exit_code == 0
    assert "1 already archived" in again.stderr
    assert len(rows(shell, "captures")) == 1


def test_a_declared_agency_makes_a_new_capture_of_the_same_file(shell: Shell, saved: Path) -> None:
    shell("import", saved)
    shell("import", saved, "--agency", "晋江市科学技术局")
    assert len(rows(shell, "captures")) == 2


def test_files_without_a_report_are_listed_and_kept(shell: Shell, saved: Path) -> None:
    (saved / "news.txt").write_text(NEWS, encoding="utf-8")
    (saved / "empty.txt").write_bytes(b"")
    result = shell("import", saved)
    assert result.exit_code == 1
    assert "news.txt: no report found" in result.stderr
    assert "empty.txt: the file is empty" in result.stderr
    assert len(rows(shell, "captures")) == 2
    assert len(rows(shell, "reports")) == 1


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["no-such-file"], "no such file or folder"),
        (["empty"], "no file in"),
        (["one.txt", "two.txt", "--url", "https://www.example.gov.cn/a.htm"], "2 files"),
    ],
)
def test_wrong_usage_is_one_clear_line(
    shell: Shell, tmp_path: Path, arguments: list[str], said: str
) -> None:
    (tmp_path / "empty").mkdir()
    for name in ("one.txt", "two.txt"):
        (tmp_path / name).write_text(REPORT, encoding="utf-8")
    with contextlib.chdir(tmp_path):
        result = shell("import", *arguments)
    assert result.exit_code == 2
    assert said in result.stderr
    assert len(result.stderr.strip().splitlines()) == 1


def test_a_rebuild_gives_the_same_database(shell: Shell, saved: Path) -> None:
    for number in range(3):
        text = REPORT.replace("36条", f"{number + 40}条")
        (saved / f"more{number}.txt").write_text(text, encoding="utf-8")
    shell("import", saved)
    path = Archive(shell.archive).database_path
    live = digest(path)
    path.unlink()
    assert shell("rebuild", "--jobs", "1").exit_code == 0
    alone = derived(path)
    assert len(alone) == 2
    assert digest(path) == live
    assert shell("rebuild", "--jobs", "2").exit_code == 0
    assert derived(path) == alone
    assert shell("rebuild", "--verify").exit_code == 0


def derived(path: Path) -> dict[str, bytes]:
    """The files of figures and of texts."""
    return {one.name: one.read_bytes() for one in (path, *path.parent.glob(f"{path.name}-texts-*"))}


def test_verify_finds_a_changed_figure(shell: Shell, saved: Path) -> None:
    shell("import", saved)
    path = Archive(shell.archive).database_path
    with contextlib.closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("UPDATE observations SET value = '37' WHERE value = '36'")
    result = shell("rebuild", "--verify")
    assert result.exit_code == 1
    assert "same rows: NO" in result.stderr


def test_rebuilding_nothing_is_told(shell: Shell) -> None:
    result = shell("rebuild")
    assert result.exit_code == 3
    assert "crawl or import first" in result.stderr


def test_what_a_crash_left_unread_is_read_by_settling(shell: Shell, saved: Path) -> None:
    shell("import", saved)
    archive = Archive(shell.archive)
    whole = digest(archive.database_path)
    with DatabaseWriter(archive.database_path) as database:
        (capture,) = database.query("SELECT record_id FROM captures")
        with database.transaction():
            database.forget(capture["record_id"])
        assert len(unread(database)) == 1
    assert settle(archive) == 1
    assert digest(archive.database_path) == whole
    assert settle(archive) == 0


def test_a_dying_worker_costs_one_document(
    shell: Shell, saved: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(4):
        (saved / f"{number}.txt").write_text(REPORT + str(number), encoding="utf-8")
    shell("import", saved)
    archive = Archive(shell.archive)
    monkeypatch.setattr(workers, "read_task", _die_over_the_third)
    with DatabaseWriter(archive.database_path) as database:
        pages = [row["record_id"] for row in database.query("SELECT * FROM captures ORDER BY date")]
        tasks = [task for page in pages for task in stored_tasks(database, page)]
    readings = list(read_all(archive, _marked(tasks), 2))
    kinds = [[problem.kind for _, problem in one.problems] for one in readings]
    assert [one.page.record_id for one in readings] == pages
    assert kinds == [[], [], ["reader_died"], [], []]


def _marked(tasks: list[Task]) -> Iterator[Task]:
    for number, task in enumerate(tasks):
        yield Task(task.page, task.parts, (task.page,) if number == 2 else ())


def _die_over_the_third(directory: Path, task: Task) -> Outcome:
    if task.originals:
        os._exit(1)
    return Outcome.of(Reading(task.page, ()))


def test_judge_reads_and_writes_json_lines(shell: Shell) -> None:
    line = '{"url": "", "title": "莆田市科学技术局2021年政府信息公开工作年度报告", "id": 7}\n'
    result = shell("judge", stdin=line + "\n")
    assert result.exit_code == 0
    assert '"is_report": true' in result.stdout
    assert '"region_code": "350300"' in result.stdout
    assert '"year": 2021' in result.stdout
    assert '"id": 7' in result.stdout


def test_judge_names_the_line_it_cannot_read(shell: Shell) -> None:
    result = shell("judge", stdin='{"title": "x"}\nnot json\n')
    assert result.exit_code == 2
    assert "line 2" in result.stderr
