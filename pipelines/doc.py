"""Word 97-2003 and Kingsoft WPS documents: converted to docx, then read as such.

The pure Python converter comes first. LibreOffice, where it is installed, takes what the
converter refuses (Word 6 and 95, damaged files), with a time limit and a profile of its own.
"""

import os
import signal
import subprocess
import tempfile
from dataclasses import replace
from pathlib import Path

import doc2docx
from doc2docx.errors import Doc2DocxError, EncryptedDocumentError

from parsers.records import Document
from pipelines.conversions import converted
from pipelines.docx import read_docx
from pipelines.extractors import office_converter, office_program, word_converter
from pipelines.limits import RefusedError

_REFUSALS = (Doc2DocxError, ValueError, IndexError, KeyError, OverflowError)
OFFICE_SECONDS = 90
# The kind of refusal after which LibreOffice is asked.
UNCONVERTED = "unconverted"
MAX_DOC_BYTES = 64_000_000
# Kingsoft writes a class id here where the format wants zeros; nothing else depends on it.
_CLASS_ID = slice(8, 24)


def read_doc(payload: bytes) -> Document:
    """Reads a doc or wps file. Its places are those of the docx it becomes."""
    if len(payload) > MAX_DOC_BYTES:
        raise RefusedError("too_large", f"the document has more than {MAX_DOC_BYTES} bytes")
    document = read_docx(_docx(payload))
    return replace(document, media_type="doc", charset_reason="Word 97-2003, converted")


def _docx(payload: bytes) -> bytes:
    with tempfile.TemporaryDirectory(prefix="gongkai-") as name:
        folder = Path(name)
        try:
            return converted(payload, word_converter(), lambda: _in_python(payload, folder))
        except RefusedError as error:
            if error.code != UNCONVERTED:
                raise
            why = str(error)
        if office_program() is None:
            detail = f"the document could not be read ({why[:120]}) and no LibreOffice is installed"
            raise RefusedError("unreadable", detail)
        return converted(payload, office_converter(), lambda: _by_office(payload, folder))


def _in_python(payload: bytes, folder: Path) -> bytes:
    source, target = folder / "source.doc", folder / "target.docx"
    cleared = bytearray(payload)
    cleared[_CLASS_ID] = bytes(16)
    source.write_bytes(cleared)
    try:
        doc2docx.convert(source, target)
    except EncryptedDocumentError as error:
        raise RefusedError("encrypted", "the document is encrypted with a password") from error
    except _REFUSALS as error:
        raise RefusedError(UNCONVERTED, str(error)) from error
    return target.read_bytes()


def _by_office(payload: bytes, folder: Path) -> bytes:
    source = folder / "original.doc"
    source.write_bytes(payload)
    command = [
        office_program() or "",
        f"-env:UserInstallation={(folder / 'profile').as_uri()}",
        "--headless",
        "--norestore",
        "--convert-to",
        "docx",
        "--outdir",
        str(folder),
        str(source),
    ]
    try:
        _run(command)
        return (folder / "original.docx").read_bytes()
    except subprocess.TimeoutExpired as error:
        detail = f"LibreOffice took more than {OFFICE_SECONDS} s and was ended"
        raise RefusedError("too_slow", detail) from error
    except (subprocess.SubprocessError, OSError) as error:
        detail = f"LibreOffice could not read the document either ({type(error).__name__})"
        raise RefusedError("unreadable", detail) from error


def _run(command: list[str]) -> None:
    """Runs a program that starts others, and ends them all where it takes too long.

    Raises:
        TimeoutExpired: it did.
        CalledProcessError: it failed.
    """
    quiet = subprocess.DEVNULL
    with subprocess.Popen(
        command, stdin=quiet, stdout=quiet, stderr=quiet, start_new_session=True
    ) as process:
        try:
            status = process.wait(OFFICE_SECONDS)
        finally:
            if process.returncode is None:
                _end_all(process)
    if status:
        raise subprocess.CalledProcessError(status, command)


def _end_all(process: subprocess.Popen[bytes]) -> None:
    if hasattr(os, "killpg"):
        os.killpg(process.pid, signal.SIGKILL)
    else:  # Windows has no process groups of this kind
        process.kill()
