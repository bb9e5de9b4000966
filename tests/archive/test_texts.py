"""The file of texts beside the figures: always that of the same rows, whatever happens."""

import sqlite3
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from archive import texts
from archive.database import DatabaseWriter, digest, open_readonly, switch_in
from archive.errors import SurroundingsError
from archive.records import Reading
from archive.store import Archive
from archive.verify import verify
from archive.withdrawals import Withdrawal
from tests.archive.conftest import write
from tests.archive.exchanges import exchange, plain
from tests.archive.readings import capture, figure, reading, report
from tests.conftest import ROOT

PAGE = capture("p")
_BOTH = """SELECT o.value, t.text, s.text, d.markdown FROM observations o
JOIN report_texts t USING (report_id, snapshot) JOIN sections s USING (report_id, snapshot)
JOIN document_texts d ON d.snapshot = o.snapshot"""


def said(value: int, text: str) -> Reading:
    return reading(PAGE, report(figure("requests.new", value), text=text))


def both(connection: sqlite3.Connection) -> list[tuple[object, ...]]:
    return [tuple(row) for row in connection.execute(_BOTH)]


def beside(path: Path) -> list[Path]:
    return sorted(path.parent.glob(f"{path.name}-texts-*"))


def pages(path: Path) -> list[str]:
    """The texts that stand in the database itself."""
    with closing(sqlite3.connect(path)) as connection:
        return [row[0] for row in connection.execute("SELECT text FROM waiting_report_texts")]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A database with one report, settled."""
    found = tmp_path / "gongkai.db"
    with DatabaseWriter(found) as database:
        database.replace(said(1, "第一"))
        database.finish()
    return found


def test_texts_wait_with_the_figures_and_are_settled_beside_them(tmp_path: Path) -> None:
    path = tmp_path / "gongkai.db"
    with DatabaseWriter(path) as database:
        database.replace(said(1, "第一"))
        with closing(open_readonly(path)) as reader:
            waiting, before = both(reader), digest(path)
        assert (pages(path), beside(path)) == (["第一"], [])
        database.finish()
    with closing(open_readonly(path)) as reader:
        assert both(reader) == waiting == [("1", "第一", "正文", "正文")]
        assert len(reader.execute("SELECT * FROM fulltext_reports").fetchall()) == 1
    assert (pages(path), len(beside(path))) == ([], 1)
    assert before != digest(path)  # the links


def test_the_texts_of_equal_rows_have_equal_bytes(path: Path, tmp_path: Path) -> None:
    other = tmp_path / "other.db"
    with DatabaseWriter(other) as database:
        database.replace(said(7, "第七"))
        database.finish()
        database.replace(said(1, "第一"))
        database.finish()
    (first,), (second,) = beside(path), beside(other)
    assert first.read_bytes() == second.read_bytes()
    assert first.name[len(path.name) :] == second.name[len(other.name) :]


def test_a_page_read_anew_hides_its_former_texts_at_once(path: Path) -> None:
    with DatabaseWriter(path) as database:
        database.replace(said(2, "第二"))
        with closing(open_readonly(path)) as reader:
            assert both(reader) == [("2", "第二", "正文", "正文")]
        database.replace(Reading(PAGE, ()))
        with closing(open_readonly(path)) as reader:
            for table in texts.TABLES:
                assert not reader.execute(f"SELECT * FROM {table}").fetchall()


def test_what_was_withdrawn_is_in_no_file(path: Path) -> None:
    former = beside(path)
    assert "第一".encode() in former[0].read_bytes()
    with DatabaseWriter(path) as database:
        with database.transaction():
            database.add_captures([PAGE])
            database.insert_withdrawal(Withdrawal(PAGE.record_id, "2024-01-01", "private"))
        database.relink()
    assert beside(path) != former
    assert not any("第一".encode() in one.read_bytes() for one in beside(path))


def test_a_reader_keeps_its_pair(path: Path) -> None:
    with closing(open_readonly(path)) as reader:
        former = both(reader)
        with DatabaseWriter(path) as database:
            database.replace(said(2, "第二"))
            database.finish()
        assert both(reader) == former
    with closing(open_readonly(path)) as reader:
        assert both(reader) == [("2", "第二", "正文", "正文")]
    assert len(beside(path)) == 1


def test_a_reader_keeps_its_pair_when_another_is_switched_in(
    archive: Archive, tmp_path: Path
) -> None:
    archive.create()
    fresh = tmp_path / "fresh.db"
    for number, target in enumerate((archive.database_path, fresh)):
        with DatabaseWriter(target) as database:
            database.replace(said(number, str(number)))
            database.finish()
    with closing(open_readonly(archive.database_path)) as reader:
        switch_in(archive, fresh)
        assert both(reader)[0][:2] == ("0", "0")
    with closing(open_readonly(archive.database_path)) as reader:
        assert both(reader)[0][:2] == ("1", "1")
    assert len(beside(archive.database_path)) == 1


def test_figures_are_read_without_the_texts(path: Path) -> None:
    (gone,) = beside(path)
    gone.unlink()
    with closing(open_readonly(path)) as reader:
        assert reader.execute("SELECT value FROM observations").fetchone()[0] == "1"
        with pytest.raises(sqlite3.OperationalError, match="no such table"):
            reader.execute("SELECT * FROM sections")
        with pytest.raises(SurroundingsError, match=f"{gone.name} is missing .*gongkai rebuild"):
            texts.require(reader, path)
    for use in (DatabaseWriter, digest):
        with pytest.raises(SurroundingsError, match=gone.name):
            use(path)


@pytest.mark.parametrize(
    "damage",
    [lambda whole: b"", lambda whole: whole[:-4096], lambda whole: b"?" * len(whole)],
    ids=["empty", "part", "other"],
)
def test_figures_are_read_beside_damaged_texts(
    path: Path, damage: Callable[[bytes], bytes]
) -> None:
    (damaged,) = beside(path)
    damaged.write_bytes(damage(damaged.read_bytes()))
    with closing(open_readonly(path)) as reader:
        assert reader.execute("SELECT value FROM observations").fetchone()[0] == "1"
        with pytest.raises(SurroundingsError, match=f"{damaged.name} is missing or damaged"):
            texts.require(reader, path)


def test_the_file_of_texts_may_be_a_symbolic_link(path: Path, tmp_path: Path) -> None:
    (file,) = beside(path)
    file.rename(tmp_path / "object")
    file.symlink_to(tmp_path / "object")
    with closing(open_readonly(path)) as reader:
        texts.require(reader, path)
        assert both(reader) == [("1", "第一", "正文", "正文")]


def test_damaged_texts_are_replaced_by_a_rebuild(archive: Archive, tmp_path: Path) -> None:
    archive.create()
    for target in (archive.database_path, tmp_path / "fresh.db"):
        with DatabaseWriter(target) as database:
            database.replace(said(1, "第一"))
            database.finish()
    (file,) = beside(archive.database_path)
    sound = file.read_bytes()
    file.write_bytes(sound[:-1])
    switch_in(archive, tmp_path / "fresh.db")
    assert [one.read_bytes() for one in beside(archive.database_path)] == [sound]


def test_a_failed_linking_pass_leaves_the_former_texts(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    former, before = beside(path), digest(path)

    def fail(_path: Path) -> None:
        raise OSError("no space left")

    monkeypatch.setattr(texts, "_sync", fail)
    with DatabaseWriter(path) as database, pytest.raises(SurroundingsError, match="no space"):
        database.finish()
    assert (beside(path), digest(path)) == (former, before)


def test_verify_looks_at_the_texts(archive: Archive) -> None:
    write(archive, exchange(plain()))
    with DatabaseWriter(archive.database_path) as database:
        database.finish()
    assert verify(archive).findings == []
    (file,) = beside(archive.database_path)
    kept = file.read_bytes()
    file.write_bytes(kept[:-1] + bytes([kept[-1] ^ 1]))
    assert [finding.kind for finding in verify(archive).findings] == ["texts_differ"]
    file.unlink()
    assert [finding.kind for finding in verify(archive).findings] == ["texts_missing"]


def test_a_large_first_run_leaves_no_empty_database(tmp_path: Path) -> None:
    path = tmp_path / "gongkai.db"
    with DatabaseWriter(path) as database:
        database.replace(said(1, "字" * 1_000_000))
        database.finish()
    assert path.stat().st_size < 500_000 < beside(path)[0].stat().st_size


@pytest.mark.timeout(300)
def test_sigkill_leaves_a_pair_whenever_it_comes(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "tests.archive.killed_settler", str(tmp_path)]
    done = subprocess.run(command, capture_output=True, text=True, cwd=ROOT, check=False)
    assert done.returncode == 0, done.stderr
    assert int(done.stdout) > 15


def test_texts_are_copied_where_files_cannot_be_linked(
    path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(_self: Path, _target: Path) -> None:
        raise OSError

    monkeypatch.setattr(Path, "hardlink_to", refuse)
    with DatabaseWriter(path) as database:
        database.compact_into(tmp_path / "copy.db")
    assert [one.read_bytes() for one in beside(tmp_path / "copy.db")] == [
        one.read_bytes() for one in beside(path)
    ]
    assert digest(tmp_path / "copy.db") == digest(path)
