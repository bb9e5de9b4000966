"""RAR and 7z archives: read where the system has a program for them, told elsewhere."""

import shutil
import subprocess
from pathlib import Path

import pytest

from pipelines import unpacking
from pipelines.documents import read_document
from tests.pipelines.documents import sample, writers

SEVEN = b"7z\xbc\xaf\x27\x1c" + bytes(40)


def _install(folder: Path, monkeypatch: pytest.MonkeyPatch, script: str) -> None:
    """Puts a program of bsdtar's name before all others."""
    program = folder / "bsdtar"
    program.write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", str(folder), prepend=":")


def kinds(payload: bytes) -> list[str]:
    return [problem.kind for problem in read_document(payload).problems]


@pytest.mark.parametrize("payload", [b"Rar!\x1a\x07\0", SEVEN])
def test_without_the_program_it_is_told(payload: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "which", lambda _name: None)
    assert kinds(payload) == ["unsupported"]


def test_what_the_program_gives_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "made.zip").write_bytes(writers.zipped({"年报.docx": writers.docx()}))
    _install(tmp_path, monkeypatch, f"cat {tmp_path}/made.zip")
    document = read_document(SEVEN)
    assert document.media_type == "7z"
    assert [paragraph.text for paragraph in document.paragraphs()] == sample.paragraphs()
    assert document.blocks[0].place == "zip:年报.docx!docx:p[1]"


@pytest.mark.parametrize(
    ("script", "kind"),
    [
        ("exec sleep 60", "too_slow"),
        ("exec cat /dev/zero", "bomb"),
        ("echo 'Passphrase required' >&2; exit 1", "encrypted"),
        ("echo 'Truncated input' >&2; exit 1", "truncated"),
    ],
)
def test_what_the_program_cannot_do_is_told(
    script: str, kind: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _install(tmp_path, monkeypatch, script)
    monkeypatch.setattr(unpacking, "SECONDS", 0.5 if kind == "too_slow" else 60.0)
    monkeypatch.setattr(unpacking, "MAX_PACKAGE_BYTES", 1_000_000)
    assert kinds(SEVEN) == [kind]


def test_a_damaged_archive_is_told_alike_at_every_reading(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _install(tmp_path, monkeypatch, 'echo "Error reading archive $6" >&2; exit 1')
    assert read_document(SEVEN) == read_document(SEVEN)


@pytest.mark.skipif(shutil.which("bsdtar") is None, reason="bsdtar (libarchive) is not installed")
def test_a_true_archive(tmp_path: Path) -> None:
    (tmp_path / "年报.docx").write_bytes(writers.docx())
    command = ["bsdtar", "-c", "--format", "7zip", "-f", "a.7z", "年报.docx"]
    subprocess.run(
        command,
        cwd=tmp_path,
        check=True,
        timeout=60,
        env={"LC_ALL": "C.UTF-8", "PATH": "/usr/bin:/bin"},
    )
    document = read_document((tmp_path / "a.7z").read_bytes())
    assert [paragraph.text for paragraph in document.paragraphs()] == sample.paragraphs()
