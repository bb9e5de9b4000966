"""Saved files become captures like any other: recorded first, then read."""

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from archive.errors import UsageError
from archive.records import Capture
from archive.warc import WarcWriter
from parsers.records import Context
from pipelines.sniff import media_type

# Larger files are no reports; reading one whole would only cost memory.
MAX_FILE_BYTES = 200 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Declared:
    """What a person says of the files: facts, never guessed."""

    url: str = ""
    agency: str = ""
    region_code: str = ""
    year: int | None = None


def files_of(paths: Iterable[Path]) -> tuple[Path, ...]:
    """All files named or lying in the folders named, in a stable order, hidden ones left out.

    Raises:
        UsageError: a path does not exist, or there is no file in what was named.
    """
    found: list[Path] = []
    for path in paths:
        if not path.exists():
            raise UsageError(f"no such file or folder: {path}")
        found.extend([path] if path.is_file() else _files_below(path))
    if not found:
        raise UsageError("nothing to import: no file in " + ", ".join(str(p) for p in paths))
    return tuple(found)


def _files_below(folder: Path) -> Iterator[Path]:
    for path in sorted(folder.rglob("*")):
        hidden = any(part.startswith(".") for part in path.relative_to(folder).parts)
        if path.is_file() and not hidden:
            yield path


def read_file(path: Path) -> bytes:
    """The file's bytes.

    Raises:
        UsageError: it cannot be read, is empty, or is larger than any report.
    """
    try:
        size = path.stat().st_size
        if size > MAX_FILE_BYTES:
            raise UsageError(f"{path}: {size} bytes is more than {MAX_FILE_BYTES}")
        payload = path.read_bytes()
    except OSError as fault:
        raise UsageError(f"{path}: {fault.strerror}") from fault
    if not payload:
        raise UsageError(f"{path}: the file is empty")
    return payload


def record(writer: WarcWriter, payload: bytes, name: str, declared: Declared) -> Capture:
    """Archives one saved file as a resource record of the address it came from.

    A file without a known address is addressed by its content: `urn:sha256:<hex>`.
    """
    url = declared.url or f"urn:sha256:{hashlib.sha256(payload).hexdigest()}"
    date = datetime.now(UTC).isoformat(timespec="microseconds").replace("+00:00", "Z")
    context = Context(
        url=declared.url,
        page_url=declared.url,
        captured_at=date,
        file_name=name,
        agency=declared.agency,
        region_code=declared.region_code,
        year=declared.year,
    )
    return writer.record_file(
        payload, url=url, media_type=media_type(payload), date=date, role="page", context=context
    )
