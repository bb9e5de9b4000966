"""A WARC file while it grows, and how it is sealed.

While open it is called `NAME.warc.gz.open`; whoever sees `.warc.gz` sees a whole file. One write a
group and a cut back to the last whole group after any error keep it readable at every moment.
"""

import hashlib
import os
from pathlib import Path

from archive.store import Archive, reported, sync_directory
from archive.warc import manifest
from archive.warc.groups import Group

OPEN_SUFFIX = ".open"


class OpenFile:
    """The file that is being written. `name` is the one it will be sealed under."""

    def __init__(self, archive: Archive, run_id: str, serial: int) -> None:
        """Makes the file; `serial` numbers the files of a run."""
        self._archive = archive
        self._run_id = run_id
        self.name = f"gongkai-{run_id}-{serial:05d}.warc.gz"
        self.path = archive.warc_dir / (self.name + OPEN_SUFFIX)
        self.size = self.records = 0
        self._sha256 = hashlib.sha256()
        self._dates: list[str] = []
        flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_APPEND
        self._descriptor = os.open(self.path, flags, 0o644)
        sync_directory(archive.warc_dir)

    def append(self, group: Group) -> int:
        """Writes a group and returns its offset; after an error the file is as it was before."""
        offset = self.size
        try:
            _write_all(self._descriptor, group.stored)
        except BaseException:
            os.ftruncate(self._descriptor, offset)
            raise
        self.size += len(group.stored)
        self.records += group.count
        self._sha256.update(group.stored)
        self._dates = [min([*self._dates[:1], group.date]), max([*self._dates[1:], group.date])]
        return offset

    def sync(self) -> None:
        """Returns once all that was written is on disk."""
        _sync(self._descriptor)

    def seal(self) -> manifest.Entry:
        """Syncs, gives the file its final name and enters it in the manifest."""
        with reported(self.path):
            self.sync()
            os.close(self._descriptor)
            first, last = self._dates
            entry = manifest.Entry(
                name=self.name,
                bytes=self.size,
                sha256=self._sha256.hexdigest(),
                records=self.records,
                first_date=first,
                last_date=last,
                run_id=self._run_id,
            )
            return rename_sealed(self._archive, self.path, entry)


def rename_sealed(archive: Archive, path: Path, entry: manifest.Entry) -> manifest.Entry:
    """Gives a finished file its final name and enters it in the manifest."""
    path.replace(archive.warc_dir / entry.name)
    sync_directory(archive.warc_dir)
    return manifest.append(archive, entry)


def free_serial(archive: Archive, run_id: str) -> int:
    """The next free number among the files of a run."""
    names = {path.name for path in archive.warc_dir.iterdir()}
    serial = 1
    while any(name.startswith(f"gongkai-{run_id}-{serial:05d}.warc.gz") for name in names):
        serial += 1
    return serial


def _write_all(descriptor: int, data: bytes) -> None:
    view = memoryview(data)
    while view:
        view = view[os.write(descriptor, view) :]


_sync = getattr(os, "fdatasync", os.fsync)
