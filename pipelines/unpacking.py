"""RAR and 7z archives, where the system has libarchive's `bsdtar`.

The program writes the archive anew as a zip file to its standard output: no file of the archive
ever lands on the disk. It is ended when that takes too long or grows too large.
"""

import os
import shutil
import subprocess
import tempfile
import threading
from dataclasses import replace
from pathlib import Path

from parsers.records import Document
from pipelines.limits import MAX_PACKAGE_BYTES, RefusedError
from pipelines.sniff import media_type
from pipelines.zip import read_zip

PROGRAM = "bsdtar"
SECONDS = 60.0
TOLD_BYTES = 4000


def read_archive(payload: bytes) -> Document:
    """Reads the documents of an archive in order of their names, as those of a zip file."""
    kind = media_type(payload)
    program = shutil.which(PROGRAM)
    if program is None:
        detail = f"a {kind} archive; it can be opened where {PROGRAM} (libarchive) is installed"
        raise RefusedError("unsupported", detail)
    with tempfile.TemporaryDirectory(prefix="gongkai-") as folder:
        source = Path(folder, "archive")
        source.write_bytes(payload)
        packed = _as_zip(program, source)
    return replace(read_zip(packed), media_type=kind)


def _as_zip(program: str, source: Path) -> bytes:
    command = [program, "-c", "--format", "zip", "-f", "-", f"@{source}"]
    with tempfile.TemporaryFile() as told:
        process = subprocess.Popen(
            command,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=told,
            env={**os.environ, "LC_ALL": "C.UTF-8"},  # names in UTF-8, messages in English
        )
        clock = threading.Timer(SECONDS, process.kill)
        clock.start()
        with process:
            packed = process.stdout.read(MAX_PACKAGE_BYTES + 1) if process.stdout else b""
            process.kill() if len(packed) > MAX_PACKAGE_BYTES else process.wait()
        late = not clock.is_alive()
        clock.cancel()
        told.seek(0)
        why = told.read(TOLD_BYTES).decode("utf-8", "replace").strip()
        why = why.replace(str(source), "it")  # a place that is another one at every reading
    return _checked(packed, process.returncode, late, why)


def _checked(packed: bytes, status: int, late: bool, why: str) -> bytes:
    if len(packed) > MAX_PACKAGE_BYTES:
        raise RefusedError("bomb", f"the archive unfolds to more than {MAX_PACKAGE_BYTES} bytes")
    if late:
        raise RefusedError("too_slow", f"opening the archive took more than {SECONDS:.0f} s")
    if status:
        locked = "passphrase" in why.lower() or "encrypt" in why.lower()
        detail = "the archive is encrypted" if locked else f"the archive is damaged ({why[-150:]})"
        raise RefusedError("encrypted" if locked else "truncated", detail)
    return packed
