"""WARC files in an object store: pushed, read back, gathered, and nothing lost on the way."""

import json
from pathlib import Path

import pytest

from archive.errors import GongkaiError, SurroundingsError, UsageError
from archive.storage import moving
from archive.storage.objects import Storage
from archive.storage.opening import storage_of
from archive.store import Archive
from archive.verify import verify
from archive.warc import manifest, read_part
from archive.warc.reader import scan, warc_files
from archive.warc.writer import WarcWriter
from tests.archive.exchanges import PAGE, exchange, plain

URLS = [f"http://www.example.gov.cn/{n}.html" for n in range(6)]


def archived(directory: Path, run: str, urls: list[str], day: int = 1) -> Archive:
    """An archive with a page for each address, in several files."""
    archive = Archive(directory)
    date = f"2024-01-{day:02}T00:00:00Z"
    with WarcWriter(archive, run, rotate_bytes=2_000) as writer:
        for n, url in enumerate(urls):
            page = PAGE + f"<!--{run} {n}-->".encode()
            writer.record(exchange(plain(page), url, date=date)).result(30)
    return archive


def payloads(archive: Archive) -> dict[str, bytes]:
    captures = scan(warc_files(archive)).captures
    known = {capture.record_id: capture for capture in captures}
    return {c.url: read_part(archive, c, known.get).payload for c in captures}


def test_freed_files_are_read_from_the_store_byte_for_byte(tmp_path: Path, bucket: Storage) -> None:
    archive = archived(tmp_path / "a", "run1", URLS)
    before = payloads(archive)
    assert len(moving.push(archive, bucket / "warc")) == len(manifest.read(archive)) > 1
    assert moving.push(archive, bucket / "warc") == ()
    assert len(moving.free(archive, bucket / "warc")) == len(manifest.read(archive))
    assert not list(archive.warc_dir.glob("*.warc.gz"))
    assert payloads(archive) == before
    result = verify(archive)
    assert not result.findings
    assert result.records == sum(entry.records for entry in manifest.read(archive))


def test_a_capture_is_one_request_for_its_range(
    tmp_path: Path, bucket: Storage, monkeypatch: pytest.MonkeyPatch
) -> None:
    archive = archived(tmp_path / "a", "run1", URLS)
    captures = scan(warc_files(archive)).captures
    moving.push(archive, bucket)
    moving.free(archive, bucket)
    asked: list[tuple[int, int]] = []
    read = Storage.read

    def counted(self: Storage, name: str, offset: int, length: int) -> bytes:
        asked.append((offset, length))
        return read(self, name, offset, length)

    monkeypatch.setattr(Storage, "read", counted)
    assert read_part(archive, captures[3]).payload.startswith(PAGE)
    assert asked == [(captures[3].offset, captures[3].length)]


def test_archives_of_two_workers_are_gathered_into_one(tmp_path: Path, bucket: Storage) -> None:
    one = archived(tmp_path / "one", "run1", URLS[:3], day=2)
    two = archived(tmp_path / "two", "run2", URLS[3:], day=1)
    for each in (one, two):
        moving.push(each, bucket)
    whole = Archive(tmp_path / "whole")
    whole.create()
    entered = moving.gather(whole, bucket)
    assert [entry.run_id for entry in entered] == sorted((e.run_id for e in entered), reverse=True)
    assert moving.gather(whole, bucket) == ()
    assert payloads(whole) == payloads(one) | payloads(two)
    assert not verify(whole).findings


def test_what_is_not_whole_is_neither_stored_nor_freed(tmp_path: Path, bucket: Storage) -> None:
    archive = archived(tmp_path / "a", "run1", URLS)
    first, *_ = manifest.read(archive)
    path = archive.warc_dir / first.name
    whole = path.read_bytes()
    path.write_bytes(whole[:-1])
    with pytest.raises(SurroundingsError, match="not what its manifest says"):
        moving.push(archive, bucket)
    path.write_bytes(whole)
    moving.push(archive, bucket)
    bucket.write(first.name, whole[:-1] + b"\xff")
    with pytest.raises(SurroundingsError, match="not what its manifest says"):
        moving.free(archive, bucket)
    assert path.read_bytes() == whole


def test_two_files_of_one_name_are_refused(tmp_path: Path, bucket: Storage) -> None:
    moving.push(archived(tmp_path / "one", "run1", URLS[:1]), bucket)
    other = archived(tmp_path / "two", "run1", URLS[1:2])
    with pytest.raises(GongkaiError, match="contents differ"):
        moving.push(other, bucket)


def test_a_lost_file_and_a_silent_store_are_told_apart(tmp_path: Path, bucket: Storage) -> None:
    archive = archived(tmp_path / "a", "run1", URLS)
    captures = scan(warc_files(archive)).captures
    moving.push(archive, bucket)
    moving.free(archive, bucket)
    (archive.warc_dir / "storage.json").write_text(json.dumps({"url": f"{bucket.url}/none"}))
    with pytest.raises(GongkaiError, match="is missing"):
        read_part(archive, captures[0])
    assert "file_missing" in {finding.kind for finding in verify(archive).findings}
    (archive.warc_dir / "storage.json").write_text('{"url": "nowhere://x"}')
    with pytest.raises(SurroundingsError, match="nowhere"):
        read_part(archive, captures[0])
    (archive.warc_dir / "storage.json").write_text("{")
    with pytest.raises(SurroundingsError, match="names no storage"):
        storage_of(archive.warc_dir)


def test_an_address_with_a_password_is_refused() -> None:
    with pytest.raises(UsageError, match="credentials"):
        Storage("s3://me:secret@host/bucket")


def test_a_mounted_share_is_a_storage_too(tmp_path: Path) -> None:
    archive = archived(tmp_path / "a", "run1", URLS)
    before = payloads(archive)
    share = Storage((tmp_path / "share").as_uri())
    moving.push(archive, share)
    moving.free(archive, share)
    assert payloads(archive) == before
