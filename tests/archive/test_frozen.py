"""An archive written by version 1, kept in `frozen_v1`: it stays readable for ever.

Never write it anew: a change that makes this test fail breaks archives that exist.
"""

import hashlib
import json
import shutil
from dataclasses import asdict
from pathlib import Path

import pytest

from archive.store import Archive
from archive.verify import verify
from archive.warc.facts import context_facts
from archive.warc.reader import iter_captures, read_part, scan, warc_files

FROZEN = Path(__file__).with_name("frozen_v1")


@pytest.fixture
def frozen(tmp_path: Path) -> Archive:
    shutil.copytree(FROZEN / "warc", tmp_path / "frozen" / "warc")
    return Archive(tmp_path / "frozen")


def told(archive: Archive) -> list[dict[str, object]]:
    """The captures as plain values, with the digest of what they hold."""
    captures = list(iter_captures(archive))
    known = {capture.record_id: capture for capture in captures}
    return [
        {
            **asdict(capture),
            "context": context_facts(capture.context),
            "notes": json.loads(capture.notes),
            "content_sha256": hashlib.sha256(
                read_part(archive, capture, known.get).payload
            ).hexdigest(),
        }
        for capture in captures
    ]


def test_every_capture_is_read_as_it_was(frozen: Archive) -> None:
    expected = json.loads((FROZEN / "captures.json").read_text(encoding="utf-8"))
    assert len(expected) == 8
    for now, then in zip(told(frozen), expected, strict=True):
        assert {name: now[name] for name in then} == then


def test_it_verifies(frozen: Archive) -> None:
    result = verify(frozen)
    assert (result.findings, result.files) == ([], 2)


def test_the_account_is_read(frozen: Archive) -> None:
    (account,) = scan(warc_files(frozen)).accounts
    assert account.facts["kind"] == "crawl"
