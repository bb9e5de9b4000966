"""The container of a WACZ: a zip file that lists its files with sizes and digests."""

import hashlib
import json
import zipfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from importlib.metadata import version
from typing import IO, Any

WACZ_VERSION = "1.1.1"
_TIME_OF_ALL = (1980, 1, 1, 0, 0, 0)


class Pack:
    """A WACZ being written; equal files in equal order give equal bytes."""

    def __init__(self, pack: zipfile.ZipFile) -> None:
        """`pack` is open for writing and empty."""
        self._pack = pack
        self._resources: list[dict[str, Any]] = []

    @contextmanager
    def resource(self, path: str) -> Iterator["Measured"]:
        """A file of the package, to be written piece by piece, stored as it is."""
        with self._pack.open(_info(path), "w", force_zip64=True) as stream:
            measured = Measured(stream)
            yield measured
        name = path.rpartition("/")[2]
        self._resources.append({"name": name, "path": path, **measured.facts()})

    def add(self, path: str, text: str) -> None:
        """A file of the package that is at hand."""
        with self.resource(path) as stream:
            stream.write(text.encode())

    def finish(self, title: str, created: str, more: Mapping[str, Any]) -> None:
        """Writes the list of files and its digest. `created` is the time of the last record."""
        listed = {
            "profile": "data-package",
            "wacz_version": WACZ_VERSION,
            "title": title,
            "created": created,
            "software": f"gongkai/{version('gongkai')}",
            **more,
            "resources": self._resources,
        }
        text = json.dumps(listed, ensure_ascii=False, indent=1) + "\n"
        self._put("datapackage.json", text)
        digest = f"sha256:{hashlib.sha256(text.encode()).hexdigest()}"
        self._put(
            "datapackage-digest.json", json.dumps({"path": "datapackage.json", "hash": digest})
        )

    def _put(self, path: str, text: str) -> None:
        self._pack.writestr(_info(path), text.encode())


class Measured:
    """A stream whose bytes are counted and digested."""

    def __init__(self, stream: IO[bytes]) -> None:
        """`stream` is written to."""
        self.size = 0
        self._stream = stream
        self._sha256 = hashlib.sha256()

    def write(self, data: bytes) -> None:
        """Passes bytes on."""
        self._stream.write(data)
        self._sha256.update(data)
        self.size += len(data)

    def facts(self) -> dict[str, Any]:
        """Digest and size as the package lists them."""
        return {"hash": f"sha256:{self._sha256.hexdigest()}", "bytes": self.size}


def _info(path: str) -> zipfile.ZipInfo:
    info = zipfile.ZipInfo(path, _TIME_OF_ALL)
    info.external_attr = 0o644 << 16
    return info
