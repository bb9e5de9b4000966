"""The state is migrated: an old one is brought up, a newer one is refused."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from sqlite_utils import Database

from archive.errors import SurroundingsError
from archive.state import migrations, open_state


def test_a_new_state_has_all_tables_and_stays_as_it_is(tmp_path: Path) -> None:
    path = tmp_path / "state.db"
    for _ in range(2):
        with closing(open_state(path)) as database:
            assert {"crawl_pauses", "crawl_runs"} <= set(database.table_names())
            assert migrations.pending(database) == []
            database.table("crawl_runs").upsert({"run_id": "r", "asked": "x"}, pk="run_id")
    with closing(open_state(path)) as database:
        assert database.table("crawl_runs").count == 1


def test_a_state_from_before_migrations_keeps_its_rows(tmp_path: Path) -> None:
    path = tmp_path / "state.db"
    with closing(Database(path)) as old:
        old.table("crawl_pauses").create({"host": str, "wall": str, "until": str}, pk="host")
        old.table("crawl_pauses").insert({"host": "h", "wall": "captcha", "until": "2024"})
    with closing(open_state(path)) as database:
        assert [row["host"] for row in database.table("crawl_pauses").rows] == ["h"]
        assert migrations.pending(database) == []


def test_a_newer_state_is_refused_and_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "state.db"
    with closing(open_state(path)) as database:
        row = {"migration_set": migrations.name, "name": "m999_later", "applied_at": "2030"}
        database.table("_sqlite_migrations").insert(row)
    before = path.read_bytes()
    with pytest.raises(SurroundingsError, match="m999_later"):
        open_state(path)
    assert path.read_bytes() == before


def test_what_is_no_database_is_put_aside(tmp_path: Path) -> None:
    path = tmp_path / "state.db"
    path.write_bytes(b"no database" * 100)
    with closing(open_state(path)) as database:
        assert migrations.pending(database) == []
    assert (tmp_path / "state.db.unreadable").read_bytes() == b"no database" * 100


def test_a_state_that_cannot_be_written_is_told_and_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "state.db"
    with closing(sqlite3.connect(path)) as holder:
        holder.execute("PRAGMA locking_mode = EXCLUSIVE")
        holder.execute("CREATE TABLE kept (x)")
        holder.execute("BEGIN EXCLUSIVE")
        with pytest.raises(SurroundingsError, match="locked"):
            open_state(path)
    assert not (tmp_path / "state.db.unreadable").exists()
