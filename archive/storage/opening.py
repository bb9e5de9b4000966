"""One way to open a WARC file: here where it is, else from the archive's storage.

`warc/storage.json` beside the manifest names the storage: `{"url": "s3://bucket/warc"}`.
"""

import json
from functools import lru_cache
from pathlib import Path
from typing import BinaryIO

from archive.errors import SurroundingsError
from archive.storage.objects import Storage

FILE = "storage.json"


def open_warc(path: Path) -> BinaryIO:
    """A WARC file of an archive's folder `warc`, to be read.

    Raises:
        FileNotFoundError: if it is neither here nor stored.
        OSError: if the one here cannot be opened.
        SurroundingsError: if the storage does not answer.
    """
    try:
        return path.open("rb")
    except FileNotFoundError:
        storage = storage_of(path.parent)
        if storage is None:
            raise
        return storage.open(path.name)


def is_there(path: Path) -> bool:
    """Whether a WARC file is here or stored.

    Raises:
        SurroundingsError: if the storage does not answer.
    """
    if path.exists():
        return True
    storage = storage_of(path.parent)
    try:
        return storage is not None and storage.size(path.name) >= 0
    except FileNotFoundError:
        return False


def read_stored(warc_dir: Path, name: str, offset: int, length: int) -> bytes:
    """A range of bytes of a file that is not here.

    Raises:
        FileNotFoundError: if it is not stored either.
        SurroundingsError: if the storage does not answer.
    """
    storage = storage_of(warc_dir)
    if storage is None:
        raise FileNotFoundError(name)
    return storage.read(name, offset, length)


def storage_of(warc_dir: Path) -> Storage | None:
    """The storage that an archive names, if it names one.

    Raises:
        SurroundingsError: if the file that names it cannot be read.
    """
    path = warc_dir / FILE
    try:
        return _named(path, path.stat().st_mtime_ns)
    except FileNotFoundError:
        return None


def set_storage(warc_dir: Path, url: str) -> Storage:
    """Names the storage of an archive; to be called under the archive's lock."""
    storage = Storage(url)
    (warc_dir / FILE).write_text(json.dumps({"url": storage.url}) + "\n", encoding="utf-8")
    return storage


@lru_cache(maxsize=64)
def _named(path: Path, _changed_ns: int) -> Storage:
    try:
        return Storage(json.loads(path.read_text(encoding="utf-8"))["url"])
    except (ValueError, KeyError, TypeError) as error:
        raise SurroundingsError(f"{path} names no storage: {error!r}") from error
