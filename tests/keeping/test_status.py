"""`gongkai status`: what the keeper sees at a glance."""

import json
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from click.testing import CliRunner

import gongkai
from archive.state import next_looks, open_state
from archive.store import Archive
from tests.keeping.changed_corpus import build

ALARM = {"portal": "kjj", "kind": "nothing_found", "level": "alarm", "text": "gave 15, gives none"}
LOOKS = (("b", "2999-01-01T00:00:00Z", "every 30 days"), ("a", "2024-01-01T00:00:00Z", "missing"))


@pytest.fixture
def archive(tmp_path: Path) -> Archive:
    archive = Archive(build(tmp_path / "archive"))
    archive.create()
    with closing(sqlite3.connect(archive.database_path)) as database, database:
        at = "2024-08-01T08:00:00Z"
        row = ("run-1", "crawl", at, at, json.dumps({"alarms": [ALARM]}))
        database.execute("INSERT INTO runs VALUES (?, ?, ?, ?, ?)", row)
    with closing(open_state(archive.state_path)) as state:
        rows = ({"portal": p, "due_at": at, "reason": reason} for p, at, reason in LOOKS)
        state.table("timetable").insert_all(rows)
    return archive


def status(archive: Archive, form: str) -> str:
    words = ["status", "--archive", str(archive.directory), "--format", form]
    done = CliRunner().invoke(gongkai.cli, words)
    assert done.exit_code == 0, done.output
    return done.stdout


def test_alarms_due_times_and_disk_are_shown(archive: Archive) -> None:
    told = json.loads(status(archive, "json"))
    assert told["alarms"] == [ALARM]
    assert told["runs"][0]["outcome"] in ("alarm", "unfinished")
    assert (told["timetable"]["portals"], told["timetable"]["due"]) == (2, 1)
    assert told["timetable"]["next"]["portal"] == "a"
    assert told["free_bytes"] > 0
    text = status(archive, "text")
    assert "ALARM nothing_found: kjj: gave 15, gives none" in text
    assert "1 of 2 portal(s) due; first a at 2024-01-01T00:00:00Z (missing)" in text
    assert "GiB free" in text


def test_a_state_that_cannot_be_read_is_no_error(tmp_path: Path) -> None:
    path = tmp_path / "state.db"
    assert next_looks(path) == []
    path.write_bytes(b"no database at all, and long enough to be looked at" * 9)
    assert next_looks(path) == []
