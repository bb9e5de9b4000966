"""The database: rows replaced, the same bytes whatever the order, switched in safely."""

import random
import sqlite3
from contextlib import closing
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive import texts
from archive.database import DatabaseWriter, digest, open_readonly, switch_in
from archive.errors import BusyError, GongkaiError, SurroundingsError
from archive.indexing import load
from archive.records import Reading
from archive.rows import decimal_text, number, report_id
from archive.store import Archive
from archive.withdrawals import Withdrawal
from tests.archive.conftest import write
from tests.archive.exchanges import exchange, plain
from tests.archive.readings import capture, figure, reading, report, source


def many() -> list[Reading]:
    made = []
    for n in range(30):
        page = capture(f"c{n}", f"http://www.a.gov.cn/{n % 20}.html", date=f"2024-01-{n + 1:02}")
        figures = [figure("requests.new", n % 7), figure("requests.carried_in", None)]
        made.append(reading(page, report(*figures, year=2010 + n % 10, text=f"正文{n}")))
    return made


def build(path: Path, readings: list[Reading]) -> Path:
    with DatabaseWriter(path.with_suffix(".scratch")) as database:
        for one in readings:
            database.add_captures([one.page])
            database.replace(one)
        database.finish({"declarations": "x"})
        database.compact_into(path)
    return path


def test_equal_rows_give_equal_bytes_in_any_order(tmp_path: Path) -> None:
    readings = many()
    first = build(tmp_path / "first.db", readings)
    shuffled = readings + readings[:10]
    random.Random(3).shuffle(shuffled)
    second = build(tmp_path / "second.db", shuffled)
    assert first.read_bytes() == second.read_bytes()
    assert digest(first) == digest(second) == digest(tmp_path / "second.scratch")


def test_other_rows_give_another_digest(tmp_path: Path) -> None:
    first = build(tmp_path / "first.db", many())
    second = build(tmp_path / "second.db", many()[:-1])
    assert digest(first) != digest(second)


def test_finishing_twice_changes_nothing(tmp_path: Path) -> None:
    path = tmp_path / "a.db"
    with DatabaseWriter(path) as database:
        for one in many():
            database.replace(one)
        database.finish()
        once = digest(path)
        database.finish()
    assert digest(path) == once


def test_a_new_reading_replaces_all_rows_of_the_old(tmp_path: Path) -> None:
    page = capture("p")
    with DatabaseWriter(tmp_path / "a.db") as database:
        database.replace(reading(page, report(figure("requests.new")), report(ordinal=1)))
        database.replace(reading(page, report(figure("requests.carried_in", 5))))
        rows = database.query("SELECT indicator, value, value_std FROM observations")
        assert [tuple(row) for row in rows] == [("requests.carried_in", "5", 5)]
        tables = ("reports", "checks", "problems", "report_agencies", "documents", *texts.TABLES)
        for table in tables:
            assert len(database.query(f"SELECT * FROM {table}")) == 1
        database.replace(Reading(page, ()))
        for table in ("reports", "observations", "documents"):
            assert not database.query(f"SELECT * FROM {table}")


def test_a_reading_is_stored_whole_or_not_at_all(tmp_path: Path) -> None:
    with DatabaseWriter(tmp_path / "a.db") as database:
        with pytest.raises(GongkaiError, match="UNIQUE"):
            database.replace(reading(capture("p"), report(), report()))
        assert not database.query("SELECT * FROM documents")


def test_a_report_is_known_by_its_address() -> None:
    page = capture("p", "https://www.a.gov.cn/r.html#x")
    assert report_id(page, 0) == report_id(capture("q", "http://a.gov.cn/r.html"), 0)
    assert report_id(page, 0) != report_id(page, 1)
    posted = capture("q", page.url, notes='{"request_body_sha256":"ab"}')
    assert report_id(posted, 0) != report_id(page, 0)
    file = capture("f", "urn:sha256:0", payload_sha256="1" * 64)
    same = capture("g", "file:///b", payload_sha256="1" * 64)
    assert report_id(file, 0) == report_id(same, 0)


@given(st.decimals(allow_nan=False, allow_infinity=False, places=4))
def test_decimals_stay_exact(value: Decimal) -> None:
    text = decimal_text(value)
    assert text is not None
    assert "E" not in text
    assert Decimal(text) == value


def test_numbers() -> None:
    assert number(Decimal("12.00")) == 12
    assert isinstance(number(Decimal("1E+3")), int)
    assert number(Decimal("0.5")) == 0.5
    assert number(Decimal("1e30")) == 1e30
    assert number(None) is None


