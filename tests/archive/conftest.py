"""Archives for the tests."""

from pathlib import Path

import pytest

from archive.records import Capture, Exchange
from archive.store import Archive
from archive.warc.writer import WarcWriter


@pytest.fixture
def archive(tmp_path: Path) -> Archive:
    """An empty archive."""
    return Archive(tmp_path / "archive")


def write(archive: Archive, *exchanges: Exchange, run_id: str = "run1") -> list[Capture]:
    """Records exchanges as one run, one after the other."""
    with WarcWriter(archive, run_id, {"delay": 1}) as writer:
        return [writer.record(exchange).result(30) for exchange in exchanges]
