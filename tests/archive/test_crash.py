"""Crashes and full disks: nothing acknowledged is lost, and what is left can be read."""

import errno
import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

from archive.errors import SurroundingsError
from archive.index import SqliteCaptureIndex
from archive.store import Archive
from archive.verify import verify
from archive.warc import manifest
from archive.warc.files import OPEN_SUFFIX
from archive.warc.reader import iter_captures, read_part, warc_files
from archive.warc.recovery import TORN_SUFFIX
from archive.warc.writer import WarcWriter
from tests.archive.conftest import write
from tests.archive.exchanges import PAGE, exchange, plain
from tests.conftest import ROOT

KILLS = int(os.environ.get("GONGKAI_KILLS", "8"))


def killed_run(archive: Archive, run_id: str, seconds: float) -> list[tuple[str, str]]:
    """What a writer that was killed after some time had acknowledged."""
    command = [sys.executable, "-m", "tests.archive.killed_writer", str(archive.directory), run_id]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=ROOT) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "started\n"
        time.sleep(seconds)
        process.send_signal(signal.SIGKILL)
        lines = process.stdout.read().splitlines(keepends=True)
    told = [line.split() for line in lines if line.endswith("\n")]
    return [(record_id, sha256) for record_id, sha256 in told]


@pytest.mark.timeout(60 + 5 * KILLS)
def test_sigkill_loses_nothing_that_was_acknowledged(archive: Archive) -> None:
    drawn = random.Random(5)
    acknowledged: dict[str, str] = {}
    for kill in range(KILLS):
        acknowledged.update(killed_run(archive, f"kill{kill}", drawn.uniform(0.01, 0.4)))
    with WarcWriter(archive, "after"):
        pass
    assert len(acknowledged) > KILLS
    captures = {capture.record_id: capture for capture in iter_captures(archive)}
    assert {k: captures[k].payload_sha256 for k in acknowledged} == acknowledged
    assert not list(archive.warc_dir.glob(f"*{OPEN_SUFFIX}"))
    assert verify(archive).findings == []
    index = SqliteCaptureIndex(archive)
    assert all(index.by_id(record_id) == found for record_id, found in captures.items())
    index.close()


def crashed(archive: Archive, tail: bytes) -> None:
    """Leaves an archive as a crash would: the last file open, with half a record at its end."""
    entries = manifest.read(archive)
    path = archive.warc_dir / entries[-1].name
    path.rename(path.with_name(path.name + OPEN_SUFFIX))
    with path.with_name(path.name + OPEN_SUFFIX).open("ab") as stream:
        stream.write(tail)
    lines = archive.manifest_path.read_text().splitlines(keepends=True)
    archive.manifest_path.write_text("".join(lines[:-1]))


@pytest.mark.parametrize("cut", [1, 5, 200, -1])
def test_a_torn_tail_is_cut_off_and_kept(archive: Archive, cut: int) -> None:
    (capture,) = write(archive, exchange(plain()))
    (path,) = warc_files(archive)
    sealed = path.read_bytes()
    tail = sealed[capture.offset :][: capture.length][:cut]
    crashed(archive, tail)
    with WarcWriter(archive, "run2") as writer:
        (said,) = writer.recovered
    assert f"{len(tail)} bytes" in said
    assert path.read_bytes() == sealed
    assert path.with_name(path.name + TORN_SUFFIX).read_bytes() == tail
    assert list(iter_captures(archive)) == [capture]
    assert verify(archive).findings == []


def test_records_that_the_database_lacks_are_added(archive: Archive) -> None:
    (capture,) = write(archive, exchange(plain()))
    crashed(archive, b"")
    index = SqliteCaptureIndex(archive)
    with index.database.transaction():
        index.database.execute("DELETE FROM captures")
        index.database.execute("DELETE FROM warc_files")
    index.close()
    with WarcWriter(archive, "run2") as writer:
        assert writer.index.by_id(capture.record_id) == capture


def test_a_torn_manifest_line_is_written_again(archive: Archive) -> None:
    write(archive, exchange(plain()))
    write(archive, exchange(plain()), run_id="run2")
    whole = archive.manifest_path.read_bytes()
    archive.manifest_path.write_bytes(whole[:-30])
    with WarcWriter(archive, "run3"):
        pass
    assert archive.manifest_path.read_bytes() == whole
    assert verify(archive).findings == []


def test_a_file_without_a_whole_record_is_removed(archive: Archive) -> None:
    archive.create()
    (archive.warc_dir / "gongkai-x-00001.warc.gz.open").write_bytes(b"\x1f\x8b\x08\x00")
    with WarcWriter(archive, "run1") as writer:
        assert "no whole record" in writer.recovered[0]
    assert list(iter_captures(archive)) == []
    assert (archive.warc_dir / "gongkai-x-00001.warc.gz.torn").exists()


class FullDisk:
    """Writes half of what it is given, then nothing more, once `room` bytes are used up."""

    def __init__(self, room: int) -> None:
        self.room = room
        self.write = os.write

    def __call__(self, descriptor: int, data: Any) -> int:
        if self.room <= 0:
            raise OSError(errno.ENOSPC, "No space left on device")
        part = bytes(data)[: self.room]
        self.room -= len(part)
        return self.write(descriptor, part)


def test_a_full_disk_keeps_all_whole_records(
    archive: Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept, refused = [], []
    with WarcWriter(archive, "run1") as writer:
        monkeypatch.setattr("archive.warc.files.os.write", FullDisk(9000))
        for n in range(30):
            future = writer.record(exchange(plain(os.urandom(1500)), f"http://example.gov.cn/{n}"))
            error = future.exception(30)
            refused.append(error) if error else kept.append(future.result())
        monkeypatch.undo()
    assert kept
    assert len(refused) == 30 - len(kept)
    assert all(isinstance(error, SurroundingsError) for error in refused)
    assert "No space left" in str(refused[0])
    assert list(iter_captures(archive)) == kept
    assert verify(archive).findings == []


def test_one_bad_exchange_does_not_stop_the_writer(archive: Archive) -> None:
    with WarcWriter(archive, "run1") as writer:
        bad = writer.record(exchange(plain(), date="yesterday"))
        good = writer.record(exchange(plain()))
        with pytest.raises(ValueError, match="yesterday"):
            bad.result(30)
        assert good.result(30).status == 200


def test_a_result_that_nobody_waits_for_is_archived_all_the_same(archive: Archive) -> None:
    with WarcWriter(archive, "run1") as writer:
        futures = [writer.record(exchange(plain(), f"http://a.gov.cn/{n}")) for n in range(20)]
        for future in futures:
            future.cancel()
        after = writer.record(exchange(plain())).result(30)
    assert len(list(iter_captures(archive))) == 21
    assert read_part(archive, after).payload == PAGE


def test_a_file_renamed_before_the_crash_is_entered(archive: Archive, tmp_path: Path) -> None:
    write(archive, exchange(plain()))
    archive.manifest_path.unlink()
    with WarcWriter(archive, "run2") as writer:
        assert "entered" in writer.recovered[0]
    assert verify(archive).findings == []
