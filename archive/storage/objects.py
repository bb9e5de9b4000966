"""A folder of objects, named by a URL that fsspec understands (`s3://bucket/warc`, `file:///mnt`).

Credentials and endpoints are fsspec's and the store's own business (`AWS_ENDPOINT_URL`,
`AWS_ACCESS_KEY_ID`, configuration files): none is ever written into an archive.
"""

import io
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path
from typing import Any, BinaryIO
from urllib.parse import urlsplit

from archive.errors import SurroundingsError, UsageError

# One request brings so many bytes when a file is read from its beginning to its end.
_READ_AHEAD_BYTES = 8 << 20
_LACKING = "needs fsspec and the store's own package: pip install 'gongkai[scale]'"


class Storage:
    """The objects under a URL. Names have no slash in front; they may have some within."""

    def __init__(self, url: str) -> None:
        """Reaches for nothing yet.

        Raises:
            UsageError: if the address names a password: it would be written down.
        """
        if "@" in urlsplit(url).netloc:
            raise UsageError("a storage address holds no credentials: set the store's environment")
        self.url = url.rstrip("/")

    def read(self, name: str, offset: int, length: int) -> bytes:
        """So many bytes of an object, fewer where it ends before.

        Raises:
            FileNotFoundError: if there is no such object.
            SurroundingsError: if the store does not answer.
        """
        with self._reached(name) as (files, path):
            return bytes(files.cat_file(path, start=offset, end=offset + length))

    def size(self, name: str) -> int:
        """The size of an object in bytes.

        Raises:
            FileNotFoundError: if there is no such object.
            SurroundingsError: if the store does not answer.
        """
        with self._reached(name) as (files, path):
            files.invalidate_cache()
            return int(files.size(path))

    def open(self, name: str) -> BinaryIO:
        """An object as a file to be read; errors as for `read`."""
        return io.BufferedReader(_Ranged(self, name, self.size(name)), _READ_AHEAD_BYTES)

    def put(self, source: Path, name: str) -> None:
        """Stores a file whole, in place of what may be there.

        Raises:
            SurroundingsError: if the store does not take it.
        """
        with self._reached(name) as (files, path):
            files.put_file(str(source), path)

    def write(self, name: str, content: bytes) -> None:
        """Stores some bytes, as `put` does."""
        with self._reached(name) as (files, path):
            files.pipe_file(path, content)

    def names(self, suffix: str = "") -> list[str]:
        """The names of all objects directly here, sorted; those with that ending.

        Raises:
            SurroundingsError: if the store does not answer.
        """
        try:
            with self._reached("") as (files, path):
                files.invalidate_cache()
                found = files.ls(path, detail=False)
        except FileNotFoundError:
            return []
        named = (str(each).rstrip("/").rpartition("/")[2] for each in found)
        return sorted(name for name in named if name and name.endswith(suffix))

    def __truediv__(self, name: str) -> "Storage":
        """The objects in a folder of this one."""
        return Storage(f"{self.url}/{name}")

    @contextmanager
    def _reached(self, name: str) -> Iterator[tuple[Any, str]]:
        """The file system and the object's path in it; what a store raises told in one line."""
        try:
            files, root = _file_system(self.url)
            yield files, f"{root}/{name}".rstrip("/")
        except (FileNotFoundError, SurroundingsError):
            raise
        except ImportError as error:
            raise SurroundingsError(f"{self.url} {_LACKING}") from error
        except Exception as error:  # each store has errors of its own
            why = str(error) or type(error).__name__
            raise SurroundingsError(f"{self.url}/{name}: {why}") from error


class _Ranged(io.RawIOBase):
    """An object as a raw stream: each read is one request for a range of bytes."""

    def __init__(self, storage: Storage, name: str, size: int) -> None:
        self._storage, self._name, self._size, self._at = storage, name, size, 0

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        base = {io.SEEK_SET: 0, io.SEEK_CUR: self._at, io.SEEK_END: self._size}[whence]
        self._at = max(base + offset, 0)
        return self._at

    def tell(self) -> int:
        return self._at

    def readinto(self, buffer: Any) -> int:
        wanted = min(len(buffer), self._size - self._at)
        data = self._storage.read(self._name, self._at, wanted) if wanted > 0 else b""
        buffer[: len(data)] = data
        self._at += len(data)
        return len(data)


@lru_cache(maxsize=64)
def _file_system(url: str) -> tuple[Any, str]:
    from fsspec.core import url_to_fs  # of the extra

    folders = {"auto_mkdir": True} if url.startswith("file:") else {}
    files, root = url_to_fs(url, **folders)
    return files, str(root).rstrip("/")
