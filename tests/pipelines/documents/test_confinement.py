"""A document that never ends costs itself: the others are read, the caller lives on."""

from pathlib import Path

import pytest

from archive.store import Archive
from pipelines import workers
from pipelines.confinement import Bounds
from pipelines.importing import Declared, import_files
from pipelines.rebuild import rebuild
from tests.pipelines.conftest import REPORT
from tests.pipelines.documents import blowups


def test_a_document_that_hangs_costs_itself(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    files = tmp_path / "files"
    files.mkdir()
    for name in ("good.txt", "hang.txt", "other.txt"):
        (files / name).write_text(REPORT + name, encoding="utf-8")
    archive = Archive(tmp_path / "archive")
    import_files(archive, [files], Declared(), 1)
    monkeypatch.setattr(workers, "BOUNDS", Bounds(seconds=0.2))
    monkeypatch.setattr(workers, "read_task", blowups.read_or_blow_up)
    built = rebuild(archive, 2)
    assert (built.bundles, built.reports) == (3, 2)
    assert len(built.failed) == 1
    assert "ended for taking too long" in built.failed[0]


def test_a_document_that_eats_memory_costs_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workers, "BOUNDS", Bounds(memory_bytes=2_000_000_000))
    with workers.worker_pool(1) as pool:
        assert pool.submit(blowups.problems_of_a_hungry_document).result() == ["out_of_memory"]
        assert pool.submit(len, "the worker lives on").result() == 19
