"""Word 97-2003 and Kingsoft WPS documents: converted to docx, then read as such.

The pure Python converter comes first. LibreOffice, where it is installed, takes what the
converter refuses (Word 6 and 95, damaged files), with a time limit and a profile of its own.
"""

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
        except _REFUSALS as error:
            why = str(error)
        return converted(payload, office_converter(), lambda: _by_office(payload, folder, why))


def _in_python(payload: bytes, folder: Path) -> bytes:
    source, target = folder / "source.doc", folder / "target.docx"
    cleared = bytearray(payload)
    cleared[_CLASS_ID] = bytes(16)
    source.write_bytes(cleared)
    try:
        doc2docx.convert(source, target)
    except EncryptedDocumentError as error:
        raise RefusedError("encrypted", "the document is encrypted with a password") from error
    return target.read_bytes()


def _by_office(payload: bytes, folder: Path, reason: str) -> bytes:
    office = office_program()
    if office is None:
        detail = f"the document could not be read ({reason[:120]}) and no LibreOffice is installed"
        raise RefusedError("unreadable", detail)
    source = folder / "original.doc"
    source.write_bytes(payload)
    command = [
        office,
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
        subprocess.run(command, capture_output=True, timeout=OFFICE_SECONDS, check=True)
        return (folder / "original.docx").read_bytes()
    except (subprocess.SubprocessError, OSError) as error:
        detail = f"LibreOffice could not read the document either ({type(error).__name__})"
        raise RefusedError("unreadable", detail) from error
