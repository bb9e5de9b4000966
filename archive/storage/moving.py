"""Sealed WARC files on their way: pushed to a storage, freed here, gathered into an archive.

Beside each stored file `NAME.warc.gz` lies `NAME.warc.gz.json`, its manifest entry. The entry is
written last: a file without one is still on its way, or was left there by a crash.
"""

import hashlib
import json
from collections.abc import Callable, Collection
from dataclasses import asdict, replace
from pathlib import Path

from archive.database import DatabaseWriter
from archive.errors import GongkaiError, SurroundingsError
from archive.indexing import catch_up
from archive.storage.objects import Storage
from archive.storage.opening import set_storage
from archive.store import Archive, reported
from archive.warc import manifest
from archive.warc.manifest import Entry

ENTRY_SUFFIX = ".json"
_CHUNK = 1 << 20


def push(
    archive: Archive,
    storage: Storage,
    seen: Callable[[Entry], object] | None = None,
    stored: Collection[str] = (),
) -> tuple[Entry, ...]:
    """Stores the sealed files that are not yet there.

    Args:
        archive: whose files.
        storage: where to.
        seen: called with each file that lies there whole.
        stored: the names of files that are known to be there.

    Returns:
        Those that were stored now.

    Raises:
        GongkaiError: if a file of that name but of other content is there.
        SurroundingsError: if a file is not what the manifest says, or the store does not take it.
    """
    there = set(storage.names(ENTRY_SUFFIX))
    entries = [entry for entry in manifest.read(archive) if entry.name not in stored]
    for entry in entries:
        if entry.name + ENTRY_SUFFIX in there:
            _refuse_other(storage, entry)
    fresh = tuple(e for e in entries if e.name + ENTRY_SUFFIX not in there)
    for entry in fresh:
        _push(archive, storage, entry)
        if seen is not None:
            seen(entry)
    return fresh


def free(archive: Archive, storage: Storage) -> tuple[Entry, ...]:
    """Removes the files here whose stored copies were read back and are whole.

    Raises:
        SurroundingsError: if a stored copy is not what the manifest says.
    """
    freed = []
    with archive.lock("freeing stored WARC files"):
        set_storage(archive.warc_dir, storage.url)
        there = set(storage.names(ENTRY_SUFFIX))
        for entry in manifest.read(archive):
            path = archive.warc_dir / entry.name
            if path.exists() and entry.name + ENTRY_SUFFIX in there:
                _check_copy(storage, entry)
                path.unlink()
                freed.append(entry)
    return tuple(freed)


def gather(archive: Archive, storage: Storage) -> tuple[Entry, ...]:
    """Takes all stored files into an archive: into its manifest and its table of captures.

    The files stay where they are and are read from there. What they bring is read by the next
    rebuild.

    Returns:
        Those that are new to the archive, in order of date.

    Raises:
        BusyError: if another process writes to the archive.
    """
    with archive.lock("gathering stored WARC files"):
        known = {entry.name + ENTRY_SUFFIX for entry in manifest.read(archive)}
        stored = [name for name in storage.names(ENTRY_SUFFIX) if name not in known]
        fresh = sorted(
            (_entry(storage, name) for name in stored),
            key=lambda entry: (entry.first_date, entry.name),
        )
        set_storage(archive.warc_dir, storage.url)
        entered = tuple(manifest.append(archive, entry) for entry in fresh)
        with DatabaseWriter(archive.database_path) as database:
            catch_up(archive, database)
    return entered


def _push(archive: Archive, storage: Storage, entry: Entry) -> None:
    path = archive.warc_dir / entry.name
    _check_file(path, entry)
    storage.put(path, entry.name)
    if (size := storage.size(entry.name)) != entry.bytes:
        raise SurroundingsError(f"{storage.url}/{entry.name}: {size} bytes, not {entry.bytes}")
    told = json.dumps(asdict(replace(entry, previous="", chain="")), sort_keys=True)
    storage.write(entry.name + ENTRY_SUFFIX, told.encode())


def _entry(storage: Storage, name: str) -> Entry:
    try:
        return Entry(**json.loads(storage.read(name, 0, 1 << 20)))
    except (ValueError, TypeError) as error:
        raise SurroundingsError(f"{storage.url}/{name} is no manifest entry: {error}") from error


def _refuse_other(storage: Storage, entry: Entry) -> None:
    if _entry(storage, entry.name + ENTRY_SUFFIX).sha256 != entry.sha256:
        raise GongkaiError(f"two files are named {entry.name}: their contents differ")


def _check_file(path: Path, entry: Entry) -> None:
    with reported(path), path.open("rb") as stream:
        found = hashlib.file_digest(stream, "sha256").hexdigest()
    if found != entry.sha256:
        raise SurroundingsError(f"{path} is not what its manifest says: run `gongkai verify`")


def _check_copy(storage: Storage, entry: Entry) -> None:
    with storage.open(entry.name) as stream:
        total = hashlib.sha256()
        while chunk := stream.read(_CHUNK):
            total.update(chunk)
    if total.hexdigest() != entry.sha256:
        raise SurroundingsError(f"{storage.url}/{entry.name} is not what its manifest says")
