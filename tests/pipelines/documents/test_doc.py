"""Word 97-2003 and WPS documents, and what is left to LibreOffice."""

import shutil
import stat
import time
from pathlib import Path

import pytest

from pipelines import doc as reader
from pipelines.documents import read_document
from tests.gate import office
from tests.gate.reports import reports
from tests.pipelines.documents import sample, writers

REPORT = reports()[-1]


@pytest.fixture(scope="module")
def doc() -> bytes:
    return office.saved(REPORT, "doc")


def broken(doc: bytes) -> bytes:
    """Without the mark of Word 97, so that only LibreOffice is left."""
    assert b"\xec\xa5" in doc
    return doc.replace(b"\xec\xa5", b"\0\0")


def test_a_doc_has_the_same_text_and_tables(doc: bytes) -> None:
    document = read_document(doc)
    assert document.media_type == "doc"
    assert [paragraph.text for paragraph in document.paragraphs()] == REPORT.paragraphs()
    grids = [[[cell.text for cell in row] for row in grid.rows] for grid in document.grids()]
    assert grids == REPORT.grids()


def test_a_wps_file_differs_in_its_class_id_only(doc: bytes) -> None:
    wps = doc[:8] + bytes(range(1, 17)) + doc[24:]
    assert read_document(wps).blocks == read_document(doc).blocks


def test_a_damaged_doc_is_told(doc: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "which", lambda _name: None)
    (problem,) = read_document(broken(doc)).problems
    assert problem.kind == "unreadable"
    assert "no LibreOffice is installed" in problem.detail


def _install(folder: Path, monkeypatch: pytest.MonkeyPatch, script: str) -> None:
    """Puts a program of LibreOffice's name before all others."""
    program = folder / "soffice"
    program.write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
    program.chmod(program.stat().st_mode | stat.S_IXUSR)
    monkeypatch.setenv("PATH", str(folder), prepend=":")


def test_libreoffice_takes_what_the_converter_refuses(
    doc: bytes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "made.docx").write_bytes(writers.docx())
    log = tmp_path / "log"
    script = f'echo "$@" > {log}; cp {tmp_path}/made.docx "$(dirname "$8")/original.docx"'
    _install(tmp_path, monkeypatch, script)
    document = read_document(broken(doc))
    assert [paragraph.text for paragraph in document.paragraphs()] == sample.paragraphs()
    assert "-env:UserInstallation=file:///" in log.read_text(encoding="utf-8")


def test_libreoffice_is_ended_with_all_that_it_started(
    doc: bytes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _install(tmp_path, monkeypatch, f"(sleep 60; touch {tmp_path}/late) & wait")
    monkeypatch.setattr(reader, "OFFICE_SECONDS", 0.3)
    start = time.monotonic()
    (problem,) = read_document(broken(doc)).problems
    assert problem.kind == "too_slow"
    assert time.monotonic() - start < 30
