"""Word 97-2003 and WPS documents; made by LibreOffice, so skipped where it is not installed."""

import shutil
import subprocess
from pathlib import Path

import pytest

from pipelines.documents import read_document
from tests.pipelines.documents import sample, writers

OFFICE = shutil.which("soffice")


@pytest.fixture(scope="module")
def doc(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    if OFFICE is None:
        pytest.skip("LibreOffice is not installed")
    folder = tmp_path_factory.mktemp("office")
    (folder / "report.docx").write_bytes(writers.docx())
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    command = [OFFICE, profile, "--headless", "--convert-to", "doc", "--outdir", str(folder)]
    subprocess.run(
        [*command, str(folder / "report.docx")], check=True, capture_output=True, timeout=100
    )
    return Path(folder / "report.doc").read_bytes()


def test_a_doc_has_the_same_text_and_tables(doc: bytes) -> None:
    document = read_document(doc)
    assert document.media_type == "doc"
    assert [paragraph.text for paragraph in document.paragraphs()] == sample.paragraphs()
    grids = [[[cell.text for cell in row] for row in grid.rows] for grid in document.grids()]
    assert grids == sample.grids()


def test_a_wps_file_differs_in_its_class_id_only(doc: bytes) -> None:
    wps = doc[:8] + bytes(range(1, 17)) + doc[24:]
    assert read_document(wps).blocks == read_document(doc).blocks


def test_a_damaged_doc_is_told(doc: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "which", lambda _name: None)
    assert b"\xec\xa5" in doc
    (problem,) = read_document(doc.replace(b"\xec\xa5", b"\0\0")).problems
    assert problem.kind == "unreadable"
    (problem,) = read_document(doc[: len(doc) // 3]).problems
    assert problem.kind == "unsupported"
