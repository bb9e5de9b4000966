"""What a crawl gives its hook: events and alarms from the first run with it on, each once."""

import json
import shlex
import sqlite3
import sys
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from archive.clock import told_by
from archive.store import Archive
from archive.telling import Listener
from tests.keeping.changed_corpus import build

KEEP = "import sys; open({!r}, 'ab').write(sys.stdin.buffer.read())"
ALARM = {"portal": "kjj", "kind": "nothing_found", "level": "alarm", "text": "gave 15, gives none"}
NOTICE = {**ALARM, "kind": "redesigned", "level": "notice"}


@pytest.fixture
def archive(tmp_path: Path) -> Archive:
    archive = Archive(build(tmp_path / "archive"))
    with closing(sqlite3.connect(archive.database_path)) as database, database:
        for month in (8, 10):
            at = f"2024-{month:02}-01T08:00:00.000000Z"
            account = json.dumps({"alarms": [ALARM, NOTICE]})
            row = (f"run-{month}", "crawl", at, at, account)
            database.execute("INSERT INTO runs VALUES (?, ?, ?, ?, ?)", row)
    return archive


def first_heard_of(day: str) -> Callable[[], datetime]:
    return lambda: datetime.fromisoformat(day).replace(tzinfo=UTC)


def given(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()]


def test_what_came_since_the_first_run_with_the_hook_is_given_once(
    archive: Archive, tmp_path: Path
) -> None:
    command = shlex.join([sys.executable, "-c", KEEP.format(str(tmp_path / "kept"))])
    with told_by(first_heard_of("2024-09-01")):
        assert Listener(archive, command).tell().delivered == 3
    told = given(tmp_path / "kept")
    assert [each["kind"] for each in told] == ["figures_changed", "removed", "alarm"]
    assert told[-1]["run_id"] == "run-10"
    assert told[-1]["alarm"] == "nothing_found"
    with told_by(first_heard_of("2024-12-01")):
        assert Listener(archive, command).tell().delivered == 0


def test_what_a_run_that_died_left_untold_is_told_by_the_next(
    archive: Archive, tmp_path: Path
) -> None:
    command = shlex.join([sys.executable, "-c", KEEP.format(str(tmp_path / "kept"))])
    with told_by(first_heard_of("2024-09-20")):
        Listener(archive, command)
    with told_by(first_heard_of("2024-12-01")):
        assert Listener(archive, command).tell().delivered == 3


def test_an_archive_without_a_database_has_nothing_to_tell(tmp_path: Path) -> None:
    assert Listener(Archive(tmp_path / "new"), "false").tell().failures == []
