"""The lock, and archives that are not there."""

import subprocess
import sys
from pathlib import Path

import pytest

from archive.errors import BusyError, SurroundingsError, UsageError
from archive.index import SqliteCaptureIndex
from archive.store import Archive
from archive.warc.reader import iter_captures
from archive.warc.writer import WarcWriter
from tests.archive.conftest import write
from tests.archive.exchanges import exchange, plain


def test_a_second_writer_is_refused_with_the_name_of_the_first(archive: Archive) -> None:
    with (
        WarcWriter(archive, "first"),
        pytest.raises(BusyError, match="run first"),
        WarcWriter(Archive(archive.directory), "second"),
    ):
        pass
    with WarcWriter(Archive(archive.directory), "third"):
        pass


def test_a_second_process_is_refused(archive: Archive) -> None:
    program = (
        "import sys; from pathlib import Path; from archive.store import Archive\n"
        "with Archive(Path(sys.argv[1])).lock('other'): pass"
    )
    command = [sys.executable, "-c", program, str(archive.directory)]
    with archive.lock("a crawl"):
        refused = subprocess.run(command, capture_output=True, text=True, check=False)
    assert "BusyError" in refused.stderr
    assert "a crawl" in refused.stderr
    assert subprocess.run(command, check=False).returncode == 0


def test_whoever_holds_the_lock_may_take_it_again(archive: Archive) -> None:
    with archive.lock("outer"), archive.lock("inner"), WarcWriter(archive, "run1"):
        pass
    with Archive(archive.directory).lock("after"):
        pass


def test_waiting_ends(archive: Archive) -> None:
    with (
        archive.lock("one"),
        pytest.raises(BusyError),
        Archive(archive.directory).lock("two", wait_seconds=0.3),
    ):
        pass


def test_no_archive_is_told(archive: Archive) -> None:
    with pytest.raises(SurroundingsError, match="no archive at"):
        list(iter_captures(archive))


def test_a_missing_database_is_never_an_empty_past(archive: Archive) -> None:
    write(archive, exchange(plain()))
    archive.database_path.unlink()
    with pytest.raises(SurroundingsError, match="gongkai rebuild"):
        SqliteCaptureIndex(archive)
    with pytest.raises(SurroundingsError, match="gongkai rebuild"):
        archive.require_database()
    with pytest.raises(SurroundingsError, match="gongkai rebuild"), WarcWriter(archive, "run2"):
        pass
    with archive.lock("free again"):
        pass


def test_a_folder_that_cannot_be_made_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    with pytest.raises(SurroundingsError, match="file"):
        Archive(tmp_path / "file" / "archive").create()


@pytest.mark.parametrize("name", ["", "../up", "a/b", "a b", ".hidden"])
def test_run_ids_are_plain_names(archive: Archive, name: str) -> None:
    with pytest.raises(UsageError):
        WarcWriter(archive, name)
