"""Readers that others wrote read our files, and find them sound."""

import subprocess
import sys
from pathlib import Path

import pytest
from fastwarc.warc import ArchiveIterator as FastIterator
from warcio.archiveiterator import ArchiveIterator

from archive.store import Archive
from archive.warc.reader import iter_captures, warc_files
from tests.archive.conftest import write
from tests.archive.exchanges import PAGE, exchange, packed, plain, response


@pytest.fixture
def path(archive: Archive) -> Path:
    write(
        archive,
        exchange(plain()),
        exchange(packed(), "http://example.gov.cn/packed"),
        exchange(plain(), "http://example.gov.cn/same"),
        exchange(response(b"", status="304 Not Modified")),
        exchange(b"", error="timeout"),
        exchange(b"garbage", error="garbage"),
    )
    (path,) = warc_files(archive)
    return path


def test_warcio_reads_every_record(path: Path) -> None:
    with path.open("rb") as stream:
        read = [
            (record.rec_type, record.content_stream().read()) for record in ArchiveIterator(stream)
        ]
    kinds = [kind for kind, _ in read]
    assert kinds.count("response") == 2
    assert kinds.count("revisit") == 2
    assert kinds.count("request") == 6
    assert [body for kind, body in read if kind == "response"] == [PAGE, PAGE]


def test_fastwarc_verifies_every_block(path: Path) -> None:
    with path.open("rb") as stream:
        sound = [record.verify_block_digest() for record in FastIterator(stream, parse_http=False)]
    assert len(sound) == 18
    assert all(sound)


def test_fastwarc_finds_records_where_we_say(path: Path, archive: Archive) -> None:
    with path.open("rb") as stream:
        places = {
            record.record_id: record.stream_pos for record in FastIterator(stream, parse_http=False)
        }
    captures = list(iter_captures(archive))
    assert captures
    assert all(places[f"<{capture.record_id}>"] == capture.offset for capture in captures)


def test_warcio_misjudges_the_chunked_payload_alone(path: Path, archive: Archive) -> None:
    command = [sys.executable, "-m", "warcio.cli", "check", str(path)]
    told = subprocess.run(command, capture_output=True, text=True, check=False).stdout
    (packed_page,) = [c for c in iter_captures(archive) if c.url.endswith("/packed")]
    named = [line for line in told.splitlines() if "WARC-Record-ID" in line]
    assert len(named) == 1
    assert packed_page.record_id in named[0]
    assert "payload digest failed" in told