def test_a_database_of_another_version_is_refused(tmp_path: Path) -> None:
    with closing(sqlite3.connect(tmp_path / "a.db")) as old:
        old.execute("CREATE TABLE captures (x)")
    with pytest.raises(SurroundingsError, match="gongkai rebuild"):
        DatabaseWriter(tmp_path / "a.db")


def test_the_new_database_takes_the_place_of_one_in_use(archive: Archive, tmp_path: Path) -> None:
    write(archive, exchange(plain()))
    fresh = build(tmp_path / "fresh.db", many())
    expected = digest(fresh)
    with (
        DatabaseWriter(archive.database_path) as old,
        closing(open_readonly(archive.database_path)) as reader,
    ):
        old.replace(many()[0])  # leaves a write-ahead log behind
        assert archive.database_path.with_name("gongkai.db-wal").exists()
        switch_in(archive, fresh)
        assert reader.execute("SELECT count(*) FROM reports").fetchone()[0] <= 1
    assert digest(archive.database_path) == expected
    with closing(open_readonly(archive.database_path)) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchone()[0] == "ok"


def test_nothing_is_switched_in_beside_a_writer(archive: Archive, tmp_path: Path) -> None:
    fresh = build(tmp_path / "fresh.db", many())
    with archive.lock("a crawl"), pytest.raises(BusyError):
        switch_in(Archive(archive.directory), fresh)
    assert fresh.exists()


def test_the_database_of_a_crawl_equals_one_loaded_anew(archive: Archive, tmp_path: Path) -> None:
    write(archive, exchange(plain()), exchange(b"", error="timeout"))
    write(archive, exchange(plain()), run_id="run2")
    with DatabaseWriter(archive.database_path) as live:
        live.finish()
    with DatabaseWriter(tmp_path / "fresh.db") as fresh:
        assert load(archive, fresh) == ()
        fresh.finish()
    assert digest(archive.database_path) == digest(tmp_path / "fresh.db")


def test_corrections_are_kept_beside_the_figures(archive: Archive) -> None:
    write(archive, exchange(plain()))
    page = capture("p")
    archive.corrections_dir.mkdir()
    head = "report_id,indicator,applicant,raw,value,reason,author\n"
    key = report_id(page, 0)
    lines = f"{key},requests.new,total,7,8,misprint,me\n{key},requests.new,total,9,8,misprint,me\n"
    (archive.corrections_dir / "a.csv").write_text(head + lines, encoding="utf-8")
    with DatabaseWriter(archive.directory / "x.db") as database:
        load(archive, database)
        database.replace(reading(page, report(figure("requests.new", 7))))
        database.finish()
        states = database.query("SELECT raw, state FROM corrections ORDER BY raw")
        assert [tuple(row) for row in states] == [("7", "applied"), ("9", "stale")]
        (stale,) = database.query("SELECT * FROM problems WHERE stage = 'correction'")
        assert "'9'" in stale["detail"]
        assert database.query("SELECT value FROM observations")[0][0] == "7"


def test_a_correction_without_reason_is_refused(archive: Archive, tmp_path: Path) -> None:
    write(archive, exchange(plain()))
    archive.corrections_dir.mkdir()
    (archive.corrections_dir / "a.csv").write_text("report_id,indicator,raw,value\nr,i,1,2\n")
    with DatabaseWriter(tmp_path / "x.db") as database, pytest.raises(GongkaiError, match="line 2"):
        load(archive, database)


@pytest.mark.parametrize("name", ["page", "again"])
def test_a_withdrawal_takes_parts_and_revisits_along(tmp_path: Path, name: str) -> None:
    page, again = capture("page"), capture("again", kind="revisit", refers_to="urn:page")
    part = capture("part", "http://www.a.gov.cn/a.docx", role="part", part_of="urn:page")
    other = capture("other", "http://www.a.gov.cn/other.html")
    with DatabaseWriter(tmp_path / "a.db") as database:
        database.add_captures([page, again, part, other])
        database.replace(Reading(page, (source(page, report()), source(part, report()))))
        for one in (again, other):
            database.replace(reading(one, report()))
        with database.transaction():
            database.insert_withdrawal(Withdrawal(f"urn:{name}", "2024-01-01", "private"))
        left = {row[0] for row in database.query("SELECT snapshot FROM documents")}
        assert left == {row[0] for row in database.query("SELECT snapshot FROM reports")}
    kept = {"page": {"urn:other"}, "again": {"urn:page", "urn:part", "urn:other"}}
    assert left == kept[name]
