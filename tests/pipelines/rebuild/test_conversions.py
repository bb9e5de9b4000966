"""Costly extractions are made once, kept as WARC records, and made anew by a new version."""

import hashlib
from pathlib import Path

import pytest

from archive.store import Archive
from archive.verify import verify
from archive.warc.conversions import Shelf, conversion_files
from archive.warc.reader import iter_records
from parsers.records import Document
from pipelines import documents
from pipelines.conversions import Extractor, ReadOnly, converted, kept_in
from pipelines.decode import decode
from pipelines.importing import Declared, import_files
from pipelines.limits import RefusedError
from pipelines.rebuild import rebuild
from pipelines.text import read_text
from tests.pipelines.conftest import REPORT


class Slow:
    """A costly reader of text, which counts its runs."""

    version, runs = "1", 0
    refusal: RefusedError | None = None

    def read(self, payload: bytes) -> Document:
        extractor = Extractor("slow", self.version, "text/plain")
        return read_text(decode(converted(payload, extractor, lambda: self._run(payload))))

    def _run(self, payload: bytes) -> bytes:
        self.runs += 1
        if self.refusal is not None:
            raise self.refusal
        return payload


@pytest.fixture
def slow(monkeypatch: pytest.MonkeyPatch) -> Slow:
    reader = Slow()
    monkeypatch.setattr(documents, "_read", lambda _kind, payload, *_: reader.read(payload))
    return reader


@pytest.fixture
def archive(tmp_path: Path, slow: Slow) -> Archive:
    report = tmp_path / "report.txt"
    report.write_text(REPORT, encoding="utf-8")
    archive = Archive(tmp_path / "archive")
    import_files(archive, [report], Declared(), 1)
    return archive


def _records(archive: Archive) -> list[object]:
    found = [item for path in conversion_files(archive) for item in iter_records(path)]
    return [item[1] for item in found if isinstance(item, tuple) and item[1].type == "conversion"]


def _rebuilt(archive: Archive) -> str:
    rebuild(archive, 1)
    return hashlib.sha256(archive.database_path.read_bytes()).hexdigest()


def test_one_run_then_reuse_then_a_new_version(archive: Archive, slow: Slow) -> None:
    assert (slow.runs, len(_records(archive))) == (1, 1)
    assert not archive.conversions_dir.exists()
    first = _rebuilt(archive)
    assert (slow.runs, len(_records(archive))) == (1, 1)
    slow.version = "2"
    second = _rebuilt(archive)
    assert (slow.runs, len(_records(archive))) == (2, 2)
    assert _rebuilt(archive) == second != first
    assert slow.runs == 2


def test_a_refusal_is_kept_too(archive: Archive, slow: Slow) -> None:
    slow.version, slow.refusal = "2", RefusedError("damaged", "it is damaged")
    first = _rebuilt(archive)
    assert (slow.runs, len(_records(archive))) == (2, 2)
    assert _rebuilt(archive) == first
    assert slow.runs == 2


def test_a_refusal_for_want_of_time_is_not_kept(archive: Archive, slow: Slow) -> None:
    slow.version, slow.refusal = "2", RefusedError("too_slow", "it took too long")
    _rebuilt(archive)
    _rebuilt(archive)
    assert (slow.runs, len(_records(archive))) == (3, 1)


def test_those_who_only_look_use_what_is_kept(archive: Archive, slow: Slow) -> None:
    with kept_in(ReadOnly(Shelf(archive))):
        slow.read(REPORT.encode())
        assert slow.runs == 1
        slow.read(b"another")
    assert slow.runs == 2
    assert not archive.conversions_dir.exists()


def test_verify_knows_what_a_conversion_was_made_from(archive: Archive) -> None:
    assert verify(archive).findings == []
    (record,) = _records(archive)
    assert record.get("warc-refers-to").startswith("urn:uuid:")  # type: ignore[attr-defined]


def test_a_torn_conversion_is_made_anew(archive: Archive, slow: Slow) -> None:
    slow.version = "2"
    archive.conversions_dir.mkdir()
    (archive.conversions_dir / "half.warc.gz").write_bytes(b"\x1f\x8b\x08torn")
    _rebuilt(archive)
    assert (slow.runs, len(_records(archive))) == (2, 2)
